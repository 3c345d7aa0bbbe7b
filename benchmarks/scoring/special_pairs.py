"""A few pairs with something on record, drawn near each child: present homes, refusals, wishes, offers, siblings."""

from collections.abc import Iterator

import numpy as np
from scipy.spatial import cKDTree

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
from matcher.scoring.coding import KIND_INDEX
from models.vocabulary import HomeKind

_NEAR = 20
_SHARE_OF_CHILDREN = {DECLINED: 0.1, WANTED: 0.02, NOT_WANTED: 0.02, EXEMPT: 0.01}
_WITH_SIBLINGS = 0.03


def draw_specials(rows: Table, anchors: Int64, homes: Table, households: Table, rng: np.random.Generator) -> Table:
    """Draw the special pairs; the rows are given their parts of the list, and told if they named homes.

    Every child who can be moved has a present home, among the 20 nearest; one in ten has been declined nearby, and
    a few have wishes, exemptions, or brothers and sisters living nearby. A connected person's home and a held
    place are for the nearest child.
    """
    drawn = np.array(
        [entry for part in _draws(rows, anchors, homes, households, rng) for entry in part.tolist()], np.int64
    ).reshape(-1, 6)
    rows["homes_wanted"] = np.isin(np.arange(len(rows)), drawn[drawn[:, 2] == WANTED, 0])
    pairs, entry = np.unique(drawn[:, :2], axis=0, return_inverse=True)
    notes = np.zeros((len(pairs) + 1, 4), np.int64)
    np.bitwise_or.at(notes[:, 0], entry, drawn[:, 2])
    for field in (1, 2, 3):
        np.maximum.at(notes[:, field], entry, drawn[:, 2 + field])
    ends = np.cumsum(np.bincount(pairs[:, 0], minlength=len(rows)))
    rows["special_from"], rows["special_to"] = np.concatenate([[0], ends[:-1]]), ends
    values = np.column_stack([np.append(pairs[:, 1], -1), notes])
    return table(SPECIAL, dict(zip(SPECIAL, values.T, strict=True)), (len(values),))


def _draws(rows: Table, anchors: Int64, homes: Table, households: Table, rng: np.random.Generator) -> Iterator[Int64]:
    """Parts of the list, each (pairs, 6): row, column, marks, held for the child, held for the unit, siblings."""
    places = np.stack([homes["x"], homes["y"]], axis=1)
    near = cKDTree(places).query(anchors, k=min(_NEAR, len(homes)))[1]
    children = cKDTree(anchors)

    def beside(some: Int64) -> Int64:
        chosen: Int64 = near[some, rng.integers(near.shape[1], size=len(some))]
        return chosen

    movable = np.flatnonzero(rows["moves"] >= 0)
    yield _entries(movable, beside(movable), PRESENT)
    for mark, share in _SHARE_OF_CHILDREN.items():
        some = np.flatnonzero(rng.random(len(rows)) < share)
        yield _entries(some, beside(some), mark)
    connected = np.flatnonzero(homes["kind"] == KIND_INDEX[HomeKind.CONNECTED])
    yield _entries(children.query(places[connected])[1], connected, NAMED)
    holding = np.flatnonzero(homes["held"] > 0)
    yield _entries(children.query(places[holding])[1], holding, 0, held=1)
    some = np.flatnonzero(rng.random(len(rows)) < _WITH_SIBLINGS)
    there = beside(some)
    siblings = np.minimum(households["taken"][rows["day_index"][some], there], 2)
    yield _entries(some, there, np.where(siblings > 0, SHARES, 0), siblings=siblings)


def _entries(row: Int64, column: Int64, marks: Int64 | int, *, held: int = 0, siblings: Int64 | int = 0) -> Int64:
    fields = (row, column, marks, held, held, siblings)
    return np.stack([np.broadcast_to(field, row.shape) for field in fields], axis=1).astype(np.int64)
