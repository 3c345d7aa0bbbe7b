"""The scoring benchmark from one end to the other: every size asked for, every variant, everyone in a fresh process."""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.scoring.contenders import CONTENDERS, EVERY_PAIR, OURS
from benchmarks.scoring.instances import SIZES, VARIANTS, Size
from benchmarks.scoring.limit import Limit
from benchmarks.scoring.runs import Run, apart, freeze, limit, measure, other_searches
from benchmarks.shown import machine

RIVALS_AT, LIMIT_AT = "as drawn", "open"


def compare(sizes: Sequence[str]) -> dict[str, Any]:
    """Rivals on each size as drawn, Placewell with and without skipping on every variant; and the machine."""
    where, parts = machine(), []
    for name in sizes:
        for variant in VARIANTS:
            with tempfile.TemporaryDirectory() as folder:
                parts.append(_variant(Path(folder), SIZES[name], variant))
    return {"machine": where, "instances": parts}


def _variant(folder: Path, size: Size, variant: str) -> dict[str, Any]:
    _say(f"{size.name}, {variant}: drawing")
    passing = apart(freeze, folder, size, variant)
    runs = []
    able = [name for name, each in CONTENDERS.items() if each.children(size.children, size.homes)]
    for name in able if variant == RIVALS_AT else (OURS, EVERY_PAIR):
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
        "other_searches": apart(other_searches, folder, size.k) if variant == RIVALS_AT else [],
        "limit": best and _limit(best),
    }


def _limit(best: Limit) -> dict[str, Any]:
    return asdict(best) | {
        "seconds_a_pair": best.seconds_a_pair,
        "pairs_a_second": best.pairs_a_second,
        "pairs_a_second_read": best.pairs_a_second_read,
    }


def _row(run: Run, runs: list[Run]) -> dict[str, Any]:
    ours = next(each for each in runs if each.contender == OURS)
    ratios = {
        "times_slower": ours.pairs_a_second / run.pairs_a_second,
        "times_the_cpu": (run.cpu_seconds / run.pairs) / (ours.cpu_seconds / ours.pairs),
    }
    return ratios | asdict(run) | {"pairs_a_second": run.pairs_a_second}


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
