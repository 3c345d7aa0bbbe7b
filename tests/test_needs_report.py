"""The needs report against cases small enough to count by hand."""

import pytest

from matcher.services.needs import GroupScores, NeedsReport, needs_report
from models.case import Case
from models.ssda903.derive import PlacementKind
from models.vocabulary import Sex
from tests.make_case import ESSEX, FRAMEWORK, HERTFORDSHIRE, NEED_KEYS, make_case, make_child, make_placement
from tests.random_case import random_case

FIRST = NEED_KEYS[0]
WEIGHT_SUM = sum(FRAMEWORK.tenths_per_level)


def a_case() -> Case:
    children = [
        make_child("full girl", age=8, sex=Sex.FEMALE, levels=dict.fromkeys(NEED_KEYS, 1), sdq=12),
        make_child("full boy", age=14, levels=dict.fromkeys(NEED_KEYS, 3), sdq=17),
        make_child("part boy", age=14, levels={FIRST: 0}),
        make_child("unknown boy", age=14, sdq=40),
        make_child("referred", age=14, levels=dict.fromkeys(NEED_KEYS, 4), sdq=0),
    ]
    placements = [
        make_placement("full girl", None, utla=HERTFORDSHIRE),
        make_placement("full boy", None, kind=PlacementKind.INDEPENDENT_RESIDENTIAL, utla=ESSEX),
        make_placement("part boy", None, utla=HERTFORDSHIRE),
        make_placement("unknown boy", None),
    ]
    return make_case(children, placements=placements)


def group(report: NeedsReport, name: str) -> GroupScores:
    return next(row for row in report.groups if row.group == name)


def test_means_are_over_full_assessments_only() -> None:
    report = needs_report(a_case())
    everyone = group(report, "All children")
    assert (everyone.children, everyone.full, everyone.part, everyone.none) == (4, 2, 1, 1)
    assert everyone.mean_score_tenths == 2 * WEIGHT_SUM
    assert everyone.mean_needs_tenths == 240
    assert everyone.mean_high_needs_tenths == 120
    assert (everyone.sdq_children, everyone.mean_sdq_tenths) == (3, 230)
    assert group(report, "Boys").mean_score_tenths == 3 * WEIGHT_SUM
    assert group(report, "Girls").mean_score_tenths == WEIGHT_SUM


def test_children_only_referred_are_scored_but_not_counted() -> None:
    report = needs_report(a_case())
    assert [child.looked_after for child in report.children] == [True, True, True, True, False]
    assert report.children[-1].score.tenths == 4 * WEIGHT_SUM


def test_groups_follow_living_arrangement_and_area() -> None:
    report = needs_report(a_case())
    assert group(report, "Independent residential homes").children == 1
    assert (group(report, "In the area").children, group(report, "Out of area").children) == (2, 1)
    assert group(report, "Area not known").children == 1


def test_prevalence_is_over_children_for_whom_the_need_is_known() -> None:
    everyone = needs_report(a_case()).prevalence[0]
    cells = {row.key: row.cells[0] for row in everyone.rows}
    assert (cells[FIRST].known, cells[FIRST].any_level, cells[FIRST].high) == (3, 2, 1)
    assert (cells[FIRST].any_percent, cells[FIRST].high_percent) == (66.7, 33.3)
    other = cells[NEED_KEYS[1]]
    assert (other.known, other.any_level, other.high) == (2, 2, 1)


def test_sdq_bands_meet_at_14_and_17() -> None:
    bands = needs_report(a_case()).sdq
    assert [band.children for band in bands] == [1, 0, 2]
    assert sum(band.percent or 0 for band in bands) == pytest.approx(100, abs=0.2)


@pytest.mark.parametrize("seed", range(8))
def test_every_group_of_a_characteristic_holds_every_child_once(seed: int) -> None:
    report = needs_report(random_case(seed, children=25))
    counted = sum(child.looked_after for child in report.children)
    for characteristic in {row.characteristic for row in report.groups}:
        rows = [row for row in report.groups if row.characteristic == characteristic]
        assert sum(row.children for row in rows) == counted
        assert all(row.children == row.full + row.part + row.none for row in rows)
    for table in report.prevalence:
        assert all(len(row.cells) == len(table.groups) for row in table.rows)


def test_a_case_without_children_has_empty_tables() -> None:
    report = needs_report(make_case())
    assert report.groups == ()
    assert all(table.groups == () for table in report.prevalence)
