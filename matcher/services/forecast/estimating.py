"""Compiled: rates of leaving and moving, and where those who move go, from history as one draw weighs it.

Everything compiled together stands in one file: numba keeps machine code by the file of a function and would not see
a change in another.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

_F = TypeVar("_F", bound=Callable[..., object])
_Real = npt.NDArray[np.float64]
_Whole = npt.NDArray[np.int64]
_GROUPS, _DURATIONS = 8, 4
EVENTS, CHOICES = 4.0, 10.0
"""How much a finer group is drawn towards the coarser one: as if so many events, or choices, had been seen there."""


def _compiled(function: _F) -> _F:
    compile_: Any = numba.njit(cache=True, nogil=True, error_model="numpy")
    return cast("_F", compile_(function))


@_compiled
def hazards(
    weight: _Real, group: _Whole, state: _Whole, band: _Whole, days: _Real, hit: _Real, areas: int,
    states: int,
) -> _Real:  # fmt: skip
    """Events a day by group, arrangement and duration band, from weighed pieces of time; ``hit`` is 1 at an event.

    Each is drawn towards that of the coarser group: everybody, the group, its kind, the duration, the area.
    """
    kinds = states // areas
    n = np.zeros((_GROUPS, states, _DURATIONS))
    e = np.zeros((_GROUPS, states, _DURATIONS))
    for i in range(len(group)):
        n[group[i], state[i], band[i]] += weight[i] * hit[i]
        e[group[i], state[i], band[i]] += weight[i] * days[i]
    rates = np.zeros((_GROUPS, states, _DURATIONS))
    everybody = n.sum() / max(e.sum(), 1.0)
    for g in range(_GROUPS):
        of_group = _drawn(n[g].sum(), e[g].sum(), everybody)
        for k in range(kinds):
            part = slice(k * areas, (k + 1) * areas)
            of_kind = _drawn(n[g, part].sum(), e[g, part].sum(), of_group)
            for d in range(_DURATIONS):
                of_band = _drawn(n[g, part, d].sum(), e[g, part, d].sum(), of_kind)
                for s in range(k * areas, (k + 1) * areas):
                    rates[g, s, d] = _drawn(n[g, s, d], e[g, s, d], of_band)
    return rates


@_compiled
def _drawn(events: float, days: float, coarser: float) -> float:
    """The rate after so many events in so many days, believed beforehand to be the coarser one."""
    return (events + EVENTS) / (days + EVENTS / coarser) if coarser > 0 else 0.0


@_compiled
def choices(weight: _Real, group: _Whole, state: _Whole, to: _Whole, areas: int, states: int) -> _Real:
    """Where those who move go, as running totals over arrangements: group x arrangement left x arrangement.

    Drawn towards those of the same group leaving the same kind, and those towards all of the group: nobody goes where
    no child of the group went.
    """
    n = np.zeros((_GROUPS, states, states))
    for i in range(len(to)):
        if to[i] >= 0:
            n[group[i], state[i], to[i]] += weight[i]
    kinds = states // areas
    for g in range(_GROUPS):
        of_group = n[g].sum(axis=0)
        total = of_group.sum()
        if total == 0:
            for s in range(states):
                n[g, s, s] = 1.0
        else:
            of_group /= total
            for k in range(kinds):
                part = slice(k * areas, (k + 1) * areas)
                of_kind = n[g, part].sum(axis=0)
                of_kind = (of_kind + CHOICES * of_group) / (of_kind.sum() + CHOICES)
                for s in range(k * areas, (k + 1) * areas):
                    n[g, s] = (n[g, s] + CHOICES * of_kind) / (n[g, s].sum() + CHOICES)
        for s in range(states):
            n[g, s] = np.cumsum(n[g, s])
            n[g, s] /= n[g, s, states - 1]
    return n
