from pathlib import Path

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from matcher.intake import findings, findings_report
from matcher.intake.findings import At, Log
from matcher.intake.findings_report import summarise, write_findings_xlsx
from models.finding import Finding, Severity

FINDINGS = st.builds(
    Finding,
    severity=st.sampled_from(Severity),
    code=st.sampled_from(["a", "b"]),
    file=st.sampled_from(["x.csv", "y.csv"]),
    message=st.just("m"),
    expected=st.just("e"),
    action=st.just("a"),
)


def finding(value: str, row: int | None = 2) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="cell-unreadable",
        file="x.csv",
        row=row,
        column="kind",
        value=value,
        message=value,
        expected="a word",
        action="read as blank",
    )


@given(st.lists(FINDINGS, max_size=30))
def test_every_count_adds_up_to_all_findings(findings: list[Finding]) -> None:
    summary = summarise(findings)
    assert summary.total == len(findings)
    assert sum(count.count for count in summary.by_code) == len(findings)
    assert sum(sum(counts.values()) for _, counts in summary.by_file) == len(findings)
    ranks = [list(Severity).index(count.severity) for count in summary.by_code]
    assert ranks == sorted(ranks)


def test_findings_of_one_sort_are_counted_with_an_example() -> None:
    summary = summarise([finding("a"), finding("b", 3)])
    assert summary.by_severity == {Severity.ERROR: 0, Severity.WARNING: 2, Severity.NOTE: 0}
    assert [(c.code, c.count, c.files, c.example.row) for c in summary.by_code] == [("cell-unreadable", 2, 1, 2)]


@pytest.mark.parametrize("value", ["=1+1", "@SUM(A1)", "+1", "-1", "http://x.org", "{=1}", "<b>"])
def test_the_workbook_holds_text_as_text(tmp_path: Path, value: str) -> None:
    path = tmp_path / "findings.xlsx"
    write_findings_xlsx([finding(value)], path)
    page = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert page[0][:4] == ["severity", "code", "file", "row"]
    assert page[1][:7] == ["warning", "cell-unreadable", "x.csv", 2.0, "kind", value, value]
    assert b"<f>" not in path.read_bytes()


def test_what_does_not_fit_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings_report, "MOST_ROWS", 2)
    path = tmp_path / "findings.xlsx"
    write_findings_xlsx([finding(str(n)) for n in range(5)], path)
    page = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert len(page) == 4
    assert page[3][0] == "3 more findings do not fit on one sheet"


def test_findings_show_long_and_hostile_text_cut_and_cleaned() -> None:
    log = Log()
    log.error("x", At("a\x1b[31m.csv"), "m\n" * 5_000, expected="e", action="a", value="\0" + "v" * 100_000)
    shown = log.findings[0]
    assert shown.value == "\N{REPLACEMENT CHARACTER}" + "v" * 79 + "..."
    assert len(shown.message) < 700
    assert "\n" not in shown.message
    assert "\x1b" not in shown.file


def test_a_record_is_set_aside_once_with_its_first_reason() -> None:
    log = Log()
    for reason in ("first", "second"):
        log.aside("home", "H1", "x", At("homes.csv", 2), reason, expected="e")
    assert [(a.what, a.id, a.reason) for a in log.records_aside] == [("home", "H1", "first")]
    assert len(log.findings) == 2


def test_of_very_many_findings_alike_the_rest_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "MOST_ALIKE", 3)
    log = Log()
    for row in range(2, 12):
        log.warn("cell-unreadable", At("x.csv", row, "DOB"), "m", expected="e", action="a")
        log.aside("child", f"C{row}", "cell-blank", At("x.csv", row, "CHILD"), "m", expected="e")
    log.warn("cell-unreadable", At("y.csv", 2, "DOB"), "m", expected="e", action="a")
    assert len(log.findings) == 3 + 3 + 1 + 2
    rest = [f for f in log.findings if f.code == "many-alike"]
    assert [(f.severity, f.file, f.column) for f in rest] == [
        (Severity.WARNING, "x.csv", "DOB"),
        (Severity.ERROR, "x.csv", "CHILD"),
    ]
    assert "7 more findings of the sort cell-unreadable here, 10 in all" in rest[0].message
    assert len(log.records_aside) == 10
