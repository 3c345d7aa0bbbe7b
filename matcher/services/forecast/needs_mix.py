"""Needs carried along: children forecast are as needy as those assessed today at their age and in their arrangement."""

import datetime as dt

import numpy as np

from matcher.scoring.needs_score import score_children
from matcher.services.counts import AGE_BANDS
from matcher.services.forecast.counting import Floats
from matcher.services.forecast.results import Forecast
from matcher.services.stock import LIVING_LABELS, Living, living, looked_after
from models.case import Case
from models.record import Record
from models.ssda903.ages import age_at, age_band

BELIEF = 3.0
"""How much a cell's mix of bands is drawn towards that of its kind, and this towards everybody's, in children."""


class NeedsCount(Record):
    """Children of a needs band living in a kind of placement a number of years ahead: median and intervals."""

    on: dt.date
    living: Living
    label: str
    band: str
    low_95: float
    low_80: float
    median: float
    high_80: float
    high_95: float


def needs_ahead(case: Case, found: Forecast, *, seed: int = 1) -> tuple[NeedsCount, ...]:
    """Children by kind and needs band at the end of each year ahead; nothing where nobody is fully assessed.

    Each child forecast has the needs band of a child looked after today, fully assessed, of the same age band and
    kind, drawn from what so few tell of the mix (Dirichlet). That needs at an age and in an arrangement stay as they
    are is assumed.
    """
    seen = _seen(case, found)
    if not seen.any():
        return ()
    rng = np.random.default_rng(seed)
    overall = seen.sum(axis=(0, 1)) / seen.sum()
    by_kind = seen.sum(axis=0) + BELIEF * overall
    by_kind /= by_kind.sum(axis=1, keepdims=True)
    ends = range(12, len(found.days), 12)
    # Areas and home districts do not matter to the mix: too few are assessed to tell.
    stock = found.stock[:, list(ends)].sum(axis=(4, 5), dtype=np.int64)
    counts = np.zeros((*stock.shape[:2], len(found.kinds), seen.shape[2]), dtype=np.int64)
    for age in range(len(AGE_BANDS)):
        for kind in range(len(found.kinds)):
            mix = rng.dirichlet(seen[age, kind] + BELIEF * by_kind[kind] + 1e-9, size=found.draws)
            for year in range(stock.shape[1]):
                counts[:, year, kind] += rng.multinomial(stock[:, year, age, kind], mix)
    return tuple(
        _told(found.days[end], kind, band.label, counts[:, year, at, number])
        for year, end in enumerate(ends)
        for at, kind in enumerate(found.kinds)
        for number, band in enumerate(case.framework.bands)
    )


def _seen(case: Case, found: Forecast) -> Floats:
    """Children looked after who are fully assessed, by age band, kind and needs band."""
    bands = [band.key for band in case.framework.bands]
    seen = np.zeros((len(AGE_BANDS), len(found.kinds), len(bands)))
    there = {child.id: child for child in looked_after(case)}
    for score in score_children(case):
        child = there.get(score.child_id)
        kind = living(case.placement_of.get(score.child_id))
        if child is not None and score.band is not None and score.known == score.asked and kind in found.kinds:
            age = AGE_BANDS.index(age_band(min(age_at(child.born, case.as_at), 17)))
            seen[age, found.kinds.index(kind), bands.index(score.band.key)] += 1
    return seen


def _told(day: dt.date, kind: Living, band: str, counts: Floats) -> NeedsCount:
    low_95, low_80, median, high_80, high_95 = np.percentile(counts, (2.5, 10, 50, 90, 97.5)).tolist()
    return NeedsCount(
        on=day, living=kind, label=LIVING_LABELS[kind], band=band, low_95=low_95, low_80=low_80, median=median,
        high_80=high_80, high_95=high_95,
    )  # fmt: skip
