"""What is asked of the scoring: floors that must be met, aims that should be, and what a run reached."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.scoring.contenders import BROADCAST, EVERY_PAIR, OURS, TUNED, TUNED_SKIPPING

_TIMES_BROADCAST, _TIMES_TUNED = 15, 3
_REGION_PAIRS_A_SECOND = 120e6
_ENGLAND_SECONDS, _ENGLAND_MEBIBYTES = 30, 2048
_AIM_OF_LIMIT, _AIM_ENGLAND_SECONDS = 0.5, 5
Part = Mapping[str, Any]


def asked_of(parts: Sequence[Part], cores: int) -> list[tuple[str, str, str, str]]:
    """What was asked, how much, what was reached, and whether that meets it; only what these instances can tell."""
    return [row for part in parts for row in _asked(part, cores)]


def by_name(part: Part, name: str) -> Mapping[str, Any]:
    """A contender's row."""
    row: Mapping[str, Any] = next(row for row in part["contenders"] if row["contender"] == name)
    return row


def rate_with_cores_free(row: Mapping[str, Any], cores: int) -> float:
    """Pairs a second if no other program had used the cores: by processor time, which others hardly change."""
    rate: float = cores * row["pairs"] / row["cpu_seconds"]
    return rate


def _asked(part: Part, cores: int) -> Iterator[tuple[str, str, str, str]]:
    size, variant = part["size"], part["variant"]
    if size in ("county", "region") and variant == "as drawn":
        for rivals, times in (((BROADCAST,), _TIMES_BROADCAST), ((TUNED, TUNED_SKIPPING), _TIMES_TUNED)):
            found = min(by_name(part, rival)["times_slower"] for rival in rivals)
            yield _row(f"{size}: times {' or '.join(rivals)}", f"at least {times}", f"{found:.1f}", found >= times)
    if size == "region" and variant == "open":
        every, floor = by_name(part, EVERY_PAIR), f"at least {_REGION_PAIRS_A_SECOND / 1e6:.0f}"
        by_clock, by_cpu = every["pairs_a_second"], rate_with_cores_free(every, cores)
        for how, rate in (("", by_clock), (", by CPU", by_cpu)):
            met = rate >= _REGION_PAIRS_A_SECOND
            yield _row(f"region, open, every pair: million/s{how}", floor, f"{rate / 1e6:.0f}", met)
        share = by_cpu / part["limit"]["pairs_a_second"]
        what = "region, open, every pair: limit, by CPU"
        yield _row(what, f"aim {_AIM_OF_LIMIT:.0%}", f"{share:.0%}", share >= _AIM_OF_LIMIT)
    if size == "england" and variant == "as drawn":
        ours = by_name(part, OURS)
        taken, what = ours["seconds"] + ours["preparing"], "England, laid out and searched: seconds"
        memory = ours["megabytes"]
        yield _row(what, f"under {_ENGLAND_SECONDS}", f"{taken:.1f}", taken < _ENGLAND_SECONDS)
        yield _row(what, f"aim {_AIM_ENGLAND_SECONDS}", f"{taken:.1f}", taken < _AIM_ENGLAND_SECONDS)
        yield _row("England: MiB", f"under {_ENGLAND_MEBIBYTES:,}", f"{memory:,}", memory < _ENGLAND_MEBIBYTES)


def _row(what: str, asked: str, reached: str, met: bool) -> tuple[str, str, str, str]:
    return what, asked, reached, "yes" if met else "NO"
