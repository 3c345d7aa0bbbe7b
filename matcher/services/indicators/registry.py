"""Every indicator in the order it is shown, and all of them read on a day."""

from datetime import date

from matcher.services.indicators import children, location, over_16, places, siblings, stability
from matcher.services.indicators.history import History
from matcher.services.indicators.reading import Indicator, IndicatorDefinition, Unit
from models.case import Case

INDICATORS: tuple[IndicatorDefinition, ...] = (
    *children.INDICATORS,
    *stability.INDICATORS,
    *location.INDICATORS,
    *siblings.INDICATORS,
    *places.INDICATORS,
    *over_16.INDICATORS,
)
"""Every indicator; keys are unique and are what comparators name."""


def indicators(case: Case, on: date | None = None) -> tuple[Indicator, ...]:
    """Every indicator of a case on a day, by default its as-at date; what the files cannot tell has no reading."""
    history = History(case)
    return tuple(read(definition, history, on or case.as_at) for definition in INDICATORS)


def read(definition: IndicatorDefinition, history: History, on: date) -> Indicator:
    """One indicator on a day."""
    reading = definition.read(history, on)
    rated = definition.per_10_000 and reading is not None and definition.unit is Unit.NUMBER
    return Indicator(
        key=definition.key,
        title=definition.title,
        definition=definition.definition,
        source=definition.source,
        unit=definition.unit,
        polarity=definition.polarity,
        counts=definition.counts,
        on=on,
        reading=reading,
        per_10_000=history.per_10_000(len(reading.counted)) if rated and reading is not None else None,
    )
