"""Score many pairs: all of them, or the best homes for each child, in compiled loops shared among threads."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from matcher.scoring.arrays import Arrays, Int32, Int64
from matcher.scoring.compiling import kernel
from matcher.scoring.encoding import Encoded
from matcher.scoring.pair_cost import needs_pence, pair_pence
from matcher.scoring.pair_rules import floor_bit, pair_bits

_PARALLEL_FROM_PAIRS = 50_000
_ROWS_A_TASK = 16
_NO_COST = np.iinfo(np.int64).max


@kernel
def _score_row(i: int, arrays: Arrays, cost: Int64, bits: Int64) -> None:
    """Fill ``cost`` and ``bits``, int64 (m,), for row i."""
    row, homes, special, policy = arrays.rows[i], arrays.homes, arrays.special, arrays.policy[0]
    households, child, skills = arrays.households[row.day_index], arrays.child_level[i], arrays.home_level
    visits, avoid, tenths, in_force = arrays.visits, arrays.avoid, arrays.tenths, arrays.in_force
    foreign, unfaithful = arrays.language_missing[row.language], arrays.faith_missing[row.faith]
    at, nothing = row.special_from, len(special) - 1
    for j in range(len(homes)):
        on_record = at < row.special_to and special[at].column == j
        note = special[at if on_record else nothing]
        at += on_record
        pence = needs_pence(child, skills, j, tenths, policy)
        pence += pair_pence(row, homes[j], households[j], note.marks, visits, policy)
        pence += policy.language_not_spoken * foreign[j] + policy.faith_not_supported * unfaithful[j]
        cost[j] = pence
        failed = pair_bits(row, homes[j], households[j], note, avoid) | floor_bit(child, skills, j, policy)
        bits[j] = failed & in_force


@kernel
def _score_rows(first: int, last: int, arrays: Arrays, cost: Int64, bits: Int64) -> None:
    for i in range(first, last):
        _score_row(i, arrays, cost[i], bits[i])


@kernel
def _best_of_rows(first: int, last: int, arrays: Arrays, best_cost: Int64, best_home: Int32) -> None:
    """Keep the cheapest allowed homes of each row, in order; an equal one comes after those before it."""
    homes, k = len(arrays.homes), best_cost.shape[1]
    cost, bits = np.empty(homes, np.int64), np.empty(homes, np.int64)
    for i in range(first, last):
        _score_row(i, arrays, cost, bits)
        for j in range(homes):
            if bits[j] != 0 or cost[j] >= best_cost[i, k - 1]:
                continue
            place = k - 1
            while place > 0 and best_cost[i, place - 1] > cost[j]:
                best_cost[i, place], best_home[i, place] = best_cost[i, place - 1], best_home[i, place - 1]
                place -= 1
            best_cost[i, place], best_home[i, place] = cost[j], j


def score_pairs(encoded: Encoded) -> tuple[Int64, Int64]:
    """Score every pair.

    Returns:
        Cost, int64 (n, m), pence-equivalent a week; and the bits of the rules that fail, int64 (n, m), 0 where
        the pair is allowed. A pair that fails has its cost all the same.
    """
    cost, bits = np.empty(encoded.shape, np.int64), np.empty(encoded.shape, np.int64)
    _share_rows(encoded, lambda first, last: _score_rows(first, last, encoded.arrays, cost, bits))
    return cost, bits


def best_homes(encoded: Encoded, k: int) -> tuple[Int32, Int64]:
    """The k cheapest allowed homes of each row, cheapest first, equal ones in the order of the columns.

    Memory grows with ``n * k`` and with ``m``, never with ``n * m``.

    Returns:
        Columns, int32 (n, k), -1 where fewer homes are allowed; and their costs, int64 (n, k), the largest int64 there.

    Raises:
        ValueError: k is less than 1.
    """
    if k < 1:
        raise ValueError(f"at least one home must be asked for, not {k}")
    best_cost = np.full((encoded.shape[0], k), _NO_COST, np.int64)
    best_home = np.full((encoded.shape[0], k), -1, np.int32)
    _share_rows(encoded, lambda first, last: _best_of_rows(first, last, encoded.arrays, best_cost, best_home))
    return best_home, best_cost


def _share_rows(encoded: Encoded, work: Callable[[int, int], None]) -> None:
    """Do the rows in one go, or from a size upwards in tasks shared among threads."""
    rows, homes = encoded.shape
    if rows * homes < _PARALLEL_FROM_PAIRS:
        work(0, rows)
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        tasks = [(first, min(first + _ROWS_A_TASK, rows)) for first in range(0, rows, _ROWS_A_TASK)]
        for task in [pool.submit(work, *task) for task in tasks]:
            task.result()
