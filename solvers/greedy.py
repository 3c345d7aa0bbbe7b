"""A lawful plan quickly: groups one by one at given prices, then children alone by flow, then whoever is left."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solvers.arcs import NEVER, Arcs
from solvers.bound import Pool
from solvers.fill import filled
from solvers.flow import flow_assignment
from solvers.groups import GroupBlock
from solvers.plan import Plan, room_left
from solvers.problem import Ints


def greedy_plan(pool: Pool, prices: Ints, order: Ints) -> Plan:
    """House groups in turn, each by its best partition in the room left, then flow the rest.

    Args:
        pool: The pairs known.
        prices: Scaled prices ``(homes, extended)``; good ones keep groups from taking what others need more.
        order: Group numbers in the order to house them.
    """
    problem = pool.problem
    place_of = np.full(problem.children, -1, dtype=np.int64)
    left = pool.resources.real.copy()
    where = {number: (block, row) for block in pool.blocks for row, number in enumerate(block.numbers.tolist())}
    for number in order.tolist():
        _house(pool, *where[number], prices, place_of, left)
    return flow_alone(pool, place_of)


def flow_alone(pool: Pool, place_of: Ints) -> Plan:
    """Keep groups where they are, place children alone by flow in the room they leave, then fill what is left."""
    problem, arcs = pool.problem, pool.arcs
    fixed = np.where(pool.single, -1, place_of)
    left = room_left(problem, pool.resources, fixed).min(axis=1, initial=problem.children)
    # The flow knows one of each resource only: counting a child who uses less as one is safe, more is not.
    one_each = (pool.resources.alone_real(np.arange(arcs.child.size)) <= 1).all(axis=1)
    mine = np.flatnonzero(pool.alone & one_each)
    singles = np.flatnonzero(pool.single)
    renumber = np.cumsum(pool.single) - 1
    own = Arcs.sorted(renumber[arcs.child[mine]], arcs.home[mine], arcs.cost[mine], singles.size, problem.homes)
    used = flow_assignment(own, left, problem.unplaced[singles])
    placed = used >= 0
    fixed[singles[placed]] = own.home[used[placed]]
    return filled(pool, fixed)


def _house(pool: Pool, block: GroupBlock, group: int, prices: Ints, place_of: Ints, left: Ints) -> None:
    """Give one group the best parts that fit, one part at a time, updating ``place_of`` and ``left``."""
    rows = slice(int(block.start[group]), int(block.start[group + 1]))
    todo = (1 << block.size) - 1 if rows.start < rows.stop else 0
    open_homes = np.ones(rows.stop - rows.start, dtype=bool)
    alone = (pool.problem.unplaced[block.members[group]] + block.apart[group]) * pool.scale
    single = 1 << np.arange(block.size)
    while todo:
        values, at = _cheapest_parts(pool, block, rows, prices, left, open_homes)
        cheapest = values.copy()
        cheapest[single] = np.minimum(cheapest[single], alone)
        part = block.first_part(cheapest, todo)
        todo ^= part
        if values[part] >= NEVER or cheapest[part] < values[part]:
            continue
        home = int(block.home[rows][at[part]])
        members = block.part(group, part)
        place_of[list(members)] = home
        left[home] -= pool.resources.real_use(int(block.numbers[group]), members, home)
        open_homes[at[part]] = False


def _cheapest_parts(
    pool: Pool, block: GroupBlock, rows: slice, prices: Ints, left: Ints, open_homes: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """Value and home of the cheapest way to house each part of one group in the room left."""
    room = pool.resources.extend(left[block.home[rows]])[:, None, :]
    while True:
        values = block.values(prices, pool.scale, rows)
        values[~open_homes] = NEVER
        values[~(block.use[rows] <= room).all(axis=-1)] = NEVER
        at = values.argmin(axis=0)
        parts = np.arange(at.size)
        chosen = np.zeros(block.known.shape, dtype=bool)
        chosen[rows.start + at, parts] = values[at, parts] < NEVER
        if not block.learn(chosen):
            return values.min(axis=0), at
