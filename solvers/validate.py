"""Input checks that name the cell, arc or group at fault."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

#: What a child alone, or members of a group together, use of one resource may not exceed this.
LARGEST_USE = 1 << 10


def whole_array(
    values: npt.ArrayLike,
    name: str,
    ndim: int | tuple[int, ...],
    *,
    least: int = 0,
    most: int = int(np.iinfo(np.int64).max),
    rule: str = "0 or more",
) -> Ints:
    """Return ``values`` as a fresh int64 array of ``ndim`` dimensions, each entry from ``least`` to ``most``.

    Floats are refused even when they are whole: money is counted in integers.

    Raises:
        ValueError: Naming the first entry that is not a whole number, does not fit or is too low.
    """
    allowed = (ndim,) if isinstance(ndim, int) else ndim
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "iu" and not isinstance(values, np.ndarray):
            array = np.asarray(values, dtype=object)
    except ValueError as error:
        raise ValueError(f"{name} is ragged: every row needs the same length ({error})") from None
    if array.ndim not in allowed:
        wanted = " or ".join(str(number) for number in allowed)
        raise ValueError(f"{name} has {array.ndim} dimensions: expected {wanted}")
    if array.size and array.dtype.kind not in "iu":
        _name_first_not_whole(array, name)
        array = np.array([int(value) for value in array.ravel()], dtype=object).reshape(array.shape)
    if array.size:
        wrong = (array < least) | (array > most)
        if wrong.any():
            at = tuple(int(place) for place in np.argwhere(wrong)[0])
            raise ValueError(f"{_cell(name, at)} is {array[at]}: expected a whole number, {rule}, within 64 bits")
    return array.astype(np.int64)


def _name_first_not_whole(array: npt.NDArray[Any], name: str) -> None:
    """Raise for the first entry that is not an int; entries of an object array may all be ints."""
    if array.dtype.kind == "f":
        broken = np.argwhere(array != np.floor(array))
        at = tuple(broken[0].tolist()) if len(broken) else (0,) * array.ndim
        raise ValueError(f"{_cell(name, at)} is {array[at]}, in an array of floats: expected whole numbers (int64)")
    for at, value in np.ndenumerate(array):
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
            kind = type(value).__name__
            raise ValueError(f"{_cell(name, at)} is {value} ({kind}): expected a whole number (int64)")


def _cell(name: str, at: tuple[int, ...]) -> str:
    return f"{name}[{', '.join(map(str, at))}]" if at else name


def spread(values: npt.ArrayLike, name: str, length: int) -> Ints:
    """Return one charge for all, or one for each, as an array of ``length``.

    Raises:
        ValueError: Naming the entry that is wrong, or the length expected.
    """
    array = whole_array(values, name, (0, 1))
    if array.ndim == 0:
        return np.full(length, array.item(), dtype=np.int64)
    if array.shape[0] != length:
        raise ValueError(f"{name} has {array.shape[0]} entries: expected one number or {length} of them")
    return array


def group_tuples(groups: Sequence[Sequence[int]], children: int, largest: int) -> tuple[tuple[int, ...], ...]:
    """Return the groups as ascending tuples of child indices.

    Raises:
        ValueError: Naming the group that is too small, too large, out of range or overlaps another.
    """
    owner: dict[int, int] = {}
    families = []
    for number, group in enumerate(groups):
        members = whole_array(list(group), f"groups[{number}]", 1)
        if not 2 <= members.size <= largest:
            raise ValueError(f"groups[{number}] has {members.size} members: expected 2 to {largest}")
        for member in members.tolist():
            if member >= children:
                raise ValueError(f"groups[{number}] names child {member}: there are {children} children, from 0")
            if member in owner:
                raise ValueError(f"child {member} is in groups[{owner[member]}] and groups[{number}]: expected one")
            owner[member] = number
        families.append(tuple(sorted(members.tolist())))
    return tuple(families)


def arc_array(
    child: npt.ArrayLike, home: npt.ArrayLike, cost: npt.ArrayLike, children: int, homes: int
) -> tuple[Ints, Ints, Ints, npt.NDArray[np.intp]]:
    """Return arcs in order of child, then home, and that order.

    Raises:
        ValueError: Naming the arc (its position in the input) that is out of range, negative or a duplicate.
    """
    named = {
        name: whole_array(values, f"{name} of arc", 1)
        for name, values in (("child", child), ("home", home), ("cost", cost))
    }
    lengths = {name: len(values) for name, values in named.items()}
    if len(set(lengths.values())) != 1:
        raise ValueError(f"child, home and cost need one entry for each arc; their lengths are {lengths}")
    for name, limit in (("child", children), ("home", homes)):
        beyond = np.flatnonzero(named[name] >= limit)
        if beyond.size:
            arc = int(beyond[0])
            raise ValueError(f"{name} of arc[{arc}] is {named[name][arc]}: there are {limit}, numbered from 0")
    order = np.lexsort((named["home"], named["child"]))
    i, h, c = named["child"][order], named["home"][order], named["cost"][order]
    same = np.flatnonzero((i[1:] == i[:-1]) & (h[1:] == h[:-1]))
    if same.size:
        first, second = sorted((int(order[same[0]]), int(order[same[0] + 1])))
        raise ValueError(
            f"arc[{second}] repeats arc[{first}]: child {i[same[0]]} to home {h[same[0]]} may be listed once"
        )
    return i, h, c, order


def unit_rows(units: npt.ArrayLike, resources: int, order: npt.NDArray[np.intp]) -> Ints:
    """Return what each arc's child uses alone, ``(arcs, resources)``, in this order of the arcs.

    Raises:
        ValueError: Naming the shape or the cell that is wrong.
    """
    rows = whole_array(units, "units", 2, most=LARGEST_USE, rule=f"0 to {LARGEST_USE}")
    if rows.shape != (order.size, resources):
        raise ValueError(f"units has shape {rows.shape}: expected {(order.size, resources)}, a row for each arc")
    rows = rows[order]
    rows.flags.writeable = False
    return rows
