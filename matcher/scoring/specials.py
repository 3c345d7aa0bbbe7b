"""The few pairs with something of their own on record: a wish, a refusal, an offer, a brother, a present home."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

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
from models.child import Child, Circumstances
from models.home import Home
from models.vocabulary import Sex


@dataclass(slots=True)
class _Notes:
    """What is on record of one pair."""

    marks: int = 0
    held_self: int = 0
    held_unit: int = 0
    siblings: int = 0


def offers_in_force(case: Case) -> dict[str, frozenset[str]]:
    """By home, the children for whom a place is held there on the case's date, save those who live there."""
    found: dict[str, set[str]] = defaultdict(set)
    for offer in case.offers_in_force:
        found[offer.home_id].add(offer.child_id)
    return {home: frozenset(children) for home, children in found.items()}


def unit_mates(case: Case) -> dict[str, frozenset[str]]:
    """By child, the others of their sibling unit; a child without a unit is not there."""
    found = {}
    for child, group in case.siblings_of.items():
        unit = next((unit for unit in group.planned_units if child in unit), ())
        if len(unit) > 1:
            found[child] = frozenset(unit) - {child}
    return found


def specials(
    case: Case, searches: Sequence[Search], homes: Sequence[Home], column: Mapping[str, int]
) -> tuple[Table, Int64]:
    """Collect the special pairs of every row.

    Args:
        case: The case.
        searches: The rows.
        homes: The columns.
        column: Each home's column, by id.

    Returns:
        A table of ``SPECIAL``, row after row, its last entry of no pair and all 0; and where each row's part
        starts, int64 (rows + 1,).
    """
    searching = frozenset(search.child.id for search in searches)
    on_record, held = _flags_by_child(case, homes, searching), _held_by_child(case)
    rows = []
    for search in searches:
        child, notes = search.child.id, _Row(column)
        for home_id, flag in chain(on_record[child], _wishes(search.circumstances)):
            notes.at(home_id).marks |= flag
        for home_id in held.get(child, ()):
            notes.at(home_id).held_self += 1
        for home_id in chain(*(held.get(member, ()) for member in (child, *search.mates))):
            notes.at(home_id).held_unit += 1
        _add_siblings(notes, case, search, [case.child[mate] for mate in search.mates - searching])
        rows.append(notes.kept)
    return _pack(rows)


class _Row:
    """The notes of one row, by column; those of homes that are no column are let go."""

    def __init__(self, column: Mapping[str, int]) -> None:
        self.column = column
        self.kept: dict[int, _Notes] = defaultdict(_Notes)

    def at(self, home_id: str) -> _Notes:
        return self.kept[self.column[home_id]] if home_id in self.column else _Notes()


def _flags_by_child(case: Case, homes: Iterable[Home], searching: frozenset[str]) -> dict[str, list[tuple[str, int]]]:
    """By child of those searching, homes with what is on record of the pair, whatever the search."""
    found: dict[str, list[tuple[str, int]]] = {child: [] for child in searching}
    for refusal in case.refusals:
        if refusal.child_id in found:
            found[refusal.child_id].append((refusal.home_id, DECLINED))
    for child in searching & case.placement_of.keys():
        placement = case.placement_of[child]
        if placement.home_id is not None:
            found[child].append((placement.home_id, PRESENT if placement.ends_on is None else PRESENT | DECLINED))
    for home in homes:
        for child in searching & home.connected_children if home.connected else ():
            found[child].append((home.id, NAMED))
        for child in searching & home.terms.exempt_children if home.terms.exempt_children else ():
            found[child].append((home.id, EXEMPT))
    return found


def _held_by_child(case: Case) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for home, children in offers_in_force(case).items():
        for child in children:
            found[child].append(home)
    return found


def _wishes(circumstances: Circumstances) -> list[tuple[str, int]]:
    wishes = circumstances.wishes
    return [(home, WANTED) for home in wishes.homes_wanted] + [(home, NOT_WANTED) for home in wishes.homes_not_wanted]


def _add_siblings(notes: _Row, case: Case, search: Search, mates: Iterable[Child]) -> None:
    """Count the brothers and sisters who stay in each home, and note where the child could share with one."""
    could_share = set()
    for mate in mates:
        placement = case.placement_of.get(mate.id)
        if placement is None or placement.home_id is None or leaves(placement.ends_on) <= day_code(search.day):
            continue
        notes.at(placement.home_id).siblings += 1
        if may_share(search.child, mate, search.day, case.policy.mixed_sex_share_under):
            could_share.add(placement.home_id)
    for home_id in could_share:
        if notes.at(home_id).siblings < 2 * case.home[home_id].double_bedrooms:
            notes.at(home_id).marks |= SHARES


def may_share(one: Child, other: Child, day: dt.date, mixed_sex_under: int) -> bool:
    """Whether a brother or sister may share a bedroom with another: of one sex, or both under the age on the day."""
    same_sex = one.sex is other.sex and one.sex is not Sex.UNKNOWN
    return same_sex or max(one.age_on(day), other.age_on(day)) < mixed_sex_under


def _pack(rows: Sequence[Mapping[int, _Notes]]) -> tuple[Table, Int64]:
    pairs = [
        (column, note.marks, note.held_self, note.held_unit, note.siblings)
        for row in rows
        for column, note in sorted(row.items(), key=itemgetter(0))
    ]
    values = np.array([*pairs, (-1, 0, 0, 0, 0)], np.int32)
    start = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
    return table(SPECIAL, dict(zip(SPECIAL, values.T, strict=True)), (len(values),)), start
