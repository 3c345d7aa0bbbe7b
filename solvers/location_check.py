"""Checks a choice of sites from the distances alone; nothing here is shared with the search."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt

#: Relative error allowed to floats; whole numbers and fractions of few decimals are far inside it.
_NEAR = 1e-9


class LocationError(AssertionError):
    """A plan breaks a rule, or is not worth what it says."""


def check_location(
    distance: npt.ArrayLike,
    sites: Sequence[int],
    site_of: Sequence[int] | npt.NDArray[np.int64],
    value: float,
    *,
    objective: Literal["median", "cover", "fewest"] = "median",
    p: int | None = None,
    radius: float | None = None,
    demand: npt.ArrayLike | None = None,
    capacity: npt.ArrayLike | None = None,
    fixed: Iterable[int] = (),
) -> None:
    """Check a plan of `solvers.location.solve_location`, whose arguments these are.

    Args:
        distance: As there; and all that follow.
        sites: The sites chosen.
        site_of: The site of each demand, -1 for none.
        value: What the plan is said to be worth.
        objective: As there.
        p: As there.
        radius: As there.
        demand: As there.
        capacity: As there.
        fixed: As there.

    Raises:
        LocationError: saying which site or demand is wrong.
    """
    far = np.asarray(distance, dtype=np.float64)
    weights = [1.0] * far.shape[0] if demand is None else np.asarray(demand, dtype=np.float64).tolist()
    chosen = [int(site) for site in sites]
    _check_sites(chosen, far.shape[1], p, fixed)
    if len(site_of) != far.shape[0]:
        raise LocationError(f"{len(site_of)} demands have a site or none: expected {far.shape[0]}")
    used: dict[int, Fraction] = {}
    worth: list[float] = []
    for row, site in enumerate(int(each) for each in site_of):
        if site == -1:
            if objective != "cover":
                raise LocationError(f"demand {row} has no site")
            continue
        if site not in chosen:
            raise LocationError(f"demand {row} goes to site {site}, which is not chosen")
        length = float(far[row, site])
        if not 0 <= length < math.inf or (radius is not None and length > radius):
            raise LocationError(f"demand {row} goes to site {site} at distance {length}, which cannot be")
        used[site] = used.get(site, Fraction(0)) + _exact(weights[row])
        worth.append(weights[row] * length if objective == "median" else weights[row])
    if capacity is not None:
        _check_capacity(used, np.asarray(capacity, dtype=np.float64).tolist())
    true = float(len(chosen)) if objective == "fewest" else math.fsum(worth)
    if not math.isclose(true, value, rel_tol=_NEAR, abs_tol=1e-12):
        raise LocationError(f"the plan is worth {true}, not {value}")


def _check_sites(chosen: Sequence[int], sites: int, p: int | None, fixed: Iterable[int]) -> None:
    if any(site < 0 or site >= sites for site in chosen):
        raise LocationError(f"sites are numbered 0 to {sites - 1}: {list(chosen)}")
    if list(chosen) != sorted(set(chosen)):
        raise LocationError(f"sites are not in rising order, each once: {list(chosen)}")
    if p is not None and len(chosen) > p:
        raise LocationError(f"{len(chosen)} sites are chosen: expected {p} at most")
    missing = set(fixed) - set(chosen)
    if missing:
        raise LocationError(f"fixed sites are not chosen: {sorted(missing)}")


def _check_capacity(used: dict[int, Fraction], capacity: Sequence[float]) -> None:
    for site, load in sorted(used.items()):
        if math.isfinite(capacity[site]) and load > _exact(capacity[site]):
            raise LocationError(f"site {site} serves {float(load)}: expected {capacity[site]} at most")


def _exact(value: float) -> Fraction:
    """The decimal that a float was written as: sums of those are exact."""
    return Fraction(repr(value))
