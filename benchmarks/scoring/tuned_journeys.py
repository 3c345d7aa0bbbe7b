"""Where each child's priced journeys start, one address at most once: what the tuned numpy contender measures from."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.scoring.arrays import Arrays, Bools, Int64, Table

Doubles = npt.NDArray[np.float64]


class Journeys(NamedTuple):
    """Addresses by slot: a child's first, second, ... different address.

    Attributes:
        addresses: int64 (n,), how many each child has.
        points: By slot, float64 (n, 4), as :func:`as_points` gives them.
        price: By slot, float64 (n,), pence for each tenth of a mile.
        disrupted_slot: int64 (n,), the slot of the school of a child in year 10 or 11, -1 for the others.
    """

    addresses: Int64
    points: list[Doubles]
    price: list[Doubles]
    disrupted_slot: Int64


def as_points(x: Int64, y: Int64) -> Doubles:
    """float64 (places, 4): x, y, the square of their length, 1; times a home's column, the squared distance."""
    return np.stack([x, y, x * x + y * y, np.ones_like(x)], axis=1).astype(np.float64)


def journeys(arrays: Arrays) -> Journeys:
    """Gather the addresses whose distance is priced, adding up the prices of those at one point."""
    rows, policy = arrays.rows, arrays.policy[0]
    child, x, y, price, school = _all(rows, arrays.visits, policy)
    order = np.lexsort((y, x, child))
    child, x, y, price, school = child[order], x[order], y[order], price[order], school[order]
    starts = np.ones(len(child), np.bool_)
    starts[1:] = (np.diff(child) != 0) | (np.diff(x) != 0) | (np.diff(y) != 0)
    first = np.flatnonzero(starts)
    price, school = np.add.reduceat(price, first), np.logical_or.reduceat(school, first)
    child, points = child[first], as_points(x[first], y[first])
    slot = np.arange(len(child)) - np.searchsorted(child, child)
    count = np.bincount(child, minlength=len(rows))
    held = [np.zeros((len(rows), 4)) for _ in range(int(count.max(initial=0)))]
    prices = [np.zeros(len(rows)) for _ in held]
    for number in range(len(held)):
        here = slot == number
        held[number][child[here]], prices[number][child[here]] = points[here], price[here]
    disrupted = np.full(len(rows), -1)
    at_school = school & rows["key_stage_4"][child]
    disrupted[child[at_school]] = slot[at_school]
    return Journeys(count, held, prices, disrupted)


def _all(rows: Table, visits: Table, policy: np.record) -> tuple[Int64, Int64, Int64, Int64, Bools]:
    """Every priced address: its row, point, pence a tenth of a mile, and whether it is the school."""
    home, school = np.flatnonzero(rows["home_counts"]), np.flatnonzero(rows["school_counts"])
    count = (rows["visits_to"] - rows["visits_from"]).astype(np.int64)
    visitor = np.repeat(np.arange(len(rows)), count)
    visit = np.arange(len(visitor)) - np.repeat(np.cumsum(count) - count, count) + rows["visits_from"][visitor]
    return (
        np.concatenate([home, school, visitor]),
        np.concatenate([rows["home_x"][home], rows["school_x"][school], visits["x"][visit]]),
        np.concatenate([rows["home_y"][home], rows["school_y"][school], visits["y"][visit]]),
        np.concatenate(
            [
                np.full(len(home), policy.home_distance_per_tenth_mile),
                np.full(len(school), policy.school_journey_per_tenth_mile),
                policy.family_time_per_tenth_mile_visit * visits["times"][visit],
            ]
        ),
        np.repeat([False, True, False], [len(home), len(school), len(visitor)]),
    )
