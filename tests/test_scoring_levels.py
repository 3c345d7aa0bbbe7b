"""Levels of children and homes: what was said, what is assumed, and the needs score from what was said."""

import datetime as dt
from typing import Any

import pytest

from matcher.scoring import score_children
from matcher.scoring.levels import child_levels, home_levels
from models.case import Case
from models.child import Child
from models.needs import ChildPrior, NeedsProfile, Skills
from models.vocabulary import HomeKind, Training
from tests import oracle
from tests.make_case import AS_AT, FRAMEWORK, NEED_KEYS, make_case, make_child, make_home
from tests.random_case import random_case

NEED = "aggression"
AT = NEED_KEYS.index(NEED)


def profiled(child_id: str, age: int = 10, **profile: Any) -> Child:
    return make_child(child_id, age=age, profile=NeedsProfile(child_id=child_id, **profile))


def level(case: Case, child: int = 0) -> tuple[int, bool]:
    """The level of one need, and whether it is known; the oracle must agree on the first."""
    levels = child_levels(case)
    found = int(levels.level[child, AT])
    assert found == oracle.child_level(case, case.children[child], NEED)
    return found, bool(levels.known[child, AT])


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ({"levels": {NEED: 0}, "domain_levels": {"emotion": 3}, "tags": ("challenging_behaviour",)}, 0),
        ({"levels": {"managing_emotions": 1}, "domain_levels": {"emotion": 2}}, 2),
        ({"domain_levels": {"emotion": 1}, "tags": ("challenging_behaviour",)}, 1),
        ({"tags": ("challenging_behaviour", "autism", "no such tag")}, 3),
    ],
)
def test_what_was_assessed_wins_over_its_domain_which_wins_over_tags(profile: Any, expected: int) -> None:
    assert level(make_case([profiled("C1", **profile)])) == (expected, True)


def test_the_highest_of_several_tags_counts() -> None:
    found = child_levels(make_case([profiled("C1", tags=("adhd", "therapeutic"))])).level[0]
    assert found[NEED_KEYS.index("managing_emotions")] == 3


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([2, 2, 2, 3, 3, 3], 3),
        ([2, 2, 2, 2, 3, 3, 3], 2),
        ([0, 0, 0, 0, 1], 0),
        ([4, 4, 4, 4, 4], 4),
    ],
)
def test_an_unassessed_need_is_the_mean_of_the_age_band_rounded_half_up(said: list[int], expected: int) -> None:
    others = [profiled(f"C{i + 2}", 11, levels={NEED: each}) for i, each in enumerate(said)]
    older = [profiled(f"D{i}", 14, levels={NEED: 4}) for i in range(5)]
    assert level(make_case([make_child(age=10), *others, *older])) == (expected, False)


def test_with_too_few_of_the_age_band_all_ages_count_however_few() -> None:
    few = [profiled(f"C{i}", 11, levels={NEED: 4}) for i in range(2, 6)]
    older = [profiled("D1", 16, levels={NEED: 0}), profiled("D2", 0, levels={NEED: 0})]
    assert level(make_case([make_child(age=10), *few])) == (4, False)
    assert level(make_case([make_child(age=10), *few, *older])) == (3, False)


def test_with_nobody_assessed_the_fallback_counts() -> None:
    assert level(make_case([make_child(), profiled("C2", levels={"education": 4})])) == (1, False)
    prior = ChildPrior(minimum_assessed=1, fallback_level=3, note="test")
    framework = FRAMEWORK.model_copy(update={"child_prior": prior})
    assert level(make_case([make_child()], framework=framework)) == (3, False)


def test_age_bands_are_of_the_as_at_date_even_for_a_child_not_yet_born() -> None:
    unborn = make_child("C0", born=AS_AT + dt.timedelta(days=20))
    babies = [profiled(f"C{i}", 0, levels={NEED: 2}) for i in range(1, 6)]
    toddlers = [profiled(f"D{i}", 1, levels={NEED: 4}) for i in range(1, 6)]
    assert level(make_case([unborn, *babies, *toddlers])) == (2, False)


def home_level(skills: Skills, **home: Any) -> tuple[int, bool]:
    place = make_home(skills=skills, **home)
    levels = home_levels([place], FRAMEWORK)
    assert levels.level[0, AT] == oracle.home_level(make_case([], [place]), place, NEED)
    return int(levels.level[0, AT]), bool(levels.known[0, AT])


@pytest.mark.parametrize(
    ("skills", "training", "expected"),
    [
        (Skills(), Training.UNKNOWN, (2, False)),
        (Skills(), Training.SPECIALIST, (4, False)),
        (Skills(levels={NEED: 0}, domain_levels={"emotion": 3}), Training.SPECIALIST, (0, True)),
        (Skills(domain_levels={"emotion": 1}, tags=("challenging_behaviour",)), Training.CORE, (1, True)),
        (Skills(tags=("challenging_behaviour",)), Training.CORE, (3, True)),
        (Skills(tags=("challenging_behaviour",)), Training.ENHANCED, (3, True)),
        (Skills(tags=("challenging_behaviour",)), Training.SPECIALIST, (4, False)),
        (Skills(tags=("no such tag",)), Training.CORE, (2, False)),
    ],
)
def test_a_home_skill_is_recorded_or_of_its_domain_or_the_higher_of_tag_and_prior(
    skills: Skills, training: Training, expected: tuple[int, bool]
) -> None:
    assert home_level(skills, training=training) == expected


def test_the_prior_of_a_home_is_of_its_kind() -> None:
    assert home_level(Skills(), kind=HomeKind.RESIDENTIAL) == (3, False)
    assert home_level(Skills(), kind=HomeKind.SECURE) == (4, False)


def test_a_framework_without_a_prior_for_a_kind_says_so() -> None:
    lacking = FRAMEWORK.home_prior.model_copy(update={"levels": {}})
    framework = FRAMEWORK.model_copy(update={"home_prior": lacking})
    with pytest.raises(ValueError, match=r"no home_prior level for foster homes with unknown training \(home H1\)"):
        home_levels([make_home()], framework)


def test_no_children_and_no_homes_have_empty_tables() -> None:
    assert child_levels(make_case([])).level.shape == (0, 24)
    assert home_levels([], FRAMEWORK).known.shape == (0, 24)


@pytest.mark.parametrize("seed", range(3))
def test_random_children_and_homes_have_the_levels_of_a_plain_reading(seed: int) -> None:
    case = random_case(seed, children=14, homes=6)
    children, homes = child_levels(case), home_levels(case.homes, case.framework)
    for row, child in enumerate(case.children):
        assert children.level[row].tolist() == [oracle.child_level(case, child, need) for need in NEED_KEYS]
        assert children.known[row].tolist() == [oracle.said_level(case, child, n) is not None for n in NEED_KEYS]
    for row, home in enumerate(case.homes):
        assert homes.level[row].tolist() == [oracle.home_level(case, home, need) for need in NEED_KEYS]


def test_a_score_sums_what_is_known_and_says_how_much_that_is() -> None:
    child = profiled("C1", levels={NEED: 4, "offending": 3, "education": 0, "life_story": 1})
    score = score_children(make_case([child.model_copy(update={"sdq": 19})]))[0]
    assert score.tenths == 4 * 140 + 3 * 50 + 1 * 90
    assert (score.needs, score.high_needs, score.known, score.asked) == (3, 2, 4, 24)
    assert score.completeness_percent == 16
    assert score.flags == (NEED, "offending")
    assert (score.band.key if score.band else None, score.sdq) == ("core", 19)


def test_a_full_assessment_reaches_every_band_at_its_border() -> None:
    first_points = {band.key: band.from_points for band in FRAMEWORK.bands}
    everything = profiled("C1", levels=dict.fromkeys(NEED_KEYS, 4))
    score = score_children(make_case([everything]))[0]
    assert (score.tenths, score.completeness_percent) == (9_600, 100)
    assert score.band == FRAMEWORK.bands[-1]
    assert FRAMEWORK.band(first_points["specialist"] * 10).key == "specialist"
    assert FRAMEWORK.band(first_points["specialist"] * 10 - 1).key == "enhanced"


def test_a_child_of_whom_nothing_is_known_has_no_score_rather_than_0() -> None:
    nothing, zero = score_children(make_case([make_child(), profiled("C2", levels={NEED: 0})]))
    assert (nothing.tenths, nothing.band, nothing.known) == (None, None, 0)
    assert (zero.tenths, zero.known) == (0, 1)
    assert zero.band is not None
