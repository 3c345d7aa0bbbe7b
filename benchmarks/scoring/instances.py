"""Instances at the size of a county, a region and all of England, drawn from the demo authority by a seed.

Each child and each home is one of the demo's, drawn with replacement, put at a postcode drawn from the area. School,
family and places to avoid keep their distances from the child's home, turned by a random angle. Levels of need and
skill and fees are shaken, so that no two children and no two homes are quite alike.
"""

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.scoring.places import draw_points
from benchmarks.scoring.special_pairs import draw_specials
from matcher.intake.case import read_case
from matcher.scoring import Encoded, encode
from matcher.scoring.arrays import NO_LIMIT, Int8, Int64, Table
from matcher.scoring.coding import NEVER
from matcher.services.searches import clean_sheet
from models.case import Case

VARIANTS = ("as drawn", "open", "dense", "sparse")
_SHAKEN = 1 / 8
SAMPLED = 500
"""Children from whom a share of all pairs is told."""


@dataclass(frozen=True)
class Size:
    """How many children and homes, and how many homes each child is to be given."""

    name: str
    children: int
    homes: int
    k: int


SIZES = {
    size.name: size
    for size in (
        Size("county", 903, 600, 10),
        Size("region", 10_000, 12_000, 50),
        Size("england", 84_000, 100_000, 50),
    )
}


def draw(size: Size, variant: str = "as drawn", seed: int = 1) -> Encoded:
    """Draw an instance, the same on every machine.

    Args:
        size: How large.
        variant: ``as drawn``: the demo's needs and rules; ``open``: terms, vacancies and kinds relaxed so that most
            pairs pass every rule; ``dense``: London's postcodes, and every child has some need in most domains;
            ``sparse``: rural authorities' postcodes, and a quarter of the demo's needs.
        seed: Of every draw.
    """
    rng = np.random.default_rng(seed)
    child = rng.integers(demo().shape[0], size=size.children)
    return place(size, child, np.arange(size.children), variant, rng)


def place(size: Size, child: Int64, family: Int64, variant: str, rng: np.random.Generator) -> Encoded:
    """Draw homes for these children of the demo, and put all at points drawn from the size's area.

    Args:
        size: How large.
        child: Row in the demo of each child.
        family: Which children stay together: one number from 0 for each family, rising.
        variant: As in `draw`.
        rng: Drawn from.
    """
    of = demo()
    area = variant if variant in ("dense", "sparse") else size.name
    home = rng.integers(of.shape[1], size=size.homes)
    families = int(family.max()) + 1
    points = draw_points(area, families, rng)[family]
    rows, anchors, visits, avoid = _move_children(of, child, points, rng.uniform(0, 2 * np.pi, families)[family])
    homes, households = of.arrays.homes[home], of.arrays.households[:, home]
    homes["x"], homes["y"] = draw_points(area, size.homes, rng).T
    homes["marginal_fee"] = homes["marginal_fee"] * rng.integers(90, 111, size.homes) // 100
    if variant == "open":
        _relax(rows, homes)
    arrays = of.arrays._replace(
        rows=rows,
        homes=homes,
        households=households,
        visits=visits,
        avoid=avoid,
        special=draw_specials(rows, anchors, homes, households, rng),
        child_level=_with_needs(_shake(of.arrays.child_level[child], rng), variant, rng),
        home_level=_shake(of.arrays.home_level[home], rng),
        language_missing=np.ascontiguousarray(of.arrays.language_missing[:, home]),
        faith_missing=np.ascontiguousarray(of.arrays.faith_missing[:, home]),
        heritage_missing=np.ascontiguousarray(of.arrays.heritage_missing[:, home]),
        child_said=of.arrays.child_said[child],
        home_limit=of.arrays.home_limit[home],
    )
    return Encoded(
        arrays=arrays,
        referrals=tuple(of.referrals[row] for row in child.tolist()),
        homes=tuple(of.homes[column] for column in home.tolist()),
        searching=of.searching,
        child_known=of.child_known[child],
        home_known=of.home_known[home],
    )


def first_children(encoded: Encoded, count: int) -> Encoded:
    """The instance with its first children only; they were drawn at random, so they stand for the rest."""
    arrays = encoded.arrays
    return replace(
        encoded,
        arrays=arrays._replace(
            rows=arrays.rows[:count], child_level=arrays.child_level[:count], child_said=arrays.child_said[:count]
        ),
        referrals=encoded.referrals[:count],
        child_known=encoded.child_known[:count],
    )


@cache
def demo_case() -> Case:
    """The demo authority."""
    case = read_case(Path(str(files("placewell_data") / "demo"))).case
    if case is None:
        raise ValueError("the demo authority in placewell_data cannot be read: reinstall Placewell")
    return case


@cache
def demo() -> Encoded:
    """The demo's clean sheet: every child who can be moved, every home."""
    return encode(demo_case(), clean_sheet(demo_case()).referrals)


def _move_children(
    of: Encoded, child: Int64, points: Int64, angle: npt.NDArray[np.float64]
) -> tuple[Table, Int64, Table, Table]:
    """The rows at new points, those points, and the rows' visits and places to avoid around them."""
    rows = of.arrays.rows[child].copy()
    anchors = _anchors(rows, of.arrays.visits)

    def moved(owner: Int64, x: Int64, y: Int64) -> tuple[Int64, Int64]:
        east, north = x - anchors[owner, 0], y - anchors[owner, 1]
        cos, sin = np.cos(angle[owner]), np.sin(angle[owner])
        turned = np.rint([cos * east - sin * north, sin * east + cos * north]).astype(np.int64)
        return turned[0] + points[owner, 0], turned[1] + points[owner, 1]

    lists = []
    for name, addresses in (("visits", of.arrays.visits), ("avoid", of.arrays.avoid)):
        owner, taken = _spread(rows, name)
        held = addresses[taken].copy()
        held["x"], held["y"] = moved(owner, held["x"], held["y"])
        lists.append(held)
    for name in ("home", "school"):
        known = np.flatnonzero(rows[f"{name}_x"] > 0)
        rows[f"{name}_x"][known], rows[f"{name}_y"][known] = moved(
            known, rows[f"{name}_x"][known], rows[f"{name}_y"][known]
        )
    return rows, points, lists[0], lists[1]


def _anchors(rows: Table, visits: Table) -> Int64:
    """The point of each row that stays where the child is put: home, else school, else the first family visit."""
    first = np.where(rows["visits_from"] < rows["visits_to"], rows["visits_from"], 0)
    has_home, has_school = rows["home_x"] > 0, rows["school_x"] > 0
    return np.stack(
        [
            np.select([has_home, has_school], [rows[f"home_{axis}"], rows[f"school_{axis}"]], visits[axis][first])
            for axis in ("x", "y")
        ],
        axis=1,
    )


def _spread(rows: Table, name: str) -> tuple[Int64, Int64]:
    """For each entry that the rows have between them its row and its number; the rows are given their new parts."""
    start, count = rows[f"{name}_from"].astype(np.int64), (rows[f"{name}_to"] - rows[f"{name}_from"]).astype(np.int64)
    ends = np.cumsum(count)
    rows[f"{name}_from"], rows[f"{name}_to"] = ends - count, ends
    taken = np.repeat(start - (ends - count), count) + np.arange(count.sum())
    return np.repeat(np.arange(len(rows)), count), taken


def _shake(levels: Int8, rng: np.random.Generator) -> Int8:
    """Levels of which one in eight is one higher or lower."""
    moved = rng.choice([-1, 0, 1], levels.shape, p=[_SHAKEN / 2, 1 - _SHAKEN, _SHAKEN / 2])
    shaken: Int8 = np.clip(levels + moved, 0, 4).astype(np.int8)
    return shaken


def _with_needs(levels: Int8, variant: str, rng: np.random.Generator) -> Int8:
    if variant == "dense":
        return np.where(levels == 0, rng.integers(0, 3, levels.shape), levels).astype(np.int8)
    if variant == "sparse":
        return np.where(rng.random(levels.shape) < 1 / 4, levels, 0).astype(np.int8)
    return levels


def _relax(rows: Table, homes: Table) -> None:
    """Open every home's terms and vacancies, and ask for any kind of home."""
    for name, value in {
        "standing": 0, "closes": NEVER, "available_from": 0, "not_available": 0, "held": 0, "age_from": 0,
        "age_to": 17, "places": NO_LIMIT, "sibling_places": NO_LIMIT, "limit": NO_LIMIT, "bedrooms": NO_LIMIT,
    }.items():  # fmt: skip
        homes[name] = value
    rows["barred"] = 0
