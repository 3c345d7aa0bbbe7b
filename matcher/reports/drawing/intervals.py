"""Shares with the range that chance leaves them: a dot and a line for each row."""

from matcher.reports.document import Picture, Table
from matcher.reports.drawing import axes
from matcher.reports.drawing.scale import Scale
from matcher.reports.drawing.svg import SMALL, WIDTH, Canvas, wrapped
from matcher.reports.writers.cells import figure, mark_of, number, text
from matcher.reports.writers.look import BLUE, INK, QUIET, RED

_LABEL, _RIGHT, _TOP, _FOOT = 230.0, 70.0, 26.0, 48.0
_ROW, _LOW_ROW, _MANY = 30.0, 20.0, 12
"""How high rows are, and how high where there are more than so many, so that two charts go on a page."""
_LINE = 14.0


def intervals(
    table: Table,
    value: int,
    low: int,
    high: int,
    *,
    alt: str,
    title: str = "",
    reference: float | None = None,
    reference_words: str = "",
) -> Picture:
    """A dot for each row of a table but its total, with a line from the low to the high end of its interval.

    Args:
        table: Labels are in its first column.
        value: The column of the dot.
        low: The column of the interval's low end.
        high: The column of its high end.
        alt: The main point of the chart in a sentence.
        title: Instead of the table's own.
        reference: A value to compare with, in the units shown, such as the share among all children.
        reference_words: What the reference is.
    """
    rows = table.rows[:-1] if table.total else table.rows
    held = [v for row in rows for c in (value, low, high) if (v := number(row[c])) is not None]
    tall = _LOW_ROW if len(rows) > _MANY else _ROW
    foot = _TOP + max(len(rows), 1) * tall
    canvas = Canvas(WIDTH, foot + _FOOT, table.key)
    xs = Scale.over([*held, *([] if reference is None else [reference])], _LABEL, WIDTH - _RIGHT, zero=True)
    like = next((row[value] for row in rows if number(row[value]) is not None), 0)
    axes.across(canvas, xs, like, _TOP, foot, table.columns[value])
    if reference is not None:
        at = xs.at(reference)
        canvas.line((at, _TOP - 4), (at, foot), RED, 1.5, "4 3")
        words = f"{reference_words} {figure(reference, like)}".strip()
        canvas.text((at, _TOP - 9), words, anchor="middle", size=SMALL, fill=RED, bold=True)
    for i, row in enumerate(rows):
        y = _TOP + (i + 0.5) * tall
        lines = wrapped(text(row[0]), _LABEL - 16, 1 if tall < _ROW else 2)
        for n, line in enumerate(lines):
            canvas.text((_LABEL - 12, y + 5 + (n - (len(lines) - 1) / 2) * _LINE), line, anchor="end")
        middle, start, end = number(row[value]), number(row[low]), number(row[high])
        if mark := mark_of(row[value]):
            canvas.hidden(_LABEL + 2, y - 9, 20, 18, str(mark.value))
        elif middle is not None:
            if start is not None and end is not None:
                canvas.line((xs.at(start), y), (xs.at(end), y), INK, 2)
                for edge in (start, end):
                    canvas.line((xs.at(edge), y - 5), (xs.at(edge), y + 5), INK, 2)
            canvas.circle((xs.at(middle), y), 6, BLUE)
            right = max(xs.at(middle), xs.at(end) if end is not None else 0)
            canvas.text((right + 10, y + 5), text(row[value]), size=SMALL, fill=QUIET, halo=True)
    return canvas.picture(table, alt, title)
