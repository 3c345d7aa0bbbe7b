"""Partition columns: one child at a home, a part of a group at a home, or one child without a home.

A plan is a choice of columns in which every child is covered exactly once and no home's resource is used
beyond its capacity. The apart charge is carried by the columns of a group, one for each home used and one
for each member without a home; each group's constant ``-apart`` makes the sum right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from solvers.bound import Pool, Priced
from solvers.plan import Plan
from solvers.problem import AssignmentProblem, Ints

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Columns:
    """Columns as arrays.

    Attributes:
        cost: Unscaled, with the apart charge where the column belongs to a group, ``(columns,)``.
        home: Home of each column, -1 for none.
        use: Extended use, ``(columns, extended)``.
        cover_child: Children covered, column after column, ``(covers,)``.
        cover_column: Column of each cover, ascending.
        arc: Index of the pair of a column of one child at a home, -1 for the others.
        constant: What the objective adds to the sum of costs: less apart for every group.
    """

    cost: Ints
    home: Ints
    use: Ints
    cover_child: Ints
    cover_column: npt.NDArray[np.intp]
    arc: npt.NDArray[np.intp]
    constant: int

    def place_of(self, chosen: npt.NDArray[np.intp], children: int) -> Ints:
        """Where each child is when these columns are chosen."""
        place = np.full(children, -1, dtype=np.int64)
        picked = np.isin(self.cover_column, chosen)
        place[self.cover_child[picked]] = self.home[self.cover_column[picked]]
        return place


def build_columns(pool: Pool, singles: Mask, parts: list[Mask], nowhere: Mask) -> Columns:
    """Make columns of the arcs, group parts and children without a home that are wanted.

    Args:
        pool: The pairs known.
        singles: Which arcs of children alone, ``(pairs,)``.
        parts: For each block of groups, which parts at which entries, ``(entries, 2 ** k)``.
        nowhere: Which children may be left without a home, ``(children,)``.
    """
    problem, arcs, resources = pool.problem, pool.arcs, pool.resources
    arc = np.flatnonzero(singles)
    left = np.flatnonzero(nowhere)
    apart = np.zeros(problem.children, dtype=np.int64)
    cost, home, use = [arcs.cost[arc]], [arcs.home[arc]], [resources.alone_use(arcs.child.size)[arc]]
    child, column = [arcs.child[arc]], [np.arange(arc.size)]
    count = arc.size
    pair = [arc]
    for block, wanted in zip(pool.blocks, parts, strict=True):
        apart[block.members] = block.apart[:, None]
        entry, mask = np.nonzero(wanted)
        owner = block.owner[entry]
        cost.append(block.cost[entry, mask] + block.apart[owner])
        home.append(block.home[entry])
        use.append(block.use[entry, mask])
        which, member = np.nonzero(mask[:, None] >> np.arange(block.size) & 1)
        child.append(block.members[owner[which], member])
        column.append(count + which)
        alone = np.full(mask.size, -1, dtype=np.intp)
        one = np.flatnonzero(mask & (mask - 1) == 0)
        member = np.log2(mask[one]).astype(np.int64)
        alone[one] = arcs.find(block.members[owner[one], member], block.home[entry[one]])
        pair.append(alone)
        count += mask.size
    cost.append((problem.unplaced + apart)[left])
    home.append(np.full(left.size, -1, dtype=np.int64))
    use.append(np.zeros((left.size, resources.alone.size), dtype=np.int64))
    child.append(left)
    column.append(count + np.arange(left.size))
    return Columns(
        np.concatenate(cost), np.concatenate(home), np.concatenate(use), np.concatenate(child),
        np.concatenate(column), np.concatenate((*pair, np.full(left.size, -1))), -int(problem.apart.sum()),
    )  # fmt: skip


def columns_under(pool: Pool, priced: Priced, threshold: int) -> Columns:
    """Make every column whose scaled regret is at most ``threshold``; regrets up to it must be exact."""
    nowhere = priced.nowhere <= threshold
    for block, group in zip(pool.blocks, priced.groups, strict=True):
        nowhere[block.members] = group.nowhere <= threshold
    parts = [group.regret <= threshold for group in priced.groups]
    return build_columns(pool, priced.regret <= threshold, parts, nowhere)


def columns_in(columns: Columns, problem: AssignmentProblem, plan: Plan) -> Ints:
    """Which columns make up the plan, 0 or 1, every group as few parts as there are homes it uses."""
    child, at = columns.cover_child, columns.home[columns.cover_column]
    together = np.ones(problem.children, dtype=np.int64)
    for group in problem.groups:
        places = plan.place_of[list(group)]
        together[list(group)] = np.where(places >= 0, (places[:, None] == places).sum(axis=1), 1)
    covered, right, wanted = (np.zeros(columns.cost.size, dtype=np.int64) for _ in range(3))
    np.add.at(covered, columns.cover_column, 1)
    np.add.at(right, columns.cover_column, plan.place_of[child] == at)
    wanted[columns.cover_column] = together[child]
    return np.asarray((covered == right) & (covered == wanted), dtype=np.int64)
