"""Plans for adoption written into the years in care: placements, legal statuses and who belongs together.

Every published count of the returns stays: so many changes of placement in the year, so many of them planned, so many
children with one, two or three placements.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from . import adoption_figures as af
from . import figures as fig
from .adoption_plans import Plan
from .draw import day_between, days, insist
from .figures import Living
from .people import Child, Stay
from .stays import ADOPTION_URN, Past
from .timeline import copy_stay, moved_in

_RELABELLED = ("OTHER", "LAREQ", "CREQO", "STAND", "CHILD")


def write_history(rng: random.Random, plans: Sequence[Plan], past: Past) -> None:
    """Change the children's periods to what their plans say; counts of changes in the year stay as they were."""
    before = _changes(plans)
    _live_together(plans)
    for plan in plans:
        _placements(rng, plan, past)
    early_permanence(rng, plans)
    _keep_changes(rng, plans, before, past)
    for plan in plans:
        _legal(plan)
        plan.child.decided_adoption = plan.decided
        if plan.child.living is not None:
            plan.child.moved_in = moved_in(plan.child.periods[-1].stays)
    _relate(rng, plans)


def _live_together(plans: Sequence[Plan]) -> None:
    """Brothers and sisters who moved in together live at one address; with a carer who adopts, from the start."""
    adopted = [plan for plan in plans if plan.adopted is not None]
    for _, unit in groupby(adopted, key=lambda plan: plan.number):
        first, *others = unit
        for plan in others:
            for stay, like in zip(plan.child.periods[-1].stays, first.child.periods[-1].stays, strict=True):
                stay.postcode, stay.urn, stay.provider = like.postcode, like.urn, like.provider


def _placements(rng: random.Random, plan: Plan, past: Past) -> None:
    period = plan.child.periods[-1]
    if plan.ended is not None:
        if plan.placed is not None and period.stays[-2].start < plan.placed:
            before = copy_stay(period.stays[-2])
            before.reason = "CARPL"
            there = past.at(Living.IN_HOUSE, plan.placed, {stay.postcode for stay in period.stays})
            period.stays[-2].start, period.stays[-2].postcode = plan.placed, there.postcode
            period.stays.insert(-2, before)
        adoptive, last = period.stays[-2], period.stays[-1]
        adoptive.place, adoptive.provider, adoptive.urn = "A4", "PR1", ADOPTION_URN
        last.start = plan.ended
    elif plan.placed is not None:
        last = period.stays[-1]
        last.start = plan.placed
        if plan.unit is not None and plan.unit.carer:
            first = period.stays[-2]
            last.postcode, last.provider, last.place, last.same_carer = first.postcode, "PR1", "A5", True
            first.reason = "PLACE"
    if plan.adopted is not None:
        period.ended = plan.adopted
        plan.child.born = min(plan.child.born, period.entered - days(rng.randint(2, 60)))


def early_permanence(rng: random.Random, plans: Sequence[Plan]) -> None:
    """Six of those placed in the year were with carers who could adopt before: some from the start, some soon after."""
    placed = [p for p in plans if p.placed is not None and p.placed >= fig.YEAR_START and p.adopted is None]
    count = 0
    for plan in placed:
        stays = plan.child.periods[-1].stays
        if stays[-1].same_carer and stays[-2].place == "U5":
            plan.early = stays[-2].start
            count += 1
    soon = [p for p in placed if p.early is None and p.unit is not None and p.unit.ours and p.unit.size == 1]
    for plan in sorted(soon, key=lambda p: p.child.entered, reverse=True)[: af.EARLY_PERMANENCE - count]:
        _moved_early(rng, plan)
        count += 1
    insist(count == af.EARLY_PERMANENCE, "six were placed for early permanence")


def _moved_early(rng: random.Random, plan: Plan) -> None:
    """From foster carers to carers who may adopt, before the decision; the adoptive placement is with the same."""
    period = plan.child.periods[-1]
    fostered, last = period.stays[-2], period.stays[-1]
    first = max(fostered.start + days(12), fig.YEAR_START + days(4))
    plan.early = day_between(rng, first, max(plan.decided - days(6), first))
    carers = copy_stay(last)
    carers.start, carers.place, carers.reason, carers.same_carer = plan.early, "U5", "PLACE", False
    last.place, last.same_carer = "A5", True
    period.stays[-1:] = [carers, last]


def _changes(plans: Iterable[Plan]) -> Counter[str]:
    """Reasons of the changes of placement in the year."""
    found: Counter[str] = Counter()
    for plan in plans:
        for period in plan.child.periods:
            for stay, following in zip(period.stays, period.stays[1:], strict=False):
                if following.start >= fig.YEAR_START:
                    found[stay.reason] += 1
    return found


def _keep_changes(rng: random.Random, plans: Sequence[Plan], before: Counter[str], past: Past) -> None:
    """As many changes in the year as before, as many of them by care plan.

    Some of those adopted changed carers once more before they were placed: a move to carers who prepare children.
    """
    _keep_status_changes(plans, before["PLACE"])
    missing = before.total() - _changes(plans).total()
    able = sorted(
        (p for p in plans if p.adopted and p.placed and p.placed >= dt.date(2017, 5, 2)),
        key=lambda p: p.number,
        reverse=True,
    )
    insist(0 <= missing <= 2 * len(able), "those adopted moved about as often as before")
    moves: dict[tuple[int, int], Stay] = {}
    for i, plan in enumerate([*able, *able][:missing]):
        _bridge(rng, plan, past, moves, i // len(able))
    planned = before["CARPL"] - _changes(plans)["CARPL"]
    _call_planned(plans, planned)
    insist(_changes(plans)["CARPL"] == before["CARPL"], "as many changes by care plan as before")


def _bridge(rng: random.Random, plan: Plan, past: Past, moves: dict[tuple[int, int], Stay], again: int) -> None:
    """One more move by care plan before the adoptive placement; brothers and sisters move together."""
    if plan.placed is None:
        raise ValueError("those adopted were placed")
    stays = plan.child.periods[-1].stays
    if (plan.number, again) not in moves:
        first = max(fig.YEAR_START, stays[-2].start) + days(3)
        day = day_between(rng, first, max(plan.placed - days(25 - 20 * again), first))
        stay = past.at(Living.IN_HOUSE, day, {stay.postcode for stay in stays})
        stay.reason = "CARPL"
        moves[plan.number, again] = stay
    stays[-1:] = [copy_stay(moves[plan.number, again]), stays[-1]]


def _keep_status_changes(plans: Sequence[Plan], wanted: int) -> None:
    """As many changes of status only as before: some whose plan was reversed are not called long-term fostered yet."""
    for plan in plans:
        stays = plan.child.periods[-1].stays
        status = stays[-1].place == "U4" and stays[-1].same_carer and stays[-1].start >= fig.YEAR_START
        if plan.reversed is not None and status and _changes(plans)["PLACE"] > wanted:
            stays.pop()
            stays[-1].reason = ""


def _call_planned(plans: Sequence[Plan], count: int) -> None:
    """Changes of children with a plan get the reason by care plan until there are enough; or lose it."""
    stays = [
        stay
        for plan in plans
        for stay, following in zip(plan.child.periods[-1].stays, plan.child.periods[-1].stays[1:], strict=False)
        if following.start >= fig.YEAR_START and following.place[0] != "A"
    ]
    if count < 0:
        for stay in [stay for stay in stays if stay.reason == "CARPL"][:-count]:
            stay.reason = _RELABELLED[0]
    stays = [stay for stay in stays if stay.reason in _RELABELLED]
    for stay in sorted(stays, key=lambda stay: _RELABELLED.index(stay.reason))[: max(count, 0)]:
        stay.reason = "CARPL"


def _legal(plan: Plan) -> None:
    """Interim care order, then a placement order; agreement throughout where a parent consented."""
    period = plan.child.periods[-1]
    if plan.consented is not None:
        period.legal = [(period.entered, "V2")]
    elif plan.placed is not None and plan.ordered is not None:
        period.legal = [(period.entered, "C1"), (plan.ordered, "E1")]
    elif plan.ordered is not None:
        earlier = [(day, code) for day, code in period.legal if day < plan.ordered]
        period.legal = [*earlier, (plan.ordered, "E1")]
        if plan.reversed is not None and plan.reversed < fig.AS_AT - days(60):
            period.legal.append((plan.reversed + days(28), "C2"))


def _relate(rng: random.Random, plans: Sequence[Plan]) -> None:
    """Brothers and sisters among the adopted share an address and an ethnic group, and were born well apart."""
    adopted = [plan for plan in plans if plan.adopted is not None and plan.unit is not None]
    groups = [[p.child for p in adopted if p.unit and p.unit.kin == "7"]]
    alone = [plan for plan in adopted if plan.unit and not plan.unit.kin]
    groups += [[p.child for p in unit] for _, unit in groupby(alone, key=lambda plan: plan.number)]
    for group in groups:
        if len(group) > 1:
            relate(rng, group, group[0], min(child.entered for child in group), ())


def relate(rng: random.Random, children: Sequence[Child], like: Child, came: dt.date, born: Sequence[dt.date]) -> None:
    """Make these children brothers and sisters of one like whom they are, the last of them born before ``came``.

    Args:
        rng: The stream.
        children: Those to change.
        like: Whose address and ethnic group they share.
        came: The day by which all of them were born.
        born: Birthdays of other brothers and sisters, from which theirs keep their distance.
    """
    taken = list(born)
    day = min([came - days(rng.randint(20, 200)), *(child.entered - days(2) for child in children)])
    for child in children:
        while any(abs((day - other).days) < 285 for other in taken):
            day -= days(30)
        child.born, child.ethnicity, child.cin = day, like.ethnicity, like.cin
        child.home_post, child.home_district = like.home_post, like.home_district
        taken.append(day)
        day -= days(rng.randint(300, 420))
