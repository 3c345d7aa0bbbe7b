"""A Dask cluster, which the user runs and names: whatever is shared and every task goes to its machines."""

from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from matcher.services.spreading.calling import Job, call
from matcher.services.spreading.errors import ClusterError
from matcher.services.spreading.workers import Place, Workers

if TYPE_CHECKING:
    from distributed import Client, Future

PREFIXES = {"dask://": "tcp://", "dask+tls://": "tls://"}
"""How a cluster is named, and what Dask calls it; certificates are those of Dask's own settings."""
OURS = version("placewell")
"""What the workers must run, for the same results."""
_SECONDS = 10


def cluster(address: str) -> Place:
    """The cluster whose scheduler has this address, as Dask writes it.

    What is shared goes to every worker once. A worker that ends has its tasks done by others; where it alone held what
    is shared, opening again sends that again.
    """

    @contextmanager
    def opened(job: Job) -> Iterator[Workers]:
        client = _connected(address)
        try:
            common = _sent(client, job)
            pool = client.get_executor(pure=False)
            slots = sum(client.nthreads().values())
            # One thread a task: how many run at once is the cluster's to say.
            yield Workers(lambda n: pool.submit(call, common, job.tasks[n], job.seeds[n], 1), 2 * slots)
        finally:
            client.close()

    return opened


def _sent(client: "Client", job: Job) -> "Future":
    try:
        return client.scatter((job.work, job.shared), broadcast=True, hash=False)
    except OSError as error:
        raise BrokenExecutor("a worker ended while it was sent what is shared") from error


def _connected(address: str) -> "Client":
    """A client of a cluster that answers, has a worker, and runs the Placewell that runs here."""
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError("Dask is not installed: pip install 'placewell[dask]'.") from error
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise ClusterError(f"No Dask scheduler answers at {address} within {_SECONDS} seconds.") from error
    try:
        _check(client, address)
    except BaseException:
        client.close()
        raise
    return client


def _check(client: "Client", address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except TimeoutError as error:
        raise ClusterError(f"The Dask cluster at {address} has no workers.") from error
    # A worker that ends meanwhile gives another error, and is no matter.
    theirs = client.run(version, "placewell", on_error="return").values()
    if any(isinstance(found, ImportError) for found in theirs):
        raise ClusterError(f"Every worker of the Dask cluster at {address} needs Placewell {OURS} installed.")
    if others := sorted({found for found in theirs if isinstance(found, str)} - {OURS}):
        raise ClusterError(f"The Dask cluster at {address} runs Placewell {', '.join(others)}; here is {OURS}.")
