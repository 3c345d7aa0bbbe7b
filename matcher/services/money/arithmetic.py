"""Exact arithmetic of money: halves up, shares that add up, changes in per cent. Whole numbers throughout."""

from collections.abc import Sequence


def divided(pence: int, by: int) -> int:
    """An amount divided by a positive whole number and rounded once, halves up (towards plus)."""
    return (2 * pence + by) // (2 * by)


def apportioned(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Whole parts in proportion to weights that add up to the total: largest remainders, the earlier part on a tie.

    Raises:
        ValueError: a weight or the total is negative, or all weights are 0.
    """
    whole = sum(weights)
    if total < 0 or min(weights, default=0) < 0 or not whole:
        raise ValueError(f"cannot share {total} out by {tuple(weights)}")
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return tuple(parts)


def percent_change(now: int, before: int) -> float | None:
    """By how many per cent an amount has changed, to one decimal, halves up; None from nothing."""
    return divided(1000 * (now - before), before) / 10 if before > 0 else None
