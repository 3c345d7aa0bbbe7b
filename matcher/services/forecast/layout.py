"""What the forecast tells apart: age bands, where children live, home districts, and how long they have been there."""

from enum import StrEnum

from matcher.services.counts import AGE_BANDS

BIRTHDAYS = (1, 5, 10, 13, 16, 17, 18)
"""Birthdays at which rates change; on the last a child leaves care."""
GROUPS = len(BIRTHDAYS) + 1
"""Groups with rates of their own: one before each birthday, and unaccompanied children of whatever age."""
UNACCOMPANIED = len(BIRTHDAYS)
"""The number of the unaccompanied children's group."""
STREAMS = (*AGE_BANDS, "unaccompanied")
"""Streams of children coming into care: by age band on that day, unaccompanied children apart."""
LEAVING = (*AGE_BANDS, "turned 18")
"""How those who leave are counted: by age band, and those who left by turning 18."""
DURATIONS = (91, 365, 730)
"""Days since the care, or the placement, began at which rates change: three months, one year, two years."""


class Area(StrEnum):
    """Where a placement lies: by its postcode, in the authority's area or not."""

    IN = "in_area"
    OUT = "out_of_area"
    NOT_KNOWN = "not_known"


AREAS = tuple(Area)


def duration_band(days: int) -> int:
    """The number of the duration band: 0 for less than three months."""
    return sum(days >= limit for limit in DURATIONS)
