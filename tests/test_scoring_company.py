"""The rules on who else lives in a home, worked out by hand."""

import datetime as dt
from typing import Any

import pytest

from matcher.scoring import encode, explain, score_pairs
from models.rules import rules_in
from models.vocabulary import (
    Alongside,
    ResidentKind,
    Risk,
    Solo,
)
from tests.check_rules import ABLE, DAY, lives, resident, rules
from tests.make_case import (
    AS_AT,
    make_case,
    make_child,
    make_home,
    make_referral,
)


def test_solo_for_the_child_and_for_one_who_lives_there() -> None:
    alone, mate = {"solo": Solo.REQUIRED}, [make_child("C2")]
    assert rules(alone) == set()
    assert rules(alone, more_children=mate, placements=lives("C2")) == {"SOLO"}
    assert rules(alone, residents=(resident(ResidentKind.CARERS_OWN_CHILD),)) == {"SOLO"}
    assert rules(alone, residents=(resident(ResidentKind.CARERS_OWN_CHILD, born=dt.date(1999, 1, 1)),)) == set()
    assert rules(alone, residents=(resident(ResidentKind.STAYING_PUT, born=None),)) == set()
    assert rules(alone, residents=(resident(born=None),)) == {"SOLO"}
    needing = [make_child("C2", solo=Solo.REQUIRED)]
    assert rules(more_children=needing, placements=lives("C2")) == {"SOLO"}


def test_what_a_newer_referral_says_of_a_child_who_lives_there_counts() -> None:
    newer = make_child(solo=Solo.REQUIRED).circumstances
    older = make_child().circumstances
    said = (
        make_referral("C2", id="R9", received=AS_AT - DAY, circumstances=older),
        make_referral("C2", id="R1", received=AS_AT, circumstances=newer),
    )
    case = make_case(
        [make_child(levels={}), make_child("C2")],
        [make_home(skills=ABLE)],
        placements=lives("C2"),
        referrals=(make_referral(), *said),
    )
    encoded = encode(case, case.referrals[:1])
    assert [rule.rule.name for rule in explain(case, encoded, 0, 0).failed] == ["SOLO"]
    assert [rule.id.name for rule in rules_in(int(score_pairs(encoded)[1][0, 0]))] == ["SOLO"]


def test_risks_both_ways_and_with_people_of_any_age() -> None:
    violent: dict[str, Any] = {"risks_to_others": frozenset({Risk.VIOLENCE})}
    exposed: dict[str, Any] = {"risks_from_others": frozenset({Risk.VIOLENCE})}
    assert rules(violent, residents=(resident(**exposed),)) == {"RESIDENTS"}
    assert rules(exposed, residents=(resident(**violent),)) == {"RESIDENTS"}
    assert rules(violent, residents=(resident(**violent),)) == set()
    assert rules(exposed, residents=(resident(risks_to_others=frozenset({Risk.FIRE})),)) == set()
    grown_up = resident(ResidentKind.STAYING_PUT, born=dt.date(1998, 1, 1), **violent)
    assert rules(exposed, residents=(grown_up,)) == {"RESIDENTS"}
    mate = [make_child("C2", **violent)]
    assert rules(exposed, more_children=mate, placements=lives("C2")) == {"RESIDENTS"}


@pytest.mark.parametrize(
    ("child", "other", "home", "fails"),
    [
        ({"alongside": Alongside.ONLY_OLDER}, {"age": 9}, {}, True),
        ({"alongside": Alongside.ONLY_OLDER}, {"age": 10}, {}, False),
        ({"alongside": Alongside.ONLY_YOUNGER}, {"age": 11}, {}, True),
        ({"alongside": Alongside.ONLY_YOUNGER}, {"age": 10}, {}, False),
        ({}, {"age": 11, "alongside": Alongside.ONLY_OLDER}, {}, True),
        ({}, {"age": 10, "alongside": Alongside.ONLY_OLDER}, {}, False),
        ({}, {"age": 9, "alongside": Alongside.ONLY_YOUNGER}, {}, True),
        ({}, {"age": 12, "alongside": Alongside.ONLY_YOUNGER}, {}, False),
        ({}, {"age": 13}, {"maximum_age_gap": 3}, False),
        ({}, {"age": 14}, {"maximum_age_gap": 3}, True),
        ({}, {"age": 6}, {"maximum_age_gap": 3}, True),
        ({}, {"age": 17}, {"maximum_age_gap": None}, False),
    ],
)
def test_ages_of_children_living_together(child: Any, other: Any, home: Any, fails: bool) -> None:
    found = rules(child, home, more_children=[make_child("C2", **other)], placements=lives("C2"))
    assert found == ({"ALONGSIDE"} if fails else set())


def test_unknown_ages_and_grown_ups_never_fail_the_ages_rule() -> None:
    child, home = {"alongside": Alongside.ONLY_YOUNGER}, {"maximum_age_gap": 1}
    assert rules(child, home, residents=(resident(born=None),)) == set()
    assert rules(child, home, residents=(resident(born=dt.date(1990, 1, 1)),)) == set()
