"""The adoption scorecard: each figure one function, with its definition and where that comes from.

Figures are of the children of the council's own agency, over so many months up to a day: twelve for local reports, 36
for the national scorecard. A1 and the like are the Department for Education's names.
"""

from collections.abc import Iterable
from datetime import date

from matcher.services.adoption.adopter_measures import ADOPTER_FIGURES
from matcher.services.adoption.figures import (
    Counting,
    Figure,
    FigureDefinition,
    FigureUnit,
    Window,
    mean_days,
    number_of,
    own_children,
    share_of,
)
from models.adoption import AdoptionPool, PlanChild
from models.ssda903 import months_before

A1_THRESHOLD_DAYS, A2_THRESHOLD_DAYS = 426, 121
"""The department's thresholds from 2013-16 on: 14 months, and 4 months (its methodology and guidance)."""
QUICK_MONTHS = 14
PLACED_WITHIN_MONTHS = 12
OLDER_FROM = 5
_WHITE_BRITISH = "WBRI"
_SCORECARD = "Department for Education, Adoption scorecards 2014-17: methodology and guidance"
_LOCAL = "Hertfordshire County Council, Adoption agency annual report 2017/18, rolling twelve months"


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
    return share_of(quick, _ids(known), _ids(c for c in children if c not in known))


def a3_adopted_or_waiting(pool: AdoptionPool, window: Window) -> Counting:
    """A3 of the scorecard: of children adopted or with a plan, those less than 14 months in care before moving in.

    A child who has not moved in yet counts with the time in care so far.

    The scorecard's own population is larger than the children adopted (160 are half of it where 230 were adopted), for
    it holds those still waiting; the rule for counting them is our reading.
    """
    children = [c for c in own_children(pool) if window.holds(c.dates.adopted_on) or _stands(c, window.on)]
    known, quick = [], []
    for child in children:
        moved = child.dates.placed_on
        until = moved if moved and moved <= window.on else window.on
        if _days(child.dates.entered_care, until) is not None:
            known.append(child)
            if _within(child.dates.entered_care, until, QUICK_MONTHS):
                quick.append(child.id)
    return share_of(quick, _ids(known), _ids(c for c in children if c not in known))


def placed_within_a_year(pool: AdoptionPool, window: Window) -> Counting:
    """Children placed less than twelve months after the decision that they should be adopted, of those adopted."""
    children = adopted(pool, window)
    known = [c for c in children if _days(c.dates.decided_on, c.dates.placed_on) is not None]
    quick = [c.id for c in known if _within(c.dates.decided_on, c.dates.placed_on, PLACED_WITHIN_MONTHS)]
    return share_of(quick, _ids(known), _ids(c for c in children if c not in known))


def plan_changed(pool: AdoptionPool, window: Window) -> Counting:
    """Children whose plan was changed away from adoption in the window, of them, those adopted and those with a plan.

    The scorecard's denominator: 70 are 18% of 390, which is 70 and A3's 320.
    """
    changed = [c for c in own_children(pool) if window.holds(c.dates.reversed_on)]
    others = [c for c in own_children(pool) if window.holds(c.dates.adopted_on) or _stands(c, window.on)]
    return share_of(_ids(changed), dict.fromkeys([*_ids(changed), *_ids(others)]))


def placed_without_order(pool: AdoptionPool, window: Window) -> Counting:
    """Placements that ended before an adoption order, of those begun in the window or ended in it."""
    ended = [c for c in own_children(pool) if window.holds(c.dates.placement_ended_on)]
    placed = [c for c in own_children(pool) if window.holds(c.dates.placed_on)]
    return share_of(_ids(ended), dict.fromkeys([*_ids(ended), *_ids(placed)]))


def adopted_children(pool: AdoptionPool, window: Window) -> Counting:
    """Children adopted in the window."""
    return number_of(_ids(adopted(pool, window)))


def adopted_at_five_or_over(pool: AdoptionPool, window: Window) -> Counting:
    """Children aged five or over on the day of the order, of those adopted."""
    children = adopted(pool, window)
    older = [c.id for c in children if c.dates.adopted_on and c.age_on(c.dates.adopted_on) >= OLDER_FROM]
    return share_of(older, _ids(children))


def adopted_of_minority_ethnic_groups(pool: AdoptionPool, window: Window) -> Counting:
    """Children of minority ethnic groups (not White British), of those adopted whose group is known."""
    children = adopted(pool, window)
    known = [c for c in children if c.ethnicity not in (None, "REFU", "NOBT")]
    some = [c.id for c in known if c.ethnicity != _WHITE_BRITISH]
    return share_of(some, _ids(known), _ids(c for c in children if c not in known))


def adopted_by_carers(pool: AdoptionPool, window: Window) -> Counting:
    """Children adopted by their foster carers, of those adopted."""
    children = adopted(pool, window)
    return share_of([c.id for c in children if c.dates.with_carer_since], _ids(children))


def waiting_to_be_placed(pool: AdoptionPool, window: Window) -> Counting:
    """Children with a plan for adoption on the day who have not moved in with a family."""
    return number_of(c.id for c in own_children(pool) if _stands(c, window.on) and not _placed(c, window.on))


def waiting_with_order(pool: AdoptionPool, window: Window) -> Counting:
    """Those of them with a placement order."""
    waiting = [c for c in own_children(pool) if _stands(c, window.on) and not _placed(c, window.on)]
    return number_of(c.id for c in waiting if _by(c.dates.placement_order_on, window.on))


def in_early_permanence(pool: AdoptionPool, window: Window) -> Counting:
    """Children with a plan on the day who live with carers approved to adopt, not placed for adoption."""
    waiting = [c for c in own_children(pool) if _stands(c, window.on) and not _placed(c, window.on)]
    return number_of(c.id for c in waiting if _by(c.dates.early_permanence_on, window.on))


def _ids(children: Iterable[PlanChild]) -> tuple[str, ...]:
    return tuple(child.id for child in children)


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


def _by(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _placed(child: PlanChild, on: date) -> bool:
    return _by(child.dates.placed_on, on)


def _stands(child: PlanChild, on: date) -> bool:
    """Whether the plan stands on a day: decided on, neither adopted, reversed nor its placement ended."""
    dates = child.dates
    over = any(_by(day, on) for day in (dates.adopted_on, dates.reversed_on, dates.placement_ended_on))
    return dates.decided_on <= on and not over


_DAYS, _PERCENT, _NUMBER = FigureUnit.DAYS, FigureUnit.PERCENT, FigureUnit.NUMBER
FIGURES = (
    FigureDefinition(
        "a1", "A1: entering care to moving in", "Mean days from entering care to moving in with the adoptive family, "
        "of children adopted", _SCORECARD, _DAYS, a1, A1_THRESHOLD_DAYS, True,
    ),
    FigureDefinition(
        "a10", "A10: the same, to living with those who adopt", "A1 with the clock stopped when the child moved to the "
        "foster carers who adopt", _SCORECARD, _DAYS, a10, A1_THRESHOLD_DAYS, True,
    ),
    FigureDefinition(
        "a2", "A2: placement order to match", "Mean days from the placement order to the decision on the match, of "
        "children adopted; 0 where the match came first", _SCORECARD, _DAYS, a2, A2_THRESHOLD_DAYS, True,
    ),
    FigureDefinition(
        "a20", "A20: A2 without children adopted by their carers", "A2 of children adopted by others than their foster "
        "carers", "Our reading of the sector's adjusted A2", _DAYS, a20, A2_THRESHOLD_DAYS, True,
    ),
    FigureDefinition(
        "a3_adopted", "A3, adopted: less than 14 months to moving in", "Of children adopted, those who moved in less "
        "than 14 months after entering care", _LOCAL, _PERCENT, a3_adopted, None, False,
    ),
    FigureDefinition(
        "a3_adopted_or_waiting", "A3, adopted or waiting: less than 14 months", "Of children adopted or with a plan, "
        "those less than 14 months in care before moving in, or so far", f"{_SCORECARD}; how waiting children are "
        "counted is our reading", _PERCENT, a3_adopted_or_waiting, None, False,
    ),
    FigureDefinition(
        "placed_within_a_year", "Decision to placement within 12 months", "Of children adopted, those placed less than "
        "twelve months after the decision", _LOCAL, _PERCENT, placed_within_a_year, None, False,
    ),
    FigureDefinition(
        "adopted", "Children adopted", "Adoption orders", _SCORECARD, _NUMBER, adopted_children,
    ),
    FigureDefinition(
        "plan_changed", "Plan changed away from adoption", "Of children adopted, with a plan, or whose plan was "
        "changed, those whose plan was changed", _SCORECARD, _PERCENT, plan_changed,
    ),
    FigureDefinition(
        "placement_ended", "Placements that ended before an order", "Of placements begun or ended, those that ended "
        "before an order", _LOCAL, _PERCENT, placed_without_order, None, True,
    ),
    FigureDefinition(
        "adopted_5_or_over", "Adopted at five or over", "Of children adopted, those aged five or over", _SCORECARD,
        _PERCENT, adopted_at_five_or_over,
    ),
    FigureDefinition(
        "adopted_minority_ethnic", "Adopted, of minority ethnic groups", "Of children adopted whose group is known, "
        "those not White British", _SCORECARD, _PERCENT, adopted_of_minority_ethnic_groups,
    ),
    FigureDefinition(
        "adopted_by_carers", "Adopted by their foster carers", "Of children adopted, those adopted by their carers",
        _LOCAL, _PERCENT, adopted_by_carers,
    ),
    FigureDefinition(
        "waiting", "Children waiting to be placed", "With a plan on the day and not moved in", _SCORECARD, _NUMBER,
        waiting_to_be_placed, None, True, of_a_day=True,
    ),
    FigureDefinition(
        "waiting_with_order", "Of them, with a placement order", "With a plan and a placement order on the day and not "
        "moved in", _SCORECARD, _NUMBER, waiting_with_order, None, True, of_a_day=True,
    ),
    FigureDefinition(
        "early_permanence", "Living in early permanence", "With a plan on the day, with carers approved to adopt",
        _SCORECARD, _NUMBER, in_early_permanence, of_a_day=True,
    ),
)  # fmt: skip


def read_figure(definition: FigureDefinition, pool: AdoptionPool, on: date, months: int) -> Figure:
    """One figure over so many months up to a day."""
    read = definition.read(pool, Window(on, months))
    return Figure(
        key=definition.key,
        title=definition.title,
        definition=definition.definition,
        source=definition.source,
        unit=definition.unit,
        on=on,
        months=0 if definition.of_a_day else months,
        value=read.value,
        counted=read.counted,
        out_of=read.out_of,
        not_known=read.not_known,
        interval=read.interval,
        threshold=definition.threshold,
        lower_is_better=definition.lower_is_better,
        note=definition.note,
    )


def scorecard(pool: AdoptionPool, on: date, *, months: int = 12) -> tuple[Figure, ...]:
    """Every figure over so many months up to a day: 12 for the rolling year, 36 for the national scorecard."""
    return tuple(read_figure(definition, pool, on, months) for definition in (*FIGURES, *ADOPTER_FIGURES))


def monthly(pool: AdoptionPool, key: str, on: date, *, months: int = 12, back: int = 12) -> tuple[Figure, ...]:
    """One figure at the end of each of the last months, oldest first, each over the months before it.

    Raises:
        KeyError: there is no such figure.
    """
    definition = {each.key: each for each in (*FIGURES, *ADOPTER_FIGURES)}[key]
    return tuple(read_figure(definition, pool, months_before(on, ago), months) for ago in reversed(range(back)))
