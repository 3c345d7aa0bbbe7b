"""The files of a case: those of a folder, or of a zip that is never unpacked to disk."""

import os
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
    try:
        if path.is_dir():
            return list(_folder_files(path, log))
        if not path.exists():
            raise ArchiveError(f"there is no folder or zip {path}")
        path.open("rb").close()
    except OSError as error:
        raise ArchiveError(f"{path.name} cannot be opened: {error.strerror}") from error
    if not zipfile.is_zipfile(path):
        raise ArchiveError(f"{path.name} is neither a folder nor a zip")
    try:
        with zipfile.ZipFile(path) as archive:
            return list(_zip_files(archive, path.name, log))
    except (zipfile.BadZipFile, OSError) as error:
        raise ArchiveError(f"{path.name} is damaged: {error}") from error


def _folder_files(root: Path, log: Log) -> Iterator[SourceFile]:
    allowance = _Allowance(log)
    for file, name in sorted(_walk(root, log), key=lambda found: found[1]):
        if not is_wanted(name):
            yield SourceFile(name, b"")
            continue
        try:
            if not file.is_file():
                _refused(log, name, "it is a pipe, a device or a link to nothing", "a file that can be read")
            elif allowance.has_room(name, file.stat().st_size):
                yield SourceFile(name, file.read_bytes())
        except OSError as error:
            _refused(log, name, f"it cannot be opened: {error.strerror}", "a file that can be read")
    allowance.tell()


def _walk(root: Path, log: Log) -> Iterator[tuple[Path, str]]:
    """Every file under a folder that is no clutter, and its path inside it; links to folders are not followed."""

    def cannot(error: OSError) -> None:
        name = Path(error.filename).relative_to(root).as_posix()
        told = f"the folder {name} was not read: {error.strerror}"
        log.error("file-refused", At(name), told, expected="a folder that can be read", action="it is left out")

    for folder, folders, names in os.walk(root, onerror=cannot):
        for path in sorted(Path(folder, name) for name in folders):
            inside = path.relative_to(root).as_posix()
            if _is_link(path) and not is_clutter(inside):
                told, expected = "a link to a folder is not followed", "the folder itself"
                log.warn("link-not-followed", At(inside), told, expected=expected, action="it is left out")
        for path in (Path(folder, name) for name in names):
            inside = path.relative_to(root).as_posix()
            if not is_clutter(inside):
                yield path, inside


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:  # in a folder that may be listed and not entered; its files are told of one by one
        return False


def _zip_files(archive: zipfile.ZipFile, zip_name: str, log: Log) -> Iterator[SourceFile]:
    allowance = _Allowance(log)
    members = [info for info in archive.infolist() if not info.is_dir() and not is_clutter(info.filename)]
    for info in sorted(members, key=lambda member: member.filename):
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ".." in PurePosixPath(name).parts or ":" in name.partition("/")[0]:
            _refused(log, name, f"its name in {zip_name} leads out of the case", "plain names, in folders or not")
        elif not is_wanted(name):
            yield SourceFile(name, b"")
        elif info.flag_bits & 1:
            _refused(log, name, "it is protected by a password", "a zip without a password")
        elif allowance.has_room(name, info.file_size):
            try:
                yield SourceFile(name, _unpack(archive, info))
            except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
                _refused(log, name, f"it is damaged inside {zip_name}: {error}", "a whole file")
    allowance.tell()


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


class _Allowance:
    """How many files, and how large, a case may have; what does not fit is told of, many alike in one finding."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._files = 0
        self._bytes = 0
        self._beyond: list[str] = []

    def has_room(self, name: str, size: int) -> bool:
        """Whether one more file that is to be read fits; if it does it is counted."""
        if self._files >= MOST_FILES:
            self._beyond.append(name)
        elif size > MOST_FILE_BYTES:
            most = f"files of at most {MOST_FILE_BYTES // _MB} MB"
            _refused(self._log, name, f"it is {size // _MB:,} MB large", most)
        elif self._bytes + size > MOST_BYTES:
            most = f"{MOST_BYTES // _MB} MB"
            _refused(self._log, name, f"the case is larger than {most}", f"at most {most}")
        else:
            self._files += 1
            self._bytes += size
            return True
        return False

    def tell(self) -> None:
        """Tell of the files beyond the number that is read."""
        if self._beyond:
            told = f"{len(self._beyond):,} files, this one the first, were not read: there are more than {MOST_FILES:,}"
            expected = f"at most {MOST_FILES:,} files; files that do not belong to the case moved elsewhere"
            action = "they are left out"
            self._log.error("files-too-many", At(self._beyond[0]), told, expected=expected, action=action)


def _refused(log: Log, name: str, why: str, expected: str) -> None:
    log.error("file-refused", At(name), f"{name} was not read: {why}", expected=expected, action="the file is left out")
