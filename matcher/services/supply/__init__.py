"""How many places there will be, and in which homes, month by month: with its uncertainty, and where it is from."""

from matcher.services.supply.results import AYear, Supply, SupplyEvents
from matcher.services.supply.running import supply_forecast
from matcher.services.supply.staying import KEPT_IN, YoungPerson

__all__ = ["KEPT_IN", "AYear", "Supply", "SupplyEvents", "YoungPerson", "supply_forecast"]
