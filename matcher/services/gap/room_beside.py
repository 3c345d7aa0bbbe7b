"""What room a plan leaves: whether some children could live in a home beside all whom the plan gives it."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import product

import numpy as np

from matcher.services.gap.reopened import Reopened
from matcher.services.openings import room_left
from matcher.services.room import Row, row_alone
from matcher.services.sharing import why_not_together


class RoomBeside:
    """The room left beside one plan."""

    def __init__(self, reopened: Reopened) -> None:
        self.run, self.place_of = reopened.run, reopened.place_of
        self.left = room_left(self.run, self.place_of).tolist()
        self.start = np.searchsorted(self.run.problem.child, np.arange(len(self.run.children) + 1))
        self.moved_in: dict[int, list[int]] = defaultdict(list)
        for row, home in enumerate(self.place_of[: self.run.searching].tolist()):
            if home >= 0:
                self.moved_in[home].append(row)
        self.group_of = {row: number for number, rows in enumerate(self.run.problem.groups) for row in rows}

    def fits(self, rows: Sequence[int], column: int) -> bool:
        """Whether these rows, one child or brothers and sisters of one unit, could live there with nobody moved.

        Rules of the pair are not asked; those between children moving in are.
        """
        if any(use > left for use, left in zip(self._use(rows, column), self.left[column], strict=True)):
            return False
        return not any(self._apart(row, other, column) for row, other in product(rows, self.moved_in[column]))

    def _use(self, rows: Sequence[int], column: int) -> Row:
        run, row = self.run, rows[0]
        problem = run.problem
        if len(rows) > 1 and problem.use is not None:
            return tuple(problem.use(self.group_of[row], tuple(rows), column))
        first, last = self.start[row : row + 2]
        at = first + np.searchsorted(problem.home[first:last], column)
        if at < last and problem.home[at] == column and problem.units is not None:
            places, bedrooms, single = problem.units[at].tolist()
            return (places, bedrooms, single)
        return row_alone(run.rooms[column], run.children[row], run.case.policy, run.case.as_at)

    def _apart(self, row: int, other: int, column: int) -> bool:
        run = self.run
        siblings = self.group_of.get(row, -1) == self.group_of.get(other, -2)
        home = run.case.homes[column]
        return (
            why_not_together(run.children[row], run.children[other], home, run.case.as_at, siblings=siblings)
            is not None
        )
