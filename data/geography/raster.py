"""A map of districts as a grid of squares, drawn from postcode points alone.

Each square takes the district of the postcode nearest to its centre, which is the Voronoi diagram of the points
on a grid. Squares that no postcode vouches for (the open sea) belong to no district.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

NOWHERE = -1
SQUARE = 100
"""Metres along a square's side."""

_REACH = 1_500
"""Metres: water or moor narrower than twice this, between postcodes, counts as land."""
_SHORE = 200
"""Metres of land left beyond the outermost postcodes."""
_SPECK = 100
"""Squares: a piece of a district smaller than this (one square kilometre) inside another is a stray point."""
_EIGHT = np.ones((3, 3), dtype=bool)


@dataclass(frozen=True)
class Raster:
    """Districts on a grid.

    Attributes:
        labels: (rows, columns) int16, index of the district or NOWHERE; row 0 is the southernmost.
        easting: Metres of the western edge.
        northing: Metres of the southern edge.
    """

    labels: NDArray[np.int16]
    easting: int
    northing: int


def draw(points: NDArray[np.int32], labels: NDArray[np.int16]) -> Raster:
    """Colour the grid with the district of the nearest postcode.

    Args:
        points: (n, 2) easting and northing of each postcode.
        labels: (n,) index of each postcode's district.
    """
    margin = 4 * _REACH
    west, south = (points.min(axis=0) - margin) // SQUARE * SQUARE
    columns, rows = (points.max(axis=0) + margin - (west, south)) // SQUARE + 1
    land = _land(points, int(west), int(south), (int(rows), int(columns)))
    grid = np.full((rows, columns), NOWHERE, dtype=np.int16)
    tree = cKDTree(points)
    for row in range(int(rows)):
        inside = np.flatnonzero(land[row])
        if len(inside):
            centres = np.column_stack(
                (west + inside * SQUARE + SQUARE // 2, np.full(len(inside), south + row * SQUARE + SQUARE // 2))
            )
            grid[row, inside] = labels[tree.query(centres, workers=-1)[1]]
    return Raster(_without_specks(grid), int(west), int(south))


def _land(points: NDArray[np.int32], west: int, south: int, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Which squares are land: within reach of a postcode, drawn back to the shore, lakes and moors filled."""
    settled = np.zeros(shape, dtype=bool)
    settled[(points[:, 1] - south) // SQUARE, (points[:, 0] - west) // SQUARE] = True
    near = ndimage.distance_transform_edt(~settled) * SQUARE <= _REACH
    near = ndimage.binary_fill_holes(near)
    kept: NDArray[np.bool_] = ndimage.distance_transform_edt(near) * SQUARE > _REACH - _SHORE
    return kept


def _without_specks(grid: NDArray[np.int16]) -> NDArray[np.int16]:
    """Give pieces too small to be real (a point on the wrong side of a street) to what surrounds them."""
    stray = np.zeros(grid.shape, dtype=bool)
    for label, box in enumerate(ndimage.find_objects(grid + 1)):
        if box is None:
            continue
        pieces, count = ndimage.label(grid[box] == label, structure=_EIGHT)
        sizes = np.bincount(pieces.ravel(), minlength=count + 1)
        small = sizes < min(_SPECK, int(sizes[1:].max()))
        small[0] = False
        stray[box] |= small[pieces]
    _, (row, column) = ndimage.distance_transform_edt(stray, return_indices=True)
    filled: NDArray[np.int16] = grid[row, column]
    return filled


def borders(raster: Raster, owner: NDArray[np.int16]) -> set[tuple[int, int]]:
    """Pairs of owners (upper-tier authorities) that have neighbouring squares, the smaller index first.

    Args:
        raster: The map of districts.
        owner: Index of the owner of each district.
    """
    owned = np.where(raster.labels == NOWHERE, NOWHERE, owner[raster.labels])
    found: set[tuple[int, int]] = set()
    for one, other in ((owned[:, :-1], owned[:, 1:]), (owned[:-1], owned[1:])):
        meet = (one != other) & (one != NOWHERE) & (other != NOWHERE)
        pairs = np.unique(np.sort(np.column_stack((one[meet], other[meet])), axis=1), axis=0)
        found.update((int(a), int(b)) for a, b in pairs)
    return found
