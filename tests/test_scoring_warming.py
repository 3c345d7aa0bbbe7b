"""After warming up nothing is left to compile, whoever asks and whatever for."""

import json
import subprocess
import sys

import pytest

from matcher.scoring import encode, warm_up
from tests.make_case import make_case, make_child, make_home

PROGRAM = """
import json, sys
import numpy as np
from numba.core.dispatcher import Dispatcher
from matcher.scoring import best_children, best_homes, encode, pairs_under, score_pairs, search_homes, warm_up
from matcher.scoring.compiled import threads
from models.rules import RULES
from tests.make_case import make_case, make_child, make_home
from tests.random_case import random_case

def compiled():
    modules = [module for name, module in sys.modules.items() if name.startswith("matcher.scoring.compiled.")]
    kernels = {each for module in modules for each in vars(module).values() if isinstance(each, Dispatcher)}
    return sorted((f"{each.py_func.__module__}.{each.__name__}", len(each.signatures)) for each in kernels)

before = compiled()
small = make_case([make_child()], [make_home()])
warm_up(encode(small, small.referrals))
warm = compiled()
for least in (10**9, 1):
    threads.PARALLEL_FROM_PAIRS = least
    case = random_case(3, children=70, homes=300)
    encoded = encode(case, case.referrals)
    score_pairs(encoded)
    best_homes(encoded, 5)
    best_homes(encoded, 5, relaxable=sum(rule.bit for rule in RULES if rule.relaxation is not None))
    search_homes(encoded, 5, skip=False)
    best_children(encoded, 5)
    pairs_under(encoded, np.full(70, 10**6), np.arange(300), 10)
print(json.dumps([before, warm, compiled()]))
"""


def test_a_small_run_compiles_all_that_a_large_one_needs() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True, timeout=300)
    before, warm, after = json.loads(done.stdout)
    assert after == warm
    assert sum(count for _, count in before) == 0 < sum(count for _, count in warm)


@pytest.mark.parametrize(("children", "homes"), [(0, 1), (1, 0)])
def test_a_run_without_a_pair_compiles_nothing_and_says_so(children: int, homes: int) -> None:
    case = make_case([make_child(f"C{i}") for i in range(children)], [make_home(f"H{j}") for j in range(homes)])
    with pytest.raises(ValueError, match=f"{children} children and {homes} homes make none"):
        warm_up(encode(case, case.referrals))
