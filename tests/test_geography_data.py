"""The derived tables and outlines: complete, consistent, and close to published ones where those are given."""

import csv
import json
import math
import os
from collections import Counter
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from matcher.intake.postcode_directory import letter, letters
from matcher.intake.postcodes import locate, sample_postcodes
from models.areas import UnknownAreaError, adjacency, areas, districts_of
from models.outlines import UNIT_METRES, Ring, authority_outlines, district_outlines, outline

HERTFORDSHIRE = "E10000015"


@pytest.fixture
def published() -> Path:
    folder = os.environ.get("PLACEWELL_SAMPLES")
    if not folder or not (Path(folder) / "geo").is_dir():
        pytest.skip("needs the sample files in the folder that PLACEWELL_SAMPLES names")
    return Path(folder) / "geo"


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def inside(x: float, y: float, rings: tuple[Ring, ...]) -> bool:
    """Whether a point is inside by the even-odd rule."""
    crossings = 0
    for ring in rings:
        for (x0, y0), (x1, y1) in pairwise((*ring, ring[0])):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                crossings += 1
    return crossings % 2 == 1


def ring_area(ring: Ring) -> float:
    """Area of one ring in square kilometres."""
    doubled = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise((*ring, ring[0])))
    return abs(doubled) / 2 * (UNIT_METRES / 1000) ** 2


def area(rings: tuple[Ring, ...]) -> float:
    """Area of an outline: rings inside another ring are holes."""
    total = 0.0
    for ring in rings:
        x, y = ring[0][0] + 0.01, ring[0][1] + 0.013
        holes = sum(inside(x, y, (other,)) for other in rings if other is not ring)
        total += ring_area(ring) * (-1) ** holes
    return total


def geojson_areas(path: Path) -> dict[str, float]:
    """Square kilometres of each feature, by its code, on a sphere: good to about half a percent."""
    found: dict[str, float] = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        geometry: dict[str, Any] = feature["geometry"]
        kind, coordinates = geometry["type"], geometry["coordinates"]
        total = 0.0
        for polygon in coordinates if kind == "MultiPolygon" else [coordinates]:
            for place, ring in enumerate(polygon):
                doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
                middle = math.radians(sum(corner[1] for corner in ring) / len(ring))
                total += abs(doubled) / 2 * math.cos(middle) * 111.195**2 * (-1 if place else 1)
        found[feature["properties"]["areacd"]] = total
    return found


def test_every_district_of_the_directory_has_a_name_and_an_authority() -> None:
    held = {str(code) for first in letters() for code in letter(first).codes}
    english = {code for code in held if code.startswith("E")}
    assert len(english) == 296
    assert english <= set(areas())
    assert {code for code in areas() if code.startswith("E")} == english
    assert len({area.utla for code, area in areas().items() if code in english}) == 153


def test_every_mainland_authority_has_a_neighbour() -> None:
    alone = {code for code in authority_outlines() if not adjacency().neighbours(code)}
    assert alone == {"E06000046", "E06000053"}  # Isle of Wight, Isles of Scilly


def test_adjacency_file_is_sorted_and_says_what_lies_between() -> None:
    lines = (files("placewell_data") / "geography" / "adjacency.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.split(",") for line in lines[1:]]
    assert rows == sorted(rows)
    assert all(row[0] < row[1] for row in rows)
    assert Counter(row[2] for row in rows) == {"land": 372, "tidal water": 23}


def test_geography_files_stay_small() -> None:
    folder = files("placewell_data") / "geography"
    assert sum(len(item.read_bytes()) for item in folder.iterdir() if item.is_file()) < 400_000


def test_outlines_hold_their_own_postcodes() -> None:
    rng = np.random.default_rng(7)
    for district, rings in district_outlines(HERTFORDSHIRE).items():
        drawn = sample_postcodes(district, 200, rng)
        hits = sum(inside(at.easting / UNIT_METRES, at.northing / UNIT_METRES, rings) for at in drawn)
        assert hits >= 190, district


def test_outlines_of_districts_add_up_to_their_authority() -> None:
    parts = sum(area(rings) for rings in district_outlines(HERTFORDSHIRE).values())
    assert parts == pytest.approx(area(authority_outlines()[HERTFORDSHIRE]), rel=1e-9)
    assert parts == pytest.approx(1643, rel=0.02)  # the county's published area in square kilometres


def test_outlines_neither_overlap_nor_leave_gaps() -> None:
    england = outline(code for code in areas() if code.startswith("E"))
    rng = np.random.default_rng(11)
    for x, y in rng.uniform((5000, 1500), (5800, 2600), size=(60, 2)).tolist():
        holders = [code for code, rings in authority_outlines().items() if inside(x, y, rings)]
        assert len(holders) == (1 if inside(x, y, england) else 0)


def test_an_enclave_is_a_hole_in_what_surrounds_it() -> None:
    leicester, leicestershire = "E06000016", "E10000018"
    (ring,) = authority_outlines()[leicester]
    middle = (sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring))
    assert inside(*middle, (ring,))
    assert not inside(*middle, authority_outlines()[leicestershire])
    together = outline([*districts_of(leicestershire), *districts_of(leicester)])
    assert inside(*middle, together)


def test_outline_refuses_what_is_not_drawn() -> None:
    with pytest.raises(UnknownAreaError, match="W06000023"):
        outline(["E07000242", "W06000023"])


@pytest.mark.samples
def test_borders_agree_with_published_outlines(published: Path) -> None:
    theirs = {
        frozenset((row["utla"], row["neighbour"]))
        for row in read_rows(published / "utla_adjacency_2025.csv")
        if "E" in (row["utla"][0], row["neighbour"][0])
    }
    ours = {frozenset(pair) for pair in adjacency().graph.edges if not any(code.startswith("S") for code in pair)}
    both = len(ours & theirs)
    assert both / len(theirs) >= 0.97
    assert both / len(ours) >= 0.97


@pytest.mark.samples
def test_authorities_agree_with_the_published_lookup(published: Path) -> None:
    later = {"E08000016": "E08000038", "E08000019": "E08000039"}
    for row in read_rows(published / "LTLA-UTLA_Apr23_Lookup_England-Wales.csv"):
        ours = areas()[later.get(row["LTLA23CD"], row["LTLA23CD"])]
        assert ours.utla == later.get(row["UTLA23CD"], row["UTLA23CD"])
        assert (ours.district_name, ours.utla_name) == (row["LTLA23NM"].strip(), row["UTLA23NM"].strip())


@pytest.mark.samples
def test_outline_areas_agree_with_published_outlines(published: Path) -> None:
    districts = geojson_areas(published / "hertfordshire_districts.geojson")
    for code, rings in district_outlines(HERTFORDSHIRE).items():
        assert area(rings) == pytest.approx(districts[code], rel=0.2)
    theirs = geojson_areas(published / "england_utla_2025.geojson")
    ours = {code: area(rings) for code, rings in authority_outlines().items()}
    assert sum(ours.values()) == pytest.approx(sum(theirs[code] for code in ours), rel=0.01)
    close = [code for code in ours if abs(ours[code] / theirs[code] - 1) < 0.1]
    assert len(close) >= 0.9 * len(ours)


@pytest.mark.samples
def test_sector_and_outcode_centres_agree_with_published_ones(published: Path) -> None:
    for name, column in (("sector_centroids_england.csv", "sector"), ("outcode_centroids_england.csv", "outcode")):
        rows = [row for row in read_rows(published / name) if row[column].startswith(("AL", "SG", "WD"))]
        spaced = [f"{row[column][:-1]} {row[column][-1]}" if column == "sector" else row[column] for row in rows]
        assert len(rows) > 20
        for row, found in zip(rows, locate(spaced), strict=True):
            assert found is not None
            assert (found.district, found.utla) == (row["laua"], row["utla"])
            assert abs(found.easting - int(row["easting"])) <= 1
            assert abs(found.northing - int(row["northing"])) <= 1
