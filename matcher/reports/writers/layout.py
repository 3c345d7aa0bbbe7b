"""How wide the columns of a table are, for files whose pages have a width."""

from matcher.reports.document import Block, Table
from matcher.reports.writers.cells import clean, figure_columns, text

_WORDS, _MOST_WORDS = 34, 90
_LONGEST_WORD = 18
_HEAD_LINES = 3
_NARROWEST = 5
_PORTRAIT = 9
_SLIM, _SLIM_COLUMNS = 80, 6


def widths(table: Table) -> tuple[int, ...]:
    """About how many letters each column needs: figures on one line, words and headings broken into some."""
    return tuple(
        _width([table.columns[i]], [text(row[i]) for row in table.rows], figures)
        for i, figures in enumerate(figure_columns(table))
    )


def _width(heads: list[str], cells: list[str], figures: bool) -> int:
    head = heads[0]
    words = [word for each in (head, *([] if figures else cells)) for word in each.split()]
    longest = min(max((len(word) for word in words), default=0), _LONGEST_WORD)
    held = max((len(cell) for cell in cells), default=0)
    mean = sum(len(cell) for cell in cells) // max(len(cells), 1)
    wanted = held if held <= _WORDS else min(max(_WORDS, mean), _MOST_WORDS)
    return max(wanted, longest, len(head) // _HEAD_LINES, _NARROWEST) + 1


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
    said = ["" if table.rows else "None.", clean(table.note), clean(f"Source: {table.source}") if table.source else ""]
    return [words for words in said if words]
