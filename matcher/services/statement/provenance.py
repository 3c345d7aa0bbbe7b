"""What a statement was made from and with: enough to make it again."""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from matcher.intake.postcode_directory import DISTRIBUTION, directory_version
from models.case import Case
from models.record import Record


class Provenance(Record):
    """What a report was made from and with. ``sources`` are hashes of the files read."""

    as_at: str
    policy: str
    framework: str
    sources: Mapping[str, str]
    postcodes: str
    software: str


def provenance(case: Case) -> Provenance:
    """What was read and what read it."""
    return Provenance(
        as_at=case.as_at.isoformat(),
        policy=f"{case.policy.name} {case.policy.version}",
        framework=f"{case.framework.id} {case.framework.version}",
        sources=case.sources,
        postcodes=f"{DISTRIBUTION} {directory_version()}",
        software=f"Placewell {_software_version()}",
    )


def _software_version() -> str:
    try:
        return version("placewell")
    except PackageNotFoundError:
        return "(run from a folder, version not known)"
