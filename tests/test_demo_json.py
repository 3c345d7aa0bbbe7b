"""The demo authority's published figures, as ``placewell sufficiency demo --json`` prints them.

``test_demo_figures.py`` recomputes the same figures from the files; here each is looked up in the printed report.
"""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("report")
    words = [sys.executable, "-m", "matcher.cli", "sufficiency", "demo", "--json", "--seconds", "1", "--out", str(out)]
    done = subprocess.run(words, capture_output=True, check=True, cwd=Path(__file__).parents[1])
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def figures(report: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = report["figures"]
    return found


@pytest.fixture(scope="module")
def groups(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["group"]: row for row in report["needs"]["groups"]}


def counts(table: dict[str, Any]) -> dict[str, int]:
    return {row["key"]: row["count"] for row in table["rows"]}


def shares(table: dict[str, Any]) -> dict[str, float]:
    return {row["key"]: row["percent"] for row in table["rows"]}


def test_it_says_that_it_is_synthetic_and_of_which_day(figures: dict[str, Any]) -> None:
    assert (figures["as_at"], figures["synthetic"], figures["authority"]) == ("2018-03-31", True, "E10000015")
    assert "synthetic" in figures["case"]
    assert figures["set_aside"] == []


def test_children(figures: dict[str, Any]) -> None:
    assert figures["children"] == 903
    assert list(counts(figures["age"]).items()) == [
        ("under 1", 33),
        ("1-4", 70),
        ("5-9", 142),
        ("10-12", 168),
        ("13-15", 241),
        ("16+", 249),
    ]
    assert shares(figures["sex"])["M"] == 58.0
    assert list(shares(figures["ethnic_group"]).values()) == [71.9, 12.1, 4.8, 7.0, 4.3]
    assert counts(figures["uasc"])["True"] == 87
    assert figures["rate"]["per_10_000"] == 34.4


def test_stability_and_place(figures: dict[str, Any]) -> None:
    assert (figures["three_or_more_placements"]["counted"], figures["three_or_more_placements"]["percent"]) == (
        108,
        12.0,
    )
    assert figures["long_term_stability"]["percent"] == 67.2
    assert counts(figures["locality"]) == {"in_area": 600, "adjoining": 222, "at_a_distance": 81}


def test_living_arrangements(figures: dict[str, Any]) -> None:
    assert counts(figures["living"]) == {
        "in_house_and_connected_fostering": 522,
        "in_house_residential": 22,
        "ifa_fostering": 167,
        "independent_residential": 44,
        "supported_accommodation": 91,
        "secure": 3,
        "parent_and_child": 4,
        "residential_school": 4,
        "placed_for_adoption": 35,
        "with_parents": 11,
    }
    assert figures["ifa_disability"] == 10
    assert counts(figures["carers"]) == {"in_house": 467, "connected_approved": 13, "connected_elsewhere": 42}


def test_weekly_prices(figures: dict[str, Any]) -> None:
    pounds = {row["label"]: row["mean_pence"] / 100 for row in figures["costs"]}
    assert pounds == {
        "In-house and connected-person fostering": 414,
        "In-house residential homes": 3_046,
        "IFA fostering": 915,
        "IFA fostering, disability": 1_265,
        "Independent residential homes": 3_810,
        "Semi-independent or supported accommodation": 1_115,
        "Secure children's homes": 3_412,
        "Parent-and-child assessment": 3_250,
        "Residential schools": 3_235,
        "Residential schools, disability": 2_192,
        "Placed for adoption": 0,
        "With parents": 0,
    }
    assert all(row["priced"] == row["children"] for row in figures["costs"])


def test_in_house_fostering(figures: dict[str, Any]) -> None:
    supply = figures["fostering"]
    by_number = {row["approved_for"]: row["households"] for row in supply["by_approved_number"]}
    assert by_number == {1: 223, 2: 168, 3: 66, 4: 4}
    total = supply["total"]
    assert (total["homes"], total["places"], total["over"]) == (461, 773, 0)
    assert (total["filled"], total["vacant"], total["not_available"]) == (480, 76, 217)
    reasons = {row["label"]: row["places"] for row in supply["not_available_by_reason"]}
    assert sum(reasons.values()) == 217
    assert reasons["A young person staying put"] == 22
    assert figures["others"]["staying_put"] == 88


def test_other_supply(figures: dict[str, Any]) -> None:
    beds = figures["in_house_residential"]
    assert (beds["long_stay"]["places"], beds["short_stay"]["places"]) == (21, 3)
    assert beds["long_stay"]["filled"] + beds["short_stay"]["filled"] == 22
    (agency,) = [row for row in figures["occupancy"] if row["label"] == "IFA fostering"]
    assert [round(100 * agency[part] / agency["places"]) for part in ("filled", "vacant", "not_available")] == [
        53,
        23,
        23,
    ]
    assert figures["others"]["other_authorities_in_area"] == 260


def test_brothers_and_sisters(figures: dict[str, Any]) -> None:
    siblings = figures["siblings"]
    assert (siblings["groups"], siblings["assessed_in_year"], siblings["children_assessed_in_year"]) == (140, 80, 180)
    assert siblings["placed_to_plan"] == 50


def test_needs(groups: dict[str, dict[str, Any]]) -> None:
    everyone = groups["All children"]
    assert (everyone["children"], everyone["full"]) == (903, 256)
    assert everyone["part"] > 0
    assert everyone["none"] > 0
    assert groups["Boys"]["mean_score_tenths"] == pytest.approx(2_710, rel=0.02)
    assert groups["Girls"]["mean_score_tenths"] == pytest.approx(2_530, rel=0.02)
    by_age = [groups[band]["mean_score_tenths"] for band in ("under 1", "1-4", "5-9", "10-12", "13-15", "16+")]
    assert all(younger < older for younger, older in pairwise(by_age))
    assert groups["Out of area"]["mean_score_tenths"] > groups["In the area"]["mean_score_tenths"]
    kinds = {name: row["mean_score_tenths"] or 0 for name, row in groups.items()}
    kinds = {name: kinds[name] for name, row in groups.items() if row["characteristic"] == "Living arrangement"}
    assert max(kinds, key=lambda name: kinds[name]) == "Independent residential homes"


def test_prevalence_by_every_characteristic(report: dict[str, Any]) -> None:
    tables = {table["characteristic"]: table for table in report["needs"]["prevalence"]}
    assert set(tables) == {"Everyone", "Age", "Sex", "Living arrangement", "Area"}
    for table in tables.values():
        assert len(table["rows"]) == 24
        for row in table["rows"]:
            assert len(row["cells"]) == len(table["groups"])
            assert (
                sum(cell["known"] for cell in row["cells"])
                == tables["Everyone"]["rows"][table["rows"].index(row)]["cells"][0]["known"]
            )


def test_sdq_and_completeness_beside_every_score(report: dict[str, Any]) -> None:
    scores = [child["score"] for child in report["needs"]["children"] if child["looked_after"]]
    assert len(scores) == 903
    part = [score for score in scores if 0 < score["known"] < score["asked"]]
    assert part
    assert all(score["tenths"] is not None and score["band"] for score in part)
    assert all(score["tenths"] is None and score["band"] is None for score in scores if not score["known"])
    assert any(score["flags"] for score in scores)
    assert sum(score["sdq"] is not None for score in scores) == sum(b["children"] for b in report["needs"]["sdq"])


def test_the_week(figures: dict[str, Any]) -> None:
    week = figures["referrals"]
    assert week["total"] == 40
    reasons = counts(week["by_reason"])
    assert (reasons["new_to_care"], reasons["placement_ending"], reasons["step_down"]) == (14, 11, 6)
    assert reasons["uasc_arrival"] == 4
    assert counts(week["by_urgency"])["same_day"] >= 5
    assert week["solo_required"] >= 3
    assert week["unaccompanied"] >= 4
    assert week["sibling_groups"] >= 3
