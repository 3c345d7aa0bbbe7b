"""How likely a yes is, and four ways of finding families under the same chance: known answers and what must hold."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.adoption.instances import draw_pool
from matcher.services.adoption.acceptance import AcceptanceModel, acceptance, likelihood
from matcher.services.adoption.linking import link_pool
from matcher.services.adoption.pool_case import pool_case
from matcher.services.adoption.screening import Screened, screen
from matcher.services.adoption.simulation import Lived, interval_of, live, outcomes, simulate
from matcher.services.adoption.simulation_pool import Chance, NothingToSimulateError, Types, draw, types_of
from matcher.services.adoption.simulation_results import Outcome, SimulationSettings, Strategy
from matcher.services.adoption.simulation_strategies import Board, best_links
from models.adoption import Answer, Criteria, FamilyDates, Link, LinkStage, PlanDates
from models.needs import NeedsProfile
from tests.make_case import AS_AT
from tests.make_pool import QUESTION_KEYS, as_case, family, plan_child, random_pool

CERTAIN = AcceptanceModel(yes_percent=100, off_each_level_stretched=0, off_each_level_assumed=0)
ALCOHOL = QUESTION_KEYS[0]
WEEKS = SimulationSettings(weeks=30, replications=2, plans_changed_percent_a_year=0, families_leave_percent_a_year=0)


def screened(*families: object, **child: object) -> Screened:
    return screen(pool_case(as_case([plan_child(**child)], families)))  # type: ignore[arg-type]


def one_question(yes: int, discuss: int = 4) -> Criteria:
    return Criteria(answers={ALCOHOL: Answer(yes=yes, discuss=discuss)})


def test_points_come_off_for_each_level_beyond_a_yes() -> None:
    pool = screened(
        family("close", criteria=one_question(3)), family("stretched", criteria=one_question(1)),
        background={ALCOHOL: 3},
    )  # fmt: skip
    model = AcceptanceModel(off_each_level_assumed=0)
    weight = 1.3  # of alcohol before birth, in the questions' own data
    assert likelihood(pool, model)[0].tolist() == pytest.approx([0.75, (75 - 10 * 2 * weight) / 100])
    told = acceptance(pool, 0, 1, model)
    assert told.levels_stretched == pytest.approx(2 * weight)
    assert "by assumption" in told.words


def test_what_nobody_asked_takes_off_less_and_never_more_than_its_most() -> None:
    pool = screened(family("silent"), family("said", criteria=one_question(1)), background={ALCOHOL: 4})
    silent, said = likelihood(pool)[0]
    assert said < silent < 0.75
    assert likelihood(pool, AcceptanceModel(off_each_level_assumed=100))[0, 0] == pytest.approx(0.55)


def test_heritage_takes_no_part_in_how_likely_a_yes_is() -> None:
    today = PlanDates(decided_on=AS_AT, placement_order_on=AS_AT)
    pool = screened(family("one"), family("two", heritage=frozenset({"Indian"})), heritage=("Indian",), dates=today)
    assert pool.cost[0, 0] > pool.cost[0, 1]
    assert likelihood(pool)[0, 0] == likelihood(pool)[0, 1]


def test_a_booked_panel_is_a_yes() -> None:
    link = Link(family_id="F1", child_id="C1", started_on=AS_AT, stage=LinkStage.PANEL_BOOKED)
    pool = screen(pool_case(as_case([plan_child(background={ALCOHOL: 4})], [family()], links=[link])))
    assert likelihood(pool)[0, 0] == 1.0


@pytest.mark.parametrize("expected", [False, True])
def test_small_pools_are_linked_as_the_solver_links_them(expected: bool) -> None:
    linked = 0
    for seed in range(40):
        case = random_pool(seed, 10, 8)
        case = case.model_copy(update={"adoption": case.adoption.model_copy(update={"links": ()})})
        pool = screen(pool_case(case))
        chance = likelihood(pool) if expected else None
        proved = link_pool(pool, likelihood=chance)
        problem = proved.problem
        price = np.full(pool.cost.shape, -1, np.int64)
        price[problem.child, problem.home] = problem.cost
        cost, plain = pool.cost.astype(np.float64), pool.plain.astype(np.float64)
        row, column = best_links(cost, pool.eligible, proved.sizes, chance, plain=plain)
        left = np.delete(problem.unplaced, row).sum()
        assert price[row, column].sum() + left == proved.result.objective
        linked += row.size
    assert linked > 60


def test_a_linking_of_expected_links_prefers_the_likelier_family() -> None:
    """Ten pence dearer, twice as likely: the default takes the cheap family, the other the likely."""
    cost, allowed, sizes = np.array([[100.0, 110.0]]), np.ones((1, 2), np.bool_), np.array([1])
    assert best_links(cost, allowed, sizes)[1].tolist() == [0]
    assert best_links(cost, allowed, sizes, np.array([[0.4, 0.8]]))[1].tolist() == [1]


def chance(answers: list[list[float]], joins: list[int], approved: list[int]) -> Chance:
    n, m = len(joins), len(approved)
    return Chance(
        np.arange(n), np.array(joins), np.full(n, 999), np.arange(m), np.array(approved), np.full(m, 999),
        np.array(answers),
    )  # fmt: skip


def types(plain: list[list[int]], chance_of_yes: float = 0.5, reach: list[int] | None = None) -> Types:
    shape = np.array(plain).shape
    nothing = np.zeros(shape, np.int64)
    return Types(
        units=tuple((f"C{n}",) for n in range(shape[0])),
        plain=np.array(plain), identity=nothing, stretch=np.ones(shape), eligible=np.ones(shape, np.bool_),
        chance=np.full(shape, chance_of_yes), fee=nothing + 5, sizes=np.ones(shape[0], np.int64),
        reach=np.array([reach or [0] * shape[1]] * shape[0]), fades_over_days=120, waits_now=np.zeros(0, np.int64),
        families_now=0, units_a_week=0.0, families_a_week=0.0,
    )  # fmt: skip


def lived(world: Types, luck: Chance, strategy: Strategy, settings: SimulationSettings = WEEKS) -> Lived:
    return live(world, luck, settings, strategy)


def test_one_child_and_one_family_that_says_yes() -> None:
    """Asked in week 0, a yes in week 3, matched six weeks later: 63 days."""
    world, luck = types([[7]]), chance([[0.1]], [0], [0])
    found = lived(world, luck, Strategy.FIRST_COME)
    assert found.matched.tolist() == [9]
    told = dict(zip(Outcome, outcomes(world, luck, WEEKS, found), strict=True))
    assert told[Outcome.CHILDREN_MATCHED] == 1
    assert told[Outcome.DAYS_WAITED] == 63
    assert told[Outcome.OVER_THRESHOLD] == 0
    assert told[Outcome.STRETCH_LEVELS] == 1
    assert told[Outcome.FEES_PENCE] == 5


@pytest.mark.parametrize("strategy", list(Strategy))
def test_a_family_that_said_no_is_not_asked_again(strategy: Strategy) -> None:
    world, luck = types([[7]]), chance([[0.9]], [0], [0])
    found = lived(world, luck, strategy)
    assert found.declines == 1
    assert outcomes(world, luck, WEEKS, found)[:3] == [0, 1, 210]


def test_first_come_takes_who_was_approved_first_and_linking_who_fits() -> None:
    """Both children fit the second family best; the second child fits the first family badly."""
    world, luck = types([[10, 5], [90, 6]], 1.0), chance([[0.5, 0.5], [0.5, 0.5]], [0, 0], [0, 0])
    assert lived(world, luck, Strategy.FIRST_COME).family.tolist() == [0, 1]
    world = types([[10, 5], [6, 90]], 1.0)
    assert lived(world, luck, Strategy.FIRST_COME).family.tolist() == [0, 1]
    assert lived(world, luck, Strategy.LINKING).family.tolist() == [1, 0]


def test_a_caseworker_reads_our_own_families_first_and_so_many_a_week() -> None:
    """The best family is another agency's, approved first: it is read only once our own have been."""
    world, luck = types([[1, 50, 60]], 1.0, reach=[2, 0, 0]), chance([[0.5, 0.5, 0.5]], [0], [0, 0, 0])
    few = WEEKS.model_copy(update={"profiles_a_week": 2})
    assert lived(world, luck, Strategy.CASEWORKER, few).family.tolist() == [1]
    many = WEEKS.model_copy(update={"profiles_a_week": 3})
    assert lived(world, luck, Strategy.CASEWORKER, many).family.tolist() == [0]


def test_heritage_fades_in_a_simulation_as_it_does_in_a_screening() -> None:
    pool = [family("with", heritage=frozenset({"Indian"})), family("without")]
    luck = chance([[0.5, 0.5]], [0], [0, 0])
    for week in (0, 1, 5, 17, 18, 40):
        decided = PlanDates(decided_on=AS_AT - dt.timedelta(days=7 * week), placement_order_on=AS_AT)
        child = plan_child(heritage=("Indian",), dates=decided, born=AS_AT - dt.timedelta(days=150))
        real = screen(pool_case(as_case([child], pool))).cost
        board = Board(types_of(as_case([child], pool)), luck, WEEKS)
        costs = board.costs(np.array([0]), np.array([0, 1]), week)
        assert np.abs(costs - real).max() <= 6, week  # thousandths of £60, rounded down
        assert (costs[0, 1] > costs[0, 0]) == (7 * week < 120)


@pytest.mark.parametrize("strategy", list(Strategy))
def test_nobody_is_matched_twice_with_a_bar_between_or_before_joining(strategy: Strategy) -> None:
    world, settings = types_of(draw_pool(40, 60, seed=2)), SimulationSettings(weeks=60)
    matches = 0
    for replication in range(4):
        luck = draw(world, settings, replication)
        found = live(world, luck, settings, strategy)
        done = np.flatnonzero(found.family >= 0)
        families = found.family[done]
        assert np.unique(families).size == families.size
        assert world.eligible[luck.unit[done], luck.family[families]].all()
        asked = found.matched[done] - settings.weeks_to_answer - settings.weeks_to_match
        assert (asked >= np.maximum(luck.unit_joins[done], luck.family_joins[families])).all()
        assert (asked < np.minimum(luck.unit_leaves[done], luck.family_leaves[families])).all()
        assert (luck.answers[done, families] < world.chance[luck.unit[done], luck.family[families]]).all()
        matches += done.size
    assert matches > 40


def test_the_same_seed_gives_the_same_and_chance_does_not_know_the_strategy() -> None:
    case, settings = draw_pool(30, 40, seed=4), SimulationSettings(weeks=20, replications=3)
    one, other = (simulate(case, settings).model_copy(update={"seconds": 0.0}) for _ in range(2))
    assert one == other
    another = simulate(case, settings.model_copy(update={"seed": 2}))
    assert one.strategies != another.strategies


def test_certain_families_never_decline_and_expected_links_are_then_links() -> None:
    found = simulate(draw_pool(30, 40, seed=4), SimulationSettings(weeks=40, replications=3), model=CERTAIN)
    by = {each.strategy: {m.outcome: m.mean for m in each.measured} for each in found.strategies}
    assert all(each[Outcome.DECLINES] == 0 for each in by.values())
    assert by[Strategy.LINKING] == by[Strategy.EXPECTED]


def test_paired_differences_are_differences_of_the_means() -> None:
    found = simulate(draw_pool(30, 40, seed=5), SimulationSettings(weeks=30, replications=4))
    by = {each.strategy: {m.outcome: m.mean for m in each.measured} for each in found.strategies}
    assert len(found.differences) == 5
    for pair in found.differences:
        for each in pair.measured:
            difference = by[pair.strategy][each.outcome] - by[pair.less][each.outcome]
            assert each.mean == pytest.approx(difference, abs=1e-6)
            assert each.interval.low <= each.mean <= each.interval.high


def test_the_interval_is_students() -> None:
    """Mean 3, standard deviation 1.5811, five values: 3 +/- 2.7764 * 0.7071."""
    found = interval_of(np.array([1.0, 2, 3, 4, 5]))
    assert (found.low, found.high) == pytest.approx((3 - 1.96325, 3 + 1.96325), abs=1e-4)


def test_children_whom_carers_adopt_are_not_searched_for() -> None:
    carers = plan_child("C2", carer_family_id="F1", profile=NeedsProfile(child_id="C2"))
    world = types_of(as_case([plan_child(), carers], [family()]))
    assert world.units == (("C1",),)


def test_a_child_joins_at_the_age_of_the_decision() -> None:
    """Decided on at three, seven today: a family for up to four years may be asked in the simulation."""
    child = plan_child(born=dt.date(2011, 1, 1), dates=PlanDates(decided_on=dt.date(2014, 3, 1), adopted_on=AS_AT))
    world = types_of(as_case([child], [family(criteria=Criteria(age_to=4))]))
    assert world.eligible.all()


def test_fees_are_between_two_agencies_and_search_starts_with_the_childs_own() -> None:
    """Own, partner and voluntary families for an own child and a partner's: fees as the policy has them."""
    families = [family("F1"), family("F2", agency_id="partner"), family("F3", agency_id="voluntary")]
    world = types_of(as_case([plan_child("C1"), plan_child("C2", agency_id="partner")], families))
    assert world.fee.tolist() == [[0, 2_700_000, 3_924_500], [2_700_000, 0, 3_924_500]]
    assert world.reach.tolist() == [[0, 1, 2], [1, 0, 2]]


def test_nobody_to_draw_from_is_said() -> None:
    with pytest.raises(NothingToSimulateError, match="no approved families"):
        types_of(as_case([plan_child()], [family(dates=FamilyDates())]))


def test_weights_of_a_policy_that_never_fades() -> None:
    world = replace(types([[7]]), identity=np.array([[100]]), fades_over_days=0)
    board = Board(world, chance([[0.5]], [-100], [0]), WEEKS)
    assert board.costs(np.array([0]), np.array([0]), 50).tolist() == [[107.0]]
