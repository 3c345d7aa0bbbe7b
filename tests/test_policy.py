from typing import Any

import pytest
from pydantic import ValidationError

from models.policy import Policy

NUMBERS = [name for name, field in Policy.model_fields.items() if field.annotation is int]


def test_every_number_has_its_reason() -> None:
    assert len(NUMBERS) == len(Policy.model_fields) - 2
    for name in NUMBERS:
        reason = Policy.model_fields[name].description
        assert reason, f"{name} has no reason"
        assert len(reason) > 25, f"{name} is hardly explained: {reason}"


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", [-1, 10**9, "dear", 1.5])
def test_numbers_out_of_reason_are_refused_by_name(name: str, value: Any) -> None:
    with pytest.raises(ValidationError, match=name):
        Policy.model_validate({name: value})


def test_a_misspelt_price_is_refused_and_not_ignored() -> None:
    with pytest.raises(ValidationError, match="unmet_need_per_tenths"):
        Policy.model_validate({"unmet_need_per_tenths": 1})


def test_a_policy_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Policy().move = 1  # type: ignore[misc]


def test_the_default_order_puts_welfare_before_money_and_brothers_and_sisters_before_most() -> None:
    policy = Policy()
    dearest_fee_pence = 600_000
    money = dearest_fee_pence * policy.fee_per_mille // 1000
    one_high_need_two_short = 2 * 90 * policy.unmet_need_per_tenth
    assert money < one_high_need_two_short
    assert policy.adjoining_area < policy.at_a_distance
    assert policy.foster_step < policy.other_step < policy.residential_step
    assert policy.not_inspected < policy.requires_improvement
    assert policy.siblings_apart > policy.move + 3 * policy.each_earlier_move + policy.at_a_distance
