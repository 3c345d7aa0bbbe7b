"""Pooled plans of random authorities: enumeration of the records agrees, and own pairs are judged as without a pool."""

import random
from itertools import product
from typing import Any

import numpy as np
import pytest

from matcher.scoring import encode, score_pairs
from matcher.services.allocate import allocate
from matcher.services.households import household_faults
from matcher.services.joined import Joined, join
from matcher.services.pooling import pool
from matcher.services.renamed import position_of
from matcher.services.searches import as_searched, operational
from models.case import Case
from models.child import SiblingGroup
from models.home import Resident
from models.vocabulary import ResidentKind, Risk, Sector
from tests.make_case import ESSEX, HERTFORDSHIRE, at, make_case, make_child, make_home, make_placement
from tests.oracle import score
from tests.random_case import random_case


@pytest.mark.parametrize("seed", range(25))
def test_own_children_cost_at_home_what_they_cost_alone(seed: int) -> None:
    first, second = random_case(seed), random_case(seed + 1000)
    fields = {name: getattr(second, name) for name in Case.model_fields}
    cases = [first, Case(**(fields | {"authority": ESSEX, "as_at": first.as_at, "policy": first.policy}))]
    joined = join(cases)
    start = 0
    for position, case in enumerate(cases):
        alone = score_pairs(encode(case, operational(case).referrals))
        seen = score_pairs(encode(joined.seen_by(position), joined.searches[position].referrals))
        for one, other in zip(alone, seen, strict=True):
            np.testing.assert_array_equal(one, other[:, start : start + len(case.homes)])
        start += len(case.homes)


def _random_pair(seed: int) -> list[Case]:
    dice = random.Random(seed)
    return [_random_authority(dice, HERTFORDSHIRE, "First"), _random_authority(dice, ESSEX, "Second")]


def _random_authority(dice: random.Random, authority: str, name: str) -> Case:
    """At most two children who search and one who may stay, and two homes; ids are the same in every authority."""
    ids = ["C1", "C2", "C3"]
    some = [frozenset[Risk](), frozenset[Risk](), frozenset({Risk.VIOLENCE})]
    children = [
        make_child(
            child, age=dice.choice([2, 8, 11, 15]), risks_to_others=dice.choice(some),
            risks_from_others=dice.choice(some), home=at(dice.uniform(-9, 9), dice.uniform(-9, 9)),
        )
        for child in ids
    ]  # fmt: skip
    homes = [
        make_home(
            home, places=dice.choice([1, 2, 3]), bedrooms=dice.choice([1, 2]), maximum_age_gap=dice.choice([None, 5]),
            sector=dice.choice([Sector.IN_HOUSE, Sector.PRIVATE]), exempt_children=frozenset(dice.sample(ids, 1)),
            location=at(dice.uniform(-9, 9), dice.uniform(-9, 9), authority),
        )
        for home in ("H1", "H2")
    ]  # fmt: skip
    group = SiblingGroup(id="G1", children=tuple(dice.sample(ids, 2)))
    return make_case(
        children,
        homes,
        name=name,
        authority=authority,
        referrals=make_case(children[:2]).referrals[: dice.choice([1, 2, 2])],
        placements=(make_placement("C3", dice.choice(["H1", "H2"])),) if dice.random() < 0.6 else (),
        sibling_groups=(group,) if dice.random() < 0.5 else (),
        residents=(Resident(id="X1", home_id="H1", kind=dice.choice(list(ResidentKind))),) * dice.choice([0, 1]),
    )


@pytest.mark.parametrize("seed", range(24))
def test_enumeration_of_the_records_agrees(seed: int) -> None:
    cases, price = _random_pair(seed), random.Random(seed).choice([0, 40_000, 400_000])
    found = pool(cases, price_pence=price)
    assert found.certificate.status == "optimal"
    joined = join(cases)
    best = min(_objective(joined, homes, price // 50, found.no_home_pence) for homes in _plans(joined))
    assert found.certificate.objective_pence == best
    assert found.total_gain_pence >= price // 50 * sum(authority.borrowed for authority in found.authorities) >= 0
    for case, told in zip(cases, found.authorities, strict=True):
        plan = allocate(case)
        if plan.after.placed == told.placed_alone == told.children:
            assert told.cost_alone_pence == plan.certificate.objective_pence


def _plans(joined: Joined) -> list[dict[str, str | None]]:
    """Every plan together that breaks no rule of the records."""
    whole, everyone = joined.whole, joined.all_searches
    options = [
        [None, *(home.id for home in whole.homes if not _judged(joined, referral.child_id, home.id)[1])]
        for referral in everyone.referrals
    ]
    plans = (dict(zip([r.child_id for r in everyone.referrals], homes, strict=True)) for homes in product(*options))
    return [homes for homes in plans if not _faults(joined, homes)]


def _judged(joined: Joined, child: str, home: str) -> tuple[int, set[Any]]:
    position = position_of(child)
    view, referrals = joined.seen_by(position), joined.searches[position].referrals
    (referral,) = (r for r in referrals if r.child_id == child)
    return score(view, referrals, referral, view.home[home])


def _faults(joined: Joined, homes: dict[str, str | None]) -> list[str]:
    whole, everyone = joined.whole, joined.all_searches
    moved_in: dict[str, list[Any]] = {home.id: [] for home in whole.homes}
    for referral in everyone.referrals:
        given = homes[referral.child_id]
        if given is not None:
            moved_in[given].append(as_searched(whole, referral))
    return [
        fault
        for home in whole.homes
        if moved_in[home.id]
        for fault in household_faults(whole, home, moved_in[home.id], everyone)
    ]


def _objective(joined: Joined, homes: dict[str, str | None], price: int, no_home: int) -> int:
    total = 0
    owner = dict(zip((home.id for home in joined.whole.homes), joined.owner_of_home, strict=True))
    for child, home in homes.items():
        if home is None:
            total += no_home
        else:
            total += _judged(joined, child, home)[0] + price * (owner[home] not in (None, position_of(child)))
    placed = joined.whole.placement_of
    for group in joined.whole.sibling_groups:
        where = {c: homes[c] if c in homes else placed[c].home_id for c in group.children if c in homes or c in placed}
        if len(where) > 1 and set(where) & set(homes):
            apart = len(set(where.values()) - {None}) + list(where.values()).count(None) - 1
            total += joined.whole.policy.siblings_apart * apart
    return total


def test_a_time_limit_gives_checked_plans_that_lose_nothing_in_all() -> None:
    found = pool(_random_pair(3), time_limit=0.0)
    assert found.total_gain_pence >= 0
    assert found.certificate.checked
