"""An instance as the plain columns a data frame or a database would hold: searches, homes by day, special pairs.

Whatever depends on the home and the day alone (ages of who lives there, the fee's part of the cost) is worked out
here, outside every clock, as a careful user would keep it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.scoring import Encoded
from matcher.scoring.arrays import Int64, Table

Column = npt.NDArray[np.generic]
Columns = dict[str, Column]

NOTES = ("note_marks", "note_held_self", "note_held_unit", "note_siblings")
"""Columns of ``Flat.special``; 0 for every pair that is not there."""

_MOST_SETS = 63
_NOT_PER_HOME = ("closes", "available_from", "features", "access")


@dataclass(frozen=True)
class Flat:
    """An instance as columns, each named apart from every other, and how many there are of each repeated one.

    Attributes:
        children: One entry a search: ``child`` (its row), ``day_index`` and what is known of the child.
        homes: Each (days, homes), for each day needed and home: ``day_of``, ``home`` (its column) and the rest.
        special: One entry a special pair: ``child``, ``home`` and its notes.
        policy: Prices and thresholds.
        tenths: Tenths of a point a level of each need is worth.
        visits: The most family visits a child has.
        avoided: The most places to avoid a child has.
        in_force: Mask of the rules in force.
        shape: Children and homes.
    """

    children: Columns
    homes: Columns
    special: Columns
    policy: np.record
    tenths: list[int]
    visits: int
    avoided: int
    in_force: int
    shape: tuple[int, int]

    def home_table(self) -> Columns:
        """The homes' columns one after another, day after day, as a table holds them."""
        return {name: values.reshape(-1) for name, values in self.homes.items()}


def flatten(encoded: Encoded) -> Flat:
    """Lay an instance out as columns.

    Raises:
        ValueError: there are more sets of languages, or faiths, than a mask has bits.
    """
    arrays = encoded.arrays
    if max(len(arrays.language_missing), len(arrays.faith_missing)) > _MOST_SETS:
        raise ValueError(f"more than {_MOST_SETS} sets of languages, or faiths: a 64-bit mask cannot hold them")
    rows = arrays.rows
    children = {name: np.ascontiguousarray(rows[name]) for name in rows.dtype.names or ()}
    children |= {"child": np.arange(len(rows)), "language_bit": 1 << children.pop("language").astype(np.int64)}
    children |= {"faith_bit": 1 << children.pop("faith").astype(np.int64)}
    children |= {f"need_{i}": arrays.child_level[:, i].astype(np.int32) for i in range(len(arrays.tenths))}
    children |= dict(_slots(rows, "visits", arrays.visits)) | dict(_slots(rows, "avoid", arrays.avoid))
    return Flat(
        children=children,
        homes=_homes_by_day(encoded),
        special=_special(encoded),
        policy=arrays.policy[0],
        tenths=arrays.tenths.tolist(),
        visits=_most(rows, "visits"),
        avoided=_most(rows, "avoid"),
        in_force=int(arrays.in_force),
        shape=encoded.shape,
    )


def _homes_by_day(encoded: Encoded) -> Columns:
    arrays = encoded.arrays
    homes, there = arrays.homes, arrays.households
    shape = (len(there), len(homes))
    day = np.zeros(len(there), np.int64)
    day[arrays.rows["day_index"]] = arrays.rows["day"]
    per_home = {name: homes[name] for name in homes.dtype.names or () if name not in _NOT_PER_HOME}
    per_home |= {
        "home": np.arange(len(homes)),
        "kind_bit": 1 << homes["kind"],
        "lacking": ~homes["features"],
        "not_adapted": ~homes["access"],
        "fee": arrays.policy[0].fee_per_mille * homes["marginal_fee"] // 1000,
        "languages_missing": _mask(arrays.language_missing),
        "faiths_missing": _mask(arrays.faith_missing),
    }
    per_home |= {f"skill_{i}": arrays.home_level[:, i].astype(np.int32) for i in range(len(arrays.tenths))}
    by_day: Columns = {"day_of": np.broadcast_to(np.arange(len(there))[:, None], shape)}
    by_day |= {f"there_{name}": there[name] for name in there.dtype.names or ()}
    for name in ("youngest", "oldest", "wants_older", "wants_younger"):
        by_day[f"there_{name}"] = (day[:, None] - there[name]) // 10_000
    by_day |= {"closed": homes["closes"] <= day[:, None], "not_yet": homes["available_from"] > day[:, None]}
    wide = {name: np.broadcast_to(values, shape) for name, values in per_home.items()}
    return wide | by_day


def _special(encoded: Encoded) -> Columns:
    special, rows = encoded.arrays.special, encoded.arrays.rows
    count = (rows["special_to"] - rows["special_from"]).astype(np.int64)
    taken = np.concatenate([np.arange(0), *map(np.arange, rows["special_from"], rows["special_to"])])
    return {
        "child": np.repeat(np.arange(len(rows)), count),
        "home": special["column"][taken].astype(np.int64),
        **{note: special[note.removeprefix("note_")][taken] for note in NOTES},
    }


def _most(rows: Table, name: str) -> int:
    return int((rows[f"{name}_to"] - rows[f"{name}_from"]).max(initial=0))


def _slots(rows: Table, name: str, addresses: Table) -> Iterator[tuple[str, Int64]]:
    """The rows' addresses side by side; where a row has fewer, one with times -1 for none."""
    for slot in range(_most(rows, name)):
        number = rows[f"{name}_from"] + slot
        has = number < rows[f"{name}_to"]
        for field, empty in (("x", 0), ("y", 0), ("times", -1)):
            yield f"{name}_{slot}_{field}", np.where(has, addresses[field][np.where(has, number, 0)], empty)


def _mask(missing: npt.NDArray[np.bool_]) -> Int64:
    """int64 (m,): bit i is set where row i is."""
    mask: Int64 = (missing.astype(np.int64) << np.arange(len(missing))[:, None]).sum(axis=0)
    return mask
