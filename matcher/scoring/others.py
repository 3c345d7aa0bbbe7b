"""Who else lives in each home: the children who stay and every resident, added up for each day needed."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from matcher.scoring.arrays import HOUSEHOLD, Bools, Int32, Int64, Table, table
from matcher.scoring.coding import NEVER, blocks, coded, day_code, day_or_0, leaves, risk_mask
from models.case import Case
from models.child import Child, Circumstances
from models.home import Resident
from models.placement import Placement
from models.vocabulary import Alongside, ResidentKind, Solo

_ADULT, _ELSEWHERE = 18, -1


class Others(NamedTuple):
    """Everybody who lives in the homes and is not searching, one element each, in any order.

    ``born`` 0 is not known, ``leaves`` NEVER is staying.
    """

    column: Int64
    leaves: Int64
    born: Int64
    takes_place: Bools
    takes_bedroom: Bools
    staying_put: Bools
    solo: Bools
    only_older: Bools
    only_younger: Bools
    risks_to: Int64
    risks_from: Int64


def others_in(case: Case, column: Mapping[str, int], searching: frozenset[str]) -> Others:
    """Everybody who lives in these homes, given by id with their columns, and is not searching."""
    newer = _newer_circumstances(case)
    staying = [placement for placement in case.placements if placement.child_id not in searching]
    parts = [_own_children(case.child, block, column, newer) for block in blocks(staying)]
    parts += [_residents(block, column) for block in blocks(case.residents)]
    fields = [np.concatenate(field) for field in zip(*parts, strict=True)]
    here = fields[0] != _ELSEWHERE
    return Others(*(field[here] for field in fields))


def _own_children(
    by_id: Mapping[str, Child],
    placements: Sequence[Placement],
    column: Mapping[str, int],
    newer: Mapping[str, Circumstances],
) -> Others:
    children = [by_id[placement.child_id] for placement in placements]
    known = [newer.get(child.id, child.circumstances) for child in children]
    everyone, nobody = np.ones(len(placements), np.bool_), np.zeros(len(placements), np.bool_)
    return Others(
        column=_columns([placement.home_id for placement in placements], column),
        leaves=coded([placement.ends_on for placement in placements], leaves),
        born=coded([child.born for child in children], day_code),
        takes_place=everyone,
        takes_bedroom=everyone,
        staying_put=nobody,
        solo=np.array([some.solo is Solo.REQUIRED for some in known], np.bool_),
        only_older=np.array([some.alongside is Alongside.ONLY_OLDER for some in known], np.bool_),
        only_younger=np.array([some.alongside is Alongside.ONLY_YOUNGER for some in known], np.bool_),
        risks_to=coded([some.risks_to_others for some in known], risk_mask),
        risks_from=coded([some.risks_from_others for some in known], risk_mask),
    )


def _newer_circumstances(case: Case) -> dict[str, Circumstances]:
    """By child, what their newest referral that says anything says; other children have their own record's."""
    rising = sorted(case.referrals, key=lambda referral: (referral.received, referral.id))
    return {r.child_id: r.circumstances for r in rising if r.circumstances is not None}


def _columns(home_ids: Sequence[str | None], column: Mapping[str, int]) -> Int64:
    """Int64 (people,): the column of each one's home, -1 where it is none."""
    return np.array([_ELSEWHERE if name is None else column.get(name, _ELSEWHERE) for name in home_ids], np.int64)


def _residents(residents: Sequence[Resident], column: Mapping[str, int]) -> Others:
    nobody = np.zeros(len(residents), np.bool_)
    return Others(
        column=_columns([resident.home_id for resident in residents], column),
        leaves=coded([resident.until for resident in residents], leaves),
        born=coded([resident.born for resident in residents], day_or_0),
        takes_place=np.array([resident.takes_place for resident in residents], np.bool_),
        takes_bedroom=np.array([resident.takes_bedroom for resident in residents], np.bool_),
        staying_put=np.array([resident.kind is ResidentKind.STAYING_PUT for resident in residents], np.bool_),
        solo=nobody,
        only_older=nobody,
        only_younger=nobody,
        risks_to=coded([resident.risks_to_others for resident in residents], risk_mask),
        risks_from=coded([resident.risks_from_others for resident in residents], risk_mask),
    )


def households(others: Others, homes: int, days: Sequence[int], share_bedroom_under: int) -> Table:
    """Add the others up for each home and each day (YYYYMMDD): a table (days, homes) of ``HOUSEHOLD``.

    It takes 40 bytes a home and day: for 100,000 homes 4 MB a day, 360 MB for three months of days.
    """
    found = table(HOUSEHOLD, dict.fromkeys(HOUSEHOLD, 0), (len(days), homes))
    for index, day in enumerate(days):
        for name, values in _on_day(others, homes, day, share_bedroom_under).items():
            found[name][index] = values
    return found


def _on_day(others: Others, homes: int, day: int, share_bedroom_under: int) -> dict[str, Int32 | Bools]:
    """The households of one day: every field (m,)."""
    unknown, age = others.born == 0, (day - others.born) // 10_000
    stays = others.leaves > day
    child = stays & np.where(unknown, ~others.staying_put, age < _ADULT)
    in_room = stays & others.takes_bedroom & (unknown | (age >= share_bedroom_under))

    def count(which: Bools) -> Int32:
        return np.bincount(others.column[which], minlength=homes).astype(np.int32)

    def gather(how: np.ufunc, empty: int, values: Int64, which: Bools) -> Int32:
        found = np.full(homes, empty, np.int32)
        how.at(found, others.column[which], values[which].astype(np.int32))
        return found

    return {
        "taken": count(stays & others.takes_place),
        "bedrooms": count(in_room),
        "children": count(child),
        "youngest": gather(np.maximum, 0, others.born, child & ~unknown),
        "oldest": gather(np.minimum, NEVER, others.born, child & ~unknown),
        "wants_older": gather(np.minimum, NEVER, others.born, child & others.only_older),
        "wants_younger": gather(np.maximum, 0, others.born, child & others.only_younger),
        "solo": count(child & others.solo) > 0,
        "risks_to": gather(np.bitwise_or, 0, others.risks_to, stays),
        "risks_from": gather(np.bitwise_or, 0, others.risks_from, stays),
    }
