"""One group of one measure, as equality tables hold it."""

from enum import StrEnum

from models.record import Record


class Compared(StrEnum):
    """What comparing a group with everyone else says."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_DIFFERENCE = "no_difference"
    TOO_FEW = "too_few"
    NOT_COMPARED = "not_compared"


class EqualityCell(Record):
    """One group of one measure.

    ``child_ids`` are those of whom it is known, ``counted_ids`` those of them for whom a share counts (none of a mean).
    ``value`` is per cent or a mean, with its 95% interval; ``rest`` the same of everyone else. ``chance`` is the
    corrected probability of a difference so large by chance, None where no test was made: ``TOO_FEW`` on either side,
    or ``NOT_COMPARED`` (group not known, or everybody in one group).
    """

    group: str
    label: str
    child_ids: tuple[str, ...]
    counted_ids: tuple[str, ...]
    value: float | None
    low: float | None
    high: float | None
    rest: float | None
    chance: float | None
    compared: Compared
