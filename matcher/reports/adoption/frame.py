"""What stands round every page about adoption: for whom it is, of what day, and whether its data are synthetic."""

from matcher.reports.words import day
from models.case import Case

_SYNTHETIC = "SYNTHETIC DATA"
INTERNAL = "INTERNAL: names single children and families by their identifiers. Not for publication"


def subtitle(case: Case) -> str:
    """Whose pool it is, and of what day."""
    return f"{case.name}, as at {day(case.as_at.isoformat())}"


def banner(case: Case, *, internal: bool = True) -> str | None:
    """What stands at the head of every page of a copy."""
    said = [words for words, holds in ((_SYNTHETIC, case.synthetic), (INTERNAL, internal)) if holds]
    return ". ".join(said) or None


def footer(case: Case) -> str:
    """What stands at the foot of every page."""
    synthetic = " All data are synthetic." if case.synthetic else ""
    return f"Made by Placewell from {case.name} as at {day(case.as_at.isoformat())}. A person decides.{synthetic}"
