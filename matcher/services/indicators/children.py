"""Indicators of how many children are looked after, come into care and leave it, and what they leave it for."""

from datetime import date

from matcher.services.indicators.history import History, year_to
from matcher.services.indicators.reading import (
    Counted,
    IndicatorDefinition,
    Polarity,
    Reading,
    Unit,
    number,
    share,
)
from models.ssda903.flows import ExitKind, exits, left_by, started, stock, unaccompanied_on

_CLA = "Department for Education, Children looked after in England"
_NO_SHORT_BREAKS = "Short breaks (V3, V4) are left out"


def looked_after(history: History, on: date) -> Reading | None:
    """Children looked after at the end of the day; :func:`models.ssda903.flows.stock`."""
    return number(stock(history.episodes, on)) if history.holds(on) else None


def without_unaccompanied(history: History, on: date) -> Reading | None:
    """Children looked after at the end of the day who are not unaccompanied and seeking asylum that day."""
    if not history.holds(on):
        return None
    here = stock(history.episodes, on)
    alone = set(unaccompanied_on(here, history.unaccompanied, on))
    return number(tuple(child for child in here if child not in alone))


def unaccompanied(history: History, on: date) -> Reading | None:
    """Unaccompanied asylum-seeking children looked after; :func:`models.ssda903.flows.unaccompanied_on`."""
    if not history.holds(on):
        return None
    here = stock(history.episodes, on)
    alone = unaccompanied_on(here, history.unaccompanied, on)
    return number(alone)


def started_in_year(history: History, on: date) -> Reading | None:
    """Children who came into care in the twelve months to the day; :func:`models.ssda903.flows.started`."""
    first = year_to(on)
    return number(started(history.episodes, first, on)) if history.holds(first) else None


def left_in_year(history: History, on: date) -> Reading | None:
    """Children who left care in the twelve months to the day; :func:`models.ssda903.flows.exits`."""
    first = year_to(on)
    if not history.holds(first):
        return None
    return number(tuple(each.child for each in exits(history.episodes, first, on)))


def adopted(history: History, on: date) -> Reading | None:
    """Of those who left in the year, those adopted; :func:`models.ssda903.flows.left_by_adoption`."""
    return _left_by(history, on, ExitKind.ADOPTED)


def special_guardianship(history: History, on: date) -> Reading | None:
    """Of those who left in the year, those to special guardianship; see :func:`models.ssda903.flows.left_by`."""
    return _left_by(history, on, ExitKind.SPECIAL_GUARDIANSHIP)


def adopted_or_special_guardianship(history: History, on: date) -> Reading | None:
    """Of those who left in the year, those adopted or to special guardianship, as the quarterly reports have them."""
    return _left_by(history, on, ExitKind.ADOPTED, ExitKind.SPECIAL_GUARDIANSHIP)


def _left_by(history: History, on: date, *kinds: ExitKind) -> Reading | None:
    if not history.holds(year_to(on)):
        return None
    return share(left_by(history.episodes, frozenset(kinds), on))


INDICATORS = (
    IndicatorDefinition(
        "looked_after",
        "Children looked after",
        f"Children with an episode of care open at the end of the day. {_NO_SHORT_BREAKS}",
        _CLA,
        Unit.NUMBER,
        Polarity.NEITHER,
        Counted.CHILDREN,
        looked_after,
        per_10_000=True,
    ),
    IndicatorDefinition(
        "looked_after_without_uasc",
        "Children looked after, without unaccompanied children",
        f"Children looked after who are not unaccompanied and seeking asylum on the day. {_NO_SHORT_BREAKS}",
        f"{_CLA}; UASC table of the return",
        Unit.NUMBER,
        Polarity.NEITHER,
        Counted.CHILDREN,
        without_unaccompanied,
        per_10_000=True,
    ),
    IndicatorDefinition(
        "unaccompanied",
        "Unaccompanied asylum-seeking children",
        "Children looked after who are in the UASC table and whose status has not ceased (DUC) by the day",
        f"{_CLA}; UASC table of the return",
        Unit.NUMBER,
        Polarity.NEITHER,
        Counted.CHILDREN,
        unaccompanied,
        per_10_000=True,
    ),
    IndicatorDefinition(
        "started",
        "Children who came into care in the year",
        "Children who started to be looked after (RNE S) in the twelve months to the day, each once. "
        f"{_NO_SHORT_BREAKS}",
        _CLA,
        Unit.NUMBER,
        Polarity.NEITHER,
        Counted.CHILDREN,
        started_in_year,
        per_10_000=True,
    ),
    IndicatorDefinition(
        "left",
        "Children who left care in the year",
        "Children who ceased to be looked after in the twelve months to the day, each once, by the last time. "
        f"{_NO_SHORT_BREAKS}",
        _CLA,
        Unit.NUMBER,
        Polarity.NEITHER,
        Counted.CHILDREN,
        left_in_year,
        per_10_000=True,
    ),
    IndicatorDefinition(
        "left_by_adoption",
        "Left care by adoption",
        "Of children who left care in the twelve months to the day, those adopted (REC E11, E12)",
        _CLA,
        Unit.PERCENT,
        Polarity.HIGH,
        Counted.CHILDREN,
        adopted,
    ),
    IndicatorDefinition(
        "left_by_special_guardianship",
        "Left care by special guardianship",
        "Of children who left care in the twelve months to the day, those to special guardianship (REC E45-E48; E43, "
        "E44 until 2017/18)",
        _CLA,
        Unit.PERCENT,
        Polarity.HIGH,
        Counted.CHILDREN,
        special_guardianship,
    ),
    IndicatorDefinition(
        "left_by_adoption_or_special_guardianship",
        "Left care by adoption or special guardianship",
        "Of children who left care in the twelve months to the day, those adopted or to special guardianship",
        _CLA,
        Unit.PERCENT,
        Polarity.HIGH,
        Counted.CHILDREN,
        adopted_or_special_guardianship,
    ),
)
