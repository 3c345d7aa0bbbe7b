"""How long a case takes to become arrays: the demo authority, and 100,000 homes with everyone who lives in them."""

import pickle
import statistics
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.scoring.instances import demo_case
from matcher.scoring import Encoded, encode
from matcher.services.searches import clean_sheet
from models.case import Case
from models.child import Child, Circumstances
from models.geography import Location
from models.home import Home
from models.record import Record
from models.referral import Referral

_R = TypeVar("_R", bound=Record)
HOMES, SEARCHES, FEW = 100_000, 10_000, 3


@dataclass(frozen=True)
class Timing:
    """Milliseconds of the first, the middle and the slowest of ``times`` runs, and the arrays' size in megabytes."""

    what: str
    searches: int
    homes: int
    days: int
    times: int
    first_ms: float
    median_ms: float
    slowest_ms: float
    arrays_mb: float
    households_mb: float


def measure() -> list[Timing]:
    """Time the demo authority for all its children, all that can move and one, then the large case for few and many."""
    demo = demo_case()
    large = large_case(demo, HOMES)
    everyone, homes = clean_sheet(large).referrals, large.homes[:HOMES]
    everybody = [demo.referrals[0].model_copy(update={"id": child.id, "child_id": child.id}) for child in demo.children]
    return [
        _timed("demo, every child", 11, demo, everybody, demo.homes),
        _timed("demo, clean sheet", 11, demo, clean_sheet(demo).referrals, demo.homes),
        _timed("demo, one referral", 11, demo, demo.referrals[:1], demo.homes),
        _timed("large, few searches", 5, large, large.referrals[:FEW], homes),
        _timed("large, many searches", 5, large, everyone[:SEARCHES], homes),
    ]


def large_case(case: Case, homes: int, seed: int = 1) -> Case:
    """As many copies of an authority as have at least so many homes, in one case.

    Ids of children, homes and all else are new in each copy, and so are postcodes, drawn by the seed within 15 km of
    the old; who lives, searches, is held or refused where is as in the original. Episodes are left out.
    """
    rng = np.random.default_rng(seed)
    copies = [_apart(_copied(case, f"{number}-", rng)) for number in range(-(-homes // len(case.homes)))]
    joined = {name: tuple(record for copy in copies for record in copy[name]) for name in copies[0]}
    return Case(
        name=f"{case.name} x {len(copies)}",
        authority=case.authority,
        as_at=case.as_at,
        synthetic=True,
        framework=case.framework,
        policy=case.policy,
        providers=case.providers,
        **joined,
    )


def _apart(copy: dict[str, Iterable[Any]]) -> dict[str, Iterable[Any]]:
    """The same records, sharing no memory with the original: as scattered as if they had been read from files."""
    found: dict[str, Iterable[Any]] = pickle.loads(pickle.dumps(copy))  # noqa: S301 - our own, written just now
    return found


def _copied(case: Case, prefix: str, rng: np.random.Generator) -> dict[str, Iterable[Any]]:
    """The case's records by field, with the prefix before every id."""
    moves = rng.integers(-10_000, 10_001, (len(case.homes), 2)).tolist()
    return {
        "homes": [_home(home, prefix, *move) for home, move in zip(case.homes, moves, strict=True)],
        "children": [_child(child, prefix) for child in case.children],
        "referrals": [_referral(referral, prefix) for referral in case.referrals],
        "sibling_groups": [
            group.model_copy(
                update={
                    "id": prefix + group.id,
                    "children": _named(group.children, prefix),
                    "units": tuple(_named(unit, prefix) for unit in group.units),
                }
            )
            for group in case.sibling_groups
        ],
        "residents": [_ids(each, prefix, "id", "home_id") for each in case.residents],
        "placements": [_ids(each, prefix, "child_id", "home_id") for each in case.placements],
        "offers": [_ids(each, prefix, "child_id", "home_id") for each in case.offers],
        "refusals": [_ids(each, prefix, "child_id", "home_id") for each in case.refusals],
    }


def _ids(record: _R, prefix: str, *fields: str) -> _R:
    given = {field: getattr(record, field) for field in fields}
    return record.model_copy(update={field: prefix + name for field, name in given.items() if name is not None})


def _named(names: Iterable[str], prefix: str) -> tuple[str, ...]:
    return tuple(prefix + name for name in names)


def _home(home: Home, prefix: str, east: int, north: int) -> Home:
    terms = home.terms.model_copy(update={"exempt_children": frozenset(_named(home.terms.exempt_children, prefix))})
    named = frozenset(_named(home.connected_children, prefix))
    place = _moved(home.location, f"{prefix}{home.id}", east, north)
    return home.model_copy(
        update={"id": prefix + home.id, "terms": terms, "connected_children": named, "location": place}
    )


def _moved(place: Location, postcode: str, east: int, north: int) -> Location:
    return replace(place, postcode=postcode, easting=place.easting + east, northing=place.northing + north)


def _child(child: Child, prefix: str) -> Child:
    changed: Mapping[str, Any] = {
        "id": prefix + child.id,
        "circumstances": _circumstances(child.circumstances, prefix),
        "profile": child.profile and _ids(child.profile, prefix, "child_id"),
    }
    return child.model_copy(update=changed)


def _referral(referral: Referral, prefix: str) -> Referral:
    said = referral.circumstances and _circumstances(referral.circumstances, prefix)
    return _ids(referral, prefix, "id", "child_id").model_copy(update={"circumstances": said})


def _circumstances(said: Circumstances, prefix: str) -> Circumstances:
    wishes = said.wishes
    homes = {name: _named(getattr(wishes, name), prefix) for name in ("homes_wanted", "homes_not_wanted")}
    return said.model_copy(update={"wishes": wishes.model_copy(update=homes)})


def _timed(what: str, times: int, case: Case, referrals: Sequence[Referral], homes: Sequence[Home]) -> Timing:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        encoded = encode(case, referrals, homes)
        taken.append(1_000 * (time.perf_counter() - started))
    return Timing(
        what=what,
        searches=len(referrals),
        homes=len(homes),
        days=len(encoded.arrays.households),
        times=times,
        first_ms=round(taken[0], 1),
        median_ms=round(statistics.median(taken), 1),
        slowest_ms=round(max(taken), 1),
        arrays_mb=_megabytes(encoded),
        households_mb=round(encoded.arrays.households.nbytes / 1e6, 2),
    )


def _megabytes(encoded: Encoded) -> float:
    arrays = [part for part in encoded.arrays if isinstance(part, np.ndarray)]
    return round(sum(part.nbytes for part in (*arrays, encoded.child_known, encoded.home_known)) / 1e6, 2)


def show(found: Sequence[Timing]) -> None:
    """Print the timings as a table."""
    table = Table("", "searches", "homes", "days", "first, ms", "median, ms", "slowest, ms", "MB", title="Encoding")
    for each in found:
        values = (each.searches, each.homes, each.days, each.first_ms, each.median_ms, each.slowest_ms, each.arrays_mb)
        table.add_row(each.what, *(f"{value:,}" for value in values))
    Console(width=110).print(table)


def as_rows(found: Sequence[Timing]) -> list[dict[str, Any]]:
    """The timings as plain values, for JSON."""
    return [asdict(each) for each in found]
