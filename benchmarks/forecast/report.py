"""The forecast benchmark from one end to the other, and its tables."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean
from typing import Any

from benchmarks.forecast.coverage import coverage
from benchmarks.forecast.held_out import SETTINGS, held_out
from benchmarks.forecast.on_generated import on_generated
from benchmarks.forecast.speed import speed
from benchmarks.scoring.instances import demo_case
from benchmarks.shown import Shown, as_markdown, figure, machine, machine_line, print_tables
from matcher.services.forecast import back_test

_WIDTH = 120
_FOR_THE_TOOL = 20
_TOOL = "cs-demand-model"
Found = Mapping[str, Any]


def compare(histories: int) -> dict[str, Any]:
    """Time it, hold out the demo's last year for all, back-test, and forecast histories whose process is known."""
    found: dict[str, Any] = {"machine": machine()}
    _say("speed")
    found["speed"] = speed()
    _say("last year held out")
    found["held_out"] = held_out()
    _say("back-test")
    found["back_test"] = [
        {**row.model_dump(), "nearer": row.beats_carrying_forward} for row in back_test(demo_case()).rows
    ]
    _say("generated histories")
    found["coverage"] = coverage(histories)
    _say("generated histories, the sector's tool")
    found["on_generated"] = on_generated(min(_FOR_THE_TOOL, histories))
    return found


def _say(words: str) -> None:
    sys.stderr.write(f"forecast: {words}\n")


def show(found: Found) -> None:
    """Print the tables."""
    print_tables(machine_line(found["machine"]), _all(found), _WIDTH)


def markdown(found: Found) -> str:
    """The tables as README.md has them."""
    return as_markdown(machine_line(found["machine"]), _all(found))


def _all(found: Found) -> Iterator[Shown]:
    yield _speed(found["speed"])
    held = found["held_out"]
    yield _errors(held)
    yield _year_end(held)
    seconds = [(_named(name), figure(taken)) for name, taken in held["seconds"].items()]
    yield Shown("Seconds for it, reading the returns included for the tool", ("", "s"), seconds)
    yield _back_test(found["back_test"])
    yield _coverage(found["coverage"])
    if "rates" in found["on_generated"]:
        yield _on_generated(found["on_generated"])


def _speed(found: Found) -> Shown:
    rows = [
        ("the first run on a machine, which compiles", found["compiling"], None),
        ("the first run of a program", found["first"], found["first_cpu"]),
        ("again", found["again"], found["again_cpu"]),
    ]
    return Shown(
        f"The demo (synthetic), {found['draws']:,} draws of {found['years']} years; asked: under {found['asked']} s",
        ("", "s", "CPU s"),
        [(name, figure(seconds), figure(cpu) if cpu else "-") for name, seconds, cpu in rows],
    )


def _contenders(held: Found) -> list[tuple[str, str, str]]:
    """Name, what it forecasts, and what truth it is held to."""
    ours = [("carrying forward", "carried", "actual"), ("Placewell", "placewell", "actual")]
    if "tool_actual" not in held["rows"][0]:
        return ours
    theirs = [(_named(name), name, "tool_actual") for name in SETTINGS]
    return [*ours, ("carrying forward, its count", "tool_carried", "tool_actual"), *theirs]


def _named(contender: str) -> str:
    if contender in SETTINGS:
        return f"{_TOOL}, {contender}"
    return "Placewell" if contender == "placewell" else contender


def _errors(held: Found) -> Shown:
    contenders = _contenders(held)
    groups = dict.fromkeys(row["group"] for row in held["rows"])
    rows = []
    for group in groups:
        of = [row for row in held["rows"] if row["group"] == group]
        errors = (fmean(abs(row[what] - row[truth]) for row in of) for _, what, truth in contenders)
        within = sum(row["interval"][0] <= row["actual"] <= row["interval"][1] for row in of)
        rows.append((group, str(len(of)), *(f"{error:.1f}" for error in errors), f"{within} of {len(of)}"))
    return Shown(
        f"The last year held out, fitted to {held['fitted_to']}: mean error in children at four quarter ends",
        ("cells", "tests", *(name for name, _, _ in contenders), "held by our 80%"),
        rows,
    )


def _year_end(held: Found) -> Shown:
    last = held["days"][-1]
    contenders = _contenders(held)
    compared = "tool_actual" in held["rows"][0]
    rows = [
        (
            f"{row['group']}: {row['cell']}" if row["group"] != row["cell"] else row["cell"],
            f"{row['actual']:,}",
            *(f"{row[what]:,.0f}" for _, what, truth in contenders if truth == "actual"),
            f"{row['interval'][0]:,.0f} to {row['interval'][1]:,.0f}",
            *((f"{row['tool_actual']:,.0f}",) if compared else ()),
            *(f"{row[what]:,.0f}" for _, what, truth in contenders if truth == "tool_actual"),
        )
        for row in held["rows"]
        if row["day"] == last
    ]
    heads = [name for name, _, _ in contenders]
    their_heads = ("truth, its count", *heads[2:]) if compared else ()
    return Shown(f"Children on {last}", ("", "truth", *heads[:2], "our 80%", *their_heads), rows)


def _back_test(found: Sequence[Found]) -> Shown:
    rows = [
        (
            row["group"],
            str(row["tests"]),
            str(row["within_80"]),
            str(row["within_95"]),
            f"{row['mean_error']:.1f}",
            f"{row['mean_error_carried']:.1f}",
        )
        for row in found
    ]
    return Shown(
        "Back-test on the demo's last four quarters, by our own cells",
        ("cells", "tests", "held by 80%", "by 95%", "mean error", "carrying forward"),
        rows,
    )


def _coverage(found: Found) -> Shown:
    rows = []
    for name, rate in found["rates"].items():
        rows += [
            (f"{name}: held by 80%", *(f"{share:.0%}" for share in rate["held_80"])),
            (f"{name}: held by 95%", *(f"{share:.0%}" for share in rate["held_95"])),
            (f"{name}: mean error of the median", *(f"{error:.1f}" for error in rate["centre"])),
            (f"{name}: of carrying forward", *(f"{error:.1f}" for error in rate["carried"])),
        ]
    heads = tuple(f"{month} months" for month in found["months"])
    return Shown(f"{found['histories']} generated histories of each rate, {found['draws']} draws", ("", *heads), rows)


def _on_generated(found: Found) -> Shown:
    heads = tuple(next(iter(found["rates"].values())))
    return Shown(
        f"Mean error in children after 12 months, the first {found['histories']} of those histories",
        ("", *(_named(head) for head in heads)),
        [(name, *(f"{rate[head]:.1f}" for head in heads)) for name, rate in found["rates"].items()],
    )
