"""What the assignment benchmark found, as tables or as Markdown; money in pounds a week."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from benchmarks.assignment.floors import asked_of
from benchmarks.assignment.growth import exponent
from benchmarks.assignment.reached import STEPS
from benchmarks.shown import Shown, as_markdown, figure, machine_line, percent, print_tables

_T = TypeVar("_T")
_WIDTH = 150
_PENCE = 100
Part = Mapping[str, Any]
Found = Mapping[str, Any]


def show(found: Found) -> None:
    """Print the tables."""
    print_tables(_first(found), _all(found), _WIDTH)


def markdown(found: Found) -> str:
    """The tables as README.md has them."""
    return as_markdown(_first(found), _all(found))


def _first(found: Found) -> str:
    return f"{machine_line(found['machine'])}; {found['seconds']:.0f} s for each contender"


def _all(found: Found) -> Iterator[Shown]:
    if asked := asked_of(found["instances"]):
        yield Shown("Asked of it", ("", "asked", "reached", "met"), asked)
    yield from map(_contenders, found["instances"])
    if found["growth"]:
        yield _growth(found["growth"])


def _contenders(part: Part) -> Shown:
    given = f"{part['pairs']:,} pairs allowed"
    if part["priced"]:
        given = (
            f"{part['children'] * part['homes']:,} pairs, of which rivals are given a shortlist of {part['pairs']:,}, "
            f"made in {part['listing_seconds']:.1f} s; Placewell looks at the others too"
        )
    title = f"{_name(part)}: {part['children']:,} children, {part['homes']:,} homes, {part['places']:,} places; {given}"
    if part["contradictions"]:
        title += f". WRONG: {'; '.join(part['contradictions'])}"
    heads = (
        "contender", "objective, £", "over best", "no home", "gap, £", "gap", "last plan, s",
        *(f"{step}, s" for step in STEPS), "time, s", "MiB", "passes", "ended",
    )  # fmt: skip
    runs = part["runs"] + ([part["longer"]] if part["longer"] else [])
    best = min((run["objective"] for run in runs if run["objective"] is not None), default=None)
    return Shown(title, heads, [_contender(run, best, part["runs"][0]["given"]) for run in runs])


def _contender(run: Part, best: int | None, usual: float) -> tuple[str, ...]:
    over = None if best is None or run["objective"] is None else run["objective"] / best
    name = run["contender"] if run["given"] == usual else f"{run['contender']}, {run['given']:.0f} s"
    ended = run["status"] if run["covers"] == "all pairs" else f"{run['status']}, shortlist"
    return (
        name,
        _or_dash(run["objective"], _pounds),
        _or_dash(over, "{:.3f}".format),
        _or_dash(run["unplaced"], "{:,}".format),
        _or_dash(run["gap_cost"], _pounds),
        _or_dash(run["gap"], percent),
        _or_dash(run["final_plan_at"], figure),
        *(_or_dash(run["reached_at"][step], figure) for step in STEPS),
        _or_dash(run["seconds"], figure),
        _or_dash(run["megabytes"], "{:,}".format),
        f"{run['passes']:.2f}" if run["calls"] else "1",
        ended,
    )


def _growth(parts: Sequence[Part]) -> Shown:
    heads = (
        "places a child", "children", "homes", "groups", "pairs", "last plan, s", *(f"{step}, s" for step in STEPS),
        "time, s", "MiB", "gap",
    )  # fmt: skip
    rows = []
    for ratio in dict.fromkeys(part["ratio"] for part in parts):
        mine = [part for part in parts if part["ratio"] == ratio]
        figures = [_growing(part) for part in mine]
        for part, measured in zip(mine, figures, strict=True):
            counts = (f"{part[name]:,}" for name in ("children", "homes", "groups", "pairs"))
            rows.append(
                (
                    str(ratio),
                    *counts,
                    *(_or_dash(each, figure) for each in measured),
                    _or_dash(part["run"]["gap"], percent),
                )
            )
        children = [part["children"] for part in mine]
        powers = [exponent(children, column) for column in zip(*figures, strict=True)]
        rows.append((f"{ratio}: power", "1", "", "", "", *(_or_dash(each, "{:.2f}".format) for each in powers), ""))
    return Shown("Growth: a county of a quarter to four times the children", heads, rows)


def _growing(part: Part) -> tuple[float | None, ...]:
    run = part["run"]
    return (run["final_plan_at"], *(run["reached_at"][step] for step in STEPS), run["seconds"], run["megabytes"])


def _name(part: Part) -> str:
    groups = f"{part['groups']:,} groups" if part["groups"] else "no groups"
    return f"{part['size'].capitalize()}, {part['ratio']} places a child, {groups}"


def _pounds(pence: int) -> str:
    return f"{pence / _PENCE:,.0f}"


def _or_dash(value: _T | None, written: Callable[[_T], str]) -> str:
    return "-" if value is None else written(value)
