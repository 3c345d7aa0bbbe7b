"""DuckDB: the same join and expressions as polars, in a database in memory."""

from collections.abc import Callable

import duckdb
import pandas as pd

from benchmarks.scoring.best import Best, from_keys, key_factor
from benchmarks.scoring.flat import NOTES, flatten
from benchmarks.scoring.pair import TENTHS_IN_A_METRE, Engine, Operand, allowed, pence
from matcher.scoring import Encoded


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


def duckdb_join(encoded: Encoded, k: int) -> Callable[[], Best]:
    """A join filtered and costed by expressions; the database keeps the lowest k of a child as it goes."""
    flat, engine = flatten(encoded), _DuckDB()
    database = duckdb.connect()
    database.execute("set enable_progress_bar = false")
    for name, part in (("children", flat.children), ("homes", flat.home_table()), ("special", flat.special)):
        database.register("given", pd.DataFrame(part))
        database.execute(f"create table {name} as select * from given")  # noqa: S608 - the names are ours
        database.unregister("given")
    notes = ", ".join(f"coalesce({note}, 0)::integer as {note}" for note in NOTES)
    key = pence(engine, flat).cast("BIGINT") * key_factor(flat.shape[1]) + duckdb.ColumnExpression("home")

    def work() -> Best:
        pairs = database.sql(
            f"select * exclude ({', '.join(NOTES)}), {notes} from children "  # noqa: S608
            "join homes on day_index = day_of left join special using (child, home)"
        )
        lowest = pairs.filter(allowed(engine, flat)).select(duckdb.ColumnExpression("child"), key.alias("key"))
        return from_keys(lowest.aggregate(f"child, min(key, {k})", "child").fetchall(), flat.shape[0], k)

    return work
