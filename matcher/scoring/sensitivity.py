"""What would change a child's first choice: a price of the policy, or the answer to a question."""

import math
from collections.abc import Iterator
from itertools import islice

import numpy as np
from annotated_types import Le

from matcher.scoring.arrays import PRICE_NAMES, Int64
from matcher.scoring.encoding import Encoded
from matcher.scoring.parts import IN_THOUSANDTHS, PRICE_LABELS, charges, prices_in_order, quantities_of
from models.policy import Policy
from models.record import Record

_THOUSAND = 1000


class Flip(Record):
    """The nearest change of one price that gives a child another first choice.

    Attributes:
        price: The policy's field.
        label: What it is.
        factor: ``price_then / price_now``.
        price_now: As the policy has it.
        price_then: The first whole price at which the first choice changes.
        column: The home that is first then.
    """

    price: str
    label: str
    factor: float
    price_now: int
    price_then: int
    column: int


def first_flips(encoded: Encoded, row: int, columns: Int64) -> tuple[Flip, ...]:
    """For each price, the nearest multiple of it that changes the first of some ranked homes, nearest first.

    Exact: at ``price_then`` the home named is first, and at every whole price between it and ``price_now`` the
    first is as now. A price of 0 has no multiples, and one that never changes the first is left out.

    Args:
        encoded: The encoded case.
        row: The search.
        columns: int64 (k,), the homes in ranked order; of two that cost the same, the earlier stays before the other.

    Raises:
        ValueError: the first of the columns is not the cheapest of them.
    """
    if not len(columns):
        return ()
    quantities, prices = quantities_of(encoded, row, columns), prices_in_order(encoded)
    charged = charges(quantities, prices)
    total = charged.sum(axis=1)
    if total[0] > total.min():
        raise ValueError("the first home must be the cheapest: give the homes in ranked order")
    found = []
    for index, name in enumerate(PRICE_NAMES):
        unit = _THOUSAND if name in IN_THOUSANDTHS else 1
        rest, quantity, now = total - charged[:, index], quantities[:, index], int(prices[index])
        then = _nearest(rest, quantity, now, unit, _top(name)) if now else None
        if then is not None:
            first = columns[np.argmin(rest + quantity * then // unit)]
            found.append(_flip(name, now, then, int(first)))
    return tuple(sorted(found, key=lambda flip: _distance(flip.price_then, flip.price_now)))


def _flip(name: str, now: int, then: int, column: int) -> Flip:
    return Flip(price=name, label=PRICE_LABELS[name], factor=then / now, price_now=now, price_then=then, column=column)


def _distance(then: int, now: int) -> float:
    """How far a price is from what it was: halving is as far as doubling, and nothing is as far as 0."""
    return max(then / now, now / then) if then else math.inf


def _top(name: str) -> int:
    """The highest value that the policy allows for a price."""
    return next(int(str(rule.le)) for rule in Policy.model_fields[name].metadata if isinstance(rule, Le))


def _nearest(rest: Int64, quantity: Int64, now: int, unit: int, top: int) -> int | None:
    """The price nearest to now at which some home is cheaper than the first, None without one up to ``top``."""
    ours = int(quantity[0])
    crossings = [
        then
        for behind, theirs in zip((rest - rest[0]).tolist(), quantity.tolist(), strict=True)
        for then in _crossings(behind, ours, theirs, now, unit)
        if then <= top
    ]
    return min(crossings, key=lambda then: (_distance(then, now), -then), default=None)


def _crossings(behind: int, ours: int, theirs: int, now: int, unit: int) -> Iterator[int]:
    """The next price above now, and the next below, at which the other home is cheaper than the first.

    The other is ``behind`` by the rest of its cost, and is charged ``theirs * price // unit`` where the first is
    charged ``ours * price // unit``. Without the rounding the difference is a straight line: the other is never
    cheaper where the line is at 0 or above, always where it is at -1 or below, and only between the two must
    prices be tried one by one.
    """
    slope = theirs - ours
    if slope == 0:
        return

    def cheaper(price: int) -> bool:
        return behind + theirs * price // unit < ours * price // unit

    if slope < 0:
        low, high = unit * behind // -slope + 1, -(unit * (behind + 1) // slope)
    else:
        low, high = unit * (-1 - behind) // slope, -(unit * behind // slope) - 1
    yield from islice(filter(cheaper, range(max(low, now + 1), high + 1)), 1)
    yield from islice(filter(cheaper, range(min(high, now - 1), max(low, 0) - 1, -1)), 1)
