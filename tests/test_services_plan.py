"""Plans against enumeration: the optimum found is the least of all plans that the checker of records accepts."""

import datetime as dt
import random
from itertools import product
from typing import Any

import pytest

from matcher.services.allocate import allocate, clean_sheet
from matcher.services.check_plan import PlanCheckError, check_plan
from matcher.services.problem import build
from matcher.services.searches import Searches, operational
from matcher.services.searches import clean_sheet as clean_sheet_searches
from models.case import Case
from models.child import SiblingGroup
from models.home import Resident
from models.referral import Offer, Refusal
from models.vocabulary import HomeKind, NotAvailable, RefusalReason, ResidentKind, Risk, Sex, SiblingDecision, Solo
from tests.make_case import AS_AT, at, make_case, make_child, make_home, make_placement, make_referral
from tests.oracle import score
from tests.random_case import random_case


def _friendly_case(seed: int) -> Case:
    """Few rules about the pair, many about sharing: who fits is decided by room, siblings, holds and each other."""
    dice = random.Random(seed)
    ids = [f"C{i}" for i in range(dice.randint(2, 5))]
    homes = [f"H{i}" for i in range(dice.randint(1, 4))]
    children = tuple(
        make_child(
            child,
            age=dice.choice([1, 2, 4, 8, 11, 15]),
            sex=dice.choice([Sex.MALE, Sex.FEMALE]),
            solo=dice.choice([None, None, None, None, Solo.REQUIRED]),
            risks_to_others=frozenset({Risk.VIOLENCE}) if dice.random() < 0.15 else frozenset(),
            risks_from_others=frozenset({Risk.VIOLENCE}) if dice.random() < 0.25 else frozenset(),
            home=at(dice.uniform(-9, 9), dice.uniform(-9, 9)),
        )
        for child in ids
    )
    return make_case(
        children,
        tuple(_friendly_home(dice, home, ids) for home in homes),
        referrals=tuple(make_referral(child) for child in ids if dice.random() < 0.85),
        placements=tuple(
            make_placement(child, dice.choice(homes), ends_on=dice.choice([None, None, AS_AT]))
            for child in ids
            if dice.random() < 0.3
        ),
        sibling_groups=_groups(dice, ids),
        residents=tuple(
            Resident(id=f"X{i}", home_id=dice.choice(homes), kind=dice.choice(list(ResidentKind)))
            for i in range(dice.choice([0, 0, 1, 2]))
        ),
        offers=tuple(
            Offer(
                home_id=dice.choice(homes),
                child_id=child,
                offered_on=AS_AT,
                held_until=AS_AT + dt.timedelta(days=2),
                agreed=dice.random() < 0.5,
            )
            for child in dice.sample(ids, 1)
            if dice.random() < 0.3
        ),
        refusals=tuple(
            Refusal(home_id=dice.choice(homes), child_id=child, refused_on=AS_AT, reason=RefusalReason.NEEDS)
            for child in dice.sample(ids, 1)
            if dice.random() < 0.3
        ),
    )


def _friendly_home(dice: random.Random, home: str, ids: list[str]):  # type: ignore[no-untyped-def]  # noqa: ANN202
    siblings_only = dice.random() < 0.2
    return make_home(
        home,
        places=dice.choice([1, 2, 3, 4]),
        sibling_places=dice.choice([None, None, 3, 4]),
        exempt_children=frozenset(dice.sample(ids, 1)) if dice.random() < 0.2 else frozenset(),
        bedrooms=dice.choice([1, 2, 3]),
        double_bedrooms=dice.choice([0, 1]),
        maximum_age_gap=dice.choice([None, None, 5]),
        not_available_places=dice.choice([0, 0, 1, 2]) if not siblings_only else dice.choice([1, 2, 3]),
        not_available_reason=NotAvailable.SIBLINGS_ONLY if siblings_only else NotAvailable.BEDROOM,
        location=at(dice.uniform(-9, 9), dice.uniform(-9, 9)),
    )


def _groups(dice: random.Random, ids: list[str]) -> tuple[SiblingGroup, ...]:
    if len(ids) < 3 or dice.random() < 0.3:
        return ()
    members = tuple(dice.sample(ids, dice.randint(2, len(ids))))
    decision = dice.choice(list(SiblingDecision))
    return (SiblingGroup(id="G1", children=members, decision=decision),)


def _objective(case: Case, searches: Searches, unplaced: int, homes: dict[str, str | None]) -> int:
    """What a plan costs, from the oracle's scores and the words of the contract."""
    total = 0
    for referral in searches.referrals:
        home = homes[referral.child_id]
        total += unplaced if home is None else score(case, searches.referrals, referral, case.home[home])[0]
    for group in case.sibling_groups:
        for unit in group.planned_units:
            where = {c: homes[c] if c in searches.children else _lives(case, c) for c in unit}
            where = {c: h for c, h in where.items() if c in searches.children or h is not None}
            if len(where) > 1 and set(where) & searches.children:
                apart = len({h for h in where.values() if h}) + list(where.values()).count(None) - 1
                total += case.policy.siblings_apart * apart
    return total


def _lives(case: Case, child: str) -> str | None:
    return case.placement_of[child].home_id if child in case.placement_of else None


def _lawful(case: Case, searches: Searches, homes: dict[str, str | None]) -> bool:
    agreed = {(o.child_id, o.home_id) for o in case.offers if o.agreed}
    for referral in searches.referrals:
        home = homes[referral.child_id]
        pair = (referral.child_id, home)
        if home is not None and pair not in agreed and score(case, searches.referrals, referral, case.home[home])[1]:
            return False
    try:
        check_plan(case, searches, homes)
    except PlanCheckError:
        return False
    return True


@pytest.mark.parametrize("seed", range(60))
def test_enumeration_agrees_with_the_plan(seed: int) -> None:
    case = _friendly_case(seed)
    searches = operational(case)
    run = build(case, searches)
    unplaced = int(run.problem.unplaced.min(initial=10**9))
    plan = allocate(case)
    ids = [referral.child_id for referral in searches.referrals]
    plans = (dict(zip(ids, homes, strict=True)) for homes in product([None, *case.home], repeat=len(ids)))
    best = min(_objective(case, searches, unplaced, homes) for homes in plans if _lawful(case, searches, homes))
    assert plan.certificate.status == "optimal"
    assert plan.certificate.objective_pence == best


def test_a_place_kept_for_siblings_and_held_for_one_of_them_is_not_for_that_one_alone() -> None:
    home = make_home(not_available_places=2, not_available_reason=NotAvailable.SIBLINGS_ONLY)
    children = [make_child("C1", age=3), make_child("C2", age=11)]
    group = SiblingGroup(id="G1", children=("C1", "C2"))
    offer = Offer(home_id="H1", child_id="C1", offered_on=AS_AT, held_until=AS_AT)
    case = make_case(children, (home,), sibling_groups=(group,), offers=(offer,))
    assert [row.home_id for row in allocate(case).rows] == ["H1", "H1"]
    declined = Refusal(home_id="H1", child_id="C2", refused_on=AS_AT, reason=RefusalReason.NEEDS)
    assert [row.home_id for row in allocate(case.model_copy(update={"refusals": (declined,)})).rows] == [None, None]


def test_more_brothers_and_sisters_than_any_home_takes_are_planned_in_sets() -> None:
    children = [make_child(f"C{i:02}", age=4 + i % 12) for i in range(20)]
    group = SiblingGroup(id="G1", children=tuple(child.id for child in children))
    homes = [make_home(f"H{i}", places=3, bedrooms=3) for i in range(6)]
    plan = allocate(make_case(children, homes, sibling_groups=(group,)))
    assert plan.after.placed == 18
    assert plan.notes == ("sibling group G1: planned in sets of at most 12 children, in the order given",)


def test_a_named_child_is_not_kept_in_a_home_that_is_overfull_without_them() -> None:
    """Of four places two are not available and two are taken: the exemption adds to the usual limit, not to these."""
    others = tuple(Resident(id=f"X{i}", home_id="H1", kind=ResidentKind.OTHER_AUTHORITY) for i in (1, 2))
    home = make_home(places=4, bedrooms=4, exempt_children=frozenset({"C1"}), not_available_places=2)
    lives = (make_placement("C1", "H1"),)
    plan = allocate(make_case((make_child(),), (home,), residents=others, placements=lives))
    assert [row.home_id for row in plan.rows] == [None]


@pytest.mark.parametrize("seconds", [None, 0.0])
def test_what_is_agreed_is_kept_however_many_it_keeps_out_and_however_short_the_time(seconds: float | None) -> None:
    """Six who would be glad of the home may not live beside the one whose place there is agreed."""
    agreed = make_child("C0", risks_to_others=frozenset({Risk.VIOLENCE}), home=at(0, 90))
    others = [make_child(f"C{i}", risks_from_others=frozenset({Risk.VIOLENCE}), home=at()) for i in range(1, 7)]
    offer = Offer(home_id="H1", child_id="C0", offered_on=AS_AT, held_until=AS_AT, agreed=True)
    home = make_home(kind=HomeKind.RESIDENTIAL, places=8)
    plan = allocate(make_case((agreed, *others), (home,), offers=(offer,)), time_limit=seconds)
    assert [row.home_id for row in plan.rows] == ["H1"] + [None] * 6


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("hurry", [{"time_limit": 0.0}, {"cancel": lambda: True}], ids=["no time", "cancelled"])
def test_a_plan_made_in_haste_keeps_what_is_agreed_and_who_stays(seed: int, hurry: dict[str, Any]) -> None:
    dice = random.Random(seed)
    case = _friendly_case(seed) if seed % 2 else random_case(seed, children=14, homes=10)
    offers = tuple(
        Offer(home_id=dice.choice(case.homes).id, child_id=child.id, offered_on=AS_AT, held_until=AS_AT, agreed=True)
        for child in case.children
        if dice.random() < 0.4
    )
    for make in (allocate, clean_sheet):
        plan = make(Case.model_validate(case.model_dump() | {"offers": offers}), **hurry)
        assert plan.certificate.checked
        assert plan.certificate.bound_pence <= plan.certificate.objective_pence


@pytest.mark.parametrize("seed", range(40))
def test_plans_of_messy_cases_pass_the_checker_and_keep_their_bound(seed: int) -> None:
    case = random_case(seed, children=6, homes=6)
    agreed = {(offer.child_id, offer.home_id) for offer in case.offers_in_force if offer.agreed}
    for plan, searches in ((allocate(case), operational(case)), (clean_sheet(case), clean_sheet_searches(case))):
        assert plan.certificate.checked
        for row, referral in zip(plan.rows, searches.referrals, strict=True):
            if row.home_id and (row.child_id, row.home_id) not in agreed:
                assert score(case, searches.referrals, referral, case.home[row.home_id])[1] == set()
        assert plan.certificate.bound_pence <= plan.certificate.objective_pence
        assert len({row.child_id for row in plan.rows}) == len(plan.rows)
        placed = sum(row.home_id is not None for row in plan.rows)
        assert placed <= plan.certificate.most_that_could_be_placed
        assert plan.after.placed == placed
