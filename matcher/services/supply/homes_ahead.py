"""The home that an application would become, and when homes close."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median_low

import numpy as np
import numpy.typing as npt

from matcher.services.supply.groups import Group, group_of, group_of_home, is_one_home
from matcher.services.supply.turnover import YEAR, Rates
from models.case import Case
from models.home import Home
from models.supply import Approval
from models.vocabulary import Contract, Sector

Days = npt.NDArray[np.float32]
PREFIX = "pipeline:"


def closing_days(
    case: Case, homes: Sequence[Home], opens: Days, rates: Mapping[Group, Rates], rng: np.random.Generator
) -> Days:
    """When each home closes: so long after it opens, or on the day stated if that is sooner."""
    closes = np.full(opens.shape, np.inf, dtype=np.float32)
    for at, home in enumerate(homes):
        if is_one_home(home):
            closing = rates[group_of_home(home)].closing
            with np.errstate(divide="ignore"):
                closes[:, at] = opens[:, at] + rng.exponential(size=len(opens)) / closing * YEAR
        if home.closes_on is not None:
            closes[:, at] = np.minimum(closes[:, at], (home.closes_on - case.as_at).days)
    return closes


def home_to_be(approval: Approval, case: Case) -> Home:
    """The home an application would become, at what such homes charge unless it says."""
    alike = [
        home
        for home in case.homes
        if group_of_home(home) == group_of(approval.kind, approval.sector) and is_one_home(home)
    ]
    fee = approval.fee_pence
    if fee is None:
        fee = median_low([home.fee_pence for home in alike]) if alike else 0
    runs = Counter(home.provider_id for home in alike).most_common(1)
    if approval.location is None:
        raise ValueError(f"application {approval.id} goes on and has no place: expected its location")
    return Home(
        id=f"{PREFIX}{approval.id}",
        provider_id=runs[0][0] if runs else PREFIX,
        kind=approval.kind,
        sector=approval.sector,
        location=approval.location,
        terms=approval.terms,
        bedrooms=approval.terms.places,
        fee_pence=fee,
        marginal_fee_pence=fee,
        contract=Contract.OWN if approval.sector is Sector.IN_HOUSE else Contract.SPOT,
        connected_children=approval.connected_children,
        training=approval.training,
    )
