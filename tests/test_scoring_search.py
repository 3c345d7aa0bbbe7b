"""Best homes, nearly matched homes, best children and pairs under prices, against their naive twins."""

import math
from fractions import Fraction
from itertools import groupby

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.scoring.instances import VARIANTS, Size, draw
from matcher.scoring import Encoded, encode, explain, score_pairs
from matcher.scoring.compiled import threads
from matcher.scoring.compiled.blocks import BLOCK
from matcher.scoring.compiled.distance import tenths_of_square, tenths_to
from matcher.scoring.kernels import best_children, best_homes, pairs_under, search_homes
from models.case import Case
from models.geography import METRES_IN_10_000_MILES, tenths_of_mile
from models.policy import DISTANCE_LIMIT_TENTHS
from models.rules import RULES
from tests import oracle
from tests.make_case import at, make_case, make_child, make_home
from tests.naive_kernels import (
    as_ranked,
    naive_best_children,
    naive_best_homes,
    naive_nearly_homes,
    naive_pairs_under,
)
from tests.random_case import random_case
from tests.test_scoring_kernels import dearest

RELAXABLE = sum(rule.bit for rule in RULES if rule.relaxation is not None)


def check(encoded: Encoded, k: int) -> tuple[int, int]:
    """Compare every kernel with its twin; how many homes were best, and how many nearly matched."""
    cost, bits = score_pairs(encoded)
    best = naive_best_homes(cost, bits, k)
    nearly = naive_nearly_homes(cost, bits, k, RELAXABLE)
    for skip in (True, False):
        columns, costs, _ = search_homes(encoded, k, skip=skip)
        assert as_ranked(columns.tolist(), costs.tolist()) == best
        columns, costs, _ = search_homes(encoded, k, relaxable=RELAXABLE, skip=skip)
        assert as_ranked(columns.tolist(), costs.tolist()) == nearly
    rows, costs = best_children(encoded, k)
    assert as_ranked(rows.tolist(), costs.tolist()) == naive_best_children(cost, bits, k)
    check_prices(encoded, k)
    return sum(map(len, best)), sum(map(len, nearly))


def answers(encoded: Encoded, k: int) -> str:
    """What every kernel answers, as text that another process can be compared with."""
    prices = np.full(encoded.shape[0], 200_000), np.arange(encoded.shape[1]) * 100
    found: list[npt.NDArray[np.int64] | npt.NDArray[np.int32]] = [*score_pairs(encoded)]
    found += [*best_homes(encoded, k), *best_homes(encoded, k, relaxable=RELAXABLE)]
    found += [*best_children(encoded, k), *pairs_under(encoded, *prices, 0)]
    return "\n".join(str(each.tolist()) for each in found)


def check_prices(encoded: Encoded, seed: int) -> None:
    rng, (n, m) = np.random.default_rng(seed), encoded.shape
    cost, bits = score_pairs(encoded)
    children, homes = rng.integers(-50_000, 500_000, n), rng.integers(0, 100_000, m) * rng.integers(0, 2, m)
    for threshold in (-20_000, 1, 60_000):
        found = pairs_under(encoded, children, homes, threshold)
        expected = naive_pairs_under(cost, bits, children, homes, threshold)
        assert list(zip(*(each.tolist() for each in found), strict=True)) == expected
        some = pairs_under(encoded, children, homes, threshold, most=3)
        assert list(zip(*(each.tolist() for each in some), strict=True)) == first_of_each(expected, homes.tolist(), 3)


def first_of_each(pairs: list[tuple[int, int, int]], charges: list[int], most: int) -> list[tuple[int, int, int]]:
    """Of each row's pairs, those that with their charges cost least, the lower column first."""
    ranked = sorted(pairs, key=lambda pair: (pair[0], pair[2] + charges[pair[1]], pair[1]))
    return sorted(pair for _, own in groupby(ranked, key=lambda pair: pair[0]) for pair in list(own)[:most])


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("homes", "k"), [(30, 3), (127, 200), (128, 1), (129, 7), (2_000, 50)])
def test_every_kernel_finds_what_its_naive_twin_finds(homes: int, k: int, variant: str) -> None:
    best, nearly = check(draw(Size("county", 40, homes, k), variant), k)
    assert best > 20
    assert nearly > 20


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(10_000, 10**9), children=st.integers(0, 5), homes=st.integers(0, 150), k=st.integers(1, 160))
def test_on_any_random_case(seed: int, children: int, homes: int, k: int) -> None:
    check(_encoded(random_case(seed, children=children, homes=homes)), k)


def test_money_too_large_for_32_bits_is_searched_as_exactly() -> None:
    case = random_case(7, children=40, homes=400)
    wide = case.model_copy(update={"policy": dearest()})
    assert _encoded(case).laid.lanes.block["own"].dtype == np.int32
    assert _encoded(wide).laid.lanes.block["own"].dtype == np.int64
    best, nearly = check(_encoded(wide), 6)
    assert best > 20
    assert nearly > 20


def test_blocks_of_blocks_ties_and_a_home_alone_far_off() -> None:
    """More homes than one block of blocks sums up; all alike but one, which is the only one near the child."""
    homes = [make_home(f"H{number:05}", location=at(80)) for number in range(BLOCK * BLOCK + 300)]
    homes[BLOCK * BLOCK + 7] = make_home("NEAR", location=at(1))
    case = make_case([make_child(home=at())], homes)
    encoded = encode(case, case.referrals)
    columns, costs, looked = search_homes(encoded, 4)
    assert columns.tolist() == [[BLOCK * BLOCK + 7, 0, 1, 2]]
    assert looked.blocks == BLOCK + 3
    for column, pence in zip(columns[0].tolist(), costs[0].tolist(), strict=True):
        assert explain(case, encoded, 0, column).cost_pence == pence
        assert oracle.score(case, case.referrals, case.referrals[0], homes[column]) == (pence, set())
    every, _, all_looked = search_homes(encoded, 4, skip=False)
    assert every.tolist() == columns.tolist()
    assert all_looked.looked_at == looked.blocks
    nearest, _, few_looked = search_homes(encoded, 1)
    assert nearest.tolist() == [[BLOCK * BLOCK + 7]]
    assert few_looked.looked_at == 1


def test_a_hundred_thousand_homes() -> None:
    encoded = draw(Size("county", 4, 100_000, 20))
    cost, bits = score_pairs(encoded)
    columns, costs, looked = search_homes(encoded, 20)
    assert as_ranked(columns.tolist(), costs.tolist()) == naive_best_homes(cost, bits, 20)
    assert looked.looked_at < looked.blocks


def test_no_home_will_do() -> None:
    homes = 8 * BLOCK
    case = make_case([make_child(), make_child("C2")], [make_home(f"H{n}", suspended=True) for n in range(homes)])
    encoded = encode(case, case.referrals)
    assert best_homes(encoded, 3)[0].tolist() == [[-1] * 3] * 2
    assert (best_children(encoded, 2)[0] == -1).all()
    assert [len(each) for each in pairs_under(encoded, np.full(2, 10**9), np.zeros(homes, np.int64), 10**9)] == [0] * 3
    assert search_homes(encoded, 3)[2].looked_at == 0


def test_nothing_to_search_and_nothing_asked_for() -> None:
    nowhere = make_case([make_child()])
    encoded = encode(nowhere, nowhere.referrals)
    assert best_children(encoded, 2)[0].shape == (0, 2)
    assert [len(each) for each in pairs_under(encoded, np.zeros(1, np.int64), np.zeros(0, np.int64), 9)] == [0] * 3
    with pytest.raises(ValueError, match="at least one child must be asked for, not 0"):
        best_children(encoded, 0)


def test_more_pairs_under_prices_than_room_was_made_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.scoring.kernels._ROOM", 3)
    encoded = draw(Size("county", 20, 150, 1), "open")
    cost, bits = score_pairs(encoded)
    found = pairs_under(encoded, np.full(20, 10**7), np.zeros(150, np.int64), 0)
    assert len(found[0]) == (bits == 0).sum() > 1_000
    assert np.array_equal(found[2], cost[bits == 0])


def test_threads_change_nothing_in_any_search(monkeypatch: pytest.MonkeyPatch) -> None:
    encoded = draw(Size("county", 70, 300, 9))
    answers = []
    for least in (10**12, 1):
        monkeypatch.setattr(threads, "PARALLEL_FROM_PAIRS", least)
        monkeypatch.setattr(threads, "_ROWS_A_BATCH", 32 if least > 1 else 5)
        prices = np.full(70, 200_000), np.zeros(300, np.int64)
        answers.append([*best_homes(encoded, 9), *best_children(encoded, 9), *pairs_under(encoded, *prices, 0)])
    for alone, shared in zip(*answers, strict=True):
        np.testing.assert_array_equal(alone, shared)


def test_prices_of_homes_lead_the_search_past_cheaper_ones() -> None:
    case = make_case([make_child(home=at())], [make_home(f"H{n:03}", location=at(n)) for n in range(400)])
    encoded = encode(case, case.referrals)
    cost, _ = score_pairs(encoded)
    charge = np.where(np.arange(400) == 300, 0, 10**9)
    found = pairs_under(encoded, np.array([int(cost[0, 300])]), charge, 1)
    assert [each.tolist() for each in found] == [[0], [300], [int(cost[0, 300])]]


def test_every_rounding_of_a_distance_up_to_the_limit_is_the_departments() -> None:
    """``tenths_of_square`` rises with the square: it is exact if it is on both sides of each half tenth of a mile."""
    half = Fraction(METRES_IN_10_000_MILES, 200_000)
    for tenths in range(1, DISTANCE_LIMIT_TENTHS + 1):
        below = math.floor(((2 * tenths - 1) * half) ** 2)
        assert (tenths_of_mile(below), tenths_of_mile(below + 1)) == (tenths - 1, tenths)
        assert (int(tenths_of_square(float(below))), int(tenths_of_square(below + 1.0))) == (tenths - 1, tenths)


def test_a_distance_past_the_limit_counts_as_the_limit() -> None:
    assert int(tenths_to(1e12, -1e12)) == DISTANCE_LIMIT_TENTHS


def _encoded(case: Case) -> Encoded:
    return encode(case, case.referrals)
