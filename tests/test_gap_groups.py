"""Commissioners' groups, cells and the sides: each rule by hand, and everything that must add up."""

import datetime as dt
from typing import Any

import pytest

from matcher.services.allocate import allocate, clean_sheet
from matcher.services.gap import (
    EVERY_DIMENSION,
    GROUPS,
    NOT_ASSESSED,
    GapCategory,
    GapChild,
    Outcome,
    beside_today,
    child_gap,
    gap_table,
    group_gaps,
    need_band_labels,
    not_in_run,
    open_cells,
)
from matcher.services.results import Plan
from models.case import Case
from models.child import Child, Circumstances, SiblingGroup
from models.rules import RuleId
from models.ssda903.derive import PlacementKind
from models.vocabulary import Feature, HomeKind, ReferralReason, SiblingDecision, Solo, Urgency
from tests.make_case import AS_AT, ESSEX, KENT, NEED_KEYS, at, make_case, make_child, make_home, make_placement
from tests.make_case import make_referral as referral
from tests.random_case import random_case


def groups(*children: Child, **fields: Any) -> dict[str, tuple[str, ...]]:
    """Groups of each child of a case where no home is near."""
    case = make_case(children, **fields)
    return {child.child_id: child.groups for child in child_gap(case, allocate(case))}


def of_one(child: Child, **fields: Any) -> tuple[str, ...]:
    (found,) = groups(child, **fields).values()
    return found


@pytest.mark.parametrize(
    ("age", "found"),
    [(12, ()), (13, ("teenagers",)), (15, ("teenagers",)), (16, ("teenagers", "sixteen_plus"))],
)
def test_ages(age: int, found: tuple[str, ...]) -> None:
    assert of_one(make_child(age=age)) == found


def test_eighteen_is_no_teenager_of_ours() -> None:
    assert of_one(make_child(age=18)) == ("sixteen_plus",)


def test_staying_put_is_for_those_of_seventeen_with_carers() -> None:
    fostered = make_placement("C1", None, ends_on=AS_AT)
    assert "staying_put" in of_one(make_child(age=17), placements=[fostered])
    assert "staying_put" not in of_one(make_child(age=16), placements=[fostered])
    supported = make_placement("C1", None, kind=PlacementKind.SUPPORTED)
    assert "staying_put" not in of_one(make_child(age=17), placements=[supported])
    assert "staying_put" not in of_one(make_child(age=17))


def siblings(size: int, searching: int, **fields: Any) -> dict[str, tuple[str, ...]]:
    ids = [f"C{n}" for n in range(size)]
    return groups(
        *(make_child(child) for child in ids),
        referrals=[referral(child) for child in ids[:searching]],
        sibling_groups=[SiblingGroup(id="G", children=tuple(ids), **fields)],
    )


@pytest.mark.parametrize(
    ("searching", "found"), [(1, ()), (2, ("siblings_2",)), (3, ("siblings_3",)), (4, ("siblings_4_plus",))]
)
def test_siblings_count_those_of_the_unit_who_search(searching: int, found: tuple[str, ...]) -> None:
    assert set(siblings(5, searching).values()) == {found}


def test_five_searching_are_four_or_more_and_those_to_live_apart_are_no_unit() -> None:
    assert set(siblings(5, 5).values()) == {("siblings_4_plus",)}
    assert set(siblings(3, 3, decision=SiblingDecision.APART).values()) == {()}
    split = siblings(3, 3, units=(("C0", "C1"),))
    assert split == {"C0": ("siblings_2",), "C1": ("siblings_2",), "C2": ()}


def test_disabled_or_with_a_plan() -> None:
    assert of_one(make_child(disabled=True)) == ("disabled_send",) == of_one(make_child(ehcp=True))
    assert of_one(make_child(disabled=False, ehcp=None)) == ()


def test_a_referral_says_newer_things_than_the_child() -> None:
    newer = referral(circumstances=Circumstances(solo=Solo.REQUIRED))
    assert of_one(make_child(disabled=True), referrals=[newer]) == ("solo",)


def test_autism_or_behaviour_by_known_levels() -> None:
    assert of_one(make_child(levels={"communication": 3})) == ("autism_behaviour",)
    assert of_one(make_child(levels={"communication": 2})) == ()
    assert of_one(make_child(levels={"aggression": 3, "managing_emotions": 4})) == ("autism_behaviour",)
    assert of_one(make_child(levels={"aggression": 4})) == (), "managing emotions is not known, and so is not 3"
    assert of_one(make_child()) == (), "a level that is only assumed is not known"


def test_groups_said_by_a_flag_or_the_referral() -> None:
    assert of_one(make_child(uasc=True)) == ("uasc",)
    assert of_one(make_child(solo=Solo.REQUIRED)) == ("solo",)
    assert of_one(make_child(solo=Solo.PREFERRED)) == ()
    assert of_one(make_child(), referrals=[referral(urgency=Urgency.SAME_DAY)]) == ("emergency",)
    assert of_one(make_child(), referrals=[referral(urgency=Urgency.WITHIN_72_HOURS)]) == ()


def test_remand() -> None:
    assert of_one(make_child(legal_status="J1")) == ("remand",)
    assert of_one(make_child(legal_status="C2")) == ()
    assert of_one(make_child(), referrals=[referral(reason=ReferralReason.REMAND)]) == ("remand",)
    assert of_one(make_child(features=frozenset({Feature.REMAND}))) == ("remand",)


def test_secure() -> None:
    until = AS_AT + dt.timedelta(days=10)
    assert of_one(make_child(secure_order_until=until)) == ("secure",)
    late = referral(needed_by=until + dt.timedelta(days=1))
    assert of_one(make_child(secure_order_until=until), referrals=[late]) == ()
    assert of_one(make_child(), referrals=[referral(preferred_kinds=(HomeKind.SECURE,))]) == ("secure",)


def test_parent_and_child() -> None:
    assert of_one(make_child(), referrals=[referral(suitable_kinds=(HomeKind.PARENT_AND_CHILD,))]) == (
        "parent_and_child",
    )
    assert of_one(make_child(features=frozenset({Feature.PARENT_AND_CHILD}))) == ("parent_and_child",)
    placed = make_placement("C1", None, kind=PlacementKind.PARENT_AND_CHILD, ends_on=AS_AT)
    assert of_one(make_child(), placements=[placed]) == ("parent_and_child",)


def test_step_down_candidates_are_whom_the_caller_names() -> None:
    case = make_case([make_child("A"), make_child("B")])
    found = group_gaps(child_gap(case, allocate(case), step_down={"B"}))
    assert {group.key: group.outcomes.child_ids for group in found}["step_down"] == ("B",)


def test_every_group_says_its_rule_and_source() -> None:
    assert len({group.key for group in GROUPS}) == len(GROUPS) == 15
    assert all(group.rule and group.source and group.label for group in GROUPS)


def three() -> Case:
    """A is matched in the area, B outside it, D not at all; all lived in Kent but D, who lives nowhere."""
    children = [
        make_child("A", age=14, home=at(), levels=dict.fromkeys(NEED_KEYS, 2)),
        make_child("B", age=14, home=at()),
        make_child("D", age=3, home=None),
    ]
    homes = [
        make_home("IN", places=1, sexes=frozenset("M"), age_from=13, location=at(2), fee_pence=50_000),
        make_home("OUT", location=at(30, utla=ESSEX), age_from=13, fee_pence=70_000),
        make_home("KENT", location=at(40, utla=KENT), places=2, age_from=17, fee_pence=90_000),
    ]
    ending = [make_placement(child, "KENT", ends_on=AS_AT) for child in ("A", "B")]
    return make_case(children, homes, placements=ending, referrals=[referral(child) for child in "ABD"])


def test_a_child_beside_today() -> None:
    case = three()
    found = {child.child_id: child for child in child_gap(case, allocate(case))}
    inside, out = sorted(("A", "B"), key=lambda child: found[child].outcome is not Outcome.IN_AREA)
    assert [found[child].outcome for child in (inside, out, "D")] == [
        Outcome.IN_AREA,
        Outcome.ADJOINING,
        Outcome.UNMET,
    ]
    a = found[inside]
    assert (a.before_kind_label, a.before_locality, a.before_miles_tenths) == (
        "in-house fostering",
        "at_a_distance",
        400,
    )
    assert (a.miles_tenths, a.fee_pence, a.before_fee_pence) == (20, 50_000, 90_000)
    assert (found["A"].need_band, found["B"].need_band) == ("complex", NOT_ASSESSED), "24 needs at 2 are 480"
    assert need_band_labels(case.framework)[NOT_ASSESSED] == "Not assessed"
    assert (found["D"].district, found["D"].before_home_id, found["D"].age_band) == ("not_known", None, "1-4")


def test_cells_open_to_children_categories_and_rules() -> None:
    case = three()
    children = child_gap(case, allocate(case))
    (teens, young) = open_cells(children, ("age_band",))[::1]
    cells = {cell.age_band: cell.outcomes for cell in (teens, young)}
    assert set(cells["13-15"].child_ids) == {"A", "B"}
    assert len(cells["13-15"].adjoining_ids) == len(cells["13-15"].in_area_ids) == 1
    assert cells["13-15"].categories[0].category is GapCategory.FULL
    assert cells["1-4"].unmet_ids == ("D",) == cells["1-4"].short_ids
    (rule,) = cells["1-4"].rules
    assert (rule.rule, rule.title, rule.child_ids) == (RuleId.AGE, "age within terms", ("D",))


def test_side_by_side_by_hand() -> None:
    case = three()
    operational, clean = (child_gap(case, plan) for plan in (allocate(case), clean_sheet(case, time_limit=5)))
    everybody = beside_today(operational, clean)[0]
    assert everybody.child_ids == ("A", "B", "D")
    now, then = everybody.today, everybody.operational
    assert (now.at_a_distance_ids, now.none_ids, now.weekly_fee_pence, now.priced) == (("A", "B"), ("D",), 180_000, 2)
    assert now.mean_miles_tenths == 400
    assert (len(then.in_area_ids), len(then.adjoining_ids), then.none_ids) == (1, 1, ("D",))
    assert (then.weekly_fee_pence, then.mean_miles_tenths) == (120_000, 160)


def ids_of(side: object) -> list[str]:
    names = ("in_area_ids", "adjoining_ids", "at_a_distance_ids", "not_known_ids", "none_ids")
    return sorted(child for name in names for child in getattr(side, name))


@pytest.mark.parametrize("seed", range(15))
def test_everything_adds_up_to_the_plans(seed: int) -> None:
    case = random_case(seed, children=16, homes=10)
    plans = (allocate(case), clean_sheet(case, time_limit=5))
    both = [child_gap(case, plan) for plan in plans]
    for plan, children in zip(plans, both, strict=True):
        _expect_cells(children)
        after = [child.outcome for child in children]
        assert after.count(Outcome.UNMET) == plan.after.unplaced
        assert after.count(Outcome.IN_AREA) == plan.after.in_area
        assert after.count(Outcome.AT_A_DISTANCE) == plan.after.at_a_distance
        _expect_table(case, plan, children)
        others = not_in_run(case, plan)
        assert sorted([o.child_id for o in others] + [c.child_id for c in children]) == sorted(case.child)
        for reason, number in plan.staying:
            assert sum(other.reason == reason for other in others) == number
    _expect_sides(plans[0].before.weekly_fee_pence, *both)


def _expect_table(case: Case, plan: Plan, children: tuple[GapChild, ...]) -> None:
    """The gap table that pages show counts the same children."""
    cells = open_cells(children, ("kind", "age_band", "district"))
    ours = {(c.kind, c.age_band, c.district): c.outcomes for c in cells}
    theirs = {(row.kind, row.age_band, row.district): row for row in gap_table(case, plan)}
    assert ours.keys() == theirs.keys()
    for key, row in theirs.items():
        assert (len(ours[key].child_ids), len(ours[key].unmet_ids)) == (row.children, row.unmet)
        assert len(ours[key].short_ids) == row.short_in_area


def _expect_cells(children: tuple[GapChild, ...]) -> None:
    for by in ((), ("kind",), ("age_band", "district"), EVERY_DIMENSION):
        cells = [cell.outcomes for cell in open_cells(children, by)]
        assert sorted(c for cell in cells for c in cell.child_ids) == sorted(c.child_id for c in children)
        for cell in cells:
            assert sorted(cell.child_ids) == sorted((*cell.in_area_ids, *cell.short_ids))
            for parts in (cell.categories, cell.rules):
                assert sorted(c for part in parts for c in part.child_ids) == sorted(cell.short_ids)
    for group in group_gaps(children):
        assert group.outcomes.child_ids == tuple(c.child_id for c in children if group.key in c.groups)
        assert len(group.outcomes.child_ids) == sum(len(ids) for _, ids in group.today)


def _expect_sides(fee_today: int, operational: tuple[GapChild, ...], clean: tuple[GapChild, ...]) -> None:
    lines = beside_today(operational, clean)
    everybody, cells = lines[0], [line for line in lines if line.kind]
    assert set(everybody.child_ids) == {child.child_id for child in (*operational, *clean)}
    for side in ("today", "operational", "clean_sheet"):
        for line in lines:
            assert ids_of(getattr(line, side)) == sorted(line.child_ids)
        whole = getattr(everybody, side)
        assert sum(getattr(line, side).weekly_fee_pence for line in cells) == whole.weekly_fee_pence
        assert sorted(c for line in cells for c in line.child_ids) == sorted(everybody.child_ids)
    searching = {child.child_id for child in operational}
    stay = sum(c.before_fee_pence or 0 for c in clean if c.child_id not in searching)
    assert everybody.today.weekly_fee_pence == fee_today + stay
    assert everybody.operational.weekly_fee_pence == sum(c.fee_pence or 0 for c in operational) + stay
