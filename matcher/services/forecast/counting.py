"""History laid out for estimating: time at risk and what happened in it, and who came into care when."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.forecast.layout import AREAS, BIRTHDAYS, DURATIONS, UNACCOMPANIED, Area, duration_band
from matcher.services.forecast.lives import Life, Stay, birthday
from matcher.services.stock import Living
from models.ssda903.ages import age_at, age_band

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
NOTHING, LEFT, MOVED = 0, 1, 2
"""How a piece of time ended: nothing happened, the child left care, or moved to another arrangement or carer."""


class States(NamedTuple):
    """The arrangements there are (kind x area, numbered kind first) and the home districts, None the last."""

    kinds: tuple[Living, ...]
    areas: tuple[Area, ...]
    districts: tuple[str | None, ...]

    def number(self, living: Living, area: Area) -> int:
        """The number of an arrangement."""
        return self.kinds.index(living) * len(self.areas) + self.areas.index(area)

    @property
    def number_of(self) -> int:
        """How many arrangements there are."""
        return len(self.kinds) * len(self.areas)


class Pieces(NamedTuple):
    """Times at risk, each within one group, arrangement and duration; arrays of one length.

    ``child`` numbers lives; ``group`` and the two durations follow :mod:`layout`; ``days`` at risk; ``event`` is
    NOTHING, LEFT or MOVED, to ``to`` (-1 unless moved); ``ago`` is how many years before the as-at date it ended.
    """

    child: Ints
    group: Ints
    state: Ints
    care: Ints
    stay: Ints
    days: Floats
    event: Ints
    to: Ints
    ago: Floats


class Entrant(NamedTuple):
    """One child's coming into care: number of the life, stream, arrangement, district, day, and birth."""

    child: int
    stream: int
    state: int
    district: int
    on: dt.date
    born: dt.date


def states_of(everybody: Sequence[Life], districts: Sequence[str], since: dt.date) -> States:
    """The kinds and areas that any child has lived in since a day, and the authority's districts."""
    seen = [stay for life in everybody for stay in life.stays if stay.end is None or stay.end > since]
    kinds, areas = {stay.living for stay in seen}, {stay.area for stay in seen} | {Area.IN, Area.OUT}
    return States(
        tuple(kind for kind in Living if kind in kinds),
        tuple(area for area in AREAS if area in areas),
        (*districts, None),
    )


def group_on(life: Life, day: dt.date) -> int:
    """The group whose rates a child has on a day: by birthdays passed, unaccompanied children in one of their own."""
    if life.unaccompanied:
        return UNACCOMPANIED
    return sum(birthday(life.born, years) <= day for years in BIRTHDAYS[:-1])


def stream_of(life: Life, day: dt.date, bands: Sequence[str]) -> int:
    """The stream of a child who comes into care on a day: the age band, or the last for the unaccompanied."""
    return len(bands) if life.unaccompanied else bands.index(age_band(age_at(life.born, day)))


def entrants(
    everybody: Sequence[Life], states: States, bands: Sequence[str], first: dt.date, last: dt.date
) -> tuple[Entrant, ...]:
    """Each coming into care from the first to the last day, both included; who comes twice is there twice."""
    return tuple(
        Entrant(
            number,
            stream_of(life, stay.start, bands),
            states.number(stay.living, stay.area),
            states.districts.index(life.district),
            stay.start,
            life.born,
        )
        for number, life in enumerate(everybody)
        for stay in life.stays
        if stay.enters and first <= stay.start <= last
    )


def pieces(everybody: Sequence[Life], states: States, first: dt.date, last: dt.date) -> Pieces:
    """Everybody's time in care from the first day to the end of the last, cut where a rate may change.

    An event counts on the day it is dated, if that is from the first to the last day. Turning 18 is no event: time
    at risk just ends there.
    """
    rows = [row for number, life in enumerate(everybody) for row in _of_life(number, life, states, first, last)]
    columns = list(zip(*rows, strict=True)) or [()] * 9
    whole = [np.array(column, dtype=np.int64) for column in columns]
    days, ago = (np.array(columns[at], dtype=np.float64) for at in (5, 8))
    return Pieces(whole[0], whole[1], whole[2], whole[3], whole[4], days, whole[6], whole[7], ago)


_Row = tuple[int, int, int, int, int, int, int, int, float]


def _of_life(number: int, life: Life, states: States, first: dt.date, last: dt.date) -> Iterator[_Row]:
    for index, stay in enumerate(life.stays):
        after = life.stays[index + 1] if index + 1 < len(life.stays) else None
        ends = min(stay.end or last, last)
        begins = max(stay.start, first)
        if begins > ends or (begins == ends and stay.end != ends):
            continue
        state, adult = states.number(stay.living, stay.area), birthday(life.born, 18)
        event, to = NOTHING, -1
        if stay.end is not None and first <= stay.end <= last and stay.end < adult:
            event = LEFT if stay.leaves or after is None else MOVED
            to = -1 if event == LEFT or after is None else states.number(after.living, after.area)
        cuts = [begins, *_cuts(life, stay, begins, ends), ends]
        for at, (start, end) in enumerate(pairwise(cuts)):
            is_last = at == len(cuts) - 2
            yield (
                number,
                group_on(life, start),
                state,
                duration_band((start - stay.care_start).days),
                duration_band((start - stay.start).days),
                (end - start).days,
                event if is_last else NOTHING,
                to if is_last else -1,
                (last - end).days / 365.25,
            )


def _cuts(life: Life, stay: Stay, begins: dt.date, ends: dt.date) -> list[dt.date]:
    """The days within a stay on which the age group or a duration band changes."""
    days = {birthday(life.born, years) for years in BIRTHDAYS}
    days |= {since + dt.timedelta(days=limit) for since in (stay.care_start, stay.start) for limit in DURATIONS}
    return sorted(day for day in days if begins < day < ends)
