"""Which price, and which answer, would change the first choice: checked by scoring again with it changed."""

from typing import Any

import numpy as np
import pytest

from matcher.scoring import Encoded, Flip, deciding_answers, encode, first_flips, score_pairs
from matcher.scoring.arrays import PRICE_NAMES
from matcher.scoring.parts import PARTS, PRICE_LABELS
from models.case import Case
from models.child import Child
from models.home import Home
from models.needs import NeedsProfile, Skills
from models.policy import Policy
from models.rules import RuleId
from tests.make_case import FRAMEWORK, NEED_KEYS, at, make_case, make_child, make_home
from tests.random_case import random_case

ZERO = dict.fromkeys(NEED_KEYS, 0)
EVERYTHING = Skills(levels=ZERO)


def cost_of(case: Case, **policy: int) -> list[int]:
    """What each home costs the first child under a policy with some prices changed."""
    changed = make_case(
        case.children,
        case.homes,
        referrals=case.referrals,
        placements=case.placements,
        residents=case.residents,
        policy=Policy.model_validate(case.policy.model_dump() | policy),
    )
    pence: list[int] = score_pairs(encode(changed, changed.referrals))[0][0].tolist()
    return pence


def ranked(encoded: Encoded) -> Any:
    return np.argsort(score_pairs(encoded)[0][0], kind="stable")


def flips(case: Case) -> tuple[Flip, ...]:
    encoded = encode(case, case.referrals)
    return first_flips(encoded, 0, ranked(encoded))


def test_the_crossing_of_fee_and_distance_by_hand() -> None:
    near = make_home("H1", location=at(1), skills=EVERYTHING, marginal_fee_pence=100_000)
    far = make_home("H2", location=at(6), skills=EVERYTHING, marginal_fee_pence=50_000)
    case = make_case([make_child(levels=ZERO, home=at())], [near, far])
    assert cost_of(case) == [2_500 + 1_000 + 2_000, 2_500 + 6_000 + 1_000]
    found = {flip.price: flip for flip in flips(case)}
    assert set(found) == {"fee_per_mille", "home_distance_per_tenth_mile"}
    # 50 tenths further at 100p against 50,000p cheaper: level at 100 thousandths, and at 20p a tenth of a mile.
    assert (found["fee_per_mille"].price_then, found["fee_per_mille"].column) == (101, 1)
    assert (found["home_distance_per_tenth_mile"].price_then, found["fee_per_mille"].price_now) == (19, 20)
    assert [flip.price for flip in flips(case)] == ["fee_per_mille", "home_distance_per_tenth_mile"]
    assert found["fee_per_mille"].factor == pytest.approx(5.05)


@pytest.mark.parametrize("seed", range(12))
def test_every_flip_is_the_first_price_at_which_scoring_again_gives_another_first_choice(seed: int) -> None:
    case = random_case(seed, children=3, homes=6)
    if not case.referrals:
        case = make_case(case.children, case.homes, policy=case.policy)
    case = make_case(
        case.children, case.homes, referrals=case.referrals[:1], placements=case.placements, policy=case.policy
    )
    encoded = encode(case, case.referrals)
    order = ranked(encoded).tolist()

    def first(name: str, price: int) -> int:
        pence = cost_of(case, **{name: price})
        return int(min(order, key=lambda column: (pence[column], order.index(column))))

    found = first_flips(encoded, 0, np.array(order))
    distances = [away(flip.price_then, flip.price_now) for flip in found]
    assert distances == sorted(distances)
    for flip in found:
        assert first(flip.price, flip.price_then) == flip.column != order[0]
        step = 1 if flip.price_then < flip.price_now else -1
        assert first(flip.price, flip.price_then + step) == order[0]
    for name in ("fee_per_mille", "requires_improvement"):
        now = getattr(case.policy, name)
        near = [price for price in range(max(now - 40, 0), now + 40) if now and first(name, price) != order[0]]
        said = next((flip.price_then for flip in found if flip.price == name), None)
        if near:
            assert said is not None
            assert away(said, now) <= min(away(price, now) for price in near)


def away(then: int, now: int) -> float:
    return max(then / now, now / then) if then else float("inf")


def test_one_home_or_none_has_nothing_to_flip_to() -> None:
    assert flips(make_case([make_child()], [make_home()])) == ()
    nowhere = make_case([make_child()])
    assert first_flips(encode(nowhere, nowhere.referrals), 0, np.array([], np.int64)) == ()


def test_homes_out_of_order_are_refused() -> None:
    case = make_case([make_child(home=at())], [make_home("H1"), make_home("H2", location=at(9))])
    with pytest.raises(ValueError, match="give the homes in ranked order"):
        first_flips(encode(case, case.referrals), 0, np.array([1, 0]))


def test_every_price_has_a_part_a_label_and_a_field_of_the_policy() -> None:
    assert sorted(name for part in PARTS for name in part.prices) == sorted(PRICE_NAMES) == sorted(PRICE_LABELS)
    assert set(PRICE_NAMES) <= set(Policy.model_fields)


def test_an_answer_that_decides_is_found_and_one_that_does_not_is_left_out() -> None:
    known = {key: 0 for key in NEED_KEYS if key != "self_harm"}
    plain = make_home("H1", skills=Skills(levels=ZERO | {"self_harm": 1}))
    skilled = make_home("H2", skills=Skills(levels=ZERO | {"self_harm": 4}))
    case = make_case([make_child(levels=known)], [plain, skilled])
    encoded = encode(case, case.referrals)
    found = deciding_answers(encoded, 0, np.array([0, 1]), FRAMEWORK)
    assert [(a.about, a.home_id, a.need, a.taken_as, a.level, a.column) for a in found] == [
        ("child", None, "self_harm", 1, 2, 1)
    ]
    settled = make_case([make_child(levels=known | {"self_harm": 1})], [plain, skilled])
    assert deciding_answers(encode(settled, settled.referrals), 0, np.array([0, 1]), FRAMEWORK) == ()
    assert deciding_answers(encoded, 0, np.array([], np.int64), FRAMEWORK) == ()


@pytest.mark.parametrize("seed", [3, 21, 48])
def test_deciding_answers_are_those_that_change_the_first_choice_when_scored_again(seed: int) -> None:
    base = random_case(seed, children=1, homes=4)
    case = make_case(base.children, base.homes, policy=base.policy)
    columns, first = fit_order(case)
    assert len(columns) > 1, "too few homes above the floor to test anything: choose another seed"
    encoded = encode(case, case.referrals)
    said = {
        (answer.home_id, answer.need): (answer.level, answer.column)
        for answer in deciding_answers(encoded, 0, np.array(columns), case.framework)
    }
    for home_id, need, taken in unknown(encoded, columns):
        changes = {}
        for level in range(5):
            after = answered(case, home_id, need, level)
            order, now_first = fit_order(after, columns)
            if (now_first if order else -1) != first:
                changes[level] = now_first if order else -1
        if not changes:
            assert (home_id, need) not in said
        else:
            level, column = said[home_id, need]
            assert abs(level - taken) == min(abs(each - taken) for each in changes)
            assert changes[level] == column


def fit_order(case: Case, among: list[int] | None = None) -> tuple[list[int], int]:
    """The homes above the floor, cheapest first (of equals, as in ``among``), and the first of them, -1 for none."""
    cost, bits = (table[0] for table in score_pairs(encode(case, case.referrals)))
    columns = list(range(len(case.homes))) if among is None else among
    fit = [column for column in columns if not bits[column] & (1 << RuleId.FLOOR)]
    order = sorted(fit, key=lambda column: (cost[column], columns.index(column)))
    return order, order[0] if order else -1


def unknown(encoded: Encoded, columns: list[int]) -> list[tuple[str | None, str, int]]:
    arrays = encoded.arrays
    found: list[tuple[str | None, str, int]] = [
        (None, NEED_KEYS[need], int(arrays.child_level[0, need])) for need in np.flatnonzero(~encoded.child_known[0])
    ]
    for column in columns:
        for need in np.flatnonzero(~encoded.home_known[column]):
            found.append((encoded.homes[column].id, NEED_KEYS[need], int(arrays.home_level[column, need])))
    return found


def answered(case: Case, home_id: str | None, need: str, level: int) -> Case:
    def told(home: Home) -> Home:
        if home.id != home_id:
            return home
        said = home.skills.model_copy(update={"levels": {**home.skills.levels, need: level}})
        return home.model_copy(update={"skills": said})

    def asked(child: Child) -> Child:
        if home_id is not None:
            return child
        before = child.profile or NeedsProfile(child_id=child.id)
        return child.model_copy(
            update={"profile": before.model_copy(update={"levels": {**before.levels, need: level}})}
        )

    return make_case(map(asked, case.children), map(told, case.homes), policy=case.policy)
