"""Functions compiled once and kept on disk, for as long as nothing they were compiled from has changed.

numba keeps each function by the file it stands in, and cannot see that a function or a constant of another file,
compiled into it, has changed since: a rule could go on being judged by last week's code. So all of it is kept
in a folder named by a hash of every file that scoring may compile from.
"""

import hashlib
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

import models
from matcher.intake.postcode_directory import cache_folder

_F = TypeVar("_F", bound=Callable[..., object])
_CONFIG: Any = numba.config
_SOURCES = (Path(__file__).parent, *map(Path, models.__path__))


def kernel(function: _F) -> _F:
    """Compile a function when it is first called, without Python's lock, and keep the machine code."""
    folder = _folder()
    if folder is None:
        return cast("_F", numba.njit(nogil=True)(function))
    before = _CONFIG.CACHE_DIR
    _CONFIG.CACHE_DIR = str(folder)
    try:
        return cast("_F", numba.njit(cache=True, nogil=True)(function))
    finally:
        _CONFIG.CACHE_DIR = before


@cache
def _folder() -> Path | None:
    """Where numba was told to keep code, else beside the source or in the user's cache; None if none can be written."""
    told = Path(_CONFIG.CACHE_DIR) if _CONFIG.CACHE_DIR else None
    for base in (told, Path(__file__).parent / "__pycache__", cache_folder()):
        folder = base / f"kernels-{source_hash(*_SOURCES)}" if base else None
        if folder and _can_write(folder):
            return folder
    return None


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def source_hash(*packages: Path) -> str:
    """A hash of every source file of these packages, not of packages inside them."""
    found = hashlib.sha256()
    for source in (source for package in packages for source in sorted(package.glob("*.py"))):
        found.update(source.name.encode() + b"\0" + source.read_bytes())
    return found.hexdigest()[:16]
