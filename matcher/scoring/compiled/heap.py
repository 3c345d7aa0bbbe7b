"""The k cheapest so far, as a heap in two arrays: the dearest at the front, of equal cost the higher number.

The order is by cost, then by number, whatever order entries are offered in: so the outcome is the same for any order
of blocks and any number of threads.
"""

from matcher.scoring.arrays import Int32, Int64
from matcher.scoring.compiled.compiling import kernel


@kernel
def _after(cost: int, number: int, other_cost: int, other_number: int) -> bool:
    return cost > other_cost or (cost == other_cost and number > other_number)


@kernel
def sift(costs: Int64, numbers: Int32, at: int, size: int) -> None:
    """Let the entry at a position sink to where it belongs among the first ``size``."""
    cost, number = costs[at], numbers[at]
    while 2 * at + 1 < size:
        child = 2 * at + 1
        if child + 1 < size and _after(costs[child + 1], numbers[child + 1], costs[child], numbers[child]):
            child += 1
        if not _after(costs[child], numbers[child], cost, number):
            break
        costs[at], numbers[at] = costs[child], numbers[child]
        at = child
    costs[at], numbers[at] = cost, number


@kernel
def offer(costs: Int64, numbers: Int32, cost: int, number: int) -> None:
    """Keep an entry in place of the dearest if it comes before it."""
    if _after(costs[0], numbers[0], cost, number):
        costs[0], numbers[0] = cost, number
        sift(costs, numbers, 0, len(costs))


@kernel
def heapify(costs: Int64, numbers: Int32) -> None:
    """Put arrays in any order into the order of a heap."""
    for at in range(len(costs) // 2 - 1, -1, -1):
        sift(costs, numbers, at, len(costs))


@kernel
def sort_heap(costs: Int64, numbers: Int32) -> None:
    """Sort a heap in place: rising."""
    for last in range(len(costs) - 1, 0, -1):
        costs[0], costs[last] = costs[last], costs[0]
        numbers[0], numbers[last] = numbers[last], numbers[0]
        sift(costs, numbers, 0, last)


@kernel
def sort_heaps(costs: Int64, numbers: Int32) -> None:
    """Sort every row of heaps in place, (heaps, k)."""
    for heap in range(len(costs)):
        sort_heap(costs[heap], numbers[heap])
