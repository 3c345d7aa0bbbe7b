"""Many tasks of one kind, run here, on processes of this machine or on a Dask cluster: the same results from each."""

from matcher.services.spreading.calling import threads
from matcher.services.spreading.errors import ClusterError, StoppedError, WorkersLostError
from matcher.services.spreading.spread import spread

__all__ = ["ClusterError", "StoppedError", "WorkersLostError", "spread", "threads"]
