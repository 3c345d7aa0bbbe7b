"""Rivals that pair children and homes in a table: pandas row by row, polars and DuckDB as a join."""

from collections.abc import Callable

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from benchmarks.scoring.best import Best, from_keys, key_factor
from benchmarks.scoring.flat import Flat, flatten
from benchmarks.scoring.pair import TENTHS_IN_A_METRE, Engine, Operand, allowed, pence
from matcher.scoring import Encoded

_NOTES = ("note_marks", "note_held_self", "note_held_unit", "note_siblings")


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


class _Polars(Engine):
    def __getitem__(self, name: str) -> Operand:
        return pl.col(name)

    def where(self, condition: Operand, then: Operand, otherwise: Operand) -> Operand:
        return pl.when(condition).then(then).otherwise(otherwise)

    def meets(self, one: Operand, other: Operand) -> Operand:
        return (one & other) != 0

    def nearest(self, value: Operand) -> Operand:
        return (value.sqrt() * TENTHS_IN_A_METRE + 0.5).floor().cast(pl.Int64)


class _DuckDB(Engine):
    def __getitem__(self, name: str) -> Operand:
        return duckdb.ColumnExpression(name)

    def where(self, condition: Operand, then: Operand, otherwise: Operand) -> Operand:
        return duckdb.CaseExpression(condition, _value(then)).otherwise(_value(otherwise))

    def meets(self, one: Operand, other: Operand) -> Operand:
        return duckdb.FunctionExpression("&", _value(one), _value(other)) != 0

    def nearest(self, value: Operand) -> Operand:
        root = duckdb.FunctionExpression("sqrt", value.cast("DOUBLE"))
        return duckdb.FunctionExpression("floor", root * TENTHS_IN_A_METRE + 0.5).cast("BIGINT")


def _value(operand: Operand) -> duckdb.Expression:
    return operand if isinstance(operand, duckdb.Expression) else duckdb.ConstantExpression(operand)


def pandas_apply(encoded: Encoded, k: int) -> Callable[[], Best]:
    """A frame of all pairs, and a function applied to each row."""
    flat = flatten(encoded)
    children, homes, special = (pd.DataFrame(part) for part in (flat.children, flat.homes, flat.special))

    def work() -> Best:
        pairs = children.merge(homes, left_on="day_index", right_on="day_of").merge(
            special, on=["child", "home"], how="left"
        )
        pairs[list(_NOTES)] = pairs[list(_NOTES)].fillna(0).astype(np.int64)
        pairs["key"] = pairs.apply(lambda row: _key(_RowEngine(row), flat), axis=1)
        open_to = pairs.loc[pairs["key"] >= 0, ["child", "key"]].sort_values("key")
        found = open_to.groupby("child")["key"].apply(lambda own: own.head(k).tolist())
        return from_keys(zip(found.index.tolist(), found.tolist(), strict=True), flat.shape[0], k)

    return work


def _key(engine: Engine, flat: Flat) -> int:
    """The pair's key, -1 where a rule forbids it."""
    return int(pence(engine, flat)) * key_factor(flat.shape[1]) + int(engine["home"]) if allowed(engine, flat) else -1


def polars_join(encoded: Encoded, k: int) -> Callable[[], Best]:
    """A lazy join of children with homes, filtered and costed by expressions, run by the streaming engine."""
    flat, engine = flatten(encoded), _Polars()
    children, homes, special = (pl.DataFrame(part).lazy() for part in (flat.children, flat.homes, flat.special))
    notes = [pl.col(note).fill_null(0) for note in _NOTES]
    key = pence(engine, flat).cast(pl.Int64) * key_factor(flat.shape[1]) + pl.col("home")

    def work() -> Best:
        pairs = children.join(homes, left_on="day_index", right_on="day_of")
        pairs = pairs.join(special, on=["child", "home"], how="left").with_columns(notes)
        lowest = pairs.filter(allowed(engine, flat)).select("child", key=key)
        found = lowest.group_by("child").agg(pl.col("key").bottom_k(k).sort()).collect(engine="streaming")
        return from_keys(found.iter_rows(), flat.shape[0], k)

    return work


def duckdb_join(encoded: Encoded, k: int) -> Callable[[], Best]:
    """The same join and expressions in DuckDB, which keeps the lowest k as it goes."""
    flat, engine = flatten(encoded), _DuckDB()
    database = duckdb.connect()
    for name in ("children", "homes", "special"):
        database.register("given", pd.DataFrame(getattr(flat, name)))
        database.execute(f"create table {name} as select * from given")  # noqa: S608 - the names are ours
        database.unregister("given")
    notes = ", ".join(f"coalesce({note}, 0)::integer as {note}" for note in _NOTES)
    key = pence(engine, flat).cast("BIGINT") * key_factor(flat.shape[1]) + duckdb.ColumnExpression("home")

    def work() -> Best:
        pairs = database.sql(
            f"select * exclude ({', '.join(_NOTES)}), {notes} from children "  # noqa: S608
            "join homes on day_index = day_of left join special using (child, home)"
        )
        lowest = pairs.filter(allowed(engine, flat)).select(duckdb.ColumnExpression("child"), key.alias("key"))
        return from_keys(lowest.aggregate(f"child, min(key, {k})", "child").fetchall(), flat.shape[0], k)

    return work
