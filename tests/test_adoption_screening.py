"""Screening against a plain reading of the records, and what its lists say."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.services.adoption.pool_case import pool_case
from matcher.services.adoption.screening import NotInPoolError, children_for, families_for, screen
from matcher.services.adoption.screening_results import Eligibility
from models.adoption import Answer, Criteria, FamilyDates, HouseholdMember, Link, LinkStage, PlanDates
from models.case import Case
from models.child import SiblingGroup
from models.rules import RuleId
from models.vocabulary import SiblingDecision
from tests import adoption_oracle
from tests.make_pool import as_case, family, plan_child, random_pool


def check(case: Case) -> int:
    """Compare the kernel's matrix, the lists and the plain reading on every pair."""
    pool = pool_case(case)
    screened = screen(pool)
    waiting = [case.adoption.child[child] for unit in pool.units for child in unit]
    for number, unit in enumerate(pool.units):
        told = families_for(screened, unit[0], top=1000)
        listed = {each.family_id: each for each in (*told.families, *told.nearly)}
        assert [each.cost_pence for each in told.families] == sorted(each.cost_pence for each in told.families)
        for column, each in enumerate(pool.families):
            read = [adoption_oracle.score(case, case.adoption.child[c], each, len(unit), waiting) for c in unit]
            where = f"{unit} with {each.id}"
            assert screened.cost[number, column] == sum(pence for pence, _, _ in read), where
            assert screened.stretch[number, column] == sum(beyond for _, beyond, _ in read), where
            failed = set.union(*(rules for _, _, rules in read))
            assert screened.bits[number, column] == sum(1 << rule for rule in failed), (where, failed)
            if each.id in listed:
                assert listed[each.id].cost_pence == screened.cost[number, column], where
                assert listed[each.id].stretch_pence == screened.stretch[number, column], where
                assert {rule.rule for rule in listed[each.id].failed} == failed, where
        assert told.eligible == len(told.families) == int(screened.eligible[number].sum())
    return screened.cost.size


def test_thousands_of_random_pairs_agree_with_a_plain_reading() -> None:
    assert sum(check(random_pool(seed, 9, 12)) for seed in range(20)) > 1_000


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(1_000, 10**9), children=st.integers(0, 6), families=st.integers(0, 6))
def test_any_pool_agrees(seed: int, children: int, families: int) -> None:
    check(random_pool(seed, children, families))


def asked(**answers: tuple[int, int]) -> Criteria:
    return Criteria(answers={key: Answer(yes=yes, discuss=discuss) for key, (yes, discuss) in answers.items()})


@pytest.mark.parametrize(
    ("said", "level", "expected"),
    [
        ((2, 2), 2, Eligibility.YES),
        ((2, 3), 3, Eligibility.STRETCH),
        ((2, 2), 3, Eligibility.NO),
        ((0, 0), 1, Eligibility.NO),
        ((0, 4), 4, Eligibility.STRETCH),
    ],
)
def test_yes_discuss_and_no_with_their_levels(said: tuple[int, int], level: int, expected: Eligibility) -> None:
    child = plan_child(background={"prenatal_alcohol": level})
    screened = screen(pool_case(as_case([child], [family(criteria=asked(prenatal_alcohol=said))])))
    told = families_for(screened, "C1")
    one = (*told.families, *told.nearly)[0]
    assert one.eligibility is expected
    if expected is Eligibility.STRETCH:
        assert [(each.label, each.brings, each.yes) for each in one.stretch] == [
            ("Alcohol before birth", level, said[0])
        ]
    if expected is Eligibility.NO:
        assert [each.rule for each in one.failed] == [RuleId.STATED_NO]


def test_what_was_not_asked_is_a_question_and_never_a_stretch_or_a_no() -> None:
    child = plan_child(background={"prenatal_alcohol": 4})
    told = families_for(screen(pool_case(as_case([child], [family("F1"), family("F2")]))), "C1")
    assert [each.eligibility for each in told.families] == [Eligibility.YES, Eligibility.YES]
    question = next(each for each in told.questions if each.key == "prenatal_alcohol")
    assert (question.family_id, question.decides) in {("F1", True), ("F2", True)}
    assert question.moves >= 1


def test_years_beyond_the_ages_hoped_for_are_a_stretch_and_beyond_the_terms_a_no() -> None:
    criteria = Criteria(age_from=0, age_to=6, hoped_age_from=0, hoped_age_to=3)
    day = dt.date(2018, 3, 31)
    for years, expected in ((3, Eligibility.YES), (5, Eligibility.STRETCH), (7, Eligibility.NO)):
        child = plan_child(born=day.replace(year=day.year - years, day=1))
        told = families_for(screen(pool_case(as_case([child], [family(criteria=criteria)]))), "C1")
        one = (*told.families, *told.nearly)[0]
        assert one.eligibility is expected, years
        if expected is Eligibility.STRETCH:
            assert [each.words for each in one.stretch] == ["Years older than they hope for: 2"]
            assert one.stretch_pence == 2 * 100 * 85


def test_brothers_and_sisters_are_one_row_and_a_family_for_fewer_is_not_eligible() -> None:
    group = SiblingGroup(id="S", children=("C1", "C2", "C3"), decision=SiblingDecision.TOGETHER)
    children = [plan_child(name) for name in ("C1", "C2", "C3", "C4")]
    families = [family(f"F{n}", criteria=Criteria(number=n)) for n in (1, 2, 3)]
    screened = screen(pool_case(as_case(children, families, [group])))
    assert screened.pool.units == (("C1", "C2", "C3"), ("C4",))
    assert screened.eligible.tolist() == [[False, False, True], [True, True, True]]
    apart = group.model_copy(update={"decision": SiblingDecision.APART, "units": (("C1", "C2"),)})
    split = screen(pool_case(as_case(children, families, [apart])))
    assert split.pool.units == (("C1", "C2"), ("C3",), ("C4",))
    assert split.eligible[0].tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("early", "dual", "expected"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_without_a_placement_order_only_early_permanence_with_dual_approval(
    early: bool, dual: bool, expected: bool
) -> None:
    child = plan_child(dates=PlanDates(decided_on=dt.date(2018, 1, 1)), early_permanence=early)
    screened = screen(pool_case(as_case([child], [family(dual_approval=dual)])))
    assert bool(screened.eligible[0, 0]) is expected


def test_consent_is_authority_too() -> None:
    child = plan_child(dates=PlanDates(decided_on=dt.date(2018, 1, 1), consent_on=dt.date(2018, 2, 1)))
    assert screen(pool_case(as_case([child], [family()]))).eligible.all()


def test_heritage_is_weighed_less_as_the_child_waits_and_never_bars() -> None:
    families = [family("F1", heritage=frozenset({"Indian"})), family("F2")]
    costs = []
    for decided in (dt.date(2018, 3, 31), dt.date(2018, 1, 30), dt.date(2017, 11, 1)):
        child = plan_child(
            heritage=("Indian",), dates=PlanDates(decided_on=decided, placement_order_on=dt.date(2018, 3, 31))
        )
        screened = screen(pool_case(as_case([child], families)))
        assert screened.eligible.all()
        costs.append(int(screened.cost[0, 1] - screened.cost[0, 0]))
    assert costs == [6_000, 3_000, 0]


def test_ethnicity_changes_nothing() -> None:
    case = random_pool(5, 9, 12)
    pool = case.adoption
    mixed = pool.model_copy(
        update={"children": tuple(child.model_copy(update={"ethnicity": "BCRB"}) for child in pool.children)}
    )
    other = as_case(mixed.children, mixed.families, mixed.sibling_groups, mixed.links)
    one, two = screen(pool_case(case)), screen(pool_case(other))
    assert np.array_equal(one.cost, two.cost)
    assert np.array_equal(one.bits, two.bits)


def test_a_family_linked_to_another_child_is_nearly_eligible_and_one_whose_link_ended_is_not() -> None:
    links = [
        Link(family_id="F1", child_id="C2", started_on=dt.date(2018, 3, 1), stage=LinkStage.LINKED),
        Link(family_id="F2", child_id="C1", started_on=dt.date(2018, 2, 1), ended_on=dt.date(2018, 3, 1)),
        Link(family_id="F3", child_id="C2", started_on=dt.date(2018, 3, 1), stage=LinkStage.CONSIDERED),
    ]
    families = [family(f"F{n}") for n in (1, 2, 3)]
    told = families_for(screen(pool_case(as_case([plan_child("C1"), plan_child("C2")], families, links=links))), "C1")
    assert [each.family_id for each in told.families] == ["F3"]
    assert [(each.family_id, each.failed[0].rule) for each in told.nearly] == [("F1", RuleId.HELD)]
    assert {(each.rule, each.in_all) for each in told.removed_by} == {("held for another child", 1), ("declined", 1)}


def test_both_views_give_each_other_their_places() -> None:
    case = random_pool(11, 9, 12)
    screened = screen(pool_case(case))
    for each in screened.pool.families:
        told = children_for(screened, each.id, top=100)
        for unit in told.units:
            theirs = families_for(screened, unit.children[0], top=100)
            place = next(other.rank for other in theirs.families if other.family_id == each.id)
            assert unit.family.rank == place


def test_who_is_not_in_the_pool_is_named() -> None:
    left = family("F9", dates=FamilyDates(approved_on=dt.date(2017, 1, 1), left_on=dt.date(2018, 1, 1)))
    screened = screen(pool_case(as_case([plan_child()], [family(), left, family("F8", location=None)])))
    assert [each.id for each in screened.pool.families] == ["F1"]
    for ask, name in ((families_for, "C7"), (children_for, "F9"), (children_for, "F8")):
        with pytest.raises(NotInPoolError, match=name):
            ask(screened, name)


def test_children_at_home_are_met() -> None:
    at_home = (HouseholdMember(born=dt.date(2016, 1, 1)),)
    child = plan_child(youngest=True)
    told = families_for(screen(pool_case(as_case([child], [family(household=at_home)]))), "C1")
    assert [rule.rule for rule in told.nearly[0].failed] == [RuleId.ALONGSIDE]
