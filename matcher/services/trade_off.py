"""Plans between the least welfare cost and the least fees, with as many children placed in each as can be."""

from collections.abc import Callable

import numpy as np

from matcher.services.problem import Ints, Run
from matcher.services.trade_results import TradeOff, TradeOffPoint
from matcher.services.weights import parts_of_pairs
from solvers import AssignmentProblem, AssignmentResult, FrontierPoint, frontier

POINTS = 12


def trade_off(
    run: Run, result: AssignmentResult, *, seconds: float, cancel: Callable[[], bool] | None = None
) -> TradeOff:
    """Find plans that trade money for welfare.

    Leaving one child out counts more in fees than everybody's fees together, so that no plan saves money by it.
    Points that place fewer children than the plan are no alternative to it and are dropped.

    Args:
        run: The run.
        result: Its plan.
        seconds: For the solver, in all.
        cancel: Asked from time to time whether to stop with the points found so far.
    """
    problem = run.problem
    fee = np.array([home.fee_pence for home in run.case.homes], dtype=np.int64)
    fees = np.where(problem.child < run.searching, fee[problem.home], 0)
    welfare = parts_of_pairs(run)[:, :-1].sum(axis=1)
    fee_out = int(fees.max(initial=0)) * problem.children + 1
    found = frontier(
        problem, welfare, fees, points=POINTS, time_limit=seconds, cancel=cancel, seed=result.seed, b_unplaced=fee_out
    )
    enough = [point for point in found if (point.place_of >= 0).sum() >= result.placed]
    lawful = [point for point in enough if not run.clashes(point.place_of)]
    return TradeOff(
        plan_welfare_pence=_sum(problem, welfare, result.place_of) + result.apart_charge,
        plan_fees_pence=_sum(problem, fees, result.place_of),
        points=tuple(_point(run, point, _sum(problem, fees, point.place_of)) for point in lawful),
        left_out=len(enough) - len(lawful),
    )


def _sum(problem: AssignmentProblem, cost: Ints, place_of: Ints) -> int:
    placed = np.flatnonzero(place_of >= 0)
    return int(cost[problem.find(placed, place_of[placed])].sum())


def _point(run: Run, point: FrontierPoint, fees: int) -> TradeOffPoint:
    given = point.place_of[: run.searching].tolist()
    charged = int(run.problem.unplaced[point.place_of < 0].sum())
    return TradeOffPoint(
        placed=sum(home >= 0 for home in given),
        welfare_pence=point.a - charged,
        fees_pence=fees,
        least_welfare_pence=point.bound - charged,
        gap_percent=point.gap * 100,
        efficient=point.efficient,
        homes=tuple(
            (run.children[row].id, run.case.homes[home].id if home >= 0 else None) for row, home in enumerate(given)
        ),
    )
