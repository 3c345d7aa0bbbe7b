"""Children whose profile fits a less intensive setting: a list with evidence, gains, risks and saving to weigh."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from matcher.scoring.levels import Levels, child_levels, home_levels
from matcher.scoring.needs_score import NeedsScore, score_children
from matcher.services import step_down_words as words
from matcher.services.stability import StabilityReport, stability
from matcher.services.stability_factors import Present
from matcher.services.stability_score import PlacementStability
from matcher.services.step_down_homes import (
    at_once,
    examples,
    home_there,
    kinds_there,
    marginal_fee,
    saving_over,
)
from matcher.services.step_down_points import changes_at
from matcher.services.step_down_reasons import why_not
from matcher.services.step_down_results import (
    HomeThere,
    Money,
    NeedsSummary,
    NotSuggested,
    Standing,
    StepDownOption,
    StepDownReport,
    WayTotal,
)
from matcher.services.step_down_scoring import Asked, score_way
from matcher.services.step_down_settings import StepDownSettings, Way
from matcher.services.stock import home_of, placement_locality, weekly_fee
from models.case import Case
from models.geography import miles_tenths
from models.vocabulary import kind_label

_SURE = 1.959964
_DEFINITION = (
    "Children looked after in children's homes for whom real foster homes (from 16 also supported accommodation) on "
    "the homes sheet pass every rule and the suitability floor, and whose needs are in a range where that setting is "
    "usual; and children out of area for whom a home of the same kind in the area does, nearer their own. Whether a "
    "place is open today is said, and keeps nobody off the list. Children whom a move would harm are left out and "
    "counted, by reason. It is a list to talk about with each child and reviewing officer, never an instruction."
)


class _Known(NamedTuple):
    """What is worked out once for everybody."""

    case: Case
    settings: StepDownSettings
    row: dict[str, int]
    column: dict[str, int]
    children: Levels
    homes: Levels
    scores: Sequence[NeedsScore]
    present: Present
    scored: Mapping[str, PlacementStability]


def step_down(
    case: Case, settings: StepDownSettings | None = None, *, stable: StabilityReport | None = None
) -> StepDownReport:
    """List the children who might live in a less intensive setting.

    Args:
        case: The authority.
        settings: Thresholds; the defaults otherwise.
        stable: The stability report of the same case, if there is one already.
    """
    stable = stable or stability(case)
    known = _Known(
        case=case,
        settings=settings or StepDownSettings(),
        row={child.id: row for row, child in enumerate(case.children)},
        column={home.id: column for column, home in enumerate(case.homes)},
        children=child_levels(case),
        homes=home_levels(case.homes, case.framework),
        scores=score_children(case),
        present=Present(case, stable.points),
        scored={score.child_id: score for score in stable.placements},
    )
    options: list[StepDownOption] = []
    left_out: list[NotSuggested] = []
    totals: list[WayTotal] = []
    for way in Way:
        everybody = score_way(case, way)
        listed, reasons = _sift(known, way, everybody)
        told = [_option(known, way, asked) for asked in listed]
        options += sorted(told, key=_order)
        left_out += [NotSuggested(way=way, reason=why, children=tuple(ids)) for why, ids in reasons.items()]
        totals.append(_total(known, way, everybody, listed, told))
    return StepDownReport(
        case=case.name,
        as_at=case.as_at,
        synthetic=case.synthetic,
        settings=known.settings,
        definition=_DEFINITION,
        options=tuple(options),
        not_suggested=tuple(left_out),
        totals=tuple(totals),
    )


def _sift(known: _Known, way: Way, everybody: Sequence[Asked]) -> tuple[list[Asked], dict[str, list[str]]]:
    """Who is on the list, and who is not, by reason."""
    listed, reasons = [], defaultdict[str, list[str]](list)
    tenths = np.array(known.case.framework.tenths_per_level, np.int64)
    for asked in everybody:
        total = int(known.children.level[known.row[asked.child.id]].astype(np.int64) @ tenths)
        reason = why_not(known.case, asked, way, known.settings, total)
        if reason:
            reasons[reason].append(asked.child.id)
        else:
            listed.append(asked)
    return listed, dict(sorted(reasons.items()))


def _option(known: _Known, way: Way, asked: Asked) -> StepDownOption:
    case, child, placement = known.case, asked.child, asked.placement
    row = known.row[child.id]
    needs, now = _needs(known, row), home_of(case, placement)
    shown = [_home_there(known, asked, row, place) for place in examples(asked, known.settings.examples)]
    fee, (fees, marginal_fees) = weekly_fee(case, placement), _fees(known, asked)
    saving = saving_over(fee, fees)
    score = known.scored.get(child.id)
    points = score.points if score else None
    changes = changes_at(known.present, score, case.home[shown[0].home_id], way) if score else ()
    return StepDownOption(
        child_id=child.id,
        way=way,
        standing=_standing(needs),
        home_id=placement.home_id,
        kind_now=kind_label(now.kind, now.sector) if now else placement.kind.value.replace("_", " "),
        started=placement.started,
        locality_now=placement_locality(case, placement),
        miles_now_tenths=miles_tenths(child.home, now.location) if child.home and now else None,
        needs=needs,
        kinds=kinds_there(asked),
        examples=tuple(shown),
        fee_pence=fee,
        saving=saving,
        marginal_saving=saving_over(marginal_fee(case, placement), marginal_fees),
        stability_points=points,
        point_changes=changes,
        child_says=words.child_says(asked),
        evidence=words.evidence(case, asked, way, needs, known.settings, points),
        gains=words.gains(case, asked, way, shown, saving, changes),
        risks=words.risks(case, asked, needs, shown, saving, changes),
        assumptions=words.assumptions(case, asked, way, needs),
        ask=words.ASK,
    )


def _needs(known: _Known, row: int) -> NeedsSummary:
    score, profile = known.scores[row], known.case.children[row].profile
    return NeedsSummary(
        tenths=score.tenths,
        band=score.band.label if score.band else None,
        high_needs=score.high_needs,
        known=score.known,
        asked=score.asked,
        flags=score.flags,
        strengths=profile.strengths if profile else None,
    )


def _standing(needs: NeedsSummary) -> Standing:
    if needs.known == needs.asked:
        return Standing.ASSESSED
    return Standing.PARTLY if needs.known else Standing.NOT_ASSESSED


def _home_there(known: _Known, asked: Asked, row: int, place: int) -> HomeThere:
    """A home that suits, with the assessed needs it falls short of."""
    skills = known.homes.level[known.column[asked.homes[place].id]]
    short = known.children.known[row] & (known.children.level[row] > skills)
    needs = known.case.framework.needs
    return home_there(known.case, asked, place, tuple(needs[need].label for need in np.flatnonzero(short).tolist()))


def _fees(known: _Known, asked: Asked) -> tuple[list[int], list[int]]:
    """Full and marginal fees of the best matches that prices are averaged over."""
    best = asked.homes[: known.settings.priced_over]
    return [home.fee_pence for home in best], [home.marginal_fee_pence for home in best]


def _order(option: StepDownOption) -> tuple[int, bool, int, str]:
    """Assessed children first, those with a place open before the others, then by saving."""
    saving = option.saving.pence if option.saving else 0
    return list(Standing).index(option.standing), not option.open_now, -saving, option.child_id


def _total(
    known: _Known, way: Way, everybody: Sequence[Asked], listed: Sequence[Asked], told: Sequence[StepDownOption]
) -> WayTotal:
    assessed = {option.child_id: option for option in told if option.standing is Standing.ASSESSED}
    moved = [(asked, assessed[asked.child.id]) for asked in listed if asked.child.id in assessed]
    fees = [_fees(known, asked) for asked, _ in moved]
    full = [(option.saving, price) for (_, option), (price, _) in zip(moved, fees, strict=True)]
    marginal = [(option.marginal_saving, price) for (_, option), (_, price) in zip(moved, fees, strict=True)]
    return WayTotal(
        way=way,
        looked_at=tuple(asked.child.id for asked in everybody),
        assessed=tuple(assessed),
        to_assess=tuple(option.child_id for option in told if option.child_id not in assessed),
        with_open_place=tuple(option.child_id for option in told if option.open_now),
        at_once=at_once(known.case, listed),
        saving=_sum(full),
        marginal_saving=_sum(marginal),
        fee_not_known=tuple(option.child_id for option in assessed.values() if option.saving is None),
    )


def _sum(savings: Sequence[tuple[Money | None, list[int]]]) -> Money:
    """Savings together, each with the fees it is the mean over; who goes where is taken as chance, each for itself."""
    known = [(saving, fees) for saving, fees in savings if saving]
    total = sum(saving.pence for saving, _ in known)
    spread = _SURE * math.sqrt(sum(float(np.var(fees)) for _, fees in known))
    return Money(pence=total, low_pence=round(total - spread), high_pence=round(total + spread))
