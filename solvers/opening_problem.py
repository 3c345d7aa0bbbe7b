"""What to open: options that change which homes there are, judged by samples of the children who will look for one.

Mathematics. Options ``o`` are taken or not, ``y[o]`` in {0, 1}. A sample ``s`` is an assignment problem in which some
homes are there only if an option is taken, and some go if one is:

    open[s, h] = 1, or y[o] for a home that o opens, less the sum of y[o] over the options that close it

With ``Q[s](y)`` the least that sample's plan costs when every capacity is multiplied by ``open``, find ``y`` that

    minimises   samples * sum(cost[o] y[o]) + times * sum over s of Q[s](y)
    subject to  sum(spend[o] y[o]) <= budget,  limits on how many of some options,  y[later] <= y[earlier],
                sum over s of Q[s](y) <= most (if asked)

This is a two-stage stochastic program by sample average: who lives where is decided once the sample is known.
Everything is a whole number, and the objective is of all samples together so that it stays one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from solvers.problem import AssignmentProblem, Ints
from solvers.validate import whole_array

FindClashes = Callable[[Ints], Sequence[tuple[tuple[int, ...], int]]]


def _no_pairs() -> Ints:
    return np.zeros((0, 2), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class OpeningSample:
    """One week, say, as it may come: who looks for a home, and which homes would be there.

    Attributes:
        problem: Children and all homes, those of options too, at the capacity they have when there.
        opened_by: Option that a home is there with, -1 for those that are there anyway, ``(homes,)``.
        closing: Pairs of a home that is there anyway and an option that takes it away, ``(pairs, 2)``.
        find_clashes: As `solvers.clashes.solve_without_clashes` takes it, or None.

    Raises:
        ValueError: A home that is closed though an option opens it, or arrays of the wrong shape.
    """

    problem: AssignmentProblem
    opened_by: Ints
    closing: Ints = field(default_factory=_no_pairs)
    find_clashes: FindClashes | None = None

    def __post_init__(self) -> None:
        homes = self.problem.homes
        if self.opened_by.shape != (homes,):
            raise ValueError(f"opened_by has shape {self.opened_by.shape}: expected ({homes},)")
        if self.closing.ndim != 2 or self.closing.shape[1] != 2:
            raise ValueError(f"closing has shape {self.closing.shape}: expected (pairs, 2)")
        closed = self.closing[:, 0]
        strange = (closed < 0) | (closed >= homes)
        if not strange.any():
            strange = self.opened_by[closed] >= 0
        if strange.any():
            raise ValueError(f"home {closed[strange][0]} is closed by an option, but is not there anyway")

    def open(self, taken: Ints) -> Ints:
        """Whether each home is there, 0 or 1, with these options taken, ``(options,)`` of 0 and 1."""
        opened = self.opened_by >= 0
        there = np.ones(opened.size, dtype=np.int64)
        there[opened] = taken[self.opened_by[opened]]
        np.subtract.at(there, self.closing[:, 0], taken[self.closing[:, 1]])
        return there


@dataclass(frozen=True, eq=False)
class AtMost:
    """At most ``most`` of some options may be taken."""

    options: tuple[int, ...]
    most: int


@dataclass(frozen=True, eq=False)
class OpeningProblem:
    """Options and what they cost; see the module for the mathematics.

    Attributes:
        cost: What taking each option adds to the objective of one sample, of either sign, ``(options,)``.
        spend: What it takes of the budget, >= 0, ``(options,)``.
        budget: The most that may be spent; None for no limit.
        at_most: How many of some options may be taken. Options that close one home must share a limit of one.
        follows: Pairs of options, later and earlier: the later only if the earlier is taken, ``(pairs, 2)``.
        times: What a sample's plan is multiplied by before ``cost`` is added: 52 where a sample is a week and costs
            are of a year; 0 where only ``cost`` counts.
        most: The most that all samples' plans may cost together; None for no limit.

    Raises:
        ValueError: Naming the entry that is wrong.
    """

    cost: Ints
    spend: Ints
    budget: int | None = None
    at_most: tuple[AtMost, ...] = ()
    follows: Ints = field(default_factory=_no_pairs)
    times: int = 1
    most: int | None = None

    def __post_init__(self) -> None:
        lowest = -(1 << 62)
        object.__setattr__(self, "cost", whole_array(self.cost, "cost", 1, least=lowest, rule="of either sign"))
        object.__setattr__(self, "spend", whole_array(self.spend, "spend", 1))
        object.__setattr__(self, "follows", whole_array(self.follows, "follows", 2).reshape(-1, 2))
        if self.cost.shape != self.spend.shape:
            raise ValueError(f"cost has {self.cost.size} options and spend has {self.spend.size}: give one of each")
        if self.times < 0 or (self.budget is not None and self.budget < 0):
            raise ValueError(f"times is {self.times} and budget {self.budget}: expected 0 or more")
        named = [*self.follows.ravel().tolist(), *(option for limit in self.at_most for option in limit.options)]
        if wrong := [option for option in named if not 0 <= option < self.options]:
            raise ValueError(f"follows or at_most names option {wrong[0]}: expected 0 to {self.options - 1}")

    @property
    def options(self) -> int:
        """How many options there are."""
        return int(self.cost.size)

    def lawful(self, taken: Ints) -> bool:
        """Whether budget, limits and order allow these options to be taken, ``(options,)`` of 0 and 1."""
        within = self.budget is None or int(self.spend @ taken) <= self.budget
        few = all(int(taken[list(limit.options)].sum()) <= limit.most for limit in self.at_most)
        return within and few and bool((taken[self.follows[:, 0]] <= taken[self.follows[:, 1]]).all())

    def check_sample(self, sample: OpeningSample) -> None:
        """Refuse a sample whose options are not those of this problem.

        Raises:
            ValueError: Naming the option or the home.
        """
        named = np.concatenate([sample.opened_by[sample.opened_by >= 0], sample.closing[:, 1]])
        if ((named < 0) | (named >= self.options)).any():
            raise ValueError(f"a sample names option {int(named.max())}: expected 0 to {self.options - 1}")
        closed = sample.closing[:, 0].tolist()
        for home in sorted({home for home in closed if closed.count(home) > 1}):
            closers = set(sample.closing[sample.closing[:, 0] == home, 1].tolist())
            if not any(limit.most <= 1 and closers <= set(limit.options) for limit in self.at_most):
                raise ValueError(f"options {sorted(closers)} all close home {home}: limit them to one of them")
