"""A council's own needs framework, from its blank files to the report: fewer needs, other weights, levels 0 to 3."""

import json
from importlib.resources import files
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner, Result

from matcher.cli import app
from models.vocabulary import HomeKind, Training
from tests.make_files import REFERRALS, write_case

OURS = {
    "id": "ours",
    "version": "7",
    "title": "Our framework",
    "source": "Ours",
    "top_level": 3,
    "points_per_level": 20,
    "levels": ["no need", "watch", "act", "act now"],
    "high_level": 2,
    "flag_level": 3,
    "bees": [{"key": "all", "label": "All"}],
    "domains": [
        {
            "key": "rest",
            "label": "Rest",
            "bee": "all",
            "weight_percent": 150,
            "needs": [
                {"key": "sleep", "label": "Sleep", "breakdown_flag": True},
                {"key": "food", "label": "Food"},
            ],
        },
        {"key": "play", "label": "Play", "bee": "all", "weight_percent": 50, "needs": [{"key": "toys", "label": "T"}]},
    ],
    "bands": [{"key": "low", "label": "Low", "from_points": 0}, {"key": "high", "label": "Much", "from_points": 100}],
    "child_prior": {"minimum_assessed": 1, "fallback_level": 0, "note": ""},
    "home_prior": {"note": "", "levels": {k: dict.fromkeys(Training, 2) for k in HomeKind}},
}
NEEDS = "child_id,assessed_on,need_sleep,need_food,need_toys\nC1,01/02/2018,3,1,2\nC2,01/02/2018,,2,\n"
REFERRED = REFERRALS + ",preferred_kinds\nR1,C1,01/03/2018,20/04/2018,planned,move_closer,foster\n"


def run(*words: str | Path) -> Result:
    return CliRunner(env={"COLUMNS": "80"}).invoke(app, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    homes = "home_id,provider_id,kind,sector,postcode,approved_places,weekly_fee,skill_sleep,skill_domain_play\n"
    homes += "H1,P1,foster,in_house,AL1 3JE,2,414,,\nH2,P2,foster,private,WD17 3EX,3,915,3,3\n"
    homes += "H3,P1,foster,in_house,AL1 3JE,1,414,1,3\n"
    ours: dict[str, str | bytes | None] = {"framework.json": json.dumps(OURS)}
    return write_case(tmp_path / "case", ours, needs=NEEDS, homes=homes, referrals=REFERRED)


def test_scores_bands_flags_and_prevalence_are_the_frameworks(case: Path) -> None:
    done = run("needs", case, "--json")
    report = json.loads(done.stdout)
    assert done.exit_code == 0
    assert report["framework"] == "Our framework, version 7"
    first, second = (child["score"] for child in report["children"])
    # 20 points a level: sleep 3 and food 1 at 150%, toys 2 at 50%: 20 x (4.5 + 1.5 + 1) = 140 points.
    assert (first["tenths"], first["needs"], first["high_needs"], first["known"], first["asked"]) == (1400, 3, 2, 3, 3)
    assert (first["band"]["label"], first["flags"]) == ("Much", ["sleep"])
    # A part assessment: food 2 alone, 60 points, and it says that one need of three is known.
    assert (second["tenths"], second["known"], second["band"]["label"], second["flags"]) == (600, 1, "Low", [])
    everyone = {row["key"]: row["cells"][0] for row in report["prevalence"][0]["rows"]}
    assert {key: (cell["known"], cell["any_level"], cell["high"]) for key, cell in everyone.items()} == {
        "sleep": (1, 1, 1),
        "food": (2, 2, 1),
        "toys": (1, 1, 1),
    }


def test_every_command_runs_on_it(case: Path, tmp_path: Path) -> None:
    assert run("check", case).exit_code == 0
    matched = run("match", case, "--referral", "R1", "--json")
    assert matched.exit_code == 0
    priced = {
        home["home_id"]: {part["label"]: part["pence"] for part in home["explanation"]["parts"]}
        for home in json.loads(matched.stdout)["ranked"]
    }
    # H1 is taken to meet level 2: one level of sleep short is 30 points at £8.50. H3 is two short: below the floor.
    assert {home: parts["needs not fully met"] for home, parts in priced.items()} == {"H1": 25_500, "H2": 0}
    assert run("allocate", case, "--out", tmp_path / "plan").exit_code == 0
    assert run("sufficiency", case, "--out", tmp_path / "report", "--seconds", "5").exit_code == 0
    page = (tmp_path / "report" / "internal" / "sufficiency.html").read_text(encoding="utf-8")
    assert "Our framework, version 7" in page
    assert "High: level 2 or more" in page


def test_levels_above_its_top_are_told_of(case: Path) -> None:
    (case / "needs.csv").write_text(NEEDS.replace(",3,1,2", ",4,1,2"), encoding="utf-8")
    done = run("check", case, "--json")
    (finding,) = [f for f in json.loads(done.stdout)["findings"] if f["column"] == "need_sleep"]
    assert (finding["row"], finding["value"]) == (2, "4")
    assert "0 to 3" in finding["expected"]


def test_blank_files_have_its_columns_and_bring_it_along(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "blank"
    assert run("template", "--out", out, "--framework", case / "framework.json").exit_code == 0
    headings = CalamineWorkbook.from_path(str(out / "placewell.xlsx")).get_sheet_by_name("needs").to_python()[0]
    assert [name for name in headings if str(name).startswith(("need_", "domain_"))] == [
        "need_sleep",
        "need_food",
        "need_toys",
        "domain_rest",
        "domain_play",
    ]
    guide = CalamineWorkbook.from_path(str(out / "placewell.xlsx")).get_sheet_by_name("guide").to_python()
    assert any(row[1] == "need_sleep" and "from 0 to 3" in str(row[3]) for row in guide)
    assert json.loads((out / "framework.json").read_text(encoding="utf-8"))["id"] == "ours"
    assert run("check", out).exit_code == 0


def test_a_framework_that_is_none_ends_the_template_in_words(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text(json.dumps(OURS | {"top_level": 2}), encoding="utf-8")
    for path, words in ((tmp_path / "bad.json", "levels must have"), (tmp_path / "none.json", "cannot be read")):
        done = run("template", "--out", tmp_path / "out", "--framework", path)
        assert done.exit_code == 2
        assert words in done.output
    assert not (tmp_path / "out").exists()
    own = files("placewell_data").joinpath("needs/framework.json")
    assert run("template", "--out", tmp_path / "out", "--framework", str(own)).exit_code == 0
    assert not (tmp_path / "out" / "framework.json").exists()
