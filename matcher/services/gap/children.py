"""Every child of a run in the gap: what is asked, where the plan has the child live, today's home, and why short."""

from collections.abc import Collection
from enum import StrEnum

from matcher.scoring.needs_score import score_children
from matcher.services.gap.categories import Categories, WhyShort
from matcher.services.gap.groups import groups_of
from matcher.services.gap.reopened import Reopened, reopen, searches_of
from matcher.services.gap.searching import searching_children
from matcher.services.gap.table import NOT_KNOWN, kind_asked
from matcher.services.results import Plan, PlanRow
from matcher.services.searches import why_not_moved
from models.case import Case
from models.geography import Locality
from models.needs import NeedsFramework
from models.record import Record
from models.ssda903.ages import age_band
from models.vocabulary import KIND_LABELS, HomeKind

NOT_ASSESSED = "not_assessed"


class Outcome(StrEnum):
    """Where a plan has a child live, seen from the authority; UNMET: it has no home for the child."""

    IN_AREA = "in_area"
    ADJOINING = "adjoining"
    AT_A_DISTANCE = "at_a_distance"
    UNMET = "unmet"


OUTCOME_LABELS = {
    Outcome.IN_AREA: "Matched in the area",
    Outcome.ADJOINING: "Matched in an adjoining authority",
    Outcome.AT_A_DISTANCE: "Matched at a distance",
    Outcome.UNMET: "No home in the plan",
}
_OUTCOME = {
    Locality.IN_AREA: Outcome.IN_AREA,
    Locality.ADJOINING: Outcome.ADJOINING,
    Locality.AT_A_DISTANCE: Outcome.AT_A_DISTANCE,
}


class GapChild(Record):
    """One child of a run.

    ``kind`` is the kind of home counted under (`kind_asked`); ``need_band`` the band of the needs framework that the
    child's known needs score in, ``NOT_ASSESSED`` where none is known; ``district`` the child's home district, or
    ``NOT_KNOWN``. ``before`` is today; None is nowhere, or not known. Miles are tenths, straight line, from the child's
    home; fees pence a week in full. ``groups`` are keys of `GROUPS`. ``why`` is given where the child is short of a
    home in the area: unmet, or matched outside it.
    """

    child_id: str
    referral_id: str
    kind: HomeKind
    kind_label: str
    age: int
    age_band: str
    need_band: str
    district: str
    groups: tuple[str, ...]
    outcome: Outcome
    home_id: str | None
    home_kind_label: str | None
    miles_tenths: int | None
    fee_pence: int | None
    before_home_id: str | None
    before_kind_label: str | None
    before_locality: Locality | None
    before_miles_tenths: int | None
    before_fee_pence: int | None
    why: WhyShort | None

    @property
    def short_in_area(self) -> bool:
        """Whether the area itself lacks a home for the child (section 22G, Children Act 1989)."""
        return self.outcome is not Outcome.IN_AREA


class NotInRun(Record):
    """A child of the case who is not looking for a home in a run, and why."""

    child_id: str
    reason: str


def child_gap(
    case: Case, plan: Plan, *, step_down: Collection[str] = (), reopened: Reopened | None = None
) -> tuple[GapChild, ...]:
    """Every child of an operational or clean-sheet plan, in the plan's order.

    Args:
        case: The authority the plan was made for.
        plan: The plan.
        step_down: Ids of step-down candidates, for the group of that name.
        reopened: The plan's run, where the caller has made it already (`reopen`); making it takes as long as scoring.

    Raises:
        NotItsPlanError: the plan is not of this case.
    """
    opened = reopened or reopen(case, plan)
    run, categories = opened.run, Categories(opened)
    bands = need_bands(case)
    together = {child: len(unit.searching) for unit in run.units for child in unit.searching}
    people = searching_children(case, run.children[: run.searching], run.searches.referrals, together, step_down)
    found = []
    referred = {referral.id: referral for referral in case.referrals}
    for row, (line, one) in enumerate(zip(plan.rows, people, strict=True)):
        outcome = _OUTCOME[line.locality] if line.locality else Outcome.UNMET
        why = None if outcome is Outcome.IN_AREA else categories.why_short(row)
        kind = kind_asked(case, line.child_id, referred.get(line.referral_id))
        found.append(_child(case, line, one.age, kind, bands[line.child_id], groups_of(one), outcome, why))
    return tuple(found)


def _child(
    case: Case, line: PlanRow, age: int, kind: HomeKind, band: str, groups: tuple[str, ...], outcome: Outcome,
    why: WhyShort | None,
) -> GapChild:  # fmt: skip
    child = case.child[line.child_id]
    return GapChild(
        child_id=child.id,
        referral_id=line.referral_id,
        kind=kind,
        kind_label=KIND_LABELS[kind],
        age=age,
        age_band=age_band(age),
        need_band=band,
        district=child.home.district if child.home else NOT_KNOWN,
        groups=groups,
        outcome=outcome,
        home_id=line.home_id,
        home_kind_label=line.kind_label,
        miles_tenths=line.miles_tenths,
        fee_pence=line.fee_pence,
        before_home_id=line.before_home_id,
        before_kind_label=line.before_kind_label,
        before_locality=line.before_locality,
        before_miles_tenths=line.before_miles_tenths,
        before_fee_pence=line.before_fee_pence,
        why=why,
    )


def need_bands(case: Case) -> dict[str, str]:
    """Each child's need band by id: the band of the framework, or ``NOT_ASSESSED`` where no need is known."""
    return {score.child_id: score.band.key if score.band else NOT_ASSESSED for score in score_children(case)}


def need_band_labels(framework: NeedsFramework) -> dict[str, str]:
    """Words for every need band, lowest first, the children not assessed last."""
    return {band.key: band.label for band in framework.bands} | {NOT_ASSESSED: "Not assessed"}


def not_in_run(case: Case, plan: Plan) -> tuple[NotInRun, ...]:
    """Every child of the case who is not looking for a home in the plan's run, and why; by the case's order.

    Operational: nobody looks for a home for them now. Clean sheet: the reasons of
    :func:`matcher.services.searches.why_not_moved`.

    Raises:
        NotItsPlanError: the plan is not of this case.
    """
    searching = searches_of(case, plan).children
    others = [child.id for child in case.children if child.id not in searching]
    reason = _why_staying if plan.run == "clean sheet" else _not_looking
    return tuple(NotInRun(child_id=child, reason=reason(case, child)) for child in others)


def _why_staying(case: Case, child: str) -> str:
    placement = case.placement_of.get(child)
    reason = why_not_moved(case, placement) if placement else None
    return reason or "not living in any recorded placement"


def _not_looking(case: Case, child: str) -> str:
    return "not looking for a home now" if child in case.placement_of else "not living in any recorded placement"
