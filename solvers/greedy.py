"""A lawful plan quickly: groups one by one at given prices, then children alone by flow, then whoever is left."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from solvers.arcs import NEVER, Arcs
from solvers.bound import Pool
from solvers.fill import filled
from solvers.flow import flow_assignment
from solvers.groups import GroupTable
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
    for number in order.tolist():
        _house(pool, pool.tables[number], prices, place_of, left)
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


def _house(pool: Pool, table: GroupTable, prices: Ints, place_of: Ints, left: Ints) -> None:
    """Give one group the best parts that fit, one part at a time, updating ``place_of`` and ``left``."""
    problem, resources = pool.problem, pool.resources
    apart = int(problem.apart[table.number])
    todo = (1 << table.size) - 1 if table.homes.size else 0
    open_homes = np.ones(table.homes.size, dtype=bool)
    alone = (problem.unplaced[table.members] + apart) * pool.scale
    while todo:
        values, at = _cheapest_parts(pool, table, prices, apart, left, open_homes)
        part = table.first_part(values, alone, todo)
        todo ^= part
        if values[part] >= NEVER or (part.bit_count() == 1 and alone[part.bit_length() - 1] < values[part]):
            continue
        home = int(table.homes[at[part]])
        members = table.part(part)
        place_of[list(members)] = home
        left[home] -= resources.real_use(table.number, members, home)
        open_homes[at[part]] = False


def _cheapest_parts(
    pool: Pool, table: GroupTable, prices: Ints, apart: int, left: Ints, open_homes: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """Value and home of the cheapest way to house each part in the room left."""
    while True:
        values = table.values(prices, apart, pool.scale)
        values[:, ~open_homes] = NEVER
        room = pool.resources.extend(left[table.homes])
        values[~(table.use <= room).all(axis=-1)] = NEVER
        at = values.argmin(axis=1)
        chosen = np.zeros_like(table.known)
        chosen[np.arange(len(at)), at] = values[np.arange(len(at)), at] < NEVER
        if not table.learn(chosen):
            return values.min(axis=1), at
