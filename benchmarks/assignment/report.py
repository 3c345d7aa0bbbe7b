"""The assignment benchmark from one end to the other: every instance asked for, everyone in a fresh process."""

import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.assignment.contenders import CONTENDERS, OURS
from benchmarks.assignment.floors import longest
from benchmarks.assignment.growth import SHARES
from benchmarks.assignment.reached import STEPS, final_plan_at, gap_cost, net_gap, reached_at
from benchmarks.assignment.runs import Run, freeze, run
from benchmarks.scoring.instances import SIZES
from benchmarks.scoring.runs import apart
from benchmarks.shown import machine

Row = dict[str, Any]


def compare(sizes: Sequence[str], ratios: Sequence[float], groups: bool | None, seconds: float) -> dict[str, Any]:
    """Everyone on each size at each ratio, the same seconds for all; and Placewell for as long as its floors have.

    Args:
        sizes: Of `benchmarks.scoring.instances.SIZES`.
        ratios: Places a child.
        groups: With brothers and sisters, without, or (None) with, and England both ways.
        seconds: What everyone is given.
    """
    where, parts = machine(), []
    for size in sizes:
        for together in _both(size) if groups is None else (groups,):
            for ratio in ratios:
                with tempfile.TemporaryDirectory() as folder:
                    parts.append(_instance(Path(folder), (size, ratio, together), seconds))
    return {"machine": where, "seconds": seconds, "instances": parts, "growth": []}


def grow(ratios: Sequence[float], groups: bool, seconds: float, shares: Iterable[float] = SHARES) -> dict[str, Any]:
    """Placewell on counties of a quarter to four times as many children, as many places and groups to a child."""
    where, parts = machine(), []
    for ratio in ratios:
        for share in shares:
            children = round(share * SIZES["county"].children)
            with tempfile.TemporaryDirectory() as folder:
                _say(f"county, {ratio} places a child: {children:,} children")
                facts = apart(freeze, Path(folder), "county", ratio, groups, children)
                parts.append(facts | {"run": _row(run(Path(folder), OURS, seconds, facts["priced"]))})
    return {"machine": where, "seconds": seconds, "instances": [], "growth": parts}


def _both(size: str) -> tuple[bool, ...]:
    return (False, True) if size == "england" else (True,)


def _instance(folder: Path, drawn: tuple[str, float, bool], seconds: float) -> Row:
    facts = apart(freeze, folder, *drawn)
    runs = []
    for name, contender in CONTENDERS.items():
        _say(f"{facts['name']}: {name}")
        why_not = contender.why_not(facts)
        runs.append(Run(name, seconds, why_not) if why_not else run(folder, name, seconds, facts["priced"]))
    longer = None
    if longest(facts) > seconds and runs[0].status != "optimal":
        _say(f"{facts['name']}: {OURS}, for {longest(facts):.0f} s")
        longer = run(folder, OURS, longest(facts), facts["priced"])
    everyone = [*runs, longer] if longer else runs
    return facts | {
        "runs": [_row(each) for each in runs],
        "longer": longer and _row(longer),
        "contradictions": contradictions([_row(each) for each in everyone]),
    }


def contradictions(runs: Sequence[Mapping[str, Any]]) -> list[str]:
    """Bounds that some plan costs less than: somebody's bound is wrong."""
    return [
        f"{one['contender']} has a bound of {one['bound']}, {other['contender']} a plan of {other['objective']}"
        for one in runs
        for other in runs
        if one["bound"] is not None and other["objective"] is not None and other["objective"] < one["bound"]
        and (one["covers"] == "all pairs" or other["contender"] != OURS)
    ]  # fmt: skip


def _row(found: Run) -> Row:
    row = asdict(found)
    measures = {"gap_cost": gap_cost(row), "gap": net_gap(row), "final_plan_at": final_plan_at(row)}
    return row | measures | {"reached_at": {step: reached_at(row, gap) for step, gap in STEPS.items()}}


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
