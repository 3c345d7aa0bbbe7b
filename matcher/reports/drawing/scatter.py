"""Points in two measures, such as cost against needs, with the line they lie about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from matcher.reports.document import Cell, Picture, Table
from matcher.reports.drawing import axes
from matcher.reports.drawing.map_labels import Circle, place_labels
from matcher.reports.drawing.scale import Scale
from matcher.reports.drawing.svg import SMALL, WIDTH, Canvas
from matcher.reports.writers.cells import number, text
from matcher.reports.writers.look import BLUE, INK, QUIET, RED

_HEIGHT, _LEFT, _RIGHT, _TOP, _FOOT = 400.0, 84.0, 24.0, 34.0, 48.0
_BAND = "#dce9f3"
_DOT, _FAR = 4.5, 6.0


@dataclass(frozen=True)
class LinePoint:
    """Where the line is at ``x``, and the range that is usual there; all in the units shown, pounds for amounts."""

    x: float
    expected: float
    low: float
    high: float


def scatter(
    table: Table,
    x: int,
    y: int,
    *,
    alt: str,
    title: str = "",
    line: Sequence[LinePoint] = (),
    outliers: Collection[int] = (),
) -> Picture:
    """A dot for each row of a table in which both figures are known.

    Args:
        table: Labels are in its first column.
        x: The column to the right.
        y: The column upwards.
        alt: The main point of the chart in a sentence.
        title: Instead of the table's own.
        line: The expected value and its range, from left to right.
        outliers: Numbers of the rows to set off and label.
    """
    rows = table.rows[:-1] if table.total else table.rows
    held = [(i, number(row[x]), number(row[y])) for i, row in enumerate(rows)]
    points = {i: (a, b) for i, a, b in held if a is not None and b is not None}
    xs = Scale.over([a for a, _ in points.values()] + [p.x for p in line], _LEFT, WIDTH - _RIGHT)
    spread = [v for p in line for v in (p.low, p.high)]
    ys = Scale.over([b for _, b in points.values()] + [max(v, 0) for v in spread], _HEIGHT - _FOOT, _TOP, zero=True)
    canvas = Canvas(WIDTH, _HEIGHT, table.key)
    if line:
        edge = [(xs.at(p.x), ys.at(max(p.high, 0))) for p in line]
        back = [(xs.at(p.x), ys.at(max(p.low, 0))) for p in reversed(line)]
        canvas.area([*edge, *back], _BAND)
    axes.upward(canvas, ys, _like(rows, y), _LEFT, WIDTH - _RIGHT, table.columns[y])
    axes.across(canvas, xs, _like(rows, x), _TOP, _HEIGHT - _FOOT, table.columns[x])
    if line:
        canvas.lines([(xs.at(p.x), ys.at(p.expected)) for p in line], INK, dash="6 4")
    for i, (a, b) in points.items():
        if i not in outliers:
            canvas.circle((xs.at(a), ys.at(b)), _DOT, BLUE)
    far = {i: (xs.at(points[i][0]), ys.at(points[i][1])) for i in outliers if i in points}
    _label(canvas, {i: (at, text(rows[i][0]), text(rows[i][y])) for i, at in far.items()})
    return canvas.picture(table, alt, title)


def _label(canvas: Canvas, far: dict[int, tuple[tuple[float, float], str, str]]) -> None:
    """Draw the points that are far off, with their words where they cover least."""
    for at, _, _ in far.values():
        canvas.diamond(at, _FAR, RED)
    circles = [Circle(at[0], at[1], _FAR, (name, figure)) for at, name, figure in far.values()]
    for circle, label in zip(circles, place_labels(circles, WIDTH, _HEIGHT - _FOOT), strict=True):
        canvas.text((label.x, label.y), circle.lines[0], anchor=label.anchor, size=SMALL, bold=True, halo=True)
        canvas.text((label.x, label.y + 15), circle.lines[1], anchor=label.anchor, size=SMALL, fill=QUIET, halo=True)


def _like(rows: Sequence[tuple[Cell, ...]], column: int) -> Cell:
    """A cell to write ticks like."""
    return next((row[column] for row in rows if number(row[column]) is not None), 0)
