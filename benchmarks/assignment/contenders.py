"""Everyone who plans: Placewell, and what a user would otherwise pick."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from benchmarks.assignment.answer import Solve

_MOST_BINARIES = 1_000_000
_MOST_CELLS = 100_000_000


@dataclass(frozen=True)
class Contender:
    """One way to plan.

    Attributes:
        module: Where in this package it is; loaded only where it runs, so that nobody holds others' libraries.
        function: Its name there.
        groups: Whether it can be given brothers and sisters at all.
        most: How much it holds in memory at most, in what ``counted`` counts; None for anything.
        counted: A figure of the instance: ``pairs`` listed, or ``cells`` of a table of children by places.
        prices: Whether it can be given the kernel to ask for pairs that are not listed.
    """

    module: str
    function: str
    groups: bool = True
    most: int | None = None
    counted: str = "pairs"
    prices: bool = False

    def load(self) -> Solve:
        """The function."""
        solve: Solve = getattr(import_module(f"benchmarks.assignment.{self.module}"), self.function)
        return solve

    def why_not(self, facts: Mapping[str, Any]) -> str | None:
        """Why it is not run on an instance, by its facts (`benchmarks.assignment.runs.freeze`); None where it is."""
        if facts["groups"] and not self.groups:
            return "does not apply: groups"
        count = facts[self.counted]
        return None if self.most is None or count <= self.most else f"not attempted: {count:,} {self.counted}"


OURS = "placewell"
CONTENDERS = {
    OURS: Contender("placewell", "placewell", prices=True),
    "CP-SAT": Contender("cp_sat", "cp_sat", most=_MOST_BINARIES),
    "HiGHS": Contender("programs", "highs", most=_MOST_BINARIES),
    "SCIP": Contender("programs", "scip", most=_MOST_BINARIES),
    "by hand": Contender("by_hand", "by_hand"),
    "min-cost flow": Contender("transport", "flow"),
    "scipy, matrix": Contender("transport", "matrix", groups=False, most=_MOST_CELLS, counted="cells"),
    "scipy, sparse": Contender("transport", "sparse_matching", groups=False),
}
