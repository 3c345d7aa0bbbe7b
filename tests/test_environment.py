"""What must hold of the installation itself: our packages are ours, and nothing that breaks OR-Tools comes along."""

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent


def _run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    # A script's own folder comes first on the path, as it does for a notebook beside a stray models.py.
    script = folder / "script.py"
    script.write_text(code, encoding="utf-8")
    return subprocess.run([sys.executable, str(script)], capture_output=True, text=True, cwd=folder, check=False)


def test_a_stray_models_file_is_noticed_and_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "models.py").write_text("HERE = 1\n", encoding="utf-8")
    answer = _run("import matcher", tmp_path)
    assert answer.returncode == 1
    assert f"found another: {tmp_path / 'models.py'}" in answer.stderr
    assert "Rename that file or folder" in answer.stderr


def test_a_stray_folder_is_noticed_too(tmp_path: Path) -> None:
    (tmp_path / "solvers").mkdir()
    (tmp_path / "solvers" / "__init__.py").write_text("", encoding="utf-8")
    answer = _run("import matcher", tmp_path)
    assert "needs its own package 'solvers'" in answer.stderr


def test_nothing_stray_nothing_said(tmp_path: Path) -> None:
    answer = _run("import matcher, models, solvers; print(models.PLACEWELL, solvers.PLACEWELL)", tmp_path)
    assert (answer.returncode, answer.stdout) == (0, "models solvers\n")


def test_highspy_which_cannot_live_beside_ortools_is_nowhere() -> None:
    assert find_spec("highspy") is None
    for name in ("requirements.lock", "pyproject.toml"):
        assert not re.search(r"^\W*highspy\b", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_dependency_is_locked_with_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^(\S+)==(\S+)(.*?)(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert len(pinned) > 30
    assert [name for name, _, rest in pinned if "--hash=sha256:" not in rest] == []
