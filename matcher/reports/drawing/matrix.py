"""A grid of numbers, the darker the more: kind of home against age, need against district."""

from bisect import bisect
from collections.abc import Sequence

from matcher.reports.document import Mark, Picture, Table
from matcher.reports.drawing.svg import SMALL, WIDTH, Canvas, wrapped
from matcher.reports.writers.cells import mark_of, number, text
from matcher.reports.writers.look import HEAT, LINE, PAPER, QUIET

_LABEL, _ROW, _LINE = 210.0, 32.0, 14.0
_WIDEST = 96.0
_SHARES = (0.0001, 0.2, 0.4, 0.6, 0.8)


def matrix(table: Table, columns: Sequence[int] = (), *, alt: str, title: str = "") -> Picture:
    """A grid with a box for each row and column of a table but totals.

    Args:
        table: Labels are in its first column. Its own shades are used where it has any; else a box is the darker the
            nearer it is to the largest number, in five steps.
        columns: The columns to draw, by number; all but the first without any.
        alt: The main point of the grid in a sentence.
        title: Instead of the table's own.
    """
    columns = columns or range(1, len(table.columns))
    rows = table.rows[:-1] if table.total else table.rows
    wide = min((WIDTH - _LABEL) / max(len(columns), 1), _WIDEST)
    heads = [wrapped(table.columns[c], wide - 6, 4, SMALL) for c in columns]
    top = max((len(head) for head in heads), default=1) * _LINE + 8
    canvas = Canvas(_LABEL + wide * len(columns) + 2, top + len(rows) * _ROW + 2, table.key)
    for i, head in enumerate(heads):
        for line, words in enumerate(reversed(head)):
            canvas.text((_LABEL + (i + 0.5) * wide, top - 6 - line * _LINE), words, anchor="middle", size=SMALL)
    most = max((number(row[c]) or 0 for row in rows for c in columns), default=0)
    for r, row in enumerate(rows):
        y = top + r * _ROW
        lines = wrapped(text(row[0]), _LABEL - 12, 2)
        for n, part in enumerate(lines):
            canvas.text((_LABEL - 8, y + (21 if len(lines) == 1 else 14) + n * _LINE), part, anchor="end")
        for i, c in enumerate(columns):
            shade = table.shaded[r][c] if table.shaded is not None else _shade(number(row[c]), most)
            _box(canvas, _LABEL + i * wide, y, wide, text(row[c]), mark=mark_of(row[c]), shade=shade)
    return canvas.picture(table, alt, title)


def _box(canvas: Canvas, x: float, y: float, wide: float, words: str, *, mark: Mark | None, shade: int) -> None:
    if mark is Mark.HIDDEN:
        canvas.hidden(x + 1, y + 1, wide - 2, _ROW - 2, words)
        return
    ground, ink = (PAPER, QUIET) if mark else HEAT[min(max(shade, 0), 5)]
    canvas.rect(x, y, wide, _ROW, ground, LINE if mark else PAPER)
    canvas.text((x + wide / 2, y + 21), words, anchor="middle", fill=ink)


def _shade(value: float | None, most: float) -> int:
    return bisect(_SHARES, (value or 0) / most) if most else 0
