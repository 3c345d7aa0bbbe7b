"""What the scoring benchmark found, as tables that fit 80 columns or as Markdown: ratios first."""

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.scoring.asked import asked_of, by_name, rate_with_cores_free
from benchmarks.scoring.contenders import EVERY_PAIR, OURS
from benchmarks.scoring.report import RIVALS_AT
from benchmarks.shown import Shown, as_markdown, figure, machine_line, print_tables

_WIDTH = 80
Part = Mapping[str, Any]
Found = Mapping[str, Any]


def show(found: Found) -> None:
    """Print the tables."""
    print_tables(machine_line(found["machine"]), _all(found), _WIDTH)


def markdown(found: Found) -> str:
    """The tables as README.md has them."""
    return as_markdown(machine_line(found["machine"]), _all(found))


def _all(found: Found) -> Iterator[Shown]:
    parts = found["instances"]
    yield Shown("Asked of it", ("", "asked", "reached", "met"), asked_of(parts, found["machine"]["cores"]))
    yield from (_rivals(part) for part in parts if part["variant"] == RIVALS_AT)
    yield Shown(
        "Skipping: blocks of homes that cannot matter",
        ("instance", "times faster", "blocks skipped", "time, s", "every pair, s", "pairs allowed"),
        [_skipping(part) for part in parts],
    )
    yield Shown(
        "Limit of the instructions, every pair worked out; million pairs a second",
        ("instance", "share reached", "by CPU", "Placewell", "limit", "needs", "distances", "the rest", "priced"),
        [_share(part, found["machine"]["cores"]) for part in parts if part["limit"] is not None],
    )
    yield Shown(
        "Other searches",
        ("instance", "search", "seconds", "pairs found"),
        [
            (_name(part), each["search"], figure(each["seconds"]), f"{each['pairs']:,}")
            for part in parts
            for each in part["other_searches"]
        ],
    )


def _rivals(part: Part) -> Shown:
    title = (
        f"{_name(part)}: {part['children']:,} children, {part['homes']:,} homes, best {part['k']}; "
        f"{part['share_of_pairs_allowed']:.0%} of pairs allowed"
    )
    heads = (
        "contender", "times slower", "times the CPU", "million pairs/s", "laying out, s", "time, s", "children",
        "MiB", "same",
    )  # fmt: skip
    return Shown(title, heads, [_contender(row) for row in part["contenders"]])


def _contender(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        row["contender"],
        figure(row["times_slower"]),
        figure(row["times_the_cpu"]),
        figure(row["pairs_a_second"] / 1e6),
        figure(row["preparing"]),
        figure(row["seconds"]),
        f"{row['children']:,}",
        f"{row['megabytes']:,}",
        {None: "-", True: "yes", False: "NO"}[row["same"]],
    )


def _skipping(part: Part) -> tuple[str, ...]:
    ours, every = by_name(part, OURS), by_name(part, EVERY_PAIR)
    return (
        _name(part),
        figure(every["seconds"] / ours["seconds"]),
        f"{ours['skipped']:.1%}",
        figure(ours["seconds"]),
        figure(every["seconds"]),
        f"{part['share_of_pairs_allowed']:.0%}",
    )


def _share(part: Part, cores: int) -> tuple[str, ...]:
    limit, every = part["limit"], by_name(part, EVERY_PAIR)
    reached, with_cores_free = every["pairs_a_second"], rate_with_cores_free(every, cores)
    taken = limit["seconds_a_pair"]
    return (
        _name(part),
        f"{reached / limit['pairs_a_second']:.0%}",
        f"{with_cores_free / limit['pairs_a_second']:.0%}",
        f"{reached / 1e6:,.0f}",
        f"{limit['pairs_a_second'] / 1e6:,.0f}",
        *(f"{each / sum(taken.values()):.0%}" for each in taken.values()),
        f"{limit['priced']:.0%}",
    )


def _name(part: Part) -> str:
    return f"{part['size'].capitalize()}, {part['variant']}"
