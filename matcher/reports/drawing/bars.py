"""Horizontal bars, stacked where there are several parts, with the figures in them."""

from collections.abc import Sequence

from matcher.reports.document import Cell, Percent, Picture, Table
from matcher.reports.drawing.key import Key
from matcher.reports.drawing.svg import SMALL, WIDTH, Canvas, width_of, wrapped
from matcher.reports.writers.cells import mark_of, number, text
from matcher.reports.writers.look import INK, LINE, PAPER, QUIET, SERIES

_LABEL, _NOTE, _BAR, _ROW, _MARKED = 220.0, 84.0, 22.0, 34.0, 20.0
_LINE = 15.0


def bars(
    table: Table, columns: Sequence[int], *, alt: str, title: str = "", of_whole: bool = False, note: int | None = None
) -> Picture:
    """A bar for each row of a table but its total.

    Args:
        table: Labels are in its first column; each other column named is one part of every bar. A cell that is
            hidden, or has no figure, is drawn as a hatched box with its mark, never as nothing.
        columns: The parts, by number of their column; six at most.
        alt: The main point of the chart in a sentence.
        title: Instead of the table's own.
        of_whole: Draw every bar to full length, so that parts are shares of it.
        note: A column whose cell is printed at the end of the bar.
    """
    rows = table.rows[:-1] if table.total else table.rows
    key = Key([table.columns[c] for c in columns] if len(columns) > 1 else [])
    canvas = Canvas(WIDTH, key.height + max(len(rows), 1) * _ROW + 4, table.key)
    key.draw(canvas, [fill for fill, _ in SERIES])
    marked = max((sum(mark_of(row[c]) is not None for c in columns) for row in rows), default=0)
    room = WIDTH - _LABEL - _NOTE - marked * _MARKED
    sums = [sum(max(number(row[c]) or 0, 0) for c in columns) for row in rows]
    longest = max(sums, default=0)
    if len(columns) == 1 and any(isinstance(row[columns[0]], Percent) for row in rows):
        longest = max(longest, 100)
    for i, row in enumerate(rows):
        top = key.height + i * _ROW
        scale = room / ((sums[i] if of_whole else longest) or 1)
        end = _bar(canvas, [row[c] for c in columns], top, scale)
        _label(canvas, text(row[0]), top)
        if note is not None:
            canvas.text((end + 7, top + 20), text(row[note]), fill=QUIET, size=SMALL)
    canvas.line((_LABEL, key.height), (_LABEL, canvas.height - 4), LINE)
    return canvas.picture(table, alt, title)


def _label(canvas: Canvas, words: str, top: float) -> None:
    lines = wrapped(words, _LABEL - 12, 2)
    first = top + (20 if len(lines) == 1 else 13)
    for i, line in enumerate(lines):
        canvas.text((_LABEL - 10, first + i * _LINE), line, anchor="end")


def _bar(canvas: Canvas, cells: Sequence[Cell], top: float, scale: float) -> float:
    """Draw the parts of one bar; where it ends."""
    x, y = _LABEL, top + (_ROW - _BAR) / 2
    for cell, (fill, ink) in zip(cells, SERIES, strict=False):
        if mark := mark_of(cell):
            canvas.hidden(x, y, _MARKED, _BAR, str(mark.value))
            x += _MARKED
            continue
        width, words = max(number(cell) or 0, 0) * scale, text(cell)
        if width > 0:
            canvas.rect(x, y, width, _BAR, fill, PAPER if ink == PAPER else INK)
        if width >= width_of(words, SMALL) + 6:
            canvas.text((x + width / 2, y + 16), words, anchor="middle", size=SMALL, fill=ink)
        elif len(cells) == 1:
            canvas.text((x + width + 6, y + 16), words, size=SMALL)
            x += 6 + width_of(words, SMALL)
        x += width
    if x == _LABEL and len(cells) > 1:
        canvas.text((x + 6, y + 16), "0", size=SMALL)
        x += _MARKED
    return x
