"""Everyone who scores: Placewell, and what a user would otherwise pick."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from benchmarks.scoring.best import Best, Ready
from matcher.scoring import Encoded, best_homes


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
        """How many of the children it scores."""
        return children if self.most_pairs is None else min(children, max(1, self.most_pairs // homes))


OURS = "placewell"
CONTENDERS = {
    OURS: Contender("contenders", "placewell"),
    "numpy, tuned": Contender("tuned", "numpy_tuned", 1_000_000_000),
    "numpy, tuned, skipping": Contender("tuned", "numpy_skipping", 1_000_000_000),
    "numpy, broadcast": Contender("broadcast", "numpy_broadcast", 6_000_000),
    "DuckDB join": Contender("duckdb_join", "duckdb_join", 6_000_000),
    "polars join": Contender("polars_join", "polars_join", 6_000_000),
    "pandas apply": Contender("pandas_apply", "pandas_apply", 12_000),
}


def placewell(encoded: Encoded, k: int) -> Callable[[], Best]:
    """This project."""
    return lambda: Best(*best_homes(encoded, k))
