"""Each child's way through care as the forecast sees it: stays in one arrangement, and what ended each of them."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from matcher.services.forecast.layout import Area
from matcher.services.indicators.history import History
from matcher.services.stability_history import known_on
from matcher.services.stock import Living, living_of_kind
from models.geography import UnknownAreaError, districts_of
from models.ssda903.derive import is_temporary
from models.ssda903.episode import Episode
from models.ssda903.location import Atlas, lies_outside
from models.ssda903.placements import Placement, placements


class Stay(NamedTuple):
    """A time in one arrangement with one carer.

    Attributes:
        living: the kind of placement as commissioners count it.
        area: in the authority's area or not.
        start: its first day.
        end: the day it ended; None while it lasts.
        enters: whether a time in care began with it.
        care_start: the day that time in care began, or the earliest known of it.
        leaves: whether care ended with it; otherwise another stay followed, unless it lasts.
    """

    living: Living
    area: Area
    start: dt.date
    end: dt.date | None
    enters: bool
    care_start: dt.date
    leaves: bool


class Life(NamedTuple):
    """One child: birth, whether unaccompanied, home district (None elsewhere or not known), stays earliest first."""

    child: str
    born: dt.date
    unaccompanied: bool
    district: str | None
    stays: tuple[Stay, ...]


def lives(history: History, as_at: dt.date) -> tuple[Life, ...]:
    """Every child ever in the episodes, from what the returns would have shown at the end of a day.

    Short breaks (V3, V4) are left out; temporary stays (T0-T4) are part of the placement the child returns to; a
    home left on the day of coming is none; see :func:`models.ssda903.placements`. A change of arrangement without a
    change of carer, such as adoption by the foster carer, ends one stay and begins another. Children without a date of
    birth are left out; an 18th birthday ends the last stay whatever the return says.
    """
    here = _districts(history.case.authority)
    found = (
        _life(child, known_on(rows, as_at), history.births.get(child), history, here, as_at)
        for child, rows in history.episodes.items()
    )
    return tuple(life for life in found if life is not None and life.stays)


def birthday(born: dt.date, years: int) -> dt.date:
    """The day somebody turns so many years old; 1 March for those born on 29 February, in other years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return dt.date(born.year + years, 3, 1)


def _districts(authority: str) -> frozenset[str]:
    try:
        return frozenset(districts_of(authority))
    except UnknownAreaError:
        return frozenset()


def _life(
    child: str,
    rows: Sequence[Episode],
    born: dt.date | None,
    history: History,
    here: frozenset[str],
    as_at: dt.date,
) -> Life | None:
    if born is None or not rows or born > rows[0].decom:
        return None
    adult = birthday(born, 18)
    pieces = list(_pieces(placements(rows), adult, history.atlas, as_at))
    located = [history.atlas.places.get(row.home_post or "") for row in rows]
    home = next((at.district for at in reversed(located) if at is not None), None)
    listed = child in history.unaccompanied
    district = home if home in here and not listed else None
    return Life(child, born, listed, district, _linked(pieces))


class _Piece(NamedTuple):
    living: Living
    area: Area
    start: dt.date
    end: dt.date | None
    opens: bool


def _pieces(stays: Sequence[Placement], adult: dt.date, atlas: Atlas, as_at: dt.date) -> Iterator[_Piece]:
    """Placements cut where the arrangement changes; nothing from the 18th birthday on."""
    opens = False
    for stay in stays:
        opens = opens or stay.opens_period
        for living, area, start, end in _arrangements(stay, atlas):
            last = adult if (end is None and adult <= as_at) or (end is not None and end > adult) else end
            if last is None or start < last:
                yield _Piece(living, area, start, last, opens)
                opens = False


def _arrangements(stay: Placement, atlas: Atlas) -> list[tuple[Living, Area, dt.date, dt.date | None]]:
    usual = [row for row in stay.episodes if not is_temporary(row.place)] or [stay.episodes[-1]]
    cut: list[tuple[Living, Area, dt.date]] = []
    for row in usual:
        state = (living_of_kind(row.kind), area_of(row, atlas))
        if not cut or cut[-1][:2] != state:
            cut.append((*state, row.decom if cut else stay.start))
    ends = [start for _, _, start in cut[1:]] + [stay.end]
    return [(living, area, start, end) for (living, area, start), end in zip(cut, ends, strict=True)]


def area_of(row: Episode, atlas: Atlas) -> Area:
    """Whether an episode's placement lies in the authority's area, by its postcode."""
    outside = lies_outside(row, atlas)
    return Area.NOT_KNOWN if outside is None else Area.OUT if outside else Area.IN


def _linked(pieces: Sequence[_Piece]) -> tuple[Stay, ...]:
    found: list[Stay] = []
    for index, piece in enumerate(pieces):
        after = pieces[index + 1] if index + 1 < len(pieces) else None
        enters = piece.opens or not found
        goes_on = after is not None and not after.opens
        found.append(
            Stay(
                piece.living,
                piece.area,
                piece.start,
                piece.end,
                enters,
                piece.start if enters else found[-1].care_start,
                piece.end is not None and not goes_on,
            )
        )
    return tuple(found)


def in_care(everybody: Sequence[Life], on: dt.date) -> Mapping[str, Stay]:
    """Where each child looked after at the end of a day lives, by child."""
    return {
        life.child: stay
        for life in everybody
        for stay in life.stays
        if stay.start <= on and (stay.end is None or on < stay.end)
    }
