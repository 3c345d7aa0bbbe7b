"""Indicators of stability: how often children move, how long they stay, and how placements end."""

from datetime import date

from matcher.services.indicators.history import History, year_to
from matcher.services.indicators.reading import Counted, IndicatorDefinition, Polarity, Reading, Unit, share
from matcher.services.intervals import Interval, rate_interval
from models.ssda903.endings import unplanned_ending_rate, unplanned_endings
from models.ssda903.stability import (
    LONG_TERM_AGES,
    long_term_stability,
    three_plus_placements,
    three_plus_placements_in_two_years,
)

_STABILITY = "Department for Education, Stability measures for children looked after in England"
_PLACEMENTS = (
    "Temporary stays (T0-T4), adoption by the current carer and changes that keep the carer (RNE L, T, U) are no "
    "placements of their own; short breaks (V3, V4) are left out"
)
_UNPLANNED = (
    "unplanned by REASON_PLACE_CHANGE: asked for by the carer or the child, or for an allegation, standards or "
    "approval; reasons blank or other are not known; requests of the authority count as planned"
)


def three_or_more(history: History, on: date) -> Reading | None:
    """Three or more placements in the year; :func:`models.ssda903.stability.three_plus_placements`."""
    return share(three_plus_placements(history.episodes, on)) if history.holds(on) else None


def three_or_more_in_two_years(history: History, on: date) -> Reading | None:
    """The same over two years; :func:`models.ssda903.stability.three_plus_placements_in_two_years`."""
    return share(three_plus_placements_in_two_years(history.episodes, on)) if history.holds(on) else None


def _long_term(history: History, on: date, ages: range) -> Reading | None:
    if not history.holds(on):
        return None
    return share(long_term_stability(history.episodes, history.births, on, ages=ages))


def unplanned_share(history: History, on: date) -> Reading | None:
    """Of moves in the year, those unplanned; :func:`models.ssda903.endings.unplanned_endings`."""
    return share(unplanned_endings(history.episodes, on)) if history.holds(year_to(on)) else None


def unplanned_rate(history: History, on: date) -> Reading | None:
    """Unplanned endings per 100 placement years; :func:`models.ssda903.endings.unplanned_ending_rate`."""
    if not history.holds(year_to(on)):
        return None
    rate = unplanned_ending_rate(history.episodes, on)
    low, high = rate_interval(len(rate.counted), rate.placement_years, per=100)
    return Reading(
        value=rate.per_100_years,
        counted=rate.counted,
        not_known=rate.not_known,
        interval=Interval(low=low, high=high) if rate.nights else None,
        note=f"{rate.placement_years:.1f} placement years",
    )


def _long_term_indicator(key: str, words: str, ages: range) -> IndicatorDefinition:
    return IndicatorDefinition(
        key,
        f"Long-term stability{words}",
        f"Of children aged {ages[0]} to {ages[-1]} looked after for two and a half years or more, those with the same "
        "carer for two years, or placed for adoption and there and in the placement before it for two years together",
        _STABILITY,
        Unit.PERCENT,
        Polarity.HIGH,
        Counted.CHILDREN,
        lambda history, on: _long_term(history, on, ages),
    )


INDICATORS = (
    IndicatorDefinition(
        "three_or_more_placements",
        "Three or more placements in the year",
        "Of children looked after on the day, those with three or more placements in the twelve months up to it. "
        f"{_PLACEMENTS}",
        f"{_STABILITY}; LG Inform metric 850",
        Unit.PERCENT,
        Polarity.LOW,
        Counted.CHILDREN,
        three_or_more,
    ),
    IndicatorDefinition(
        "three_or_more_placements_in_two_years",
        "Three or more placements in two years",
        "Of children looked after on the day, for two years or more without a break, those with three or more "
        f"placements in these two years. {_PLACEMENTS}",
        _STABILITY,
        Unit.PERCENT,
        Polarity.LOW,
        Counted.CHILDREN,
        three_or_more_in_two_years,
    ),
    _long_term_indicator("long_term_stability", "", LONG_TERM_AGES),
    _long_term_indicator("long_term_stability_1_4", ", ages 1 to 4", range(1, 5)),
    _long_term_indicator("long_term_stability_5_9", ", ages 5 to 9", range(5, 10)),
    _long_term_indicator("long_term_stability_10_15", ", ages 10 to 15", range(10, 16)),
    IndicatorDefinition(
        "unplanned_endings",
        "Placements that ended unplanned",
        "Of placements that ended with a move in the twelve months to the day, those that ended unplanned; "
        f"{_UNPLANNED}",
        "SSDA903 guide, REASON_PLACE_CHANGE; no national measure is published",
        Unit.PERCENT,
        Polarity.LOW,
        Counted.STAYS,
        unplanned_share,
    ),
    IndicatorDefinition(
        "unplanned_ending_rate",
        "Unplanned endings per 100 placement years",
        "Placements that ended unplanned with a move in the twelve months to the day, for every hundred years that "
        f"children lived in placements in those months; {_UNPLANNED}",
        "SSDA903 guide, REASON_PLACE_CHANGE; no national measure is published",
        Unit.PER_100_YEARS,
        Polarity.LOW,
        Counted.STAYS,
        unplanned_rate,
    ),
)
