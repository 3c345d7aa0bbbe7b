"""What this machine could do at best: the same instructions on data in the nearest cache, and nothing else.

Each sort of work that a pair takes is timed alone, in a small compiled loop on every core. A pair's share of each is
counted from the instance, and their times added up: what a kernel without any overhead would take to work every pair
out in this way. Whatever only some children have is left out, and the fewest operations that could do it are counted,
so that the limit is too high sooner than too low. Reading the homes is timed over an array too large for any cache.
"""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt

from benchmarks.scoring.instances import SAMPLED, first_children
from benchmarks.scoring.tuned_journeys import journeys
from matcher.scoring import Encoded, score_pairs
from matcher.scoring.compiled.blocks import BLOCK

_LANES, _NEEDS = BLOCK, 24
_TRIES, _ROUNDS = 100, 32_000
_OPS_A_ROUND = 25
_LARGE = 1 << 24

RULE_OPS = 40
"""32-bit operations for the rules of a pair, two of 16 bits counted as one. With what the child asks, 2 ands. Ages: 4
comparisons, 2 ors of 16 bits, widened (2), each to its bit (2), together (1). Six masks at 4: and, compare, to its
bit, or. With the rules that fail whoever asks: 4. Whether any home of the block passes: 2. A place to avoid, and
living beside older or younger children only, are left out: few children have them."""
COST_OPS, WEIGHT_OPS = 9, 1.5
"""For the cost of a pair: the home's own, area, language and faith (4), levels short widened, priced and added (3),
whether any is cheap enough (2). For each weight among a child's needs: widened, multiplied and added in 16 bits."""
BYTES_A_PAIR = 76
"""Read of a home for each pair: 24 levels, point 16, fee and area 8, language and faith 8, words 8, ages 8, rules 4."""

Compiled = Callable[..., None]


@dataclass(frozen=True)
class Limit:
    """The machine's rates, all cores together, and the pairs a second that follow for one instance.

    Attributes:
        needs: Levels of need compared with skills, a second.
        distances: Distances turned into pence, a second.
        int_ops: Other 32-bit operations, a second.
        bytes_read: Bytes read from memory, a second.
        needs_a_pair: Needs above 0 of a child, on average.
        high_needs_a_pair: Those of them that the suitability floor looks at.
        weights_a_pair: Different weights among those above 0, on average.
        distances_a_pair: Different places that a child's journeys start from, on average.
        priced: Share of pairs whose cost must be known: those in a block of homes of which the child may have some.
    """

    needs: float
    distances: float
    int_ops: float
    bytes_read: float
    needs_a_pair: float
    high_needs_a_pair: float
    weights_a_pair: float
    distances_a_pair: float
    priced: float

    @property
    def seconds_a_pair(self) -> dict[str, float]:
        """Each sort of work on a pair: the rules of every one, and the cost of those that are priced."""
        ops = RULE_OPS + self.priced * (COST_OPS + WEIGHT_OPS * self.weights_a_pair)
        return {
            "needs": (self.high_needs_a_pair + self.priced * self.needs_a_pair) / self.needs,
            "distances": self.priced * self.distances_a_pair / self.distances,
            "everything_else": ops / self.int_ops,
        }

    @property
    def pairs_a_second(self) -> float:
        """All sorts of work one after the other."""
        return 1 / sum(self.seconds_a_pair.values())

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
    word = rng.integers(0, 1 << 30, _LANES, np.int32)
    large = np.ones(_LARGE, np.int64)
    return Limit(
        needs=_rate(_needs, lambda: (skill, np.zeros(_LANES, np.uint8), _ROUNDS), _NEEDS * _LANES * _ROUNDS),
        distances=_rate(
            _distances, lambda: (point[0], point[1], np.zeros(_LANES, np.int32), _ROUNDS), _LANES * _ROUNDS
        ),
        int_ops=_rate(
            _tests, lambda: (word, word[:8], np.zeros(_LANES, np.int32), _ROUNDS), _OPS_A_ROUND * _LANES * _ROUNDS
        ),
        bytes_read=_rate(_read, lambda: (large, np.zeros(1, np.int64)), large.nbytes),
        needs_a_pair=float((level > 0).sum(axis=1).mean()),
        high_needs_a_pair=float((level >= arrays.policy[0].floor_need_level).sum(axis=1).mean()),
        weights_a_pair=float(sum((level[:, arrays.tenths == weight] > 0).any(axis=1).mean() for weight in weights)),
        distances_a_pair=float(journeys(arrays).addresses.mean()),
        priced=priced_share(encoded),
    )


def priced_share(encoded: Encoded) -> float:
    """The share of pairs in a block of homes of which the child may have some, for some children."""
    some = first_children(encoded, SAMPLED)
    allowed = score_pairs(some)[1] == 0
    by_lane = np.zeros((len(allowed), some.laid.lanes.block.size * BLOCK), np.bool_)
    by_lane[:, some.laid.lane] = allowed
    return float(by_lane.reshape(len(allowed), -1, BLOCK).any(axis=2).mean())


def _rate(loop: Compiled, arguments: Callable[[], tuple[object, ...]], count: int) -> float:
    """Units a second of a loop run on every core at once, the best of several tries, by processor time.

    By the clock a core that another program has for a while would make the limit too low.
    """
    cores = os.cpu_count() or 1
    loop(*arguments())
    best = 0.0
    with ThreadPoolExecutor(cores) as pool:
        for _ in range(_TRIES):
            each = [arguments() for _ in range(cores)]
            started = time.process_time()
            list(pool.map(lambda given: loop(*given), each))
            seconds_of_one = (time.process_time() - started) / cores
            best = max(best, cores * count / seconds_of_one)
    return best


@numba.njit(nogil=True)
def _needs(level: npt.NDArray[np.uint8], short: npt.NDArray[np.uint8], rounds: int) -> None:
    """A minimum and an addition, four needs at a time: what falls short is what is wanted, less what of it is met."""
    for number in range(rounds):
        want = np.uint8(number & 3)
        for need in range(0, _NEEDS, 4):
            a, b, c, d = level[need], level[need + 1], level[need + 2], level[need + 3]
            for j in range(_LANES):
                short[j] += min(want, a[j]) + min(want, b[j]) + min(want, c[j]) + min(want, d[j])


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
def _tests(word: npt.NDArray[np.int32], asks: npt.NDArray[np.int32], bits: npt.NDArray[np.int32], rounds: int) -> None:
    """Words tested against six masks: for each an and, a comparison, its bit, an or; and two to start and end with."""
    for number in range(rounds):
        asked = asks[number & 7]
        for j in range(_LANES):
            met = word[j] & asked
            found = _flag((met & 0x7) != 0, 0x1) | _flag((met & 0x38) != 0, 0x2)
            found |= _flag((met & 0x1C0) != 0, 0x4) | _flag((met & 0xE00) != 0, 0x8)
            found |= _flag((met & 0x7000) != 0, 0x10) | _flag((met & 0x38000) != 0, 0x20)
            bits[j] |= found


@numba.njit(inline="always")
def _flag(failed: bool, bit: int) -> np.int32:
    return np.int32(bit) if failed else np.int32(0)


@numba.njit(nogil=True)
def _read(large: npt.NDArray[np.int64], total: npt.NDArray[np.int64]) -> None:
    found = np.int64(0)
    for number in range(len(large)):
        found += large[number]
    total[0] = found
