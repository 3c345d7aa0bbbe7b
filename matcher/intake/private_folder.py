"""A folder that nobody but its owner can read, for what was read of children.

It is held open while it is used and every file is reached through it, so that no other folder or link can be put in
its place between the check and the reading.
"""

import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_PART = ".part"
_LEFT_BEHIND_SECONDS = 3600
"""A part this old was left by a program that was stopped: none takes so long to write a file."""


class NotPrivateError(OSError):
    """A folder or file that belongs to somebody else, or that others can read or write."""


class PrivateFolder:
    """A folder of the user's own; use it in a ``with`` statement.

    Args:
        path: the folder.
        make: make it, and those it lies in, if it is not there.

    Raises:
        FileNotFoundError: it is not there, and not to be made.
        NotPrivateError: it is not the user's, or open to others.
        OSError: it cannot be made or opened.
    """

    def __init__(self, path: Path, *, make: bool = False) -> None:
        if not hasattr(os, "geteuid"):
            raise NotPrivateError("this system does not say who may read a file")
        if make:
            path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                path.mkdir(mode=0o700)
        self._folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            _check_private(self._folder, str(path))
        except OSError:
            os.close(self._folder)
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        os.close(self._folder)

    def read(self, name: str) -> bytes:
        """The bytes of a file, which from now on counts as just used.

        Raises:
            NotPrivateError: the file is not the user's, open to others, a link or no plain file.
            OSError: there is none, or it cannot be read.
        """
        with self._opened(name, os.O_RDONLY | os.O_NONBLOCK) as file:
            _check_private(file, name)
            with suppress(OSError):
                os.utime(file)
            with open(file, "rb", closefd=False) as held:
                return held.read()

    def write(self, name: str, data: bytes) -> None:
        """Write a file aside and rename it, so that no other process ever reads half of it.

        Raises:
            OSError: it cannot be written; nothing is left of it.
        """
        part = f"{name}.{secrets.token_hex(8)}{_PART}"
        try:
            with (
                self._opened(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as file,
                open(file, "wb", closefd=False) as held,
            ):
                held.write(data)
            os.rename(part, name, src_dir_fd=self._folder, dst_dir_fd=self._folder)
        except BaseException:
            self.remove(part)
            raise

    def remove(self, name: str) -> bool:
        """Remove a file; whether it was there and is no more."""
        try:
            os.unlink(name, dir_fd=self._folder)
        except OSError:
            return False
        return True

    def keep_newest(self, most: int, seconds: float) -> None:
        """Remove all but the files last used, and those not used for so long, and parts left behind."""
        now, used = time.time(), sorted(self._used(), reverse=True)
        whole = [(at, name) for at, name in used if not name.endswith(_PART)]
        old = [name for at, name in whole[:most] if now - at > seconds]
        parts = [name for at, name in used if name.endswith(_PART) and now - at > _LEFT_BEHIND_SECONDS]
        for name in (*(name for _, name in whole[most:]), *old, *parts):
            self.remove(name)

    def empty(self) -> int:
        """Remove every file; how many whole ones there were.

        Raises:
            OSError: a file cannot be removed.
        """
        names = [name for _, name in self._used()]
        for name in names:
            with suppress(FileNotFoundError):  # another program was faster
                os.unlink(name, dir_fd=self._folder)
        return sum(not name.endswith(_PART) for name in names)

    def _used(self) -> Iterator[tuple[float, str]]:
        """When each file was last used, in seconds since 1970, and its name."""
        with os.scandir(self._folder) as found:
            for file in found:
                with suppress(OSError):
                    yield file.stat(follow_symlinks=False).st_mtime, file.name

    @contextmanager
    def _opened(self, name: str, flags: int) -> Iterator[int]:
        file = os.open(name, flags | os.O_NOFOLLOW, 0o600, dir_fd=self._folder)
        try:
            yield file
        finally:
            os.close(file)


def _check_private(file: int, name: str) -> None:
    found = os.fstat(file)
    if found.st_uid != os.geteuid():
        raise NotPrivateError(f"{name} belongs to another user")
    if found.st_mode & 0o077:
        raise NotPrivateError(f"{name} is open to other users")
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        raise NotPrivateError(f"{name} is neither a file nor a folder")
