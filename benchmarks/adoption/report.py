"""The adoption benchmark from one end to the other, and its tables."""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.adoption import runs
from benchmarks.adoption.instances import CHILDREN, FAMILIES
from benchmarks.scoring.runs import apart
from benchmarks.shown import Shown, as_markdown, figure, machine, machine_line, print_tables

BOTH_WAYS_SECONDS, LINKING_SECONDS = 5, 60
_WIDTH = 80
_SCREENING = ("contender", "times slower", "times the CPU", "million pairs/s", "s", "CPU s", "units", "MiB", "same")
_LINKING = ("linking", "s", "CPU s", "children linked", "objective over ours", "proved", "MiB")
Found = Mapping[str, Any]


def compare(children: int = CHILDREN, families: int = FAMILIES, seed: int = 1) -> dict[str, Any]:
    """Draw a pool, screen and link it, ours and others'; every figure is measured in a process of its own."""
    found: dict[str, Any] = {"machine": machine()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _say("pool")
        found["pool"] = apart(runs.freeze, folder, children, families, seed)
        for work in (runs.placewell, runs.pandas, runs.scipy_matrix, runs.first_come):
            _say(work.__name__)
            found[work.__name__] = apart(work, folder)
    return found


def _say(words: str) -> None:
    sys.stderr.write(f"adoption: {words}\n")


def show(found: Found) -> None:
    """Print the tables."""
    print_tables(machine_line(found["machine"]), _all(found), _WIDTH)


def markdown(found: Found) -> str:
    """The tables as README.md has them."""
    return as_markdown(machine_line(found["machine"]), _all(found))


def both_ways(found: Found, clock: str = "seconds") -> float:
    """Seconds, or ``cpu`` seconds of all threads, to encode a pool, screen it and list the first of both sides."""
    times = found["placewell"][clock]
    return float(times["encoding and screening"] + times["lists"])


def _all(found: Found) -> Iterator[Shown]:
    pool, ours = found["pool"], found["placewell"]
    yield Shown("Asked of it", ("", "asked", "reached", "met"), list(_asked(found)))
    title = (
        f"Screening: {pool['children']:,} children in {pool['units']:,} units, {pool['families']:,} families, best "
        f"{runs.TOP}; {ours['eligible']:.0%} of pairs eligible"
    )
    yield Shown(title, _SCREENING, _screens(found))
    yield Shown("Linking", _LINKING, list(_links(found)))
    steps = [(step, figure(ours["seconds"][step]), figure(ours["cpu"][step])) for step in ours["seconds"]]
    before = ("records to a case, before it", figure(pool["case_seconds"]), "-")
    after = ("one child's list, explained", figure(ours["one_child"]), "-")
    yield Shown("Placewell, step by step", ("step", "s", "CPU s"), [before, *steps, after])


def _asked(found: Found) -> Iterator[tuple[str, str, str, str]]:
    ours = found["placewell"]
    for clock, word in (("seconds", ""), ("cpu", ", by CPU")):
        both, linking = both_ways(found, clock), ours[clock]["linking"]
        floor, other = f"under {BOTH_WAYS_SECONDS} s", f"under {LINKING_SECONDS} s"
        yield f"encoded, screened both ways{word}", floor, f"{both:.1f} s", _met(both < BOTH_WAYS_SECONDS)
        proved = ours["status"] == "optimal" and linking < LINKING_SECONDS
        yield f"linked with proof{word}", other, f"{linking:.1f} s, {ours['status']}", _met(proved)


def _met(met: bool) -> str:
    return "yes" if met else "NO"


def _screens(found: Found) -> list[tuple[str, ...]]:
    """Both with their columns laid out; for lists of families alone, which is what pandas was asked for."""
    ours, rival = found["placewell"], found["pandas"]
    seconds, cpu = (
        ours[clock]["encoding and screening"] - ours[clock]["encoding"] + ours[clock]["lists"] / 2
        for clock in ("seconds", "cpu")
    )
    rate, other = ours["pairs"] / seconds, rival["pairs"] / rival["seconds"]
    times = (rival["cpu"] / rival["pairs"]) / (cpu / ours["pairs"])
    return [
        ("placewell", "1", "1", figure(rate / 1e6), figure(seconds), figure(cpu), f"{found['pool']['units']:,}",
         f"{ours['megabytes']:,}", "-"),
        ("pandas", figure(rate / other), figure(times), figure(other / 1e6), figure(rival["seconds"]),
         figure(rival["cpu"]), f"{rival['units']:,}", f"{rival['megabytes']:,}", "yes" if rival["same"] else "NO"),
    ]  # fmt: skip


def _links(found: Found) -> Iterator[tuple[str, ...]]:
    ours = found["placewell"]
    yield (
        "placewell", figure(ours["seconds"]["linking"]), figure(ours["cpu"]["linking"]), f"{ours['linked']:,}",
        "1.000000", "yes" if ours["objective"] == ours["bound"] else "NO", f"{ours['megabytes']:,}",
    )  # fmt: skip
    for key, name in (("scipy_matrix", "scipy, matrix"), ("first_come", "first come, first served")):
        row = found[key]
        ratio = row["objective"] / ours["objective"] if ours["objective"] else 1.0
        yield (
            name, figure(row["seconds"]), figure(row["cpu"]), f"{row['linked']:,}", f"{ratio:.6f}", "-",
            f"{row['megabytes']:,}",
        )  # fmt: skip
