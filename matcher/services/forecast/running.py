"""The forecast of a case: history fitted once, then every draw on as many threads as it may use."""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matcher.services.forecast.arrivals import draw_rates
from matcher.services.forecast.counting import Floats, States
from matcher.services.forecast.effects import arriving, changed_rates, closings, reading, stream_of_age
from matcher.services.forecast.fitting import Fitted, birthdays, coming, fit, here_now, rates_of, recent
from matcher.services.forecast.layout import STREAMS
from matcher.services.forecast.results import Forecast, MeanFlow
from matcher.services.forecast.shapes import Coming, Counts, Here
from matcher.services.forecast.ways import run_draw
from matcher.services.spreading import threads
from models.case import Case
from models.forecast import BASELINE, Scenario

Progress = Callable[[str], None]
_BANDS = len(STREAMS) - 1
_FITS_A_BYTE = 255
_A_BYTE_IS_ENOUGH = 100
_BLOCK = 25
_LONGEST = 10


def forecast(
    case: Case,
    *,
    years: int = 5,
    draws: int = 1_000,
    scenario: Scenario = BASELINE,
    seed: int = 1,
    progress: Progress | None = None,
    fitted: Fitted | None = None,
) -> Forecast:
    """Forecast who will be in care where, each month, with draws of what is not known and of what luck may bring.

    A draw weighs the children of the past anew (a Bayesian bootstrap), so takes other rates of leaving and moving,
    draws the level, trend and season of coming into care from what the counts leave open, and then lets every child
    live: those in care now and those who come. Nobody's ethnicity is read. ``docs/forecast.md`` says what is assumed.

    Args:
        case: the authority, with the episodes of two years or more.
        years: how far ahead, 1 to 10; beyond 5 the fan says little.
        draws: how many futures; the same seed gives the same ones on any number of processors.
        scenario: what is to change.
        seed: of all that is drawn.
        progress: called with a few words as work goes on, from any thread.
        fitted: what :func:`fit` found in the case, where several forecasts are made.

    Raises:
        HistoryTooShortError: there is too little history to tell anything from.
        ScenarioError: the scenario asks for something that means nothing here.
        ValueError: years or draws out of range.
    """
    tell = progress or (lambda _: None)
    tell("reading the past")
    past = fitted or fit(case)
    return drawn_ahead(
        past, years=years, draws=draws, scenario=scenario, seed=seed, tell=tell, synthetic=case.synthetic
    )


def drawn_ahead(
    past: Fitted, *, years: int, draws: int, scenario: Scenario, seed: int, tell: Progress, synthetic: bool
) -> Forecast:
    """As :func:`forecast`, from what the past says alone: nothing else of the case is needed."""
    if not (1 <= years <= _LONGEST and draws >= 1):
        raise ValueError(f"{years} years and {draws} draws: expected 1 to {_LONGEST} years and a draw or more.")
    days = (past.as_at, *(months_after(past.as_at, month) for month in range(1, 12 * years + 1)))
    entropy = np.random.SeedSequence(seed)
    rates = draw_rates(past.arrivals, len(days) - 1, draws, np.random.default_rng(entropy))
    now = here_now(past)
    run = _Run(
        past,
        coming(past),
        _with_arriving(now, scenario, past),
        changed_rates(rates, scenario, days),
        closings(scenario, past.states, now, past.as_at),
        entropy.spawn(draws),
        days,
    )
    found = _drawn(run, tell)
    return Forecast(
        as_at=past.as_at,
        since=past.since,
        scenario=scenario,
        days=days,
        kinds=past.states.kinds,
        areas=past.states.areas,
        districts=past.states.districts,
        stock=found.stock.reshape(*found.stock.shape[:3], len(past.states.kinds), len(past.states.areas), -1),
        came=found.came,
        left=found.left,
        moved=found.moved,
        flows=_mean_flows(found.flows, past.states, draws * years),
        not_told=past.not_told,
        reading=reading(scenario),
        synthetic=synthetic,
    )


class _Run(NamedTuple):
    past: Fitted
    coming: Coming
    here: Here
    expected: Floats
    closing: Floats
    seeds: list[np.random.SeedSequence]
    days: tuple[dt.date, ...]


class _Drawn(NamedTuple):
    stock: npt.NDArray[np.unsignedinteger[Any]]
    came: npt.NDArray[np.uint16]
    left: npt.NDArray[np.uint16]
    moved: npt.NDArray[np.uint16]
    flows: npt.NDArray[np.int64]


def _drawn(run: _Run, tell: Progress) -> _Drawn:
    """Every draw, in a byte a cell if no cell is fuller than a byte can say; otherwise once more in two."""
    cells = run.here.state * len(run.past.states.districts) + run.here.district
    if np.bincount(cells[run.here.came <= 0], minlength=1).max() <= _A_BYTE_IS_ENOUGH:
        found, most = _on_threads(run, tell, np.uint8)
        if most <= _FITS_A_BYTE:
            return found
    return _on_threads(run, tell, np.uint16)[0]


def _on_threads(run: _Run, tell: Progress, kept: type[np.uint8] | type[np.uint16]) -> tuple[_Drawn, int]:
    """Every draw, a block at a time; and the fullest cell of all."""
    states, draws, days = run.past.states, len(run.seeds), len(run.days)
    into = _Drawn(
        np.zeros((draws, days, _BANDS, states.number_of, len(states.districts)), dtype=kept),
        np.zeros((draws, days, len(STREAMS)), dtype=np.uint16),
        np.zeros((draws, days, _BANDS + 1), dtype=np.uint16),
        np.zeros((draws, days), dtype=np.uint16),
        np.zeros((states.number_of, states.number_of), dtype=np.int64),
    )
    done: list[int] = []

    def block(first: int) -> tuple[int, npt.NDArray[np.int64]]:
        numbers = range(first, min(first + _BLOCK, draws))
        answer = _block(run, into, numbers)
        done.append(len(numbers))
        tell(f"{sum(done):,} of {draws:,} futures drawn")
        return answer

    with ThreadPoolExecutor(threads()) as pool:
        answers = list(pool.map(block, range(0, draws, _BLOCK)))
    into.flows[:] = sum(flows for _, flows in answers)
    return into, max(most for most, _ in answers)


def _block(run: _Run, into: _Drawn, numbers: range) -> tuple[int, npt.NDArray[np.int64]]:
    """Some draws, each from its own seed, so the same on whatever thread; the fullest cell, and moves."""
    ends = np.array([float((day - run.days[0]).days) for day in run.days])
    months, *cells = into.stock.shape[1:]
    counts = Counts(
        np.zeros((months + 1, *cells), dtype=np.int64),
        np.zeros(into.came.shape[1:], dtype=np.int64),
        np.zeros(into.left.shape[1:], dtype=np.int64),
        np.zeros(months, dtype=np.int64),
        np.zeros_like(into.flows),
    )
    most, recently = 0, recent(run.past)
    for draw in numbers:
        rng = np.random.default_rng(run.seeds[draw])
        of_child = rng.exponential(size=len(run.past.everybody))
        rates = rates_of(run.past, recently * of_child[run.past.past.child])
        for part in counts[:4]:
            part[:] = 0
        luck = int(rng.integers(2**32))
        run_draw(luck, of_child, run.coming, run.here, run.expected[draw], rates, run.closing, ends, counts)
        most = max(most, int(counts.stock[:months].max()))
        into.stock[draw] = counts.stock[:months]
        into.came[draw], into.left[draw], into.moved[draw] = counts.came, counts.left, counts.moved
    return most, counts.flows


def _with_arriving(now: Here, scenario: Scenario, past: Fitted) -> Here:
    """Those in care and those whom the scenario brings for certain, half a year past their birthday."""
    rows = list(arriving(scenario, past.states, past.as_at))
    if not rows:
        return now
    # The middle of the year of age: nobody knows their birthdays.
    born = [months_after(each.on, -12 * each.age - 6) for each in rows]
    days = np.array([float((each.on - past.as_at).days) for each in rows])
    added = Here(
        days,
        days,
        np.array([each.state for each in rows], dtype=np.int64),
        np.array([each.district for each in rows], dtype=np.int64),
        np.array([birthdays(birth, past.as_at) for birth in born]),
        np.array([stream_of_age(each.age) for each in rows], dtype=np.int64),
    )
    return Here(*(np.concatenate([one, other]) for one, other in zip(now, added, strict=True)))


def _mean_flows(flows: npt.NDArray[np.int64], states: States, years: int) -> tuple[MeanFlow, ...]:
    """Moves of an average year, the most frequent first; those nobody made in any draw are left out."""
    named = [(kind, area) for kind in states.kinds for area in states.areas]
    found = [
        MeanFlow(
            from_living=named[left][0],
            from_area=named[left][1],
            to_living=named[entered][0],
            to_area=named[entered][1],
            a_year=float(flows[left, entered]) / years,
        )
        for left, entered in zip(*np.nonzero(flows), strict=True)
    ]
    return tuple(sorted(found, key=lambda flow: -flow.a_year))


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later (earlier below 0); the last of a month stays the last."""
    at = day.year * 12 + day.month - 1 + months
    length = monthrange(at // 12, at % 12 + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return dt.date(at // 12, at % 12 + 1, length if is_last else min(day.day, length))
