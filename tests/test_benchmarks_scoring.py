"""Every contender of the scoring benchmark gives the answer it is timed for."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.scoring.broadcast import numpy_broadcast
from benchmarks.scoring.contenders import CONTENDERS, EVERY_PAIR, OURS
from benchmarks.scoring.instances import VARIANTS, Size, draw, first_children
from benchmarks.scoring.runs import Run, apart, freeze, measure, other_searches
from matcher.scoring import Encoded, best_homes, score_pairs
from matcher.scoring.arrays import Int64

K = 7


@cache
def instance(variant: str) -> Encoded:
    return draw(Size("county", 30, 40, K), variant, seed=3)


def by_hand(costs: NDArray[np.int64], bits: NDArray[np.int64]) -> tuple[list[list[int]], list[list[int]]]:
    """The best homes read off the whole table, child by child."""
    columns, pence = [], []
    for row_cost, row_bits in zip(costs.tolist(), bits.tolist(), strict=True):
        order = sorted((cost, j) for j, (cost, bit) in enumerate(zip(row_cost, row_bits, strict=True)) if not bit)[:K]
        columns.append([j for _, j in order] + [-1] * (K - len(order)))
        pence.append([cost for cost, _ in order] + [np.iinfo(np.int64).max] * (K - len(order)))
    return columns, pence


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", CONTENDERS)
def test_every_contender_gives_the_answer_of_the_whole_table(name: str, variant: str) -> None:
    encoded = instance(variant)
    columns, pence = by_hand(*score_pairs(encoded))
    found = CONTENDERS[name].load()(encoded, K)()
    assert found.columns.tolist() == columns
    assert found.costs.tolist() == pence


@pytest.mark.parametrize("name", ["numpy, tuned", "numpy, skipping"])
def test_contenders_agree_over_several_tiles_of_homes(name: str) -> None:
    encoded = draw(Size("region", 40, 5_000, K), "as drawn", seed=4)
    expected = best_homes(encoded, K)
    found = CONTENDERS[name].load()(encoded, K)()
    assert np.array_equal(found.columns, expected[0])
    assert np.array_equal(found.costs, expected[1])


def test_a_level_changed_in_one_instance_is_seen_by_the_comparison() -> None:
    encoded = instance("open")
    before = numpy_broadcast(encoded, K)()
    home_level = np.zeros_like(encoded.arrays.home_level)
    changed = Encoded(
        encoded.arrays._replace(home_level=home_level),
        encoded.referrals,
        encoded.homes,
        encoded.searching,
        encoded.child_known,
        encoded.home_known,
    )
    assert not np.array_equal(numpy_broadcast(changed, K)().costs, before.costs)


def test_only_the_run_that_looks_at_every_pair_skips_nothing() -> None:
    encoded = draw(Size("region", 40, 5_000, K), "as drawn", seed=4)
    skipping, every_pair = (CONTENDERS[name].load()(encoded, K)().skipped for name in (OURS, EVERY_PAIR))
    assert skipping is not None
    assert 0 < skipping < 1
    assert every_pair == 0


def test_the_homes_laid_out_for_one_run_are_not_those_of_another() -> None:
    encoded = draw(Size("county", 30, 40, K))
    CONTENDERS[OURS].load()(encoded, K)
    assert "laid" not in vars(encoded)


@pytest.mark.parametrize("variant", VARIANTS)
def test_instances_have_what_they_are_said_to_have(variant: str) -> None:
    encoded = instance(variant)
    rows, special = encoded.arrays.rows, encoded.arrays.special
    assert encoded.shape == (30, 40)
    assert np.array_equal(rows["special_from"][1:], rows["special_to"][:-1])
    assert rows["special_to"][-1] == len(special) - 1
    for row in rows:
        own = special["column"][row.special_from : row.special_to]
        assert np.all(np.diff(own) > 0)
        assert np.all((own >= 0) & (own < 40))


def test_an_open_instance_lets_most_pairs_pass() -> None:
    opened, drawn = ((score_pairs(instance(variant))[1] == 0).mean() for variant in ("open", "as drawn"))
    assert opened > max(0.5, drawn)


def test_children_keep_their_school_and_family_as_far_from_home_as_in_the_demo() -> None:
    encoded = draw(Size("county", 300, 40, K), "as drawn", seed=5)
    rows, visits = encoded.arrays.rows, encoded.arrays.visits
    at_home = rows[rows["home_counts"] & rows["school_counts"]]
    miles = np.hypot(at_home["home_x"] - at_home["school_x"], at_home["home_y"] - at_home["school_y"]) / 1609
    assert 1 < np.median(miles) < 6
    owner: Int64 = np.repeat(np.arange(len(rows)), rows["visits_to"] - rows["visits_from"])
    assert np.count_nonzero(visits["x"] == rows["home_x"][owner]) > len(visits) / 2


def test_the_first_children_keep_their_answers() -> None:
    encoded = instance("as drawn")
    some, everyone = best_homes(first_children(encoded, 9), K), best_homes(encoded, K)
    assert np.array_equal(some[0], everyone[0][:9])


def test_a_run_in_its_own_process_is_compared_with_ours(tmp_path: Path) -> None:
    size = Size("county", 30, 40, K)
    passing = apart(freeze, tmp_path, size, "as drawn")
    assert passing == (score_pairs(draw(size, "as drawn"))[1] == 0).mean()
    ours = apart(measure, tmp_path, OURS, K)
    rival = apart(measure, tmp_path, "numpy, broadcast", K)
    assert (ours.same, rival.same) == (None, True)
    assert isinstance(rival, Run)
    assert rival.pairs == 30 * 40
    assert (ours.skipped, rival.skipped) == (0, None)
    with np.load(tmp_path / "answer.npz") as kept:
        np.savez(tmp_path / "answer.npz", columns=kept["columns"], costs=kept["costs"] + 1)
    assert apart(measure, tmp_path, "numpy, broadcast", K).same is False


def test_other_searches_find_as_many_pairs_as_the_whole_table_has(tmp_path: Path) -> None:
    freeze(tmp_path, Size("county", 30, 40, K), "as drawn")
    costs, bits = score_pairs(draw(Size("county", 30, 40, K), "as drawn"))
    cheap = 0
    for row_cost, row_bits in zip(costs.tolist(), bits.tolist(), strict=True):
        allowed = sorted(cost for cost, bit in zip(row_cost, row_bits, strict=True) if not bit)
        cheap += sum(cost <= allowed[min(10, len(allowed)) - 1] for cost in allowed)
    children, cheapest = other_searches(tmp_path, K)
    assert children["pairs"] == np.minimum((bits == 0).sum(axis=0), K).sum()
    assert cheapest["pairs"] == cheap
