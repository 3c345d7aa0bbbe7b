"""Children and homes that would both rather have each other: where somebody will ask why the plan says otherwise.

Nobody has asked homes whom they would rather have. What is taken for it is the same score the plan is made by: a home
would rather have the child whom it suits better.
"""

import numpy as np

from matcher.services.problem import Run
from matcher.services.trade_results import BothRather
from solvers import AssignmentResult, blocking_pairs


def both_rather(run: Run, result: AssignmentResult) -> tuple[tuple[BothRather, ...], int]:
    """Pairs of children alone, the child's gain largest first, and how many there are of brothers and sisters.

    Of brothers and sisters planned together each may well suit some home better alone; being parted is not counted
    there, so they are told apart. Left out are children whose place is agreed, and pairs who may not share.
    """
    pairs = blocking_pairs(run.problem, result)
    grouped = {row for group in run.problem.groups for row in group}
    found, with_siblings = [], 0
    for row, home, gain, instead, home_gain in zip(
        *(array.tolist() for array in (pairs.child, pairs.home, pairs.child_gain, pairs.instead_of, pairs.home_gain)),
        strict=True,
    ):
        place_of = result.place_of.copy()
        place_of[row] = home
        if instead >= 0:
            place_of[instead] = -1
        if run.children[row].id in run.locks or run.clashes(place_of):
            continue
        if row in grouped or instead in grouped:
            with_siblings += 1
            continue
        now = int(result.place_of[row])
        found.append(
            BothRather(
                child_id=run.children[row].id,
                now_home_id=run.case.homes[now].id if now >= 0 else None,
                home_id=run.case.homes[home].id,
                child_gain_pence=gain,
                instead_of=run.children[instead].id if instead >= 0 else None,
                home_gain_pence=home_gain,
            )
        )
    order = np.argsort([-one.child_gain_pence for one in found], kind="stable")
    return tuple(found[at] for at in order.tolist()), with_siblings
