"""The command line starts light, helps, and turns mistakes into words."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.cli import app

COMMANDS = ("demo", "template", "check", "needs", "match", "allocate", "pool", "sufficiency", "warmup")
"""In the order people use them: try it, get blank files, check them filled in, then the results; last, upkeep."""
HEAVY = (
    "numba",
    "numpy",
    "pandas",
    "ortools",
    "pydantic",
    "networkx",
    "jinja2",
    "xlsxwriter",
    "python_calamine",
    "scipy",
)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", "matcher.cli", *words],
        capture_output=True, text=True, check=False, env=environment, timeout=120,
    )  # fmt: skip


def test_help_names_every_command_in_whole_words() -> None:
    done = run("--help")
    assert done.returncode == 0
    listed = [line.split()[0] for line in done.stdout.split("Commands:")[1].splitlines() if line.startswith("  ")]
    assert tuple(word for word in listed if word in COMMANDS) == COMMANDS
    assert "..." not in done.stdout.split("Commands:")[1]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, json\n"
        "from matcher.cli import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    loaded = {name.split(".")[0] for name in json.loads(done.stderr)}
    assert loaded.isdisjoint(HEAVY)
    assert "matcher" in loaded


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_json(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"])
    assert done.exit_code == 0
    assert "--json" in done.output


@pytest.mark.parametrize("words", [["check"], ["nonsense"], ["check", "--nonsense"], ["match", "demo", "--top", "0"]])
def test_a_wrong_command_line_ends_with_2_and_words(words: list[str]) -> None:
    done = run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


@pytest.mark.parametrize("command", ["check", "needs", "allocate", "sufficiency"])
def test_a_case_that_is_not_there_is_said_in_words(command: str, tmp_path: Path) -> None:
    done = run(command, str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert "There is no folder or zip" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("words", [[], ["--referral", "R1", "--child", "C1"]])
def test_match_asks_for_one_of_referral_and_child(words: list[str], tmp_path: Path) -> None:
    done = run("match", str(tmp_path), *words)
    assert done.returncode == 2
    assert "--referral ID or --child ID" in done.stderr


@pytest.mark.parametrize("command", [["needs"], ["allocate"], ["sufficiency"], ["match", "--child", "C1"]])
def test_a_case_without_anything_usable_points_to_check(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("nothing,of,use\n1,2,3\n", encoding="utf-8")
    done = run(command[0], str(tmp_path), *command[1:])
    assert done.returncode == 2
    assert "placewell check" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_check_of_a_folder_with_nothing_usable_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("nothing,of,use\n1,2,3\n", encoding="utf-8")
    done = run("check", str(tmp_path), "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found["counts"]["error"] >= 1
    assert found["counts"]["error"] == sum(finding["severity"] == "error" for finding in found["findings"])


def test_templates_are_written_once_and_never_over_filled_ones(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    done = run("template", "--out", str(folder), "--json")
    assert done.returncode == 0
    written = [Path(path) for path in json.loads(done.stdout)["written"]]
    assert all(path.is_file() for path in written)
    again = run("template", "--out", str(folder))
    assert again.returncode == 2
    assert "may be filled in" in " ".join(again.stderr.split())


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    done = run("template", "--out", str(blocked / "inside"))
    assert done.returncode == 2
    assert "cannot be written" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
