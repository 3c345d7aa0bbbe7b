"""What a person sees: results on standard output; progress, notes and mistakes on standard error."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel
    from rich.console import Console
    from rich.table import Table

USAGE_ERROR = 2


def output() -> "Console":
    """Where results are printed; plain text of 100 columns when it is no terminal, so that files read well."""
    from rich.console import Console

    return Console(highlight=False, emoji=False, width=None if sys.stdout.isatty() else _plain_width())


def notes() -> "Console":
    """Where progress, notes and mistakes are printed."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, emoji=False)


def _plain_width() -> int:
    import os

    asked = os.environ.get("COLUMNS", "")
    return int(asked) if asked.isdigit() and int(asked) > 0 else 100


@contextmanager
def working(first: str) -> Iterator[Callable[[str], None]]:
    """Show what is going on and for how long, on a terminal only; yields the function to tell it with."""
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = notes()
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=20), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(first, total=None)
        yield lambda words: progress.update(task, description=words)


def print_json(record: "BaseModel | Mapping[str, object]", *, exclude: object = None) -> None:
    """Print a record, or plain values, as JSON on standard output."""
    import json

    if isinstance(record, Mapping):
        text = json.dumps(record, indent=2)
    else:
        text = record.model_dump_json(indent=2, exclude=exclude)  # type: ignore[arg-type]
    sys.stdout.write(text + "\n")


def fail(message: str) -> NoReturn:
    """Say what is wrong in plain words and end with the exit code for a mistake in what was asked."""
    notes().print(f"Error: {message}", style="bold red", markup=False, soft_wrap=True)
    raise typer.Exit(USAGE_ERROR)


@contextmanager
def writing(path: "Path") -> Iterator[None]:
    """Around whatever writes a file or folder: one that cannot be written ends the command, in words."""
    try:
        yield
    except OSError as error:
        fail(f"{path} cannot be written: {error.strerror}. Name another place, or close the file if it is open.")


def folder(path: "Path") -> None:
    """Make a folder to write to, before any long work that would be lost without it."""
    import os

    with writing(path):
        path.mkdir(parents=True, exist_ok=True)
        if not os.access(path, os.W_OK):
            raise PermissionError(0, "this folder is not yours to write to")


def table(title: str, *columns: str, right: tuple[str, ...] = ()) -> "Table":
    """A table with headings, to be printed with :func:`show`; the columns named in ``right`` hold numbers."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    made = Table(title=Text(title), box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    for column in columns:
        made.add_column(Text(column), justify="right" if column in right else "left", overflow="fold")
    return made


def show(console: "Console", made: "Table") -> None:
    """Print a table under its title, which may be wider than the table, with a blank line above."""
    title, made.title = made.title, None
    console.print()
    console.print(title, style="bold")
    console.print(made)


def add_row(made: "Table", *cells: str) -> None:
    """Add a row of plain text."""
    from rich.text import Text

    made.add_row(*(Text(cell) for cell in cells))
