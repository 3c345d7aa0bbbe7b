"""Children who came and went: the 418 who ceased in 2017/18 and those of the four years before."""

import datetime as dt
import random

from . import figures as fig
from .draw import apportion, day_between, days, deck, insist, pick, shuffled
from .figures import Living
from .people import Child, Period, Stay, random_birthday
from .stays import ADOPTION_URN, Past
from .timeline import change_days, fill_back

# Ages at which children cease, by reason; anything else is 0 to 17.
_AGES: dict[str, tuple[float, float]] = {
    "E11": (0.9, 6.0),
    "E12": (0.9, 7.0),
    "E43": (0.8, 13.0),
    "E44": (0.5, 12.0),
    "E5": (18.0, 18.0),
    "E6": (18.0, 18.0),
    "E7": (18.0, 18.0),
    "E17": (18.0, 18.0),
    "E14": (14.0, 17.5),
    "E9": (15.0, 17.8),
    "E15": (16.2, 17.6),
    "E16": (15.0, 17.8),
}
_ADULT = ("E5", "E6", "E7", "E17")
_ETHNIC = {"WBRI": 70.0, "WOTH": 5.0, "MWBC": 7.0, "MOTH": 4.0, "APKN": 3.0, "BAFR": 5.0, "OOTH": 3.0, "BCRB": 3.0}


def form(rng: random.Random, past: Past) -> list[Child]:
    """Everybody who ceased to be looked after from April 2013 to March 2018."""
    found = []
    for year in fig.YEARS:
        before, within = _reasons(year)
        for counts, started_within in ((before, False), (within, True)):
            for rec in shuffled(rng, deck(counts)):
                found.append(_leaver(rng, year, rec, started_within, past))
    _adoption_times(rng, found)
    return found


def _reasons(year: int) -> tuple[dict[str, int], dict[str, int]]:
    if year == fig.AS_AT.year:
        return fig.CEASED_BEFORE, fig.CEASED_WITHIN
    total = fig.EARLIER_LEAVERS[year]
    within_total = total * 30 // 100
    return (
        dict(zip(fig.CEASED_BEFORE, apportion(total - within_total, list(fig.CEASED_BEFORE.values())), strict=True)),
        dict(zip(fig.CEASED_WITHIN, apportion(within_total, list(fig.CEASED_WITHIN.values())), strict=True)),
    )


def _leaver(rng: random.Random, year: int, rec: str, started_within: bool, past: Past) -> Child:
    first, last = dt.date(year - 1, 4, 1), dt.date(year, 3, 31)
    ended = day_between(rng, first + days(30 if started_within else 1), last)
    low, high = _AGES.get(rec, (0.6, 17.6))
    born = _eighteen_on(ended) if rec in _ADULT else random_birthday(rng, ended, low, high)
    uasc = rec == "E15" or (rec in _ADULT and rng.random() < 0.2)
    if started_within:
        entered = day_between(rng, first + days(1), ended - days(12))
    else:
        entered = _entered_before(rng, rec, first, ended, born)
    born = min(born, entered - days(1))
    child = Child(age=0, born=born, sex="M" if rng.random() < (0.9 if uasc else 0.55) else "F", uasc=uasc)
    child.ethnicity = rng.choice(("BAFR", "OOTH", "AOTH")) if uasc else pick(rng, _ETHNIC)
    child.cin = "N8" if uasc else pick(rng, {"N1": 63, "N5": 16, "N4": 10, "N3": 5, "N6": 4, "N2": 2})
    child.latent = rng.gauss(0, 0.7)
    stays = _stays(rng, child, rec, entered, ended, started_within, past)
    child.periods.append(Period(entered, stays, [], ended, rec))
    return child


def _eighteen_on(day: dt.date) -> dt.date:
    """The birthday of somebody who turns 18 on a day."""
    return day.replace(year=day.year - 18, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _entered_before(rng: random.Random, rec: str, first: dt.date, ended: dt.date, born: dt.date) -> dt.date:
    """A day before the year began on which somebody leaving in it had come."""
    if rec in ("E11", "E12"):
        return min(max(ended - days(rng.randint(420, 900)), born + days(2)), first - days(5))
    typical = 900 if rec in _ADULT else 420
    # More children were looked after in the first years: those who left then had been there for longer.
    longer = {2013: 5.0, 2014: 4.0, 2015: 2.6, 2016: 1.8}.get(first.year, 1.0)
    back = int(rng.expovariate(1 / (typical * longer))) + 3
    return max(first - days(back), min(born + days(3), first - days(2)))


def _stays(rng: random.Random, child: Child, rec: str, entered: dt.date, ended: dt.date, started_within: bool,
           past: Past) -> list[Stay]:  # fmt: skip
    if rec in ("E11", "E12"):
        return _adopted(rng, entered, ended, past)
    starts = [entered]
    if not started_within:
        latest = max(entered, dt.date(ended.year - (ended.month < 4), 3, 20))
        starts = fill_back(rng, entered, day_between(rng, entered, latest))
    stays = past.chain(starts, child)
    kind = {"E43": Living.TEMPORARY_KIN, "E17": Living.IN_HOUSE, "E5": Living.SEMI, "E6": Living.SEMI}.get(rec)
    old_enough = (stays[-1].start - child.born).days > 16 * 365.25 + 3
    if kind and (kind is not Living.SEMI or old_enough):
        stays[-1] = past.at(kind, stays[-1].start)
    if rec == "E14":
        stays = [Stay(entered, "R5", "PR3", "", "")]
    return stays


def _adopted(rng: random.Random, entered: dt.date, ended: dt.date, past: Past) -> list[Stay]:
    """Foster carers, then adopters until the order."""
    placed = max(ended - days(rng.randint(100, 260)), entered + days(120))
    first = past.at(Living.IN_HOUSE, entered)
    last = past.at(Living.ADOPTION, placed)
    last.urn = ADOPTION_URN
    return [first, last]


def _adoption_times(rng: random.Random, leavers: list[Child]) -> None:
    """Entry and decision dates of the 57 adopted in 2017/18: 35 moved in within 14 months, 46 within 12 of the plan."""
    adopted = [c for c in leavers if c.periods[-1].rec in ("E11", "E12")]
    final = [c for c in adopted if (c.periods[-1].ended or fig.FIRST_DAY) >= fig.YEAR_START]
    quick = {id(c) for c in shuffled(rng, final)[: fig.ADOPTED_WITHIN_14_MONTHS]}
    prompt = {id(c) for c in shuffled(rng, final)[: fig.ADOPTED_WITHIN_12_OF_DECISION]}
    for child in adopted:
        period = child.periods[-1]
        placed = period.stays[-1].start
        fast = id(child) in quick if child in final else rng.random() < 0.5
        wait = rng.randint(200, 415) if fast else rng.randint(460, 820)
        soon = id(child) in prompt if child in final else rng.random() < 0.75
        if not soon:
            wait = max(wait, rng.randint(400, 420)) if fast else wait
        # None of those adopted in the year had come within it.
        wait = max(wait, (placed - dt.date(2017, 3, 20)).days) if child in final else wait
        period.entered = placed - days(wait)
        period.stays[0].start = period.entered
        child.born = min(child.born, period.entered - days(1))
        since_plan = rng.randint(60, min(340, wait - 60)) if soon else rng.randint(370, wait - 20)
        child.decided_adoption = placed - days(since_plan)


def add_changes(rng: random.Random, leavers: list[Child], wanted: int, past: Past) -> None:
    """Changes of placement within 2017/18 among those who left in it, to make the year's total."""
    left_in_year = [c for c in leavers if (c.periods[-1].ended or fig.FIRST_DAY) >= fig.YEAR_START]
    moved = [c for c in left_in_year if c.periods[-1].stays[-1].start >= fig.YEAR_START and c.periods[-1].stays[1:]]
    wanted -= len(moved)
    busy = {id(c) for c in moved}
    for child in shuffled(rng, left_in_year):
        period = child.periods[-1]
        earliest = max(period.entered, fig.YEAR_START, period.stays[-1].start) + days(5)
        latest = (period.ended or fig.AS_AT) - days(8)
        room = (latest - earliest).days
        if not wanted or id(child) in busy or room < 40 or period.stays[-1].place in ("A6", "R5"):
            continue
        count = min(rng.choices((1, 2), (75, 25))[0], wanted)
        wanted -= count
        last = period.stays[-1]
        new = change_days(rng, count, earliest, latest)
        period.stays[-1:] = [*past.chain([last.start, *new[:-1]], child, last.postcode), last]
        last.start = new[-1]
    insist(not wanted, "there are hundreds to choose from")


def changes_left(moves: int) -> int:
    """How many of the year's changes of placement fall to children who left, given those who stayed."""
    return fig.CHANGES - fig.STATUS_CHANGES - moves
