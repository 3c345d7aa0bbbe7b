"""Cases kept as they were read, so that the next command need not read the same files again.

What is kept is children's data outside the council's own folder. So: only in a folder that nobody but the user can
read (``cases`` in the cache folder), at most ``MOST_KEPT`` cases, none unused for ``DAYS_KEPT`` days, none at all where
the environment variable ``PLACEWELL_KEEP_CASES`` is set to anything but ``yes``; and as JSON that is checked like any
file, never as anything that could run code. A case is found again only by the very bytes of its files and of the
program that read them. Nothing that is wrong with the cache stops a command: the files are read again.
"""

import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files as resources
from pathlib import Path

from pydantic import TypeAdapter

import models
from matcher.intake.archive import ArchiveError, SourceFile, source_files
from matcher.intake.findings import Log
from matcher.intake.postcode_directory import DISTRIBUTION, cache_folder
from matcher.intake.private_folder import NotPrivateError, PrivateFolder
from matcher.intake.reading import Progress, Reading, not_opened
from models.finding import Finding

SWITCH = "PLACEWELL_KEEP_CASES"
MOST_KEPT = 4
DAYS_KEPT = 30
LIBRARIES = ("numpy", "networkx", "pydantic", "pydantic-core", "python-calamine", DISTRIBUTION)
"""Those that decide how a case is read."""
_TABLES = ("geography", "needs", "ssda903")
_DIGEST = 32
_log = logging.getLogger(__name__)


def read_kept(path: Path, *, progress: Progress | None = None, afresh: bool = False) -> Reading:
    """Read a case folder or zip, or find what was kept of reading the same files: the answer is the same.

    Args:
        path: a folder or a .zip.
        progress: called with a few words before each step.
        afresh: read the files whatever is kept; what comes of it is kept.
    """
    tell = progress or (lambda _: None)
    log = Log()
    tell("opening files")
    try:
        files = source_files(path, log)
    except ArchiveError as error:
        return not_opened(path, error, log)
    name = _name(files, log.findings)
    kept = None if afresh else _kept(name)
    if kept is not None:
        return kept
    from matcher.intake.case import read_files

    reading = read_files(files, log, tell)
    _keep(name, reading)
    return reading


def folder() -> Path | None:
    """Where cases are kept; None where they are not."""
    base = cache_folder()
    return base / "cases" if base and os.environ.get(SWITCH, "yes").lower() == "yes" else None


def is_kept(path: Path) -> bool:
    """Whether the case in this folder or zip can be had without reading it.

    Raises:
        ArchiveError: it cannot be opened.
    """
    log = Log()
    return _kept(_name(source_files(path, log), log.findings)) is not None


def forget() -> int:
    """Remove every case that is kept, also where keeping is switched off; how many there were.

    Raises:
        OSError: the folder cannot be opened, or is not the user's own.
    """
    base = cache_folder()
    if base is None:
        return 0
    try:
        with PrivateFolder(base / "cases") as cases:
            return cases.empty()
    except FileNotFoundError:
        return 0


def _kept(name: str) -> Reading | None:
    """What is kept under this name; None where there is nothing, or nothing that can be trusted."""
    where = folder()
    if where is None:
        return None
    try:
        with PrivateFolder(where) as cases:
            held = cases.read(name)
            cases.keep_newest(MOST_KEPT, DAYS_KEPT * 86_400)
        if held[:_DIGEST] != _digest(name, held[_DIGEST:]):
            raise ValueError("its digest is wrong")
        return _reader().validate_json(held[_DIGEST:])
    except FileNotFoundError:
        return None
    except NotPrivateError as error:
        _tell_not_private(where, error)
    except (OSError, ValueError) as error:
        _log.info("the case kept in %s cannot be read (%s); its files are read again", where, error)
    return None


def _keep(name: str, reading: Reading) -> None:
    """Keep what was read of a case that can be used, if it can be had back just as it is."""
    where = folder()
    if where is None or reading.case is None:
        return
    try:
        body = _reader().dump_json(reading)
        if _reader().validate_json(body) != reading:  # such as file names that are no text, which JSON cannot hold
            raise ValueError("it cannot be written as it is")
        with PrivateFolder(where, make=True) as cases:
            cases.write(name, _digest(name, body) + body)
            cases.keep_newest(MOST_KEPT, DAYS_KEPT * 86_400)
    except NotPrivateError as error:
        _tell_not_private(where, error)
    except (OSError, ValueError) as error:
        _log.info("the case is not kept in %s (%s)", where, error)


def _tell_not_private(where: Path, error: NotPrivateError) -> None:
    _log.warning(
        "no case is kept in %s: %s. Remove that folder, or set PLACEWELL_CACHE to a folder of your own, or %s=no.",
        where, error, SWITCH,
    )  # fmt: skip


@cache
def _reader() -> TypeAdapter[Reading]:
    return TypeAdapter(Reading)


def _digest(name: str, body: bytes) -> bytes:
    return sha256(name.encode() + body).digest()


def _name(files: Sequence[SourceFile], findings: Sequence[Finding]) -> str:
    """The name a reading is kept under: a hash of everything that decides it."""
    parts = [
        [[file.path, sha256(file.data).hexdigest()] for file in files],
        [finding.model_dump(mode="json") for finding in findings],
        _program(),
    ]
    return sha256(json.dumps(parts).encode()).hexdigest()


@cache
def _program() -> list[str]:
    """What reads the files, as versions and hashes."""
    sources = sorted(source for place in _source_folders() for source in place.glob("*.py"))
    tables = sorted(table for name in _TABLES for table in _tables(name))
    hashes = (f"{path.name} {sha256(path.read_bytes()).hexdigest()}" for path in (*sources, *tables))
    return [sys.version, *(f"{name} {version(name)}" for name in LIBRARIES), *hashes]


def _source_folders() -> Iterator[Path]:
    yield Path(__file__).parent
    for base in map(Path, models.__path__):
        yield from (base, base / "ssda903")


def _tables(name: str) -> Iterator[Path]:
    place = Path(str(resources("placewell_data"))) / name
    return (path for path in place.iterdir() if path.suffix in (".csv", ".json"))
