"""How likely a family is to say yes to a child: a published sum of what they said, never learnt from past choices.

Nobody has published how often adopters in England say yes, by what they said they could do. So every figure here is an
assumption that a council can replace; they are for planning links and for simulation, and say nothing of one family.
"""

from dataclasses import replace
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
from pydantic import Field

from matcher.scoring import score_pairs
from matcher.scoring.arrays import PRICE_NAMES
from matcher.services.adoption.screening import Screened
from models.record import Record

Floats = npt.NDArray[np.float64]


def _assumed(default: int, reason: str) -> Any:  # noqa: ANN401 - pydantic's own Field is typed so
    return Field(default=default, description=reason)


_Percent = Annotated[int, Field(ge=0, le=100)]


class AcceptanceModel(Record):
    """The figures of the sum, in percentage points. All are assumptions, each with its reason."""

    yes_percent: _Percent = _assumed(
        75,
        "Of families asked about children within all that they said yes to, so many in 100 say yes. An assumption: "
        "even a close fit on paper is turned down for reasons no form holds.",
    )
    off_each_level_stretched: _Percent = _assumed(
        10,
        "Points off for each level (or year, or child) stated beyond what the family said yes to. An assumption: what "
        "they would discuss is less likely the further it goes.",
    )
    off_each_level_assumed: _Percent = _assumed(
        4,
        "Points off for each level beyond a yes that rests on a question nobody asked or answered. An assumption: the "
        "answer may turn out better, so it counts for less than what was stated.",
    )
    most_off_assumed: _Percent = _assumed(
        20, "What nobody asked takes no more than this off in all: it is a question to put, not an answer."
    )
    least_percent: _Percent = _assumed(
        5, "Never less than this for a family that has not said no: people say yes to a child, not to a form."
    )


class Acceptance(Record):
    """How likely one family is to say yes, in percent, and the levels that took points off."""

    percent: float
    levels_stretched: float
    levels_assumed: float
    words: str


def likelihood(screened: Screened, model: AcceptanceModel | None = None) -> Floats:
    """How likely each family is to say yes to each unit, float64 (units, families), from 0 to 1.

    Heritage, language and faith take no part. A link whose panel is booked counts as a yes. Where a rule stands between
    them the figure says nothing: :attr:`Screened.eligible` says so.
    """
    stretched, assumed = _levels(screened)
    found = _percent(stretched, assumed, model or AcceptanceModel()) / 100
    column = {family.id: at for at, family in enumerate(screened.pool.families)}
    for offer in screened.pool.scored.offers:
        unit = screened.pool.unit_of(offer.child_id)
        if offer.agreed and unit is not None:
            found[unit, column[offer.home_id]] = 1.0
    return found


def acceptance(screened: Screened, unit: int, column: int, model: AcceptanceModel | None = None) -> Acceptance:
    """One pair's figure with what it is made of, in words."""
    model = model or AcceptanceModel()
    stretched, assumed = (levels[unit, column] for levels in _levels(screened))
    percent = float(_percent(stretched, assumed, model))
    words = (
        f"about {percent:.0f} in 100, by assumption: {model.yes_percent} for a family that said yes to everything, "
        f"{model.off_each_level_stretched} off for each of {stretched:.1f} levels beyond what they said yes to and "
        f"{model.off_each_level_assumed} (at most {model.most_off_assumed}) for each of {assumed:.1f} not asked about"
    )
    return Acceptance(percent=percent, levels_stretched=float(stretched), levels_assumed=float(assumed), words=words)


def _percent(stretched: Any, assumed: Any, model: AcceptanceModel) -> Floats:  # noqa: ANN401 - arrays or scalars
    unasked = np.minimum(model.off_each_level_assumed * assumed, model.most_off_assumed)
    percent = model.yes_percent - model.off_each_level_stretched * stretched - unasked
    found: Floats = np.clip(percent, min(model.least_percent, model.yes_percent), model.yes_percent)
    return found


def _levels(screened: Screened) -> tuple[Floats, Floats]:
    """Levels beyond a yes of each unit and family: those stated and asked, and the rest; float64 (units, families).

    A level is one of a need of average weight; where stretch has no price nothing is off for it.
    """
    encoded, framework = screened.pool.encoded, screened.pool.scored.framework
    each = screened.pool.policy.unmet_need_per_tenth * framework.points_per_level * 10
    if not screened.cost.size or not each:
        return np.zeros(screened.cost.shape), np.zeros(screened.cost.shape)
    policy = encoded.arrays.policy.copy()
    for name in PRICE_NAMES:
        if name != "unmet_need_per_tenth":
            policy[name] = 0
    beyond, _ = score_pairs(replace(encoded, arrays=encoded.arrays._replace(policy=policy)))
    all_beyond = np.add.reduceat(beyond, np.array(screened.pool.first_row[:-1]), axis=0)
    return screened.stretch / each, (all_beyond - screened.stretch) / each
