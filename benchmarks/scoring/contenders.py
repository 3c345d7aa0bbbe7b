"""Everyone who scores: Placewell, and what a user would otherwise pick."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module

from benchmarks.scoring.best import Best, Ready
from matcher.scoring import Encoded
from matcher.scoring.kernels import search_homes


@dataclass(frozen=True)
class Contender:
    """One way to score.

    Attributes:
        module: Where in this package it is; loaded only where it runs, so that nobody holds others' libraries.
        function: Its name there.
        most_pairs: Pairs it is given at most: at a larger size it scores the first children only, and its rate is
            taken from them. None for all.
    """

    module: str
    function: str
    most_pairs: int | None = None

    def load(self) -> Ready:
        """The function, which lays out an instance; what that returns is timed."""
        ready: Ready = getattr(import_module(f"benchmarks.scoring.{self.module}"), self.function)
        return ready

    def children(self, children: int, homes: int) -> int:
        """How many of the children it scores; 0 where even one is too many."""
        return children if self.most_pairs is None else min(children, self.most_pairs // homes)


OURS, EVERY_PAIR = "placewell", "placewell, every pair"
BROADCAST, TUNED, TUNED_SKIPPING = "numpy, broadcast", "numpy, tuned", "numpy, skipping"
CONTENDERS = {
    OURS: Contender("contenders", "placewell"),
    EVERY_PAIR: Contender("contenders", "placewell_every_pair"),
    TUNED: Contender("tuned", "numpy_tuned", 1_000_000_000),
    TUNED_SKIPPING: Contender("tuned", "numpy_skipping", 1_000_000_000),
    BROADCAST: Contender("broadcast", "numpy_broadcast", 6_000_000),
    "DuckDB join": Contender("duckdb_join", "duckdb_join", 6_000_000),
    "polars join": Contender("polars_join", "polars_join", 6_000_000),
    "pandas apply": Contender("pandas_apply", "pandas_apply", 12_000),
}


def placewell(encoded: Encoded, k: int) -> Callable[[], Best]:
    """This project: blocks of homes that cannot matter are left out."""
    return _placewell(encoded, k, skip=True)


def placewell_every_pair(encoded: Encoded, k: int) -> Callable[[], Best]:
    """The same with every block looked at."""
    return _placewell(encoded, k, skip=False)


def _placewell(encoded: Encoded, k: int, *, skip: bool) -> Callable[[], Best]:
    laid_out = replace(encoded)
    _ = laid_out.laid

    def work() -> Best:
        columns, costs, looked = search_homes(laid_out, k, skip=skip)
        return Best(columns, costs, 1 - looked.looked_at / looked.blocks)

    return work
