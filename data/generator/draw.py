"""Ways of dealing out by lot, all of them repeatable from a seed."""

import datetime as dt
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def insist(fact: bool, because: str = "the tables in figures.py add up") -> None:
    """Stop with an error where a count that must come out did not.

    Raises:
        ValueError: it did not; the tables in ``figures.py`` were changed and no longer agree with each other.
    """
    if not fact:
        raise ValueError(f"the tables in figures.py do not agree with each other: expected that {because}")


def stream(seed: int, name: str) -> random.Random:
    """A random stream of its own for one room of the generator, so that rooms do not disturb each other."""
    return random.Random(f"{seed}/{name}")


def shuffled(rng: random.Random, things: Iterable[T]) -> list[T]:
    """The things in random order."""
    deck = list(things)
    rng.shuffle(deck)
    return deck


def weighted_order(rng: random.Random, things: Iterable[T], weight: Callable[[T], float]) -> list[T]:
    """The things in random order, heavy ones tending to come first."""
    keyed = [(rng.random() ** (1.0 / weight(thing)), index, thing) for index, thing in enumerate(things)]
    return [thing for _, _, thing in sorted(keyed, key=lambda row: (-row[0], row[1]))]


def pick(rng: random.Random, weights: Mapping[T, float]) -> T:
    """One of the keys, by weight."""
    point = rng.random() * sum(weights.values())
    for thing, weight in weights.items():
        point -= weight
        if point < 0:
            return thing
    return list(weights)[-1]


def deck(counts: Mapping[T, int]) -> list[T]:
    """Each key as often as its count says."""
    return [thing for thing, count in counts.items() for _ in range(count)]


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to the total (largest remainders)."""
    exact = [total * weight / sum(weights) for weight in weights]
    shares = [int(share) for share in exact]
    by_rest = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
    for i in by_rest[: total - sum(shares)]:
        shares[i] += 1
    return shares


def day_between(rng: random.Random, first: dt.date, last: dt.date) -> dt.date:
    """A day from first to last, both included; first where last is earlier."""
    return first + dt.timedelta(days=rng.randint(0, max((last - first).days, 0)))


def days(count: int) -> dt.timedelta:
    """So many days."""
    return dt.timedelta(days=count)


def spread(rng: random.Random, count: int, mean: int, low: int, high: int) -> list[int]:
    """Whole numbers between low and high, in rising order, whose mean is exactly ``mean``."""
    if not count:
        return []
    reach = min(mean - low, high - mean)
    values = [min(max(round(mean + rng.gauss(0, reach / 2)), low), high) for _ in range(count)]
    gap = mean * count - sum(values)
    while gap:
        i = rng.randrange(count)
        step = 1 if gap > 0 else -1
        if low <= values[i] + step <= high:
            values[i] += step
            gap -= step
    return sorted(values)
