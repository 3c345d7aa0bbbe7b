"""pandas: a frame of all pairs, and a function applied to each row."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from benchmarks.scoring.best import Best, from_keys, key_factor
from benchmarks.scoring.flat import NOTES, Flat, flatten
from benchmarks.scoring.pair import TENTHS_IN_A_METRE, Engine, Operand, allowed, pence
from matcher.scoring import Encoded


class _RowEngine(Engine):
    """One row of a data frame at a time."""

    def __init__(self, row: "pd.Series[int]") -> None:
        self.row = row

    def __getitem__(self, name: str) -> Operand:
        return self.row[name]

    def where(self, condition: Operand, then: Operand, otherwise: Operand) -> Operand:
        return then if condition else otherwise

    def meets(self, one: Operand, other: Operand) -> Operand:
        return int(one) & int(other) != 0

    def nearest(self, value: Operand) -> Operand:
        return int(float(value) ** 0.5 * TENTHS_IN_A_METRE + 0.5)


def pandas_apply(encoded: Encoded, k: int) -> Callable[[], Best]:
    """Merge children with homes and notes, apply, sort, and keep the first of each child."""
    flat = flatten(encoded)
    children, homes, special = (pd.DataFrame(part) for part in (flat.children, flat.home_table(), flat.special))

    def work() -> Best:
        pairs = children.merge(homes, left_on="day_index", right_on="day_of").merge(
            special, on=["child", "home"], how="left"
        )
        pairs[list(NOTES)] = pairs[list(NOTES)].fillna(0).astype(np.int64)
        pairs["key"] = pairs.apply(lambda row: _key(_RowEngine(row), flat), axis=1)
        open_to = pairs.loc[pairs["key"] >= 0, ["child", "key"]].sort_values("key")
        found = open_to.groupby("child")["key"].apply(lambda own: own.head(k).tolist())
        return from_keys(zip(found.index.tolist(), found.tolist(), strict=True), flat.shape[0], k)

    return work


def _key(engine: Engine, flat: Flat) -> int:
    """The pair's key, -1 where a rule forbids it."""
    return int(pence(engine, flat)) * key_factor(flat.shape[1]) + int(engine["home"]) if allowed(engine, flat) else -1
