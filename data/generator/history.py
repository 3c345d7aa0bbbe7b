"""The years behind the 903: built backwards from where each lives now, so that the measures come out exactly."""

import datetime as dt
import random

from . import figures as fig
from .draw import day_between, days, deck, pick, shuffled
from .families import Family, Unit
from .figures import Living
from .homes import Home
from .people import Child, Period, Stay
from .stays import Past, present_code, provider_code
from .tenure import LONG, MIDDLE, UNDER_A_YEAR
from .timeline import change_days, copy_stay, fill_back, moved_in

# Days well clear of the edges of the measures: two and a half years, two years and one year before the as-at date.
_LONG_ENDS = dt.date(2015, 9, 12)
_MIDDLE_STARTS = dt.date(2015, 10, 20)
_MIDDLE_ENDS = dt.date(2017, 3, 12)
_SETTLED_BY = dt.date(2016, 3, 10)
_RECENT_FROM = dt.date(2016, 4, 20)
_LAST_MOVE = dt.date(2018, 3, 27)
_TEMPORARY_FROM = dt.date(2017, 10, 20)
"""Temporary approval of a connected person lasts 16 weeks, and 8 more: none is older than that."""


def enter_care(rng: random.Random, children: list[Child], families: list[Family]) -> dict[Child, dt.date]:
    """The day each child's present time in care began; brothers and sisters of one tenure came together."""
    entered: dict[Child, dt.date] = {}
    in_family = {id(c) for family in families for c in family.children}
    groups = [[c for c in f.children if c.tenure == t] for f in families for t in (0, 1, 2)]
    groups += [[c] for c in children if id(c) not in in_family]
    for group in (g for g in groups if g):
        day = _entry_day(rng, group)
        for child in group:
            entered[child] = max(day, child.born + days(rng.randint(1, 4)))
    return entered


def _entry_day(rng: random.Random, group: list[Child]) -> dt.date:
    youngest = max(child.born for child in group)
    oldest = min(child.born for child in group)
    first = group[0]
    if first.tenure == UNDER_A_YEAR:
        earliest = fig.YEAR_START + days(1)
        if first.living is Living.TEMPORARY_KIN and first.placements_in_year == 1:
            earliest = _TEMPORARY_FROM
        busy = max(child.placements_in_year for child in group)
        latest = fig.AS_AT - days(25 + 30 * busy if busy > 1 else 3)
        if first.living is Living.ADOPTION:
            latest = fig.AS_AT - days(120)
        if first.living is Living.SEMI and busy == 1:
            earliest = max(earliest, _sixteen(first))
        latest = max(latest, youngest + days(1))
        return day_between(rng, max(earliest, min(youngest, latest)), latest)
    if first.tenure == MIDDLE:
        latest = _MIDDLE_ENDS if first.living is not Living.ADOPTION else dt.date(2016, 12, 20)
        return day_between(rng, max(_MIDDLE_STARTS, min(youngest, latest)), latest)
    # Rarely much longer: half of those looked after for long came within four years.
    longest = min((_LONG_ENDS - oldest).days, 365 * 11)
    back = min(int(rng.expovariate(1 / 900)), longest)
    return max(_LONG_ENDS - days(back), min(youngest, _LONG_ENDS))


def live(rng: random.Random, units: list[Unit], home_of: dict[Child, Home], entered: dict[Child, dt.date],
         past: Past) -> None:  # fmt: skip
    """Give each of the 903 the placements of the present time in care."""
    for unit in units:
        oldest = min(unit.children, key=lambda c: entered[c])
        home = home_of[oldest]
        measured = [c for c in unit.children if c.tenure == LONG and c.age < 16]
        settled = any(c.stable for c in measured) if measured else oldest.tenure == LONG and rng.random() < 0.6
        starts = _starts(rng, oldest, entered[oldest], max(entered[c] for c in unit.children), settled)
        code = present_code(rng, oldest, settled and oldest.placements_in_year == 1)
        early = unit.living is Living.ADOPTION and len(starts) == 1
        stays = past.chain(starts[:-1], oldest, home.postcode)
        stays.append(Stay(starts[-1], code, provider_code(home), home.postcode, home.urn))
        if early:
            stays = _early_permanence(rng, stays[-1])
        for child in unit.children:
            own = [copy_stay(stay) for stay in stays if stay.start > entered[child]]
            opening = [stay for stay in stays if stay.start <= entered[child]][-1]
            first = copy_stay(opening)
            first.start, first.same_carer = entered[child], False
            child.periods.append(Period(entered[child], [first, *own], []))
            child.moved_in = moved_in(child.periods[-1].stays)


def _early_permanence(rng: random.Random, last: Stay) -> list[Stay]:
    """Placed from the start with carers who then adopt: fostering for adoption, same carer throughout."""
    first = copy_stay(last)
    first.place = "U5"
    change = copy_stay(last)
    change.place, change.same_carer = "A5", True
    change.start = day_between(rng, max(last.start + days(150), dt.date(2017, 4, 20)), dt.date(2018, 2, 20))
    return [first, change]


def _sixteen(child: Child) -> dt.date:
    """A week after the sixteenth birthday: nobody moves into semi-independent accommodation before."""
    return child.born + days(int(365.25 * 16) + 8)


def _starts(rng: random.Random, child: Child, entered: dt.date, all_in: dt.date, settled: bool) -> list[dt.date]:
    """The first days of placements since entering care, the present one last; moves only once all are in."""
    moves = child.placements_in_year - 1
    if child.living is Living.ADOPTION and child.stable:
        before = day_between(rng, entered, dt.date(2015, 10, 1))
        return [*fill_back(rng, entered, before), day_between(rng, dt.date(2017, 6, 1), _LAST_MOVE)]
    if moves:
        wait = 70 if child.living is Living.ADOPTION else 6
        changes = _changes(rng, child, moves, max(all_in + days(wait), fig.YEAR_START + days(4)))
        if child.tenure == UNDER_A_YEAR:
            return [entered, *changes]
        before = day_between(rng, entered, max(entered, dt.date(2017, 3, 20)))
        return [*fill_back(rng, entered, before), *changes]
    return [entered] if child.tenure == UNDER_A_YEAR else _still(rng, child, entered, settled)


def _still(rng: random.Random, child: Child, entered: dt.date, settled: bool) -> list[dt.date]:
    """The same for a child who did not move in the year and came before it."""
    latest = _SETTLED_BY if settled else dt.date(2017, 3, 15)
    earliest = entered if settled or child.tenure == MIDDLE else _RECENT_FROM
    if child.living is Living.SEMI:
        earliest = max(earliest, _sixteen(child))
        latest = dt.date(2017, 3, 15)
    if child.living is Living.ADOPTION:
        earliest = max(entered + days(60), dt.date(2016, 12, 1))
        late = earliest > latest or rng.random() < 0.6
        return [entered] if late else [entered, day_between(rng, earliest, latest)]
    chance = 0.55 if child.tenure == MIDDLE else 0.4 if settled else 0.0
    last = (
        entered if rng.random() < chance and earliest == entered else day_between(rng, max(earliest, entered), latest)
    )
    return fill_back(rng, entered, last)


def _changes(rng: random.Random, child: Child, count: int, earliest: dt.date) -> list[dt.date]:
    """Different days of so many changes within the year, at least three days apart."""
    if not count:
        return []
    latest = _LAST_MOVE
    if child.living is Living.TEMPORARY_KIN:
        final = day_between(rng, max(_TEMPORARY_FROM, earliest + days(4 * count)), latest)
        latest = final - days(3)
        return [*change_days(rng, count - 1, earliest, latest), final]
    if child.living is Living.SEMI:
        final = day_between(rng, max(_sixteen(child), earliest + days(4 * count)), latest)
        return [*change_days(rng, count - 1, earliest, final - days(3)), final]
    return change_days(rng, count, earliest, latest)


def earlier_periods(rng: random.Random, children: list[Child], past: Past) -> None:
    """Some of the children had been looked after before, went home and came back."""
    fits = [c for c in children if c.tenure < LONG and c.age >= 6 and not c.uasc and not c.family]
    for child in shuffled(rng, fits)[:38]:
        latest = min(child.entered, dt.date(2017, 3, 1)) - days(90)
        earliest = max(dt.date(2012, 6, 1), child.born + days(400))
        entered = day_between(rng, earliest, latest - days(200))
        ended = day_between(rng, entered + days(30), latest)
        period = Period(entered, past.chain([entered], child), [(entered, "V2")], ended, "E4A")
        child.periods.insert(0, period)


def add_status_changes(rng: random.Random, children: list[Child]) -> None:
    """Fostering that became long-term with the same carers: 24 changes of status in the year, others long ago."""
    this_year = sum(stay.same_carer and stay.start >= fig.YEAR_START for c in children for stay in c.periods[-1].stays)
    fits = [c for c in children if c.placements_in_year == 1 and c.tenure > UNDER_A_YEAR and not c.family]
    fits = [c for c in fits if c.periods[-1].stays[-1].place == "U6" and not (c.tenure == LONG and c.age < 16)]
    for child in shuffled(rng, fits)[: fig.STATUS_CHANGES - this_year]:
        _become_long_term(child, day_between(rng, dt.date(2017, 5, 1), dt.date(2018, 3, 20)))
    for child in children:
        last = child.periods[-1].stays[-1]
        if child.stable and last.place == "U4" and last.start < dt.date(2015, 6, 1) and rng.random() < 0.5:
            last.place = "U6"
            _become_long_term(child, day_between(rng, last.start + days(100), dt.date(2016, 2, 25)))


def _become_long_term(child: Child, day: dt.date) -> None:
    stays = child.periods[-1].stays
    change = copy_stay(stays[-1])
    change.start, change.place, change.same_carer = day, "U4", True
    stays.append(change)


def add_temporary(rng: random.Random, children: list[Child], past: Past) -> None:
    """Six children stayed elsewhere while their carers were on holiday, and came back: no change of placement."""
    fits = [c for c in children if c.placements_in_year == 1 and c.tenure > UNDER_A_YEAR and not c.family]
    fits = [c for c in fits if c.living is Living.IN_HOUSE and len(c.periods[-1].stays) == 1 and not c.stable]
    for child in shuffled(rng, [c for c in fits if not (c.tenure == LONG and c.age < 16)])[:6]:
        home = child.periods[-1].stays[-1]
        left = day_between(rng, dt.date(2017, 7, 22), dt.date(2017, 8, 14))
        away = past.at(Living.IN_HOUSE, left, {home.postcode})
        away.place, away.temporary = "T3", True
        back = copy_stay(home)
        back.start = left + days(rng.randint(8, 14))
        child.periods[-1].stays += [away, back]


def set_reasons(rng: random.Random, children: list[Child]) -> None:
    """Why each placement ended: in 2017/18 by exact quota, before by the same shares."""
    ends = [(c, a, b) for c in children for p in c.periods for a, b in zip(p.stays, p.stays[1:], strict=False)]
    ends = [(c, a, b) for c, a, b in ends if not a.temporary and not b.temporary]
    for _, before, _ in (end for end in ends if end[2].same_carer):
        before.reason = "PLACE"
    ends = [end for end in ends if not end[2].same_carer]
    this_year = [end for end in ends if end[2].start >= fig.YEAR_START]
    reasons = shuffled(rng, deck(fig.CHANGE_REASONS))
    # Moves to adopters follow the care plan; carers ask most often where behaviour is hardest.
    this_year = sorted(shuffled(rng, this_year), key=lambda end: (end[2].place[0] != "A", -end[0].latent))
    reasons = sorted(reasons, key=lambda r: (r != "CARPL") * 1.0 + (rng.random() < 0.55) * (r != "CREQB") * 2)
    planned = [i for i, end in enumerate(this_year) if end[2].place[0] == "A"]
    for i in planned:
        reasons.remove("CARPL")
        this_year[i][1].reason = "CARPL"
    for (_, before, _), reason in zip(this_year[len(planned) :], reasons, strict=True):
        before.reason = reason
    for _, before, after in (end for end in ends if end[2].start < fig.YEAR_START):
        before.reason = "CARPL" if after.place[0] == "A" else pick(rng, fig.CHANGE_REASONS)
