"""From a postcode as people type it to a point, a district and an upper-tier authority."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.intake.postcode_directory import directory_version, letter, letters
from models.geography import Location, district_name, utla_of

_OUTWARD = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
_FULL = re.compile(rf"({_OUTWARD})([0-9][A-Z]{{2}})")
_SECTOR = re.compile(rf"({_OUTWARD})([0-9])")
_OUTCODE = re.compile(_OUTWARD)
_NOISE = re.compile(r"[^A-Z0-9]")

# Postcode areas outside Great Britain: the first has coordinates on another grid, the others have none.
_OFF_GRID = {
    "BT": "in Northern Ireland, whose grid references are on the Irish grid",
    "JE": "in Jersey, for which the directory gives no grid reference",
    "GY": "in Guernsey, for which the directory gives no grid reference",
    "IM": "on the Isle of Man, for which the directory gives no grid reference",
}


@dataclass(frozen=True)
class LocationArrays:
    """Many locations as arrays, one row per postcode asked for, in that order.

    Attributes:
        found: (n,) bool; the other columns mean nothing where it is False.
        eastings: (n,) int32, metres on the British National Grid.
        northings: (n,) int32.
        districts: (n,) district codes.
        utlas: (n,) upper-tier authority codes.
        exact: (n,) bool, False where a sector's or outcode's centre stands in.
    """

    found: NDArray[np.bool_]
    eastings: NDArray[np.int32]
    northings: NDArray[np.int32]
    districts: NDArray[np.str_]
    utlas: NDArray[np.str_]
    exact: NDArray[np.bool_]


def normalise_postcode(text: str | None) -> str | None:
    """Write a postcode in capitals with one space: "sg138dq" is "SG13 8DQ".

    A sector ("SG13 8") and an outcode ("SG13") are kept as such; spaces and punctuation anywhere else are
    ignored. "SG1 3" is a sector because of its space, "SG13" an outcode.

    Returns:
        None where the text does not have the shape of a postcode, or is blank.
    """
    if not isinstance(text, str):
        return None
    parts = [_NOISE.sub("", part) for part in unicodedata.normalize("NFKC", text).upper().split()]
    parts = [part for part in parts if part]
    compact = "".join(parts)
    if full := _FULL.fullmatch(compact):
        return f"{full[1]} {full[2]}"
    spaced = len(parts) == 2 and len(parts[1]) == 1 and _OUTCODE.fullmatch(parts[0])
    if _OUTCODE.fullmatch(compact) and not (spaced and parts[1].isdigit()):
        return compact
    sector = _SECTOR.fullmatch(compact)
    return f"{sector[1]} {sector[2]}" if sector else None


def locate(postcodes: Iterable[str | None]) -> list[Location | None]:
    """Find postcodes, reading only the first letters that occur.

    A sector, an outcode, and a postcode that the directory lacks although it knows the sector get the centre
    (median) of what is known, the district most of it lies in, and ``exact=False``. None stands for a
    postcode that cannot be placed; ``explain_postcode`` says why.
    """
    asked = [normalise_postcode(text) for text in postcodes]
    known: dict[str | None, Location | None] = {None: None}
    by_letter: defaultdict[str, list[str]] = defaultdict(list)
    for postcode in {text for text in asked if text is not None}:
        if _area(postcode) in _OFF_GRID:
            known[postcode] = None
        else:
            by_letter[postcode[0]].append(postcode)
    for first, group in by_letter.items():
        known.update(_locate_group(first, group))
    return [known[postcode] for postcode in asked]


def locate_arrays(postcodes: Iterable[str | None]) -> LocationArrays:
    """The answers of ``locate`` as arrays."""
    located = locate(postcodes)
    nowhere = Location("", 0, 0, "", "", exact=False)
    filled = [location or nowhere for location in located]
    return LocationArrays(
        found=np.array([location is not None for location in located], dtype=bool),
        eastings=np.array([location.easting for location in filled], dtype=np.int32),
        northings=np.array([location.northing for location in filled], dtype=np.int32),
        districts=np.array([location.district for location in filled], dtype="U9"),
        utlas=np.array([location.utla for location in filled], dtype="U9"),
        exact=np.array([location.exact for location in filled], dtype=bool),
    )


def explain_postcode(text: str | None) -> str:
    """One plain sentence on how a postcode was found, or why it was not."""
    if text is None or not str(text).strip():
        return "no postcode is given"
    postcode = normalise_postcode(text)
    if postcode is None:
        return f"{text!r} is not a postcode: expected one such as SG13 8DQ, a sector (SG13 8) or an outcode (SG13)"
    if _area(postcode) in _OFF_GRID:
        return f"{postcode} is {_OFF_GRID[_area(postcode)]}: distances to it cannot be measured"
    location = locate([postcode])[0]
    if location is None:
        source = f"the postcode directory (Office for National Statistics, package version {directory_version()})"
        return f"{postcode} is not in {source}: check it for typing mistakes"
    where = f"in {district_name(location.district)}"
    if location.exact:
        return f"{postcode} is {where}"
    if _FULL.fullmatch(postcode.replace(" ", "")):
        return (
            f"{postcode} is not in the postcode directory: the centre of its sector {postcode[:-2]}, {where}, stands in"
        )
    return f"{postcode} is only part of a postcode: its centre, {where}, stands in"


def sample_postcodes(district: str, n: int, rng: np.random.Generator) -> list[Location]:
    """Draw different real postcodes of a district, the same ones for the same generator state.

    For making synthetic authorities: a postcode is a street or part of one, not a person's address.

    Raises:
        ValueError: The district has fewer than n postcodes.
        UnknownAreaError: No such district.
    """
    name = district_name(district)
    pool = [(first, int(row)) for first in letters() for row in _rows_in(first, district)]
    if n > len(pool):
        raise ValueError(f"{name} has {len(pool)} postcodes, {n} were asked for")
    drawn = rng.choice(len(pool), size=n, replace=False)
    return [_at(*pool[index]) for index in drawn.tolist()]


def _area(postcode: str) -> str:
    """The letters a postcode starts with."""
    return postcode[:2] if postcode[1:2].isalpha() else postcode[:1]


def _key(postcode: str) -> str:
    """The postcode as the directory writes it: outward code padded to four characters, inward code after it."""
    outward, _, inward = postcode.partition(" ")
    return f"{outward:<4}{inward}"


def _locate_group(first: str, postcodes: list[str]) -> dict[str | None, Location | None]:
    """Locations of normalised postcodes that share a first letter."""
    table = letter(first)
    keys = np.array([_key(postcode) for postcode in postcodes], dtype="S7")
    rows = np.searchsorted(table.keys, keys)
    found: dict[str | None, Location | None] = {}
    for postcode, key, row in zip(postcodes, keys, rows.tolist(), strict=True):
        exact = row < len(table.keys) and table.keys[row] == key
        found[postcode] = _at(first, row) if exact else _centre(first, postcode)
    return found


def _at(first: str, row: int) -> Location:
    """The location in one row of the directory."""
    table = letter(first)
    key = table.keys[row].decode()
    district = str(table.codes[table.areas[row]])
    postcode = f"{key[:4].rstrip()} {key[4:]}"
    return Location(postcode, int(table.eastings[row]), int(table.northings[row]), district, utla_of(district))


@lru_cache(maxsize=65_536)
def _centre(first: str, postcode: str) -> Location | None:
    """The centre of the sector or outcode that a postcode belongs to, None where the directory has none."""
    table = letter(first)
    rows = table.with_prefix(_key(postcode)[:5])
    if rows.start == rows.stop:
        return None
    district = str(table.codes[np.bincount(table.areas[rows]).argmax()])
    easting, northing = (int(np.median(column[rows])) for column in (table.eastings, table.northings))
    return Location(postcode, easting, northing, district, utla_of(district), exact=False)


@lru_cache(maxsize=4_096)
def _rows_in(first: str, district: str) -> NDArray[np.intp]:
    """Rows of a letter that lie in a district."""
    table = letter(first)
    return np.flatnonzero(table.codes[table.areas] == district)
