"""A report's blocks printed on the screen, in the order they have on a page."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from matcher.reports.document import Block, Document, Table

_LOOKS = {"lead": "", "body": "", "note": "dim", "warning": "bold red"}


def print_document(made: "Document") -> None:
    """Print a whole document: its title and banner, then every section's blocks; pictures as their tables."""
    from matcher.cli.screen import output

    console = output()
    if made.banner:
        console.print(made.banner, markup=False)
    console.print(f"{made.title}. {made.subtitle}", style="bold", markup=False)
    for section in made.sections:
        console.print()
        console.print(section.title, style="bold underline", markup=False)
        for block in section.blocks:
            print_block(console, block)


def print_block(console: "Console", block: "Block") -> None:
    """Print one block."""
    from matcher.reports.document import Bullets, Facts, Heading, Paragraph, Picture

    if isinstance(block, Paragraph):
        console.print(block.text, style=_LOOKS[block.tone.value], markup=False)
    elif isinstance(block, Heading):
        console.print(f"\n{block.text}", style="bold", markup=False)
    elif isinstance(block, Bullets):
        for item in block.items:
            console.print(f"  - {item}", markup=False)
    elif isinstance(block, Facts):
        for fact in block.facts:
            due = " (needs action)" if fact.alert else ""
            console.print(f"  {fact.figure}  {fact.words}{due}", markup=False)
    else:
        print_table(console, block.table if isinstance(block, Picture) else block)


def print_table(console: "Console", found: "Table") -> None:
    """Print a table under its title, figures to the right, and its note."""
    from matcher.cli.screen import add_row, show, table
    from matcher.reports.writers.cells import figure_columns, text

    figures = figure_columns(found)
    right = tuple(column for column, is_figure in zip(found.columns, figures, strict=True) if is_figure)
    made = table(found.title, *found.columns, right=right)
    for row in found.rows:
        add_row(made, *(text(cell) for cell in row))
    show(console, made)
    if not found.rows:
        console.print("None.")
    if found.note:
        console.print(found.note, style="dim", markup=False)
