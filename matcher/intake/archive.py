"""The files of a case: those of a folder, or of a zip that is never unpacked to disk."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from matcher.intake.findings import At, Log

MOST_FILES = 2_000
MOST_FILE_BYTES = 200_000_000
MOST_BYTES = 500_000_000
WANTED = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".toml", ".json"})
_CHUNK = 1 << 20
_MB = 1_000_000


class ArchiveError(ValueError):
    """A case that cannot be opened at all; the message says why in plain words."""


@dataclass(frozen=True)
class SourceFile:
    """One file of the case: its path inside it, with ``/``, and its bytes (none if of a kind never read)."""

    path: str
    data: bytes

    @property
    def name(self) -> str:
        """The last part of the path."""
        return PurePosixPath(self.path).name

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders inside the case that it lies in, outermost first."""
        return PurePosixPath(self.path).parts[:-1]


def is_clutter(path: str) -> bool:
    """Whether a path is what computers leave lying about: hidden files, lock files, thumbnails."""
    parts = [part for part in PurePosixPath(path.replace("\\", "/")).parts if part != ".."]
    return any(part.startswith((".", "~$", "__MACOSX")) or part == "Thumbs.db" for part in parts)


def is_wanted(path: str) -> bool:
    """Whether a file is of a kind that is read at all, by the ending of its name."""
    return PurePosixPath(path).suffix.lower() in WANTED


def source_files(path: Path, log: Log) -> list[SourceFile]:
    """Every file of a case folder or zip, in the order of their paths.

    Raises:
        ArchiveError: there is no such folder or zip, or nothing in it can be opened.
    """
    if path.is_dir():
        return list(_folder_files(path, log))
    if not path.exists():
        raise ArchiveError(f"there is no folder or zip {path}")
    if not zipfile.is_zipfile(path):
        raise ArchiveError(f"{path.name} is neither a folder nor a zip")
    try:
        with zipfile.ZipFile(path) as archive:
            return list(_zip_files(archive, path.name, log))
    except (zipfile.BadZipFile, OSError) as error:
        raise ArchiveError(f"{path.name} is damaged: {error}") from error


def _folder_files(root: Path, log: Log) -> Iterator[SourceFile]:
    total = 0
    found = sorted(p for p in root.rglob("*") if p.is_file() and not is_clutter(p.relative_to(root).as_posix()))
    for count, file in enumerate(found):
        name = file.relative_to(root).as_posix()
        size = file.stat().st_size
        if not _fits(name, size, total, count, log):
            continue
        try:
            data = file.read_bytes() if is_wanted(name) else b""
        except OSError as error:
            _refused(log, name, f"it cannot be opened: {error.strerror}", "a file that can be read")
            continue
        total += size
        yield SourceFile(name, data)


def _zip_files(archive: zipfile.ZipFile, zip_name: str, log: Log) -> Iterator[SourceFile]:
    total = 0
    members = [info for info in archive.infolist() if not info.is_dir() and not is_clutter(info.filename)]
    for count, info in enumerate(sorted(members, key=lambda member: member.filename)):
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ".." in PurePosixPath(name).parts or ":" in name.partition("/")[0]:
            _refused(log, name, f"its name in {zip_name} leads out of the case", "plain names, in folders or not")
            continue
        if info.flag_bits & 1:
            _refused(log, name, "it is protected by a password", "a zip without a password")
            continue
        if not _fits(name, info.file_size, total, count, log):
            continue
        try:
            data = _unpack(archive, info) if is_wanted(name) else b""
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
            _refused(log, name, f"it is damaged inside {zip_name}: {error}", "a whole file")
            continue
        total += len(data)
        yield SourceFile(name, data)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Unpack in pieces, so that a member that says it is small cannot fill the memory."""
    pieces: list[bytes] = []
    size = 0
    with archive.open(info) as member:
        while piece := member.read(_CHUNK):
            size += len(piece)
            if size > MOST_FILE_BYTES:
                raise zipfile.BadZipFile("it unpacks to more than it says")
            pieces.append(piece)
    return b"".join(pieces)


def _fits(name: str, size: int, total: int, count: int, log: Log) -> bool:
    if count >= MOST_FILES:
        _refused(log, name, f"the case has more than {MOST_FILES:,} files", f"at most {MOST_FILES:,} files")
    elif size > MOST_FILE_BYTES:
        most = f"files of at most {MOST_FILE_BYTES // _MB} MB"
        _refused(log, name, f"it is {size // _MB:,} MB large", most)
    elif total + size > MOST_BYTES:
        _refused(log, name, f"the case is larger than {MOST_BYTES // _MB} MB", f"at most {MOST_BYTES // _MB} MB")
    else:
        return True
    return False


def _refused(log: Log, name: str, why: str, expected: str) -> None:
    log.error("file-refused", At(name), f"{name} was not read: {why}", expected=expected, action="the file is left out")
