"""What everyone is asked: children and possible homes on a map, drawn from a seed."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Objective = Literal["median", "cover", "fewest"]

#: Tenths of a mile from end to end of a county, and how far towns reach.
_WIDE, _TOWN, _TOWNS = 400.0, 25.0, 12
_IN_TOWN, _MOST = 0.7, 20


@dataclass(frozen=True, eq=False)
class Instance:
    """One question.

    Attributes:
        objective: What is wanted.
        distance: Tenths of a mile from each neighbourhood to each possible home, ``(size, size)``.
        demand: Children of each neighbourhood, ``(size,)``.
        p: How many homes, or None.
        radius: Within how far, or None.
    """

    objective: Objective
    distance: Ints
    demand: Ints
    p: int | None
    radius: int | None

    def write(self, path: Path) -> None:
        """Keep it as a file that any contender can read; what is None is kept as -1."""
        p, radius = (-1 if each is None else each for each in (self.p, self.radius))
        with path.open("wb") as file:
            np.savez(file, objective=self.objective, distance=self.distance, demand=self.demand, p=p, radius=radius)

    @classmethod
    def read(cls, path: Path) -> "Instance":
        """What `write` kept."""
        kept = np.load(path)
        p, radius = int(kept["p"]), int(kept["radius"])
        return cls(str(kept["objective"]), kept["distance"], kept["demand"],  # type: ignore[arg-type]
                   None if p < 0 else p, None if radius < 0 else radius)  # fmt: skip


def draw(objective: Objective, size: int, p: int, seed: int = 1) -> Instance:
    """As many neighbourhoods as possible homes, most in towns; for ``fewest`` each counts once and ``p`` not at all."""
    random = np.random.default_rng(seed)
    towns = random.random((_TOWNS, 2)) * _WIDE
    child, home = (_points(random, towns, size) for _ in range(2))
    distance = np.rint(np.hypot(*(child[:, None] - home[None]).transpose(2, 0, 1))).astype(np.int64)
    demand = random.integers(1, _MOST + 1, size)
    if objective == "median":
        return Instance(objective, distance, demand, p, None)
    if objective == "cover":
        return Instance(objective, distance, demand, p, 50)
    reach = int(distance.min(axis=1).max(initial=0))
    return Instance(objective, distance, np.ones(size, np.int64), None, max(60, reach))


def _points(random: np.random.Generator, towns: npt.NDArray[np.float64], size: int) -> npt.NDArray[np.float64]:
    near = towns[random.integers(_TOWNS, size=size)] + random.normal(0, _TOWN, (size, 2))
    anywhere = random.random((size, 2)) * _WIDE
    return np.where(random.random((size, 1)) < _IN_TOWN, near, anywhere)
