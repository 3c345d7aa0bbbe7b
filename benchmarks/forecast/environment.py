"""An environment of its own for the sector's tool, which wants older libraries than ours; made once, and kept."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from matcher.intake.postcode_directory import cache_folder

TOOL = "cs-demand-model==0.5.1"
# Its file library asks for `pkg_resources`, which newer setuptools no longer have.
_WITH_IT = "setuptools<81"
_SCRIPT = Path(__file__).with_name("sector_tool.py")


class NotInstalledError(RuntimeError):
    """The tool could not be installed; the message is the installer's last line."""


def ask_tool(*arguments: str) -> dict[str, Any]:
    """What ``sector_tool.py`` prints, run in the tool's own environment.

    Raises:
        NotInstalledError: the environment could not be made.
        ChildProcessError: the tool failed; the message is its last line.
    """
    run = subprocess.run([str(_python()), str(_SCRIPT), *arguments], capture_output=True, text=True, check=False)
    if run.returncode:
        raise ChildProcessError(_last_line(run.stderr))
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def _python() -> Path:
    """The environment's Python, made if it is not there."""
    folder = (cache_folder() or Path(".cache")) / "benchmarks" / TOOL.replace("==", "-")
    python, done = folder / "bin" / "python", folder / "installed"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        _run(sys.executable, "-m", "venv", str(folder))
        _run(str(python), "-m", "pip", "install", "--quiet", TOOL, _WITH_IT)
        done.touch()
    return python


def _run(*command: str) -> None:
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise NotInstalledError(_last_line(run.stderr))


def _last_line(words: str) -> str:
    return (words.strip().splitlines() or ["it said nothing"])[-1]
