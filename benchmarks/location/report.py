"""The location benchmark from one end to the other, and its tables."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.location.environment import LIBRARY, NotInstalledError, library_python
from benchmarks.location.instances import Instance, Objective, draw
from benchmarks.shown import Shown, as_markdown, figure, machine, machine_line, print_tables
from solvers import check_location

SECONDS, GROWTH = 60.0, (100, 300, 900, 2000)
_P, _FLOOR = 10, 300.0
_QUESTIONS: tuple[tuple[Objective, int], ...] = (
    ("median", 100), ("median", 300), ("median", 900), ("cover", 900), ("fewest", 900),
)  # fmt: skip
_OURS, _LIBRARY = "placewell", LIBRARY.replace("==", " ")
_SPARE, _WIDTH = 30.0, 100
_HEADS = ("contender", "s", "times ours", "objective", "over the best", "bound", "proved", "MiB")
Found = Mapping[str, Any]


def compare(seconds: float) -> dict[str, Any]:
    """Ask everyone the same with the same time, then us alone at rising sizes and for one site to 100."""
    found: dict[str, Any] = {"machine": machine(), "given": seconds, "library": None}
    library: Path | None = None
    try:
        library = library_python()
    except NotInstalledError as error:
        found["library"] = str(error)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "instance.npz"
        found["questions"] = [_everyone(objective, size, path, seconds, library) for objective, size in _QUESTIONS]
        found["growth"] = [
            {"size": size, "p": p, **_run(_OURS, draw("median", size, p, seed), path, _FLOOR, None), "seed": seed}
            for size, p, seed in [*((n, _P, 1) for n in GROWTH), *((900, p, 1) for p in (1, 3, 5, 30, 100)),
                                  *((900, _P, seed) for seed in (2, 3, 4, 5))]
        ]  # fmt: skip
    return found


def _everyone(objective: Objective, size: int, path: Path, seconds: float, library: Path | None) -> dict[str, Any]:
    asked = draw(objective, size, _P)
    names = [_OURS, "HiGHS", "SCIP", *([_LIBRARY] if library else [])]
    runs = [{"contender": name, **_run(name, asked, path, seconds, library)} for name in names]
    return {"objective": objective, "size": size, "runs": runs}


def _run(name: str, asked: Instance, path: Path, seconds: float, library: Path | None) -> dict[str, Any]:
    """Let one solve it in a process of its own, ended half a minute after twice its time; judge its plan apart."""
    sys.stderr.write(f"location: {asked.objective}, {asked.distance.shape[0]}, {name}\n")
    asked.write(path)
    tool = Path(__file__).with_name("spopt_tool.py")
    python = [sys.executable, "-m", "benchmarks.location.one", name] if name != _LIBRARY else [str(library), str(tool)]
    command = [*python, str(path), str(seconds)]
    output, ended = _ended_in_time(command, 2 * seconds + _SPARE)
    if ended:
        return {"seconds": None, "objective": None, "bound": None, "megabytes": None, "ended": ended}
    told = json.loads(output)
    value = None
    if told["sites"] is not None:
        site_of = _nearest(asked, told["sites"]) if "site_of" not in told else np.array(told["site_of"])
        value = _value(asked, told["sites"], site_of)
        check_location(asked.distance, told["sites"], site_of, value, objective=asked.objective, p=asked.p,
                       radius=asked.radius, demand=asked.demand)  # fmt: skip
    bound = told["bound"] if "bound" in told else (value if told["proved"] else None)
    return {"seconds": told["seconds"], "objective": value, "bound": bound, "megabytes": told["megabytes"], "ended": ""}


def _ended_in_time(command: list[str], seconds: float) -> tuple[str, str]:
    """What a command prints, and how it ended if not well; when time is up it ends with all that it started."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return "", "too late"
    return output, "failed" if process.returncode else ""


def _nearest(asked: Instance, sites: list[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Who goes where if each goes to the nearest of the sites; the library's own lists are of all within reach."""
    far = asked.distance[:, sites]
    near = np.array(sites)[far.argmin(axis=1)]
    return near if asked.radius is None else np.where(far.min(axis=1) <= asked.radius, near, -1)


def _value(asked: Instance, sites: list[int], site_of: np.ndarray[Any, np.dtype[np.int64]]) -> float:
    if asked.objective == "fewest":
        return float(len(sites))
    served = site_of >= 0
    if asked.objective == "cover":
        return float(asked.demand[served].sum())
    return float((asked.demand * asked.distance[np.arange(site_of.size), site_of]).sum())


def show(found: Found) -> None:
    """Print the tables."""
    print_tables(_first(found), _all(found), _WIDTH)


def markdown(found: Found) -> str:
    """The tables as README.md has them."""
    return as_markdown(_first(found), _all(found))


def _first(found: Found) -> str:
    missing = f"; {_LIBRARY} was not installed: {found['library']}" if found["library"] else ""
    return f"{machine_line(found['machine'])}{missing}"


def _all(found: Found) -> Iterator[Shown]:
    for part in found["questions"]:
        what = f"{part['objective']}, {part['size']} by {part['size']}, {found['given']:.0f} s each"
        yield Shown(what[0].upper() + what[1:], _HEADS, list(_rows(part)))
    heads = ("size", "p", "drawn from", "s", "objective", "proved", "MiB")
    rows = [
        (f"{row['size']:,}", str(row["p"]), str(row["seed"]), _seconds(row), _figure(row["objective"]),
         _proved(row), _figure(row["megabytes"]))
        for row in found["growth"]
    ]  # fmt: skip
    yield Shown(f"Median, Placewell alone, {_FLOOR:.0f} s at most", heads, rows)


def _rows(part: Found) -> Iterator[tuple[str, ...]]:
    values = [run["objective"] for run in part["runs"] if run["objective"] is not None]
    best = (max if part["objective"] == "cover" else min)(values, default=0)
    ours = part["runs"][0]["seconds"]
    for run in part["runs"]:
        slower = "-" if run["seconds"] is None or not ours else figure(run["seconds"] / ours)
        worse = "-" if run["objective"] is None else f"{abs(run['objective'] / best - 1):.3%}"
        yield (
            run["contender"], _seconds(run), slower, _figure(run["objective"]), worse, _figure(run["bound"]),
            _proved(run), _figure(run["megabytes"]),
        )  # fmt: skip


def _seconds(run: Found) -> str:
    return run["ended"] if run["seconds"] is None else figure(run["seconds"])


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"


def _proved(run: Found) -> str:
    return "yes" if run["objective"] is not None and run["objective"] == run["bound"] else "NO"
