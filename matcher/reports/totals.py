"""The measures a plan is told by, today and in the plan: one list for the screen, the page and the files."""

from collections.abc import Callable
from dataclasses import dataclass

from matcher.reports.sheets import Cell
from matcher.reports.words import money, number, share, tenths
from matcher.services.results import Totals


@dataclass(frozen=True)
class Measure:
    """One measure: its name, its plain number for files, and its words for people (None: told with another)."""

    name: str
    figure: Callable[[Totals], Cell]
    words: Callable[[Totals], str] | None


def pounds(pence: int | None) -> float | None:
    """Pence as pounds, for a file."""
    return None if pence is None else pence / 100


def tenth(value: float | None) -> float | None:
    """Tenths as whole units to one decimal, for a file."""
    return None if value is None else round(value / 10, 1)


def _of_placed(count: int, percent: float | None) -> str:
    return f"{number(count)} ({share(percent)})" if percent is not None else number(count)


MEASURES = (
    Measure("Children in the plan", lambda t: t.children, lambda t: number(t.children)),
    Measure("With a home", lambda t: t.placed, lambda t: number(t.placed)),
    Measure("Without a home", lambda t: t.unplaced, lambda t: number(t.unplaced)),
    Measure("Weekly cost, pounds", lambda t: pounds(t.weekly_fee_pence), lambda t: money(t.weekly_fee_pence)),
    Measure("Weekly cost per child, pounds", lambda t: pounds(t.mean_fee_pence), lambda t: money(t.mean_fee_pence)),
    Measure("Mean miles from home", lambda t: tenth(t.mean_miles_tenths), lambda t: tenths(t.mean_miles_tenths)),
    Measure("In the area", lambda t: t.in_area, lambda t: _of_placed(t.in_area, t.in_area_percent)),
    Measure("In the area, % of those with a home", lambda t: t.in_area_percent, None),
    Measure("In an adjoining authority", lambda t: t.adjoining, lambda t: _of_placed(t.adjoining, t.adjoining_percent)),
    Measure("In an adjoining authority, % of those with a home", lambda t: t.adjoining_percent, None),
    Measure("At a distance", lambda t: t.at_a_distance, lambda t: _of_placed(t.at_a_distance, t.at_a_distance_percent)),
    Measure("At a distance, % of those with a home", lambda t: t.at_a_distance_percent, None),
    Measure("Sibling sets to live together", lambda t: t.sibling_units, None),
    Measure(
        "Sibling sets living together",
        lambda t: t.sibling_units_together,
        lambda t: f"{number(t.sibling_units_together)} of {number(t.sibling_units)}",
    ),
)


def told(before: Totals, after: Totals) -> list[tuple[str, str, str]]:
    """Every measure in words, today and in the plan."""
    return [(m.name, m.words(before), m.words(after)) for m in MEASURES if m.words]


def figures(totals: Totals) -> tuple[Cell, ...]:
    """Every measure as a plain number, in the order of :data:`MEASURES`."""
    return tuple(measure.figure(totals) for measure in MEASURES)
