"""The ground of a chart with two axes: grid, ticks and the words beside them."""

from matcher.reports.document import Cell
from matcher.reports.drawing.scale import Scale
from matcher.reports.drawing.svg import SMALL, Canvas
from matcher.reports.writers.look import LINE, QUIET


def upward(canvas: Canvas, scale: Scale, like: Cell, left: float, right: float, title: str) -> None:
    """Lines across the picture at the ticks of a vertical scale, and what it measures above them."""
    for at, words in scale.ticks(like):
        canvas.line((left, at), (right, at), LINE)
        canvas.text((left - 8, at + 5), words, anchor="end", size=SMALL, fill=QUIET)
    canvas.text((0, 14), title, size=SMALL, bold=True)


def across(canvas: Canvas, scale: Scale, like: Cell, top: float, foot: float, title: str) -> None:
    """Lines down the picture at the ticks of a horizontal scale, and what it measures below them."""
    for at, words in scale.ticks(like):
        canvas.line((at, top), (at, foot), LINE)
        canvas.text((at, foot + 18), words, anchor="middle", size=SMALL, fill=QUIET)
    canvas.text(((scale.start + scale.end) / 2, foot + 38), title, anchor="middle", size=SMALL, bold=True)
