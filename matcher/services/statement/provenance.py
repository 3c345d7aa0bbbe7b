"""What a statement was made from and with: enough to make it again."""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from matcher.intake.postcode_directory import DISTRIBUTION, directory_version
from models.case import Case
from models.record import Record


class Provenance(Record):
    """What a report was made from and with.

    ``sources`` are hashes of the files read; ``seconds`` and ``round_to`` are the choices that are not in them: the
    time for the solver in each plan (None: until proved), and what public counts are rounded to (None: small ones are
    hidden).
    """

    as_at: str
    policy: str
    framework: str
    sources: Mapping[str, str]
    postcodes: str
    software: str
    seconds: float | None
    round_to: int | None

    @property
    def command(self) -> str:
        """The one command that makes the same statement of the same files; CASE is the folder they are in."""
        chosen = "" if self.seconds is None else f" --seconds {self.seconds:g}"
        return f"placewell sufficiency CASE{chosen}" + (f" --round-to {self.round_to}" if self.round_to else "")


def provenance(case: Case, seconds: float | None, round_to: int | None) -> Provenance:
    """What was read, what read it and with which choices."""
    return Provenance(
        as_at=case.as_at.isoformat(),
        policy=f"{case.policy.name} {case.policy.version}",
        framework=f"{case.framework.id} {case.framework.version}",
        sources=case.sources,
        postcodes=f"{DISTRIBUTION} {directory_version()}",
        software=f"Placewell {_software_version()}",
        seconds=seconds,
        round_to=round_to,
    )


def _software_version() -> str:
    try:
        return version("placewell")
    except PackageNotFoundError:
        return "(run from a folder, version not known)"
