"""Whether outcomes differ between groups of children by more than chance (section 149, Equality Act 2010)."""

from matcher.services.equality.cells import Compared, EqualityCell
from matcher.services.equality.characteristics import CHARACTERISTICS, NOT_KNOWN
from matcher.services.equality.measures import Measure, of_plan, of_today, of_waiting
from matcher.services.equality.report import (
    METHOD,
    EqualityCharacteristic,
    EqualityReport,
    EqualitySection,
    EqualityTable,
    equality_report,
    section,
)

__all__ = [
    "CHARACTERISTICS",
    "METHOD",
    "NOT_KNOWN",
    "Compared",
    "EqualityCell",
    "EqualityCharacteristic",
    "EqualityReport",
    "EqualitySection",
    "EqualityTable",
    "Measure",
    "equality_report",
    "of_plan",
    "of_today",
    "of_waiting",
    "section",
]
