"""Households and homes of the council's own that came and went in five years, and those on their way.

2017/18 is Ofsted's: 105 households de-registered, 85 of them by the carer; 25 applications approved, 20 withdrawn, 15
ended by the service, none refused, 15 going on; 20 family and friends households approved. The years before are made
up, and so is which household is which. Nothing is listed of other providers' homes: a council seldom knows.
"""

import datetime as dt
import random
from collections import Counter
from collections.abc import Mapping

from . import figures as fig
from .draw import day_between, days, insist, pick, shuffled
from .episodes import day
from .figures import Living
from .homes import Home
from .places import COUNTY, Postcodes

Row = dict[str, str]
# By the year it ends in: approved, withdrawn by the applicant, ended by the service, refused; then kin approved;
# de-registered by the carer and by the service, kin among them.
_APPLIED = {
    2014: (40, 24, 17, 1),
    2015: (38, 22, 18, 0),
    2016: (35, 23, 16, 1),
    2017: (30, 21, 15, 1),
    2018: (25, 20, 15, 0),
}
_KIN = {2014: 17, 2015: 18, 2016: 20, 2017: 19, 2018: 20}
_CLOSED = {2014: (52, 12), 2015: (55, 13), 2016: (58, 14), 2017: (64, 15), 2018: (85, 20)}
_KIN_CLOSED = _KIN
_SOON_GONE = 0.25
"""The share of households approved in these years that had gone again by their end."""
_OUTCOMES = ("approved", "withdrawn_by_applicant", "ended_by_service", "refused")
_GOING_ON = (6, 6, 3)
_STAGE_DAYS = (58, 80, 16)
_TRIES = 100
_HOMES_CLOSED = (("20/06/2015", "by_provider", "4"),)
_HOMES_OPENED = (dt.date(2014, 11, 3), dt.date(2016, 9, 12))


def rows(rng: random.Random, listed: list[Home], postcodes: Postcodes) -> Mapping[str, list[Row]]:
    """Every row of the two sheets, by sheet."""
    opened = {year: sorted(_days_in(rng, year, counts[0])) for year, counts in _APPLIED.items()}
    history = _households(rng, listed, opened) + _kin(rng, listed) + _homes(listed)
    return {"approvals": _applications(rng, opened, postcodes), "home_history": history}


def _days_in(rng: random.Random, year: int, count: int) -> list[dt.date]:
    return [day_between(rng, dt.date(year - 1, 4, 1), dt.date(year, 3, 31)) for _ in range(count)]


def _households(rng: random.Random, listed: list[Home], opened: Mapping[int, list[dt.date]]) -> list[Row]:
    """Mainstream households: those open today, those that came and went, and those that only went."""
    every = [on for some in opened.values() for on in some]
    early = [at for at, on in enumerate(every) if on < fig.AS_AT - days(365)]
    gone = set(rng.sample(early, int(len(every) * _SOON_GONE)))
    still = [on for at, on in enumerate(every) if at not in gone]
    found = _open_today(rng, [home for home in listed if home.living is Living.IN_HOUSE], still)
    closings = [
        (on, why)
        for year, (carer, service) in _CLOSED.items()
        for why, on in zip(_reasons(rng, carer, service, _KIN_CLOSED[year]), _closing_days(rng, year), strict=True)
    ]
    closings.sort()
    began: dict[int, dt.date] = {}
    for at in sorted(gone, key=lambda at: every[at], reverse=True):
        later = [n for n, (on, _) in enumerate(closings) if every[at] + days(150) < on and n not in began]
        insist(bool(later), "households that came and went find a day to go")
        began[rng.choice(later)] = every[at]
    for number, (on, why) in enumerate(closings):
        places = pick(rng, {"1": 49.0, "2": 36.0, "3": 14.0})
        found.append(_closed(f"HX{number + 1:04d}", "foster", began.get(number), on, why, places))
    return found


def _reasons(rng: random.Random, carer: int, service: int, kin: int) -> list[str]:
    """Of mainstream households; the kin that are taken off all gave up themselves."""
    return shuffled(rng, ["by_carer"] * (carer - kin) + ["by_service"] * service)


def _closing_days(rng: random.Random, year: int) -> list[dt.date]:
    return _days_in(rng, year, sum(_CLOSED[year]) - _KIN_CLOSED[year])


def _open_today(rng: random.Random, homes: list[Home], still: list[dt.date]) -> list[Row]:
    """Today's households: those opened in these years have no child who moved in before, and nobody staying put."""
    left = sorted(still)
    fits: dict[str, dt.date] = {}
    for home in shuffled(rng, homes):
        first = min((child.moved_in for child in home.children), default=fig.AS_AT)
        settled = any(resident.kind == "staying_put" for resident in home.residents)
        begun = None if settled else next((on for on in reversed(left) if on <= first), None)
        if begun is not None:
            left.remove(begun)
            fits[home.id] = begun
    insist(not left, "enough households took their first child lately")
    return [_open(home, fits.get(home.id)) for home in sorted(homes, key=lambda home: home.id)]


def _open(home: Home, opened: dt.date | None) -> Row:
    found = {"home_id": home.id, "kind": home.kind, "sector": home.sector, "places": str(home.places)}
    return found | {"opened": day(opened) if opened else "", "closed": ""}


def _closed(name: str, kind: str, opened: dt.date | None, closed: dt.date, why: str, places: str) -> Row:
    begun = day(opened) if opened else ""
    return {"home_id": name, "kind": kind, "sector": "in_house", "places": places, "opened": begun,
            "closed": day(closed), "why_closed": why}  # fmt: skip


def _kin(rng: random.Random, listed: list[Home]) -> list[Row]:
    """Connected persons' households: approved about when their child came, gone about when the child goes."""
    today = sorted((home for home in listed if home.living is Living.APPROVED_KIN), key=lambda home: home.id)
    found = []
    for home in today:
        came = min(child.moved_in for child in home.children)
        found.append(_open(home, came if came >= fig.FIRST_DAY else None))
    opened, closed = _kin_days(rng, Counter(_year(_on(row["opened"])) for row in found if row["opened"]))
    for number, (begun, on) in enumerate(zip(opened, closed, strict=True), 1):
        found.append(_closed(f"HK{number:04d}", "connected_person", begun, on, "by_carer", "1"))
    return found


def _kin_days(rng: random.Random, today: Mapping[int, int]) -> tuple[list[dt.date | None], list[dt.date]]:
    """Days on which kin households that have gone were approved (None: before the list begins) and closed.

    The first to be approved are the first to go; approvals fall early in a year and closings late, so that they fit.
    """
    before: list[dt.date | None] = [None] * sum(today.values())
    for _ in range(_TRIES):
        opened = [on for year, count in _KIN.items() for on in _from_month(rng, year, 0, count - today.get(year, 0))]
        closed = [on for year, count in _KIN_CLOSED.items() for on in _from_month(rng, year, 4, count)]
        begun = [*before, *sorted(opened)]
        if all(a is None or a + days(14) < b for a, b in zip(begun, sorted(closed), strict=True)):
            return begun, sorted(closed)
    raise ValueError("no days fit: expected kin households approved before they close")


def _from_month(rng: random.Random, year: int, month: int, count: int) -> list[dt.date]:
    """Days in eight months of a year that ends in March, from so many months after it begins."""
    first = dt.date(year - 1, 4 + month, 1)
    return [day_between(rng, first, first + days(242)) for _ in range(count)]


def _year(on: dt.date) -> int:
    return on.year + (on.month >= 4)


def _homes(listed: list[Home]) -> list[Row]:
    """The council's residential homes: six today, two of them new, and one that closed."""
    own = sorted((home for home in listed if home.living is Living.IN_HOUSE_HOME), key=lambda home: home.places)
    fresh = [home for home in own if all(child.moved_in >= _HOMES_OPENED[-1] for child in home.children)]
    opened = dict(zip([home.id for home in fresh], reversed(_HOMES_OPENED), strict=False))
    found = [_open(home, opened.get(home.id)) for home in sorted(own, key=lambda home: home.id)]
    for number, (closed, why, places) in enumerate(_HOMES_CLOSED, 1):
        row = {"home_id": f"HR{number:04d}", "kind": "residential", "sector": "in_house", "places": places}
        found.append(row | {"opened": "", "closed": closed, "why_closed": why})
    return found


def _applications(rng: random.Random, opened: Mapping[int, list[dt.date]], postcodes: Postcodes) -> list[Row]:
    """Mainstream applications of five years, oldest first, and one home to be registered."""
    found = []
    for year, counts in _APPLIED.items():
        found += [_approved(rng, on) for on in opened[year]]
        for outcome, count in zip(_OUTCOMES[1:], counts[1:], strict=True):
            found += [_ended(rng, on, outcome) for on in _days_in(rng, year, count)]
    for stage, count in enumerate(_GOING_ON):
        found += [_going_on(rng, stage, postcodes) for _ in range(count)]
    found.sort(key=lambda row: (_on(row["applied_on"]), row["outcome_on"], row["postcode"]))
    found.append(_home_to_come(postcodes))
    return [{"approval_id": f"A{number:03d}"} | row for number, row in enumerate(found, start=1)]


def _on(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


def _stage(rng: random.Random, stage: int) -> dt.timedelta:
    return days(max(1, round(rng.gammavariate(2, _STAGE_DAYS[stage] / 2))))


def _household(rng: random.Random, stages: list[dt.date], outcome: str, outcome_on: str) -> Row:
    names = ("applied_on", "assessed_from", "panel_on")
    begun = {name: day(on) for name, on in zip(names, stages, strict=False)}
    return {"kind": "foster", "sector": "in_house", "assessed_from": "", "panel_on": "", **begun,
            "outcome": outcome, "outcome_on": outcome_on, "postcode": "",
            "places": pick(rng, {"1": 49.0, "2": 36.0, "3": 15.0}),
            "training": pick(rng, {"core": 8.0, "enhanced": 2.0})}  # fmt: skip


def _approved(rng: random.Random, on: dt.date) -> Row:
    stages = [on]
    for stage in (2, 1, 0):
        stages.insert(0, stages[0] - _stage(rng, stage))
    return _household(rng, stages[:3], "approved", day(on))


def _ended(rng: random.Random, on: dt.date, outcome: str) -> Row:
    """An application that came to nothing: refused at the panel, else in stage 1 or 2."""
    reached = 3 if outcome == "refused" else rng.choices((1, 2), (55, 45))[0]
    stages = [on]
    for stage in reversed(range(reached)):
        stages.insert(0, stages[0] - _stage(rng, stage))
    return _household(rng, stages[:reached], outcome, day(on))


def _going_on(rng: random.Random, stage: int, postcodes: Postcodes) -> Row:
    stages = [fig.AS_AT - days(round(rng.uniform(0.1, 1.2) * _STAGE_DAYS[stage]))]
    for earlier in reversed(range(stage)):
        stages.insert(0, stages[0] - _stage(rng, earlier))
    return _household(rng, stages, "", "") | {"postcode": postcodes.take(pick(rng, COUNTY))}


def _home_to_come(postcodes: Postcodes) -> Row:
    return {"kind": "residential", "sector": "in_house", "applied_on": "04/09/2017", "assessed_from": "29/01/2018",
            "panel_on": "", "outcome": "", "outcome_on": "", "expected_on": "02/07/2018",
            "postcode": postcodes.take("E07000243"), "places": "4", "age_from": "11", "age_to": "17",
            "training": "enhanced"}  # fmt: skip
