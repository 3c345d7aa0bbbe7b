"""Many pairs at once: best homes, threads, extremes, empty cases, and the kernels with the JIT off."""

import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from matcher.scoring import best_homes, encode, explain, parts_of, score_pairs
from matcher.scoring.compiled import threads
from models.child import Visit
from models.geography import Location
from models.needs import Skills
from models.policy import Policy
from tests import oracle
from tests.make_case import (
    FRAMEWORK,
    HERTFORDSHIRE,
    at,
    make_case,
    make_child,
    make_home,
    make_placement,
    make_referral,
)
from tests.random_case import random_case


@pytest.mark.parametrize("seed", range(4))
def test_best_homes_are_the_first_of_all_homes_sorted_by_cost_and_then_order(seed: int) -> None:
    case = random_case(seed, children=12, homes=30)
    encoded = encode(case, case.referrals)
    cost, bits = score_pairs(encoded)
    for k in (1, 3, 40):
        homes, pence = best_homes(encoded, k)
        for row in range(encoded.shape[0]):
            allowed = [(int(cost[row, j]), j) for j in range(30) if bits[row, j] == 0]
            expected = sorted(allowed)[:k]
            assert homes[row].tolist() == [j for _, j in expected] + [-1] * (k - len(expected))
            assert pence[row, : len(expected)].tolist() == [each for each, _ in expected]


def test_homes_that_are_all_alike_keep_their_order() -> None:
    case = make_case([make_child(levels={})], [make_home(f"H{i}") for i in range(9)])
    encoded = encode(case, case.referrals)
    assert best_homes(encoded, 4)[0].tolist() == [[0, 1, 2, 3]]


def test_asking_for_no_home_is_an_error() -> None:
    case = make_case([make_child()], [make_home()])
    with pytest.raises(ValueError, match="at least one home must be asked for, not 0"):
        best_homes(encode(case, case.referrals), 0)


def test_threads_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    case = random_case(5, children=60, homes=20)
    encoded = encode(case, case.referrals)
    alone, best_alone = score_pairs(encoded), best_homes(encoded, 5)
    monkeypatch.setattr(threads, "PARALLEL_FROM_PAIRS", 1)
    shared, best_shared = score_pairs(encoded), best_homes(encoded, 5)
    for before, after in zip((*alone, *best_alone), (*shared, *best_shared), strict=True):
        np.testing.assert_array_equal(before, after)


def test_some_of_the_homes_in_any_order_score_as_they_do_among_all() -> None:
    case = random_case(6)
    picked = [7, 2, 11]
    cost, bits = score_pairs(encode(case, case.referrals))
    some = score_pairs(encode(case, case.referrals, [case.homes[j] for j in picked]))
    assert np.array_equal(some[0], cost[:, picked])
    assert np.array_equal(some[1], bits[:, picked])


def test_no_homes_and_no_searches() -> None:
    nowhere = make_case([make_child()])
    encoded = encode(nowhere, nowhere.referrals)
    assert score_pairs(encoded)[0].shape == (1, 0)
    assert best_homes(encoded, 2)[0].tolist() == [[-1, -1]]
    nobody = make_case([], [make_home()])
    assert score_pairs(encode(nobody, ()))[1].shape == (0, 1)


def test_a_referral_for_a_child_who_is_not_there_is_named() -> None:
    with pytest.raises(ValueError, match="referral R-C9 is for child C9, who is not in the case"):
        encode(make_case([make_child()]), [make_referral("C9")])


def test_weights_that_could_overflow_are_refused() -> None:
    heavy = [domain.model_copy(update={"weight_percent": 10**8}) for domain in FRAMEWORK.domains]
    unchecked = type(FRAMEWORK).model_construct(**(dict(FRAMEWORK) | {"domains": tuple(heavy)}))
    case = make_case([make_child()], [make_home()], framework=unchecked)
    with pytest.raises(ValueError, match="weights must be lower"):
        encode(case, case.referrals)


_LIMITS = ("usual_fostering_limit", "identity_fades_over_days")


def dearest() -> Policy:
    """Every price at the top of what a policy may say."""
    tops: dict[str, Any] = {name: 100_000_000 for name in Policy.model_fields}
    thresholds = ("name", "version", *(n for n in tops if "under" in n or "floor" in n or n in _LIMITS))
    for name in thresholds:
        del tops[name]
    return Policy(**(tops | {"fee_per_mille": 1_000_000, "school_reach_tenth_miles": 1_000}))


def test_the_dearest_policy_the_longest_journeys_and_all_needs_unmet_do_not_overflow() -> None:
    moon = Location(postcode="ZE1 0AA", easting=10**12, northing=-(10**12), district="S12000027", utla="S12000027")
    child = make_child(
        levels={need.key: 4 for need in FRAMEWORK.needs},
        home=at(),
        school=at(1),
        family_time=tuple(Visit(location=at(n), visits_a_week=14) for n in range(30)),
        moves_last_year=10**9,
        religion="Muslim",
        languages=("Pashto",),
    )
    none = Skills(levels={need.key: 0 for need in FRAMEWORK.needs})
    home = make_home(location=moon, skills=none, fee_pence=100_000_000, marginal_fee_pence=100_000_000)
    case = make_case([child], [home], placements=(make_placement("C1", None),), policy=dearest())
    encoded = encode(case, case.referrals)
    cost, _ = score_pairs(encoded)
    assert cost[0, 0] == oracle.score(case, case.referrals, case.referrals[0], home)[0]
    assert cost[0, 0] == explain(case, encoded, 0, 0).cost_pence == parts_of(encoded, 0, np.array([0])).sum()
    assert cost[0, 0] > 100_000_000 * 14 * 30 * 10_000


def test_all_needs_unknown_on_both_sides_are_assumed_and_scored() -> None:
    case = make_case([make_child()], [make_home()])
    encoded = encode(case, case.referrals)
    assert not encoded.child_known.any()
    assert not encoded.home_known.any()
    cost, bits = score_pairs(encoded)
    surplus = sum(FRAMEWORK.tenths_per_level)
    assert (cost[0, 0], bits[0, 0]) == (surplus * (2 - 1) + 2_500 + 828, 0)


_SCRIPT = """
from benchmarks.scoring.instances import Size, draw
from matcher.scoring import encode
from tests.random_case import random_case
from tests.test_scoring_search import answers
case = random_case(3, children=6, homes=8)
print(answers(encode(case, case.referrals), 2))
print(answers(draw(Size("county", 5, 30, 2), "open"), 4))
"""


def run(script: str, **environment: str) -> str:
    command = [sys.executable, "-W", "error", "-c", script]
    finished = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_every_kernel_gives_the_same_without_the_jit() -> None:
    path = os.pathsep.join(sys.path)
    assert run(_SCRIPT, NUMBA_DISABLE_JIT="1", PYTHONPATH=path) == run(_SCRIPT, PYTHONPATH=path)


def test_importing_the_package_or_explaining_loads_no_compiler() -> None:
    script = "import sys, matcher.scoring; assert 'numpy' not in sys.modules; "
    script += "from matcher.scoring import encode, explain, Explanation; assert 'numba' not in sys.modules"
    run(script, PYTHONPATH=os.pathsep.join(sys.path))


def test_an_unknown_name_is_an_attribute_error() -> None:
    import matcher.scoring

    with pytest.raises(AttributeError, match="no attribute 'score_everything'"):
        matcher.scoring.score_everything  # noqa: B018


def test_the_utla_of_the_authority_is_in_area() -> None:
    case = make_case([make_child()], [make_home(location=at(30, 0, HERTFORDSHIRE))])
    assert encode(case, case.referrals).arrays.homes["locality"].tolist() == [0]
