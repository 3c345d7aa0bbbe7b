"""The gap table laid out for reading: for each kind of home a grid of age bands against home districts."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.services.gap import NOT_KNOWN, GapRow

_STEPS = (1, 2, 3, 6, 11)
"""The fewest children short that each shade, 1 to 5, stands for: the same in every grid, so that 1 is never dark."""
SHADE_KEY = tuple(zip(range(1, 6), ("1", "2", "3 to 5", "6 to 10", "11 or more"), strict=True))
_ELSEWHERE, _UNKNOWN = "Elsewhere", "No address"
_LAST = (_ELSEWHERE, _UNKNOWN)


@dataclass(frozen=True)
class GapCell:
    """One cell: children short of a home in the area and all children, and its shade, 0-5."""

    children: int
    short: int
    shade: int


@dataclass(frozen=True)
class GapMatrix:
    """One kind of home: rows are age bands, columns home districts; a cell is None where no child is counted."""

    kind_label: str
    districts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GapCell | None, ...]], ...]
    children: int
    short: int


def gap_matrices(cells: Sequence[GapRow], own_districts: frozenset[str]) -> tuple[GapMatrix, ...]:
    """A grid for each kind with a child short of a home in the area, the worst first; shades compare between grids.

    Args:
        cells: The gap table by kind, age and district.
        own_districts: The authority's districts; children from any other stand together in one column.
    """
    kinds = dict.fromkeys(row.kind_label for row in cells)
    found = [_matrix(kind or "", [row for row in cells if row.kind_label == kind], own_districts) for kind in kinds]
    return tuple(sorted((matrix for matrix in found if matrix.short), key=lambda matrix: -matrix.short))


def _matrix(kind: str, cells: list[GapRow], own_districts: frozenset[str]) -> GapMatrix:
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for row in cells:
        key = (row.age_band or "", _column(row, own_districts))
        children, short = sums.get(key, (0, 0))
        sums[key] = (children + row.children, short + row.short_in_area)
    districts = tuple(sorted({district for _, district in sums}, key=lambda name: (name in _LAST, name)))
    bands = tuple(dict.fromkeys(band for band, _ in sums))
    rows = tuple((band, tuple(_cell(sums.get((band, name))) for name in districts)) for band in bands)
    return GapMatrix(kind, districts, rows, sum(row.children for row in cells), sum(row.short_in_area for row in cells))


def _column(row: GapRow, own_districts: frozenset[str]) -> str:
    if row.district == NOT_KNOWN:
        return _UNKNOWN
    return (row.district_name or "") if row.district in own_districts else _ELSEWHERE


def _cell(sums: tuple[int, int] | None) -> GapCell | None:
    if sums is None:
        return None
    children, short = sums
    return GapCell(children, short, bisect(_STEPS, short))
