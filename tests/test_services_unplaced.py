"""What each rule removes, and the fewest relaxable rules that open a home: by hand, and against trying every set."""

import datetime as dt
from itertools import combinations

import numpy as np
import pytest

from matcher.services.allocate import allocate
from matcher.services.openings import Openings, room_left
from matcher.services.problem import Run, build
from matcher.services.results import PlanRow
from matcher.services.room import row_alone
from matcher.services.searches import operational
from matcher.services.unplaced import count_rules
from matcher.services.why_unplaced import NotInRunError
from models.case import Case
from models.referral import Offer
from models.rules import RULES, RuleId
from models.vocabulary import Access, Feature, HomeKind, Risk, Solo
from solvers import solve_without_clashes
from tests.make_case import AS_AT, at, make_case, make_child, make_home, make_placement, make_referral
from tests.oracle import score
from tests.random_case import random_case

_RELAXABLE = [rule.id for rule in RULES if rule.relaxation is not None]
_MAKES_ROOM = {RuleId.FULL, RuleId.USUAL_LIMIT, RuleId.NOT_AVAILABLE, RuleId.HELD, RuleId.BEDROOM, RuleId.SOLO}


def row_of(case: Case, child: str = "C1") -> PlanRow:
    (row,) = (row for row in allocate(case, asked=[child]).rows if row.child_id == child)
    return row


def rules_of(row: PlanRow) -> list[set[RuleId]]:
    return [{rule.rule for rule in opening.rules} for opening in row.openings]


def test_the_funnel_by_hand() -> None:
    """Four homes: one fails AGE, one FULL, one both, one neither; AGE comes before FULL."""
    age, full = 1 << RuleId.AGE, 1 << RuleId.FULL
    counts = {count.rule: count for count in count_rules(np.array([age, full, age | full, 0]))}
    assert {rule: (c.alone, c.in_all, c.left) for rule, c in counts.items()} == {
        RuleId.AGE: (1, 2, 2),
        RuleId.FULL: (1, 2, 1),
    }


@pytest.mark.parametrize("seed", range(15))
def test_the_funnel_ends_at_the_homes_that_pass(seed: int) -> None:
    case = random_case(seed, children=6, homes=15)
    run = build(case, operational(case))
    for bits in run.bits:
        steps = sorted(count_rules(bits), key=lambda count: count.rule)
        left = [len(case.homes), *(step.left for step in steps)]
        assert left[-1] == int((bits == 0).sum())
        for before, after, step in zip(left, left[1:], steps, strict=False):
            assert step.alone <= before - after <= step.in_all


def test_one_rule_opens_a_home_before_two_do_and_the_cheapest_comes_first() -> None:
    homes = (
        make_home("FAR", age_from=16, location=at(8)),
        make_home("NEAR", age_from=16, location=at(1)),
        make_home("TWO", age_from=16, smoking=True),
        make_home("NEVER", registered=False),
    )
    row = row_of(make_case([make_child(home=at(), smoke_free=True)], homes))
    (opening,) = row.openings
    assert [rule.rule for rule in opening.rules] == [RuleId.AGE]
    assert opening.rules[0].days == 6
    assert (opening.homes, opening.with_room) == (2, 2)
    assert [home.home_id for home in opening.best] == ["NEAR", "FAR"]
    assert opening.best[0].cost_pence < opening.best[1].cost_pence


def test_two_rules_together_where_no_rule_alone_opens_a_home() -> None:
    row = row_of(make_case([make_child(smoke_free=True)], [make_home(age_from=16, smoking=True)]))
    assert rules_of(row) == [{RuleId.AGE, RuleId.HOUSEHOLD}]


def test_a_rule_that_nobody_may_relax_opens_nothing() -> None:
    assert row_of(make_case([make_child()], [make_home(registered=False, age_from=16)])).openings == ()


def test_where_what_one_rule_opens_is_filled_by_the_plan_two_rules_that_open_room_are_told_as_well() -> None:
    children = (make_child("C1", age=10, home=at(), smoke_free=True), make_child("C2", age=17, home=at()))
    homes = (make_home("TAKEN", places=1, age_from=16), make_home("ROOM", age_from=11, age_to=15, smoking=True))
    case = make_case(
        (children[0].model_copy(update={"circumstances": make_child(smoke_free=True).circumstances}), children[1]),
        homes,
    )
    row = row_of(case)
    assert rules_of(row) == [{RuleId.AGE, RuleId.HOUSEHOLD}, {RuleId.AGE}]
    assert [(opening.homes, opening.with_room) for opening in row.openings] == [(1, 1), (1, 0)]


def test_room_in_the_plan_minds_who_moves_in() -> None:
    """C2 moves in and is a risk to C1: the home has a place, but not for C1."""
    children = (
        make_child("C1", age=10, risks_from_others=frozenset({Risk.VIOLENCE})),
        make_child("C2", age=17, risks_to_others=frozenset({Risk.VIOLENCE})),
    )
    row = row_of(make_case(children, [make_home(places=2, age_from=16)]))
    assert [(opening.homes, opening.with_room) for opening in row.openings] == [(1, 0)]


def test_a_full_home_opened_by_exemption_counts_as_room() -> None:
    case = make_case(
        (make_child(), make_child("LIVES")),
        [make_home(places=1)],
        referrals=[make_referral()],
        placements=[make_placement("LIVES", "H1")],
    )
    (opening,) = row_of(case).openings
    assert [rule.rule for rule in opening.rules] == [RuleId.FULL]
    assert opening.with_room == 1


def test_relaxing_solo_lets_the_child_live_with_others() -> None:
    """One of two places is taken: alone the child needs both, and with others one."""
    case = make_case(
        (make_child(solo=Solo.REQUIRED), make_child("LIVES")),
        [make_home(places=2)],
        referrals=[make_referral()],
        placements=[make_placement("LIVES", "H1")],
    )
    row = row_of(case)
    assert rules_of(row) == [{RuleId.SOLO}]
    assert row.openings[0].with_room == 1


def test_nothing_is_opened_for_a_child_whose_place_is_agreed() -> None:
    offer = Offer(home_id="H1", child_id="C1", offered_on=AS_AT, held_until=AS_AT + dt.timedelta(days=1), agreed=True)
    case = make_case([make_child()], [make_home("H1"), make_home("H2", age_from=16)], offers=[offer])
    row = row_of(case)
    assert (row.home_id, row.openings, row.swaps) == ("H1", (), ())


def test_a_child_with_a_home_is_explained_only_when_asked_about() -> None:
    case = make_case([make_child()], [make_home("H1"), make_home("H2", age_from=16)])
    assert allocate(case).rows[0].why_unplaced == ()
    assert [count.rule for count in row_of(case, "C1").why_unplaced] == [RuleId.AGE]
    assert allocate(case, asked=["R-C1"]).rows == allocate(case, asked=["C1"]).rows


def test_asking_about_somebody_who_is_not_looking_says_who_is() -> None:
    with pytest.raises(NotInRunError, match=r"NOBODY is no child or referral.*C1"):
        allocate(make_case([make_child()], [make_home()]), asked=["NOBODY"])


def _brute(run: Run, row: int) -> set[frozenset[RuleId]]:
    """Try every set of relaxable rules by size, on the oracle's reading of the rules."""
    case, referrals = run.case, run.searches.referrals
    failing = {home.id: frozenset(score(case, referrals, referrals[row], home)[1]) for home in case.homes}
    room = dict(zip(failing, run.rooms, strict=True))
    usable = {
        frozenset(f) for home, f in failing.items() if f and (f & _MAKES_ROOM or _fits(run, row, room[home].home.id))
    }
    for size in range(1, len(_RELAXABLE) + 1):
        found = {opened for opened in map(frozenset, combinations(_RELAXABLE, size)) if opened in usable}
        if found:
            return found
        if size >= max(map(len, usable), default=0):
            break
    return set()


def _fits(run: Run, row: int, home: str) -> bool:
    column = next(index for index, room in enumerate(run.rooms) if room.home.id == home)
    use = row_alone(run.rooms[column], run.children[row], run.case.policy, run.case.as_at)
    return all(u <= c for u, c in zip(use, run.problem.capacity[column].tolist(), strict=True))


def _easier(seed: int) -> Case:
    """A random case without the rules that also speak of room, so that whether a home opens is a matter of bits."""
    case = random_case(seed, children=6, homes=12)
    homes = [
        make_home(h.id, places=9, bedrooms=9, kind=HomeKind.RESIDENTIAL, location=h.location, smoking=h.smoking,
                  pets=h.pets, age_from=h.terms.age_from, age_to=h.terms.age_to, sexes=h.terms.sexes,
                  registered=h.registered, grade=h.grade, access=h.access, features=h.features, suspended=h.suspended)
        for h in case.homes
    ]  # fmt: skip
    children = [
        c.model_copy(update={"circumstances": c.circumstances.model_copy(update={"solo": None})}) for c in case.children
    ]
    referrals = [r.model_copy(update={"circumstances": None}) for r in case.referrals]
    return make_case(children, homes, referrals=referrals, policy=case.policy)


@pytest.mark.parametrize("seed", range(40))
def test_the_fewest_rules_are_those_that_trying_every_set_finds(seed: int) -> None:
    case = _easier(seed)
    run = build(case, operational(case))
    nobody = np.full(len(run.children), -1, dtype=np.int64)
    openings = Openings(run, nobody)
    for row in range(run.searching):
        found = {frozenset(rule.rule for rule in opening.rules) for opening in openings.of(row)}
        assert found == _brute(run, row)


@pytest.mark.parametrize("seed", range(30))
def test_no_child_overfills_a_home_that_is_said_to_have_room(seed: int) -> None:
    """Where no rule of room is relaxed, the child and those the plan moves in use no more than the home has."""
    case = random_case(seed, children=10, homes=8)
    run = build(case, operational(case))
    place_of = solve_without_clashes(run.problem, run.clashes).place_of
    left = room_left(run, place_of)
    assert (left >= 0).all()
    columns = {home.id: column for column, home in enumerate(case.homes)}
    for row in range(run.searching):
        for opening in Openings(run, place_of).of(row):
            if not {rule.rule for rule in opening.rules} & _MAKES_ROOM:
                for home in opening.best:
                    at_home = columns[home.home_id]
                    use = row_alone(run.rooms[at_home], run.children[row], case.policy, case.as_at)
                    assert home.room_in_plan == (
                        all(u <= c for u, c in zip(use, left[at_home].tolist(), strict=True))
                        and not run.clashes(_with(place_of, row, at_home))
                    )


def _with(place_of: np.ndarray, row: int, home: int) -> np.ndarray:
    moved = place_of.copy()
    moved[row] = home
    return moved


def test_needs_that_no_home_meets_name_who_may_buy_them_in() -> None:
    child = make_child(features=frozenset({Feature.EARLY_PERMANENCE}), access=frozenset({Access.HOIST}))
    (opening,) = row_of(make_case([child], [make_home()])).openings
    assert {rule.rule: rule.by for rule in opening.rules} == {
        RuleId.ACCESS: "commissioning",
        RuleId.FEATURES: "commissioning",
    }
