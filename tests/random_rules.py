"""Random rules for small random problems, and the least objective over every plan that obeys them."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from solvers.clashes import Clash
from solvers.clauses import Clause
from solvers.limits import Limit
from tests.strategies_assignment import Case, Ints, score


@dataclass(frozen=True)
class Rules:
    """Limits, clashes and clauses of one problem."""

    limits: tuple[Limit, ...] = ()
    clashes: frozenset[Clash] = frozenset()
    clauses: tuple[Clause, ...] = ()

    def find(self, place_of: Ints) -> list[Clash]:
        """The clashes of a plan."""
        return sorted(c for c in self.clashes if all(place_of[child] == c[1] for child in c[0]))

    def obeyed(self, places: Sequence[int]) -> bool:
        """Whether a plan obeys every rule, written without the solver's code."""
        for limit in self.limits:
            for home in {p for p in places if p >= 0 and (limit.homes is None or p in limit.homes)}:
                if sum(places[child] == home for child in limit.children) > limit.most:
                    return False
        clash = any(all(places[c] == home for c in children) for children, home in self.clashes)
        holds = (any((places[c] == h) is wanted for c, h, wanted in clause.literals) for clause in self.clauses)
        return not clash and all(holds)


def random_limits(draw: np.random.Generator, children: int, homes: int) -> tuple[Limit, ...]:
    """One to three limits of none, one or two of a random kind, half of them at some homes only."""
    limits = []
    for _ in range(int(draw.integers(1, 4))):
        kind = tuple(np.flatnonzero(draw.random(children) < 0.6).tolist())
        where = tuple(np.flatnonzero(draw.random(homes) < 0.6).tolist()) if draw.random() < 0.5 else None
        limits.append(Limit(kind, int(draw.choice([0, 1, 1, 1, 2])), where))
    return tuple(limits)


def random_clauses(draw: np.random.Generator, children: int, homes: int) -> tuple[Clause, ...]:
    """One to five clauses of one to three literals, some about having no home."""
    return tuple(
        Clause(
            tuple(
                (int(draw.integers(children)), int(draw.integers(-1, homes)), bool(draw.random() < 0.5))
                for _ in range(int(draw.integers(1, 4)))
            )
        )
        for _ in range(int(draw.integers(1, 6)))
    )


def random_clashes(draw: np.random.Generator, children: int, homes: int) -> frozenset[Clash]:
    """Pairs who may not share a home."""
    pairs: Collection[tuple[int, ...]] = list(itertools.combinations(range(children), 2))
    return frozenset((pair, home) for pair in pairs for home in range(homes) if draw.random() < 0.3)


def least(case: Case, rules: Rules) -> int | None:
    """Least objective over every plan that obeys the rules, None if no plan does."""
    options = [[-1, *np.flatnonzero(row >= 0).tolist()] for row in case.cost]
    plans = (plan for plan in itertools.product(*options) if rules.obeyed(plan))
    return min((total for plan in plans if (total := score(case, plan)) is not None), default=None)
