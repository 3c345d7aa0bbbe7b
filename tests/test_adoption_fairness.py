"""Ethnicity changes nothing, heritage fades by the policy's day, and whoever waits for it is named."""

import datetime as dt
import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.adoption.instances import draw_pool
from matcher.services.adoption.acceptance import likelihood
from matcher.services.adoption.fairness import audit_identity, fairness_table, held_back
from matcher.services.adoption.fairness_over_time import waits_with_and_without
from matcher.services.adoption.linking import Linking, link_pool, linking_problem
from matcher.services.adoption.pool_case import pool_case
from matcher.services.adoption.screening import Screened, screen
from matcher.services.adoption.simulation_pool import without_identity
from matcher.services.adoption.simulation_results import SimulationSettings
from models.adoption import PlanChild, PlanDates
from models.adoption_policy import AdoptionPolicy
from models.case import Case
from models.ssda903.derive import EthnicGroup
from solvers import solve_assignment
from tests.make_case import AS_AT
from tests.make_pool import as_case, family, plan_child, random_pool

CODES = ("WBRI", "BCRB", "BAFR", "APKN", "MWBC", "NOBT", None)


def with_children(case: Case, children: list[PlanChild]) -> Case:
    return case.model_copy(update={"adoption": case.adoption.model_copy(update={"children": tuple(children)})})


def waited(case: Case, days: int) -> Case:
    """The same pool with everybody decided on so many days ago."""
    since = case.as_at - dt.timedelta(days=days)
    return with_children(
        case,
        [
            child.model_copy(update={"dates": child.dates.model_copy(update={"decided_on": since})})
            for child in case.adoption.children
        ],
    )


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_ethnicity_codes_change_no_eligibility_order_or_link(seed: int) -> None:
    case, dice = random_pool(seed % 1_000), random.Random(seed)
    drawn = [child.model_copy(update={"ethnicity": dice.choice(CODES)}) for child in case.adoption.children]
    families = [
        each.model_copy(update={"ethnicity": tuple(code for code in [dice.choice(CODES)] if code)})
        for each in case.adoption.families
    ]
    other = with_children(case, drawn)
    other = other.model_copy(update={"adoption": other.adoption.model_copy(update={"families": tuple(families)})})
    one, two = screen(pool_case(case)), screen(pool_case(other))
    assert np.array_equal(one.bits, two.bits)
    assert np.array_equal(one.cost, two.cost)
    assert np.array_equal(one.stretch, two.stretch)
    assert link_pool(one).result.place_of.tolist() == link_pool(two).result.place_of.tolist()


@pytest.mark.parametrize("seed", range(6))
def test_heritage_language_and_faith_never_decide_who_is_eligible(seed: int) -> None:
    case = random_pool(seed, 12, 14)
    bare = [c.model_copy(update={"heritage": (), "languages": (), "religion": None}) for c in case.adoption.children]
    one, two = screen(pool_case(waited(case, 10))), screen(pool_case(waited(with_children(case, bare), 10)))
    assert np.array_equal(one.bits, two.bits)
    assert (one.cost >= two.cost).all()
    assert (one.cost > two.cost).any()


@pytest.mark.parametrize("days", [120, 121, 400])
def test_from_the_policys_day_on_the_factors_count_nothing_and_nobody_waits_for_them(days: int) -> None:
    for seed in range(12):
        case = waited(random_pool(seed, 12, 8), days)
        policy = case.adoption_policy
        given_, bare = screen(pool_case(case, policy)), screen(pool_case(case, without_identity(policy)))
        assert np.array_equal(given_.cost, bare.cost)
        audit = audit_identity(case)
        assert audit.held_back == ()
        assert audit.still_counting == 0
        assert audit.linked_with == audit.linked_without
        assert "No child is left without a link" in audit.words


def test_on_the_day_before_they_still_count() -> None:
    case = waited(random_pool(3, 12, 8), 119)
    given_, bare = (screen(pool_case(case, p)) for p in (AdoptionPolicy(), without_identity(AdoptionPolicy())))
    assert (given_.cost > bare.cost).any()


def two_children_one_family(days: int, **other: object) -> Case:
    """Both could go to the family: the first fits a little better, were it not for heritage."""
    dates = PlanDates(decided_on=AS_AT - dt.timedelta(days=days), placement_order_on=AS_AT)
    later = PlanDates(decided_on=AS_AT - dt.timedelta(days=other.pop("other_days", 1)), placement_order_on=AS_AT)  # type: ignore[arg-type]
    held = plan_child("C1", heritage=("Indian",), dates=dates, background={"unknown_father": 1})
    rival = plan_child("C2", dates=later, background={"unknown_father": 2}, **other)
    return as_case([held, rival], [family(heritage=frozenset({"Polish"}))])


def linked_by_everything_at_once(case: Case, policy: AdoptionPolicy) -> Linking:
    """The linking of least cost where heritage, language and faith may decide who is linked too."""
    screened = screen(pool_case(case, policy))
    problem, kept = linking_problem(screened)
    return Linking(screened, problem, solve_assignment(problem), kept)


def without_factors(case: Case) -> Linking:
    return link_pool(screen(pool_case(case, without_identity(case.adoption_policy))))


def test_heritage_does_not_decide_which_of_two_children_is_linked() -> None:
    """One family, two children: the first fits a little better, and would lose the link for heritage."""
    case = two_children_one_family(days=10)
    assert linked_by_everything_at_once(case, case.adoption_policy).result.place_of.tolist() == [-1, 0]
    assert link_pool(screen(pool_case(case))).result.place_of.tolist() == [0, -1]
    audit = audit_identity(case)
    assert audit.held_back == ()
    assert audit.linked_with == audit.linked_without == 1
    assert audit.still_counting == 2


def test_heritage_still_decides_which_of_two_families_a_linked_child_has() -> None:
    dates = PlanDates(decided_on=AS_AT, placement_order_on=AS_AT)
    child = plan_child("C1", heritage=("Indian",), dates=dates, background={"unknown_father": 2})
    other = plan_child("C2", dates=dates, background={"unknown_father": 3})
    families = [family("F1", heritage=frozenset({"Polish"})), family("F2", heritage=frozenset({"Indian"}))]
    alone = link_pool(screen(pool_case(as_case([child], families))))
    assert [alone.screened.pool.families[n].id for n in alone.result.place_of.tolist()] == ["F2"]
    both = link_pool(screen(pool_case(as_case([other, child], families))))
    assert [both.screened.pool.families[n].id for n in both.result.place_of.tolist()] == ["F1", "F2"]


def test_the_audit_names_a_child_whom_another_linking_would_leave_out() -> None:
    case = two_children_one_family(days=10)
    found = list(held_back(linked_by_everything_at_once(case, case.adoption_policy), without_factors(case)))
    assert [(each.children, each.waits_days, each.family_without, each.faded) for each in found] == [
        (("C1",), 10, "F1", False)
    ]


def test_a_tie_is_nobodys_delay() -> None:
    """Two children alike in all that counts: whoever has no link has none by chance."""
    dates = PlanDates(decided_on=AS_AT, placement_order_on=AS_AT)
    alike = [plan_child(name, heritage=("Indian",), dates=dates) for name in ("C1", "C2")]
    assert audit_identity(as_case(alike, [family()])).held_back == ()


def test_a_policy_that_never_fades_leaves_nobody_out_either() -> None:
    policy = AdoptionPolicy(identity_fades_over_days=0)
    audit = audit_identity(two_children_one_family(days=500), policy)
    assert audit.held_back == ()
    assert audit.still_counting == 2


@pytest.mark.parametrize("expected", [False, True])
def test_who_is_linked_is_the_same_without_the_factors(expected: bool) -> None:
    """Where families are short and heritage is dear: decided by all costs at once, some would leave out others."""
    differs = 0
    policy = AdoptionPolicy(heritage_not_supported=60_000)
    for seed in (*range(12), 28, 81, 106, 114, 119, 160, 196, 198):
        case = waited(random_pool(seed, 8, 4), 20)
        one, two = (screen(pool_case(case, p)) for p in (policy, without_identity(policy)))
        chances = likelihood(one) if expected else None
        given_, bare = (link_pool(each, likelihood=chances) for each in (one, two))
        assert np.array_equal(given_.result.place_of >= 0, bare.result.place_of >= 0), seed
        assert given_.result.status == "optimal"
        problem, _ = linking_problem(one, chances)
        differs += int(((solve_assignment(problem).place_of >= 0) != (bare.result.place_of >= 0)).any())
    assert differs >= 2


def test_the_links_cost_least_among_those_that_link_the_same_children() -> None:
    """By trying every linking: first who is linked, without the factors; then with whom, with them."""
    policy, chosen = AdoptionPolicy(heritage_not_supported=60_000), 0
    for seed in (*range(12), 28, 81, 106, 114, 119, 160, 196, 198):
        case = waited(random_pool(seed, 8, 4), 20)
        case = case.model_copy(update={"adoption": case.adoption.model_copy(update={"links": ()})})
        found = link_pool(screen(pool_case(case, policy)))
        units = frozenset(np.flatnonzero(found.result.place_of >= 0).tolist())
        assert units in _best_units(case, without_identity(policy)), seed
        assert found.cost_pence == _least(found.screened, units), seed
        chosen += units not in _best_units(case, policy)
    assert chosen >= 3


def _least(screened: Screened, units: frozenset[int]) -> int:
    """Pence of the cheapest linking of just these units."""
    columns = range(len(screened.pool.families))
    return min(
        sum(int(screened.cost[unit, taker]) for unit, taker in zip(sorted(units), order, strict=True))
        for order in itertools.permutations(columns, len(units))
        if all(screened.eligible[unit, taker] for unit, taker in zip(sorted(units), order, strict=True))
    )


def _best_units(case: Case, policy: AdoptionPolicy) -> list[frozenset[int]]:
    """The units linked in each best linking."""
    pool = screen(pool_case(case, policy))
    best: tuple[int, int] | None = None
    found: list[frozenset[int]] = []
    links: list[list[tuple[int, int]]] = [[]]
    for unit in range(len(pool.pool.units)):
        free = np.flatnonzero(pool.eligible[unit]).tolist()
        links += [[*so_far, (unit, f)] for so_far in links for f in free if f not in {g for _, g in so_far}]
    for each in links:
        value = (-sum(len(pool.pool.units[u]) for u, _ in each), sum(int(pool.cost[pair]) for pair in each))
        if best is None or value < best:
            best, found = value, []
        if value == best:
            found.append(frozenset(u for u, _ in each))
    return found


def test_the_fairness_table_counts_everybody_who_waits_once() -> None:
    case = draw_pool(120, 90, seed=7)
    linking = link_pool(screen(pool_case(case)))
    told = fairness_table(linking)
    for characteristic in told.characteristics:
        for table in characteristic.tables:
            assert sum(len(cell.child_ids) for cell in table.cells) == 120
    ethnic = next(each for each in told.characteristics if each.key == "ethnic_group")
    links = next(table for table in ethnic.tables if table.key == "proposed_link")
    assert sum(len(cell.counted_ids) for cell in links.cells) == linking.children_linked
    for cell in links.cells:
        assert cell.value is not None
        assert cell.low is not None
        assert cell.high is not None
        assert cell.low <= cell.value <= cell.high
    days = next(table for table in ethnic.tables if table.key == "days_waited")
    white = next(cell for cell in days.cells if cell.group == EthnicGroup.WHITE.value)
    dates = [case.adoption.child[child].dates.decided_on for child in white.child_ids]
    assert white.value == pytest.approx(np.mean([(AS_AT - day).days for day in dates]))


def test_waits_with_and_without_are_the_same_where_the_factors_are_worth_nothing() -> None:
    chosen = SimulationSettings(weeks=40, replications=3)
    case = draw_pool(60, 60, seed=3)
    nothing = waits_with_and_without(case, chosen, policy=without_identity(AdoptionPolicy()))
    assert nothing
    assert all(each.days_with == each.days_without and each.longer_by == 0 for each in nothing)
    dear = waits_with_and_without(case, chosen, policy=AdoptionPolicy(heritage_not_supported=60_000))
    assert any(each.longer_by != 0 for each in dear)
