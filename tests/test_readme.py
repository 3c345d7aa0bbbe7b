"""What the README promises: its commands exist, and the lines it quotes are lines they print."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.cli import app
from matcher.scoring import PARTS
from models.rules import RULES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `placewell ([a-z].*?)` \|.*\| `(.*)` \|$", README, re.MULTILINE)
SLOW = {"demo", "sufficiency CASE", "pool CASE CASE", "plan CASE"}
"""Run by tests of their own."""


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_every_command_has_a_row() -> None:
    answer = CliRunner().invoke(app, ["--help"])
    commands = set(re.findall(r"^  ([a-z]+)  ", answer.output, re.MULTILINE))
    assert commands == {row[0].split()[0] for row in ROWS}


@pytest.mark.parametrize(("command", "line"), [row for row in ROWS if row[0] not in SLOW])
def test_the_line_quoted_is_printed(command: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    monkeypatch.setenv("PLACEWELL_KEEP_CASES", "yes")
    monkeypatch.chdir(tmp_path)
    words = command.replace("CASE", "demo").replace("ID", "R001").replace("DIR", "blank").split()
    answer = CliRunner().invoke(app, words)
    assert answer.exit_code == 0, answer.output
    assert _words(line.replace("DIR", "blank")) in _words(answer.output)


def test_the_files_it_links_to_exist() -> None:
    for target in re.findall(r"\]\(((?!http)[^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_it_shows_the_two_commands() -> None:
    assert "make demo" in README
    assert "make test" in README


def test_it_counts_the_rules_and_factors_right() -> None:
    assert f"{len(RULES)} hard rules" in README
    assert len(PARTS) == 12
    assert "Twelve named factors" in README
