"""What a column and a sheet of ours are; :mod:`matcher.intake.sheets` lists them all."""

from dataclasses import dataclass
from enum import Enum, StrEnum


class Kind(Enum):
    """How the text of a column is read."""

    ID = "an identifier of your own: letters, digits, - and _"
    TEXT = "text"
    DATE = "a date, dd/mm/yyyy (yyyy-mm-dd and Excel dates are read too)"
    YES_NO = "Y or N"
    INTEGER = "a whole number"
    LEVEL = "a level from 0 to {most}; leave blank if not known (blank is not 0)"
    MONEY = "pounds a week, e.g. 915 or 915.50"
    AMOUNT = "pounds in all, e.g. 150000"
    HUNDREDTHS = "a number with two decimals at most, e.g. 10.2"
    POSTCODE = "a full UK postcode"
    CODE = "one of the words listed"
    CODES = "one or more of the words listed, separated by ;"
    TEXTS = "one or more, separated by ;"
    ANSWER = "yes, discuss or no, each up to a level: yes; no; yes 2; discuss 3; yes 1 discuss 3"


@dataclass(frozen=True)
class Column:
    """One column: its heading, how it is read, whether it may be blank, and what it means.

    Attributes:
        required: a row without a value here is left out.
        vital: what cannot be read here must not be taken for blank, because a child could then be matched
            wrongly: the record that the sheet is ``about`` is set aside.
        most: the greatest whole number or level allowed; the least is always 0.
    """

    name: str
    kind: Kind
    help: str
    required: bool = False
    codes: type[StrEnum] | None = None
    words: tuple[str, ...] = ()
    example: str = ""
    vital: bool = False
    most: int | None = None

    @property
    def allowed(self) -> tuple[str, ...]:
        """The words a coded column may hold."""
        return tuple(self.codes) if self.codes else self.words

    @property
    def form(self) -> str:
        """How a value is written, in words."""
        return self.kind.value.format(most=self.most)


@dataclass(frozen=True)
class Sheet:
    """One sheet: what it is for, its columns, and the columns that tell it from every other.

    ``about`` is the sort of record an error in a row sets aside, and the column that names it; where that is "", no
    one column names the record, and it is called by its row.
    """

    name: str
    purpose: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    about: tuple[str, str] = ("child", "child_id")

    def column(self, name: str) -> Column:
        """The column with this heading."""
        return next(column for column in self.columns if column.name == name)


GUIDE_HEADINGS = ("sheet", "column", "meaning", "what to write", "must be filled", "example")
"""Headings of the guide sheet in the blank workbook; a sheet with them is no data and is passed over."""

CHILD_ID = Column(
    "child_id", Kind.ID, "The child's identifier, as in CHILD in the SSDA903 return.", True, example="C0001"
)
HOME_ID = Column("home_id", Kind.ID, "The home's identifier.", True, example="H0001")
