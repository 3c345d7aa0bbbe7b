"""The screening in pandas: children joined with families, needs, rules and prices as columns, summed by group.

Rules and prices of homes are the scoring benchmark's own statement of them (``scoring/pair.py``); what only families
have is written here from ``docs/scoring.md``, apart from the kernel. Preparing the columns is outside the clock.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from operator import or_

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.scoring.best import Best, nothing_found
from benchmarks.scoring.flat import NOTES, Flat, flatten
from benchmarks.scoring.instances import first_children
from benchmarks.scoring.pair import TENTHS_IN_A_METRE, Engine, Operand, allowed, pence
from matcher.scoring import Encoded
from matcher.scoring.arrays import Arrays
from matcher.scoring.coding import AUTHORITY_INDEX, KIND_INDEX
from matcher.services.adoption.pool_case import PoolCase
from models.vocabulary import AuthorityToPlace, HomeKind

_ROWS_AT_ONCE = 100_000
_IDENTITY = ("language_not_spoken", "faith_not_supported", "heritage_not_supported")


class _Frame(Engine):
    """Columns of a data frame."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame

    def __getitem__(self, name: str) -> Operand:
        return self.frame[name]

    def where(self, condition: Operand, then: Operand, otherwise: Operand) -> Operand:
        return pd.Series(np.where(condition, then, otherwise), index=self.frame.index)

    def meets(self, one: Operand, other: Operand) -> Operand:
        return one & other != 0

    def nearest(self, value: Operand) -> Operand:
        return np.floor(np.sqrt(value) * TENTHS_IN_A_METRE + 0.5).astype(np.int64)


def pandas_screen(pool: PoolCase, k: int, units: int) -> Callable[[], Best]:
    """The k cheapest eligible families of each of the first units of a pool."""
    some = first_children(pool.encoded, pool.first_row[units])
    arrays, flat = some.arrays, flatten(_without_identity(some))
    children = pd.DataFrame(flat.children | _of_children(arrays)).assign(unit=_unit_of_row(pool, units))
    families = pd.DataFrame(flat.home_table() | _of_families(arrays))
    special = pd.DataFrame(flat.special)
    at_once = max(1, _ROWS_AT_ONCE // len(families))
    parts = [children[children["unit"] // at_once == n] for n in range(-(-units // at_once))]

    def work() -> Best:
        found = nothing_found(units, k)
        for part in parts:
            pairs = part.merge(families, how="cross").merge(special, on=["child", "home"], how="left")
            pairs[list(NOTES)] = pairs[list(NOTES)].fillna(0).astype(np.int64)
            _best(pairs, flat, arrays, found, k)
        return found

    return work


def _best(pairs: pd.DataFrame, flat: Flat, arrays: Arrays, found: Best, k: int) -> None:
    """Write the best families of the units of some pairs into what was found."""
    e = _Frame(pairs)
    cost = pence(e, flat) + _identity(e, arrays)
    open_to = allowed(e, flat) & e.no(_refused(e, arrays.child_said.shape[1]))
    told = pd.DataFrame({"unit": pairs["unit"], "home": pairs["home"], "cost": cost, "open": open_to})
    both = told.groupby(["unit", "home"], as_index=False).agg(cost=("cost", "sum"), open=("open", "all"))
    best = both[both["open"]].sort_values(["unit", "cost", "home"]).groupby("unit").head(k)
    rank = best.groupby("unit").cumcount().to_numpy()
    unit = best["unit"].to_numpy()
    found.columns[unit, rank] = best["home"].to_numpy()
    found.costs[unit, rank] = best["cost"].to_numpy()


def _identity(e: Engine, arrays: Arrays) -> Operand:
    """Language, faith and heritage that the family does not support, as far as they have not faded."""
    total: Operand = 0
    for name, missing, words in (
        (_IDENTITY[0], arrays.language_missing, "language_set"),
        (_IDENTITY[1], arrays.faith_missing, "faith_set"),
        (_IDENTITY[2], arrays.heritage_missing, "faith_set"),
    ):
        total = total + e.where(missing[e[words], e["home"]], e[name], 0)
    return total


def _refused(e: Engine, asked: int) -> Operand:
    """What the family said no to, and no authority to place with it yet."""
    said_no = [e[f"said_{need}"] > e[f"limit_{need}"] for need in range(asked)]
    early = e["kind"] == KIND_INDEX[HomeKind.EARLY_PERMANENCE]
    none = e["authority"] == AUTHORITY_INDEX[AuthorityToPlace.NONE]
    not_full = e["authority"] != AUTHORITY_INDEX[AuthorityToPlace.FULL]
    return reduce(or_, said_no, (early & none) | (e.no(early) & not_full))


def _without_identity(encoded: Encoded) -> Encoded:
    """The same with no language, faith or heritage: there are more sets than a mask of columns has bits."""
    arrays = encoded.arrays
    rows = arrays.rows.copy()
    rows["language"], rows["faith"] = 0, 0
    first = {name: getattr(arrays, name)[:1] for name in ("language_missing", "faith_missing", "heritage_missing")}
    return replace(encoded, arrays=arrays._replace(rows=rows, **first))


def _of_children(arrays: Arrays) -> dict[str, npt.NDArray[np.int64]]:
    rows, price = arrays.rows, arrays.policy[0]
    weights = (arrays.language_weight[rows["language"]], *2 * (arrays.faith_weight[rows["faith"]],))
    found = {f"said_{n}": arrays.child_said[:, n].astype(np.int64) for n in range(arrays.child_said.shape[1])}
    found |= {"language_set": rows["language"].astype(np.int64), "faith_set": rows["faith"].astype(np.int64)}
    return found | {name: int(price[name]) * weight // 1000 for name, weight in zip(_IDENTITY, weights, strict=True)}


def _of_families(arrays: Arrays) -> dict[str, npt.NDArray[np.int64]]:
    return {f"limit_{n}": arrays.home_limit[:, n].astype(np.int64) for n in range(arrays.home_limit.shape[1])}


def _unit_of_row(pool: PoolCase, units: int) -> npt.NDArray[np.int64]:
    return np.repeat(np.arange(units), [len(unit) for unit in pool.units[:units]])
