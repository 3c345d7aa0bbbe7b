"""An environment of its own for the field's library, which brings solvers that ours cannot stand beside; made once."""

import shutil
import subprocess
import sys
from pathlib import Path

from matcher.intake.postcode_directory import cache_folder

LIBRARY = "spopt==0.7.0"


class NotInstalledError(RuntimeError):
    """The library could not be installed; the message is the installer's last line."""


def library_python() -> Path:
    """The environment's Python, made if it is not there.

    Raises:
        NotInstalledError: it could not be made.
    """
    folder = (cache_folder() or Path(".cache")) / "benchmarks" / LIBRARY.replace("==", "-")
    python, done = folder / "bin" / "python", folder / "installed"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        for command in (
            (sys.executable, "-m", "venv", str(folder)),
            (str(python), "-m", "pip", "install", "--quiet", LIBRARY),
        ):
            run = subprocess.run(command, capture_output=True, text=True, check=False)
            if run.returncode:
                raise NotInstalledError((run.stderr.strip().splitlines() or ["it said nothing"])[-1])
        done.touch()
    return python
