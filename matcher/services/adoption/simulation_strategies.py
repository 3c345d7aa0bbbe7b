"""The four ways of finding families for children, each as a choice of whom to ask this week."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from matcher.services.adoption.simulation_pool import Chance, Types
from matcher.services.adoption.simulation_results import SimulationSettings, Strategy

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Pairs = list[tuple[int, int]]


@dataclass(eq=False)
class Board:
    """The pool as one strategy left it: pairs of everybody in one replication.

    Attributes:
        types: Who can join.
        chance: Who joins in this replication.
        settings: What is simulated.
        allowed: bool (n, m), eligible and no link between them ended.
        read: bool (n, m), whether the family's profile was read for the child.
    """

    types: Types
    chance: Chance
    settings: SimulationSettings
    allowed: Bools = field(init=False)
    read: Bools = field(init=False)
    plain: Ints = field(init=False)
    identity: Ints = field(init=False)

    def __post_init__(self) -> None:
        pairs = np.ix_(self.chance.unit, self.chance.family)
        self.allowed = self.types.eligible[pairs]
        self.plain, self.identity = self.types.plain[pairs], self.types.identity[pairs]
        self.read = np.zeros(self.allowed.shape, np.bool_)

    def costs(self, units: Ints, families: Ints, week: int) -> Floats:
        """What each of these pairs costs in a week: heritage, language and faith have faded by then."""
        pairs, over = np.ix_(units, families), self.types.fades_over_days
        waited = 7 * (week - self.chance.unit_joins[units])
        weight = np.maximum(0, over - waited) / over if over else np.ones(units.size)
        faded = np.floor(self.identity[pairs] * weight[:, None])
        found: Floats = np.add(self.plain[pairs], faded, dtype=np.float64)
        return found

    def sizes(self, units: Ints) -> Ints:
        """Children of each of these units."""
        found: Ints = self.types.sizes[self.chance.unit[units]]
        return found


Choice = Callable[[Board, Ints, Ints, int], Pairs]
"""Whom to ask, of units and families free this week, each in the order in which they joined."""


def first_come(board: Board, units: Ints, families: Ints, _week: int) -> Pairs:
    """Each child in order of waiting takes the first eligible family in order of approval."""
    free, asked = np.ones(families.size, np.bool_), list[tuple[int, int]]()
    for unit in units.tolist():
        at = int(np.argmax(open_to := board.allowed[unit, families] & free))
        if open_to[at]:
            free[at] = False
            asked.append((unit, int(families[at])))
    return asked


def caseworker(board: Board, units: Ints, families: Ints, week: int) -> Pairs:
    """Some more profiles are read for each child, nearest agencies first; the best of those read is asked."""
    free, asked = np.ones(families.size, np.bool_), list[tuple[int, int]]()
    for unit in units.tolist():
        reach = board.types.reach[board.chance.unit[unit], board.chance.family[families]]
        order = np.argsort(reach, kind="stable")
        unread = order[(free & ~board.read[unit, families])[order]][: board.settings.profiles_a_week]
        board.read[unit, families[unread]] = True
        known = np.flatnonzero(free & board.read[unit, families] & board.allowed[unit, families])
        if known.size:
            at = int(known[np.argmin(board.costs(np.array([unit]), families[known], week)[0])])
            free[at] = False
            asked.append((unit, int(families[at])))
    return asked


def whole_pool(board: Board, units: Ints, families: Ints, week: int) -> Pairs:
    """Links for everybody free at once."""
    return _linked(board, units, families, week, expected=False)


def whole_pool_expected(board: Board, units: Ints, families: Ints, week: int) -> Pairs:
    """Links for everybody free at once, each counted as often as the family is likely to say yes."""
    return _linked(board, units, families, week, expected=True)


def best_links(
    cost: Floats, allowed: Bools, sizes: Ints, chance: Floats | None = None, *, plain: Floats | None = None
) -> tuple[Ints, Ints]:
    """The links that :func:`matcher.services.adoption.linking.link_pool` would find, by SciPy, for small pools.

    Args:
        cost: float64 (units, families), whole numbers.
        allowed: bool (units, families).
        sizes: int64 (units,), children in each.
        chance: float64 (units, families), of a yes; where given, what links come to on average counts.
        plain: float64 (units, families), the cost without heritage, language and faith, which decides who is linked;
            the cost itself where left out.

    Returns:
        Rows and columns of the links.
    """
    everybody = np.zeros(sizes.size, np.bool_)
    if plain is None or np.array_equal(plain, cost):
        return _cheapest_links(cost, allowed, sizes, chance, everybody)
    chosen = everybody.copy()
    chosen[_cheapest_links(plain, allowed, sizes, chance, everybody)[0]] = True
    return _cheapest_links(cost, allowed, sizes, chance, chosen)


def _cheapest_links(
    cost: Floats, allowed: Bools, sizes: Ints, chance: Floats | None, chosen: Bools
) -> tuple[Ints, Ints]:
    """The linking of most children that costs least; where some are chosen, of those that link all of them only."""
    each = 2 * np.where(allowed, cost, 0).max(axis=1, initial=0).sum() + 1
    charge = (each * sizes)[:, None]
    price = cost if chance is None else np.rint(cost * chance + charge * (1 - chance))
    gain = price - charge
    if chosen.any():
        allowed, gain = allowed & chosen[:, None], gain - charge.sum()
    row, column = linear_sum_assignment(np.where(allowed, gain, 0))
    linked = allowed[row, column]
    return row[linked], column[linked]


def _linked(board: Board, units: Ints, families: Ints, week: int, *, expected: bool) -> Pairs:
    pairs = np.ix_(units, families)
    chance = board.types.chance[np.ix_(board.chance.unit[units], board.chance.family[families])] if expected else None
    row, column = best_links(
        board.costs(units, families, week),
        board.allowed[pairs],
        board.sizes(units),
        chance,
        plain=board.plain[pairs].astype(np.float64),
    )
    return list(zip(units[row].tolist(), families[column].tolist(), strict=True))


CHOICES: dict[Strategy, Choice] = {
    Strategy.FIRST_COME: first_come,
    Strategy.CASEWORKER: caseworker,
    Strategy.LINKING: whole_pool,
    Strategy.EXPECTED: whole_pool_expected,
}
