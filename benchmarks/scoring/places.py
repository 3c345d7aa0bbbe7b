"""Points drawn from England's real postcodes, so that people and homes are as crowded together as its towns are."""

from collections.abc import Iterator

import numpy as np

from matcher.intake.postcode_directory import letter, letters
from matcher.scoring.arrays import Int64
from models.geography import utla_name, utla_of

_AUTHORITIES = {
    "county": {"Hertfordshire"},
    "region": {
        "Bedford", "Cambridgeshire", "Central Bedfordshire", "Essex", "Hertfordshire", "Luton", "Norfolk",
        "Peterborough", "Southend-on-Sea", "Suffolk", "Thurrock",
    },
    "sparse": {
        "Cornwall", "Cumberland", "Herefordshire, County of", "Lincolnshire", "North Yorkshire", "Northumberland",
        "Shropshire", "Westmorland and Furness",
    },
}  # fmt: skip
_LONDON = "E09"


def draw_points(area: str, count: int, rng: np.random.Generator) -> Int64:
    """Points of postcodes of an area, each postcode as likely as another: about fifteen addresses share one.

    Args:
        area: ``england``, ``region`` (the East of England), ``county`` (the demo authority's), ``dense`` (London) or
            ``sparse`` (eight authorities of villages and small towns).
        count: How many.
        rng: Where chance comes from.

    Returns:
        int64 (count, 2), metres on the British National Grid; the same postcode may be drawn again.
    """
    pool = np.concatenate(list(_points(area)))
    return pool[rng.integers(len(pool), size=count)]


def _points(area: str) -> Iterator[Int64]:
    for table in map(letter, letters()):
        inside = np.array([_belongs(code, area) for code in table.codes.tolist()], np.bool_)[table.areas]
        yield np.stack([table.eastings[inside], table.northings[inside]], axis=1).astype(np.int64)


def _belongs(district: str, area: str) -> bool:
    if not district.startswith("E"):
        return False
    if area == "england":
        return True
    return district.startswith(_LONDON) if area == "dense" else utla_name(utla_of(district)) in _AUTHORITIES[area]
