"""How long it took: the scorecard's figures of time, of children adopted or still waiting."""

from datetime import date

from matcher.services.adoption.figures import Counting, Window, ids_of, mean_days, own_children, share_of, stands
from models.adoption import AdoptionPool, PlanChild
from models.ssda903 import months_before

A1_THRESHOLD_DAYS, A2_THRESHOLD_DAYS = 426, 121
"""The department's thresholds from 2013-16 on: 14 months, and 4 months (its methodology and guidance)."""
QUICK_MONTHS = 14
PLACED_WITHIN_MONTHS = 12


def adopted(pool: AdoptionPool, window: Window) -> tuple[PlanChild, ...]:
    """Children with an adoption order in the window (SSDA903 REC E11, E12)."""
    return tuple(child for child in own_children(pool) if window.holds(child.dates.adopted_on))


def a1(pool: AdoptionPool, window: Window) -> Counting:
    """A1: mean days from entering care to moving in with the adoptive family, of children adopted in the window.

    A child adopted by their foster carer moved in, for A1, when placed for adoption with them; A10 stops the clock
    earlier.
    """
    return mean_days((c.id, _days(c.dates.entered_care, c.dates.placed_on)) for c in adopted(pool, window))


def a10(pool: AdoptionPool, window: Window) -> Counting:
    """A10: A1 with the clock stopped, for children adopted by foster carers, when they moved in with those carers.

    Carers of early permanence are foster carers too: their clock stops when the child moved to them.
    """
    return mean_days((c.id, _days(c.dates.entered_care, _first_lived_with(c))) for c in adopted(pool, window))


def a2(pool: AdoptionPool, window: Window) -> Counting:
    """A2: mean days from the placement order to the decision on the match, of children adopted in the window.

    0 where the match came before the order; children without a placement order (placed by consent) are left out.
    """
    ordered = [child for child in adopted(pool, window) if child.dates.placement_order_on]
    return mean_days((c.id, _from_order(c)) for c in ordered)


def a20(pool: AdoptionPool, window: Window) -> Counting:
    """A20: A2, of children adopted by others than their foster carers.

    Later reports of the sector give an "adjusted A2" under this name. Its wording was not found: leaving out children
    whose carers adopted them, who were matched when their carers were approved and not by a search, is our reading.
    """
    found = [c for c in adopted(pool, window) if c.dates.placement_order_on and not c.dates.with_carer_since]
    return mean_days((c.id, _from_order(c)) for c in found)


def a3_adopted(pool: AdoptionPool, window: Window) -> Counting:
    """A3 of children adopted: of those adopted in the window, who moved in less than 14 months after entering care.

    The local figure (35 of 57 in the report); the scorecard's A3 counts children still waiting too.
    """
    children = adopted(pool, window)
    known = [c for c in children if _days(c.dates.entered_care, c.dates.placed_on) is not None]
    quick = [c.id for c in known if _within(c.dates.entered_care, c.dates.placed_on, QUICK_MONTHS)]
    return share_of(quick, ids_of(known), ids_of(c for c in children if c not in known))


def a3_adopted_or_waiting(pool: AdoptionPool, window: Window) -> Counting:
    """A3 of the scorecard: of children adopted or with a plan, those less than 14 months in care before moving in.

    A child who has not moved in yet counts with the time in care so far.

    The scorecard's own population is larger than the children adopted (160 are half of it where 230 were adopted), for
    it holds those still waiting; the rule for counting them is our reading.
    """
    children = [c for c in own_children(pool) if window.holds(c.dates.adopted_on) or stands(c, window.on)]
    known, quick = [], []
    for child in children:
        moved = child.dates.placed_on
        until = moved if moved and moved <= window.on else window.on
        if _days(child.dates.entered_care, until) is not None:
            known.append(child)
            if _within(child.dates.entered_care, until, QUICK_MONTHS):
                quick.append(child.id)
    return share_of(quick, ids_of(known), ids_of(c for c in children if c not in known))


def placed_within_a_year(pool: AdoptionPool, window: Window) -> Counting:
    """Children placed less than twelve months after the decision that they should be adopted, of those adopted."""
    children = adopted(pool, window)
    known = [c for c in children if _days(c.dates.decided_on, c.dates.placed_on) is not None]
    quick = [c.id for c in known if _within(c.dates.decided_on, c.dates.placed_on, PLACED_WITHIN_MONTHS)]
    return share_of(quick, ids_of(known), ids_of(c for c in children if c not in known))


def _days(start: date | None, end: date | None) -> int | None:
    """Days from one to the other; None where one is not known or they are in no possible order."""
    if start is None or end is None or end < start:
        return None
    return (end - start).days


def _from_order(child: PlanChild) -> int | None:
    """Days from placement order to match, 0 where the match came first."""
    ordered, matched = child.dates.placement_order_on, child.dates.matched_on
    return None if ordered is None or matched is None else max(0, (matched - ordered).days)


def _first_lived_with(child: PlanChild) -> date | None:
    """When the child first lived with those who adopt."""
    dates = child.dates
    known = [day for day in (dates.placed_on, dates.with_carer_since, dates.early_permanence_on) if day]
    return min(known) if dates.placed_on and known else None


def _within(start: date | None, end: date | None, months: int) -> bool:
    """Whether less than so many calendar months lie between."""
    return start is not None and end is not None and start > months_before(end, months)
