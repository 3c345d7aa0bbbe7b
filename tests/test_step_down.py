"""The step-down list on small cases worked by hand: who is on it, who is left out and why, and what it would mean."""

import datetime as dt
from itertools import permutations
from typing import Any

import pytest

from matcher.services.step_down import step_down
from matcher.services.step_down_reasons import NOWHERE, TOO_HIGH
from matcher.services.step_down_results import Standing, StepDownOption, StepDownReport
from matcher.services.step_down_settings import StepDownSettings, Way
from models.case import Case
from models.child import Child, SiblingGroup, Wishes
from models.home import Home
from models.placement import Placement
from models.ssda903.derive import PlacementKind
from models.stability_points import Factor
from models.vocabulary import Contract, Feature, HomeKind, ReferralReason, Sector, Training
from tests.make_case import ESSEX, NEED_KEYS, at, make_case, make_child, make_home, make_placement, make_referral
from tests.make_episodes import Spell, life

MODERATE = dict.fromkeys(NEED_KEYS, 1) | {"aggression": 3, "life_story": 2}
"""Every need assessed: in the bands where fostering is usual, and one need high."""
LONG_AGO, LAST_MONTH = dt.date(2016, 9, 1), dt.date(2018, 3, 1)
INDEPENDENT = PlacementKind.INDEPENDENT_RESIDENTIAL


def _residential(home_id: str = "R1", **fields: Any) -> Home:
    given = {"kind": HomeKind.RESIDENTIAL, "sector": Sector.PRIVATE, "fee_pence": 381_000, "location": at(5)} | fields
    return make_home(home_id, **({"marginal_fee_pence": given["fee_pence"]} | given))


def _foster(home_id: str, **fields: Any) -> Home:
    return make_home(home_id, **({"training": Training.ENHANCED} | fields))


def _case(child: Child, placement: Placement, homes: list[Home], **fields: Any) -> Case:
    return make_case([child], homes, **({"placements": [placement], "referrals": ()} | fields))


def _in_home(child: Child, homes: list[Home], **fields: Any) -> Case:
    """A child living in the children's home R1."""
    placed = {"kind": INDEPENDENT, "started": LONG_AGO} | fields.pop("placed", {})
    return _case(child, make_placement(child.id, "R1", **placed), [_residential(), *homes], **fields)


def _only(report: StepDownReport, way: Way = Way.FAMILY) -> StepDownOption:
    (option,) = (each for each in report.options if each.way is way)
    return option


def _reason(report: StepDownReport, way: Way = Way.FAMILY) -> str:
    (left_out,) = (each for each in report.not_suggested if each.way is way)
    return left_out.reason


def test_one_child_two_homes_by_hand() -> None:
    full = make_child("C9", age=9)
    case = make_case(
        [make_child("C1", age=12, levels=MODERATE, home=at()), full],
        [
            _residential(),
            _foster("F1", location=at(2), fee_pence=91_500, marginal_fee_pence=91_500, sector=Sector.PRIVATE),
            _foster("F2", location=at(1), places=1, training=Training.SPECIALIST),
            _foster("F3", location=at(1), age_to=9),
        ],
        placements=[
            make_placement("C1", "R1", kind=INDEPENDENT, started=LONG_AGO),
            make_placement("C9", "F2", started=LONG_AGO),
        ],
        episodes={"C1": life("C1", Spell(LONG_AGO, "S", "K2")), "C9": life("C9", Spell(LONG_AGO, "S", "U6"))},
        referrals=(),
    )
    report = step_down(case)
    option = _only(report)
    assert (option.open_now, option.full) == (1, 1)
    assert {(kind.label, kind.open_now, kind.full) for kind in option.kinds} == {
        ("IFA fostering", 1, 0),
        ("specialist in-house fostering", 0, 1),
    }
    assert [home.home_id for home in option.examples] == ["F1", "F2"]
    first = option.examples[0]
    assert (first.miles_tenths, first.nearer_tenths) == (20, 30)
    assert (first.saving_pence, first.open_now) == (381_000 - 91_500, True)
    assert option.saving is not None
    assert option.saving.pence == 381_000 - (91_500 + 41_400 + 1) // 2
    assert (option.saving.low_pence, option.saving.high_pence) == (289_500, 339_600)
    assert option.standing is Standing.ASSESSED
    # No move in the year yet: the move adds 25, and the children's home becomes part of the history, 25.
    assert [(each.factor, each.points) for each in option.point_changes] == [
        (Factor.MOVES, 25),
        (Factor.RESIDENTIAL, 25),
    ]
    assert (option.fee_pence, option.kind_now) == (381_000, "independent residential home")
    total = report.totals[0]
    assert (total.assessed, total.with_open_place, total.at_once) == (("C1",), ("C1",), 1)
    assert total.saving.pence == option.saving.pence
    # One of two fees with equal chance: their standard deviation is half of what lies between them.
    half_width = round(1.959964 * (91_500 - 41_400) / 2)
    assert total.saving.high_pence - total.saving.pence == half_width
    assert report.children == ("C1",)


def test_the_points_at_the_best_match_change_with_skills_distance_and_siblings() -> None:
    trauma = dict.fromkeys(NEED_KEYS, 1) | {"life_story": 4}
    case = make_case(
        [make_child("C1", age=12, levels=trauma, home=at()), make_child("C2", age=8)],
        [_residential(location=at(30), training=Training.CORE), _foster("F1", training=Training.SPECIALIST)],
        placements=[
            make_placement("C1", "R1", kind=INDEPENDENT, started=LONG_AGO),
            make_placement("C2", "F1", started=LONG_AGO),
        ],
        sibling_groups=[SiblingGroup(id="G", children=("C1", "C2"))],
        episodes={"C1": life("C1", Spell(LONG_AGO, "S", "K2")), "C2": life("C2", Spell(LONG_AGO, "S", "U6"))},
        referrals=(),
    )
    option = _only(step_down(case))
    assert {each.factor: each.points for each in option.point_changes} == {
        Factor.MOVES: 25,
        Factor.RESIDENTIAL: 25,
        Factor.APART: -30,
        Factor.TOGETHER: -25,
        Factor.CARER_MATCH: -40,
        Factor.DISTANCE: -15,
    }


def test_it_is_never_an_instruction() -> None:
    option = _only(step_down(_in_home(make_child("C1", levels=MODERATE), [_foster("F1")])))
    assert "Ask the child" in option.ask
    assert "reviewing officer" in option.ask
    assert option.child_says == ("Nothing is recorded of what the child wants.",)
    assert option.evidence
    assert option.gains
    assert option.risks


def test_what_the_child_says_is_quoted_apart_from_the_evidence() -> None:
    wishes = Wishes(own_words="I don't want to move again.", kinds=(HomeKind.FOSTER,))
    option = _only(step_down(_in_home(make_child("C1", levels=MODERATE, wishes=wishes), [_foster("F1")])))
    assert option.child_says == (
        "In the child's own words: “I don't want to move again.”",
        "The child wishes for: foster.",
    )
    assert not any("move again" in line for line in (*option.evidence, *option.gains, *option.risks))


def test_without_a_full_assessment_the_child_is_to_be_assessed_first_and_in_no_total() -> None:
    for levels, standing in ((None, Standing.NOT_ASSESSED), ({"aggression": 1}, Standing.PARTLY)):
        report = step_down(_in_home(make_child("C1", levels=levels), [_foster("F1")]))
        option = _only(report)
        assert option.standing is standing
        assert any("Assess the child" in line for line in option.assumptions)
        assert report.totals[0].to_assess == ("C1",)
        assert report.totals[0].saving.pence == 0


def test_the_suitability_floor_and_the_rules_decide_which_homes_suit() -> None:
    acute = MODERATE | {"self_harm": 4}
    homes = [_foster("F1", training=Training.CORE), _foster("F2", age_to=9), _foster("F3", suspended=True)]
    assert _reason(step_down(_in_home(make_child("C1", age=12, levels=acute), homes))) == NOWHERE


def test_an_agency_that_names_no_carers_is_no_home_on_file() -> None:
    case = _in_home(make_child("C1", levels=MODERATE), [_foster("F1", named=False)])
    assert _reason(step_down(case)) == NOWHERE


def test_needs_in_the_top_band_are_left_out() -> None:
    high = dict.fromkeys(NEED_KEYS, 3)
    homes = [_foster("F1", training=Training.SPECIALIST)]
    assert _reason(step_down(_in_home(make_child("C1", levels=high), homes))) == TOO_HIGH
    every_score = StepDownSettings(family_bands_below_top=0)
    assert _only(step_down(_in_home(make_child("C1", levels=high), homes), every_score)).child_id == "C1"


@pytest.mark.parametrize(
    ("child", "placed", "reason"),
    [
        ({"legal_status": "J1"}, {}, "on remand"),
        ({"secure_order_until": dt.date(2018, 6, 1)}, {}, "under a secure order or deprived of liberty by a court"),
        ({}, {"long_term": True}, "in a confirmed long-term match"),
        ({"wishes": Wishes(homes_wanted=("R1",))}, {}, "the child wishes to stay"),
        ({"wishes": Wishes(kinds=(HomeKind.RESIDENTIAL,))}, {}, "the child wishes to stay"),
        ({}, {"started": LAST_MONTH}, "moved not long ago: left to settle"),
        ({"born": dt.date(2002, 12, 1)}, {}, "in year 10 or 11 and settled"),
    ],
)
def test_whom_a_move_would_harm_is_left_out_with_the_reason(
    child: dict[str, Any], placed: dict[str, Any], reason: str
) -> None:
    case = _in_home(make_child("C1", levels=MODERATE, **child), [_foster("F1")], placed=placed)
    report = step_down(case)
    assert _reason(report) == reason
    assert report.not_suggested[0].children == ("C1",)
    assert report.options == ()


def test_a_secure_order_that_has_run_out_and_a_wish_for_either_are_no_bar() -> None:
    either = Wishes(kinds=(HomeKind.RESIDENTIAL, HomeKind.FOSTER))
    child = make_child("C1", levels=MODERATE, secure_order_until=dt.date(2018, 3, 30), wishes=either)
    assert _only(step_down(_in_home(child, [_foster("F1")]))).child_id == "C1"


def test_deprivation_of_liberty_protects() -> None:
    child = make_child("C1", levels=MODERATE, features=frozenset({Feature.DOLS}))
    home = _foster("F1", features=frozenset({Feature.DOLS}))
    assert _reason(step_down(_in_home(child, [home]))).startswith("under a secure order")


def test_a_home_looked_for_anyway_lifts_settling_and_exams() -> None:
    child = make_child("C1", levels=MODERATE, born=dt.date(2002, 12, 1))
    referral = make_referral("C1", reason=ReferralReason.STEP_DOWN)
    case = _in_home(child, [_foster("F1")], placed={"started": LAST_MONTH}, referrals=[referral])
    option = _only(step_down(case))
    assert any("looked for already" in line for line in option.evidence)
    assert any("year 10 or 11" in line for line in option.risks)


def test_a_kind_the_open_referral_calls_unsuitable_does_not_suit() -> None:
    referral = make_referral("C1", unsuitable_kinds=(HomeKind.FOSTER,))
    case = _in_home(make_child("C1", levels=MODERATE), [_foster("F1")], referrals=[referral])
    assert _reason(step_down(case)) == NOWHERE


def test_a_child_living_with_a_brother_as_planned_is_not_parted() -> None:
    children = [make_child(name, age=10, levels=MODERATE) for name in ("C1", "C2")]
    case = make_case(
        children,
        [_residential(), _foster("F1")],
        placements=[make_placement(c.id, "R1", kind=INDEPENDENT, started=LONG_AGO) for c in children],
        sibling_groups=[SiblingGroup(id="G", children=("C1", "C2"))],
        referrals=(),
    )
    report = step_down(case)
    assert [(each.reason, each.children) for each in report.not_suggested] == [
        ("lives with a brother or sister as planned", ("C1", "C2"))
    ]


def test_a_home_where_a_sister_lives_is_a_gain() -> None:
    case = make_case(
        [make_child("C1", levels=MODERATE), make_child("C2", age=8)],
        [_residential(), _foster("F1")],
        placements=[
            make_placement("C1", "R1", kind=INDEPENDENT, started=LONG_AGO),
            make_placement("C2", "F1", started=LONG_AGO),
        ],
        sibling_groups=[SiblingGroup(id="G", children=("C1", "C2"))],
        referrals=(),
    )
    assert any("brother or sister lives in F1" in line for line in _only(step_down(case)).gains)


def test_supported_accommodation_is_for_those_from_sixteen_with_lower_needs() -> None:
    supported = make_home("S1", kind=HomeKind.SUPPORTED, sector=Sector.PRIVATE, age_from=16, fee_pence=111_500)
    low = dict.fromkeys(NEED_KEYS, 1)
    report = step_down(_in_home(make_child("C1", age=17, levels=low), [supported]))
    option = _only(report, Way.SUPPORTED)
    assert option.saving is not None
    assert option.saving.pence == 381_000 - 111_500
    assert _reason(report, Way.FAMILY) == NOWHERE
    younger = step_down(_in_home(make_child("C1", age=15, levels=low, born=dt.date(2002, 4, 2)), [supported]))
    assert younger.totals[list(Way).index(Way.SUPPORTED)].looked_at == ()
    higher = dict.fromkeys(NEED_KEYS, 2)
    assert _reason(step_down(_in_home(make_child("C1", age=17, levels=higher), [supported])), Way.SUPPORTED) == TOO_HIGH


def _far(child: Child, homes: list[Home], **placed: Any) -> Case:
    """A child with an agency's carers 20 miles east, in Essex."""
    away = _foster("A1", location=at(20, utla=ESSEX), sector=Sector.PRIVATE, fee_pence=91_500)
    given = {"kind": PlacementKind.IFA_FOSTERING, "started": dt.date(2017, 4, 1)} | placed
    return _case(child, make_placement(child.id, "A1", **given), [away, *homes])


def test_out_of_area_a_home_of_the_same_kind_must_be_in_the_area_and_nearer() -> None:
    child = make_child("C1", levels=MODERATE, home=at())
    homes = [_foster("F1", location=at(4)), _foster("F2", location=at(-21)), _residential("R2", location=at(1))]
    option = _only(step_down(_far(child, homes)), Way.NEARER)
    assert [home.home_id for home in option.examples] == ["F1"]
    assert option.examples[0].nearer_tenths == 160
    assert option.miles_now_tenths == 200
    assert _reason(step_down(_far(child, homes[1:])), Way.NEARER) == NOWHERE


@pytest.mark.parametrize(
    ("wishes", "placed", "reason"),
    [
        (Wishes(away_from_home_area=True), {}, "the child wishes to stay"),
        (Wishes(), {"started": dt.date(2016, 3, 31)}, "settled for years: not moved only to be in the area"),
    ],
)
def test_nobody_is_moved_back_only_for_the_area(wishes: Wishes, placed: dict[str, Any], reason: str) -> None:
    child = make_child("C1", levels=MODERATE, home=at(), wishes=wishes)
    assert _reason(step_down(_far(child, [_foster("F1")], **placed)), Way.NEARER) == reason


def test_the_authoritys_own_carers_across_the_border_are_no_reason_to_move() -> None:
    own = _foster("A1", location=at(20, utla=ESSEX))
    child = make_child("C1", levels=MODERATE, home=at())
    case = _case(child, make_placement("C1", "A1", started=dt.date(2017, 4, 1)), [own, _foster("F1")])
    assert "own carers" in _reason(step_down(case), Way.NEARER)


def test_leaving_a_block_bed_frees_next_to_nothing() -> None:
    block = _residential(contract=Contract.BLOCK, marginal_fee_pence=5_000)
    placement = make_placement("C1", "R1", kind=INDEPENDENT, started=LONG_AGO)
    case = _case(make_child("C1", levels=MODERATE), placement, [block, _foster("F1")])
    option = _only(step_down(case))
    assert option.saving is not None
    assert option.marginal_saving is not None
    assert option.saving.pence == 381_000 - 41_400
    assert option.marginal_saving.pence == 5_000 - 41_400


def test_places_for_several_at_once_are_counted_as_the_largest_matching() -> None:
    children = [make_child(f"C{n}", age=age, levels=MODERATE) for n, age in enumerate((6, 12, 13, 14))]
    bands = ((0, 9), (10, 13), (10, 14))
    homes = [_foster(f"F{n}", places=1, age_from=a, age_to=b) for n, (a, b) in enumerate(bands)]
    case = make_case(
        children,
        [_residential(places=4), *homes],
        placements=[make_placement(c.id, "R1", kind=INDEPENDENT, started=LONG_AGO) for c in children],
        referrals=(),
    )
    total = step_down(case).totals[0]
    ages = (6, 12, 13, 14)
    orders = permutations(range(4), 3)
    most = max(sum(a <= ages[c] <= b for c, (a, b) in zip(order, bands, strict=True)) for order in orders)
    assert total.with_open_place == ("C0", "C1", "C2", "C3")
    assert total.at_once == most == 3


def test_nobody_looked_after_nobody_listed() -> None:
    report = step_down(make_case())
    assert report.options == ()
    assert all(total.looked_at == () and total.saving.pence == 0 for total in report.totals)
