"""Indicators of sufficiency: each one function with its definition and source, for any day the files can tell."""

from matcher.services.indicators.reading import (
    Counted,
    Indicator,
    IndicatorDefinition,
    Polarity,
    Reading,
    Unit,
)
from matcher.services.indicators.registry import INDICATORS, indicators

__all__ = ["INDICATORS", "Counted", "Indicator", "IndicatorDefinition", "Polarity", "Reading", "Unit", "indicators"]
