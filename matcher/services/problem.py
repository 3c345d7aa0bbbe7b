"""A run as an assignment problem: searching children are rows, homes are columns, units of siblings are groups."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import le

import numpy as np
import numpy.typing as npt

from matcher.scoring import Encoded, encode, score_pairs
from matcher.services.households import household_faults
from matcher.services.room import HELD, Room, Row, capacity, needs_bedroom, rooms, row_alone, row_together
from matcher.services.searches import Searches, as_searched
from matcher.services.sharing import why_not_together
from matcher.services.units import Unit, units_in_run
from models.case import Case
from models.child import Child
from models.vocabulary import Solo
from solvers import AssignmentProblem

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Stated:
    """A problem ready to be solved, and what is needed to read its answer.

    ``children`` are the rows: first those searching, in the order of ``searches``; then brothers and sisters
    who stay where they live, each with that home only. ``cost`` and ``bits`` are ``(searching, homes)``.
    """

    case: Case
    searches: Searches
    cost: Ints
    bits: Ints
    children: tuple[Child, ...]
    units: tuple[Unit, ...]
    rooms: tuple[Room, ...]
    locks: dict[str, int]
    problem: AssignmentProblem

    @property
    def searching(self) -> int:
        """How many rows are children searching for a home."""
        return len(self.searches.referrals)

    def suitable(self, row: int) -> Ints:
        """Columns of the homes that pass every rule for a child and have room for the child alone, before any moves."""
        columns = np.flatnonzero(self.bits[row] == 0)
        child, policy, day = self.children[row], self.case.policy, self.case.as_at
        fits = [
            all(map(le, row_alone(self.rooms[c], child, policy, day), self.problem.capacity[c]))
            for c in columns.tolist()
        ]
        found: Ints = columns[np.array(fits, dtype=bool)]
        return found

    def clashes(self, place_of: Ints) -> list[tuple[tuple[int, ...], int]]:
        """Searching children given one home who may not all be there, with that home: of pairs, then households.

        A child whose place there is agreed is not named: it is the others who may not come.
        """
        given: dict[int, list[int]] = {}
        for row, home in enumerate(place_of[: self.searching].tolist()):
            if home >= 0:
                given.setdefault(home, []).append(row)
        found: list[tuple[tuple[int, ...], int]] = []
        for home, rows in sorted(given.items()):
            pairs = [pair for pair in combinations(rows, 2) if self._clash(*pair, home)]
            # Capacity rules this out but for the rarest mixtures of holds, exemptions and sibling places.
            whole = not pairs and len(rows) > 1 and any(self._over(home, rows))
            for together in [*pairs, *([tuple(rows)] if whole else [])]:
                found.append((tuple(row for row in together if self.locks.get(self.children[row].id) != home), home))
        return found

    def _over(self, home: int, rows: Sequence[int]) -> Iterable[str]:
        moved_in = [self.children[row] for row in rows]
        return household_faults(self.case, self.case.homes[home], moved_in, self.searches)

    def _clash(self, a: int, b: int, home: int) -> bool:
        first, second = self.children[a], self.children[b]
        if {self.locks.get(first.id), self.locks.get(second.id)} == {home}:
            return False
        siblings = any({first.id, second.id} <= set(unit.searching) for unit in self.units)
        return why_not_together(first, second, self.case.homes[home], self.case.as_at, siblings=siblings) is not None


@dataclass(frozen=True)
class Run(Stated):
    """A run of one authority: its problem, and its children and homes as arrays."""

    encoded: Encoded


def build(case: Case, searches: Searches, *, charge: int = 0) -> Run:
    """Score every pair of a run and state it as an assignment problem; see :func:`state`."""
    encoded = encode(case, searches.referrals)
    return Run(**vars(state(case, searches, *score_pairs(encoded), charge=charge)), encoded=encoded)


def state(case: Case, searches: Searches, cost: Ints, bits: Ints, *, dearer: int = 0, charge: int = 0) -> Stated:
    """State as an assignment problem a run whose pairs are scored: ``cost`` and ``bits``, ``(searching, homes)``.

    Unplaced costs one penny more than the dearest pair allowed plus the dearest separation, so a child is
    left without a home only where none is lawful and suitable, or every one is taken. ``dearer`` is the most
    that the caller will yet add to the cost of a pair. ``charge`` is what unplaced costs at least, where runs are
    to be compared.
    """
    home_at = {home.id: column for column, home in enumerate(case.homes)}
    locks = {o.child_id: home_at[o.home_id] for o in case.offers_in_force if o.agreed}
    found = rooms(case, searches.children)
    units = units_in_run(case, searches.children)
    staying = tuple((child, home_at[home]) for unit in units for child, home in unit.staying)
    children = tuple(as_searched(case, r) for r in searches.referrals) + tuple(case.child[c] for c, _ in staying)
    row, column, pence = _allowed(searches, cost, bits, locks)
    apart = case.policy.siblings_apart
    largest = max((unit.size for unit in units), default=1)
    dearest = int(pence.max(initial=0)) + dearer + apart * (largest - 1)
    stay_rows = np.arange(len(searches.referrals), len(children), dtype=np.int64)
    row = np.concatenate([row, stay_rows])
    column = np.concatenate([column, np.array([home for _, home in staying], dtype=np.int64)])
    at = {child.id: index for index, child in enumerate(children)}
    groups = [sorted(at[c] for c in (*u.searching, *(child for child, _ in u.staying))) for u in units]
    use = _Use(case, children, found, len(searches.referrals))
    problem = AssignmentProblem.from_arcs(
        row,
        column,
        np.concatenate([pence, np.zeros(len(staying), dtype=np.int64)]),
        capacity(found),
        children=len(children),
        groups=groups,
        unplaced=_unplaced(children, searches, locks, max(dearest + 1, charge), largest),
        apart=apart,
        units=use.alone(row, column),
        use=use.together,
    )
    return Stated(case, searches, cost, bits, children, units, found, locks, problem)


def _unplaced(children: Iterable[Child], searches: Searches, locks: dict[str, int], charge: int, largest: int) -> Ints:
    """What leaving each child out costs: of one who stays, or is agreed, more than of all the unit they could part."""
    fixed = [child.id in locks or child.id not in searches.children for child in children]
    return np.where(np.array(fixed, dtype=bool), charge * (largest + 2), charge).astype(np.int64)


def _allowed(searches: Searches, cost: Ints, bits: Ints, locks: dict[str, int]) -> tuple[Ints, Ints, Ints]:
    """Rows, columns and costs of the pairs a plan may use: those that pass every rule, or the one that is agreed."""
    allowed = bits == 0
    for row, referral in enumerate(searches.referrals):
        if referral.child_id in locks:
            allowed[row] = False
            allowed[row, locks[referral.child_id]] = True
    row_index, column = np.nonzero(allowed)
    return row_index.astype(np.int64), column.astype(np.int64), cost[row_index, column]


class _Use:
    """What children use of a home, alone or as siblings together, as the solver asks for it."""

    def __init__(self, case: Case, children: Sequence[Child], found: Sequence[Room], searching: int) -> None:
        self.case = case
        self.children = children
        self.rooms = found
        self.searching = searching
        sound = {room.home.id for room in found if room.holds_are_sound}
        alone = {room.home.id for room in found if room.holds_alone_are_sound}
        holds = case.offers_in_force
        self.held = {(o.child_id, o.home_id) for o in holds if o.agreed or o.home_id in sound}
        self.held_alone = {(o.child_id, o.home_id) for o in holds if o.agreed or o.home_id in alone}

    def alone(self, rows: Ints, columns: Ints) -> Ints:
        """What each pair uses, ``(pairs, resources)``: worked out once for every kind of child, then the exceptions."""
        if not rows.size:
            return np.zeros((0, len(HELD)), dtype=np.int64)
        named = {child for child, _ in self.held} | {c for room in self.rooms for c in room.home.terms.exempt_children}
        special = [row >= self.searching or child.id in named for row, child in enumerate(self.children)]
        kinds = [self._kind(row) for row in range(len(self.children))]
        # A child like the others of the kind stands for it where there is one: what is special is put right below.
        stands_for = {kinds[row]: row for row in sorted(range(len(kinds)), key=special.__getitem__, reverse=True)}
        number = {kind: index for index, kind in enumerate(stands_for)}
        table = [[self._plain(row, at) for at in range(len(self.rooms))] for row in stands_for.values()]
        use: Ints = np.array(table, dtype=np.int64)[np.array([number[kind] for kind in kinds])[rows], columns]
        for pair in np.flatnonzero(np.array(special)[rows]).tolist():
            use[pair] = self._one(int(rows[pair]), int(columns[pair]))
        return use

    def _kind(self, row: int) -> tuple[bool, bool]:
        child = self.children[row]
        bedroom = needs_bedroom(child, self.case.as_at, self.case.policy)
        return child.circumstances.solo is Solo.REQUIRED, bedroom

    def _plain(self, row: int, column: int) -> Row:
        return row_alone(self.rooms[column], self.children[row], self.case.policy, self.case.as_at)

    def _one(self, row: int, column: int) -> Row:
        held = (self.children[row].id, self.rooms[column].home.id) in self.held_alone
        return HELD if row >= self.searching or held else self._plain(row, column)

    def together(self, _group: int, members: tuple[int, ...], home: int) -> Row:
        """What members of a unit use at one home; those who live there already use nothing."""
        arriving = [row for row in members if row < self.searching]
        if len(arriving) < 2:
            return self._one(arriving[0], home) if arriving else HELD
        children = [self.children[row] for row in arriving]
        held = [child for child in children if (child.id, self.rooms[home].home.id) in self.held]
        return row_together(self.rooms[home], children, self.case.policy, self.case.as_at, held=held)
