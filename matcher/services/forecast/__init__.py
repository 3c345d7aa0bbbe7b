"""How many children will need which care, month by month: a multi-state forecast with its uncertainty."""

from matcher.services.forecast.backtest import BackTest, BackTestCount, BackTestRow, back_test
from matcher.services.forecast.costs import ForecastCosts, YearCost, forecast_costs
from matcher.services.forecast.effects import ScenarioError
from matcher.services.forecast.fitting import Fitted, HistoryTooShortError, fit
from matcher.services.forecast.layout import Area
from matcher.services.forecast.needs_mix import NeedsCount, needs_ahead
from matcher.services.forecast.results import Fan, Forecast, MeanFlow
from matcher.services.forecast.running import forecast
from matcher.services.forecast.scenarios import forecast_scenarios

__all__ = [
    "Area",
    "BackTest",
    "BackTestCount",
    "BackTestRow",
    "Fan",
    "Fitted",
    "Forecast",
    "ForecastCosts",
    "HistoryTooShortError",
    "MeanFlow",
    "NeedsCount",
    "ScenarioError",
    "YearCost",
    "back_test",
    "fit",
    "forecast",
    "forecast_costs",
    "forecast_scenarios",
    "needs_ahead",
]
