"""What an explanation says: figures in words, specifics of a failed rule, what was assumed and what it could change."""

from typing import Any

import numpy as np
import pytest

from matcher.scoring import AssumedFact, Explanation, encode, explain, score_pairs
from models.child import Child
from models.geography import Approval, Locality
from models.home import Home
from models.needs import NeedsProfile, Skills
from models.rules import RuleId
from models.vocabulary import Access, HomeKind, Pet, PetsWish, Sector
from tests.make_case import ESSEX, FRAMEWORK, KENT, NEED_KEYS, at, make_case, make_child, make_home
from tests.random_case import random_case

ZERO = dict.fromkeys(NEED_KEYS, 0)


def explained(child: Child, home: Home, **case: Any) -> Explanation:
    given = make_case([child], [home], **case)
    return explain(given, encode(given, given.referrals), 0, 0)


def why(explanation: Explanation, name: str) -> str:
    return next(part.why for part in explanation.parts if part.name == name)


def asked(explanation: Explanation, key: str) -> AssumedFact:
    return next(fact for fact in explanation.assumed if fact.key == key)


def test_parts_say_their_figures() -> None:
    child = make_child(levels=ZERO | {"self_harm": 4}, home=at(), school=at(12), born="2002-05-05")
    home = make_home(skills=Skills(levels=ZERO | {"self_harm": 3}), location=at(20.2, utla=ESSEX))
    found = explained(child, home)
    assert why(found, "unmet_need").startswith("13.0 points short over 1 need")
    assert "level 4, the home meets 3" in why(found, "unmet_need")
    assert why(found, "distance_home") == "20.2 miles from home"
    assert why(found, "school_journey") == "8.2 miles to school"
    assert why(found, "out_of_area") == "in Essex, which adjoins"
    assert "£414.00 a week" in why(found, "fee")
    assert found.welfare_pence == found.cost_pence - 828


@pytest.mark.parametrize(
    ("utla", "kind", "sector", "approval", "where"),
    [
        (ESSEX, HomeKind.FOSTER, Sector.PRIVATE, Approval.NOMINATED_OFFICER, Locality.ADJOINING),
        (KENT, HomeKind.FOSTER, Sector.PRIVATE, Approval.DIRECTOR, Locality.AT_A_DISTANCE),
        (KENT, HomeKind.FOSTER, Sector.IN_HOUSE, Approval.NONE, Locality.AT_A_DISTANCE),
        (KENT, HomeKind.RESIDENTIAL, Sector.IN_HOUSE, Approval.DIRECTOR, Locality.AT_A_DISTANCE),
        (KENT, HomeKind.CONNECTED, Sector.PRIVATE, Approval.NONE, Locality.AT_A_DISTANCE),
    ],
)
def test_approval_of_a_placement_out_of_area(
    utla: str, kind: HomeKind, sector: Sector, approval: Approval, where: Locality
) -> None:
    found = explained(make_child(), make_home(location=at(utla=utla), kind=kind, sector=sector))
    assert (found.approval, found.locality, found.miles_tenths) == (approval, where, None)


def test_a_failed_rule_says_what_is_missing_and_who_may_relax_it() -> None:
    child = make_child(levels=ZERO, access=frozenset({Access.HOIST, Access.STEP_FREE}))
    failed = explained(child, make_home(access=frozenset({Access.STEP_FREE}), age_to=9)).failed
    assert [rule.rule for rule in failed] == [RuleId.AGE, RuleId.ACCESS]
    assert failed[0].message.endswith(": aged 10 on 31/03/2018, terms 0 to 9")
    assert failed[1].message.endswith(": hoist")
    assert failed[1].relaxation is not None
    assert failed[1].relaxation.by == "commissioning"


def test_a_full_record_leaves_nothing_to_ask() -> None:
    child = make_child(
        levels=ZERO,
        home=at(),
        school=at(),
        languages=("English",),
        religion="None",
        pets=PetsWish.CAN,
        solo="not_needed",
    )
    home = make_home(skills=Skills(levels=ZERO), faiths=frozenset({"None"}), pets=frozenset(), smoking=False)
    found = explained(child, home)
    assert (found.assumed, found.questions) == ((), ())
    assert not any(part.assumed for part in found.parts)


def test_unknown_places_have_no_bound_and_come_before_small_questions() -> None:
    found = explained(make_child(levels=ZERO), make_home(skills=Skills(levels=ZERO)))
    assert asked(found, "home").swing is None
    assert asked(found, "school").high_pence is None
    assert [fact.key for fact in found.questions] == ["home", "school", "languages", "religion"]
    assert asked(found, "languages").high_pence == 6_000
    assert {part.name for part in found.parts if part.assumed} == {"distance_home", "school_journey"}
    uasc = explained(make_child(levels=ZERO, uasc=True, age=17), make_home(skills=Skills(levels=ZERO)))
    assert {fact.key for fact in uasc.assumed} == {"languages", "religion"}


def test_a_home_that_recorded_no_languages_or_faiths_could_be_better_than_charged() -> None:
    child = make_child(levels=ZERO, languages=("Pashto",), religion="Muslim")
    found = explained(child, make_home(skills=Skills(levels=ZERO)))
    assert (asked(found, "languages").low_pence, asked(found, "faiths").low_pence) == (-6_000, -3_000)
    assert "Pashto" in asked(found, "languages").question


def test_unknown_animals_and_smoke_are_asked_only_where_they_matter() -> None:
    child = make_child(levels=ZERO, allergies=frozenset({Pet.CAT}), smoke_free=True)
    found = explained(child, make_home(skills=Skills(levels=ZERO)))
    assert {fact.key: fact.rules for fact in found.assumed if fact.rules} == {
        "pets": (RuleId.HOUSEHOLD,),
        "smoking": (RuleId.HOUSEHOLD,),
    }
    assert [fact.key for fact in found.questions[:2]] == ["pets", "smoking"]


def answered(pair: tuple[Child, Home], about: str, key: str, level: int) -> tuple[Child, Home]:
    """The child and the home with one level of one of them said."""
    child, home = pair
    if about == "home":
        said = home.skills.model_copy(update={"levels": {**home.skills.levels, key: level}})
        return child, home.model_copy(update={"skills": said})
    before = child.profile or NeedsProfile(child_id=child.id)
    profile = before.model_copy(update={"levels": {**before.levels, key: level}})
    return child.model_copy(update={"profile": profile}), home


@pytest.mark.parametrize("seed", range(3))
def test_an_assumed_level_moves_the_cost_exactly_as_far_as_said(seed: int) -> None:
    base = random_case(seed, children=1, homes=1)

    def scored(pair: tuple[Child, Home]) -> tuple[int, bool, Explanation]:
        case = make_case([pair[0]], [pair[1]], policy=base.policy)
        encoded = encode(case, case.referrals)
        cost, bits = score_pairs(encoded)
        return int(cost[0, 0]), bool(bits[0, 0] & (1 << RuleId.FLOOR)), explain(case, encoded, 0, 0)

    pair = (base.children[0], base.homes[0])
    now, floor_now, explanation = scored(pair)
    levels = [fact for fact in explanation.assumed if fact.key in NEED_KEYS]
    assert levels
    for fact in levels:
        then = [scored(answered(pair, fact.about, fact.key, level)) for level in range(5)]
        moved = [cost - now for cost, _, _ in then]
        assert (fact.low_pence, fact.high_pence) == (min(moved), max(moved))
        assert (RuleId.FLOOR in fact.rules) == any(floor != floor_now for _, floor, _ in then)


def test_questions_about_levels_are_ranked_by_how_far_they_could_move_the_cost() -> None:
    found = explained(make_child(home=at(), school=at()), make_home())
    swings = [fact.swing or 0 for fact in found.questions if not fact.rules]
    assert swings == sorted(swings, reverse=True)
    weights = np.array(FRAMEWORK.tenths_per_level)
    heaviest = NEED_KEYS[int(np.argmax(weights))]
    assert asked(found, heaviest).swing == max(fact.swing or 0 for fact in found.assumed)
