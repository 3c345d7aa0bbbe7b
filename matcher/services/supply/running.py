"""The supply forecast of a case: what is known of homes that come and go, then every draw, a block at a time."""

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.forecast.running import months_after
from matcher.services.spreading import threads
from matcher.services.supply.closing import Closing, close, closings_of
from matcher.services.supply.coming import homes_to_come
from matcher.services.supply.groups import Group, group_of_home
from matcher.services.supply.homes_ahead import closing_days, home_to_be
from matcher.services.supply.pauses import Pauses, draw_pauses, stay_ends
from matcher.services.supply.pipeline import draw_road, opening_days, road
from matcher.services.supply.results import Supply, SupplyEvents, a_year
from matcher.services.supply.staying import KEPT_IN, Keeping, draw_keeping
from matcher.services.supply.telling import told
from matcher.services.supply.turnover import draw_rates, turnover
from matcher.services.supply.usable import Usable, usable_of
from matcher.services.supply.ways import DrawnDays, HomesNow, Pausing, run_draw
from models.case import Case
from models.forecast import BASELINE, Scenario
from models.home import Home

Progress = Callable[[str], None]
Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.float32]
_BLOCK = 25
_LONGEST = 10


def supply_forecast(
    case: Case,
    *,
    years: int = 5,
    draws: int = 1_000,
    seed: int = 1,
    scenario: Scenario = BASELINE,
    progress: Progress | None = None,
) -> Supply:
    """Forecast how many places there will be, and in which homes, at each month end, as draws.

    Each draw takes its own rates from what the authority's lists and what is published leave open, then lets every home
    live: homes applied for come through or not, homes close, others open, places come back and go, young people stay
    past 18. Where the authority has no list of its own, the published rate is taken and :attr:`Supply.reading` says so.
    ``docs/forecast.md`` says what is assumed.

    Args:
        case: The authority. Its applications and list of homes may be empty.
        years: How far ahead, 1 to 10.
        draws: How many futures; the same seed gives the same ones on any number of processors.
        seed: Of all that is drawn.
        scenario: What is to change: places that close.
        progress: Called with a few words as work goes on, from any thread.

    Raises:
        ScenarioError: The scenario closes what is not there.
        ValueError: Years or draws out of range.
    """
    if not (1 <= years <= _LONGEST and draws >= 1):
        raise ValueError(f"{years} years and {draws} draws: expected 1 to {_LONGEST} years and a draw or more.")
    tell = progress or (lambda _: None)
    tell("reading what is known of homes")
    days = (case.as_at, *(months_after(case.as_at, month) for month in range(1, 12 * years + 1)))
    entropy = np.random.SeedSequence(seed)
    run = _laid_out(case, scenario, days, draws, np.random.default_rng(entropy))
    found = _drawn(run, entropy, tell)
    return Supply(
        as_at=case.as_at,
        scenario=scenario,
        days=days,
        homes=run.homes,
        today=len(case.homes),
        applied_for=run.applied_for,
        places=found.places,
        kept_after_18=found.kept,
        staying_put=run.keeping.people,
        events=_events(run, found, years),
        reading=told(case, run.groups, scenario),
        synthetic=case.synthetic,
    )


class _Run(NamedTuple):
    """Everything that draws need: ``opens`` and ``closes`` are days from the as-at date, draws x homes."""

    days: Floats
    homes: tuple[Home, ...]
    applied_for: int
    groups: tuple[Group, ...]
    group: npt.NDArray[np.int64]
    opens: Days
    closes: Days
    usable: Usable
    pauses: Pauses
    keeping: Keeping
    closings: tuple[Closing, ...]


class _Drawn(NamedTuple):
    """Places, bedrooms kept, and by draw and group, homes that joined and left and places that came back and went."""

    places: npt.NDArray[np.uint8]
    kept: npt.NDArray[np.uint16]
    joined: npt.NDArray[np.int64]
    left: npt.NDArray[np.int64]
    back: npt.NDArray[np.int64]
    gone: npt.NDArray[np.int64]


def _laid_out(case: Case, scenario: Scenario, days: Sequence[dt.date], draws: int, rng: np.random.Generator) -> _Run:
    """Draw all that is not known of rates, and when each home opens and closes."""
    ages = np.array([(day - case.as_at).days for day in days], dtype=np.float64)
    horizon = int(ages[-1])
    going_on = [approval for approval in case.approvals if approval.outcome is None]
    applied = [home_to_be(approval, case) for approval in going_on]
    counted = turnover(case)
    groups = tuple(sorted({group_of_home(home) for home in (*case.homes, *applied)}))
    rates = draw_rates(counted, groups, draws, rng)
    roads = {households: draw_road(road(case, households=households), draws, rng) for households in (True, False)}
    pipeline = opening_days(going_on, roads, case.as_at, rng)
    coming = homes_to_come(case, counted, rates, roads, horizon, rng)
    homes = (*case.homes, *applied, *coming.homes)
    today = np.zeros((draws, len(case.homes)), dtype=np.float32)
    opens = np.concatenate([today, pipeline.astype(np.float32), coming.opens], axis=1)
    closes = closing_days(case, homes, opens, rates, rng)
    stays_end = stay_ends(case, draws, rng)
    return _Run(
        ages,
        homes,
        len(applied),
        groups,
        np.array([groups.index(group_of_home(home)) for home in homes], dtype=np.int64),
        opens,
        closes,
        usable_of(case, homes, draws, rng),
        draw_pauses(case, homes, rates, stays_end, rng),
        draw_keeping(case, homes, horizon, stays_end, closes, rng),
        closings_of(scenario, case, homes),
    )


def _drawn(run: _Run, entropy: np.random.SeedSequence, tell: Progress) -> _Drawn:
    """Every draw, in blocks, each of its own seed, so the same on whatever thread."""
    draws, days = len(run.opens), len(run.days)
    groups = (draws, len(run.groups))
    into = _Drawn(
        np.zeros((draws, days, len(run.homes)), dtype=np.uint8),
        np.zeros((draws, days, len(KEPT_IN)), dtype=np.uint16),
        *(np.zeros(groups, dtype=np.int64) for _ in range(4)),
    )
    firsts = range(0, draws, _BLOCK)
    seeds = entropy.spawn(len(firsts))
    done: list[int] = []

    def block(number: int) -> None:
        part = slice(firsts[number], min(firsts[number] + _BLOCK, draws))
        _block(run, part, into, np.random.default_rng(seeds[number]))
        done.append(part.stop - part.start)
        tell(f"{sum(done):,} of {draws:,} futures drawn")

    with ThreadPoolExecutor(threads()) as pool:
        list(pool.map(block, range(len(firsts))))
    return into


def _block(run: _Run, part: slice, into: _Drawn, rng: np.random.Generator) -> None:
    """Some draws from beginning to end."""
    opens, closes = run.opens[part], run.closes[part].copy()
    left = np.repeat(run.usable.terms[None], len(opens), axis=0)
    cuts = np.zeros((len(opens), len(run.closings), len(run.homes)), dtype=np.int64)
    for at, closing in enumerate(run.closings):
        cuts[:, at] = close(closing, opens, closes, left, rng)
        left -= cuts[:, at]
    now = HomesNow(
        run.usable.terms, run.usable.lasting, run.usable.filled, run.group, run.pauses.reason, run.pauses.places
    )
    cut_on = np.array([closing.day for closing in run.closings], dtype=np.float64)
    for at, draw in enumerate(range(part.start, part.stop)):
        drawn = DrawnDays(opens[at], closes[at], run.usable.until[draw], cut_on, cuts[at])
        pausing = Pausing(run.pauses.ends[draw], run.pauses.flow[draw], run.pauses.part, run.pauses.first)
        counts = into.places[draw], into.back[draw], into.gone[draw]
        run_draw(int(rng.integers(2**32)), run.days, now, pausing, drawn, *counts)
    _keep(run, part, closes, into)
    horizon = run.days[-1]
    for group in range(len(run.groups)):
        of = run.group == group
        comes = opens[:, of] <= horizon
        into.joined[part, group] = (comes & (opens[:, of] > 0)).sum(axis=1)
        into.left[part, group] = (comes & (closes[:, of] <= horizon)).sum(axis=1)


def _keep(run: _Run, part: slice, closes: Days, into: _Drawn) -> None:
    """Take off the places that young people past 18 keep filled, and count their bedrooms."""
    keeping = run.keeping
    for at, home in enumerate(keeping.home):
        until = np.minimum(keeping.ends[part, at], closes[:, home])[:, None]
        kept = (run.days >= keeping.starts[at]) & (run.days < until)
        into.kept[part, :, int(keeping.agency[at])] += kept
        if keeping.places[at]:
            taken = (kept & keeping.place[part, at, None]) * np.uint8(keeping.places[at])
            places = into.places[part, :, home]
            into.places[part, :, home] = places - np.minimum(places, taken)


def _events(run: _Run, found: _Drawn, years: int) -> tuple[SupplyEvents, ...]:
    return tuple(
        SupplyEvents(
            kind=group.kind,
            sector=group.sector,
            joined=a_year(found.joined[:, at], years),
            left=a_year(found.left[:, at], years),
            places_back=a_year(found.back[:, at], years),
            places_gone=a_year(found.gone[:, at], years),
        )
        for at, group in enumerate(run.groups)
    )
