"""The demo's last year held out: the sector's own tool, ours and carrying forward, by the tool's own categories.

Each is compared with the truth by its own way of counting: the tool counts short and temporary stays as they are
recorded, and a child at the age at which the episode began; `docs/forecast.md` says how we count.
"""

import datetime as dt
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.forecast.environment import NotInstalledError, ask_tool
from benchmarks.scoring.instances import demo_case
from matcher.services.counts import AGE_BANDS
from matcher.services.forecast import Forecast, fit, forecast
from matcher.services.forecast.lives import Life, Stay, in_care, lives
from matcher.services.indicators.history import History
from matcher.services.stock import Living
from models.ssda903.ages import age_at, age_band
from models.ssda903.stability import months_before

SETTINGS = ("command line", "screen")
_HELD_OUT = "2018"
_MONTHS = (3, 6, 9, 12)
_FOSTERING = (Living.IN_HOUSE_FOSTERING, Living.IFA, Living.OTHER_FOSTERING)
_RESIDENTIAL = (Living.IN_HOUSE_RESIDENTIAL, Living.RESIDENTIAL)
_ELSEWHERE = tuple(each for each in Living if each not in (*_FOSTERING, *_RESIDENTIAL, Living.SUPPORTED))


class Cell(NamedTuple):
    """Some children: the tool's name of the age bracket or category, and which of ours that is."""

    group: str
    name: str
    theirs: str
    ages: tuple[str, ...] = ()
    kinds: tuple[Living, ...] = ()

    def counted(self, counts: Mapping[str, float]) -> float:
        """The tool's count."""
        return sum(number for key, number in counts.items() if self.theirs in ("", *key.split(" ")))

    def holds(self, life: Life, stay: Stay, day: dt.date) -> bool:
        """Whether we count a child here."""
        aged = not self.ages or age_band(age_at(life.born, day)) in self.ages
        return aged and (not self.kinds or stay.living in self.kinds)


CELLS = (
    Cell("everybody", "everybody", ""),
    Cell("category", "fostering", "FOSTERING", kinds=_FOSTERING),
    Cell("category", "residential", "RESIDENTIAL", kinds=_RESIDENTIAL),
    Cell("category", "supported", "SUPPORTED", kinds=(Living.SUPPORTED,)),
    Cell("category", "other", "OTHER", kinds=_ELSEWHERE),
    Cell("age", "under 1", "BIRTH_TO_ONE", AGE_BANDS[:1]),
    Cell("age", "1 to 4", "ONE_TO_FIVE", AGE_BANDS[1:2]),
    Cell("age", "5 to 9", "FIVE_TO_TEN", AGE_BANDS[2:3]),
    Cell("age", "10 to 15", "TEN_TO_SIXTEEN", AGE_BANDS[3:5]),
    Cell("age", "16 and over", "SIXTEEN_TO_EIGHTEEN", AGE_BANDS[5:]),
)


def held_out(draws: int = 1_000) -> dict[str, Any]:
    """Every forecast of the last year's quarter ends, as plain values, for JSON."""
    history = History(demo_case())
    since = months_before(history.case.as_at, 12)
    started = time.perf_counter()
    found = forecast(history.case, years=1, draws=draws, fitted=fit(history.case, as_at=since, history=history))
    seconds = time.perf_counter() - started
    days = [found.days[month] for month in _MONTHS]
    try:
        tool: dict[str, Any] = _tool(since, days)
    except (NotInstalledError, ChildProcessError) as error:
        tool = {"failed": f"{type(error).__name__}: {error}"}
    everybody = lives(history, history.case.as_at)
    return {
        "fitted_to": str(since),
        "days": [str(day) for day in days],
        "draws": found.draws,
        "seconds": {
            "placewell": seconds,
            **{each: tool["read_seconds"] + tool[each]["seconds"] for each in SETTINGS if each in tool},
        },
        "tool": tool.get("version") or tool["failed"],
        "rows": [row for cell in CELLS for row in _rows(cell, found, everybody, tool)],
    }


def _rows(cell: Cell, found: Forecast, everybody: tuple[Life, ...], tool: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A cell at each quarter end: ours and theirs, each with what came to pass and with the last count known."""
    fan = found.fan(ages=cell.ages, kinds=cell.kinds)
    by_child = {life.child: life for life in everybody}
    rows = []
    for month in _MONTHS:
        day = found.days[month]
        row: dict[str, Any] = {
            "group": cell.group,
            "cell": cell.name,
            "day": str(day),
            "actual": sum(cell.holds(by_child[child], stay, day) for child, stay in in_care(everybody, day).items()),
            "carried": fan.median[0],
            "placewell": fan.median[month],
            "interval": [fan.low_80[month], fan.high_80[month]],
        }
        if "version" in tool:
            row["tool_actual"] = cell.counted(tool["actual"][str(day)])
            row["tool_carried"] = cell.counted(tool["now"])
            row |= {each: cell.counted(tool[each]["counts"][str(day)]) for each in SETTINGS}
        rows.append(row)
    return rows


def _tool(since: dt.date, days: list[dt.date]) -> dict[str, Any]:
    with ExitStack() as stack:
        whole = stack.enter_context(as_file(files("placewell_data") / "demo" / "ssda903"))
        known = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for year in whole.iterdir():
            if year.name < _HELD_OUT:
                (known / year.name).symlink_to(year.resolve(), target_is_directory=True)
        return ask_tool(str(known), str(whole), str(since), *map(str, days))
