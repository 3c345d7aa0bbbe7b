"""Every command on a small case: what it prints, what it writes, its JSON and its exit codes."""

import csv
import json
import os
import subprocess
import sys
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner, Result

from matcher.cli import app
from tests.make_files import FILES, REFERRALS, write_case

_REFERRALS = REFERRALS + ",preferred_kinds\nR1,C1,01/03/2018,20/04/2018,planned,placement_ending,foster\n"


def run(*words: str | Path) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    homes = FILES["homes.csv"] + "H3,P1,foster,in_house,WD17 3EX,1,500\n"
    return write_case(tmp_path / "case", referrals=_REFERRALS, homes=homes)


def test_check_of_a_good_case_ends_with_0_and_counts(case: Path) -> None:
    done = run("check", case)
    assert done.exit_code == 0
    assert "0 errors" in done.output
    assert "Tables read" in done.output
    assert "Test, as at 31 March 2018: 2 children looked after, 3 homes, 1 open referral." in done.output


def test_check_names_file_row_and_column_and_ends_with_1(case: Path, tmp_path: Path) -> None:
    (case / "homes.csv").write_text(FILES["homes.csv"] + "H9,P1,castle,in_house,AL1 3JE,2,414\n", encoding="utf-8")
    done = run("check", case, "--xlsx", tmp_path / "all.xlsx", "--rows", "3")
    assert done.exit_code == 1
    assert "ERROR homes.csv, row 4, kind" in done.output
    assert "'castle'" in done.output
    rows = CalamineWorkbook.from_path(str(tmp_path / "all.xlsx")).get_sheet_by_name("findings").to_python()
    assert any("castle" in row for row in rows)


@pytest.mark.parametrize("words", [[], ["--bogus"], ["a" * 300], ["none\0such"], ["~nobody-of-this-name/case"]])
def test_check_of_what_cannot_be_asked_ends_with_2(words: list[str]) -> None:
    done = run("check", *words)
    assert done.exit_code == 2
    assert "Error" in done.output


def test_files_that_cannot_be_written_end_with_2_and_say_so(case: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    for words in (
        ("check", case, "--xlsx", tmp_path / "none" / "f.xlsx"),
        ("check", case, "--xlsx", tmp_path),
        ("needs", case, "--csv", tmp_path / "none" / "f.csv"),
        ("allocate", case, "--out", tmp_path / "file"),
        ("template", "--out", tmp_path / "file"),
    ):
        done = run(*words)
        assert done.exit_code == 2, words
        assert "cannot be written" in done.output, words


def test_check_as_json_holds_every_finding(case: Path) -> None:
    (case / "homes.csv").write_text(FILES["homes.csv"] + "H9,P1,castle,in_house,AL1 3JE,2,414\n", encoding="utf-8")
    done = run("check", case, "--json")
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert sum(found["counts"].values()) == len(found["findings"])
    assert {(record["what"], record["id"]) for record in found["set_aside"]} == {("home", "H9")}


def test_needs_prints_groups_and_writes_scores(case: Path, tmp_path: Path) -> None:
    done = run("needs", case, "--csv", tmp_path / "needs.csv")
    assert done.exit_code == 0
    assert "SYNTHETIC DATA" in done.output
    assert "All children" in done.output
    assert "No child's needs are known" in done.output
    assert "commonest" not in done.output
    with (tmp_path / "needs.csv").open(encoding="utf-8-sig") as file:
        assert [row["child_id"] for row in csv.DictReader(file)] == ["C1", "C2"]
    assert json.loads(run("needs", case, "--json").stdout)["groups"][0]["children"] == 2


def test_needs_by_area_names_the_commonest_high_needs_of_each_group(case: Path) -> None:
    rows = "C1,01/02/2018,3,1,\nC2,01/02/2018,1,4,0\n"
    (case / "needs.csv").write_text(
        "child_id,assessed_on,need_life_story,need_aggression,need_education\n" + rows, encoding="utf-8"
    )
    lines = run("needs", case, "--by", "sex").output.partition("high needs by sex")[2].splitlines()
    assert any("Girls" in line and "Aggression or violence in the home 1 of 1" in line for line in lines)
    assert any("Boys" in line and "Understanding life story 1 of 1" in line for line in lines)
    assert run("needs", case, "--by", "ethnicity").exit_code == 2


def test_match_ranks_homes_and_explains_them(case: Path, tmp_path: Path) -> None:
    done = run("match", case, "--referral", "R1", "--csv", tmp_path / "m.csv")
    assert done.exit_code == 0
    assert "H3" in done.output
    assert "What the cost is made of" in done.output
    assert "nobody has recorded them" in done.output
    found = json.loads(run("match", case, "--child", "C1", "--json").stdout)
    assert found["referral_id"] == "R1"
    for home in found["ranked"]:
        assert sum(part["pence"] for part in home["explanation"]["parts"]) == home["cost_pence"]
    with (tmp_path / "m.csv").open(encoding="utf-8-sig") as file:
        assert next(csv.DictReader(file))["home_id"] == found["ranked"][0]["home_id"]


def test_match_says_what_in_house_first_costs(case: Path) -> None:
    assert "In-house first costs the child" in run("match", case, "--referral", "R1", "--in-house-first").output


def test_match_of_a_referral_that_is_not_there_suggests_one(case: Path) -> None:
    done = run("match", case, "--referral", "R2")
    assert done.exit_code == 2
    assert "Did you mean R1" in done.stderr


def test_match_without_any_home_says_which_rules_remove_them(case: Path) -> None:
    secure = _REFERRALS.replace("foster\n", "secure\n")
    (case / "referrals.csv").write_text(secure, encoding="utf-8")
    ending = "child_id,home_id,started,ends_on\nC1,H1,01/02/2017,20/04/2018\n"
    (case / "placements.csv").write_text(ending, encoding="utf-8")
    done = run("match", case, "--referral", "R1")
    assert done.exit_code == 0
    assert "No home passes every rule" in done.output
    assert "kind of home asked for" in done.output
    assert "declined" in done.output


def test_allocate_prints_totals_and_proof_and_writes_both_files(case: Path, tmp_path: Path) -> None:
    done = run("allocate", case, "--out", tmp_path / "plan")
    assert done.exit_code == 0
    for words in ("Weekly cost, pounds", "In the area", "Sibling sets living together", "Proved best", "not UASC"):
        assert words in done.output
    assert (tmp_path / "plan" / "plan.csv").is_file()
    assert (tmp_path / "plan" / "plan.xlsx").is_file()
    plan = json.loads(run("allocate", case, "--out", tmp_path / "plan", "--json").stdout)
    assert [row["child_id"] for row in plan["rows"]] == ["C1"]
    assert plan["certificate"]["checked"] is True


def test_allocate_explains_a_child_on_request(case: Path, tmp_path: Path) -> None:
    done = run("allocate", case, "--out", tmp_path / "plan", "--why", "R1")
    assert done.exit_code == 0
    assert "C1: homes that each rule removes" in done.output
    assert "C1 has H3 in the plan." in done.output
    done = run("allocate", case, "--out", tmp_path / "plan", "--why", "C9")
    assert done.exit_code == 2
    assert "C9 is no child or referral looking for a home in this run. Looking are: C1." in done.output


def test_allocate_explains_the_child_of_the_demo_without_a_home(tmp_path: Path) -> None:
    done = run("allocate", "demo", "--out", tmp_path / "plan")
    said = " ".join(done.output.split())
    assert "R029 C4039 Homes lack an adaptation or a service the child must have." in said
    assert "For C4039 no home passes every rule and has room." in said
    assert "H0862 in-house fostering £6,741 exact 1 more child has a home; C4039 would live here" in said
    plan = json.loads(run("allocate", "demo", "--out", tmp_path, "--json", "--no-values").stdout)
    assert plan["values"] is None
    (row,) = (row for row in plan["rows"] if not row["home_id"])
    assert [(o["rules"][0]["title"], o["homes"], o["with_room"]) for o in row["openings"]] == [
        ("a place within the number approved", 1, 1),
        ("needed service", 85, 73),
    ]
    assert row["openings"][1]["rules"][0]["by"] == "commissioning"
    funnel = sorted(row["why_unplaced"], key=lambda count: count["rule"])
    assert (funnel[0]["in_all"] + funnel[0]["left"], funnel[-1]["left"]) == (966, 0)


def test_sufficiency_writes_both_copies_in_every_format_and_prints_the_figures(case: Path, tmp_path: Path) -> None:
    done = run("sufficiency", case, "--out", tmp_path / "out", "--seconds", "3")
    assert done.exit_code == 0
    every = {f"sufficiency.{kind}" for kind in ("html", "docx", "pdf", "xlsx")}
    assert {path.name for path in (tmp_path / "out" / "internal").iterdir()} == every
    young = {"young-people.html", "young-people.pdf"}
    assert {path.name for path in (tmp_path / "out" / "public").iterdir()} == every | young
    assert "counts are hidden" in " ".join(done.stdout.split())
    report = json.loads(run("sufficiency", case, "--out", tmp_path / "out", "--seconds", "3", "--json").stdout)
    assert report["figures"]["children"] == 2
    assert len(report["clean_sheet"]["children"]) == len(report["clean_sheet"]["plan"]["rows"]) == 2
    sources = report["provenance"]["sources"]
    assert sources["homes.csv"] == sha256((case / "homes.csv").read_bytes()).hexdigest()


def test_faults_in_the_files_are_told_of_before_any_result(case: Path) -> None:
    (case / "homes.csv").write_text(FILES["homes.csv"] + "H9,P1,castle,in_house,AL1 3JE,2,414\n", encoding="utf-8")
    done = run("needs", case)
    assert done.exit_code == 0
    assert "placewell check" in done.stderr


def test_words_from_files_are_never_markup_nor_formulas(tmp_path: Path) -> None:
    toml = 'name = "[bold red]x[/] [/nonsense]"\nauthority = "E10000015"\nas_at = 2018-03-31\nsynthetic = false\n'
    case = write_case(tmp_path / "case", {"case.toml": toml}, referrals=_REFERRALS)
    done = run("allocate", case, "--out", tmp_path / "plan")
    assert done.exit_code == 0
    assert "[bold red]x[/] [/nonsense]" in " ".join(done.output.split())
    assert "[bold red]x[/]" in run("needs", case).output


@pytest.mark.parametrize("command", ["allocate", "sufficiency"])
def test_a_folder_in_the_way_is_said_in_words(case: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = run(command, case, "--out", tmp_path / "file")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_the_demo_runs_whole_from_the_shell(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "matcher.cli", "demo", "--seconds", "2"],
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=300, env=os.environ | {"COLUMNS": "80"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    reports = done.stdout.rsplit("Reports of the demo authority", 1)[1]
    paths = [line.split()[-1] for line in reports.splitlines()[1:] if line]
    assert len(paths) == 13
    for path in paths:
        assert (tmp_path / path).stat().st_size > 1000
    for command in ("check", "needs", "match", "allocate", "sufficiency", "adopters"):
        assert f"placewell {command} demo" in done.stdout
    page = (tmp_path / "placewell-demo" / "public" / "sufficiency.html").read_text(encoding="utf-8")
    assert "SYNTHETIC" in page
    assert "Number of children who live in each district" in page


def test_a_framework_that_cannot_score_every_home_is_a_finding_and_no_traceback(case: Path) -> None:
    framework = json.loads(files("placewell_data").joinpath("needs/framework.json").read_text(encoding="utf-8"))
    del framework["home_prior"]["levels"]["foster"]
    (case / "framework.json").write_text(json.dumps(framework), encoding="utf-8")
    done = run("check", case)
    assert done.exit_code == 1
    assert "home_prior gives no level for foster homes" in " ".join(done.output.split())
    assert run("match", case, "--referral", "R1").exit_code == 0
