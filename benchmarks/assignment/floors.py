"""What is asked of the assignment: floors that must be met, and what a run reached."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from benchmarks.assignment.contenders import OURS
from benchmarks.assignment.reached import Run, final_plan_at, net_gap, reached_at
from benchmarks.shown import percent

Part = Mapping[str, Any]
Asked = tuple[str, str, str, str]


class Floor(NamedTuple):
    """A gap to be proved in so many seconds, with groups, at one ratio or at all."""

    size: str
    ratio: float | None
    gap: float
    seconds: float


_FLOORS = (
    Floor("county", None, 0.0025, 20),
    Floor("county", None, 0.001, 120),
    Floor("county", 0.9, 0.0, 300),
    Floor("region", 1.6, 0.004, 120),
)
_FINAL_PLAN = {"county": 10.0}
_NEAR, _SHARE = 0.001, 0.1
_ENGLAND_SECONDS, _ENGLAND_FLOW, _ENGLAND_PASSES, _ENGLAND_RATIO = 600.0, 30.0, 3.0, 1.6


def longest(facts: Mapping[str, Any]) -> float:
    """Seconds that Placewell must be given on an instance, by its facts, for its floors to be judged."""
    if facts["size"] == "england":
        return _ENGLAND_SECONDS
    return max((floor.seconds for floor in _FLOORS if _is_for(floor, facts)), default=0.0)


def asked_of(parts: Sequence[Part]) -> list[Asked]:
    """What was asked, how much, what was reached, and whether that meets it; only what these instances can tell."""
    return [row for part in parts for row in _asked(part)]


def _is_for(floor: Floor, facts: Mapping[str, Any]) -> bool:
    return facts["size"] == floor.size and facts["groups"] > 0 and floor.ratio in (None, facts["ratio"])


def _asked(part: Part) -> Iterator[Asked]:
    ours = part["longer"] or _ours(part)
    if part["size"] == "england":
        yield from _england(part, ours)
        return
    name = f"{part['size']}, {part['ratio']}"
    if part["size"] in _FINAL_PLAN and part["groups"]:
        yield _timed(f"{name}: final plan", _FINAL_PLAN[part["size"]], final_plan_at(ours), ours)
    for floor in _FLOORS:
        if _is_for(floor, part):
            what = f"proved to {floor.gap:.2%}" if floor.gap else "proved exactly"
            yield _timed(f"{name}: {what}", floor.seconds, reached_at(ours, floor.gap), ours)
    if part["groups"] and not part["priced"]:
        yield from _against_best(part, name)


def _timed(what: str, most: float, at: float | None, run: Run) -> Asked:
    reached = f"{at:.1f} s" if at is not None else f"{_percent(net_gap(run))} in {run['given']:.0f} s"
    return what, f"{most:.0f} s", reached, _met(at is not None and at <= most)


def _against_best(part: Part, name: str) -> Iterator[Asked]:
    """Beside the rival that proves most: first to the optimum, else first to 0.1%, else the least gap."""
    rivals = [run for run in part["runs"] if run["contender"] != OURS and net_gap(run) is not None]
    ours = _ours(part)
    for gap in (0.0, _NEAR):
        times = {run["contender"]: at for run in rivals if (at := reached_at(run, gap)) is not None}
        if times:
            best = min(times, key=times.__getitem__)
            at, most = reached_at(ours, gap), _SHARE * times[best]
            reached = "never" if at is None else f"{at:.2f} s"
            what = f"{name}: {'optimum' if gap == 0 else f'{gap:.1%}'}, a tenth of {best}'s time"
            yield what, f"{most:.2f} s", reached, _met(at is not None and at <= most)
            return
    if rivals:
        least = min(rivals, key=lambda run: net_gap(run) or 0.0)
        gap_of_rival, gap_of_ours = net_gap(least) or 0.0, net_gap(ours)
        what = f"{name}: gap, a tenth of {least['contender']}'s in {ours['given']:.0f} s"
        met = gap_of_ours is not None and gap_of_ours <= _SHARE * gap_of_rival
        yield what, _percent(_SHARE * gap_of_rival), _percent(gap_of_ours), _met(met)


def _england(part: Part, ours: Run) -> Iterator[Asked]:
    name = f"England, {part['ratio']}, {'with' if part['groups'] else 'without'} groups"
    if part["groups"] or part["ratio"] != _ENGLAND_RATIO:
        covered = "" if ours["covers"] == "all pairs" else " of the shortlist"
        found = _percent(net_gap(ours))
        yield f"{name}: proved", f"in {ours['given']:.0f} s", f"{found}{covered} in {_seconds(ours)}", "reported"
        return
    exact = ours["status"] == "optimal"
    flow = (ours["seconds"] or 0.0) - ours["pricing_seconds"]
    reached = f"{flow:.1f} s" if exact else _percent(net_gap(ours))
    yield f"{name}: exactly, scoring left out", f"{_ENGLAND_FLOW:.0f} s", reached, _met(exact and flow <= _ENGLAND_FLOW)
    passes = ours["passes"]
    enough = _met(exact and passes <= _ENGLAND_PASSES)
    yield f"{name}: scoring passes, the shortlist's too", f"{_ENGLAND_PASSES:.0f}", f"{passes:.2f}", enough


def _ours(part: Part) -> Run:
    run: Run = next(run for run in part["runs"] if run["contender"] == OURS)
    return run


def _seconds(run: Run) -> str:
    return "-" if run["seconds"] is None else f"{run['seconds']:.1f} s"


def _percent(gap: float | None) -> str:
    return "nothing" if gap is None else percent(gap)


def _met(met: bool) -> str:
    return "yes" if met else "NO"
