"""The scorecard's figures of adoptive families."""

from matcher.services.adoption.figures import (
    Counting,
    FigureDefinition,
    FigureUnit,
    Window,
    mean_days,
    number_of,
    share_of,
)
from models.adoption import AdoptionPool, Family
from models.ssda903 import months_before

LONG_WAIT_MONTHS = 3
_SCORECARD = "Department for Education, Adoption scorecards 2014-17: methodology and guidance"


def own_families(pool: AdoptionPool) -> tuple[Family, ...]:
    """The families of the council's own agency."""
    own = {agency.id for agency in pool.agencies if agency.tier.value == "own"}
    return tuple(family for family in pool.families if family.agency_id in own)


def families_waiting(pool: AdoptionPool, window: Window) -> Counting:
    """A11: families approved and waiting to be matched on the day."""
    return number_of(family.id for family in own_families(pool) if family.dates.waiting_on(window.on))


def families_being_assessed(pool: AdoptionPool, window: Window) -> Counting:
    """Families in stage 1 or 2, or between, on the day: begun, neither approved nor left."""
    on = window.on
    found = []
    for family in own_families(pool):
        dates = family.dates
        began = dates.stage_1_start is not None and dates.stage_1_start <= on
        over = any(day is not None and day <= on for day in (dates.approved_on, dates.left_on))
        if began and not over:
            found.append(family.id)
    return number_of(found)


def matched_after_long_wait(pool: AdoptionPool, window: Window) -> Counting:
    """A12: of families matched in the window, those who waited three months or more from approval to match.

    The scorecard's title says "more than"; its data and the annual report's text count from three months on.
    """
    matched = [f for f in own_families(pool) if window.holds(f.dates.matched_on)]
    known = [f for f in matched if _days(f) is not None]
    slow = [f.id for f in known if _waited_long(f)]
    return share_of(slow, (f.id for f in known), (f.id for f in matched if f not in known))


def days_to_match(pool: AdoptionPool, window: Window) -> Counting:
    """Mean days from approval to match, of families matched in the window."""
    matched = [f for f in own_families(pool) if window.holds(f.dates.matched_on)]
    return mean_days((f.id, _days(f)) for f in matched)


def families_approved(pool: AdoptionPool, window: Window) -> Counting:
    """Families approved in the window."""
    return number_of(f.id for f in own_families(pool) if window.holds(f.dates.approved_on))


def approved_dually(pool: AdoptionPool, window: Window) -> Counting:
    """Of families approved in the window, those approved to foster too."""
    approved = [f for f in own_families(pool) if window.holds(f.dates.approved_on)]
    return share_of((f.id for f in approved if f.dual_approval), (f.id for f in approved))


def _days(family: Family) -> int | None:
    """Days from approval to match; None where one is not known or they are in no possible order."""
    approved, matched = family.dates.approved_on, family.dates.matched_on
    return (matched - approved).days if approved and matched and approved <= matched else None


def _waited_long(family: Family) -> bool:
    approved, matched = family.dates.approved_on, family.dates.matched_on
    return bool(approved and matched and approved <= months_before(matched, LONG_WAIT_MONTHS))


ADOPTER_FIGURES = (
    FigureDefinition(
        "a11", "A11: families approved and waiting", "Approved and neither matched nor placed on the day", _SCORECARD,
        FigureUnit.NUMBER, families_waiting, of_a_day=True,
    ),
    FigureDefinition(
        "being_assessed", "Families being assessed", "Begun, neither approved nor left on the day", _SCORECARD,
        FigureUnit.NUMBER, families_being_assessed, of_a_day=True,
    ),
    FigureDefinition(
        "a12", "A12: families matched after three months or more", "Of families matched, those who waited three months "
        "or more from approval", _SCORECARD, FigureUnit.PERCENT, matched_after_long_wait, None, True,
    ),
    FigureDefinition(
        "approved_to_match", "Approval to match", "Mean days from approval to match, of families matched", _SCORECARD,
        FigureUnit.DAYS, days_to_match, None, True,
    ),
    FigureDefinition(
        "families_approved", "Families approved", "Decisions to approve", _SCORECARD, FigureUnit.NUMBER,
        families_approved,
    ),
    FigureDefinition(
        "approved_dually", "Of them, approved to foster too", "Of families approved, those dually approved",
        "Hertfordshire County Council, Adoption agency annual report 2017/18", FigureUnit.PERCENT, approved_dually,
    ),
)  # fmt: skip
