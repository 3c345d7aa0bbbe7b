"""Today, the operational plan and the clean sheet side by side, for the same children."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.services.counts import AGE_BANDS
from matcher.services.gap.children import GapChild
from matcher.services.gap.groups import GROUPS
from models.geography import Locality
from models.record import Record
from models.vocabulary import KIND_LABELS, HomeKind


class Side(Record):
    """Where some children live on one side: the five groups of ids part them.

    ``not_known_ids`` have a placement in an area not known. ``mean_miles_tenths`` is over those whose own home and
    placement are both known, ``weekly_fee_pence`` over those whose fee is known, in full; ``priced`` says how many.
    """

    in_area_ids: tuple[str, ...]
    adjoining_ids: tuple[str, ...]
    at_a_distance_ids: tuple[str, ...]
    not_known_ids: tuple[str, ...]
    none_ids: tuple[str, ...]
    mean_miles_tenths: float | None
    weekly_fee_pence: int
    priced: int


class BesideToday(Record):
    """One line: the children of a kind and age band, of a group, or everybody; a dimension that is None is not divided.

    All three sides are of the same children: those in either run. Who is not in a run lives on its side as today.
    """

    kind: HomeKind | None
    kind_label: str | None
    age_band: str | None
    group: str | None
    group_label: str | None
    child_ids: tuple[str, ...]
    today: Side
    operational: Side
    clean_sheet: Side


@dataclass(frozen=True)
class _Lives:
    """Where one child lives on one side."""

    child_id: str
    placed: bool
    where: Locality | None
    miles: int | None
    fee: int | None


def beside_today(operational: Sequence[GapChild], clean: Sequence[GapChild]) -> tuple[BesideToday, ...]:
    """Everybody, then each kind asked for by age band, then each commissioners' group with somebody in it.

    Args:
        operational: The children of the operational run (`child_gap`).
        clean: Those of the clean sheet, of the same case.

    Returns:
        The lines of kinds and age bands add up to the first; groups overlap. A child in both runs is counted under the
        kind of the operational run, and in the groups of either.
    """
    found: dict[str, GapChild] = {child.child_id: child for child in (*clean, *operational)}
    sides = _Sides(operational, clean)
    everybody = tuple(found)
    lines = [sides.line(everybody)]
    kinds = sorted({child.kind for child in found.values()}, key=tuple(HomeKind).index)
    bands = AGE_BANDS
    for kind in kinds:
        for band in bands:
            ids = tuple(each.child_id for each in found.values() if (each.kind, each.age_band) == (kind, band))
            if ids:
                lines.append(sides.line(ids, kind=kind, age_band=band))
    belongs = {(group, child.child_id) for child in (*clean, *operational) for group in child.groups}
    for group in GROUPS:
        ids = tuple(child for child in everybody if (group.key, child) in belongs)
        if ids:
            lines.append(sides.line(ids, group=group.key, group_label=group.label))
    return tuple(lines)


class _Sides:
    """Where every child lives on each side."""

    def __init__(self, operational: Sequence[GapChild], clean: Sequence[GapChild]) -> None:
        self.today = {child.child_id: _today(child) for child in (*operational, *clean)}
        self.operational = self.today | {child.child_id: _in_plan(child) for child in operational}
        self.clean_sheet = self.today | {child.child_id: _in_plan(child) for child in clean}

    def line(
        self,
        ids: tuple[str, ...],
        *,
        kind: HomeKind | None = None,
        age_band: str | None = None,
        group: str | None = None,
        group_label: str | None = None,
    ) -> BesideToday:
        """One line for these children."""
        return BesideToday(
            kind=kind,
            kind_label=KIND_LABELS[kind] if kind else None,
            age_band=age_band,
            group=group,
            group_label=group_label,
            child_ids=ids,
            today=_side(self.today, ids),
            operational=_side(self.operational, ids),
            clean_sheet=_side(self.clean_sheet, ids),
        )


def _today(child: GapChild) -> _Lives:
    return _Lives(
        child.child_id,
        child.before_kind_label is not None,
        child.before_locality,
        child.before_miles_tenths,
        child.before_fee_pence,
    )


def _in_plan(child: GapChild) -> _Lives:
    placed = child.home_id is not None
    where = Locality(child.outcome.value) if placed else None
    return _Lives(child.child_id, placed, where, child.miles_tenths, child.fee_pence)


def _side(lives: Mapping[str, _Lives], ids: Sequence[str]) -> Side:
    some = [lives[child] for child in ids]
    miles = [each.miles for each in some if each.miles is not None]
    fees = [each.fee for each in some if each.fee is not None]

    def those(where: Locality | None) -> tuple[str, ...]:
        return tuple(each.child_id for each in some if each.placed and each.where is where)

    return Side(
        in_area_ids=those(Locality.IN_AREA),
        adjoining_ids=those(Locality.ADJOINING),
        at_a_distance_ids=those(Locality.AT_A_DISTANCE),
        not_known_ids=those(None),
        none_ids=tuple(each.child_id for each in some if not each.placed),
        mean_miles_tenths=sum(miles) / len(miles) if miles else None,
        weekly_fee_pence=sum(fees),
        priced=len(fees),
    )
