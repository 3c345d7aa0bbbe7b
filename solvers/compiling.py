"""How the few compiled loops of this package are compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

_F = TypeVar("_F", bound=Callable[..., object])

FAR = 1 << 62
"""Stands for no way, or no pair: beyond every cost with its price."""


def compiled(function: _F) -> _F:
    """Compile when first called; the code is kept where it may be."""
    make: Any = numba.njit
    try:
        return cast("_F", make(cache=True, nogil=True)(function))
    except RuntimeError:  # neither this folder nor the user's cache can be written
        return cast("_F", make(nogil=True)(function))
