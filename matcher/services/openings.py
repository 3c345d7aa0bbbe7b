"""The fewest relaxable rules that would open a home for a child, and whether that home has room in the plan.

Rules ``S`` open a home when every rule it fails is in ``S``. So a smallest ``S`` is the failed rules of some home,
and the least number of bits among homes whose failed rules can all be relaxed is exact.
"""

from collections import defaultdict
from collections.abc import Iterable
from operator import le

import numpy as np

from matcher.services.problem import Ints, Run
from matcher.services.room import row_alone
from matcher.services.sharing import why_not_together
from matcher.services.why_results import OpenedHome, Opening, RelaxableRule
from models.child import Child
from models.rules import RULES, RuleId, rules_in
from models.vocabulary import Solo

_SHOWN = 3
_RELAXABLE = sum(rule.bit for rule in RULES if rule.relaxation is not None)
_PLACE = sum(1 << rule for rule in (RuleId.FULL, RuleId.USUAL_LIMIT, RuleId.NOT_AVAILABLE, RuleId.HELD))
_BEDROOM, _SOLO = 1 << RuleId.BEDROOM, 1 << RuleId.SOLO
_Found = dict[int, list[tuple[bool, int, int]]]


class Openings:
    """Looks for openings beside one plan.

    Args:
        run: The run.
        place_of: The plan: home of each row, -1 for none.
    """

    def __init__(self, run: Run, place_of: Ints) -> None:
        self.run = run
        self.moved_in: dict[int, list[int]] = defaultdict(list)
        for row, home in enumerate(place_of[: run.searching].tolist()):
            if home >= 0:
                self.moved_in[home].append(row)
        self.left = room_left(run, place_of)

    def of(self, row: int) -> tuple[Opening, ...]:
        """The fewest rules to relax for a child: to open any home and, if none of those has room, one with room.

        Sets of rules with room in the plan come first, then by the cost of their best home. None for a child whose
        place is agreed, or where every home fails a rule that nobody may relax.
        """
        if self.run.children[row].id in self.run.locks:
            return ()
        bits = self.run.bits[row]
        near = np.flatnonzero((bits != 0) & (bits & ~_RELAXABLE == 0))
        size = np.bitwise_count(bits[near])
        kept: _Found = {}
        for rules in np.unique(size).tolist():
            found = self._open(row, near[size == rules])
            with_room = {failed: homes for failed, homes in found.items() if any(free for free, *_ in homes)}
            if with_room:
                kept |= with_room if kept else found
                break
            kept = kept or found
        made = [(self._first(homes), self._opening(failed, homes)) for failed, homes in kept.items()]
        return tuple(opening for _, opening in sorted(made, key=lambda pair: pair[0]))

    def _open(self, row: int, columns: Ints) -> _Found:
        """By failed rules, the homes that open: whether there is room beside the plan, cost, column."""
        found: _Found = defaultdict(list)
        for column in columns.tolist():
            failed = int(self.run.bits[row, column])
            child = _relaxed(self.run.children[row], failed)
            if self._fits(child, column, failed, self.run.problem.capacity[column]):
                cost = int(self.run.cost[row, column])
                found[failed].append((self._has_room(row, child, column, failed), cost, column))
        return dict(found)

    def _fits(self, child: Child, column: int, failed: int, room: Iterable[int]) -> bool:
        """Whether the child alone fits in what a home has, but for what the relaxed rules make room for."""
        case, at = self.run.case, self.run.rooms[column]
        place = bool(failed & _PLACE)
        bedroom = bool(failed & _BEDROOM) or (place and not at.household)
        fits = map(le, row_alone(at, child, case.policy, case.as_at), room)
        return all(ok or waived for ok, waived in zip(fits, (place, bedroom, place), strict=True))

    def _has_room(self, row: int, child: Child, column: int, failed: int) -> bool:
        others = self.moved_in[column]
        if others and failed & (_PLACE | _BEDROOM):
            return False
        return self._fits(child, column, failed, self.left[column]) and not any(
            self._apart(row, child, other, column) for other in others
        )

    def _apart(self, row: int, child: Child, other: int, column: int) -> bool:
        run, mate = self.run, self.run.children[other]
        siblings = any({run.children[row].id, mate.id} <= set(unit.searching) for unit in run.units)
        return why_not_together(child, mate, run.case.homes[column], run.case.as_at, siblings=siblings) is not None

    @staticmethod
    def _first(homes: list[tuple[bool, int, int]]) -> tuple[bool, int, int]:
        return min((not free, cost, column) for free, cost, column in homes)

    def _opening(self, failed: int, homes: list[tuple[bool, int, int]]) -> Opening:
        best = sorted(homes, key=lambda home: (not home[0], *home[1:]))[:_SHOWN]
        ids = self.run.case.homes
        return Opening(
            rules=tuple(
                RelaxableRule(rule=rule.id, title=rule.title, **rule.relaxation.model_dump())
                for rule in rules_in(failed)
                if rule.relaxation is not None
            ),
            homes=len(homes),
            with_room=sum(free for free, *_ in homes),
            best=tuple(OpenedHome(home_id=ids[c].id, cost_pence=cost, room_in_plan=free) for free, cost, c in best),
        )


def _relaxed(child: Child, failed: int) -> Child:
    """The child as they would be placed: where SOLO is relaxed, they may live with others."""
    if not failed & _SOLO or child.circumstances.solo is not Solo.REQUIRED:
        return child
    return child.model_copy(update={"circumstances": child.circumstances.model_copy(update={"solo": None})})


def room_left(run: Run, place_of: Ints) -> Ints:
    """What a plan leaves of every home's room, ``(homes, resources)``."""
    problem, left = run.problem, run.problem.capacity.copy()
    alone = place_of >= 0
    for number, members in enumerate(problem.groups):
        for home in set(place_of[list(members)].tolist()) - {-1}:
            rows = [row for row in members if place_of[row] == home]
            if len(rows) > 1 and problem.use is not None:
                left[home] -= np.asarray(problem.use(number, tuple(rows), home))
                alone[rows] = False
    child = np.flatnonzero(alone)
    if problem.units is not None and child.size:
        np.subtract.at(left, place_of[child], problem.units[problem.find(child, place_of[child])])
    return left
