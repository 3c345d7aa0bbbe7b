"""The few pairs with something of their own on record: a wish, a refusal, an offer, a brother, a present home."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from matcher.scoring.arrays import (
    DECLINED,
    EXEMPT,
    NAMED,
    NOT_WANTED,
    PRESENT,
    SHARES,
    SPECIAL,
    WANTED,
    Int64,
    Table,
    table,
)
from matcher.scoring.coding import day_code, leaves
from matcher.scoring.rows import Search
from models.case import Case
from models.child import Child, Wishes
from models.home import Home
from models.vocabulary import Sex


def offers_in_force(case: Case) -> dict[str, frozenset[str]]:
    """By home, the children for whom a place is held there on the case's date, save those who live there."""
    found: dict[str, set[str]] = defaultdict(set)
    for offer in case.offers_in_force:
        found[offer.home_id].add(offer.child_id)
    return {home: frozenset(children) for home, children in found.items()}


def unit_mates(case: Case, child_id: str) -> frozenset[str]:
    """The others of the child's sibling unit, nobody where the child has none."""
    group = case.siblings_of.get(child_id)
    units = group.planned_units if group else ()
    return next((frozenset(unit) - {child_id} for unit in units if child_id in unit), frozenset())


def specials(
    case: Case,
    searches: Sequence[Search],
    homes: Sequence[Home],
    column: Mapping[str, int],
    held: Mapping[str, frozenset[str]],
) -> tuple[Table, Int64]:
    """Collect the special pairs of every row.

    Args:
        case: The case.
        searches: The rows.
        homes: The columns.
        column: The column of each home, by id.
        held: By home id, the children for whom a place is held.

    Returns:
        A table of ``SPECIAL``, row after row, its last entry of no pair and all 0; and where each row's part
        starts, int64 (rows + 1,).
    """
    notes = _Notes(searches, column)
    _add_records(notes, case, homes)
    held_for = _by_child(held)
    for row, search in enumerate(searches):
        _add_wishes(notes, row, search.circumstances.wishes)
        for member in (search.child.id, *search.mates):
            for home_id in held_for.get(member, ()):
                notes.add(row, home_id, held_self=member == search.child.id, held_unit=True)
        _add_siblings(notes, case, row, search, [case.child[mate] for mate in search.mates if mate not in notes.rows])
    return notes.packed(len(searches))


class _Notes:
    """What is on record of pairs, note by note; of homes that are no column nothing is kept.

    Attributes:
        rows: The rows of each child who searches.
    """

    def __init__(self, searches: Sequence[Search], column: Mapping[str, int]) -> None:
        self.rows: dict[str, list[int]] = defaultdict(list)
        for row, search in enumerate(searches):
            self.rows[search.child.id].append(row)
        self._column = column
        self._notes: list[tuple[int, int, int, int, int, int]] = []

    def add(
        self, row: int, home_id: str, *, marks: int = 0, held_self: int = 0, held_unit: int = 0, siblings: int = 0
    ) -> None:
        """Note something of one pair: marks are put together with earlier ones, the rest is added up."""
        column = self._column.get(home_id)
        if column is not None:
            self._notes.append((row, column, marks, held_self, held_unit, siblings))

    def add_of_child(self, child_id: str, home_id: str, marks: int) -> None:
        """Note marks of a child and a home in every row of the child."""
        for row in self.rows.get(child_id, ()):
            self.add(row, home_id, marks=marks)

    def packed(self, rows: int) -> tuple[Table, Int64]:
        """As :func:`specials` returns them."""
        row, column, marks, *counts = np.array(self._notes, np.int64).reshape(-1, 6).T
        pairs, pair = np.unique(row << 32 | column, return_inverse=True)
        found = np.zeros((len(SPECIAL), pairs.size + 1), np.int32)
        found[0] = [*(pairs & 0xFFFFFFFF), -1]
        np.bitwise_or.at(found[1], pair, marks.astype(np.int32))
        for total, count in zip(found[2:], counts, strict=True):
            np.add.at(total, pair, count.astype(np.int32))
        start = np.searchsorted(pairs >> 32, np.arange(rows + 1))
        return table(SPECIAL, dict(zip(SPECIAL, found, strict=True)), (pairs.size + 1,)), start


def _add_records(notes: _Notes, case: Case, homes: Iterable[Home]) -> None:
    """Note what is on record of a pair whatever the search."""
    for refusal in case.refusals:
        notes.add_of_child(refusal.child_id, refusal.home_id, DECLINED)
    for child in notes.rows.keys() & case.placement_of.keys():
        placement = case.placement_of[child]
        if placement.home_id is not None:
            notes.add_of_child(child, placement.home_id, PRESENT if placement.ends_on is None else PRESENT | DECLINED)
    for home in homes:
        for child in home.connected_children if home.connected else ():
            notes.add_of_child(child, home.id, NAMED)
        for child in home.terms.exempt_children:
            notes.add_of_child(child, home.id, EXEMPT)


def _by_child(held: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for home, children in held.items():
        for child in children:
            found[child].append(home)
    return found


def _add_wishes(notes: _Notes, row: int, wishes: Wishes) -> None:
    for home_id in wishes.homes_wanted:
        notes.add(row, home_id, marks=WANTED)
    for home_id in wishes.homes_not_wanted:
        notes.add(row, home_id, marks=NOT_WANTED)


def _add_siblings(notes: _Notes, case: Case, row: int, search: Search, mates: Iterable[Child]) -> None:
    """Count the brothers and sisters who stay in each home, and note where the child could share with one."""
    there: Counter[str] = Counter()
    could_share = set()
    for mate in mates:
        placement = case.placement_of.get(mate.id)
        if placement is None or placement.home_id is None or leaves(placement.ends_on) <= day_code(search.day):
            continue
        there[placement.home_id] += 1
        if may_share(search.child, mate, search.day, case.policy.mixed_sex_share_under):
            could_share.add(placement.home_id)
    for home_id, siblings in there.items():
        shares = home_id in could_share and siblings < 2 * case.home[home_id].double_bedrooms
        notes.add(row, home_id, marks=SHARES if shares else 0, siblings=siblings)


def may_share(one: Child, other: Child, day: dt.date, mixed_sex_under: int) -> bool:
    """Whether a brother or sister may share a bedroom with another: of one sex, or both under the age on the day."""
    same_sex = one.sex is other.sex and one.sex is not Sex.UNKNOWN
    return same_sex or max(one.age_on(day), other.age_on(day)) < mixed_sex_under
