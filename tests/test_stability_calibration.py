"""The test of the score on past endings: generated histories whose true risk is known, by hand and by brute force."""

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import product

import numpy as np
import pytest
from scipy.special import expit

from matcher.services.stability import stability
from matcher.services.stability_calibration import Verdict, calibrate
from matcher.services.stability_fit import Sample, discrimination, fit_intercept, slope
from models.case import Case
from models.ssda903 import Episode
from models.stability_points import StabilityPoints
from tests.make_case import make_case, make_child, make_home, make_placement
from tests.make_episodes import Spell, life

POINTS = StabilityPoints()
LOOK_BACK = dt.date(2017, 3, 31)
INTERCEPT = -2.6


def _history(child: str, moves: int, residential: bool, ends: bool, reason: str) -> tuple[Episode, ...]:
    """In care since 2012, so many moves in the year before the look-back day, then perhaps an ending in July 2017."""
    first = "K2" if residential else "U6"
    spells = [Spell(dt.date(2012, 1, 10), "S", first, reason="CARPL")]
    spells += [Spell(dt.date(2016, 5 + number, 3), "P", "U6", reason="CARPL") for number in range(moves)]
    if ends:
        spells[-1] = spells[-1]._replace(reason=reason)
        spells.append(Spell(dt.date(2017, 7, 3), "P", "U6"))
    return life(child, *spells)


def _case(number: int, risk: Callable[[int], float], seed: int, reason: str = "CREQB") -> tuple[Case, dict[str, float]]:
    """Children with lives by lot whose placements end by ``risk`` of their tested points; and each one's true risk."""
    rng = np.random.default_rng(seed)
    episodes: dict[str, tuple[Episode, ...]] = {}
    births: dict[str, dt.date] = {}
    truth: dict[str, float] = {}
    for place in range(number):
        child = f"C{place}"
        age, moves = int(rng.integers(4, 17)), int(rng.integers(0, 4))
        residential = moves > 0 and bool(rng.random() < 0.3)
        points = 8 * max(age - 8, 0) + 25 * moves + 25 * residential + 15
        truth[child] = risk(points)
        ends = bool(rng.random() < truth[child])
        births[child] = dt.date(2017 - age, 1, 15)
        episodes[child] = _history(child, moves, residential, ends, reason)
    # One early leaver shows that the files reach back to before the look-back day, and no year further.
    episodes["L"] = life("L", Spell(dt.date(2014, 1, 1), "S"), end=dt.date(2016, 4, 20), rec="E4A")
    return make_case([], [], episodes=episodes, births=births), truth


def _true_risk(points: int) -> float:
    return float(expit(INTERCEPT + points / 100))


def test_on_endings_that_follow_the_points_the_test_finds_the_truth() -> None:
    case, truth = _case(2_500, _true_risk, seed=3)
    found = calibrate(case, POINTS)
    assert [day.day for day in found.days] == [LOOK_BACK]
    assert found.placements == 2_500
    assert found.verdict is Verdict.TOLD_APART
    assert found.intercept == pytest.approx(INTERCEPT, abs=0.15)
    assert found.slope is not None
    assert found.slope.holds(1)
    assert found.rate_percent is not None
    assert found.rate_percent.holds(100 * float(np.mean(list(truth.values()))))
    assert len(found.groups) == 5
    covered = [_mean_truth(group.stays, truth) for group in found.groups]
    held = [g.low_percent <= t <= g.high_percent for g, t in zip(found.groups, covered, strict=True)]
    assert sum(held) >= 4
    assert sum(len(group.stays) for group in found.groups) == found.placements
    assert sum(len(group.ended) for group in found.groups) == found.endings
    assert sum(group.expected for group in found.groups) == pytest.approx(found.endings, abs=0.3)


def _mean_truth(stays: tuple[str, ...], truth: Mapping[str, float]) -> float:
    return 100 * float(np.mean([truth[stay.split(" ")[0]] for stay in stays]))


def test_where_everybody_has_one_risk_the_report_says_so_and_shows_no_probability() -> None:
    case, _ = _case(1_500, lambda _: 0.15, seed=5)
    child = make_child("N1")
    present = make_placement("N1", "H1")
    case = case.model_copy(update={"children": (child,), "homes": (make_home(),), "placements": (present,)})
    report = stability(Case(**{name: getattr(case, name) for name in Case.model_fields}))
    assert report.calibration.verdict is Verdict.NOT_TOLD_APART
    assert report.calibration.c_statistic is not None
    assert report.calibration.c_statistic.low <= 0.5
    assert "does not tell risks apart" in report.calibration.statement
    assert report.placements[0].probability_percent is None
    assert report.expected_endings is None


def test_too_little_data_is_said_and_nothing_is_fitted() -> None:
    case, _ = _case(200, _true_risk, seed=7)
    found = calibrate(case, POINTS)
    assert found.verdict is Verdict.TOO_FEW_ENDINGS
    assert 0 < found.endings < POINTS.minimum_endings
    assert found.intercept is None
    assert found.groups == ()
    assert f"{found.endings} ended unplanned" in found.statement
    fewer = POINTS.model_copy(update={"minimum_endings": found.endings})
    assert calibrate(case, fewer).verdict is not Verdict.TOO_FEW_ENDINGS


def test_files_without_a_past_are_said_to_have_none() -> None:
    found = calibrate(make_case(), POINTS)
    assert found.verdict is Verdict.NO_HISTORY
    assert found.days == ()


def test_planned_endings_are_none_and_reasons_not_known_are_left_out() -> None:
    planned, _ = _case(300, lambda _: 0.5, seed=11, reason="CARPL")
    assert calibrate(planned, POINTS).endings == 0
    unsure, _ = _case(300, lambda _: 0.5, seed=11, reason="OTHER")
    day = calibrate(unsure, POINTS).days[0]
    assert len(day.stays) + len(day.reason_not_known) == 300
    assert len(day.reason_not_known) == calibrate(_case(300, lambda _: 0.5, seed=11)[0], POINTS).endings
    asked, _ = _case(300, lambda _: 0.5, seed=11, reason="LAREQ")
    assert calibrate(asked, POINTS).endings == 0
    counted = POINTS.model_copy(update={"count_authority_request": True})
    assert calibrate(asked, counted).endings == len(day.reason_not_known)


def test_children_who_come_of_age_within_the_year_are_left_out() -> None:
    case, _ = _case(50, _true_risk, seed=13)
    births = {**case.births, "C0": dt.date(1999, 6, 1), "C1": dt.date(2000, 4, 1)}
    day = calibrate(case.model_copy(update={"births": births}), POINTS).days[0]
    assert day.of_age == ("C0 2017-03-31",)
    assert "C1 2017-03-31" in day.stays


def test_days_before_the_files_begin_and_years_not_asked_for_are_not_looked_back_at() -> None:
    case, _ = _case(50, _true_risk, seed=17)
    assert [day.day for day in calibrate(case, POINTS).days] == [LOOK_BACK]
    older = life("O", Spell(dt.date(2012, 1, 1), "S"), end=dt.date(2014, 6, 1), rec="E4A")
    case = case.model_copy(update={"episodes": {**case.episodes, "O": older}})
    days = [dt.date(year, 3, 31) for year in (2017, 2016, 2015)]
    assert [day.day for day in calibrate(case, POINTS).days] == days
    two = POINTS.model_copy(update={"look_back_years": 2})
    assert [day.day for day in calibrate(case, two).days] == days[:2]


def test_a_latest_year_unlike_the_others_is_said() -> None:
    case, _ = _case(1_500, _true_risk, seed=19)
    assert "In the latest year" not in calibrate(case, POINTS).statement
    older = [life(f"O{n}", Spell(dt.date(2012, 1, 1), "S"), end=dt.date(2014, 6, 1), rec="E4A") for n in range(60)]
    # One row in a thousand is a stray and does not make the files older; sixty are files of earlier years.
    stray = case.model_copy(update={"episodes": {**case.episodes, "O0": older[0]}})
    assert [day.day for day in calibrate(stray, POINTS).days] == [LOOK_BACK]
    # Nobody's placement ended unplanned in the years that the older files add.
    episodes = {**case.episodes, **{rows[0].child: rows for rows in older}}
    found = calibrate(case.model_copy(update={"episodes": episodes}), POINTS)
    assert len(found.days) == 3
    assert "In the latest year" in found.statement
    assert "read probabilities as too low" in found.statement


def test_the_intercept_gives_the_rate() -> None:
    points = np.array([0, 25, 80, 120, 15, 15], np.int64)
    for rate in (0.02, 0.15, 0.7):
        intercept = fit_intercept(points, rate)
        assert float(expit(intercept + points / 100).mean()) == pytest.approx(rate, abs=1e-9)
    assert fit_intercept(np.zeros(3, np.int64), 0.25) == pytest.approx(np.log(1 / 3))
    with pytest.raises(ValueError, match="no intercept"):
        fit_intercept(points, 0.0)


def test_the_c_statistic_is_the_share_of_pairs_in_the_right_order() -> None:
    rng = np.random.default_rng(1)
    points = rng.integers(0, 6, 60) * 25
    ended = rng.random(60) < 0.4
    sample = Sample(points.astype(np.int64), ended, np.arange(60, dtype=np.int64))
    pairs = [(a > b) + (a == b) / 2 for a, b in product(points[ended], points[~ended])]
    assert discrimination(sample, 0).value == pytest.approx(float(np.mean(pairs)), abs=1e-4)


def test_the_interval_of_the_c_statistic_covers_the_truth() -> None:
    levels = np.arange(0, 200, 20)
    risk = expit(-2 + levels / 100)
    # Over all pairs of levels: the chance that one ends, the other does not, and the first has more points.
    wins = sum(risk[a] * (1 - risk[b]) * ((a > b) + (a == b) / 2) for a, b in product(range(10), repeat=2))
    truth = wins / (risk.sum() * (1 - risk).sum())
    rng = np.random.default_rng(2)
    covered = 0
    for draw in range(40):
        at = rng.integers(0, 10, 400)
        sample = Sample(levels[at].astype(np.int64), rng.random(400) < risk[at], np.arange(400, dtype=np.int64))
        covered += discrimination(sample, draw).holds(float(truth))
    assert covered >= 34


def test_points_that_mean_nothing_are_seldom_taken_to_tell_risks_apart() -> None:
    rng = np.random.default_rng(8)
    told_apart = 0
    for draw in range(40):
        points = rng.integers(0, 10, 300) * 20
        sample = Sample(points.astype(np.int64), rng.random(300) < 0.3, np.arange(300, dtype=np.int64))
        told_apart += discrimination(sample, draw).low > 0.5
    assert told_apart <= 4


def test_the_interval_is_wider_where_one_childs_placements_are_alike() -> None:
    rng = np.random.default_rng(4)
    points = rng.integers(0, 8, 150) * 25
    ended = rng.random(150) < expit(-1.5 + points / 100)
    alone = Sample(points.astype(np.int64), ended, np.arange(150, dtype=np.int64))
    thrice = Sample(np.tile(alone.points, 3), np.tile(ended, 3), np.tile(alone.child, 3))
    one, three = discrimination(alone, 0), discrimination(thrice, 0)
    assert (three.low, three.high) == pytest.approx((one.low, one.high))
    apart = Sample(thrice.points, thrice.ended, np.arange(450, dtype=np.int64))
    assert discrimination(apart, 0).high - discrimination(apart, 0).low < one.high - one.low


def test_the_slope_of_points_worth_half_is_a_half() -> None:
    rng = np.random.default_rng(6)
    points = rng.integers(0, 12, 20_000) * 25
    ended = rng.random(20_000) < expit(-2 + 0.5 * points / 100)
    found = slope(Sample(points.astype(np.int64), ended, np.arange(20_000, dtype=np.int64) % 500), 0)
    assert found.value == pytest.approx(0.5, abs=0.06)
    assert found.holds(0.5)
    assert not found.holds(1)
