"""The least and the most that counts can be, by linear programs, and by integer ones where those do not decide."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import networkx as nx
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

Terms = tuple[tuple[int, int], ...]
"""A weighed sum of counts: for each its number and its factor."""

_WHOLE = 1e-6
#: What can be so many times all that is known is without limit.
_BEYOND = 1000
#: Passes over all sums to draw limits from; more would only save linear programs.
_ROUNDS = 20


@dataclass
class System:
    """Counts with their limits, and sums of them that are nothing (``zero``), or nothing or less (``below``)."""

    least: list[int] = field(default_factory=list)
    most: list[int | None] = field(default_factory=list)
    zero: set[Terms] = field(default_factory=set)
    below: set[Terms] = field(default_factory=set)

    def count(self) -> int:
        """Add a count of which nothing is known but that it is not negative; its number."""
        self.least.append(0)
        self.most.append(None)
        return len(self.least) - 1

    def limit(self, number: int, least: int, most: int) -> None:
        """Learn that a count is from ``least`` to ``most``."""
        before = self.most[number]
        self.least[number] = max(self.least[number], least)
        self.most[number] = most if before is None else min(before, most)

    def known(self, number: int) -> bool:
        """Whether a count can be one thing only, by its own limits."""
        return self.least[number] == self.most[number]


def ranges(system: System, asked: Collection[int]) -> Mapping[int, tuple[int, int | None]]:
    """The least and the most that some counts can be; None is without limit.

    Args:
        system: What is known.
        asked: The numbers of the counts.

    Raises:
        ValueError: nothing fulfils the system.
    """
    graph: nx.Graph[int] = nx.Graph()
    found = {number: (system.least[number], system.most[number]) for number in asked if system.known(number)}
    wanted = {number for number in asked if number not in found}
    graph.add_nodes_from(wanted)
    for terms in (*system.zero, *system.below):
        nx.add_path(graph, [number for number, _ in terms if not system.known(number)])
    for part in nx.connected_components(graph):
        if wanted & part:
            found.update(_Part(system, part).ranges(sorted(wanted & part)))
    return found


class _Part:
    """Counts that depend on one another, all others being known."""

    def __init__(self, system: System, part: set[int]) -> None:
        self._zero = [_reduced(system, terms, part) for terms in sorted(system.zero) if _touches(terms, part)]
        self._below = [_reduced(system, terms, part) for terms in sorted(system.below) if _touches(terms, part)]
        #: No count that has a limit can be more than all figures together.
        self._limited = sum(most for most in system.most if most is not None)
        cap = _BEYOND * (self._limited + 1)
        self._least = {number: system.least[number] for number in part}
        self._most = {number: cap if (most := system.most[number]) is None else most for number in part}
        self._tighten()
        if any(self._least[number] > self._most[number] for number in part):
            raise ValueError("the figures contradict each other")
        self._model = mathopt.Model()
        self._of = {n: self._model.add_variable(lb=self._least[n], ub=self._most[n]) for n in sorted(part)}
        for terms, rest in self._zero:
            self._model.add_linear_constraint(mathopt.fast_sum(self._of[n] * f for n, f in terms) == -rest)
        for terms, rest in self._below:
            self._model.add_linear_constraint(mathopt.fast_sum(self._of[n] * f for n, f in terms) <= -rest)
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)
        #: The least and the most of each count in solutions found so far.
        self._lowest = dict(self._most)
        self._highest = dict(self._least)

    def _tighten(self) -> None:
        """Limits that follow from single sums, whose other counts can be no lower, and no higher, than their limits."""
        for _ in range(_ROUNDS):
            before = dict(self._least), dict(self._most)
            for terms, rest in self._zero:
                ends = [self._ends(number, factor) for number, factor in terms]
                low, high = rest + sum(low for low, _ in ends), rest + sum(high for _, high in ends)
                for (number, factor), (own_low, own_high) in zip(terms, ends, strict=True):
                    if factor > 0:
                        least, most = own_high - high, own_low - low
                    else:
                        least, most = low - own_low, high - own_high
                    self._least[number] = max(self._least[number], least)
                    self._most[number] = min(self._most[number], most)
            if before == (self._least, self._most):
                return

    def _ends(self, number: int, factor: int) -> tuple[int, int]:
        ends = factor * self._least[number], factor * self._most[number]
        return min(ends), max(ends)

    def ranges(self, asked: list[int]) -> dict[int, tuple[int, int | None]]:
        """The least and the most of each of these; None is without limit."""
        found: dict[int, tuple[int, int | None]] = {}
        for number in asked:
            # an end that a table found before already has cannot be beaten
            if self._lowest[number] > self._least[number]:
                self._lowest[number] = self._end(number, -1)
            if self._highest[number] < self._most[number]:
                self._highest[number] = self._end(number, 1)
            most = self._highest[number]
            found[number] = self._lowest[number], None if most > self._limited else most
        return found

    def _end(self, number: int, sign: int) -> int:
        """As far as a count can go in whole numbers."""
        self._model.set_objective(self._of[number], is_maximize=sign > 0)
        answer = self._solver.solve()
        if answer.termination.reason != mathopt.TerminationReason.OPTIMAL:
            raise ValueError(f"the figures contradict each other: {answer.termination.reason}")
        values = dict(zip(self._of, answer.variable_values(list(self._of.values())), strict=True))
        whole: dict[int, int] = {each: round(value) for each, value in values.items()}
        if any(abs(value - whole[each]) > _WHOLE for each, value in values.items()):
            whole = self._whole(number, sign)
        for each, value in whole.items():
            self._lowest[each] = min(self._lowest[each], value)
            self._highest[each] = max(self._highest[each], value)
        return whole[number]

    def _whole(self, number: int, sign: int) -> dict[int, int]:
        """The same by an integer program, where the linear one did not decide."""
        model = cp_model.CpModel()
        of = {each: model.new_int_var(self._least[each], self._most[each], str(each)) for each in self._of}
        for terms, rest in self._zero:
            model.add(sum(of[each] * factor for each, factor in terms) == -rest)
        for terms, rest in self._below:
            model.add(sum(of[each] * factor for each, factor in terms) <= -rest)
        model.maximize(sign * of[number])
        solver = cp_model.CpSolver()
        if solver.solve(model) != cp_model.OPTIMAL:
            raise ValueError("the figures contradict each other")
        return {each: int(solver.value(variable)) for each, variable in of.items()}


def _touches(terms: Terms, part: set[int]) -> bool:
    return any(number in part for number, _ in terms)


def _reduced(system: System, terms: Terms, part: set[int]) -> tuple[Terms, int]:
    """The terms of counts that are open, and what the others come to."""
    rest = sum(factor * system.least[number] for number, factor in terms if number not in part)
    return tuple((number, factor) for number, factor in terms if number in part), rest
