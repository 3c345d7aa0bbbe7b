"""What this machine could do at best: the same instructions on data in the nearest cache, and nothing else.

Each sort of work that a pair takes is timed alone, in a small compiled loop on every core. A pair's share of each is
counted from the instance, and their times added up: what a kernel without any overhead would take to work every pair
out in this way. Reading the homes is timed over an array too large for any cache.
"""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt

from benchmarks.scoring.tuned_journeys import journeys
from matcher.scoring import Encoded

_LANES, _NEEDS, _TERMS = 128, 24, 8
_TRIES, _ROUNDS = 40, 10_000
_INT_OPS_A_TERM = 4
_LARGE = 1 << 24

INT_OPS_A_PAIR, INT_OPS_A_WEIGHT = 50, 3
"""32-bit operations on each pair, as the kernel has them: 39 for the rules that are the same for every child (two ands
with what the child asks, two and two comparisons of ages, six bits tested, put together), 4 to add what the home
costs, 7 to tell whether the pair is allowed and cheap enough. And for each different weight among a child's needs:
levels short widened, multiplied and added."""
BYTES_A_PAIR = 72
"""What is read of a home for each pair: 24 levels, point 16, cost 8, kind and column 8, terms 8, who lives there 8."""

Compiled = Callable[..., None]


@dataclass(frozen=True)
class Limit:
    """The machine's rates, all cores together, and the pairs a second that follow for one instance.

    Attributes:
        needs: Levels of need compared with skills, a second.
        distances: Distances turned into pence, a second.
        int_ops: Other 32-bit operations, a second.
        bytes_read: Bytes read from memory, a second.
        needs_a_pair: Needs above 0 of a child, on average, those the suitability floor looks at counted twice.
        weights_a_pair: Different weights among those above 0, on average.
        distances_a_pair: Different places that a child's journeys start from, on average.
    """

    needs: float
    distances: float
    int_ops: float
    bytes_read: float
    needs_a_pair: float
    weights_a_pair: float
    distances_a_pair: float

    @property
    def pairs_a_second(self) -> float:
        """All three sorts of work one after the other."""
        int_ops = INT_OPS_A_PAIR + INT_OPS_A_WEIGHT * self.weights_a_pair
        taken = self.needs_a_pair / self.needs + self.distances_a_pair / self.distances + int_ops / self.int_ops
        return 1 / taken

    @property
    def pairs_a_second_read(self) -> float:
        """If every home were read from memory for every child."""
        return self.bytes_read / BYTES_A_PAIR


def limit_for(encoded: Encoded) -> Limit:
    """Time the machine, and count what a pair of this instance takes."""
    rng, arrays = np.random.default_rng(1), encoded.arrays
    level, weights = arrays.child_level, np.unique(arrays.tenths)
    skill = rng.integers(0, 5, (_NEEDS, _LANES), np.uint8)
    point = rng.integers(0, 600_000, (2, _LANES)).astype(np.float64)
    word = rng.integers(0, 1 << 30, (_TERMS, _LANES), np.int32)
    large = np.ones(_LARGE, np.int64)
    return Limit(
        needs=_rate(_needs, lambda: (skill, np.zeros(_LANES, np.uint8), _ROUNDS), _NEEDS * _LANES * _ROUNDS),
        distances=_rate(
            _distances, lambda: (point[0], point[1], np.zeros(_LANES, np.int32), _ROUNDS), _LANES * _ROUNDS
        ),
        int_ops=_rate(
            _tests, lambda: (word, np.zeros(_LANES, np.int32), _ROUNDS), _INT_OPS_A_TERM * _TERMS * _LANES * _ROUNDS
        ),
        bytes_read=_rate(_read, lambda: (large, np.zeros(1, np.int64)), large.nbytes),
        needs_a_pair=float(((level > 0).astype(int) + (level >= arrays.policy[0].floor_need_level)).sum(axis=1).mean()),
        weights_a_pair=float(sum((level[:, arrays.tenths == weight] > 0).any(axis=1).mean() for weight in weights)),
        distances_a_pair=float(journeys(arrays).addresses.mean()),
    )


def _rate(loop: Compiled, arguments: Callable[[], tuple[object, ...]], count: int) -> float:
    """Units a second of a loop run on every core at once, the best of several tries."""
    cores = os.cpu_count() or 1
    loop(*arguments())
    best = 0.0
    with ThreadPoolExecutor(cores) as pool:
        for _ in range(_TRIES):
            each = [arguments() for _ in range(cores)]
            started = time.perf_counter()
            list(pool.map(lambda given: loop(*given), each))
            best = max(best, cores * count / (time.perf_counter() - started))
    return best


@numba.njit(nogil=True)
def _needs(level: npt.NDArray[np.uint8], short: npt.NDArray[np.uint8], rounds: int) -> None:
    """Saturating subtraction and addition, four needs at a time."""
    for number in range(rounds):
        want = np.uint8(number & 3)
        for need in range(0, _NEEDS, 4):
            a, b, c, d = level[need], level[need + 1], level[need + 2], level[need + 3]
            for j in range(_LANES):
                ab = (max(want, a[j]) - a[j]) + (max(want, b[j]) - b[j])
                short[j] += ab + (max(want, c[j]) - c[j]) + (max(want, d[j]) - d[j])


@numba.njit(nogil=True)
def _distances(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], pence: npt.NDArray[np.int32], rounds: int
) -> None:
    """Square root, rounding to tenths of a mile, price."""
    for number in range(rounds):
        for j in range(_LANES):
            east, north = x[j] - number, y[j] - number
            pence[j] += np.int32(100) * np.int32((np.sqrt(east * east + north * north) + 80.465) * (1 / 160.93))


@numba.njit(nogil=True)
def _tests(word: npt.NDArray[np.int32], bits: npt.NDArray[np.int32], rounds: int) -> None:
    """Words tested against a mask: and, compare, and, or."""
    for number in range(rounds):
        mask = np.int32(number)
        for j in range(_LANES):
            found = np.int32(0)
            for term in range(_TERMS):
                found |= np.int32((word[term, j] & mask) != 0) << np.int32(term)
            bits[j] |= found


@numba.njit(nogil=True)
def _read(large: npt.NDArray[np.int64], total: npt.NDArray[np.int64]) -> None:
    found = np.int64(0)
    for number in range(len(large)):
        found += large[number]
    total[0] = found
