"""One thing that reading a council's files brought up."""

from enum import StrEnum

from models.record import Record


class Severity(StrEnum):
    """How much it matters: an error sets a record aside, a warning does not, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(Record):
    """Where something is wrong, what it is, what was expected and what was done about it.

    ``row`` is the row as a person sees it in the file (the heading is row 1); ``code`` groups findings of one sort.
    """

    severity: Severity
    code: str
    file: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    message: str
    expected: str
    action: str
    subject: str | None = None


class SetAside(Record):
    """A child, home or other record that could not be used, by name, and why; counted in every later total."""

    what: str
    id: str
    reason: str
