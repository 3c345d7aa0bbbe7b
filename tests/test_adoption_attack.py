"""The linking attacked: every linking of small pools, the most children by another algorithm, no stated no broken."""

import dataclasses
import datetime as dt

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.adoption.instances import draw_pool
from matcher.services.adoption.acceptance import likelihood
from matcher.services.adoption.linking import Linking, link_pool
from matcher.services.adoption.pool_case import pool_case
from matcher.services.adoption.screening import Screened, screen
from models.adoption import Criteria, Family, Link, LinkStage, PlanChild
from models.case import Case
from models.rules import RuleId
from tests import adoption_oracle
from tests.make_case import AS_AT
from tests.make_pool import as_case, family, plan_child, random_pool


def linked(case: Case) -> Linking:
    return link_pool(screen(pool_case(case)))


def lawful(case: Case) -> list[tuple[tuple[str, ...], int, str, int]]:
    """Units, children in each, families and pence of every pair that the plain reading of the records allows."""
    pool = pool_case(case)
    waiting = [case.adoption.child[child] for unit in pool.units for child in unit]
    found = []
    for unit in pool.units:
        for each in pool.families:
            read = [adoption_oracle.score(case, case.adoption.child[c], each, len(unit), waiting) for c in unit]
            if not any(rules for _, _, rules in read):
                found.append((unit, len(unit), each.id, sum(pence for pence, _, _ in read)))
    return found


def without_links(case: Case) -> Case:
    return case.model_copy(update={"adoption": case.adoption.model_copy(update={"links": ()})})


def open_to_many(case: Case) -> Case:
    """The same with families of whom a third each take one, two or three children, of any age, and asked nothing."""
    families = [
        each.model_copy(update={"criteria": Criteria(number=1 + n % 3)})
        for n, each in enumerate(case.adoption.families)
    ]
    return case.model_copy(update={"adoption": case.adoption.model_copy(update={"families": tuple(families)})})


def most_children(case: Case) -> int:
    """Children in the largest lawful linking, by the matching of networkx weighted by the size of units."""
    graph: nx.Graph[tuple[str, ...] | str] = nx.Graph()
    for unit, size, each, _ in lawful(case):
        graph.add_edge(unit, each, weight=size)
    return sum(graph.edges[pair]["weight"] for pair in nx.max_weight_matching(graph))


def best_of_all(case: Case) -> tuple[int, int]:
    """Children and pence of the best linking, by trying every one."""
    by_unit: dict[tuple[str, ...], list[tuple[str, int]]] = {}
    for unit, _, each, pence in lawful(case):
        by_unit.setdefault(unit, []).append((each, pence))
    states: dict[frozenset[str], tuple[int, int]] = {frozenset(): (0, 0)}
    for unit, options in by_unit.items():
        then = dict(states)
        for used, (children, pence) in states.items():
            for each, cost in options:
                if each not in used:
                    key, value = used | {each}, (children - len(unit), pence + cost)
                    then[key] = min(then.get(key, (0, 0)), value)
        states = then
    children, pence = min(states.values())
    return -children, pence


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), children=st.integers(0, 7), families=st.integers(0, 7))
def test_small_pools_against_every_linking(seed: int, children: int, families: int) -> None:
    case = without_links(random_pool(seed, children, families))
    case = open_to_many(case) if seed % 2 else case
    found = linked(case)
    assert (found.children_linked, found.cost_pence) == best_of_all(case)
    assert found.result.status == "optimal"
    assert found.result.bound == found.result.objective


@pytest.mark.parametrize("seed", range(4))
def test_as_many_children_as_the_largest_lawful_linking(seed: int) -> None:
    """Fewer families than units, so that whom to leave out matters."""
    case = open_to_many(without_links(random_pool(seed, 24, 14)))
    found = linked(case)
    assert found.children_linked == most_children(case) > 5
    assert found.children_linked < found.sizes.sum()


def test_a_drawn_national_pool_too() -> None:
    case = draw_pool(30, 12, seed=3)
    assert linked(case).children_linked == most_children(case) > 8


def test_larger_units_come_before_more_units() -> None:
    """Six families for ten children: brothers and sisters are linked though one alone would fit better."""
    dearer = 0
    for seed in range(20):
        case = open_to_many(without_links(random_pool(seed, 10, 6)))
        found = linked(case)
        cost, eligible = found.screened.cost, found.screened.eligible
        for unit in np.flatnonzero((found.result.place_of >= 0) & (found.sizes > 1)).tolist():
            taker = found.result.place_of[unit]
            alone = eligible[:, taker] & (found.sizes == 1) & (found.result.place_of < 0)
            dearer += bool((cost[alone, taker] < cost[unit, taker]).any())
        assert found.children_linked == most_children(case)
    assert dearer >= 3


def refuses(family: Family, child: PlanChild, case: Case) -> bool:
    """Whether the family said no to something known of the child, read off both records."""
    domain = {need.key: f"domain_{each.key}" for each in case.framework.domains for need in each.needs}
    known = {**(child.profile.levels if child.profile else {}), **child.background}
    for key, level in known.items():
        answer = family.criteria.answers.get(key) or family.criteria.answers.get(domain.get(key, ""))
        if answer is not None and level > answer.discuss:
            return True
    years = child.age_on(case.as_at)
    return not family.criteria.age_from <= years <= family.criteria.age_to


@pytest.mark.parametrize("expected", [False, True])
def test_no_linking_breaks_what_a_family_said_no_to(expected: bool) -> None:
    links = refused = 0
    for case in [without_links(random_pool(seed, 14, 14)) for seed in range(25)] + [draw_pool(200, 150, seed=5)]:
        screened = screen(pool_case(case))
        found = link_pool(screened, likelihood=likelihood(screened) if expected else None)
        pool = screened.pool
        for unit in np.flatnonzero(found.result.place_of >= 0).tolist():
            taker = pool.families[int(found.result.place_of[unit])]
            assert len(pool.units[unit]) <= taker.criteria.number
            for child in pool.units[unit]:
                carer = case.adoption.child[child].carer_family_id == taker.id
                assert carer or not refuses(taker, case.adoption.child[child], case), (child, taker.id)
            links += 1
        told = [refuses(f, case.adoption.child[c], case) for f in pool.families for u in pool.units for c in u]
        refused += sum(told)
    assert links > 100
    assert refused > 1_000


def test_the_links_are_checked_by_the_plain_reading_rule_by_rule() -> None:
    links = 0
    for seed in range(30):
        case = random_pool(seed, 12, 12)
        found = linked(case)
        pool = found.screened.pool
        waiting = [case.adoption.child[child] for unit in pool.units for child in unit]
        taken = found.result.place_of[found.result.place_of >= 0]
        assert np.unique(taken).size == taken.size
        for unit in np.flatnonzero(found.result.place_of >= 0).tolist():
            if unit in found.kept:
                continue
            taker = pool.families[int(found.result.place_of[unit])]
            members = pool.units[unit]
            read = [adoption_oracle.score(case, case.adoption.child[c], taker, len(members), waiting) for c in members]
            assert set[RuleId]().union(*(rules for _, _, rules in read)) == set()
            links += 1
    assert links > 40


def test_a_booked_panel_is_kept_and_a_link_that_ended_never_comes_back() -> None:
    kept = ended = 0
    for seed in range(60):
        case = random_pool(seed, 8, 10)
        found = linked(case)
        pool = found.screened.pool
        for unit, column in found.kept.items():
            assert found.result.place_of[unit] == column
            kept += 1
        over = {(link.child_id, link.family_id) for link in case.adoption.links if link.ended_on}
        for unit in np.flatnonzero(found.result.place_of >= 0).tolist():
            family = pool.families[int(found.result.place_of[unit])].id
            assert unit in found.kept or not {(child, family) for child in pool.units[unit]} & over
        ended += len(over)
    assert kept > 5
    assert ended > 20


def test_of_two_panels_booked_with_one_family_the_link_that_started_first_is_kept() -> None:
    first, second = AS_AT - dt.timedelta(days=40), AS_AT - dt.timedelta(days=20)
    booked = [
        Link(family_id="F1", child_id=child, started_on=day, stage=LinkStage.PANEL_BOOKED)
        for child, day in (("C1", second), ("C2", first))
    ]
    found = linked(as_case([plan_child("C1"), plan_child("C2")], [family("F1"), family("F2")], links=booked))
    assert dict(found.kept) == {1: 0}
    assert found.result.place_of.tolist() == [1, 0]


def test_likelier_links_come_about_more_often_than_the_default_s() -> None:
    """Of all linkings the expected-value mode has the most children who get a yes on average."""
    gains = 0.0
    for seed in range(12):
        screened = screen(pool_case(without_links(random_pool(seed, 12, 12))))
        chance = likelihood(screened)
        default, expected = link_pool(screened), link_pool(screened, likelihood=chance)
        gains += _yes(expected, chance) - _yes(default, chance)
        assert _yes(expected, chance) >= _yes(default, chance) - 0.5
        assert expected.result.objective <= _price(expected, default)
    assert gains > 0


def _yes(linking: Linking, chance: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    units = np.flatnonzero(linking.result.place_of >= 0)
    return float((chance[units, linking.result.place_of[units]] * linking.sizes[units]).sum())


def _price(linking: Linking, other: Linking) -> int:
    """What another linking's links come to in this one's problem."""
    problem, total = linking.problem, 0
    cost = {(int(i), int(h)): int(c) for i, h, c in zip(problem.child, problem.home, problem.cost, strict=True)}
    for unit, taker in enumerate(other.result.place_of.tolist()):
        total += cost[unit, taker] if taker >= 0 else int(problem.unplaced[unit])
    return total


def test_an_attack_with_a_wrong_linking_is_noticed() -> None:
    """The check above can fail: let one pair that a family said no to through, and it says so."""
    for seed in range(20):
        case = without_links(random_pool(seed, 10, 6))
        screened = screen(pool_case(case))
        said_no = np.argwhere(screened.bits == 1 << RuleId.STATED_NO)
        if said_no.size:
            unit, column = said_no[0]
            bits = screened.bits.copy()
            bits[unit, :], bits[:, column] = -1, -1
            bits[unit, column] = 0
            wrong: Screened = dataclasses.replace(screened, bits=bits)
            assert link_pool(wrong).result.place_of[unit] == column
            family, members = screened.pool.families[int(column)], screened.pool.units[int(unit)]
            children = [case.adoption.child[child] for child in members]
            assert len(members) > family.criteria.number or any(refuses(family, child, case) for child in children)
            return
    pytest.fail("no pool had a pair that only a stated no rules out")
