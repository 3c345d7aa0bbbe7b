"""The sector's own tool and ours on the same histories whose process is known, a year ahead."""

import csv
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.forecast.coverage import RATES
from benchmarks.forecast.environment import NotInstalledError, ask_tool
from benchmarks.forecast.held_out import SETTINGS
from matcher.services.forecast import forecast
from matcher.services.spreading import spread
from models.case import Case
from models.ssda903.episode import Episode
from models.ssda903.flows import stock
from tests.generated_care import AS_AT, generated

_DRAWS = 200
_DATE = "%d/%m/%Y"
_HEADER = ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
_EPISODES = (
    "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE", "HOME_POST",
    "PL_POST",
)  # fmt: skip


def on_generated(histories: int) -> dict[str, Any]:
    """Mean errors in children a year ahead, by rate of coming into care; or why the tool could not be asked."""
    tasks = [(name, number) for name in RATES for number in range(histories)]
    try:
        found = spread(_errors, tasks, shared=None, on="processes")
    except (NotInstalledError, ChildProcessError) as error:
        return {"failed": f"{type(error).__name__}: {error}"}
    rows = {name: [row for (rate, _), row in zip(tasks, found, strict=True) if rate == name] for name in RATES}
    return {
        "histories": histories,
        "rates": {name: {who: float(np.mean([row[who] for row in of])) for who in of[0]} for name, of in rows.items()},
    }


def _errors(_: None, task: tuple[str, int], __: np.random.SeedSequence) -> dict[str, float]:
    """How far each is from the truth after a year, in one history."""
    name, number = task
    case, whole = generated(np.random.default_rng(number), RATES[name], 1)
    fan = forecast(case, years=1, draws=_DRAWS, seed=number).fan()
    day = fan.days[12]
    true = len(stock(whole, day))
    with tempfile.TemporaryDirectory() as folder:
        write_returns(Path(folder), case)
        tool = ask_tool(folder, folder, str(AS_AT), str(day))
    return {
        "carrying forward": abs(fan.median[0] - true),
        "placewell": abs(fan.median[12] - true),
        **{each: abs(sum(tool[each]["counts"][str(day)].values()) - true) for each in SETTINGS},
    }


def write_returns(folder: Path, case: Case) -> None:
    """A case's children and episodes as the header and episodes of one return."""
    year = folder / str(AS_AT.year)
    year.mkdir()
    born = ({"CHILD": child, "SEX": "1", "DOB": f"{day:{_DATE}}"} for child, day in case.births.items())
    _write(year / "header.csv", _HEADER, born)
    _write(year / "episodes.csv", _EPISODES, _rows(case.episodes))


def _rows(episodes: Mapping[str, tuple[Episode, ...]]) -> Iterator[dict[str, str]]:
    for child, rows in episodes.items():
        for row in rows:
            ended = f"{row.dec:{_DATE}}" if row.dec else ""
            yield {"CHILD": child, "DECOM": f"{row.decom:{_DATE}}", "RNE": row.rne, "PLACE": row.place, "DEC": ended}


def _write(path: Path, heads: tuple[str, ...], rows: Iterator[dict[str, str]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, heads, restval="")
        writer.writeheader()
        writer.writerows(rows)
