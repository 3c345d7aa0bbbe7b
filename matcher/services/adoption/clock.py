"""How long each child has waited, how near the thresholds are, and who comes first for it."""

from datetime import date

from matcher.services.adoption.children_measures import OLDER_FROM
from matcher.services.adoption.figures import own_children
from matcher.services.adoption.timeliness import A1_THRESHOLD_DAYS, A2_THRESHOLD_DAYS
from models.adoption import AdoptionPool, LinkStage, PlanChild
from models.record import Record

SOON_DAYS = 30
"""A threshold this near is *approaching*."""
_MINORITY_NOT_KNOWN = (None, "REFU", "NOBT")
_WHITE_BRITISH = "WBRI"


class Clock(Record):
    """One child's clock on a day; None where a date is not known or has not come.

    Attributes:
        days_in_care: Since the latest period of care began.
        days_since_decision: Since the decision that the child should be adopted.
        days_since_order: Since the placement order or consent.
        days_since_link: Since the link that has come furthest began; ``linked_with`` and ``link_stage`` say which.
        a1_days_left: Days until the child has been in care as long as the A1 threshold; below 0 once past.
        a2_days_left: Days until the order is as old as the A2 threshold; below 0 once past.
        harder_to_place: Why the child is of the groups that wait longest, in the words of published definitions. Told
            for plans and reports; it orders nothing.
    """

    child_id: str
    agency_id: str
    age: int
    days_in_care: int | None
    days_since_decision: int
    days_since_order: int | None
    days_since_link: int | None
    linked_with: str | None
    link_stage: LinkStage | None
    a1_days_left: int | None
    a2_days_left: int | None
    harder_to_place: tuple[str, ...]

    @property
    def days_left(self) -> int | None:
        """Days until the nearer of the two thresholds; None where neither clock runs."""
        known = [left for left in (self.a1_days_left, self.a2_days_left) if left is not None]
        return min(known, default=None)

    @property
    def approaching(self) -> bool:
        """Whether a threshold not yet passed is within a month."""
        return any(left is not None and 0 <= left <= SOON_DAYS for left in (self.a1_days_left, self.a2_days_left))

    @property
    def past(self) -> bool:
        """Whether a threshold is passed."""
        return any(left is not None and left < 0 for left in (self.a1_days_left, self.a2_days_left))


def clocks(pool: AdoptionPool, on: date, *, everybody: bool = False) -> tuple[Clock, ...]:
    """The clocks of the children who wait: those approaching a threshold first, then those past one, then the others.

    Within the first and the last the nearest to a threshold comes first, of those past one the longest past.

    Args:
        pool: The pool.
        on: The day.
        everybody: Other agencies' children too.
    """
    children = pool.children if everybody else own_children(pool)
    found = [clock_of(pool, child, on) for child in children if child.dates.waiting_on(on)]
    return tuple(sorted(found, key=_order))


def clock_of(pool: AdoptionPool, child: PlanChild, on: date) -> Clock:
    """One child's clock."""
    dates = child.dates
    care, order = _since(dates.entered_care, on), _since(dates.may_be_placed_from, on)
    live = [link for link in pool.links if link.child_id == child.id and link.live_on(on)]
    link = max(live, key=lambda each: (list(LinkStage).index(each.stage), each.started_on), default=None)
    return Clock(
        child_id=child.id,
        agency_id=child.agency_id,
        age=child.age_on(on),
        days_in_care=care,
        days_since_decision=(on - dates.decided_on).days,
        days_since_order=order,
        days_since_link=_since(link.started_on, on) if link else None,
        linked_with=link.family_id if link else None,
        link_stage=link.stage if link else None,
        a1_days_left=None if care is None else A1_THRESHOLD_DAYS - care,
        a2_days_left=None if order is None else A2_THRESHOLD_DAYS - order,
        harder_to_place=harder_to_place(pool, child, on),
    )


def harder_to_place(pool: AdoptionPool, child: PlanChild, on: date) -> tuple[str, ...]:
    """The groups that the sector calls harder to place which a child is of.

    Department for Education, *An action plan for adoption* (2012), and the Adoption Leadership Board's reports: five or
    over, disabled, in a group of brothers and sisters, of a minority ethnic group.
    """
    together = any(child.id in unit and len(unit) > 1 for group in pool.sibling_groups for unit in group.planned_units)
    minority = child.ethnicity not in (*_MINORITY_NOT_KNOWN, _WHITE_BRITISH)
    reasons = (
        (child.age_on(on) >= OLDER_FROM, "aged five or over"),
        (bool(child.disabled), "disabled"),
        (together, "to be placed with brothers or sisters"),
        (minority, "of a minority ethnic group"),
    )
    return tuple(words for holds, words in reasons if holds)


def _since(start: date | None, on: date) -> int | None:
    return None if start is None or start > on else (on - start).days


def _order(clock: Clock) -> tuple[int, int, str]:
    """Approaching first, the nearest first; then past, the longest first; then the rest, the nearest first."""
    left = clock.days_left
    if clock.approaching:
        near = min(x for x in (clock.a1_days_left, clock.a2_days_left) if x is not None and x >= 0)
        return 0, near, clock.child_id
    if clock.past:
        return 1, left if left is not None else 0, clock.child_id
    return 2, left if left is not None else A1_THRESHOLD_DAYS, clock.child_id
