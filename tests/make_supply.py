"""Small builders of applications and homes that opened and closed, for tests of the supply forecast."""

import datetime as dt
from typing import Any

from models.home import Home, Terms
from models.supply import Approval, HomeSpell, Outcome
from models.vocabulary import HomeKind, Sector
from tests.make_case import at, make_home


def spell(home_id: str, opened: dt.date | None = None, closed: dt.date | None = None) -> HomeSpell:
    return HomeSpell(home_id=home_id, kind=HomeKind.FOSTER, sector=Sector.IN_HOUSE, opened=opened, closed=closed)


def approval(name: str, **fields: Any) -> Approval:
    given = {"kind": HomeKind.FOSTER, "sector": Sector.IN_HOUSE, "applied_on": dt.date(2017, 4, 1)}
    return Approval(**({"id": name, "terms": Terms(places=2), "location": at()} | given | fields))


def lasting(home_id: str = "S1", **fields: Any) -> Home:
    """A home of a kind that seldom closes: 1 in 100 a year."""
    given = {"kind": HomeKind.SECURE, "sector": Sector.OTHER_AUTHORITY, "places": 20, "bedrooms": 20}
    return make_home(home_id, **(given | fields))


def applied() -> tuple[Approval, ...]:
    """Three approved, one withdrawn in stage 1, two in stage 2, one refused, and one going on in stage 2."""
    stage_2, panel, end = dt.date(2017, 5, 31), dt.date(2017, 8, 31), dt.date(2017, 9, 10)
    through = {"assessed_from": stage_2, "panel_on": panel, "outcome_on": end}
    return (
        *(approval(f"Y{n}", outcome=Outcome.APPROVED, **through) for n in range(3)),
        approval("N0", outcome=Outcome.REFUSED, **through),
        approval("N1", outcome=Outcome.WITHDRAWN_BY_APPLICANT, outcome_on=stage_2),
        approval("N2", outcome=Outcome.WITHDRAWN_BY_APPLICANT, assessed_from=stage_2, outcome_on=panel),
        approval("N3", outcome=Outcome.ENDED_BY_SERVICE, assessed_from=stage_2, outcome_on=panel),
        approval(
            "G1", assessed_from=dt.date(2018, 3, 1), applied_on=dt.date(2018, 1, 1), panel_on=dt.date(2018, 4, 20)
        ),
    )
