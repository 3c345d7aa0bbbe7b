"""How wide the columns of a table are, for files whose pages have a width."""

import math
from dataclasses import replace

from matcher.reports.document import Block, Picture, Table
from matcher.reports.writers.cells import clean, figure_columns, text

_WORDS, _MOST_WORDS = 34, 90
_LONGEST_WORD = 18
_HEAD_LINES = 3
_NARROWEST, _PADDING = 4, 2
_BOLD = 1.15
_LETTERS, _LETTERS_LYING = 105, 170
_LEAST_LONG = 22
_PORTRAIT = 9
_SLIM, _SLIM_COLUMNS = 80, 6


def widths(table: Table) -> tuple[int, ...]:
    """About how many letters each column gets: figures stand on one line, words and headings are broken into some.

    Where all together are more than a page holds, columns of long words give way, so that no short word is broken.
    """
    wanted = [
        _width(table.columns[i], [text(row[i]) for row in table.rows], figures)
        for i, figures in enumerate(figure_columns(table))
    ]
    long = sum(width for width in wanted if width > _LEAST_LONG)
    over = sum(wanted) - (_LETTERS_LYING if is_wide(table) else _LETTERS)
    if over <= 0 or not long:
        return tuple(wanted)
    part = max(long - over, 0) / long
    return tuple(width if width <= _LEAST_LONG else max(int(width * part), _LEAST_LONG) for width in wanted)


def _width(head: str, cells: list[str], figures: bool) -> int:
    words = [] if figures else [word for cell in cells for word in cell.split()]
    longest = min(max((len(word) for word in words), default=0), _LONGEST_WORD)
    bold = max((math.ceil(_BOLD * len(word)) for word in head.split()), default=0)
    held = max((len(cell) for cell in cells), default=0)
    mean = sum(len(cell) for cell in cells) // max(len(cells), 1)
    wanted = held if held <= _WORDS else min(max(_WORDS, mean), _MOST_WORDS)
    return max(wanted, longest, min(bold, _LONGEST_WORD), len(head) // _HEAD_LINES, _NARROWEST) + _PADDING


def for_pages(block: Block) -> Block:
    """A block as files with pages have it: a table that need not be printed in full has its first rows and says so."""
    if isinstance(block, Picture):
        return replace(block, table=_first_rows(block.table))
    return _first_rows(block) if isinstance(block, Table) else block


def _first_rows(table: Table) -> Table:
    most, there = table.printed, len(table.rows)
    if most is None or there <= most:
        return replace(table, printed=None)
    if not most:
        said = f"Not printed: its {there:,} rows are in the workbook and on the web page."
        return Table(table.key, table.title, (), (), said)
    said = f"The first {most} of {there:,} rows; all are in the workbook and on the web page."
    shaded = None if table.shaded is None else table.shaded[:most]
    note = " ".join(part for part in (table.note and f"{table.note.rstrip('.')}.", said) if part)
    return replace(table, rows=table.rows[:most], shaded=shaded, note=note, total=False, printed=None)


def is_slim(table: Table) -> bool:
    """Whether a table reads best narrower than the page: its figures would stand far from their labels."""
    return len(table.columns) < _SLIM_COLUMNS and sum(widths(table)) <= _SLIM


def lies(block: Block | None) -> bool:
    """Whether a block is a table that needs a page on its side; a heading before it goes with it."""
    return isinstance(block, Table) and is_wide(block)


def is_wide(table: Table) -> bool:
    """Whether a table needs a page on its side."""
    return len(table.columns) > _PORTRAIT


def notes(table: Table) -> list[str]:
    """What stands under a table: that nobody is in it, its note, its source."""
    said = [
        "" if table.rows or not table.columns else "None.",
        clean(table.note),
        clean(f"Source: {table.source}") if table.source else "",
    ]
    return [words for words in said if words]
