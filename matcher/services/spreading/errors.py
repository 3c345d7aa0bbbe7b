"""What can keep tasks from being done, other than an error of their own."""

from collections.abc import Mapping
from typing import Any


class StoppedError(RuntimeError):
    """The caller's ``cancel`` said stop.

    Attributes:
        done: results by number of task, of those that were done.
        total: how many tasks there were.
    """

    def __init__(self, done: Mapping[int, Any], total: int) -> None:
        super().__init__(f"Stopped as asked, with {len(done):,} of {total:,} tasks done.")
        self.done, self.total = done, total


class WorkersLostError(RuntimeError):
    """Processes that did the work kept ending without any task done: there may be too little memory for one."""


class ClusterError(RuntimeError):
    """The cluster cannot be used: not installed here, no answer, no workers, or another Placewell on them."""
