"""The naive twin of every kernel: plain Python over the dense table of costs and bits."""

from collections.abc import Iterable

from matcher.scoring.arrays import Int64

Ranked = list[list[tuple[int, int]]]


def naive_best_homes(cost: Int64, bits: Int64, k: int) -> Ranked:
    """By row, cost and column of the k cheapest allowed homes."""
    return [
        _first(k, zip(c, range(len(c)), b, strict=True), 0) for c, b in zip(cost.tolist(), bits.tolist(), strict=True)
    ]


def naive_nearly_homes(cost: Int64, bits: Int64, k: int, relaxable: int) -> Ranked:
    """By row, cost and column of the k cheapest homes that fail exactly one rule, one of ``relaxable``."""
    return [
        _first(k, zip(c, range(len(c)), b, strict=True), relaxable)
        for c, b in zip(cost.tolist(), bits.tolist(), strict=True)
    ]


def naive_best_children(cost: Int64, bits: Int64, k: int) -> Ranked:
    """By column, cost and row of the k cheapest children allowed."""
    return naive_best_homes(cost.T, bits.T, k)


def naive_pairs_under(
    cost: Int64, bits: Int64, child_prices: Int64, home_prices: Int64, threshold: int
) -> list[tuple[int, int, int]]:
    """Row, column and cost of every allowed pair whose reduced cost is under the threshold."""
    found = []
    for i, price in enumerate(child_prices.tolist()):
        for j, charge in enumerate(home_prices.tolist()):
            if not bits[i, j] and int(cost[i, j]) - price + charge < threshold:
                found.append((i, j, int(cost[i, j])))
    return found


def _first(k: int, pairs: Iterable[tuple[int, int, int]], relaxable: int) -> list[tuple[int, int]]:
    return sorted((cost, number) for cost, number, bits in pairs if _counts(bits, relaxable))[:k]


def _counts(bits: int, relaxable: int) -> bool:
    failed = [bit for bit in range(32) if bits >> bit & 1]
    return len(failed) == 1 and bool(relaxable >> failed[0] & 1) if relaxable else not failed


def as_ranked(numbers: Iterable[list[int]], costs: Iterable[list[int]]) -> Ranked:
    """What a kernel found, without the places left empty."""
    return [
        [(cost, number) for cost, number in zip(c, n, strict=True) if number >= 0]
        for n, c in zip(numbers, costs, strict=True)
    ]
