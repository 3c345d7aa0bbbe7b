"""polars: children joined with homes, lazily."""

from collections.abc import Callable

import polars as pl

from benchmarks.scoring.best import Best, from_keys, key_factor
from benchmarks.scoring.flat import NOTES, flatten
from benchmarks.scoring.pair import TENTHS_IN_A_METRE, Engine, Operand, allowed, pence
from matcher.scoring import Encoded


class _Polars(Engine):
    def __getitem__(self, name: str) -> Operand:
        return pl.col(name)

    def where(self, condition: Operand, then: Operand, otherwise: Operand) -> Operand:
        return pl.when(condition).then(then).otherwise(otherwise)

    def meets(self, one: Operand, other: Operand) -> Operand:
        return (one & other) != 0

    def nearest(self, value: Operand) -> Operand:
        return (value.sqrt() * TENTHS_IN_A_METRE + 0.5).floor().cast(pl.Int64)


def polars_join(encoded: Encoded, k: int) -> Callable[[], Best]:
    """A lazy join of children with homes, filtered and costed by expressions, run by the streaming engine."""
    flat, engine = flatten(encoded), _Polars()
    children, homes, special = (pl.DataFrame(part).lazy() for part in (flat.children, flat.home_table(), flat.special))
    notes = [pl.col(note).fill_null(0) for note in NOTES]
    key = pence(engine, flat).cast(pl.Int64) * key_factor(flat.shape[1]) + pl.col("home")

    def work() -> Best:
        pairs = children.join(homes, left_on="day_index", right_on="day_of")
        pairs = pairs.join(special, on=["child", "home"], how="left").with_columns(notes)
        lowest = pairs.filter(allowed(engine, flat)).select("child", key=key)
        found = lowest.group_by("child").agg(pl.col("key").bottom_k(k).sort()).collect(engine="streaming")
        return from_keys(found.iter_rows(), flat.shape[0], k)

    return work
