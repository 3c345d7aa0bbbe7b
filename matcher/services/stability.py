"""How likely each placement is to last: published points, what drives them, and their test on past endings."""

import datetime as dt
import math
from collections import defaultdict

from scipy.special import expit

from matcher.services.stability_calibration import MONTHS, Calibration, Verdict, calibrate, comes_of_age
from matcher.services.stability_factors import Present
from matcher.services.stability_fit import Estimate
from matcher.services.stability_history import NOT_SCORED, TESTED
from matcher.services.stability_score import PlacementStability, score_placement
from matcher.services.stock import looked_after
from models.case import Case
from models.record import Record
from models.ssda903.stability import months_before
from models.stability_points import POINTS_PER_LOG_ODDS, StabilityPoints

_NO_PLACEMENT = "no placement recorded"
_SURE = 1.959964


class NotScored(Record):
    """Children looked after whose placement has no score, and why."""

    reason: str
    children: tuple[str, ...]


class StabilityReport(Record):
    """Every present placement's score.

    Attributes:
        case: The authority's name.
        as_at: The day.
        synthetic: Whether the case is made up.
        points: The points used, with reasons and sources.
        placements: Most points first, then by child; everybody in ``not_scored`` and these are all looked after.
        not_scored: The others, by reason.
        calibration: The test on the authority's own endings.
        expected_endings: Unplanned endings to expect in twelve months among the placements with a probability, with
            the 95% interval that chance alone gives; None without probabilities.
        definition: What a point is and what is counted, in words.
    """

    case: str
    as_at: dt.date
    synthetic: bool
    points: StabilityPoints
    placements: tuple[PlacementStability, ...]
    not_scored: tuple[NotScored, ...]
    calibration: Calibration
    expected_endings: Estimate | None
    definition: str

    def of(self, child_id: str) -> PlacementStability | None:
        """The score of a child's placement; None if it has none."""
        return next((each for each in self.placements if each.child_id == child_id), None)


def stability(case: Case, points: StabilityPoints | None = None, *, seed: int = 0) -> StabilityReport:
    """Score the present placement of every child looked after, and test the score on the past.

    Args:
        case: The authority.
        points: The points; the published ones by default.
        seed: For the bootstrap of the test.
    """
    points = points or StabilityPoints()
    calibration = calibrate(case, points, seed=seed)
    present = Present(case, points)
    year_on = months_before(case.as_at, -MONTHS)
    scores: list[PlacementStability] = []
    others: defaultdict[str, list[str]] = defaultdict(list)
    for child in looked_after(case):
        placement = case.placement_of.get(child.id)
        reason = NOT_SCORED.get(placement.kind) if placement else _NO_PLACEMENT
        if placement is None or reason:
            others[reason or _NO_PLACEMENT].append(child.id)
        else:
            score = score_placement(placement, present.factors(placement), TESTED, points)
            tested = not comes_of_age(child.born, year_on)
            scores.append(_with_probability(score, calibration) if tested else score)
    return StabilityReport(
        case=case.name,
        as_at=case.as_at,
        synthetic=case.synthetic,
        points=points,
        placements=tuple(sorted(scores, key=lambda score: (-score.points, score.child_id))),
        not_scored=tuple(NotScored(reason=why, children=tuple(ids)) for why, ids in sorted(others.items())),
        calibration=calibration,
        expected_endings=_expected(scores),
        definition="Points are hundredths of a log-odds, published with their sources and added up; a factor that is "
        "not known adds nothing and widens the range shown. Probabilities are of an unplanned ending within twelve "
        "months, by the factors that the return alone gives, and are shown only where the authority's own endings "
        "bear them out. No score decides anything: it says whom to ask first.",
    )


def _with_probability(score: PlacementStability, calibration: Calibration) -> PlacementStability:
    told_apart = calibration.verdict is Verdict.TOLD_APART
    if not told_apart or score.tested_points is None or calibration.intercept is None:
        return score
    chance = float(expit(calibration.intercept + score.tested_points / POINTS_PER_LOG_ODDS))
    group = calibration.group_of(score.tested_points)
    return score.model_copy(
        update={
            "probability_percent": round(100 * chance, 1),
            "low_percent": group.low_percent,
            "high_percent": group.high_percent,
            "group": group.number,
        }
    )


def _expected(scores: list[PlacementStability]) -> Estimate | None:
    """The sum of the probabilities, with what chance alone would vary it by."""
    chances = [score.probability_percent / 100 for score in scores if score.probability_percent is not None]
    if not chances:
        return None
    total, spread = sum(chances), _SURE * math.sqrt(sum(p * (1 - p) for p in chances))
    return Estimate(value=round(total, 1), low=round(max(total - spread, 0), 1), high=round(total + spread, 1))
