"""Which counts to hide so that nobody can work out the small ones, proved, and how few must be hidden at least.

A set of hidden cells is safe if for every hidden cell there are other tables of whole counts, none negative, that agree
with every cell shown and every relation, and in which the cell is as the rule asks: a sensitive one ``low`` or less,
``high`` or more, and everything between; any other with ``spread`` or more between two tables. The tables are the
proof.

The search goes from below. A master program finds the cheapest set that fulfils the cuts known
(`suppression_master`); the adversary then finds tables for each cell, or a cut that the set breaks
(`suppression_adversary`). What the adversary breaks is repaired into a safe set, from which every cell that can be
spared is shown again (`suppression_repair`). The cheapest set that fulfils all cuts costs no more than the cheapest
safe set, so its cost, or what is proved of it, is the bound. (Fischetti and Salazar 2001, Management Science 47(7);
the tables in whole numbers are ours.)
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from solvers.clock import Clock
from solvers.suppression_cells import Bools, Cells, Ints
from solvers.suppression_check import UnsafeError, check_suppression
from solvers.suppression_master import Master
from solvers.suppression_repair import Repair
from solvers.suppression_seen import Seen

Status = Literal["optimal", "safe", "impossible"]
#: The longest one integer program of the master may take, and its part of the time limit.
_MASTER_SECONDS, _MASTER_PART = 5.0, 0.3
_FIRST_SECONDS = 2.0


@dataclass(frozen=True, eq=False)
class Suppression:
    """A safe set of hidden cells and its proof.

    Attributes:
        status: ``optimal``: no safe set costs less; ``safe``: none costs less than ``bound``; ``impossible``: not even
            hiding everything is safe.
        hidden: The cells hidden (m,), absent ones among them.
        tables: Witnesses beside the true counts, each (m,), that `check_suppression` has checked.
        cost: What it costs to hide them.
        bound: No safe set costs less.
        weak: Cells that the adversary can narrow though everything is hidden; empty unless impossible.
        seconds: How long it took.
    """

    status: Status
    hidden: Bools
    tables: tuple[Ints, ...]
    cost: int
    bound: int
    weak: tuple[int, ...]
    seconds: float


def suppress(
    cells: Cells,
    *,
    time_limit: float | None = 10.0,
    cancel: Callable[[], bool] | None = None,
) -> Suppression:
    """Find cells to hide, as cheap as can be.

    Args:
        cells: The cells; weights say what hiding each costs. Ties go to hiding less of the total.
        time_limit: Seconds after which the best safe set found is returned; the first one is always waited for. None:
            go on until it is proved that there is no cheaper one.
        cancel: As ``time_limit``, when it says so.

    Raises:
        CellsError: the cells given do not make sense.
        UnsafeError: the set found is not proved safe, or the bound is none, which would be an error of this program.
    """
    cells.validate()
    clock = Clock(time_limit, cancel)
    master = Master(cells)
    repair = Repair(cells, master)
    part = math.inf if time_limit is None else min(_MASTER_SECONDS, _MASTER_PART * time_limit)
    # A good start saves more time than it takes, even where there is none.
    choice = master.choose(Clock(None, cancel), max(part, _FIRST_SECONDS))
    hidden = cells.must if choice.hidden is None else choice.hidden
    best = repair.make_safe(hidden)
    if best is None:
        return _impossible(cells, repair, clock)
    best = repair.spare(best, clock)
    while cells.cost(best) > choice.bound and not clock.stop():
        choice = master.choose(clock, part)
        if choice.hidden is None or (choice.hidden == hidden).all():
            if math.isinf(part):
                break
            part *= 2
            continue
        hidden = choice.hidden
        better = repair.make_safe(hidden, clock)
        if better is not None:
            best = min(best, repair.spare(better, clock), key=cells.cost)
    return _proved(cells, best, choice.bound, repair, clock)


def _proved(cells: Cells, hidden: Bools, bound: int, repair: Repair, clock: Clock) -> Suppression:
    """With those tables, of all that were found, which prove it."""
    tables = tuple(Seen(cells, hidden, repair.tables).tables)
    check_suppression(cells, hidden, tables)
    cost = cells.cost(hidden)
    if bound > cost:
        raise UnsafeError(f"a safe set costs {cost}, but none was proved to cost less than {bound}")
    status: Status = "optimal" if cost == bound else "safe"
    return Suppression(status, hidden, tables, cost, bound, (), clock.seconds)


def _impossible(cells: Cells, repair: Repair, clock: Clock) -> Suppression:
    everything = np.ones(cells.size, dtype=bool)
    weak = tuple(sorted(weakness.cell for weakness in repair.weaknesses(everything) or ()))
    cost = cells.cost(everything)
    return Suppression("impossible", everything, (), cost, cost, weak, clock.seconds)
