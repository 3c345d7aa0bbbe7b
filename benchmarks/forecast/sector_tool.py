"""Run by a Python of its own, where cs-demand-model is installed: its forecast of a folder of SSDA903 returns.

``python sector_tool.py RETURNS_KNOWN ALL_RETURNS LAST_DAY DAY...`` prints JSON: for each day its own count from all
returns, and its forecasts from those known on the last day, by its age brackets and placement categories, each with the
settings that one of its two ways of use starts with: the command line (the last six months, a day at a time) and the
screen (the last year, 90 days at a time; days between are read off the straight line).
"""

import datetime as dt
import json
import math
import sys
import time
import warnings
from importlib.metadata import version
from typing import Any

Counts = dict[str, float]


def main() -> None:
    """Count, forecast, print."""
    warnings.simplefilter("ignore")
    known, whole, last, *days = sys.argv[1:]
    since, ahead = dt.date.fromisoformat(last), [dt.date.fromisoformat(day) for day in days]
    started = time.perf_counter()
    stats = _stats(known)
    stats.stock  # noqa: B018 - it works the stock out when it is asked for
    found: dict[str, Any] = {
        "version": version("cs-demand-model"),
        "read_seconds": time.perf_counter() - started,
        "now": _counts(stats.stock_at(since)),
    }
    all_of_it = _stats(whole)
    found["actual"] = {str(day): _counts(all_of_it.stock_at(day)) for day in ahead}
    for name, months, step in (("command line", 6, 1), ("screen", 12, 90)):
        started = time.perf_counter()
        counts = _forecast(_stats(known), since, _months_before(since, months), step, ahead)
        found[name] = {"counts": counts, "seconds": time.perf_counter() - started}
    print(json.dumps(found))


def _stats(folder: str) -> Any:  # noqa: ANN401 - the tool has no types
    from cs_demand_model import Config, DemandModellingDataContainer, PopulationStats, fs_datastore

    config = Config()
    return PopulationStats(DemandModellingDataContainer(fs_datastore(folder), config).enriched_view, config)


def _forecast(
    stats: Any,  # noqa: ANN401
    since: dt.date,
    reference: dt.date,
    step: int,
    ahead: list[dt.date],
) -> dict[str, Counts]:
    from cs_demand_model import ModelPredictor

    steps = -(-(max(ahead) - since).days // step)
    rows = ModelPredictor.from_model(stats, reference, since).predict(steps, step)
    path = [_counts(stats.stock_at(since)), *(_counts(rows.iloc[number]) for number in range(steps))]
    return {str(day): _between(path, (day - since).days / step) for day in ahead}


def _between(path: list[Counts], at: float) -> Counts:
    low = min(int(at), len(path) - 1)
    high = min(low + 1, len(path) - 1)
    part = at - low
    keys = path[low].keys() | path[high].keys()
    return {key: (1 - part) * path[low].get(key, 0.0) + part * path[high].get(key, 0.0) for key in keys}


def _counts(row: Any) -> Counts:  # noqa: ANN401
    """Children by age bracket and category; those who have left care, whom it keeps count of, left out."""
    return {
        f"{age} {category}": float(number)
        for (age, category), number in row.items()
        if category != "NOT_IN_CARE" and not math.isnan(number)
    }


def _months_before(day: dt.date, months: int) -> dt.date:
    # Last days of a month only, which is what returns end with.
    month = day.year * 12 + day.month - months
    return dt.date(month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


if __name__ == "__main__":
    main()
