"""Arrays as the compiled loops take them; numba compiles anew where the fields of one of these change."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_Real = npt.NDArray[np.float64]
_Whole = npt.NDArray[np.int64]


class Coming(NamedTuple):
    """Those who came into care, by stream: rows ``first[s]`` to ``first[s + 1]``; birthdays in days from coming."""

    first: _Whole
    weight: _Real
    child: _Whole
    state: _Whole
    district: _Whole
    birthdays: _Real


class Here(NamedTuple):
    """Children whose day of coming is known: in care now (``came`` 0 or less), or sure to come.

    ``state`` or ``district`` of -1 is drawn like that of somebody else of the ``stream``.
    """

    came: _Real
    stay: _Real
    state: _Whole
    district: _Whole
    birthdays: _Real
    stream: _Whole


class Rates(NamedTuple):
    """Events a day: ``leave`` and ``move`` by group x arrangement x duration band.

    ``to`` holds running totals of the chances of each arrangement: group x arrangement left x arrangement.
    """

    leave: _Real
    move: _Real
    to: _Real


class Counts(NamedTuple):
    """What a draw counts; month 0 is the as-at date.

    ``stock`` is months + 1 x age bands x arrangements x districts; ``came`` months x streams; ``left`` months x age
    bands and those who turned 18; ``moved`` months; ``flows`` moves by arrangement left and entered.
    """

    stock: _Whole
    came: _Whole
    left: _Whole
    moved: _Whole
    flows: _Whole
