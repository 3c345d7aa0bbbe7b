"""This project, and a count of what it asks of the kernel."""

import time

import numpy as np

from benchmarks.assignment.answer import Answer, Point, Task
from matcher.scoring.arrays import Int64
from solvers import Price, solve_assignment


class Counted:
    """A `solvers.price.Price` that counts what is asked of it.

    Attributes:
        calls: How often it was asked.
        children: For how many children, all calls together; as many as there are is one pass over all pairs.
        pairs: Pairs it gave.
        seconds: What it took.
    """

    def __init__(self, price: Price) -> None:
        self._price = price
        self.calls = self.children = self.pairs = 0
        self.seconds = 0.0

    def __call__(
        self, child_prices: Int64, home_prices: Int64, threshold: int, *, most: int | None = None
    ) -> tuple[Int64, Int64, Int64]:
        """Ask, and count."""
        started = time.perf_counter()
        found = self._price(child_prices, home_prices, threshold, most=most)
        self.seconds += time.perf_counter() - started
        self.calls += 1
        self.children += int(np.count_nonzero(child_prices > -threshold))
        self.pairs += len(found[0])
        return found


def placewell(task: Task) -> Answer:
    """Partition columns with exact bounds, or a flow where there are no groups; all pairs through the kernel."""
    points: list[Point] = []

    def note(seconds: float, objective: int, bound: int) -> None:
        points.append(Point(seconds, objective, bound))

    found = solve_assignment(task.problem, price=task.price, time_limit=task.seconds, progress=note)
    note(found.seconds, found.objective, found.bound)
    return Answer(found.place_of, found.bound, found.proved_over == "all pairs", points)
