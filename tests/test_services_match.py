"""Ranked homes for one referral: the law's preference, the local order and its cost, near misses, and what they say."""

import json
from typing import Any

import numpy as np
import pytest

from matcher.reports.match_words import (
    about_the_order,
    agencies_to_ask,
    flip_words,
    in_the_way,
    no_flip_words,
    who_may_relax,
)
from matcher.scoring import encode, score_pairs
from matcher.services.match import match
from matcher.services.results import FlipPoint, Matches
from models.case import Case
from models.home import Home, Provider
from models.vocabulary import HomeKind, Sector
from tests.make_case import NEED_KEYS, at, make_case, make_child, make_home
from tests.random_case import random_case


def a_case(*homes: Home, **fields: Any) -> Case:
    child = make_child("A", age=10, home=at(), levels=dict.fromkeys(NEED_KEYS, 1))
    return make_case([child], homes, **fields)


def ranked(case: Case, **options: Any) -> Matches:
    return match(case, case.referrals[0], **options)


NEAR = make_home("NEAR", location=at(1))
IFA = make_home("IFA", sector=Sector.PRIVATE, fee_pence=91_500, provider_id="P9", named=False)


def kin(**fields: Any) -> Home:
    """A connected person's home nineteen miles away, for child A."""
    given: dict[str, Any] = {"kind": HomeKind.CONNECTED, "location": at(19), "connected_children": frozenset({"A"})}
    return make_home("KIN", **(given | fields))


def test_a_connected_person_comes_first_whatever_the_cost_and_the_list_says_why() -> None:
    found = ranked(a_case(NEAR, kin()))
    assert [home.home_id for home in found.ranked] == ["KIN", "NEAR"]
    assert [home.statutory for home in found.ranked] == [1, 2]
    assert found.ranked[0].cost_pence > found.ranked[1].cost_pence
    assert found.connected_first
    assert found.flips == ()
    assert "section 22C(7)" in about_the_order(found)[0]
    assert no_flip_words(found) == "the law puts it first"


def test_a_connected_person_stays_first_in_the_local_order() -> None:
    found = ranked(a_case(NEAR, kin()), in_house_first=True)
    assert found.ranked[0].home_id == "KIN"
    assert found.order_cost_pence == 0


def test_a_connected_person_of_another_child_is_not_in_the_list() -> None:
    case = make_case([make_child("A", home=at()), make_child("B")], [NEAR, kin(connected_children=frozenset({"B"}))])
    found = ranked(case)
    assert [home.home_id for home in found.ranked] == ["NEAR"]
    assert not found.connected_first


def test_in_house_first_says_what_it_costs_the_child() -> None:
    council = make_home("OWN", location=at(10))
    case = a_case(council, IFA)
    plain, local = ranked(case), ranked(case, in_house_first=True)
    assert [home.home_id for home in plain.ranked] == ["IFA", "OWN"]
    assert [home.home_id for home in local.ranked] == ["OWN", "IFA"]
    welfare = {home.home_id: home.welfare_pence for home in plain.ranked}
    assert plain.order_cost_pence == 0
    assert local.order_cost_pence == welfare["OWN"] - welfare["IFA"] > 0
    assert local.first_choice == plain.first_choice
    assert local.flips == plain.flips
    (words,) = about_the_order(local)
    assert "puts OWN before IFA (IFA fostering)" in words
    assert "£501 a week less" in words


def test_agencies_to_ask_are_named_with_their_homes() -> None:
    agency = Provider(id="P9", name="Bright Homes", sector=Sector.PRIVATE)
    found = ranked(a_case(NEAR, IFA, providers=(agency,)))
    assert {home.home_id: (home.provider, home.ask) for home in found.ranked} == {
        "NEAR": ("P1", False),
        "IFA": ("Bright Homes", True),
    }
    assert agencies_to_ask(found) == "Ask these agencies, which name carers only on request: Bright Homes (IFA)."
    assert agencies_to_ask(ranked(a_case(NEAR))) is None


def test_near_misses_fail_one_rule_that_somebody_may_relax() -> None:
    found = ranked(a_case(NEAR, make_home("OLD", age_from=16), make_home("TWO", age_from=16, suspended=True)))
    (near,) = found.nearly
    assert near.home.home_id == "OLD"
    assert in_the_way(near).startswith("age within terms: aged 10")
    (words,) = who_may_relax(found)
    assert words.startswith("age within terms: ")
    assert near.by in words
    assert near.step in words


@pytest.mark.parametrize(
    ("factor", "words"), [(5.9, "5.9 times"), (0.16, "16% of"), (12.0, "12 times"), (0.0118, "1.2% of")]
)
def test_a_change_of_weight_reads_as_times_or_share(factor: float, words: str) -> None:
    said = flip_words(FlipPoint(price="fee_per_mille", label="weight of the fee", factor=factor, new_first="H2"))
    assert said == f"weight of the fee, at {words} what it is: H2 would come first"


@pytest.mark.parametrize("seed", range(15))
def test_list_json_and_kernel_hold_one_score(seed: int) -> None:
    """Every figure of the list is the kernel's: one scoring record feeds screen, file and JSON."""
    case = random_case(seed)
    for referral in case.referrals:
        cost, bits = (table[0] for table in score_pairs(encode(case, (referral,))))
        found = match(case, referral, top=1000)
        column = {home.id: i for i, home in enumerate(case.homes)}
        assert found.homes_passing == len(found.ranked) == int(np.count_nonzero(bits == 0))
        for home in found.ranked:
            assert home.cost_pence == cost[column[home.home_id]]
            assert sum(part.pence for part in home.explanation.parts) == home.cost_pence
            assert bits[column[home.home_id]] == 0
        order = [(home.kind is not HomeKind.CONNECTED, home.cost_pence, home.home_id) for home in found.ranked]
        assert order == sorted(order)
        told = json.loads(found.model_dump_json())
        assert [home["cost_pence"] for home in told["ranked"]] == [home.cost_pence for home in found.ranked]
