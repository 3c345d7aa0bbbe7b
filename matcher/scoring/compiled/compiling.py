"""Functions compiled once and kept on disk, for as long as nothing they were compiled from has changed.

numba keeps each function by the file it stands in, and cannot see that a function or a constant of another file,
compiled into it, has changed since: a rule could go on being judged by last week's code. So all of it is kept
in a folder named by a hash of every file that they may be compiled from.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

import models
from matcher.intake.postcode_directory import cache_folder

_F = TypeVar("_F", bound=Callable[..., object])
_KEPT_SECONDS = 24 * 60 * 60
_CONFIG: Any = numba.config
_HERE = Path(__file__).parent
_SOURCES = (_HERE, *map(Path, models.__path__), _HERE.parent / "arrays.py", _HERE.parent / "coding.py")
"""Whatever a kernel takes a function or a constant from: folders and files."""


def kernel(function: _F) -> _F:
    """Compile a function when it is first called, without Python's lock, and keep the machine code."""
    return _compiled(function)


def inlined(function: _F) -> _F:
    """The same for a function that is put into each of its callers: where a call would cost more than it does."""
    return _compiled(function, forceinline=True)


def _compiled(function: _F, **options: bool) -> _F:
    # Without numba's own memory (nrt), arrays are lent: counting who holds them cost as much as the work, and made
    # threads wait for each other. No kernel makes an array.
    compile_: Any = partial(numba.njit, nogil=True, _nrt=False, **options)
    folder = _folder()
    if folder is None:
        return cast("_F", compile_()(function))
    before = _CONFIG.CACHE_DIR
    _CONFIG.CACHE_DIR = str(folder)
    try:
        return cast("_F", compile_(cache=True)(function))
    finally:
        _CONFIG.CACHE_DIR = before


@cache
def _folder() -> Path | None:
    """Where numba was told to keep code, else beside the source or in the user's cache; None if none can be written."""
    told = Path(_CONFIG.CACHE_DIR) if _CONFIG.CACHE_DIR else None
    for base in (told, _HERE / "__pycache__", cache_folder()):
        folder = base / f"kernels-{source_hash(*_SOURCES)}" if base else None
        if folder and _can_write(folder):
            _remove_old(folder)
            return folder
    return None


def _remove_old(folder: Path) -> None:
    """Remove code kept for other sources, a day after it was made: another copy may still be in use."""
    for other in folder.parent.glob("kernels-*"):
        if other != folder and other.stat().st_mtime < time.time() - _KEPT_SECONDS:
            shutil.rmtree(other, ignore_errors=True)


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def source_hash(*sources: Path) -> str:
    """A hash of these files and of every source file in these folders, not of folders inside them."""
    found = hashlib.sha256()
    for source in (file for each in sources for file in (sorted(each.glob("*.py")) if each.is_dir() else [each])):
        found.update(source.name.encode() + b"\0" + source.read_bytes())
    return found.hexdigest()[:16]
