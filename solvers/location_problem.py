"""What `solvers.location` is asked, checked and in whole numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from solvers.location_core import most_dear
from solvers.validate import whole_array

Ints = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]
Objective = Literal["median", "cover", "fewest"]

#: Decimals that are read as such, and the largest figure taken.
_DECIMALS, _LARGEST = 6, 1e15
_NOT_NUMBERS = (str, bytes, bool, type(None))
#: What floats count to without gaps.
_FLOATS = 1 << 52
#: How far the cost of one pair, in whole numbers, may be from what it was in fractions.
_ROUNDED = 0.6


@dataclass(frozen=True, eq=False)
class LocationProblem:
    """A location problem in whole numbers.

    Attributes:
        objective: What is wanted.
        cost: What each pair costs, -1 where the site may not serve the demand, ``(demands, sites)``: for ``median``
            demand times distance, else 0.
        weight: For ``cover``, what each demand counts, ``(demands,)``; else 1.
        most: How many sites may be chosen, the fixed ones among them.
        fixed: Sites that are chosen, ascending.
        load: Demand in whole parts, if there are capacities, else None.
        capacity: What each site can serve in those parts, ``(sites,)``, or None.
        unit: How many whole parts make one of the caller's units of the objective.
        tolerance: How far, in the caller's units, rounding may have moved the objective of any plan; 0 if not at all.
    """

    objective: Objective
    cost: Ints
    weight: Ints
    most: int
    fixed: Ints
    load: Ints | None
    capacity: Ints | None
    unit: float
    tolerance: float


def read_problem(
    distance: npt.ArrayLike,
    objective: str,
    p: int | None,
    radius: float | None,
    demand: npt.ArrayLike | None,
    capacity: npt.ArrayLike | None,
    fixed: Sequence[int],
) -> LocationProblem:
    """Check what the caller gave (`solvers.location.solve_location`) and turn it into whole numbers.

    Raises:
        ValueError: naming the argument and the entry that is wrong.
    """
    if objective not in get_args(Objective):
        raise ValueError(f"objective is {objective!r}: expected 'median', 'cover' or 'fewest'")
    far = _distances(distance)
    demands, sites = far.shape
    wanted = _column(demand, "demand", demands)
    chosen = _fixed(fixed, sites)
    most = _most(p, objective, sites, chosen.size)
    able = far >= 0
    if objective == "median":
        if radius is not None:
            raise ValueError("radius is for 'cover' and 'fewest': for 'median', put -1 where a site is too far")
    else:
        able &= far <= _radius(radius, objective)
    load, limit = _capacities(capacity, sites, wanted)
    cost, weight, unit, tolerance = _costs(objective, far, able, wanted)
    return LocationProblem(
        objective,  # type: ignore[arg-type]
        cost, weight, most, chosen, load, limit, unit, tolerance,
    )  # fmt: skip


def _numbers(values: npt.ArrayLike, name: str, ndim: int) -> Doubles:
    """The values as floats of so many dimensions."""
    try:
        given: npt.NDArray[Any] = np.asarray(values)
        odd = given.dtype.kind not in "iuf" and given.size > 0
        if odd and (given.dtype.kind != "O" or any(isinstance(each, _NOT_NUMBERS) for each in given.flat)):
            raise TypeError("text, truth values or nothing")
        array = given.astype(np.float64)
    except (TypeError, OverflowError) as error:
        raise ValueError(f"{name} has entries that are not numbers ({error})") from None
    except ValueError as error:
        raise ValueError(f"{name} cannot be read as numbers: {error}") from None
    if array.ndim != ndim:
        raise ValueError(f"{name} has {array.ndim} dimensions: expected {ndim}")
    return array


def _distances(distance: npt.ArrayLike) -> Doubles:
    """The distances, -1 where a site cannot serve a demand."""
    far = _numbers(distance, "distance", 2)
    far = np.where(np.isposinf(far), -1.0, far)
    _refuse(~((far == -1) | ((far >= 0) & (far <= _LARGEST))), far, "distance",
            f"0 to {_LARGEST:.0e}, or -1 or infinite where the site cannot serve the demand")  # fmt: skip
    return far


def _column(values: npt.ArrayLike | None, name: str, length: int) -> Doubles:
    if values is None:
        return np.ones(length)
    array = _numbers(values, name, 1)
    if array.size != length:
        raise ValueError(f"{name} has {array.size} entries: distance has {length} rows")
    _refuse(~((array >= 0) & (array <= _LARGEST)), array, name, f"0 to {_LARGEST:.0e}")
    return array


def _refuse(wrong: npt.NDArray[np.bool_], array: Doubles, name: str, expected: str) -> None:
    if wrong.any():
        at = tuple(int(place) for place in np.argwhere(wrong)[0])
        raise ValueError(f"{name}[{', '.join(map(str, at))}] is {array[at]}: expected {expected}")


def _fixed(fixed: Sequence[int], sites: int) -> Ints:
    chosen = whole_array(fixed, "fixed", 1, most=max(sites - 1, 0), rule=f"a site, numbered 0 to {sites - 1}")
    if np.unique(chosen).size != chosen.size:
        raise ValueError("fixed names a site twice")
    if chosen.size > sites:
        raise ValueError(f"fixed names {chosen.size} sites of {sites}")
    return np.sort(chosen)


def _most(p: int | None, objective: str, sites: int, fixed: int) -> int:
    if objective == "fewest":
        if p is not None:
            raise ValueError("p is for 'median' and 'cover': 'fewest' finds how many sites it takes")
        return sites
    if p is None:
        raise ValueError(f"p is None: {objective!r} needs the number of sites, the fixed ones among them")
    most = int(whole_array(p, "p", 0))
    if most < fixed:
        raise ValueError(f"p is {most}, but {fixed} sites are fixed, and p counts them")
    return min(most, sites)


def _radius(radius: float | None, objective: str) -> float:
    if radius is None:
        raise ValueError(f"radius is None: {objective!r} needs the distance within which a demand is covered")
    try:
        within = float(radius)
    except (TypeError, ValueError):
        within = math.nan
    if isinstance(radius, _NOT_NUMBERS) or not within >= 0:
        raise ValueError(f"radius is {radius!r}: expected a distance, 0 or more")
    return within


def _capacities(capacity: npt.ArrayLike | None, sites: int, demand: Doubles) -> tuple[Ints | None, Ints | None]:
    """Demand and capacity in whole parts of a unit; sites that can serve all have as much as there is demand."""
    if capacity is None:
        return None, None
    limit = _numbers(capacity, "capacity", 1)
    if limit.size != sites:
        raise ValueError(f"capacity has {limit.size} entries: distance has {sites} columns")
    _refuse(~(limit >= 0), limit, "capacity", "0 or more; infinite for no limit")
    parts = _decimal(demand)
    if parts is None or parts[0].sum() > _FLOATS:
        raise ValueError(f"demand needs whole numbers, or {_DECIMALS} decimals at most, where there are capacities")
    load, scale = parts
    room = np.minimum(limit, demand.sum() + 1) * scale
    # What a float like 0.3 is meant to be is the nearest decimal; only less than a part of a unit is rounded down.
    nearest = np.rint(room)
    whole = np.where(np.isclose(room, nearest, rtol=1e-12, atol=0), nearest, np.floor(room)).astype(np.int64)
    return load, np.minimum(whole, load.sum())


def _decimal(values: Doubles) -> tuple[Ints, int] | None:
    """The values in whole parts, and how many parts make one, if they have few decimals."""
    for decimals in range(_DECIMALS + 1):
        scale = 10**decimals
        parts = np.rint(values * scale)
        if parts.max(initial=0.0) > 2.0**53:
            return None
        if (parts / scale == values).all():
            return parts.astype(np.int64), scale
    return None


def _costs(
    objective: str, far: Doubles, able: npt.NDArray[np.bool_], demand: Doubles
) -> tuple[Ints, Ints, float, float]:
    """Cost of each pair, weight of each demand, how many parts make one unit, and how far rounding may have moved."""
    one = np.ones(demand.size, np.int64)
    if objective == "fewest":
        return np.where(able, 0, -1), one, 1.0, 0.0
    if objective == "cover":
        weight, unit, tolerance = _in_parts(demand[:, None], np.ones((1, 1)))
        return np.where(able, 0, -1), weight[:, 0], unit, tolerance
    cost, unit, tolerance = _in_parts(demand[:, None], np.where(able, far, 0.0))
    return np.where(able, cost, -1), one, unit, tolerance


def _in_parts(demand: Doubles, far: Doubles) -> tuple[Ints, float, float]:
    """``demand * far`` in whole parts: exact if both have few decimals and fit, else as fine as fits."""
    rows = max(demand.size, 1)
    most = min(_FLOATS, most_dear(rows)) // 2
    product = demand * far
    dearest = float(product.max(axis=1, initial=0.0).sum())
    first, second = _decimal(demand), _decimal(far)
    if first and second and dearest * first[1] * second[1] <= most:
        return first[0] * second[0], float(first[1] * second[1]), 0.0
    if dearest == 0:
        return np.zeros(product.shape, np.int64), 1.0, 0.0
    unit = 2.0 ** min(900, math.floor(math.log2(most)) - math.ceil(math.log2(dearest)))
    return np.rint(product * unit).astype(np.int64), unit, _ROUNDED * rows / unit
