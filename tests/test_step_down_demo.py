"""Stability and step-down on the demo: everybody accounted for, sums that add up, batches that score as one child."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from matcher.intake.case import read_case
from matcher.scoring import encode, score_pairs
from matcher.services.stability import StabilityReport, stability
from matcher.services.stability_calibration import Verdict
from matcher.services.step_down import step_down
from matcher.services.step_down_results import StepDownReport
from matcher.services.step_down_scoring import ROOM_BITS, score_way
from matcher.services.step_down_settings import Way
from matcher.services.stock import looked_after
from models.case import Case


@pytest.fixture(scope="module")
def demo() -> Case:
    case = read_case(Path(str(files("placewell_data") / "demo"))).case
    assert case is not None
    return case


@pytest.fixture(scope="module")
def stable(demo: Case) -> StabilityReport:
    return stability(demo)


@pytest.fixture(scope="module")
def list_(demo: Case, stable: StabilityReport) -> StepDownReport:
    return step_down(demo, stable=stable)


def test_every_child_looked_after_is_scored_or_named(demo: Case, stable: StabilityReport) -> None:
    told = [score.child_id for score in stable.placements]
    told += [child for each in stable.not_scored for child in each.children]
    assert sorted(told) == sorted(child.id for child in looked_after(demo))
    assert len(told) == 903
    for score in stable.placements:
        assert score.points == sum(each.points or 0 for each in score.factors)
        assert score.least <= score.points <= score.most


def test_the_demos_endings_test_the_score(demo: Case, stable: StabilityReport) -> None:
    test = stable.calibration
    assert test.endings >= stable.points.minimum_endings
    stays = [stay for day in test.days for stay in (*day.stays, *day.history_not_known, *day.reason_not_known)]
    assert len(set(stays)) == len(stays)
    assert sum(len(group.stays) for group in test.groups) == test.placements
    assert test.rate_percent is not None
    assert test.rate_percent.value == pytest.approx(100 * test.endings / test.placements, abs=0.05)
    shown = [score for score in stable.placements if score.probability_percent is not None]
    assert bool(shown) == (test.verdict is Verdict.TOLD_APART)
    by_points = sorted((score.tested_points or 0, score.probability_percent or 0.0) for score in shown)
    assert [chance for _, chance in by_points] == sorted(chance for _, chance in by_points)
    groups = {group.number: group for group in test.groups}
    for score in shown:
        assert score.group is not None
        assert score.tested_points is not None
        assert (score.low_percent, score.high_percent) == (
            groups[score.group].low_percent,
            groups[score.group].high_percent,
        )
        assert score.tested_points >= groups[score.group].from_points or score.group == 1
    assert all(demo.child[score.child_id].age_on(demo.as_at) < 17 for score in shown)


def test_everybody_looked_at_is_listed_or_left_out_once(list_: StepDownReport) -> None:
    for total in list_.totals:
        told = [option.child_id for option in list_.options if option.way is total.way]
        told += [child for each in list_.not_suggested if each.way is total.way for child in each.children]
        assert sorted(told) == sorted(total.looked_at)
        assert total.at_once <= len(total.with_open_place)
        assert total.saving.low_pence <= total.saving.pence <= total.saving.high_pence
        listed = [o for o in list_.options if o.way is total.way and o.child_id in total.assessed]
        savings = [option.saving.pence for option in listed if option.saving]
        assert total.saving.pence == sum(savings)
    assert len(list_.totals[0].looked_at) == 66
    assert list_.totals[0].saving.pence > 0


@pytest.mark.parametrize("way", list(Way))
def test_a_batch_scores_a_child_as_the_kernel_does_alone(demo: Case, way: Way) -> None:
    for asked in score_way(demo, way)[::20]:
        cost, bits = score_pairs(encode(demo, [asked.referral]))
        for home, open_now, pence in zip(asked.homes, asked.open_now, asked.cost, strict=True):
            column = next(c for c, other in enumerate(demo.homes) if other.id == home.id)
            assert bits[0, column] & ~ROOM_BITS == 0
            assert (bits[0, column] == 0) == open_now
            assert cost[0, column] == pence
        assert asked.child.id not in {p.child_id for home in asked.homes for p in demo.placed_in.get(home.id, ())}
        assert bool(np.all(np.diff(asked.cost) >= 0))
