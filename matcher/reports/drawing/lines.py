"""Trends: a line for each measure over months or years, broken where there is no figure, and the target."""

from collections.abc import Sequence

from matcher.reports.document import Cell, Mark, Picture, Table
from matcher.reports.drawing import axes
from matcher.reports.drawing.scale import Scale
from matcher.reports.drawing.svg import SMALL, WIDTH, Canvas, Point, width_of, wrapped
from matcher.reports.writers.cells import figure, mark_of, number, text
from matcher.reports.writers.look import QUIET, RED, SERIES

_HEIGHT, _LEFT, _RIGHT, _TOP, _FOOT = 330.0, 70.0, 150.0, 34.0, 40.0
_DASHES = ("", "8 4", "2 4", "10 3 2 3", "4 2", "1 3")
_APART = 16.0


def lines(
    table: Table,
    columns: Sequence[int],
    *,
    alt: str,
    title: str = "",
    target: float | None = None,
    zero: bool = True,
    unit: str = "",
) -> Picture:
    """A line for each column, a point for each row; lines differ by colour, dashes and their own label.

    Args:
        table: Months or years are in its first column, in order.
        columns: The measures, by number of their column; six at most, of one unit.
        alt: The main point of the chart in a sentence.
        title: Instead of the table's own.
        target: A level to draw, in the units shown.
        zero: Whether the scale holds nought, which a fair picture of amounts needs.
        unit: What is measured, above the scale.
    """
    rows = table.rows[:-1] if table.total else table.rows
    held = [value for row in rows for c in columns if (value := number(row[c])) is not None]
    ys = Scale.over([*held, *([] if target is None else [target])], _HEIGHT - _FOOT, _TOP, zero=zero)
    step = (WIDTH - _LEFT - _RIGHT) / max(len(rows) - 1, 1)
    canvas = Canvas(WIDTH, _HEIGHT, table.key)
    axes.upward(canvas, ys, _like(rows, columns), _LEFT, WIDTH - _RIGHT, unit or table.columns[columns[0]])
    _months(canvas, [text(row[0]) for row in rows], step)
    labels: list[tuple[float, str, str]] = []
    if target is not None:
        canvas.line((_LEFT, ys.at(target)), (WIDTH - _RIGHT, ys.at(target)), RED, 1.5, "3 3")
        labels.append((ys.at(target), f"Target {figure(target, _like(rows, columns))}", RED))
    for c, (colour, _), dash in zip(columns, SERIES, _DASHES, strict=False):
        points = [None if (v := number(row[c])) is None else (_LEFT + i * step, ys.at(v)) for i, row in enumerate(rows)]
        _trend(canvas, points, colour, dash)
        known = [(point, row[c]) for point, row in zip(points, rows, strict=True) if point]
        if known:
            labels.append((known[-1][0][1], f"{table.columns[c]} {text(known[-1][1])}", colour))
    for i, row in enumerate(rows):
        if any(mark_of(row[c]) is Mark.HIDDEN for c in columns):
            canvas.hidden(_LEFT + i * step - 8, _HEIGHT - _FOOT - 20, 16, 20)
    _ends(canvas, labels)
    return canvas.picture(table, alt, title)


def _like(rows: Sequence[tuple[Cell, ...]], columns: Sequence[int]) -> Cell:
    return next((row[c] for row in rows for c in columns if number(row[c]) is not None), 0)


def _months(canvas: Canvas, names: Sequence[str], step: float) -> None:
    """As many names of months below as there is room for, the last always."""
    wide = max((width_of(name, SMALL) for name in names), default=0) + 14
    every = max(int(-(-wide // step)), 1) if step else 1
    for i, name in enumerate(names):
        if (len(names) - 1 - i) % every == 0:
            canvas.text((_LEFT + i * step, _HEIGHT - _FOOT + 20), name, anchor="middle", size=SMALL, fill=QUIET)


def _trend(canvas: Canvas, points: Sequence[Point | None], colour: str, dash: str) -> None:
    run: list[Point] = []
    for point in [*points, None]:
        if point:
            run.append(point)
            continue
        if len(run) > 1:
            canvas.lines(run, colour, 2.5, dash)
        for at in run:
            canvas.circle(at, 3, colour, colour, 0)
        run = []


def _ends(canvas: Canvas, labels: list[tuple[float, str, str]]) -> None:
    """The names of the lines at their ends, moved apart where they would meet."""
    lowest = 0.0
    for at, words, colour in sorted(labels):
        shown = wrapped(words, _RIGHT - 12, 3, SMALL)
        y = max(at + 5 - (len(shown) - 1) * _APART / 2, lowest)
        ink = colour if colour in (RED, SERIES[0][0], SERIES[3][0]) else QUIET
        for i, line in enumerate(shown):
            canvas.text((WIDTH - _RIGHT + 10, y + i * _APART), line, size=SMALL, fill=ink, bold=True)
        lowest = y + len(shown) * _APART + 2
