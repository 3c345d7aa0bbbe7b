"""Outlines of areas brought to the size of a picture, and the point of each where its label reads best."""

import math
from collections.abc import Sequence

from matcher.reports.drawing.svg import Point
from models.outlines import Ring

_GRID = 24

_Edge = tuple[Point, Point]


def fitted(areas: Sequence[Sequence[Ring]], width: float, height: float) -> list[list[list[Point]]]:
    """Outlines in hundreds of metres, north up, moved and scaled together to fill a box from its top left corner."""
    corners = [corner for rings in areas for ring in rings for corner in ring]
    if not corners:
        return []
    west, north = min(x for x, _ in corners), max(y for _, y in corners)
    east, south = max(x for x, _ in corners), min(y for _, y in corners)
    scale = min(width / max(east - west, 1), height / max(north - south, 1))
    return [[[((x - west) * scale, (north - y) * scale) for x, y in ring] for ring in rings] for rings in areas]


def inner_point(rings: Sequence[Sequence[Point]]) -> Point:
    """A point inside an area and far from its edges, found on a grid."""
    edges = [pair for ring in rings for pair in zip(ring, [*ring[1:], ring[0]], strict=True)]
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    step_x, step_y = (max(xs) - min(xs)) / _GRID, (max(ys) - min(ys)) / _GRID
    grid = [(min(xs) + step_x * (i + 0.5), min(ys) + step_y * (j + 0.5)) for i in range(_GRID) for j in range(_GRID)]
    inside = [point for point in grid if _is_inside(point, edges)]
    return max(inside, key=lambda point: min(_distance(point, edge) for edge in edges), default=grid[len(grid) // 2])


def _is_inside(point: Point, edges: Sequence[_Edge]) -> bool:
    """Even-odd rule: how many edges a ray to the east crosses."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in edges:
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossed = not crossed
    return crossed


def _distance(point: Point, edge: _Edge) -> float:
    (x1, y1), (x2, y2) = edge
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = ((point[0] - x1) * (x2 - x1) + (point[1] - y1) * (y2 - y1)) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(point[0] - x1 - along * (x2 - x1), point[1] - y1 - along * (y2 - y1))
