"""What became of plans, and who waits: the scorecard's counts and shares of children."""

from datetime import date

from matcher.services.adoption.figures import Counting, Window, ids_of, number_of, own_children, share_of, stands
from matcher.services.adoption.timeliness import adopted
from models.adoption import AdoptionPool, PlanChild

OLDER_FROM = 5
_WHITE_BRITISH = "WBRI"


def plan_changed(pool: AdoptionPool, window: Window) -> Counting:
    """Children whose plan was changed away from adoption in the window, of them, those adopted and those with a plan.

    The scorecard's denominator: 70 are 18% of 390, which is 70 and A3's 320.
    """
    changed = [c for c in own_children(pool) if window.holds(c.dates.reversed_on)]
    others = [c for c in own_children(pool) if window.holds(c.dates.adopted_on) or stands(c, window.on)]
    return share_of(ids_of(changed), dict.fromkeys([*ids_of(changed), *ids_of(others)]))


def placed_without_order(pool: AdoptionPool, window: Window) -> Counting:
    """Placements that ended before an adoption order, of those begun in the window or ended in it."""
    ended = [c for c in own_children(pool) if window.holds(c.dates.placement_ended_on)]
    placed = [c for c in own_children(pool) if window.holds(c.dates.placed_on)]
    return share_of(ids_of(ended), dict.fromkeys([*ids_of(ended), *ids_of(placed)]))


def adopted_children(pool: AdoptionPool, window: Window) -> Counting:
    """Children adopted in the window."""
    return number_of(ids_of(adopted(pool, window)))


def adopted_at_five_or_over(pool: AdoptionPool, window: Window) -> Counting:
    """Children aged five or over on the day of the order, of those adopted."""
    children = adopted(pool, window)
    older = [c.id for c in children if c.dates.adopted_on and c.age_on(c.dates.adopted_on) >= OLDER_FROM]
    return share_of(older, ids_of(children))


def adopted_of_minority_ethnic_groups(pool: AdoptionPool, window: Window) -> Counting:
    """Children of minority ethnic groups (not White British), of those adopted whose group is known."""
    children = adopted(pool, window)
    known = [c for c in children if c.ethnicity not in (None, "REFU", "NOBT")]
    some = [c.id for c in known if c.ethnicity != _WHITE_BRITISH]
    return share_of(some, ids_of(known), ids_of(c for c in children if c not in known))


def adopted_by_carers(pool: AdoptionPool, window: Window) -> Counting:
    """Children adopted by their foster carers, of those adopted."""
    children = adopted(pool, window)
    return share_of([c.id for c in children if c.dates.with_carer_since], ids_of(children))


def waiting_to_be_placed(pool: AdoptionPool, window: Window) -> Counting:
    """Children with a plan for adoption on the day who have not moved in with a family."""
    return number_of(c.id for c in own_children(pool) if stands(c, window.on) and not _placed(c, window.on))


def waiting_with_order(pool: AdoptionPool, window: Window) -> Counting:
    """Those of them with a placement order."""
    waiting = [c for c in own_children(pool) if stands(c, window.on) and not _placed(c, window.on)]
    return number_of(c.id for c in waiting if _by(c.dates.placement_order_on, window.on))


def in_early_permanence(pool: AdoptionPool, window: Window) -> Counting:
    """Children with a plan on the day who live with carers approved to adopt, not placed for adoption."""
    waiting = [c for c in own_children(pool) if stands(c, window.on) and not _placed(c, window.on)]
    return number_of(c.id for c in waiting if _by(c.dates.early_permanence_on, window.on))


def _by(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _placed(child: PlanChild, on: date) -> bool:
    return _by(child.dates.placed_on, on)
