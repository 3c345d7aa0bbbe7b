import datetime as dt

import pytest

from models.rules import ALL_BITS, RULES, Rule, RuleId, bits_in_force, relaxable, rules_in


def test_there_is_one_rule_for_each_id_in_order_with_a_bit_of_its_own() -> None:
    assert [rule.id for rule in RULES] == list(RuleId)
    assert [rule.bit for rule in RULES] == [1 << number for number in range(len(RULES))]
    assert (1 << len(RULES)) - 1 == ALL_BITS


def test_numbers_that_saved_plans_carry_have_not_moved() -> None:
    kept = {"KIND": 0, "FULL": 4, "USUAL_LIMIT": 5, "SECURE": 9, "FLOOR": 12, "AVOID": 15, "DECLINED": 22, "HELD": 24}
    assert {name: RuleId[name].value for name in kept} == kept


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id.name)
def test_every_rule_says_what_it_means_and_where_it_comes_from(rule: Rule) -> None:
    assert rule.title
    assert rule.source
    assert rule.message
    assert not rule.message.endswith("."), "an explanation goes on after it with a colon"


def test_safety_and_law_cannot_be_relaxed() -> None:
    fixed = {rule.id.name for rule in RULES if rule.relaxation is None}
    assert {"REGISTERED", "UNDER_16", "SUPPORTED_REGISTERED", "SECURE", "CONNECTED", "AVOID", "SUSPENDED"} <= fixed
    assert {"USUAL_LIMIT", "FLOOR", "RESIDENTS", "AGE"}.isdisjoint(fixed)


@pytest.mark.parametrize(
    ("day", "missing"),
    [
        (dt.date(2018, 3, 31), {RuleId.UNDER_16, RuleId.SUPPORTED_REGISTERED}),
        (dt.date(2021, 9, 8), {RuleId.UNDER_16, RuleId.SUPPORTED_REGISTERED}),
        (dt.date(2021, 9, 9), {RuleId.SUPPORTED_REGISTERED}),
        (dt.date(2023, 10, 28), set()),
    ],
)
def test_a_case_is_judged_by_the_law_of_its_day(day: dt.date, missing: set[RuleId]) -> None:
    assert ALL_BITS & ~bits_in_force(day) == sum(1 << rule for rule in missing)


def test_a_rule_that_ended_no_longer_binds() -> None:
    ended = RULES[0].model_copy(update={"from_day": dt.date(2015, 1, 1), "to_day": dt.date(2016, 12, 31)})
    days = [dt.date(2014, 12, 31), dt.date(2015, 1, 1), dt.date(2016, 12, 31), dt.date(2017, 1, 1)]
    assert [ended.in_force(day) for day in days] == [False, True, True, False]


def test_bits_and_rules_turn_into_each_other() -> None:
    bits = (1 << RuleId.AGE) | (1 << RuleId.HELD)
    assert [rule.id for rule in rules_in(bits)] == [RuleId.AGE, RuleId.HELD]
    assert rules_in(0) == ()
    assert relaxable(rules_in(bits))
    assert not relaxable(rules_in(bits | 1 << RuleId.AVOID))
