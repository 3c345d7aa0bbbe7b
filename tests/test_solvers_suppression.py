"""Hidden cells: by hand, beside every choice of cells and every table, and proofs that fail when tampered with."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from solvers.suppression import Suppression, suppress
from solvers.suppression_cells import Bools, Cells, CellsError
from solvers.suppression_check import UnsafeError, check_suppression

Array = npt.NDArray[Any]


def _cells(counts: Array, rows: list[list[int]], **over: Any) -> Cells:
    """Cells where each row is a total's number and its parts' numbers; counts of 1 to 5 are sensitive."""
    counts = np.asarray(counts, dtype=np.int64)
    matrix = sparse.lil_array((len(rows), counts.size), dtype=np.int64)
    for row, (total, *parts) in enumerate(rows):
        matrix[row, total] = 1
        for part in parts:
            matrix[row, part] = -1
    low, high = over.get("low", 1), over.get("high", 5)
    given = {
        "sensitive": (counts >= low) & (counts <= high),
        "weight": np.ones(counts.size, dtype=np.int64),
        "absent": np.zeros(counts.size, dtype=bool),
        **over,
    }
    return Cells(counts, sparse.csr_array(matrix), **given)


def _two_way(inner: Array, **over: Any) -> Cells:
    """A table with its margins: inner cells row by row, row totals, column totals, the grand total."""
    r, c = inner.shape
    counts = np.concatenate([inner.ravel(), inner.sum(1), inner.sum(0), [inner.sum()]])
    rows = [[r * c + i, *(i * c + j for j in range(c))] for i in range(r)]
    rows += [[r * c + r + j, *(i * c + j for i in range(r))] for j in range(c)]
    rows += [[counts.size - 1, *range(r * c, r * c + r)], [counts.size - 1, *range(r * c + r, counts.size - 1)]]
    return _cells(counts, rows, **over)


def _hidden(found: Suppression) -> list[int]:
    return np.flatnonzero(found.hidden).tolist()


def test_one_small_cell_takes_one_more_in_its_row_and_its_column_and_where_those_cross() -> None:
    found = suppress(_two_way(np.array([[2, 20], [30, 40]])))
    assert found.status == "optimal"
    assert _hidden(found) == [0, 1, 2, 3]
    assert found.cost == found.bound == 4


def test_the_complement_must_have_room() -> None:
    # To be 5, the 2 takes 3 from another of its row: 0 has nothing to give, 9 has. And a column that takes them.
    found = suppress(_two_way(np.array([[2, 0, 9], [30, 50, 40]])))
    assert _hidden(found) == [0, 2, 3, 5]


def test_a_nought_may_stand_in_where_something_need_only_rise() -> None:
    assert _hidden(suppress(_cells(np.array([11, 5, 0, 6]), [[0, 1, 2, 3]]))) == [1, 2]


def test_a_total_may_be_hidden_and_dear_ones_are_not() -> None:
    counts, rows = np.array([20, 3, 17]), [[0, 1, 2]]
    assert _hidden(suppress(_cells(counts, rows))) == [1, 2]
    assert _hidden(suppress(_cells(counts, rows, weight=np.array([1, 1, 3])))) == [0, 1]


def test_a_total_that_is_small_hides_all_but_noughts() -> None:
    found = suppress(_cells(np.array([3, 2, 1, 0]), [[0, 1, 2, 3]]))
    assert _hidden(found) == [0, 1, 2]
    assert found.status == "optimal"


def test_nothing_small_hides_nothing() -> None:
    found = suppress(_two_way(np.array([[6, 0], [30, 40]])))
    assert (found.cost, found.bound, found.status, found.tables) == (0, 0, "optimal", ())


def test_no_relations_hides_the_small_only() -> None:
    assert _hidden(suppress(_cells(np.array([3, 7, 0]), []))) == [0]


def test_whole_numbers_may_stand_in_the_way_where_fractions_do_not() -> None:
    # x = u + v and u = v + w: with w shown as 0, x is even, and 3 can be ruled out. Every linear program overlooks it.
    found = suppress(_cells(np.array([2, 1, 1, 0]), [[0, 1, 2], [1, 2, 3]]))
    assert _hidden(found) == [0, 1, 2, 3]
    assert found.status == "optimal"


def test_what_even_hiding_all_cannot_protect_is_said() -> None:
    found = suppress(_cells(np.array([2, 1, 1]), [[0, 1, 2], [1, 2]]))
    assert found.status == "impossible"
    assert found.weak == (0,)


def test_an_absent_cell_helps_at_no_cost_and_is_protected_if_small() -> None:
    counts, rows = np.array([20, 3, 17]), [[0, 1, 2]]
    free = suppress(_cells(counts, rows, absent=np.array([False, False, True])))
    assert (free.cost, _hidden(free)) == (1, [1, 2])
    small = suppress(_cells(counts, rows, absent=np.array([False, True, False])))
    assert (small.cost, _hidden(small)) == (1, [1, 2])


def test_safe_however_little_time_there_is() -> None:
    draw = np.random.default_rng(3)
    cells = _two_way(draw.poisson(4, (8, 9)))
    found = suppress(cells, time_limit=0)
    check_suppression(cells, found.hidden, found.tables)
    assert found.status in ("safe", "optimal")
    better = suppress(cells, time_limit=None)
    assert better.status == "optimal"
    assert found.bound <= better.cost <= found.cost


def test_the_same_question_has_the_same_answer() -> None:
    cells = _two_way(np.random.default_rng(1).poisson(3, (4, 5)))
    one, two = suppress(cells, time_limit=None), suppress(cells, time_limit=None)
    assert (one.hidden == two.hidden).all()
    assert one.cost == one.bound == two.cost


# every choice of cells beside every table


def _every_table(cells: Cells, basis: list[int], most: int) -> Array:
    """All tables whose cells of ``basis``, which fix all others, are 0 to ``most``."""
    inner = np.array(list(itertools.product(range(most + 1), repeat=len(basis))))
    matrix = cells.relations.toarray()
    others = [cell for cell in range(cells.size) if cell not in basis]
    solution = np.linalg.lstsq(matrix[:, others].astype(float), -matrix[:, basis].astype(float), rcond=None)[0]
    tables = np.zeros((len(inner), cells.size), dtype=np.int64)
    tables[:, basis] = inner
    tables[:, others] = np.rint(inner @ solution.T)
    lawful: Array = tables[(tables >= 0).all(1) & ~(tables @ matrix.T).any(1)]
    return lawful


def _safe(cells: Cells, hidden: Bools, tables: Array) -> bool:
    """By the definition: what remains possible of each hidden cell among all tables."""
    left = tables[(tables[:, ~hidden] == cells.counts[~hidden]).all(1)]
    if (cells.sensitive & ~hidden).any() or (cells.absent & ~hidden).any():
        return False
    for cell in np.flatnonzero(hidden):
        values = set(left[:, cell].tolist())
        if cells.sensitive[cell]:
            between = set(range(cells.low + 1, cells.high))
            if min(values) > cells.low or max(values) < cells.high or not between <= values:
                return False
        elif not cells.absent[cell] and max(values) - min(values) < cells.spread:
            return False
    return True


def _choices(cells: Cells, most: int) -> Iterator[Bools]:
    """Every choice of cells that must be hidden and others, that costs no more than this."""
    free = np.flatnonzero(~cells.must)
    for choice in itertools.product([False, True], repeat=free.size):
        hidden = cells.must.copy()
        hidden[free] = choice
        if cells.cost(hidden) <= most:
            yield hidden


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 7), min_size=4, max_size=4), st.lists(st.integers(1, 3), min_size=9, max_size=9))
def test_no_choice_is_cheaper_in_a_two_by_two_table(inner: list[int], weight: list[int]) -> None:
    cells = _two_way(np.array(inner).reshape(2, 2), weight=np.array(weight))
    tables = _every_table(cells, [0, 1, 2, 3], 13)
    found = suppress(cells, time_limit=None)
    assert found.status == "optimal"
    assert _safe(cells, found.hidden, tables)
    for hidden in _choices(cells, found.cost - 1):
        assert not _safe(cells, hidden, tables)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=6, max_size=6))
def test_no_choice_is_cheaper_in_two_tables_that_share_a_margin(drawn: list[int]) -> None:
    # a x b and a x c: cells 0-3 and 4-7, margins of a 8-9, of b 10-11, of c 12-13, the total 14.
    ab = np.array(drawn[:4]).reshape(2, 2)
    first = np.minimum(drawn[4:], ab.sum(1))
    ac = np.stack([first, ab.sum(1) - first], axis=1)
    counts = np.concatenate([ab.ravel(), ac.ravel(), ab.sum(1), ab.sum(0), ac.sum(0), [ab.sum()]])
    rows = [[8, 0, 1], [9, 2, 3], [10, 0, 2], [11, 1, 3], [8, 4, 5], [9, 6, 7], [12, 4, 6], [13, 5, 7]]
    cells = _cells(counts, [*rows, [14, 8, 9], [14, 10, 11], [14, 12, 13]])
    found = suppress(cells, time_limit=None)
    check_suppression(cells, found.hidden, found.tables)
    assert found.status == "optimal"
    tables = _every_table(cells, [0, 1, 2, 3, 4, 6], 6)
    for hidden in _choices(cells, found.cost - 1):
        assert not _safe(cells, hidden, tables)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 4), st.integers(2, 4), st.integers(1, 12))
def test_random_tables_are_safe_and_the_bound_is_one(seed: int, rows: int, columns: int, mean: int) -> None:
    draw = np.random.default_rng(seed)
    cells = _two_way(
        draw.poisson(mean, (rows, columns)), weight=draw.integers(1, 4, rows * columns + rows + columns + 1)
    )
    found = suppress(cells, time_limit=None)
    check_suppression(cells, found.hidden, found.tables)
    assert found.status == "optimal"
    assert found.bound == found.cost == cells.cost(found.hidden)


# proofs that are none


def _tampered() -> tuple[Cells, Suppression]:
    cells = _two_way(np.array([[2, 20], [30, 40]]))
    return cells, suppress(cells)


def test_the_checker_finds_a_cell_not_hidden_or_not_proved() -> None:
    cells, found = _tampered()
    check_suppression(cells, found.hidden, found.tables)
    shown = found.hidden.copy()
    shown[0] = False
    with pytest.raises(UnsafeError, match=r"table 1 has \d+ in cell 0"):
        check_suppression(cells, shown, found.tables)
    with pytest.raises(UnsafeError, match="sensitive cell 0 is only shown to be able to be"):
        check_suppression(cells, found.hidden, found.tables[:-1])
    more = found.hidden.copy()
    more[8] = True
    with pytest.raises(UnsafeError, match="hidden cell 8 is only shown to be 92 to 92"):
        check_suppression(cells, more, found.tables)


@pytest.mark.parametrize(
    ("change", "message"),
    [([0], "breaks a relation"), ([0, 4], "breaks a relation"), (list(range(9)), "breaks a relation|has 3 in cell")],
)
def test_the_checker_finds_tables_that_do_not_agree(change: list[int], message: str) -> None:
    cells, found = _tampered()
    table = cells.counts.copy()
    table[change] += 1
    with pytest.raises(UnsafeError, match=message):
        check_suppression(cells, found.hidden, [table, *found.tables])


def test_the_checker_finds_tables_below_nothing_in_fractions_or_beside_what_is_shown() -> None:
    cells, found = _tampered()
    step = np.array([1, -1, -1, 1, 0, 0, 0, 0, 0])
    with pytest.raises(UnsafeError, match="table 1 has -1 in cell 0"):
        check_suppression(cells, found.hidden, [cells.counts - 3 * step, *found.tables])
    with pytest.raises(UnsafeError, match="table 1 is not in whole numbers"):
        check_suppression(cells, found.hidden, [cells.counts + 0.5 * step])  # type: ignore[list-item]
    with pytest.raises(UnsafeError, match="table 1 has 44 in cell 4"):
        check_suppression(cells, found.hidden, [2 * cells.counts, *found.tables])


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"counts": np.array([4, 3, 2])}, "relation 0 does not hold"),
        ({"counts": np.array([2, 3, -1])}, "negative"),
        ({"weight": np.array([1, 1])}, "weight has shape"),
        ({"sensitive": np.array([True, False, False])}, "cell 0 is sensitive, but its count 20"),
        ({"low": 6}, "expected 0 <= low <= high"),
    ],
)
def test_cells_that_make_no_sense_are_refused(over: dict[str, Any], message: str) -> None:
    given = {"sensitive": np.array([False, True, False]), **over}
    counts = given.pop("counts", np.array([20, 3, 17]))
    with pytest.raises(CellsError, match=message):
        suppress(_cells(counts, [[0, 1, 2]], **given))
