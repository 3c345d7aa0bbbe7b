"""Districts drawn to scale and shaded by a figure, with their names and numbers in them."""

import math
from collections.abc import Sequence

from matcher.reports.document import Cell, Mark, Picture, Table
from matcher.reports.drawing.key import Key
from matcher.reports.drawing.map_labels import Circle, place_labels
from matcher.reports.drawing.outlines import fitted, inner_point
from matcher.reports.drawing.svg import SMALL, WIDTH, Canvas, Point
from matcher.reports.writers.cells import mark_of, number, text
from matcher.reports.writers.look import BLUE, HEAT, INK
from models.outlines import outline

_TALLEST, _MARGIN = 560.0, 6.0
_LARGEST_CIRCLE = 24.0
_SHADES = 5


def district_map(
    table: Table, codes: Sequence[str | None], shade: int, *, alt: str, title: str = "", circle: int | None = None
) -> Picture:
    """A map of the rows of a table that have an outline.

    Args:
        table: Names are in its first column.
        codes: For each row the code of its district (``E07000098``), None for a row that is no district.
        shade: The column that darkens a district; its figure stands under the name. Hidden figures are hatched.
        alt: The main point of the map in a sentence.
        title: Instead of the table's own.
        circle: A column drawn as a disc, its area as the figure.

    Raises:
        UnknownAreaError: A code is not an English district's.
    """
    drawn = [(code, row) for code, row in zip(codes, table.rows, strict=True) if code]
    shapes = fitted([outline([code]) for code, _ in drawn], WIDTH - 2 * _MARGIN, _TALLEST)
    most = max((number(row[shade]) or 0 for _, row in drawn), default=0)
    steps = _steps([row[shade] for _, row in drawn], most)
    said = [f"{table.columns[shade]}: {words}" if not i else words for i, (_, words) in enumerate(steps)]
    discs = [] if circle is None else [f"Discs: {table.columns[circle].lower()}"]
    hidden = ["c: not shown"] if any(mark_of(row[shade]) is Mark.HIDDEN for _, row in drawn) else []
    key = Key([*said, *discs, *hidden])
    top = key.height + _MARGIN
    areas = [(row, [[(x + _MARGIN, y + top) for x, y in ring] for ring in shape])
             for (_, row), shape in zip(drawn, shapes, strict=True)]  # fmt: skip
    height = max((y for _, rings in areas for ring in rings for _, y in ring), default=top) + _MARGIN
    canvas = Canvas(WIDTH, math.ceil(height), table.key)
    fills = [*(HEAT[step][0] for step, _ in steps), *([BLUE] if discs else []), *([canvas.hatch()] if hidden else [])]
    key.draw(canvas, fills)
    for row, rings in areas:
        step = _shade(number(row[shade]) or 0, most)
        canvas.rings(rings, canvas.hatch() if mark_of(row[shade]) else HEAT[step][0], INK)
    _labels(canvas, areas, shade, circle)
    return canvas.picture(table, alt, title)


def _labels(
    canvas: Canvas, areas: Sequence[tuple[tuple[Cell, ...], list[list[Point]]]], shade: int, circle: int | None
) -> None:
    largest = max((number(row[circle]) or 0 for row, _ in areas), default=0) if circle is not None else 0
    circles = []
    for row, rings in areas:
        x, y = inner_point(rings)
        value = number(row[circle]) or 0 if circle is not None else 0
        radius = _LARGEST_CIRCLE * math.sqrt(max(value, 0) / largest) if largest else 0.0
        circles.append(Circle(x, y, radius, (text(row[0]), text(row[shade]))))
        if radius:
            canvas.circle((x, y), radius, BLUE)
    for each, label in zip(circles, place_labels(circles, canvas.width, canvas.height), strict=True):
        x, y, anchor = (label.x, label.y, label.anchor) if each.radius else (each.x, each.y - 2, "middle")
        canvas.text((x, y), each.lines[0], anchor=anchor, size=SMALL, halo=True)
        canvas.text((x, y + 15), each.lines[1], anchor=anchor, size=SMALL, bold=True, halo=True)


def _shade(value: float, most: float) -> int:
    return math.ceil(_SHADES * value / most) if most > 0 and value > 0 else 0


def _steps(cells: Sequence[Cell], most: float) -> list[tuple[int, str]]:
    """Each shade used, and the least and the greatest figure that it stands for here."""
    found: dict[int, list[tuple[float, str]]] = {}
    for cell in cells:
        value = number(cell)
        if value is not None:
            found.setdefault(_shade(value, most), []).append((value, text(cell)))
    return [
        (step, min(of)[1] if min(of)[1] == max(of)[1] else f"{min(of)[1]} to {max(of)[1]}")
        for step, of in sorted(found.items())
    ]
