"""The kernel, the explanation and the oracle give one answer for every pair of random, messy cases."""

import datetime as dt
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.scoring import PARTS, encode, explain, parts_of, score_pairs
from models.case import Case
from models.rules import RULES, RuleId
from tests import oracle
from tests.random_case import random_case
from tests.random_families import with_families

LATER = dt.date(2024, 3, 31)
Seen = dict[str, set[bool]]


def check(case: Case, rules: Seen, parts: Seen) -> int:
    """Compare the three on every pair; note which rules failed and passed and which parts were 0 or not."""
    encoded = encode(case, case.referrals)
    cost, bits = score_pairs(encoded)
    everything = np.arange(len(case.homes))
    for row, referral in enumerate(case.referrals):
        table = parts_of(encoded, row, everything)
        for column, home in enumerate(case.homes):
            where = f"{referral.id} at {home.id}"
            pence, failed = oracle.score(case, case.referrals, referral, home)
            explanation = explain(case, encoded, row, column)
            said = {rule.rule for rule in explanation.failed}
            assert cost[row, column] == pence, where
            assert bits[row, column] == sum(1 << rule for rule in failed), where
            assert explanation.cost_pence == pence == sum(part.pence for part in explanation.parts), where
            assert (said, explanation.bits) == (failed, bits[row, column]), where
            assert table[column].tolist() == [part.pence for part in explanation.parts], where
            for rule in RULES:
                rules[rule.id.name].add(rule.id in failed)
            for part in explanation.parts:
                parts[part.name].add(part.pence > 0)
    return len(case.referrals) * len(case.homes)


@pytest.mark.parametrize("as_at", [dt.date(2018, 3, 31), LATER], ids=str)
def test_thousands_of_random_pairs_agree_and_meet_every_rule_and_part_both_ways(as_at: dt.date) -> None:
    rules: Seen = defaultdict(set)
    parts: Seen = defaultdict(set)
    pairs = sum(check(random_case(seed, as_at=as_at), rules, parts) for seed in range(22))
    pairs += sum(check(with_families(random_case(seed, as_at=as_at), seed), rules, parts) for seed in range(22))
    assert pairs > 1_000
    later_only = {RuleId.UNDER_16.name, RuleId.SUPPORTED_REGISTERED.name} if as_at < LATER else set()
    assert {name for name, seen in rules.items() if seen != {True, False}} == later_only
    assert {part.name for part in PARTS} == {name for name, seen in parts.items() if seen == {True, False}}


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(10_000, 10**9), children=st.integers(0, 6), homes=st.integers(0, 6))
def test_any_random_case_agrees(seed: int, children: int, homes: int) -> None:
    case = random_case(seed, children, homes)
    check(with_families(case, seed) if seed % 2 else case, defaultdict(set), defaultdict(set))
