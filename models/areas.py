"""Districts, upper-tier authorities, their names, and which of them adjoin.

The tables are ``data/geography`` (its README tells where they come from), read the first time they are asked
for. Codes are those of the Office for National Statistics.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx


class UnknownAreaError(LookupError):
    """An authority or district code that the tables do not hold."""


@dataclass(frozen=True, slots=True)
class Area:
    """One district and the upper-tier authority that looks after its children."""

    district: str
    district_name: str
    utla: str
    utla_name: str


def _table(name: str) -> list[list[str]]:
    """Rows of one of our tables, without the heading."""
    with (files("placewell_data") / "geography" / name).open(encoding="utf-8") as lines:
        return list(islice(csv.reader(lines), 1, None))


@cache
def areas() -> Mapping[str, Area]:
    """Every district of England and Wales by its code."""
    return MappingProxyType({row[0]: Area(*row) for row in _table("districts.csv")})


@cache
def _utla_names() -> Mapping[str, str]:
    return MappingProxyType({area.utla: area.utla_name for area in areas().values()})


# First letters of codes outside England and Wales: each area there is its own single tier, and our tables
# hold no names for them.
_ELSEWHERE = {"S": "Scotland", "N": "Northern Ireland", "L": "Channel Islands", "M": "Isle of Man"}


def _elsewhere(code: str) -> str | None:
    """A name for a code outside England and Wales, None for one inside."""
    country = _ELSEWHERE.get(code[:1])
    return f"{country} ({code})" if country and len(code) == 9 and code[1:].isdigit() else None


def _unknown(code: str, kind: str) -> UnknownAreaError:
    return UnknownAreaError(
        f"{code!r} is not the code of {kind}: expected a current Office for National Statistics code "
        "such as E07000242 (district) or E10000015 (upper-tier authority)"
    )


def district_name(code: str) -> str:
    """Name of a district; raises UnknownAreaError for a code that is none."""
    area = areas().get(code)
    name = area.district_name if area else _elsewhere(code)
    if name is None:
        raise _unknown(code, "a district")
    return name


def utla_of(district: str) -> str:
    """Code of the upper-tier authority a district belongs to; raises UnknownAreaError for an unknown one."""
    area = areas().get(district)
    if area is not None:
        return area.utla
    if _elsewhere(district) is None:
        raise _unknown(district, "a district")
    return district


def utla_name(code: str) -> str:
    """Name of an upper-tier authority; raises UnknownAreaError for a code that is none."""
    name = _utla_names().get(code) or _elsewhere(code)
    if name is None:
        raise _unknown(code, "an upper-tier authority")
    return name


def districts_of(utla: str) -> tuple[str, ...]:
    """Codes of an authority's districts, sorted; raises UnknownAreaError for an unknown authority."""
    found = tuple(sorted(area.district for area in areas().values() if area.utla == utla))
    if not found:
        raise _unknown(utla, "an upper-tier authority")
    return found


class Adjacency:
    """Which upper-tier authorities share a border."""

    def __init__(self, pairs: Iterable[tuple[str, str]], authorities: Iterable[str] = ()) -> None:
        """Take pairs of codes; ``authorities`` adds those that may have no neighbour (islands)."""
        self._pairs = frozenset(pair for a, b in pairs for pair in ((a, b), (b, a)))
        self._codes = frozenset(authorities) | {a for a, _ in self._pairs}

    @cached_property
    def graph(self) -> "nx.Graph[str]":
        """The same as a networkx graph with authority codes as nodes."""
        import networkx as nx  # a tenth of a second, which whoever asks only what adjoins need not wait

        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(self._codes)
        graph.add_edges_from(self._pairs)
        return graph

    def adjoins(self, a: str, b: str) -> bool:
        """Whether two different authorities share a border; raises UnknownAreaError for a code unknown."""
        for code in (a, b):
            if code not in self._codes and _elsewhere(code) is None:
                raise _unknown(code, "an upper-tier authority")
        return (a, b) in self._pairs

    def neighbours(self, code: str) -> frozenset[str]:
        """Codes of every authority that adjoins this one; raises UnknownAreaError for an unknown code."""
        if code not in self._codes:
            raise _unknown(code, "an upper-tier authority")
        return frozenset(self.graph.neighbors(code))


@cache
def adjacency() -> Adjacency:
    """The land borders of England's authorities, with each other and with Wales and Scotland, read once.

    Authorities that meet only in tidal water (the Thames below Battersea, the Mersey) are in the table but do
    not count as adjoining: see ``data/geography/README.md``.
    """
    land = ((row[0], row[1]) for row in _table("adjacency.csv") if row[2] == "land")
    return Adjacency(land, _utla_names())


def adjoins(a: str, b: str) -> bool:
    """Whether two different upper-tier authorities share a border; UnknownAreaError for an unknown code."""
    return adjacency().adjoins(a, b)
