"""What a scenario changes: how many come into care, which homes close, who comes for certain; and its plain words."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from matcher.services.counts import AGE_BANDS
from matcher.services.forecast.counting import Floats, Ints, States
from matcher.services.forecast.layout import STREAMS, Area
from matcher.services.forecast.shapes import Here
from matcher.services.stock import LIVING_LABELS, living_of_kind
from models.forecast import (
    Change,
    EdgeOfCare,
    EntriesChange,
    HomeClosing,
    Inflation,
    PopulationGrowth,
    Scenario,
    SiblingArrival,
    TransferRota,
)
from models.ssda903.ages import age_band

_ALONE = len(STREAMS) - 1
_MONTHS = 12


class ScenarioError(ValueError):
    """A scenario names an age band, a home or a day that means nothing here; the message says what was expected."""


class Arriving(NamedTuple):
    """A child sure to come: the day, the age in whole years, numbers of arrangement and district, -1 to be drawn."""

    on: dt.date
    age: int
    state: int
    district: int


def changed_rates(rates: Floats, scenario: Scenario, days: Sequence[dt.date]) -> Floats:
    """Rates of coming into care after the scenario, draws x months x streams; a month changes by its share of days.

    Args:
        rates: children expected each month as history has it.
        scenario: what changes.
        days: the as-at date and each month end.
    """
    found = rates.copy()
    for growth in scenario.growth:
        years = (np.arange(rates.shape[1]) + 0.5) / _MONTHS
        factor = (1 + growth.hundredths / 10_000) ** years
        for stream in _streams(growth.ages):
            found[:, :, stream] *= factor
    for change in scenario.changes:
        if isinstance(change, EntriesChange):
            part = _share_of_months(days, change.starts, change.ends)
            _scale(found, change.ages, 1 + part * (change.percent / 100 - 1))
        elif isinstance(change, EdgeOfCare):
            _scale(found, change.ages, 1 - _share_of_months(days, change.starts, None) * change.averted_percent / 100)
        elif isinstance(change, TransferRota):
            part = _share_of_months(days, change.starts, change.ends)
            kept = 1 - part if change.instead else np.ones_like(part)
            found[:, :, _ALONE] = found[:, :, _ALONE] * kept + part * change.children_a_month
    return found


def closings(scenario: Scenario, states: States, here: Here, as_at: dt.date) -> Floats:
    """Homes closing as rows of arrangement, days from the as-at date, and share of its places that go.

    The share is of the children who live in such places today: without any there is nothing to close.

    Raises:
        ScenarioError: a home that closes on or before the as-at date, or of a kind where nobody lives.
    """
    rows = []
    for change in scenario.changes:
        if not isinstance(change, HomeClosing):
            continue
        living, area = living_of_kind(change.kind), Area.IN if change.in_area else Area.OUT
        state = states.number(living, area) if living in states.kinds else -1
        lived = int((here.state == state).sum())
        if not lived or change.on <= as_at:
            told = f"{LIVING_LABELS[living]} ({_words(area)}), closing on {change.on:%d/%m/%Y}"
            raise ScenarioError(
                f"{scenario.name}: {told}: expected a day after {as_at:%d/%m/%Y} and a kind somebody lives in."
            )
        rows.append((float(state), float((change.on - as_at).days), min(1.0, change.places / lived)))
    return np.array(rows, dtype=np.float64).reshape(len(rows), 3)


def arriving(scenario: Scenario, states: States, as_at: dt.date) -> Iterator[Arriving]:
    """Children whom the scenario brings for certain.

    Raises:
        ScenarioError: a day on or before the as-at date, a kind nobody lives in, a district not of the authority.
    """
    for change in scenario.changes:
        if not isinstance(change, SiblingArrival):
            continue
        living = living_of_kind(change.kind) if change.kind else None
        wrong = change.on <= as_at or (living is not None and living not in states.kinds)
        if wrong or change.district not in states.districts:
            raise ScenarioError(
                f"{scenario.name}: brothers and sisters coming on {change.on:%d/%m/%Y}: expected a day after "
                f"{as_at:%d/%m/%Y}, a kind that somebody has lived in, and a district of the authority."
            )
        state = states.number(living, Area.IN if change.in_area else Area.OUT) if living else -1
        district = states.districts.index(change.district) if change.district else -1
        yield from (Arriving(change.on, age, state, district) for age in change.ages)


def stream_of_age(age: int) -> int:
    """The stream of a child of an age who is not unaccompanied."""
    return AGE_BANDS.index(age_band(age))


def reading(scenario: Scenario) -> tuple[str, ...]:
    """The scenario in plain words, a sentence for each change; a growth of no people is one, too."""
    told = [_told(change) for change in scenario.changes] + [_grown(growth) for growth in scenario.growth]
    return tuple(told) or ("Nothing changes but what the trend of the authority's own history says.",)


def _told(change: Change) -> str:
    match change:
        case EntriesChange():
            return (
                f"{change.percent}% as many children {_aged(change.ages)} come into care as history says"
                f"{_when(change.starts, change.ends)}."
            )
        case TransferRota():
            how = "instead of those who came before" if change.instead else "beside those who come anyway"
            number = f"{change.children_a_month:g} unaccompanied children a month"
            return f"{number} arrive through the transfer scheme on average, {how}{_when(change.starts, change.ends)}."
        case HomeClosing():
            kind = LIVING_LABELS[living_of_kind(change.kind)]
            where = _words(Area.IN if change.in_area else Area.OUT)
            return (
                f"{change.places} places close on {change.on:%d/%m/%Y}: {kind}, {where}. That share of the children "
                "there moves, and of those who would have moved in goes elsewhere."
            )
        case EdgeOfCare():
            return (
                f"A service for {change.children_a_year} children a year on the edge of care, at "
                f"£{change.package_pence / 100:,.0f} each, averts {change.averted_percent}% of children "
                f"{_aged(change.ages)} coming into care{_when(change.starts, None)}: an assumption to try high and low."
            )
        case Inflation():
            return f"Prices rise by {change.hundredths / 100:g}% a year."
        case SiblingArrival():
            ages = ", ".join(map(str, change.ages))
            return f"{len(change.ages)} brothers and sisters, aged {ages}, come into care on {change.on:%d/%m/%Y}."


def _grown(growth: PopulationGrowth) -> str:
    more = "more" if growth.hundredths >= 0 else "fewer"
    return (
        f"The number of children {_aged(growth.ages)} leads to {abs(growth.hundredths) / 100:g}% {more} coming into "
        "care each year, beside the trend of history."
    )


def _aged(ages: Sequence[str]) -> str:
    return f"aged {', '.join(ages)}" if ages else "of every age"


def _when(starts: dt.date | None, ends: dt.date | None) -> str:
    return (f" from {starts:%d/%m/%Y}" if starts else "") + (f" to {ends:%d/%m/%Y}" if ends else "")


def _words(area: Area) -> str:
    return {Area.IN: "in the area", Area.OUT: "out of the area", Area.NOT_KNOWN: "area not known"}[area]


def _scale(rates: Floats, ages: Sequence[str], factor: Floats) -> None:
    for stream in _streams(ages):
        rates[:, :, stream] *= factor


def _streams(ages: Sequence[str]) -> Ints:
    if wrong := [age for age in ages if age not in AGE_BANDS]:
        raise ScenarioError(f"{', '.join(wrong)}: expected age bands: {', '.join(AGE_BANDS)}.")
    return np.array([AGE_BANDS.index(age) for age in ages or AGE_BANDS], dtype=np.int64)


def _share_of_months(days: Sequence[dt.date], starts: dt.date | None, ends: dt.date | None) -> Floats:
    """For each month, the share of its days from ``starts`` to ``ends``, both included."""
    edges = np.array([day.toordinal() for day in days], dtype=np.float64)
    low = starts.toordinal() - 1 if starts else edges[0]
    high = ends.toordinal() if ends else edges[-1]
    inside = np.clip(np.minimum(edges[1:], high) - np.maximum(edges[:-1], low), 0, None)
    share: Floats = inside / np.diff(edges)
    return share
