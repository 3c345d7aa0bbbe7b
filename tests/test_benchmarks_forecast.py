"""The forecast benchmark: the tool's counts are read as it means them, and a tool that is not there stops nothing."""

import csv
import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.forecast import held_out, on_generated, report
from benchmarks.forecast.coverage import coverage
from benchmarks.forecast.environment import NotInstalledError
from benchmarks.forecast.held_out import CELLS, SETTINGS
from benchmarks.forecast.sector_tool import _between, _counts, _months_before
from matcher.services.counts import AGE_BANDS
from matcher.services.stock import Living
from models.ssda903.flows import stock
from tests.generated_care import AS_AT, generated, steady

COUNTS = {"BIRTH_TO_ONE FOSTERING": 3.0, "TEN_TO_SIXTEEN FOSTERING": 5.0, "TEN_TO_SIXTEEN OTHER": 2.0}


def test_a_cell_is_the_same_children_to_both() -> None:
    assert {cell.name: cell.counted(COUNTS) for cell in CELLS if cell.counted(COUNTS)} == {
        "everybody": 10, "fostering": 8, "other": 2, "under 1": 3, "10 to 15": 7,
    }  # fmt: skip
    kinds = [kind for cell in CELLS for kind in cell.kinds]
    assert sorted(kinds) == sorted(Living)
    assert tuple(band for cell in CELLS for band in cell.ages) == AGE_BANDS


def test_days_between_the_tools_steps_are_read_off_the_straight_line() -> None:
    path = [{"a": 10.0}, {"a": 20.0, "b": 4.0}]
    assert _between(path, 0) == {"a": 10.0, "b": 0.0}
    assert _between(path, 0.25) == {"a": 12.5, "b": 1.0}
    assert _between(path, 1) == path[1]
    assert _counts({("A", "OTHER"): 2, ("A", "NOT_IN_CARE"): 7, ("B", "OTHER"): float("nan")}) == {"A OTHER": 2.0}
    assert _months_before(dt.date(2017, 3, 31), 6) == dt.date(2016, 9, 30)
    assert _months_before(dt.date(2017, 3, 31), 12) == dt.date(2016, 3, 31)


def _told(*arguments: str) -> dict[str, Any]:
    """A tool that forecasts as if nobody came or went."""
    _, _, _, *days = arguments
    each = {"counts": dict.fromkeys(days, COUNTS), "seconds": 1.0}
    return {
        "version": "0.5.1",
        "read_seconds": 0.5,
        "now": COUNTS,
        "actual": dict.fromkeys(days, COUNTS),
        **dict.fromkeys(SETTINGS, each),
    }


def _absent(*_: str) -> dict[str, Any]:
    raise NotInstalledError("no such package")


@pytest.mark.parametrize(("tool", "compared"), [(_told, True), (_absent, False)])
def test_the_last_year_is_held_out_with_the_tool_or_without(
    monkeypatch: pytest.MonkeyPatch, tool: Any, compared: bool
) -> None:
    monkeypatch.setattr(held_out, "ask_tool", tool)
    found = json.loads(json.dumps(held_out.held_out(draws=60)))
    assert found["fitted_to"] == "2017-03-31"
    rows: list[Mapping[str, Any]] = found["rows"]
    assert len(rows) == 4 * len(CELLS)
    for day in found["days"]:
        by_group = {group: sum(row["actual"] for row in rows if (row["group"], row["day"]) == (group, day))
                    for group in ("everybody", "category", "age")}  # fmt: skip
        assert len(set(by_group.values())) == 1
    assert all(("tool_actual" in row) == compared for row in rows)
    errors, year_end = report._errors(found), report._year_end(found)
    assert {len(row) for row in errors.rows} == {len(errors.heads)}
    assert {len(row) for row in year_end.rows} == {len(year_end.heads)}
    if compared:
        assert errors.rows[0][errors.heads.index("cs-demand-model, screen")] == "0.0"
    else:
        assert found["tool"] == "NotInstalledError: no such package"


def test_coverage_is_of_every_rate_and_horizon() -> None:
    found = coverage(1)
    assert list(found["rates"]) == ["steady", "rising", "seasonal"]
    assert {len(values) for rate in found["rates"].values() for values in rate.values()} == {3}
    shown = report._coverage(found)
    assert {len(row) for row in shown.rows} == {len(shown.heads)}


def test_the_tool_is_given_the_children_in_care_that_we_see(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []

    def tool(folder: str, _: str, since: str, *days: str) -> dict[str, Any]:
        assert since == str(AS_AT)
        rows = list(csv.DictReader((Path(folder) / "2018" / "episodes.csv").open()))
        born = {row["CHILD"]: row["DOB"] for row in csv.DictReader((Path(folder) / "2018" / "header.csv").open())}
        assert all(dt.datetime.strptime(born[row["CHILD"]], "%d/%m/%Y") for row in rows)
        given.append(len({row["CHILD"] for row in rows if not row["DEC"]}))
        return {each: {"counts": {day: {"A": 100.0} for day in days}} for each in SETTINGS}

    monkeypatch.setattr(on_generated, "ask_tool", tool)
    errors = on_generated._errors(None, ("steady", 3), np.random.SeedSequence(1))
    case, whole = generated(np.random.default_rng(3), steady, 1)
    assert given == [len(stock(case.episodes, AS_AT))]
    true = len(stock(whole, dt.date(2019, 3, 31)))
    assert errors["carrying forward"] == abs(given[0] - true)
    assert errors["screen"] == errors["command line"] == abs(100 - true)
