"""Plans and other tables as CSV and XLSX files."""

import csv
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from matcher.reports.certificate import certificate_words, unplaced
from matcher.reports.match_files import matches_sheet
from matcher.reports.needs_files import needs_sheet
from matcher.reports.plan_files import plan_sheet, totals_rows, write_plan
from matcher.reports.sheets import Sheet, write_csv, write_xlsx
from matcher.reports.unmet import unmet_words
from matcher.reports.value_sheets import value_sheets
from matcher.reports.why_sheets import why_sheets
from matcher.services.allocate import allocate
from matcher.services.beside import Beside
from matcher.services.match import match
from matcher.services.needs import needs_report
from matcher.services.results import Plan
from models.case import Case
from tests.make_case import NEED_KEYS, at, make_case, make_child, make_home, make_placement, make_referral

HOSTILE = '=HYPERLINK("https://evil.example";"click")'


def a_case() -> Case:
    children = (
        make_child("A", age=12, home=at(), levels=dict.fromkeys(NEED_KEYS, 1)),
        make_child("B", age=12, home=at(1)),
    )
    homes = (make_home("F", places=1), make_home("OLD", places=1, age_from=16), make_home("FULL", places=1))
    return make_case(
        (*children, make_child("LIVES", age=9)), homes, placements=[make_placement("LIVES", "FULL", fee_pence=41_400)],
        referrals=[make_referral("A", received=children[0].born), make_referral("B")],
    )  # fmt: skip


@pytest.fixture(scope="module")
def plan() -> Plan:
    return allocate(a_case())


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_plan_has_a_row_for_each_child_and_says_why_one_has_no_home(plan: Plan, tmp_path: Path) -> None:
    csv_path, xlsx_path = write_plan(plan, tmp_path / "new" / "folder")
    rows = read_csv(csv_path)
    assert [row["child_id"] for row in rows] == ["A", "B"]
    placed = [row for row in rows if row["home_id"]]
    unmet = [row for row in rows if not row["home_id"]]
    assert [row["home_id"] for row in placed] == ["F"]
    assert placed[0]["weekly_fee_pounds"] == "414.0"
    assert placed[0]["why_no_home"] == ""
    assert "filled by" in unmet[0]["why_no_home"]
    assert {row["synthetic"] for row in rows} == {"Y"}
    book = CalamineWorkbook.from_path(str(xlsx_path))
    assert book.sheet_names == ["about", "plan", "totals", "equality", "rules", "openings", "swaps", "shortages"]
    about = [row[1] for row in book.get_sheet_by_name("about").to_python()]
    assert any(str(text).startswith("SYNTHETIC") for text in about)
    assert any(str(text).startswith("INTERNAL") for text in about)
    assert len(book.get_sheet_by_name("plan").to_python()) == 3
    about_shortage = [row[1] for row in book.get_sheet_by_name("about").to_python() if row[0] == "Shortage"]
    assert about_shortage[0] == "Whatever the plan, 1 child cannot have a home:"


def test_the_reasons_have_sheets_of_their_own(plan: Plan) -> None:
    rules, openings, swaps, shortages = why_sheets(plan)
    assert rules.rows == [
        ("B", "age within terms", 1, 1, 2),
        ("B", "a place within the number approved", 1, 1, 1),
    ]
    assert [(row[1], row[4], row[5]) for row in openings.rows] == [
        ("age within terms", 1, 1),
        ("a place within the number approved", 1, 1),
    ]
    ((child, home, held, at_least, at_most, moved),) = swaps.rows
    assert (child, home, held, moved) == ("B", "F", "A", "A: F to no home")
    assert at_least == at_most
    assert [row[:5] for row in shortages.rows] == [(2, 1, 1, "A, B", "F: 1")]


def test_what_places_are_worth_has_two_sheets_where_it_was_asked_for(plan: Plan, tmp_path: Path) -> None:
    """A place more at F would do for the child left out what it does for the other; at FULL as well."""
    assert value_sheets(plan) == ()
    valued = allocate(a_case(), beside=Beside(values=60))
    more, fewer = value_sheets(valued)
    assert [(row[0], row[4]) for row in more.rows] == [("F", 1), ("FULL", 1)]
    assert all(row[2] == row[3] for row in (*more.rows, *fewer.rows))
    assert [(row[0], row[4]) for row in fewer.rows] == [("F", 1)]
    _, xlsx_path = write_plan(valued, tmp_path)
    book = CalamineWorkbook.from_path(str(xlsx_path))
    assert book.sheet_names[-2:] == ["one place more", "one place fewer"]


def test_rules_that_only_open_a_home_together_are_told_together() -> None:
    """OLD fails two rules, which two people may relax; of its twin nobody may."""
    case = make_case(
        [make_child("A", age=12, smoke_free=True)],
        [make_home("OLD", age_from=16, smoking=True), make_home("NEVER", registered=False)],
    )
    (row,) = allocate(case).rows
    assert (
        "Only “age within terms” and “animals and smoking” keep the child from 1 home (OLD); fostering service's "
        "decision maker or registered manager may relax “age within terms”: an emergency placement outside the terms, "
        "or a change of terms (6 days at most); team manager may relax “animals and smoking”: agree with the carers"
    ) in unmet_words(row)
    (row,) = allocate(make_case([make_child("A")], [make_home("NEVER", registered=False)])).rows
    assert unmet_words(row).endswith("Every home fails a rule that nobody may relax, or has no room.")


def test_a_real_case_is_not_called_synthetic(plan: Plan) -> None:
    sheet = plan_sheet(plan.model_copy(update={"synthetic": False}))
    assert {row[-1] for row in sheet.rows} == {"N"}


def test_totals_are_those_of_the_plan(plan: Plan) -> None:
    rows = {name: (before, after) for name, before, after in totals_rows(plan)}
    assert rows["Children in the plan"] == (2, 2)
    assert rows["With a home"] == (0, 1)
    assert rows["Weekly cost, pounds"] == (0.0, 414.0)
    assert unplaced(plan) == 1


def test_words_in_cells_are_never_run_as_formulas(tmp_path: Path) -> None:
    sheet = Sheet("s", ("a", "b"), [(HOSTILE, -5), ("+1", 2.5), ("@x", None), ("https://example.com", "123")])
    rows = read_csv(write_csv(sheet, tmp_path / "s.csv"))
    assert [row["a"][0] for row in rows] == ["'", "'", "'", "h"]
    assert rows[0]["b"] == "-5"
    book = CalamineWorkbook.from_path(str(write_xlsx([sheet], tmp_path / "s.xlsx")))
    cells = book.get_sheet_by_name("s").to_python()
    assert cells[1] == [HOSTILE, -5.0]
    assert cells[4] == ["https://example.com", "123"]


def test_a_workbook_of_no_rows_opens(tmp_path: Path) -> None:
    path = write_xlsx([Sheet("empty", ("a",), [])], tmp_path / "e.xlsx")
    assert CalamineWorkbook.from_path(str(path)).get_sheet_by_name("empty").to_python() == [["a"]]


def test_the_certificate_says_what_was_proved(plan: Plan) -> None:
    words = " ".join(certificate_words(plan.certificate))
    assert words.startswith("Proved best")
    assert "No plan could place more than 1 child." in words
    for uniqueness, said in (("unique", "; every other plan costs more."), ("tied", "costs exactly as little.")):
        assert said in certificate_words(plan.certificate.model_copy(update={"uniqueness": uniqueness}))[0]
    worse = plan.certificate.model_copy(
        update={"status": "feasible", "gap_percent": 0.5, "checked": False, "uniqueness": "not determined"}
    )
    words = " ".join(certificate_words(worse))
    assert "at most 0.50% better" in words
    assert "not been checked" in words


def test_why_unmet_names_the_rule_and_who_may_relax_it() -> None:
    case = make_case([make_child("A", age=12)], [make_home("OLD", age_from=16)])
    (row,) = allocate(case).rows
    words = unmet_words(row)
    assert "age within terms" in words
    assert "may relax it" in words


def test_matches_are_written_with_every_part_and_nearly_matched_below(tmp_path: Path) -> None:
    case = a_case()
    matches = match(case, case.referrals[0])
    rows = read_csv(write_csv(matches_sheet(case, matches), tmp_path / "m.csv"))
    assert [row["home_id"] for row in rows if not row["nearly_matched"]] == [home.home_id for home in matches.ranked]
    assert {row["home_id"] for row in rows if row["nearly_matched"]} == {near.home.home_id for near in matches.nearly}
    parts = [name for name in rows[0] if name.endswith("_pounds") and not name.startswith("weekly")]
    for row in rows:
        assert sum(float(row[name]) for name in parts) == pytest.approx(float(row["cost_pounds_equivalent"]))


def test_an_unassessed_childs_score_is_blank_and_not_nought(tmp_path: Path) -> None:
    rows = {
        row["child_id"]: row for row in read_csv(write_csv(needs_sheet(needs_report(a_case())), tmp_path / "n.csv"))
    }
    assert float(rows["A"]["score"]) > 0
    assert rows["A"]["completeness_percent"] == "100"
    assert (rows["B"]["score"], rows["B"]["completeness_percent"]) == ("", "0")
    assert (rows["LIVES"]["looked_after"], rows["A"]["looked_after"]) == ("Y", "N")
