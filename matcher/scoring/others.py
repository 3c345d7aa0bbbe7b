"""Who else lives in each home: the children who stay and every resident, added up for each day needed."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from matcher.scoring.arrays import HOUSEHOLD, Bools, Int32, Int64, Table, table
from matcher.scoring.coding import NEVER, day_code, leaves, risk_mask
from models.case import Case
from models.child import Circumstances
from models.home import Home
from models.vocabulary import Alongside, ResidentKind, Solo

_ADULT = 18


class Other(NamedTuple):
    """Somebody who lives in a home and is not searching; ``born`` 0 is not known, ``leaves`` NEVER is staying."""

    column: int
    leaves: int
    born: int
    takes_place: bool
    takes_bedroom: bool
    staying_put: bool
    solo: bool
    only_older: bool
    only_younger: bool
    risks_to: int
    risks_from: int


def latest_circumstances(case: Case) -> dict[str, Circumstances]:
    """What is last known of each child: from the newest referral that says anything, else the child's own record."""
    found = {child.id: child.circumstances for child in case.children}
    for referral in sorted(case.referrals, key=lambda r: (r.received, r.id)):
        if referral.circumstances is not None:
            found[referral.child_id] = referral.circumstances
    return found


def others_in(case: Case, homes: Sequence[Home], searching: frozenset[str]) -> list[Other]:
    """Everybody who lives in these homes and is not searching, home after home."""
    circumstances = latest_circumstances(case)
    found = []
    for column, home in enumerate(homes):
        found += _own_children(case, home.id, column, searching, circumstances)
        found += _residents(case, home.id, column)
    return found


def _own_children(
    case: Case, home_id: str, column: int, searching: frozenset[str], circumstances: Mapping[str, Circumstances]
) -> list[Other]:
    found = []
    for placement in case.placed_in.get(home_id, ()):
        if placement.child_id in searching:
            continue
        needs = circumstances[placement.child_id]
        found.append(
            Other(
                column,
                leaves(placement.ends_on),
                day_code(case.child[placement.child_id].born),
                takes_place=True,
                takes_bedroom=True,
                staying_put=False,
                solo=needs.solo is Solo.REQUIRED,
                only_older=needs.alongside is Alongside.ONLY_OLDER,
                only_younger=needs.alongside is Alongside.ONLY_YOUNGER,
                risks_to=risk_mask(needs.risks_to_others),
                risks_from=risk_mask(needs.risks_from_others),
            )
        )
    return found


def _residents(case: Case, home_id: str, column: int) -> list[Other]:
    return [
        Other(
            column,
            leaves(resident.until),
            day_code(resident.born) if resident.born else 0,
            takes_place=resident.takes_place,
            takes_bedroom=resident.takes_bedroom,
            staying_put=resident.kind is ResidentKind.STAYING_PUT,
            solo=False,
            only_older=False,
            only_younger=False,
            risks_to=risk_mask(resident.risks_to_others),
            risks_from=risk_mask(resident.risks_from_others),
        )
        for resident in case.residents_of.get(home_id, ())
    ]


class _Crowd(NamedTuple):
    """The others as arrays, one element each."""

    column: Int64
    leaves: Int64
    born: Int64
    takes_place: Int64
    takes_bedroom: Int64
    staying_put: Int64
    solo: Int64
    only_older: Int64
    only_younger: Int64
    risks_to: Int64
    risks_from: Int64


def households(others: Sequence[Other], homes: int, days: Sequence[int], share_bedroom_under: int) -> Table:
    """Add the others up for each home and each day (YYYYMMDD): a table (days, homes) of ``HOUSEHOLD``."""
    flat = np.array(others, np.int64).reshape(-1, len(Other._fields))
    crowd = _Crowd(*(np.ascontiguousarray(field) for field in flat.T))
    found = table(HOUSEHOLD, dict.fromkeys(HOUSEHOLD, 0), (len(days), homes))
    for index, day in enumerate(days):
        for name, values in _on_day(crowd, homes, day, share_bedroom_under).items():
            found[name][index] = values
    return found


def _on_day(crowd: _Crowd, homes: int, day: int, share_bedroom_under: int) -> dict[str, Int32 | Bools]:
    """The households of one day: every field (m,)."""
    unknown, age = crowd.born == 0, (day - crowd.born) // 10_000
    stays = crowd.leaves > day
    child = stays & np.where(unknown, crowd.staying_put == 0, age < _ADULT)
    in_room = stays & (crowd.takes_bedroom > 0) & (unknown | (age >= share_bedroom_under))

    def count(which: Bools) -> Int32:
        return np.bincount(crowd.column[which], minlength=homes).astype(np.int32)

    def gather(how: np.ufunc, empty: int, values: Int64, which: Bools) -> Int32:
        found = np.full(homes, empty, np.int32)
        how.at(found, crowd.column[which], values[which].astype(np.int32))
        return found

    return {
        "taken": count(stays & (crowd.takes_place > 0)),
        "bedrooms": count(in_room),
        "children": count(child),
        "youngest": gather(np.maximum, 0, crowd.born, child & ~unknown),
        "oldest": gather(np.minimum, NEVER, crowd.born, child & ~unknown),
        "wants_older": gather(np.minimum, NEVER, crowd.born, child & (crowd.only_older > 0)),
        "wants_younger": gather(np.maximum, 0, crowd.born, child & (crowd.only_younger > 0)),
        "solo": count(child & (crowd.solo > 0)) > 0,
        "risks_to": gather(np.bitwise_or, 0, crowd.risks_to, stays),
        "risks_from": gather(np.bitwise_or, 0, crowd.risks_from, stays),
    }
