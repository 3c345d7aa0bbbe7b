"""The scoring benchmark as a table or JSON: ratios first, then what they are made of."""

import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.scoring.contenders import CONTENDERS, OURS
from benchmarks.scoring.instances import SIZES, VARIANTS, Size
from benchmarks.scoring.runs import Run, apart, freeze, limit, measure

RIVALS_AT, LIMIT_AT = "as drawn", "open"


def compare(size_name: str) -> list[dict[str, Any]]:
    """Every variant of a size: everyone on the one as drawn, Placewell on all."""
    found = []
    for variant in VARIANTS:
        with tempfile.TemporaryDirectory() as folder:
            found.append(_variant(Path(folder), SIZES[size_name], variant))
    return found


def _variant(folder: Path, size: Size, variant: str) -> dict[str, Any]:
    _say(f"{size.name}, {variant}: drawing")
    passing = apart(freeze, folder, size, variant)
    runs = []
    for name in CONTENDERS if variant == RIVALS_AT else (OURS,):
        _say(f"{size.name}, {variant}: {name}")
        runs.append(apart(measure, folder, name, size.k))
    best = apart(limit, folder) if variant == LIMIT_AT else None
    return {
        "size": size.name,
        "variant": variant,
        "children": size.children,
        "homes": size.homes,
        "k": size.k,
        "share_of_pairs_allowed": passing,
        "contenders": [_row(run, runs) for run in runs],
        "limit": best and asdict(best) | {"pairs_a_second": best.pairs_a_second},
    }


def _row(run: Run, runs: list[Run]) -> dict[str, Any]:
    ours = next(each for each in runs if each.contender == OURS)
    ratios = {
        "times_slower": ours.pairs_a_second / run.pairs_a_second,
        "times_the_cpu": (run.cpu_seconds / run.pairs) / (ours.cpu_seconds / ours.pairs),
    }
    return ratios | asdict(run) | {"pairs_a_second": run.pairs_a_second}


def show(found: list[dict[str, Any]]) -> None:
    """Print a table for each instance, and how near the limit of the machine Placewell comes."""
    console = Console(width=118)
    for part in found:
        console.print(_rivals(part))
    for part in found:
        if part["limit"] is not None:
            console.print(_share(part))


def _rivals(part: dict[str, Any]) -> Table:
    title = (
        f"{part['size'].capitalize()}, {part['variant']}: {part['children']:,} children, {part['homes']:,} homes, best "
        f"{part['k']}; {part['share_of_pairs_allowed']:.0%} of pairs allowed"
    )
    table = Table(
        "contender", "times slower", "times the CPU", "pairs a second", "seconds", "CPU seconds", "children", "runs",
        "MiB", "same answer",
        title=title,
    )  # fmt: skip
    for row in part["contenders"]:
        table.add_row(
            row["contender"],
            f"{row['times_slower']:,.1f}",
            f"{row['times_the_cpu']:,.1f}",
            f"{row['pairs_a_second']:,.0f}",
            f"{row['seconds']:.3f}",
            f"{row['cpu_seconds']:.3f}",
            f"{row['children']:,}",
            str(row["runs"]),
            f"{row['megabytes']:,}",
            {None: "-", True: "yes", False: "NO"}[row["same"]],
        )
    return table


def _share(part: dict[str, Any]) -> str:
    best, every = part["limit"], _by_name(part, OURS)
    reached = every["pairs_a_second"]
    return (
        f"Limit of the instructions, {part['size']}, {part['variant']}: {best['pairs_a_second']:,.0f} pairs a second "
        f"({best['needs_a_pair']:.1f} needs at {best['needs']:,.0f} a second, {best['distances_a_pair']:.2f} distances "
        f"at {best['distances']:,.0f}, other operations at {best['int_ops']:,.0f}). Placewell: "
        f"{reached:,.0f}, {reached / best['pairs_a_second']:.0%} of it. "
        f"Memory: {best['bytes_read'] / 1e9:.1f} GB a second."
    )


def _by_name(part: dict[str, Any], name: str) -> dict[str, Any]:
    row: dict[str, Any] = next(row for row in part["contenders"] if row["contender"] == name)
    return row


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
