"""Outcomes that equality is looked at by: of today, of a plan and of waiting, child by child."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.scoring.levels import child_levels, home_levels
from matcher.services.indicators.history import History
from matcher.services.results import Plan
from matcher.services.stock import home_of, looked_after, placement_locality
from models.case import Case
from models.child import Child
from models.geography import Locality, miles_tenths
from models.ssda903.derive import PlacementKind, home_kind
from models.ssda903.location import TWENTY_MILES, whereabouts
from models.ssda903.stability import three_plus_placements
from models.vocabulary import HomeKind

_FAMILY_KINDS = (HomeKind.FOSTER, HomeKind.CONNECTED)
_FAMILY_PLACES = (PlacementKind.PARENTS, PlacementKind.ADOPTION)


@dataclass(frozen=True)
class Measure:
    """One outcome, child by child.

    Attributes:
        key: For the machine.
        label: For people.
        definition: What is counted among whom.
        values: True or False of a share, a number of a mean; children of whom it is not known are left out.
        says: What children do more or less of, in a sentence: a verb phrase with ``{}`` for the comparison.
        more: The comparison where the figure is higher, such as "more often".
        less: The same where it is lower.
        unit: What the figure is of: ``%`` of a share; ``miles``, ``days`` or ``£ a week`` of a mean.
    """

    key: str
    label: str
    definition: str
    values: Mapping[str, float]
    says: str
    more: str = "more often"
    less: str = "less often"
    unit: str = "%"

    @property
    def is_share(self) -> bool:
        """Whether it holds or not of each child, and not a number."""
        return self.unit == "%"


def of_today(case: Case) -> tuple[Measure, ...]:
    """Outcomes of the children looked after today, short breaks (V3, V4) left out."""
    children = looked_after(case)
    placed = {child.id: case.placement_of.get(child.id) for child in children}
    where = {child: placement_locality(case, placement) for child, placement in placed.items()}
    miles = _miles_today(case, children)
    many = three_plus_placements({c.id: case.episodes[c.id] for c in children if c.id in case.episodes}, case.as_at)
    family = {
        child: placement.kind in _FAMILY_PLACES or home_kind(placement.kind) in _FAMILY_KINDS
        for child, placement in placed.items()
        if placement
    }
    return (
        Measure(
            "in_area",
            "Live in the authority's area",
            "children looked after whose placement's authority is known",
            {child: found is Locality.IN_AREA for child, found in where.items() if found},
            "live in the authority's own area {}",
        ),
        Measure(
            "over_20_miles",
            "Live more than 20 miles from home",
            "children looked after whose home and placement are both known; over 20.0 miles in a straight line",
            {child: tenths > TWENTY_MILES for child, tenths in miles.items()},
            "live more than 20 miles from home {}",
        ),
        Measure(
            "three_placements",
            "Three or more placements in the year",
            "children looked after with episodes; the national measure (models/ssda903/stability)",
            {child: child in set(many.counted) for child in many.out_of},
            "have had three or more placements in the year {}",
        ),
        Measure(
            "family",
            "Live with a family",
            "children looked after who are placed: with foster carers, connected persons, parents or adopters",
            family,
            "live with a family {}",
        ),
        Measure(
            "needs_met",
            "Live where all their high needs are met",
            "children looked after in a listed home with at least one high need known: the home's level, recorded or "
            "taken from its kind and training, is as high as the child's for every one",
            _needs_met(case, children),
            "live where all their high needs are met {}",
        ),
    )


def of_plan(case: Case, plan: Plan) -> tuple[Measure, ...]:
    """Outcomes of a plan, of the children in its run. Welfare is the cost without fees: lower suits a child better."""
    placed = [row for row in plan.rows if row.home_id is not None and row.child_id in case.child]
    return (
        Measure(
            "placed",
            "Given a home",
            "children in the run",
            {row.child_id: row.home_id is not None for row in plan.rows},
            "are given a home {}",
        ),
        Measure(
            "in_area",
            "Given a home in the authority's area",
            "children whom the plan gives a home",
            {row.child_id: row.locality is Locality.IN_AREA for row in placed},
            "are given a home in the authority's own area {}",
        ),
        Measure(
            "miles",
            "Miles from home",
            "children whom the plan gives a home and whose own home is known",
            {row.child_id: row.miles_tenths / 10 for row in placed if row.miles_tenths is not None},
            "are given homes {}",
            "further from their own",
            "nearer their own",
            "miles",
        ),
        Measure(
            "welfare",
            "How well the home suits, as a cost in pounds a week (lower is better)",
            "children whom the plan gives a home; pence-equivalent a week by the policy, without fees",
            {row.child_id: row.explanation.welfare_pence / 100 for row in placed if row.explanation},
            "are given homes that suit them {}",
            "less well",
            "better",
            "£ a week",
        ),
    )


def of_waiting(case: Case) -> tuple[Measure, ...]:
    """How long children with an open referral have waited: days from the first of them to the as-at date."""
    days: dict[str, float] = {}
    for referral in case.referrals:
        waited = max((case.as_at - referral.received).days, 0)
        days[referral.child_id] = max(days.get(referral.child_id, 0), waited)
    return (
        Measure(
            "days",
            "Days since referral",
            "children with an open referral, from the day it was received (the earliest, if several) to the as-at date",
            days,
            "have waited {} for a home",
            "longer",
            "less long",
            "days",
        ),
    )


def _miles_today(case: Case, children: tuple[Child, ...]) -> dict[str, int]:
    """Tenths of a mile from home: by the return's postcodes, of a child without episodes by the listed home."""
    history = History(case)
    found = {each.child: each.miles_tenths for each in whereabouts(history.episodes, history.atlas, case.as_at)}
    for child in children:
        home = home_of(case, case.placement_of.get(child.id))
        if child.id not in found and child.home and home:
            found[child.id] = miles_tenths(child.home, home.location)
    ids = {child.id for child in children}
    return {child: tenths for child, tenths in found.items() if tenths is not None and child in ids}


def _needs_met(case: Case, children: tuple[Child, ...]) -> dict[str, float]:
    levels, skills = child_levels(case), home_levels(case.homes, case.framework)
    row = {child.id: at for at, child in enumerate(case.children)}
    column = {home.id: at for at, home in enumerate(case.homes)}
    found: dict[str, float] = {}
    for child in children:
        home = home_of(case, case.placement_of.get(child.id))
        at = row[child.id]
        high = levels.known[at] & (levels.level[at] >= case.framework.high_level)
        if home and high.any():
            found[child.id] = bool((skills.level[column[home.id]] >= levels.level[at])[high].all())
    return found
