"""numpy as most people would write it: every quantity an array of children by homes."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from benchmarks.scoring.best import Best, nothing_found
from benchmarks.scoring.flat import NOTES, Columns, Flat, flatten
from benchmarks.scoring.pair import TENTHS_IN_A_METRE, Engine, Operand, allowed, pence
from matcher.scoring import Encoded
from matcher.scoring.arrays import Bools, Int64


class _Numpy(Engine):
    """Arrays that broadcast."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def __getitem__(self, name: str) -> Operand:
        return self.columns[name]

    def where(self, condition: Operand, then: Operand, otherwise: Operand) -> Operand:
        return np.where(condition, then, otherwise)

    def meets(self, one: Operand, other: Operand) -> Operand:
        return one & other != 0

    def nearest(self, value: Operand) -> Operand:
        return np.floor(np.sqrt(value) * TENTHS_IN_A_METRE + 0.5).astype(np.int64)


def numpy_broadcast(encoded: Encoded, k: int) -> Callable[[], Best]:
    """Children down, homes across, need by need and rule by rule, then a stable sort of every row."""
    flat = flatten(encoded)

    def work() -> Best:
        engine = _Numpy(_spread(flat))
        none = np.iinfo(np.int64).max
        cost = np.where(allowed(engine, flat), pence(engine, flat), none)
        order = np.argsort(cost, axis=1, kind="stable")[:, :k]
        found = nothing_found(flat.shape[0], k)
        found.costs[:, : order.shape[1]] = np.take_along_axis(cost, order, axis=1)
        found.columns[:, : order.shape[1]] = np.where(found.costs[:, : order.shape[1]] < none, order, -1)
        return found

    return work


def _spread(flat: Flat) -> Columns:
    """Children's columns as (n, 1), homes' as (n, m) by the child's day, notes as (n, m)."""
    columns: Columns = {name: values[:, None] for name, values in flat.children.items()}
    day = flat.children["day_index"].astype(np.int64)
    for name, values in flat.homes.items():
        columns[name] = values[day] if name.startswith("there_") or name in ("closed", "not_yet") else values[:1]
    for note in NOTES:
        columns[note] = np.zeros(flat.shape, np.int64)
        columns[note][flat.special["child"], flat.special["home"]] = flat.special[note]
    return columns


def costs_on_record(flat: Flat, fails: float) -> npt.NDArray[np.float32]:
    """float32 (special pairs,): the cost of each pair with something on record, ``fails`` where a rule forbids it."""
    passes, cost = costs_of_pairs(flat, *(flat.special[name].astype(np.int64) for name in ("child", "home")))
    return np.where(passes, cost, fails).astype(np.float32)


def costs_of_pairs(flat: Flat, child: Int64, home: Int64) -> tuple[Bools, Int64]:
    """Whether each of these pairs passes every rule, and what it costs, ``(pairs,)``."""
    day = flat.children["day_index"][child].astype(np.int64)
    columns: Columns = {name: values[child] for name, values in flat.children.items()}
    columns |= {name: values[day, home] for name, values in flat.homes.items()}
    own, homes = (flat.special[name].astype(np.int64) for name in ("child", "home"))
    known, asked = np.append(own * flat.shape[1] + homes, np.iinfo(np.int64).max), child * flat.shape[1] + home
    at = np.searchsorted(known, asked)
    for note in NOTES:
        columns[note] = np.where(known[at] == asked, np.append(flat.special[note], 0)[at], 0)
    engine = _Numpy(columns)
    return np.asarray(allowed(engine, flat)), np.asarray(pence(engine, flat), np.int64)
