"""Tables of figures, printed to fit a page or as the READMEs have them, and the machine they were measured on."""

import math
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rich.box import SIMPLE_HEAD
from rich.console import Console, JustifyMethod
from rich.table import Table

_PROCESSORS = Path("/proc/cpuinfo")


class Shown(NamedTuple):
    """A table: its title, the heads of its columns, and its rows."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def print_tables(first: str, tables: Iterable[Shown], width: int) -> None:
    """Print a first line and the tables, so wide at most."""
    console = Console(width=width, highlight=False)
    console.print(first)
    for shown in tables:
        table = Table(title=f"\n{shown.title}", title_justify="left", box=SIMPLE_HEAD, show_edge=False, padding=0)
        for number, head in enumerate(shown.heads):
            side: JustifyMethod = "right" if number else "left"
            table.add_column(head.replace(" ", "\n"), justify=side, vertical="bottom", no_wrap=True)
        for row in shown.rows:
            table.add_row(*row)
        console.print(table)


def as_markdown(first: str, tables: Iterable[Shown]) -> str:
    """The same as Markdown."""
    lines = [f"{first}."]
    for shown in tables:
        heads = f"| {' | '.join(shown.heads)} |", "|---" * len(shown.heads) + "|"
        lines += ["", f"**{shown.title}**", "", *heads, *(f"| {' | '.join(row)} |" for row in shown.rows)]
    return "\n".join(lines)


def figure(value: float) -> str:
    """Two figures that count, and all before the point."""
    if value >= 10:
        return f"{value:,.0f}"
    places = max(0, 1 - math.floor(math.log10(value))) if value > 0 else 0
    return f"{value:.{places}f}"


def percent(share: float) -> str:
    """Thousandths of a percent, but none where it is ten times the whole or more."""
    return f"{share:.3%}" if share < 10 else f"{share:,.0%}"


def machine() -> dict[str, Any]:
    """The processor's name where Linux tells it, the number of cores, and how many other work was using."""
    lines = _PROCESSORS.read_text().splitlines() if _PROCESSORS.exists() else []
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "processor")
    return {"processor": name, "cores": os.cpu_count(), "busy_before": round(os.getloadavg()[0], 1)}


def machine_line(found: Mapping[str, Any]) -> str:
    """`machine` in words."""
    return f"{found['cores']} cores of {found['processor']}, {found['busy_before']} of them busy before"
