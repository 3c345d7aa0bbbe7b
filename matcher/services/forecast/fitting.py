"""Everything a forecast takes from history: who is in care, who came, what happened to them, how often."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.services.counts import AGE_BANDS
from matcher.services.forecast.arrivals import Arrivals, fit_arrivals, quarter_counts
from matcher.services.forecast.counting import (
    LEFT,
    MOVED,
    Entrant,
    Floats,
    Pieces,
    States,
    entrants,
    pieces,
    states_of,
    stream_of,
)
from matcher.services.forecast.estimating import choices, hazards
from matcher.services.forecast.layout import BIRTHDAYS, STREAMS
from matcher.services.forecast.lives import Life, birthday, lives
from matcher.services.forecast.shapes import Coming, Here, Rates
from matcher.services.indicators.history import History
from models.areas import district_name
from models.case import Case
from models.geography import UnknownAreaError, districts_of

HALF_LIFE = 3.0
"""Years after which what happened counts half: practice changes, and few years are too few to throw any away."""
LEAST_QUARTERS, LEAST_EVENTS = 8, 30
"""History below which there is no forecast: two years, and so many children coming and so many leaving."""


class HistoryTooShortError(ValueError):
    """Too little is known of the past to forecast from; the message says what there is and what it takes."""


@dataclass(frozen=True)
class Fitted:
    """What the past says on a day.

    Attributes:
        as_at: the last day of history.
        since: its first day, from which everybody looked after is in the files.
        everybody: every child's way through care.
        states: arrangements and districts.
        came: each coming into care since.
        past: time at risk and what happened in it.
        arrivals: how many come.
        not_told: children looked after of whom the files hold no usable episodes, so that they are not forecast.
    """

    as_at: dt.date
    since: dt.date
    everybody: tuple[Life, ...]
    states: States
    came: tuple[Entrant, ...]
    past: Pieces
    arrivals: Arrivals
    not_told: tuple[str, ...]


def fit(case: Case, *, as_at: dt.date | None = None, history: History | None = None) -> Fitted:
    """Read the past of a case, up to an earlier day if asked, as the returns would have shown it on that day.

    Raises:
        HistoryTooShortError: less than two years, or fewer than 30 children who came or 30 who left.
    """
    history, day = history or History(case), as_at or case.as_at
    since = history.whole_from
    everybody = lives(history, day)
    if since is None or not everybody:
        raise HistoryTooShortError("There are no episodes to forecast from: expected returns of two years or more.")
    states = states_of(everybody, districts_by_name(case.authority), since)
    came = entrants(everybody, states, AGE_BANDS, since, day)
    past = pieces(everybody, states, since, day)
    counts = quarter_counts(came, since, day)
    left = sum(stay.leaves and since <= stay.end <= day for life in everybody for stay in life.stays if stay.end)
    if counts.shape[1] < LEAST_QUARTERS or min(int(counts.sum()), left) < LEAST_EVENTS:
        raise HistoryTooShortError(
            f"The returns from {since:%d/%m/%Y} to {day:%d/%m/%Y} hold {counts.shape[1]} whole quarters, "
            f"{counts.sum()} children who came into care and {left} who left: expected at least {LEAST_QUARTERS} "
            f"quarters and {LEAST_EVENTS} of each. A forecast from less would be a guess."
        )
    told = {life.child for life in everybody}
    untold = tuple(p.child_id for p in case.placements if p.child_id not in told) if day == case.as_at else ()
    return Fitted(day, since, everybody, states, came, past, fit_arrivals(counts), untold)


def districts_by_name(authority: str) -> tuple[str, ...]:
    """Codes of the authority's districts in order of their names; none where they are not known."""
    try:
        return tuple(sorted(districts_of(authority), key=district_name))
    except UnknownAreaError:
        return ()


def recent(fitted: Fitted) -> Floats:
    """What each piece of the past counts for: recent years more."""
    weights: Floats = 0.5 ** (fitted.past.ago / HALF_LIFE)
    return weights


def rates_of(fitted: Fitted, weight: Floats) -> Rates:
    """Rates from the past with these weights of its pieces."""
    past, areas, states = fitted.past, len(fitted.states.areas), fitted.states.number_of
    left, moved = ((past.event == event).astype(np.float64) for event in (LEFT, MOVED))
    return Rates(
        hazards(weight, past.group, past.state, past.care, past.days, left, areas, states),
        hazards(weight, past.group, past.state, past.stay, past.days, moved, areas, states),
        choices(weight, past.group, past.state, past.to, areas, states),
    )


def coming(fitted: Fitted) -> Coming:
    """Those who came, by stream, recent years counting for more."""
    rows = sorted(fitted.came, key=lambda each: each.stream)
    streams = [each.stream for each in rows]
    ago = np.array([(fitted.as_at - each.on).days / 365.25 for each in rows])
    return Coming(
        np.searchsorted(streams, np.arange(len(STREAMS) + 1)).astype(np.int64),
        0.5 ** (ago / HALF_LIFE),
        _whole([each.child for each in rows]),
        _whole([each.state for each in rows]),
        _whole([each.district for each in rows]),
        np.array([birthdays(each.born, each.on) for each in rows]),
    )


def here_now(fitted: Fitted) -> Here:
    """Those in care at the end of the as-at date, in days from it."""
    day, states = fitted.as_at, fitted.states
    rows = [
        (life, stay)
        for life in fitted.everybody
        for stay in life.stays
        if stay.start <= day and (stay.end is None or day < stay.end)
    ]
    return Here(
        np.array([float((stay.care_start - day).days) for _, stay in rows]),
        np.array([float((stay.start - day).days) for _, stay in rows]),
        _whole([states.number(stay.living, stay.area) for _, stay in rows]),
        _whole([states.districts.index(life.district) for life, _ in rows]),
        np.array([birthdays(life.born, day) for life, _ in rows]).reshape(len(rows), len(BIRTHDAYS)),
        _whole([stream_of(life, day, AGE_BANDS) for life, _ in rows]),
    )


def birthdays(born: dt.date, day: dt.date) -> Floats:
    """Days from a day to the birthdays of :mod:`layout`; those that have been are below 0."""
    return np.array([float((birthday(born, years) - day).days) for years in BIRTHDAYS])


def _whole(values: Sequence[int]) -> npt.NDArray[np.int64]:
    return np.array(values, dtype=np.int64)
