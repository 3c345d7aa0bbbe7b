"""The scripts behind the derived files, on maps small enough to check by eye."""

from importlib import import_module
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

pytest.importorskip("scipy", reason="the derivation scripts need SciPy, a development dependency")
raster: Any = import_module("placewell_data.geography.raster")
arcs: Any = import_module("placewell_data.geography.arcs")

small_maps = arrays(np.int16, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.integers(-1, 2))


def enclosed(lines: list[Any], label: int) -> float:
    """Area inside the lines that have the label on one side: crossings of a ray from each square's middle."""
    sides = [(a, b) for line in lines if label in line.sides for a, b in pairwise(line.corners)]
    squares = 0
    for x in range(8):
        for y in range(8):
            crossed = sum(x0 == x1 and x0 > x and min(y0, y1) <= y < max(y0, y1) for (x0, y0), (x1, y1) in sides)
            squares += crossed % 2
    return squares


def test_two_squares_side_by_side() -> None:
    lines = arcs.trace(np.array([[0, 1]], dtype=np.int16), 0.0)
    assert {line.sides: set(line.corners) for line in lines} == {
        (0, 1): {(1, 0), (1, 1)},
        (-1, 0): {(1, 0), (0, 0), (0, 1), (1, 1)},
        (-1, 1): {(1, 0), (2, 0), (2, 1), (1, 1)},
    }


def test_an_island_is_one_closed_ring() -> None:
    (ring,) = arcs.trace(np.array([[-1, -1, -1], [-1, 0, -1], [-1, -1, -1]], dtype=np.int16), 0.0)
    assert ring.sides == (-1, 0)
    assert ring.corners[0] == ring.corners[-1]
    assert set(ring.corners) == {(1, 1), (2, 1), (2, 2), (1, 2)}


@given(small_maps)
def test_lines_enclose_exactly_their_squares(labels: Any) -> None:
    lines = arcs.trace(labels, 0.0)
    for label in range(3):
        assert enclosed(lines, label) == int((labels == label).sum())


@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), min_size=2, max_size=30), st.floats(0, 5))
def test_simplified_lines_stray_no_further_than_allowed(line: list[tuple[int, int]], tolerance: float) -> None:
    kept = arcs.simplify(line, tolerance)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    for corner in line:
        distances = []
        for (x0, y0), (x1, y1) in pairwise(kept):
            length = (x1 - x0) ** 2 + (y1 - y0) ** 2
            along = ((corner[0] - x0) * (x1 - x0) + (corner[1] - y0) * (y1 - y0)) / length if length else 0
            share = min(max(along, 0), 1)
            distances.append(np.hypot(corner[0] - x0 - share * (x1 - x0), corner[1] - y0 - share * (y1 - y0)))
        assert min(distances) <= tolerance + 1e-9


def test_points_divide_the_land_half_way() -> None:
    across = np.arange(500, 10_500, 500)
    points = np.array([(x, y) for x in across for y in across], dtype=np.int32)
    labels = (points[:, 0] > 5_000).astype(np.int16)
    drawn = raster.draw(points, labels)
    row = (5_050 - drawn.northing) // raster.SQUARE
    west = (3_050 - drawn.easting) // raster.SQUARE
    east = (8_050 - drawn.easting) // raster.SQUARE
    assert drawn.labels[row, west] == 0
    assert drawn.labels[row, east] == 1
    # Half way between the columns at 5,000 m and 5,500 m.
    assert drawn.easting + int((drawn.labels[row] == 0).nonzero()[0].max() + 1) * raster.SQUARE == pytest.approx(
        5_250, abs=raster.SQUARE
    )
    assert raster.borders(drawn, np.array([0, 1], dtype=np.int16)) == {(0, 1)}
    assert raster.borders(drawn, np.array([0, 0], dtype=np.int16)) == set()


def test_open_water_belongs_to_nobody_and_parts_its_shores() -> None:
    block = [(x, y) for x in range(0, 4_000, 250) for y in range(0, 4_000, 250)]
    points = np.array([*block, *((x + 12_000, y) for x, y in block)], dtype=np.int32)
    drawn = raster.draw(points, np.repeat(np.array([0, 1], dtype=np.int16), len(block)))
    column = (8_000 - drawn.easting) // raster.SQUARE
    assert (drawn.labels[:, column] == raster.NOWHERE).all()
    assert raster.borders(drawn, np.array([0, 1], dtype=np.int16)) == set()


def test_a_stray_point_is_no_exclave() -> None:
    points = np.array([(x, y) for x in range(0, 9_000, 300) for y in range(0, 9_000, 300)], dtype=np.int32)
    labels = (points[:, 0] > 4_500).astype(np.int16)
    labels[(points == (1_500, 4_500)).all(axis=1)] = 1
    drawn = raster.draw(points, labels)
    row, column = (4_550 - drawn.northing) // raster.SQUARE, (1_550 - drawn.easting) // raster.SQUARE
    assert drawn.labels[row, column] == 0
