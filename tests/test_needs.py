from typing import Any

import pytest
from pydantic import ValidationError

from models.needs import NeedsFramework, NeedsProfile, Skills, default_framework
from models.vocabulary import CARE_KINDS, Training

FRAMEWORK = default_framework()


def changed(**fields: Any) -> dict[str, Any]:
    return FRAMEWORK.model_dump(mode="json") | fields


def test_the_default_framework_has_24_needs_in_12_domains_two_to_each_bee() -> None:
    assert (len(FRAMEWORK.needs), len(FRAMEWORK.domains), len(FRAMEWORK.bees)) == (24, 12, 6)
    assert all(len(domain.needs) == 2 for domain in FRAMEWORK.domains)
    for bee in FRAMEWORK.bees:
        assert sum(domain.bee == bee.key for domain in FRAMEWORK.domains) == 2


def test_weights_have_a_mean_of_one_so_that_scores_reach_960_points() -> None:
    assert sum(FRAMEWORK.tenths_per_level) == 24 * 100
    assert FRAMEWORK.top_level * sum(FRAMEWORK.tenths_per_level) == 9_600


def test_tenths_follow_the_weight_of_the_domain() -> None:
    by_key = dict(zip((need.key for need in FRAMEWORK.needs), FRAMEWORK.tenths_per_level, strict=True))
    assert (by_key["aggression"], by_key["offending"], by_key["education"]) == (140, 50, 90)
    assert [FRAMEWORK.need_index[need.key] for need in FRAMEWORK.needs] == list(range(24))


@pytest.mark.parametrize(
    ("tenths", "band"),
    [(0, "core"), (1_499, "core"), (1_500, "enhanced"), (2_999, "enhanced"), (4_500, "complex"), (9_600, "complex")],
)
def test_bands_begin_at_their_points(tenths: int, band: str) -> None:
    assert FRAMEWORK.band(tenths).key == band


def test_there_is_a_prior_for_every_kind_and_training_and_it_never_falls_with_training() -> None:
    levels = FRAMEWORK.home_prior.levels
    assert {(kind, training) for kind in levels for training in levels[kind]} == {
        (kind, training) for kind in CARE_KINDS for training in Training
    }
    for kind in CARE_KINDS:
        rising = [levels[kind][each] for each in (Training.CORE, Training.ENHANCED, Training.SPECIALIST)]
        assert rising == sorted(rising)
        assert levels[kind][Training.UNKNOWN] <= rising[-1]


def one_need(key: str) -> dict[str, Any]:
    needs = [{"key": key, "label": "Need"}]
    return {"key": "d", "label": "D", "bee": "happy", "weight_percent": 100, "needs": needs}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"points_per_level": 15}, "multiple of 10"),
        ({"bees": []}, "not defined in the framework"),
        ({"tags": [{"key": "x", "label": "X", "needs": {"no_such_need": 1}}]}, "no_such_need"),
        ({"tags": [{"key": "x", "label": "X", "needs": {"aggression": 5}}]}, "less than or equal to 4"),
        ({"bands": [{"key": "a", "label": "A", "from_points": 10}]}, "start at 0 and rise"),
        ({"domains": FRAMEWORK.model_dump(mode="json")["domains"] * 2}, "two needs share a key"),
        ({"tags": [{"key": "x", "label": "X", "needs": {}}] * 2}, "two tags share a key"),
        ({"tags": [{"key": "Two words", "label": "X", "needs": {}}]}, "should match pattern"),
        ({"domains": [], "tags": []}, "1 to 64 needs"),
        ({"levels": ["none", "some", "much", "most"]}, "a word for each of 0 to 4"),
        ({"top_level": 3, "levels": ["0", "1", "2", "3"]}, "above top_level 3: home_prior of connected_person"),
        ({"domains": [one_need("tags")], "tags": []}, "call the need otherwise"),
        ({"domains": [one_need("domain_x")], "tags": []}, "call the need otherwise"),
        ({"domains": [one_need("Sleep")], "tags": []}, "should match pattern"),
    ],
)
def test_a_framework_that_contradicts_itself_is_refused(fields: Any, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        NeedsFramework.model_validate(changed(**fields))


def test_a_framework_holds_at_most_64_needs() -> None:
    many = [{"key": f"n{i}", "label": f"Need {i}"} for i in range(65)]
    domain = {"key": "d", "label": "D", "bee": "happy", "weight_percent": 100, "needs": many}
    with pytest.raises(ValidationError, match="1 to 64 needs"):
        NeedsFramework.model_validate(changed(domains=[domain], tags=[]))
    fits = NeedsFramework.model_validate(changed(domains=[domain | {"needs": many[:64]}], tags=[]))
    assert len(fits.needs) == 64


@pytest.mark.parametrize("level", [-1, 5, "high"])
def test_levels_are_0_to_4(level: Any) -> None:
    with pytest.raises(ValidationError):
        NeedsProfile(child_id="C1", levels={"aggression": level})
    with pytest.raises(ValidationError):
        Skills(domain_levels={"emotion": level})
