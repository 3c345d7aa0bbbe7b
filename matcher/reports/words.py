"""How figures read in words: the one place where dates, miles, shares and codes become text for people."""

import datetime as dt
from enum import Enum

from models.geography import Approval, Locality
from models.money import pounds
from models.vocabulary import Sector

NONE = "-"
"""What a table shows where there is no figure."""

LOCALITY_WORDS = {
    Locality.IN_AREA: "in area",
    Locality.ADJOINING: "adjoining",
    Locality.AT_A_DISTANCE: "at a distance",
}
APPROVAL_WORDS = {
    Approval.NONE: "none",
    Approval.NOMINATED_OFFICER: "nominated officer",
    Approval.DIRECTOR: "director of children's services",
}
SHORT_APPROVAL_WORDS = {Approval.NONE: "none", Approval.NOMINATED_OFFICER: "officer", Approval.DIRECTOR: "director"}
SECTOR_WORDS = {
    Sector.IN_HOUSE: "in-house",
    Sector.PRIVATE: "private",
    Sector.VOLUNTARY: "voluntary",
    Sector.OTHER_AUTHORITY: "other LA",
}


def day(iso: str) -> str:
    """A date in full: ``2018-03-31`` gives ``31 March 2018``."""
    date = dt.date.fromisoformat(iso)
    return f"{date.day} {date:%B %Y}"


def number(value: int | None) -> str:
    """A whole number with thousands separators."""
    return NONE if value is None else f"{value:,}"


def share(value: float | None) -> str:
    """A percentage as printed: ``66.4%``."""
    return NONE if value is None else f"{value:.1f}%"


def tenths(value: float | None) -> str:
    """Tenths of a mile or of a point, to one decimal: ``202`` gives ``20.2``."""
    return NONE if value is None else f"{value / 10:,.1f}"


def money(pence: float | None) -> str:
    """Whole pounds: ``91500`` gives ``£915``."""
    return NONE if pence is None else pounds(round(pence))


def place(locality: Locality | None) -> str:
    """Where a home is, seen from the authority."""
    return NONE if locality is None else LOCALITY_WORDS[locality]


def approver(approval: Approval | None) -> str:
    """Who must approve the placement because of where it is."""
    return NONE if approval is None else APPROVAL_WORDS[approval]


def change(before: float | None, after: float | None) -> float | None:
    """The difference, None where either is not known."""
    return None if before is None or after is None else after - before


def code(value: Enum | str | None) -> str:
    """A coded word as people read it: ``at_a_distance`` gives ``at a distance``."""
    if value is None:
        return NONE
    return str(value.value if isinstance(value, Enum) else value).replace("_", " ")


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: ``1 child``, ``2 children``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
