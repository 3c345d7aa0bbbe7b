"""The stability score of a placement: points added by hand, what is not known, what drives it, what would lower it."""

import datetime as dt
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.services.stability import stability
from matcher.services.stability_factors import Found
from matcher.services.stability_history import TESTED, history_on
from matcher.services.stability_score import PlacementStability, score_placement
from models.case import Case
from models.child import SiblingGroup, Wishes
from models.ssda903.derive import PlacementKind
from models.stability_points import PUBLISHED, Factor, FactorPoints, StabilityPoints, log_odds_of
from models.vocabulary import Training
from tests.make_case import AS_AT, NEED_KEYS, at, make_case, make_child, make_home, make_placement
from tests.make_episodes import Spell, life

POINTS = StabilityPoints()
DAY = dt.date


def _score(case: Case, child: str = "C1") -> PlacementStability:
    found = stability(case).of(child)
    assert found is not None
    return found


def test_the_published_points_are_shrunk_to_the_corrected_effects() -> None:
    behaviour, match = POINTS.of(Factor.BEHAVIOUR), POINTS.of(Factor.CARER_MATCH)
    assert behaviour.corrected_r is not None
    assert behaviour.r is not None
    assert match.r is not None
    assert 100 * log_odds_of(behaviour.corrected_r) == pytest.approx(33, abs=0.5)
    assert behaviour.ladder[0] == pytest.approx(100 * log_odds_of(behaviour.corrected_r), abs=5)
    assert behaviour.ladder[-1] < 100 * log_odds_of(behaviour.r) / 2
    assert -match.ladder[-1] < 100 * log_odds_of(match.r) / 2
    assert math.exp(log_odds_of(0.33)) == pytest.approx(3.55, abs=0.01)


def test_points_that_turn_back_and_factors_missing_are_refused() -> None:
    with pytest.raises(ValueError, match="all rise or all fall"):
        FactorPoints(factor=Factor.AGE, label="age", ladder=(10, 5), reason="-", source="-")
    with pytest.raises(ValueError, match="each factor once"):
        StabilityPoints(factors=PUBLISHED[1:])


def test_a_hard_placement_by_hand() -> None:
    levels = dict.fromkeys(NEED_KEYS, 1) | {"aggression": 4, "self_harm": 3}
    wishes = Wishes(homes_not_wanted=("H1",))
    children = [
        make_child("C1", age=15, levels=levels, home=at(), wishes=wishes),
        make_child("C2", age=12),
    ]
    homes = [
        make_home("H1", location=at(25), training=Training.CORE),
        make_home("H2"),
    ]
    rows = life(
        "C1",
        Spell(DAY(2016, 1, 4), "S", "K2", ls="C1"),
        Spell(DAY(2017, 6, 1), "P", "U6"),
        Spell(DAY(2017, 12, 1), "P", "U6", ls="L1"),
    )
    case = make_case(
        children,
        homes,
        placements=[make_placement("C1", "H1", started=DAY(2017, 12, 1)), make_placement("C2", "H2")],
        sibling_groups=[SiblingGroup(id="G", children=("C1", "C2"))],
        episodes={"C1": rows},
        referrals=(),
    )
    score = _score(case)
    by_factor = {each.factor: each.points for each in score.factors}
    assert by_factor == {
        Factor.BEHAVIOUR: 60,
        Factor.AGE: 56,
        Factor.MOVES: 50,
        Factor.RESIDENTIAL: 25,
        Factor.APART: 30,
        Factor.TOGETHER: 0,
        Factor.NOT_KIN: 15,
        Factor.CARER_MATCH: 0,
        Factor.DISTANCE: 15,
        Factor.EMERGENCY: 20,
        Factor.DISAGREED: 20,
        Factor.SOCIAL_WORKERS: None,
    }
    assert score.points == 291
    assert (score.least, score.most) == (291, 306)
    assert [each.factor for each in score.drivers] == [Factor.BEHAVIOUR, Factor.AGE, Factor.MOVES]
    assert score.tested_points == 56 + 50 + 25 + 15
    assert [(each.factor, each.points) for each in score.lowers] == [
        (Factor.BEHAVIOUR, 60),
        (Factor.CARER_MATCH, 40),
        (Factor.APART, 30),
        (Factor.TOGETHER, 25),
        (Factor.DISAGREED, 20),
        (Factor.NOT_KIN, 15),
        (Factor.DISTANCE, 15),
    ]


def test_a_settled_placement_by_hand() -> None:
    children = [make_child(name, age=6, levels=dict.fromkeys(NEED_KEYS, 1), home=at()) for name in ("C1", "C2")]
    rows = {name: life(name, Spell(DAY(2014, 5, 1), "S", "U3")) for name in ("C1", "C2")}
    kin = PlacementKind.KINSHIP
    case = make_case(
        children,
        [make_home("H1", location=at(5), training=Training.ENHANCED)],
        placements=[make_placement(name, "H1", kind=kin, started=DAY(2014, 5, 1)) for name in ("C1", "C2")],
        sibling_groups=[SiblingGroup(id="G", children=("C1", "C2"))],
        episodes=rows,
        referrals=(),
    )
    score = _score(case)
    assert score.points == -25 - 40
    assert score.drivers == ()
    assert score.lowers == ()
    assert set(score.not_known) == {Factor.EMERGENCY, Factor.DISAGREED, Factor.SOCIAL_WORKERS}
    assert score.most == score.points + 20 + 20 + 15


def test_what_nobody_recorded_is_not_known_and_widens_the_range() -> None:
    case = make_case([make_child("C1", age=8)], [], placements=[make_placement("C1", None)], referrals=())
    score = _score(case)
    known = {each.factor for each in score.factors if each.points is not None}
    assert known == {Factor.AGE, Factor.NOT_KIN}
    assert score.points == 15
    assert score.tested_points is None
    unknown = [each for each in PUBLISHED if each.factor not in known]
    assert score.most == 15 + sum(each.most for each in unknown)
    assert score.least == 15 - 25 - 40


def test_an_sdq_of_concern_stands_in_for_behaviour_not_assessed() -> None:
    for sdq, steps in ((16, 0), (17, 1)):
        case = make_case(
            [make_child("C1", sdq=sdq)], [make_home()], placements=[make_placement("C1", "H1")], referrals=()
        )
        assert _score(case).factor(Factor.BEHAVIOUR).steps == steps


def test_only_a_full_assessment_can_say_that_carers_match() -> None:
    half = dict.fromkeys(NEED_KEYS[:12], 1)
    home = make_home(training=Training.SPECIALIST)
    case = make_case([make_child("C1", levels=half)], [home], placements=[make_placement("C1", "H1")], referrals=())
    assert _score(case).factor(Factor.CARER_MATCH).steps is None


def test_brothers_and_sisters_whose_plan_is_apart_are_no_factor() -> None:
    group = SiblingGroup(id="G", children=("C1", "C2"), decision="apart")
    case = make_case(
        [make_child("C1"), make_child("C2")],
        [make_home("H1"), make_home("H2")],
        placements=[make_placement("C1", "H1"), make_placement("C2", "H2")],
        sibling_groups=[group],
        referrals=(),
    )
    assert _score(case).factor(Factor.APART).points == 0
    assert Factor.TOGETHER not in {each.factor for each in _score(case).lowers}


def test_the_history_of_a_day_knows_nothing_of_what_came_later() -> None:
    day, born = DAY(2017, 3, 31), DAY(2005, 1, 1)
    before = life("C1", Spell(DAY(2015, 1, 1), "S", "K2"), Spell(DAY(2016, 9, 1), "P", "U6"))
    after = life(
        "C1",
        Spell(DAY(2015, 1, 1), "S", "K2"),
        Spell(DAY(2016, 9, 1), "P", "U6", reason="CREQB"),
        Spell(DAY(2017, 5, 1), "P", "U1"),
        end=DAY(2017, 9, 1),
        rec="E4A",
    )
    then, later = history_on(before, born, day, POINTS), history_on(after, born, day, POINTS)
    assert then is not None
    assert then == later
    assert then.steps == {Factor.AGE: 4, Factor.MOVES: 1, Factor.RESIDENTIAL: 1, Factor.NOT_KIN: 1}


def test_files_that_begin_in_the_middle_of_care_do_not_tell_what_was_before() -> None:
    day = DAY(2017, 3, 31)
    recent = life("C1", Spell(DAY(2016, 6, 1), "P"))
    history = history_on(recent, DAY(2005, 1, 1), day, POINTS)
    assert history is not None
    assert history.steps[Factor.MOVES] is None
    assert history.steps[Factor.RESIDENTIAL] is None
    older = history_on(life("C1", Spell(DAY(2016, 4, 1), "P")), DAY(2005, 1, 1), day, POINTS)
    assert older is not None
    assert older.steps[Factor.MOVES] == 0
    assert history_on(recent, None, DAY(2016, 1, 1), POINTS) is None


def test_ethnicity_changes_nothing() -> None:
    def case(code: str | None) -> Case:
        child = make_child("C1", age=13, ethnicity=code, sdq=20)
        return make_case([child], [make_home()], placements=[make_placement("C1", "H1")], referrals=())

    assert _score(case("WBRI")) == _score(case("BCRB")) == _score(case(None))


_STEPS = st.fixed_dictionaries({factor: st.none() | st.integers(0, 12) for factor in Factor})


@given(_STEPS, st.sampled_from([each for each in PUBLISHED if each.most > 0]))
def test_more_of_a_driver_never_lowers_the_points(steps: dict[Factor, int | None], driver: FactorPoints) -> None:
    def score(some: dict[Factor, int | None]) -> PlacementStability:
        found = {factor: Found(number, "") for factor, number in some.items()}
        return score_placement(make_placement("C1", "H1"), found, TESTED, POINTS)

    before = score(steps)
    after = score(steps | {driver.factor: (steps[driver.factor] or 0) + 1})
    assert after.points >= before.points
    assert before.least <= before.points <= before.most
    assert sum(each.points or 0 for each in before.factors) == before.points


def test_everybody_looked_after_is_scored_or_named() -> None:
    children = [make_child("C1"), make_child("C2", age=1)]
    adopted = make_placement("C2", None, kind=PlacementKind.ADOPTION)
    case = make_case(children, [make_home()], placements=[make_placement("C1", "H1"), adopted], referrals=())
    report = stability(case)
    assert [score.child_id for score in report.placements] == ["C1"]
    assert [(each.reason, each.children) for each in report.not_scored] == [("placed for adoption", ("C2",))]
    assert report.as_at == AS_AT
    assert report.expected_endings is None


def test_the_page_prints_the_points_that_are_used() -> None:
    page = (Path(__file__).parents[1] / "docs" / "stability.md").read_text(encoding="utf-8")
    for each in PUBLISHED:
        points = ", ".join(f"{step:+d}" for step in each.ladder)
        if len(each.ladder) > 3:
            points = f"{each.ladder[0]:+d} a year, up to {each.ladder[-1]:+d}"
        assert f"| {each.label} | {points} | {each.reason} | {each.source} |" in page
