"""The adoption report: what its internal copy says, and that its public copy shows no small number and no child."""

import datetime as dt
import json
from itertools import product
from pathlib import Path

import pytest
from typer.testing import CliRunner

import matcher.cli.reading
from matcher.cli import app
from matcher.reports.adoption.scorecard_page import scorecard_document
from matcher.reports.document import Mark
from matcher.reports.statement.copies import Audience
from matcher.reports.writers.cells import text
from matcher.services.adoption.annual_report import adoption_report
from matcher.services.adoption.published import ANSWERS, published_tables
from models.adoption import FamilyDates, PlanChild, PlanDates
from models.case import Case
from models.vocabulary import Sex
from tests.make_case import AS_AT
from tests.make_pool import as_case, family, plan_child


def a_child(name: str, *, days: int, ago: int, by_carer: bool = False) -> PlanChild:
    """A child who moved in so many days after entering care, adopted so many days before the case's day."""
    entered = AS_AT - dt.timedelta(days=ago + days + 200)
    placed = entered + dt.timedelta(days=days)
    dates = PlanDates(
        entered_care=entered,
        decided_on=entered + dt.timedelta(days=60),
        placement_order_on=entered + dt.timedelta(days=90),
        matched_on=placed - dt.timedelta(days=20),
        placed_on=placed,
        adopted_on=placed + dt.timedelta(days=200),
        with_carer_since=entered if by_carer else None,
    )
    return plan_child(name, dates=dates, carer_family_id="F0" if by_carer else None)


def a_year(carers: int = 2) -> Case:
    """Twenty adopted in the year, two of them by carers and four after 14 months; seven before; thirty who wait."""
    adopted = [
        a_child(f"A{n}", days=500 if n < 4 else 300, ago=30 * n % 350, by_carer=n >= 20 - carers) for n in range(20)
    ]
    before = [a_child(f"B{n}", days=300, ago=500) for n in range(7)]
    waiting = [plan_child(f"W{n}") for n in range(30)]
    return as_case([*adopted, *before, *waiting], [family(f"F{n}", dates=_approved(n)) for n in range(9)])


def _approved(number: int) -> FamilyDates:
    return FamilyDates(approved_on=AS_AT - dt.timedelta(days=10 * number))


def words(case: Case, audience: Audience) -> str:
    made = scorecard_document(case, adoption_report(case), audience)
    cells = [text(cell) for table in made.tables() for row in table.rows for cell in row]
    return " ".join([*cells, repr(made)])


def test_the_internal_copy_says_every_figure() -> None:
    case = a_year()
    report = adoption_report(case)
    figures = {figure.key: figure for figure in report.year}
    assert round(figures["a1"].value or 0) == round((4 * 500 + 16 * 300) / 20)
    assert (len(figures["a3_adopted"].counted), len(figures["a3_adopted"].out_of)) == (16, 20)
    made = scorecard_document(case, report, Audience.INTERNAL)
    told = {str(row[0]): row for table in made.tables() if table.key == "scorecard" for row in table.rows}
    assert told["A1: entering care to moving in"][2] == 340
    assert told["A1: entering care to moving in"][6] == 426
    status = next(table for table in made.tables() if table.key == "children_status")
    assert status.rows[-1][-1] == 30


def test_the_public_copy_names_nobody_and_says_how_it_protects() -> None:
    said = words(a_year(), Audience.PUBLIC)
    assert not [name for name in (*(f"'A{n}'" for n in range(20)), "'W3'", "'F3'") if name in said]
    assert "INTERNAL" not in said
    assert "What was published in earlier years is not known here" in said


def test_a_small_count_is_hidden_with_another_so_that_nobody_can_work_it_out() -> None:
    report = adoption_report(a_year())
    shown, true = report.public_tables["by_carers"], report.tables["by_carers"]
    assert true.count("year", "yes") == 2
    assert shown.count("year", "yes") is None
    others = [shown.count("year", each) for each in ("no", "unknown", "none")]
    assert None in [*others, shown.count("year")]
    assert all(
        count is None or not 1 <= count <= 5
        for table in report.public_tables.values()
        for count in table.cells.values()
    )


@pytest.mark.parametrize(("carers", "shown"), [(0, True), (2, False), (5, False), (6, True)])
def test_a10_is_hidden_where_a1_beside_it_would_tell_of_few_children(carers: int, shown: bool) -> None:
    means = {mean.key: mean for mean in adoption_report(a_year(carers)).public_means}
    assert means["a1"].year == 340
    assert (means["a10"].year is not None) is shown
    assert (means["a20"].year is not None) is shown


def test_three_years_are_hidden_where_they_differ_from_the_year_by_few_children() -> None:
    case = a_year()
    fewer = [child for child in case.adoption.children if child.id not in ("B0", "B1")]
    assert adoption_report(case).public_means[0].three_years is not None
    assert adoption_report(as_case(fewer, case.adoption.families)).public_means[0].three_years is None


def test_public_tables_count_each_own_child_once_and_add_up() -> None:
    case = a_year()
    tables = published_tables(case)
    assert tables["adopted"].count() == 20
    for key, group in product(ANSWERS, ("year", "before", "plan")):
        parts = [tables[key].count(group, each) or 0 for each in ("yes", "no", "unknown", "none")]
        assert sum(parts) == {"year": 20, "before": 7, "plan": 30}[group]
    others = [child.model_copy(update={"agency_id": "partner"}) for child in case.adoption.children]
    theirs = published_tables(as_case(others, case.adoption.families))
    assert {theirs[key].count() for key in ("adopted", "placed", "children_now", "five_or_over")} == {0}


def test_equality_compares_groups_inside_and_counts_them_protected_outside() -> None:
    case = a_year()
    girls = [child if n % 3 else child.model_copy(update={"sex": Sex.MALE, "ethnicity": "BCRB"})
             for n, child in enumerate(case.adoption.children)]  # fmt: skip
    report = adoption_report(as_case(girls, case.adoption.families))
    sex = next(each for each in report.equality.characteristics if each.key == "sex")
    waits = next(table for table in sex.tables if table.key == "waiting")
    assert {cell.label: (len(cell.child_ids), cell.value) for cell in waits.cells} == {
        "Girls": (20, 100.0), "Boys": (10, 100.0),
    }  # fmt: skip
    days = next(table for table in sex.tables if table.key == "days_to_moving_in")
    assert sum(len(cell.child_ids) for cell in days.cells) == 20
    assert report.tables["ethnic_group"].count("before", "black") == 2
    assert report.public_tables["ethnic_group"].count("before", "black") is None


def test_hidden_means_are_a_mark_and_never_an_empty_cell() -> None:
    case = a_year()
    made = scorecard_document(case, adoption_report(case), Audience.PUBLIC)
    times = next(table for table in made.tables() if table.key == "times")
    assert {row[0].split(":")[0]: row[2] for row in times.rows if isinstance(row[0], str)}["A10"] is Mark.HIDDEN


def test_the_command_writes_both_copies_and_its_json_holds_the_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matcher.cli.reading, "usable", lambda _case: a_year())
    done = CliRunner().invoke(
        app,
        ["adopters", str(tmp_path), "--scorecard", "--json", "--out", str(tmp_path / "out")],
        catch_exceptions=False,
    )
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert {figure["key"] for figure in found["year"]} >= {"a1", "a2", "a3_adopted", "a3_adopted_or_waiting", "a12"}
    for copy in ("internal", "public"):
        names = {path.name for path in (tmp_path / "out" / copy).iterdir()}
        assert names == {f"adoption-report.{kind}" for kind in ("html", "xlsx", "docx", "pdf")}
