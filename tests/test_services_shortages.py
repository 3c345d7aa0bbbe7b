"""Totals that make a home for everyone impossible: by hand, and against every lawful plan of small cases."""

import random
from collections.abc import Callable

import pytest

from matcher.reports.shortage_words import shortages_words
from matcher.services.allocate import allocate
from matcher.services.problem import build
from matcher.services.searches import operational
from matcher.services.shortages import shortages
from matcher.services.why_results import Shortage
from models.case import Case
from models.child import SiblingGroup
from models.rules import RuleId
from models.vocabulary import Access, HomeKind, Solo
from tests.every_plan import every_plan, score_each_pair_once
from tests.make_case import make_case, make_child, make_home, make_placement, make_referral
from tests.random_case import random_case
from tests.test_services_plan import _friendly_case, _lawful


def found(case: Case) -> tuple[Shortage, ...]:
    return shortages(build(case, operational(case)))


def test_twelve_need_a_home_to_themselves_and_three_are_empty() -> None:
    """Three homes of four places would be room for twelve, but each takes one child who must live alone."""
    children = [make_child(f"C{i:02}", solo=Solo.REQUIRED) for i in range(12)]
    homes = [make_home(f"H{i}", kind=HomeKind.RESIDENTIAL, places=4) for i in range(3)]
    (shortage,) = found(make_case(children, homes))
    assert (len(shortage.child_ids), shortage.places, shortage.short) == (12, 3, 9)
    assert [(home.home_id, home.places) for home in shortage.homes] == [("H0", 1), ("H1", 1), ("H2", 1)]
    assert shortage.shared == ("must be the only child in the home", "aged 10")
    first, second = shortages_words([shortage])
    assert first == "Whatever the plan, 9 children cannot have a home:"
    assert "12 children (C00, C01, C02, C03, C04 and 7 more) can live in only 3 places" in second
    assert "so 9 cannot have a home" in second


def test_five_need_step_free_two_places_and_the_others_are_left_out_of_it() -> None:
    children = [
        *(make_child(f"S{i}", age=8 + i, access=frozenset({Access.STEP_FREE})) for i in range(5)),
        *(make_child(f"C{i}") for i in range(3)),
    ]
    homes = (
        make_home("FLAT", access=frozenset({Access.STEP_FREE})),
        *(make_home(f"H{i}", places=2) for i in range(4)),
    )
    (shortage,) = found(make_case(children, homes))
    assert (shortage.child_ids, shortage.places, shortage.short) == (("S0", "S1", "S2", "S3", "S4"), 2, 3)
    assert shortage.shared == ("needs step free", "aged 8 to 12")
    assert [(count.rule, count.alone, count.in_all) for count in shortage.rules] == [(RuleId.ACCESS, 4, 4)]
    assert "“accessible home” bars 4 homes" in shortages_words([shortage])[1]


def test_more_children_than_places_for_the_kind_asked_for() -> None:
    children = [make_child(f"C{i}", age=15) for i in range(3)]
    homes = (make_home("F", places=3, bedrooms=3), make_home("R", kind=HomeKind.RESIDENTIAL, places=2))
    asked = [make_referral(child.id, preferred_kinds=(HomeKind.RESIDENTIAL,)) for child in children]
    (shortage,) = found(make_case(children, homes, referrals=asked))
    assert (shortage.places, shortage.short) == (2, 1)
    assert "asked for: residential home" in shortage.shared


def test_bedrooms_count_for_those_who_need_one() -> None:
    """Three places but one bedroom: of three children who need one each, one has a home."""
    children = [make_child(f"C{i}") for i in range(3)]
    (shortage,) = found(make_case(children, [make_home(places=3, bedrooms=1)]))
    assert (shortage.places, shortage.short) == (1, 2)


def test_brothers_and_sisters_may_pass_the_usual_limit_and_are_not_called_short() -> None:
    children = [make_child(f"C{i}", age=4 + i) for i in range(5)]
    home = make_home(places=5, bedrooms=5)
    group = SiblingGroup(id="G1", children=tuple(child.id for child in children))
    assert found(make_case(children, [home], sibling_groups=[group])) == ()
    (shortage,) = found(make_case(children, [home]))
    assert (shortage.places, shortage.short) == (3, 2)


def test_two_shortages_apart_are_told_apart_and_add_up() -> None:
    children = [make_child(f"A{i}", age=5) for i in range(3)] + [make_child(f"B{i}", age=15) for i in range(4)]
    homes = (make_home("YOUNG", places=2, age_to=9), make_home("OLD", places=2, age_from=12))
    made = found(make_case(children, homes))
    assert [(one.child_ids[0][0], len(one.child_ids), one.places, one.short) for one in made] == [
        ("B", 4, 2, 2),
        ("A", 3, 2, 1),
    ]
    assert shortages_words(made)[0].startswith("Whatever the plan, 3 children")


def test_in_a_large_shortage_the_smaller_ones_are_told_as_well() -> None:
    """Six children for three places; of them two must live alone and only EMPTY could take either."""
    children = [make_child(f"S{i}", solo=Solo.REQUIRED) for i in range(2)] + [make_child(f"C{i}") for i in range(4)]
    homes = (make_home("EMPTY", places=2), make_home("SHARED", places=2))
    lives = make_child("LIVES")
    case = make_case(
        [*children, lives],
        homes,
        referrals=[make_referral(child.id) for child in children],
        placements=[make_placement("LIVES", "SHARED")],
    )
    (shortage,) = found(case)
    assert (len(shortage.child_ids), shortage.places, shortage.short) == (6, 3, 3)
    (inner,) = shortage.within
    assert (inner.child_ids, inner.places, inner.short) == (("S0", "S1"), 1, 1)
    assert shortages_words([shortage])[2].startswith("Among them: 2 children (S0, S1) can live in only 1 place between")


def test_a_child_for_whom_no_home_passes_is_said_so() -> None:
    made = found(make_case([make_child("C1"), make_child("C2", age=17)], [make_home(age_from=16)]))
    assert [(one.child_ids, one.homes, one.short) for one in made] == [(("C1",), (), 1)]
    assert shortages_words(made)[1] == "For C1 no home passes every rule and has room."


def test_nothing_is_said_where_everyone_can_have_a_home() -> None:
    assert found(make_case([make_child()], [make_home()])) == ()
    assert found(make_case()) == ()
    assert shortages_words(()) == ()


def _scarce_case(seed: int) -> Case:
    """Five children, two or three small homes for some ages each: mostly too few places, and too few of some kind."""
    dice = random.Random(seed)
    children = [
        make_child(f"C{i}", age=dice.choice([3, 8, 14]), solo=dice.choice([None, None, Solo.REQUIRED]))
        for i in range(5)
    ]
    homes = [
        make_home(
            f"H{i}",
            places=dice.choice([1, 2, 2, 4]),
            bedrooms=dice.choice([1, 2, 3]),
            age_from=dice.choice([0, 0, 5, 12]),
            age_to=dice.choice([9, 17, 17]),
        )
        for i in range(dice.choice([2, 3]))
    ]
    groups = [SiblingGroup(id="G1", children=("C0", "C1"))] if dice.random() < 0.5 else []
    return make_case(children, homes, sibling_groups=groups)


@pytest.mark.parametrize("make", [_friendly_case, _scarce_case])
@pytest.mark.parametrize("seed", range(40))
def test_no_lawful_plan_places_more_than_a_shortage_says(
    seed: int, make: Callable[[int], Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    score_each_pair_once(monkeypatch)
    case = make(seed)
    searches = operational(case)
    made = found(case)
    assert len({child for one in made for child in one.child_ids}) == sum(len(one.child_ids) for one in made)
    for plan in (plan for plan in every_plan(case, searches) if made and _lawful(case, searches, plan)):
        for one in (inner for outer in made for inner in (outer, *outer.within)):
            room = {home.home_id: home.places for home in one.homes}
            given = [plan[child] for child in one.child_ids if plan[child] is not None]
            assert len(given) <= one.places == len(one.child_ids) - one.short
            assert all(given.count(home) <= room.get(home or "", 0) for home in given)


@pytest.mark.parametrize("seed", range(60))
def test_children_alone_are_short_by_exactly_what_the_best_plan_lacks(seed: int) -> None:
    """Without siblings, and nobody minding anybody, the flow leaves nothing out: it is short of all that is short."""
    case = _friendly_case(seed)
    alone = make_case(
        [child.model_copy(update={"circumstances": make_child().circumstances}) for child in case.children],
        [home.model_copy(update={"maximum_age_gap": None}) for home in case.homes],
        referrals=case.referrals,
        residents=case.residents,
        placements=case.placements,
    )
    assert sum(one.short for one in found(alone)) == allocate(alone).after.unplaced


@pytest.mark.parametrize("seed", range(40))
def test_messy_cases_are_never_called_shorter_than_their_plan(seed: int) -> None:
    case = random_case(seed, children=9, homes=5)
    plan = allocate(case)
    unplaced = {row.child_id for row in plan.rows if row.home_id is None}
    assert sum(one.short for one in plan.shortages) <= len(unplaced)
    for one in plan.shortages:
        assert len(unplaced & set(one.child_ids)) >= one.short >= 1


@pytest.mark.parametrize("make", [_scarce_case, lambda seed: random_case(seed, children=12, homes=5)])
@pytest.mark.parametrize("seed", range(30))
def test_leaving_anybody_out_of_a_shortage_lessens_it(seed: int, make: Callable[[int], Case]) -> None:
    """Each set is the smallest that is short by as many: without one of them, one fewer is short."""
    case = make(seed)
    for one in found(case):
        for left_out in one.child_ids:
            rest = case.model_copy(update={"referrals": tuple(r for r in case.referrals if r.child_id != left_out)})
            if left_out not in case.placement_of and not case.siblings_of.get(left_out):
                short = sum(len(set(p.child_ids) & set(one.child_ids)) and p.short for p in found(rest))
                assert short == one.short - 1
