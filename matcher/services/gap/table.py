"""The gap table: children and places by kind of home, age band and the child's home district, and what is unmet."""

from collections import Counter
from collections.abc import Iterable
from enum import Enum

from matcher.services.counts import AGE_BANDS
from matcher.services.gap_reasons import GAP_REASON_LABELS, GapReason, why_unmet
from matcher.services.results import Plan, PlanRow
from matcher.services.room import rooms
from models.case import Case
from models.geography import Locality, UnknownAreaError, district_name
from models.home import Home
from models.record import Record
from models.referral import Referral
from models.ssda903.ages import age_band
from models.ssda903.derive import home_kind
from models.vocabulary import KIND_LABELS, HomeKind

NOT_KNOWN = "not_known"
_OLDEST = 17


class By(Enum):
    """What a gap table is divided by."""

    KIND = "kind"
    AGE = "age band"
    DISTRICT = "home district"


EVERY = (By.KIND, By.AGE, By.DISTRICT)


class ReasonCount(Record):
    """How many children of a row are unmet for one reason."""

    reason: GapReason
    label: str
    children: int


class GapRow(Record):
    """One cell of the gap table; a dimension that is None was not divided by.

    ``children`` = ``matched`` + ``unmet``, and the children of ``why`` add up to ``unmet``. ``matched_as_asked`` are
    matched with the kind of home counted under, ``matched_out_of_area`` outside the authority. ``short_in_area`` =
    ``unmet`` + ``matched_out_of_area``: for whom the area itself lacks a suitable home, which is what the duty of
    section 22G, Children Act 1989, is about. ``places`` are open
    in the run, in homes of the kind in the district whose terms admit some age of the band: a place that
    several bands could use is in each of their rows, so rows of places must not be added up.
    """

    kind: HomeKind | None
    kind_label: str | None
    age_band: str | None
    district: str | None
    district_name: str | None
    children: int
    places: int
    matched: int
    matched_as_asked: int
    matched_out_of_area: int
    unmet: int
    short_in_area: int
    why: tuple[ReasonCount, ...]


_Key = tuple[HomeKind | None, str | None, str | None]


def gap_table(
    case: Case, plan: Plan, by: tuple[By, ...] = EVERY, *, every_district: tuple[str, ...] = ()
) -> tuple[GapRow, ...]:
    """Divide a plan's children by kind asked for, age band and home district, and set the open places beside them.

    Args:
        case: The authority the plan was made for.
        plan: An operational or a clean-sheet plan.
        by: What to divide by; with none, one row for everyone.
        every_district: When dividing by district alone, codes that get a row even if no child comes from there.

    Returns:
        The rows that have a child in them; their children add up to the plan's.
    """
    cells: dict[_Key, list[PlanRow]] = {(None, None, code): [] for code in every_district}
    referrals = {referral.id: referral for referral in case.referrals}
    for row in plan.rows:
        cells.setdefault(_key(case, referrals.get(row.referral_id), row, by), []).append(row)
    places = _OpenPlaces(case, plan)
    return tuple(_gap_row(case, key, cells[key], places.count(key)) for key in sorted(cells, key=_order))


def kind_asked(case: Case, child_id: str, referral: Referral | None) -> HomeKind:
    """The kind of home a child is counted under: what the referral prefers, else the kind lived in, else suitable.

    A connected person's home cannot be bought or recruited for, so the next kind named stands for it.
    """
    preferred = _first(referral.preferred_kinds if referral else ())
    suitable = _first(referral.suitable_kinds if referral else ())
    placement = case.placement_of.get(child_id)
    now = _first((home_kind(placement.kind),) if placement else ())
    if now and referral and referral.suitable_kinds and now not in referral.suitable_kinds:
        now = None
    return preferred or now or suitable or HomeKind.FOSTER


def _first(kinds: Iterable[HomeKind | None]) -> HomeKind | None:
    return next((kind for kind in kinds if kind is not None and kind is not HomeKind.CONNECTED), None)


def _key(case: Case, referral: Referral | None, row: PlanRow, by: tuple[By, ...]) -> _Key:
    child = case.child[row.child_id]
    return (
        kind_asked(case, child.id, referral) if By.KIND in by else None,
        age_band(max(child.age_on(case.as_at), 0)) if By.AGE in by else None,
        (child.home.district if child.home else NOT_KNOWN) if By.DISTRICT in by else None,
    )


def _order(key: _Key) -> tuple[int, int, str]:
    kind, band, district = key
    return (
        tuple(HomeKind).index(kind) if kind else 0,
        AGE_BANDS.index(band) if band else 0,
        "~" if district == NOT_KNOWN else _name(district) or "",
    )


def _name(district: str | None) -> str | None:
    if district is None:
        return None
    if district == NOT_KNOWN:
        return "No home address known"
    try:
        return district_name(district)
    except UnknownAreaError:
        return district


def _gap_row(case: Case, key: _Key, rows: list[PlanRow], places: int) -> GapRow:
    kind, band, district = key
    referrals = {referral.id: referral for referral in case.referrals}
    matched = [(row, case.home[row.home_id]) for row in rows if row.home_id is not None]
    as_asked = sum(home.kind is kind_asked(case, row.child_id, referrals.get(row.referral_id)) for row, home in matched)
    reasons = Counter(why_unmet(row) for row in rows if row.home_id is None)
    outside = sum(row.locality not in (None, Locality.IN_AREA) for row, _ in matched)
    unmet = len(rows) - len(matched)
    return GapRow(
        kind=kind,
        kind_label=KIND_LABELS[kind] if kind else None,
        age_band=band,
        district=district,
        district_name=_name(district),
        children=len(rows),
        places=places,
        matched=len(matched),
        matched_as_asked=as_asked,
        matched_out_of_area=outside,
        unmet=unmet,
        short_in_area=outside + unmet,
        why=tuple(
            ReasonCount(reason=reason, label=GAP_REASON_LABELS[reason], children=count)
            for reason, count in sorted(reasons.items(), key=lambda found: (-found[1], found[0]))
        ),
    )


class _OpenPlaces:
    """Open places of every home in a run, counted by kind, age band and district; connected persons' left out."""

    def __init__(self, case: Case, plan: Plan) -> None:
        found = rooms(case, frozenset(row.child_id for row in plan.rows))
        self._homes = [
            (home, room.places)
            for home, room in zip(case.homes, found, strict=True)
            if room.places and home.kind is not HomeKind.CONNECTED
        ]

    def count(self, key: _Key) -> int:
        """Open places in homes of the kind in the district whose terms admit some age of the band."""
        kind, band, district = key
        return sum(
            places
            for home, places in self._homes
            if kind in (None, home.kind)
            and district in (None, home.location.district)
            and (band is None or _admits(home, band))
        )


def _admits(home: Home, band: str) -> bool:
    ages = range(home.terms.age_from, min(home.terms.age_to, _OLDEST) + 1)
    return any(age_band(age) == band for age in ages)
