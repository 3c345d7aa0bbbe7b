"""Outlines of a raster as shared lines: each stretch of border between two districts once, simplified.

Because neighbours share the very same simplified line, maps drawn from it have neither gaps nor overlaps, and any
group of districts (an authority, a region) can be outlined by leaving out the lines inside the group.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .raster import NOWHERE

Corner = tuple[int, int]
_Sides = tuple[int, int]


@dataclass(frozen=True)
class Arc:
    """A line between two junctions, or a closed ring that meets no junction.

    Attributes:
        sides: Labels of the districts on its two sides, smaller first; NOWHERE is outside.
        corners: (x, y) of its corners in squares from the raster's south-western corner.
    """

    sides: _Sides
    corners: list[Corner]


def trace(labels: NDArray[np.int16], tolerance: float) -> list[Arc]:
    """Follow every border of the raster and simplify it.

    Args:
        labels: (rows, columns) district index or NOWHERE.
        tolerance: Squares that a simplified line may stray from the true one.
    """
    steps = _steps(np.pad(labels, 1, constant_values=NOWHERE))
    seen: set[tuple[Corner, Corner]] = set()
    arcs = []
    junctions = [corner for corner, ends in steps.items() if len(ends) != 2]
    for start in [*junctions, *steps]:
        for first, sides in steps[start].items():
            if (start, first) not in seen:
                line = _follow(steps, start, first, seen)
                simple = simplify(line, tolerance)
                if len(simple) > 3 or simple[0] != simple[-1]:
                    arcs.append(Arc(sides, simple))
    return sorted(arcs, key=lambda arc: (arc.sides, arc.corners))


def _steps(padded: NDArray[np.int16]) -> dict[Corner, dict[Corner, _Sides]]:
    """The sides of squares that separate two labels, as a graph over the corners of the grid."""
    steps: defaultdict[Corner, dict[Corner, _Sides]] = defaultdict(dict)
    # The padding moved every square by one: the side between two squares of a row has the second one's number.
    for one, other, across in (
        (padded[:, :-1], padded[:, 1:], (0, -1)),
        (padded[:-1], padded[1:], (-1, 0)),
    ):
        rows, columns = np.nonzero(one != other)
        sides = np.sort(np.column_stack((one[rows, columns], other[rows, columns])), axis=1)
        for row, column, (low, high) in zip(rows.tolist(), columns.tolist(), sides.tolist(), strict=True):
            near, far = (column + across[0], row + across[1]), (column, row)
            steps[near][far] = steps[far][near] = (low, high)
    return steps


def _follow(
    steps: dict[Corner, dict[Corner, _Sides]], start: Corner, first: Corner, seen: set[tuple[Corner, Corner]]
) -> list[Corner]:
    """Walk from one junction to the next, or round a ring back to the start."""
    line = [start, first]
    while len(steps[line[-1]]) == 2 and line[-1] != start:
        here, before = line[-1], line[-2]
        line.append(next(corner for corner in steps[here] if corner != before))
    for a, b in pairwise(line):
        seen.update(((a, b), (b, a)))
    return line


def simplify(line: list[Corner], tolerance: float) -> list[Corner]:
    """Drop the corners that stray less than the tolerance from a straight line (Douglas and Peucker, 1973)."""
    points = np.array(line, dtype=np.float64)
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        away = _distances(points[first : last + 1])
        worst = int(away.argmax())
        if away[worst] > tolerance:
            keep[first + worst] = True
            spans += [(first, first + worst), (first + worst, last)]
    return [line[index] for index in np.flatnonzero(keep)]


def _distances(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each point lies from the segment between the first and the last."""
    offset = points - points[0]
    along = points[-1] - points[0]
    length = float(along @ along)
    share = np.clip(offset @ along / length, 0, 1) if length else np.zeros(len(points))
    away: NDArray[np.float64] = np.hypot(*(offset - share[:, None] * along).T)
    return away
