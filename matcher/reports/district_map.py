"""The authority's districts drawn to scale, shaded by the gap, with a circle for the children who live there."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.reports.map_labels import Circle, Label, place_labels
from matcher.services.districts import DistrictFigures, Districts
from models.geography import UnknownAreaError
from models.outlines import district_outlines

WIDTH = 760
_MARGIN = 8
_SHADES = 5
_LARGEST_CIRCLE = 26.0
_GRID = 24

_Corner = tuple[float, float]


@dataclass(frozen=True)
class MapDistrict:
    """One district: its outline as an SVG path, its shade 0-5, its circle at a point well inside it, and its label."""

    figures: DistrictFigures
    path: str
    shade: int
    circle: Circle
    label: Label


@dataclass(frozen=True)
class DistrictMap:
    """A map ready to draw, its key (each shade used and the numbers it stands for), and words for screen readers."""

    width: int
    height: int
    districts: tuple[MapDistrict, ...]
    key: tuple[tuple[int, str], ...]
    description: str


def district_map(authority: str, districts: Districts) -> DistrictMap | None:
    """Lay out the map; None where there is no outline of the authority's districts."""
    try:
        outlines = district_outlines(authority)
    except UnknownAreaError:
        return None
    if any(not outlines.get(row.district or "") for row in districts.rows):
        return None
    drawn = [(row, outlines[row.district]) for row in districts.rows if row.district]
    corners = [corner for _, rings in drawn for ring in rings for corner in ring]
    west, north = min(x for x, _ in corners), max(y for _, y in corners)
    east, south = max(x for x, _ in corners), min(y for _, y in corners)
    scale = (WIDTH - 2 * _MARGIN) / max(east - west, 1)

    def place(corner: tuple[int, int]) -> _Corner:
        return _MARGIN + (corner[0] - west) * scale, _MARGIN + (north - corner[1]) * scale

    most_short = max(row.short_in_area for row in districts.rows)
    most_living = max(row.live_here for row in districts.rows)
    height = math.ceil((north - south) * scale + 2 * _MARGIN)
    shapes = [[[place(c) for c in ring] for ring in rings] for _, rings in drawn]
    circles = [_circle(row, shape, most_living) for (row, _), shape in zip(drawn, shapes, strict=True)]
    labels = place_labels(circles, WIDTH, height)
    return DistrictMap(
        width=WIDTH,
        height=height,
        districts=tuple(
            MapDistrict(row, outline_path(shape), shade_of(row.short_in_area, most_short), circle, label)
            for (row, _), shape, circle, label in zip(drawn, shapes, circles, labels, strict=True)
        ),
        key=shade_key(most_short),
        description="; ".join(
            f"{row.name}: {row.live_here} children live here, {row.short_in_area} from here short of a home in the area"
            for row in districts.rows
        ),
    )


def _circle(row: DistrictFigures, rings: list[list[_Corner]], most_living: int) -> Circle:
    x, y = inner_point(rings)
    radius = _LARGEST_CIRCLE * math.sqrt(row.live_here / most_living) if most_living else 0.0
    return Circle(round(x, 1), round(y, 1), round(radius, 1), (row.name, f"{row.short_in_area:,} short"))


def shade_of(count: int, most: int) -> int:
    """The shade of a count, 0 (none) to 5 (the most there is)."""
    return math.ceil(_SHADES * count / most) if most else 0


def shade_key(most: int) -> tuple[tuple[int, str], ...]:
    """Each shade that a whole number up to the most can have, with its numbers in words."""
    counts: dict[int, list[int]] = {}
    for count in range(most + 1):
        counts.setdefault(shade_of(count, most), []).append(count)
    return tuple(
        (shade, "none" if not shade else str(of[0]) if len(of) == 1 else f"{of[0]} to {of[-1]}")
        for shade, of in counts.items()
    )


def outline_path(rings: Sequence[Sequence[_Corner]]) -> str:
    """Closed rings as SVG path data."""
    return "".join("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in ring) + "Z" for ring in rings)


def inner_point(rings: Sequence[Sequence[_Corner]]) -> _Corner:
    """A point inside an area and far from its edges, found on a grid: where a label reads best."""
    edges = [pair for ring in rings for pair in zip(ring, [*ring[1:], ring[0]], strict=True)]
    xs, ys = [x for ring in rings for x, _ in ring], [y for ring in rings for _, y in ring]
    step_x, step_y = (max(xs) - min(xs)) / _GRID, (max(ys) - min(ys)) / _GRID
    grid = [(min(xs) + step_x * (i + 0.5), min(ys) + step_y * (j + 0.5)) for i in range(_GRID) for j in range(_GRID)]
    inside = [point for point in grid if _is_inside(point, edges)]
    return max(inside, key=lambda point: min(_distance(point, edge) for edge in edges), default=grid[len(grid) // 2])


_Edge = tuple[_Corner, _Corner]


def _is_inside(point: _Corner, edges: Sequence[_Edge]) -> bool:
    """Even-odd rule: how many edges a ray to the east crosses."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in edges:
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossed = not crossed
    return crossed


def _distance(point: _Corner, edge: _Edge) -> float:
    (x1, y1), (x2, y2) = edge
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = ((point[0] - x1) * (x2 - x1) + (point[1] - y1) * (y2 - y1)) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(point[0] - x1 - along * (x2 - x1), point[1] - y1 - along * (y2 - y1))
