"""When to stop, and what to tell: the caller's time limit, cancel button and interest in progress, in one place."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

Progress = Callable[[float, int, int], None]


class OutOfTimeError(Exception):
    """Raised inside a long step that is given up because the clock says stop; what was found before it stands."""


class Clock:
    """Counts seconds and remembers whether the caller cancelled.

    Args:
        time_limit: Seconds from now, or None for no limit.
        cancel: Asked from time to time; True stops the work. A `threading.Event` gives its ``is_set``.
        progress: Told seconds, objective and bound whenever the best plan or the bound gets better.
    """

    def __init__(
        self, time_limit: float | None, cancel: Callable[[], bool] | None, progress: Progress | None = None
    ) -> None:
        if time_limit is not None and not time_limit >= 0:
            raise ValueError(f"time_limit is {time_limit}: expected seconds, 0 or more, or None")
        self._began = time.perf_counter()
        self._limit = math.inf if time_limit is None else float(time_limit)
        self._cancel = cancel
        self._progress = progress
        self._told: tuple[int, int] | None = None
        self.cancelled = False

    def tell(self, objective: int, bound: int) -> None:
        """Tell the caller how far the work is, if that is new."""
        if self._progress is not None and self._told != (objective, bound):
            self._told = (objective, bound)
            self._progress(self.seconds, objective, bound)

    @property
    def can_cancel(self) -> bool:
        """Whether the caller gave a way to cancel."""
        return self._cancel is not None

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._began

    @property
    def left(self) -> float:
        """Seconds left, 0 or more, infinite without a limit."""
        return max(0.0, self._limit - self.seconds)

    def stop(self) -> bool:
        """Whether to stop now: time is up, or the caller cancelled."""
        return self.asked() or self.left <= 0

    def asked(self) -> bool:
        """Whether the caller has cancelled."""
        if not self.cancelled and self._cancel is not None:
            self.cancelled = bool(self._cancel())
        return self.cancelled
