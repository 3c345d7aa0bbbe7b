"""Tables of what was asked beside a plan: what places are worth, money against welfare, and other weights."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from matcher.services.results import Plan


def print_beside(console: "Console", plan: "Plan") -> None:
    """Print what was asked for."""
    from matcher.reports import trade_words, value_words

    values, trade, told = plan.values, plan.trade_off, plan.sensitivity
    if values:
        money = ("Saves a week", "Costs a week")
        _print(console, value_words.MORE_TITLE, value_words.MORE_COLUMNS, value_words.more_rows(values), money)
        _print(console, value_words.FEWER_TITLE, value_words.FEWER_COLUMNS, value_words.fewer_rows(values), money)
        _notes(console, value_words.value_notes(values))
    if trade:
        columns = trade_words.COLUMNS
        _print(console, trade_words.TITLE, columns, trade_words.trade_rows(trade), columns[:-1])
        _notes(console, trade_words.trade_notes(trade))
    if told:
        rows = trade_words.unsteady_rows(told)
        _print(console, trade_words.unsteady_title(told), trade_words.UNSTEADY_COLUMNS, rows, ())
        rather = trade_words.RATHER_COLUMNS
        _print(console, trade_words.RATHER_TITLE, rather, trade_words.rather_rows(told), rather[3:4])
        _notes(console, trade_words.sensitivity_notes(told))


def _print(
    console: "Console", title: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]], right: Sequence[str]
) -> None:
    from matcher.cli.screen import add_row, show, table

    if not rows:
        return
    made = table(title, *columns, right=tuple(right))
    for row in rows:
        add_row(made, *row)
    show(console, made)


def _notes(console: "Console", notes: Sequence[str]) -> None:
    for note in notes:
        console.print(note, style="dim", markup=False)
