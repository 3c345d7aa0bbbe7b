"""Children of the year by sex, age, ethnic group and disability: who waits, moved in, was adopted, and how soon.

Ethnicity is read here and in no score, rule or link.
"""

from collections.abc import Iterable
from datetime import date

from matcher.services.adoption.activity import child_status
from matcher.services.adoption.child_as_search import as_child
from matcher.services.adoption.figures import Window, own_children
from matcher.services.equality import EqualitySection, Measure, section
from models.adoption import PlanChild
from models.case import Case

_WAITS = ("awaiting_order_to_place", "awaiting_match")


def as_children(case: Case, children: Iterable[PlanChild]) -> Case:
    """A case of these children alone, as groups are made of: a plan says of itself whose sex, age and group it is."""
    return Case(
        name=case.name,
        authority=case.authority,
        as_at=case.as_at,
        synthetic=case.synthetic,
        framework=case.framework,
        policy=case.policy,
        homes=(),
        children=tuple(as_child(child, 1, case.as_at) for child in children),
    )


def equality_of_year(case: Case, months: int = 12) -> EqualitySection:
    """Outcomes of the council's own children with a plan in the year, each group beside all others, with intervals.

    Rows name children: a public copy must pass the disclosure module first.

    Args:
        case: Whose; its ``adoption`` is read.
        months: Up to the day of the case.
    """
    window = Window(case.as_at, months)
    children = [child for child in own_children(case.adoption) if _in_year(child, window)]
    standing = [child for child in children if child_status(child.dates, window.on)]
    adopted = [child for child in children if window.holds(child.dates.adopted_on)]
    over = f"of the council's children with a plan at some time in the {months} months to the day"
    measures = (
        Measure(
            "waiting",
            "Waiting for a match",
            "children whose plan stands on the day, those not matched",
            {child.id: child_status(child.dates, window.on) in _WAITS for child in standing},
            "wait for a match {}",
        ),
        Measure(
            "moved_in",
            "Moved in with a family in the year",
            over,
            {child.id: window.holds(child.dates.placed_on) for child in children},
            "moved in with a family {}",
        ),
        Measure(
            "adopted",
            "Adopted in the year",
            over,
            {child.id: window.holds(child.dates.adopted_on) for child in children},
            "were adopted {}",
        ),
        Measure(
            "days_to_moving_in",
            "Days from entering care to moving in",
            "children adopted in the year",
            _days((child, child.dates.entered_care, child.dates.placed_on) for child in adopted),
            "waited {} to move in",
            "longer",
            "less long",
            "days",
        ),
        Measure(
            "days_to_match",
            "Days from the placement order to the match",
            "children adopted in the year; 0 where the match came first",
            _days((child, child.dates.placement_order_on, child.dates.matched_on) for child in adopted),
            "waited {} for a match",
            "longer",
            "less long",
            "days",
        ),
    )
    return section(as_children(case, children), "adoption_year", "The year", measures)


def _in_year(child: PlanChild, window: Window) -> bool:
    """Whether the plan stood at some time in the window."""
    dates = child.dates
    over = [day for day in (dates.adopted_on, dates.reversed_on, dates.placement_ended_on) if day]
    return dates.decided_on <= window.on and not any(day <= window.start for day in over)


def _days(spans: Iterable[tuple[PlanChild, date | None, date | None]]) -> dict[str, float]:
    known = [(child.id, (end - start).days) for child, start, end in spans if start and end]
    return {name: float(max(days, 0)) for name, days in known}
