"""The gap table laid out for reading: for each kind of home a grid of age bands against home districts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.services.gap import GapRow

_SHADES = 5


@dataclass(frozen=True)
class GapCell:
    """One cell: unmet and all children, and its shade 0-5; None where no child is counted."""

    children: int
    unmet: int
    shade: int


@dataclass(frozen=True)
class GapMatrix:
    """One kind of home: rows are age bands, columns home districts; the last row and column are sums."""

    kind_label: str
    districts: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GapCell | None, ...]], ...]
    children: int
    unmet: int


def gap_matrices(cells: Sequence[GapRow]) -> tuple[GapMatrix, ...]:
    """A grid for each kind that has an unmet child, the worst first; shades compare within a grid."""
    kinds = dict.fromkeys(row.kind_label for row in cells)
    found = [_matrix(kind or "", [row for row in cells if row.kind_label == kind]) for kind in kinds]
    return tuple(sorted((matrix for matrix in found if matrix.unmet), key=lambda matrix: -matrix.unmet))


def _matrix(kind: str, cells: list[GapRow]) -> GapMatrix:
    districts = tuple(dict.fromkeys(row.district_name or "" for row in sorted(cells, key=_district_order)))
    bands = tuple(dict.fromkeys(row.age_band or "" for row in cells))
    at = {(row.age_band, row.district_name): row for row in cells}
    most = max((row.unmet for row in cells), default=0)
    rows = tuple((band, tuple(_cell(at.get((band, district)), most) for district in districts)) for band in bands)
    return GapMatrix(kind, districts, rows, sum(row.children for row in cells), sum(row.unmet for row in cells))


def _district_order(row: GapRow) -> tuple[bool, str]:
    return (row.district == "not_known", row.district_name or "")


def _cell(row: GapRow | None, most: int) -> GapCell | None:
    if row is None:
        return None
    return GapCell(row.children, row.unmet, math.ceil(_SHADES * row.unmet / most) if most else 0)
