"""Every number on the sufficiency page is a number of its JSON, and its totals reconcile."""

import json
import re
from typing import Any

import pytest

from matcher.reports.gap_matrix import SHADE_KEY, gap_matrices
from matcher.reports.html import sufficiency_page
from matcher.services.sufficiency import SufficiencyReport, sufficiency
from tests.random_case import random_case
from tests.test_reports_html import Element, Page

Json = dict[str, Any]
SEEDS = (0, 3, 5)


@pytest.fixture(scope="module", params=SEEDS)
def made(request: pytest.FixtureRequest) -> tuple[SufficiencyReport, Json, Element]:
    report = sufficiency(random_case(request.param, children=25, homes=20), time_limit=5)
    return report, json.loads(report.model_dump_json()), Page(sufficiency_page(report)).root


def rows_of(page: Element, caption: str) -> list[list[str]]:
    """The body rows of the table with this caption; rows that only head a group are left out."""
    table = next(table for table in page.every("table") if table.children[0].text.startswith(caption))
    rows = table.every("tbody")[0].every("tr")
    return [[cell.text.strip() for cell in row.children] for row in rows if len(row.children) > 1]


def number(value: int | None) -> str:
    return "-" if value is None else f"{value:,}"


def tenths(value: float | None) -> str:
    return "-" if value is None else f"{value / 10:,.1f}"


def share(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}%"


def money(pence: int | None) -> str:
    return "-" if pence is None else f"£{(pence + 50) // 100:,}"


def gap_cells(row: Json) -> list[str]:
    return [
        number(row["children"]),
        number(row["places"]),
        number(row["matched"]),
        number(row["matched"] - row["matched_as_asked"]),
        number(row["matched_out_of_area"]),
        number(row["unmet"]),
        number(row["short_in_area"]),
        "; ".join(f"{why['label']} ({why['children']})" for why in row["why"]) or "-",
    ]


@pytest.mark.parametrize(
    ("caption", "gap", "rows", "words"),
    [
        ("Clean sheet: children and places by kind of home and age", "clean_sheet_gap", "by_kind_and_age", 2),
        ("Clean sheet: every cell of the gap table", "clean_sheet_gap", "cells", 3),
        ("Children who need a home now, by kind", "operational_gap", "by_kind_and_age", 2),
    ],
)
def test_gap_tables(made: tuple[Any, Json, Element], caption: str, gap: str, rows: str, words: int) -> None:
    _, told, page = made
    shown = [row[words:] for row in rows_of(page, caption)]
    assert shown == [gap_cells(row) for row in (*told[gap][rows], *told[gap]["total"])]


def totals_cells(totals: Json) -> list[str]:
    where = [
        number(totals[at]) + (f" ({share(totals[f'{at}_percent'])})" if totals["placed"] else "")
        for at in ("in_area", "adjoining", "at_a_distance")
    ]
    counts = [number(totals[name]) for name in ("children", "placed", "unplaced")]
    costs = [money(totals["weekly_fee_pence"]), money(totals["mean_fee_pence"]), tenths(totals["mean_miles_tenths"])]
    return [*counts, *costs, *where, f"{totals['sibling_units_together']} of {totals['sibling_units']}"]


def test_totals_and_outcomes_by_group_of_both_runs(made: tuple[Any, Json, Element]) -> None:
    _, told, page = made
    totals = [t for t in page.every("table") if t.children[0].text.startswith("The children in the plan, before")]
    groups = [t for t in page.every("table") if t.children[0].text.startswith("The same outcomes by group")]
    for plan, table, by_group in zip((told["clean_sheet"], told["operational"]), totals, groups, strict=True):
        shown = [[cell.text for cell in row.children] for row in table.every("tbody")[0].every("tr")]
        assert [row[1] for row in shown] == totals_cells(plan["before"])
        assert [row[2] for row in shown] == totals_cells(plan["after"])
        lines = [row for row in by_group.every("tbody")[0].every("tr") if len(row.children) > 1]
        assert len(lines) == len(plan["equality"])
        for line, row in zip(lines, plan["equality"], strict=True):
            b, a = row["before"], row["after"]
            assert [cell.text for cell in line.children[1:6]] == [
                number(a["children"]),
                f"{b['placed']} → {a['placed']}",
                f"{money(b['mean_fee_pence'])} → {money(a['mean_fee_pence'])}",
                f"{tenths(b['mean_miles_tenths'])} → {tenths(a['mean_miles_tenths'])}",
                f"{share(b['in_area_percent'])} → {share(a['in_area_percent'])}",
            ]


def test_districts_add_up_on_the_page_to_the_gap(made: tuple[Any, Json, Element]) -> None:
    _, told, page = made
    districts, (whole,) = told["districts"], told["clean_sheet_gap"]["total"]
    names = ("come_from", "live_here", "open_places", "in_plan", "matched_out_of_area", "unmet", "short_in_area")
    every = (*districts["rows"], districts["elsewhere"], districts["not_known"], districts["total"])
    shown = [[row[1], *row[3:]] for row in rows_of(page, "District by district")]
    assert shown == [[number(row[name]) for name in names] for row in every]
    for column in range(len(names)):
        assert sum(int(row[column]) for row in shown[:-1]) == int(shown[-1][column])
    assert shown[-1][3:] == [
        number(whole[name]) for name in ("children", "matched_out_of_area", "unmet", "short_in_area")
    ]


def test_stock_tables(made: tuple[Any, Json, Element]) -> None:
    _, told, page = made
    figures = told["figures"]
    costs = rows_of(page, "Full price a week by living arrangement")
    assert [row[1:] for row in costs[:-1]] == [
        [
            number(row["children"]),
            number(row["priced"]),
            *(money(row[f"{name}_pence"]) for name in ("mean", "lowest", "highest", "total")),
        ]
        for row in figures["costs"]
    ]
    assert costs[-1][-1] == money(sum(row["total_pence"] for row in figures["costs"]))
    places = rows_of(page, "Places by kind of home and sector")
    assert places[-1][2] == number(sum(row["places"] for row in figures["occupancy"]))
    assert [row[1:] for row in places[:-1]] == [
        [*(number(row[name]) for name in ("homes", "places", "filled", "vacant", "not_available", "over")),
         share(row["occupancy_percent"])]
        for row in figures["occupancy"]
    ]  # fmt: skip
    needs = rows_of(page, "Needs scores by group")
    assert [row[1:] for row in needs] == [
        [
            *(number(row[name]) for name in ("children", "full", "part", "none")),
            *(tenths(row[f"mean_{name}_tenths"]) for name in ("score", "needs", "high_needs")),
            number(row["sdq_children"]),
            tenths(row["mean_sdq_tenths"]),
        ]
        for row in told["needs"]["groups"]
    ]


def test_the_plan_child_by_child(made: tuple[Any, Json, Element]) -> None:
    _, told, page = made
    shown = rows_of(page, "The plan, child by child")
    for line, row in zip(shown, told["operational"]["rows"], strict=True):
        assert line[:2] == [row["referral_id"], row["child_id"]]
        if row["home_id"]:
            assert line[3].split()[0] == row["home_id"]
            assert line[6:8] == [tenths(row["miles_tenths"]), money(row["fee_pence"])]


def test_children_looked_after_and_referred_are_in_the_clean_sheet_or_stay(made: tuple[Any, Json, Element]) -> None:
    _, told, page = made
    clean = told["clean_sheet"]
    words = next(text.text for text in page.every("p") if "are in the clean sheet" in text.text)
    plain = [int(n) for n in re.findall(r"\d+", words.partition("(")[0])]
    reasons = [int(n) for n in re.findall(r"(\d+) [a-z]", words.partition("(")[2])]
    *of, searching, stay = plain
    assert sum(of) == searching + stay
    assert searching == len(clean["rows"])
    assert stay == sum(count for _, count in clean["staying"]) == sum(reasons)


def test_grids_hold_every_child_short_of_a_home_in_the_area(made: tuple[SufficiencyReport, Any, Any]) -> None:
    report, _, _ = made
    matrices = gap_matrices(report.clean_sheet_gap.cells, frozenset())
    (whole,) = report.clean_sheet_gap.total
    cells = [cell for matrix in matrices for _, row in matrix.rows for cell in row if cell]
    assert sum(cell.short for cell in cells) == sum(matrix.short for matrix in matrices) == whole.short_in_area
    least = {1: 1, 2: 2, 3: 3, 4: 6, 5: 11}
    assert [shade for shade, _ in SHADE_KEY] == list(least)
    for cell in cells:
        assert cell.shade == max((shade for shade, count in least.items() if cell.short >= count), default=0)


def test_figures_in_json_are_numbers(made: tuple[Any, Json, Any]) -> None:
    """No figure is told as text: no pounds, per cent or thousands separators for a machine to undo."""

    def texts(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [text for inner in value.values() for text in texts(inner)]
        if isinstance(value, list):
            return [text for inner in value for text in texts(inner)]
        return [value] if isinstance(value, str) else []

    assert [text for text in texts(made[1]) if re.fullmatch(r"-?£?[\d,.]+%?", text)] == []
