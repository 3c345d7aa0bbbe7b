"""The scaling benchmark's tables: each place beside here, and a result that differs said so."""

from benchmarks.scaling import report


def test_a_place_is_compared_with_here() -> None:
    answers = {"a": 1, "b": 1, "c": 2}
    rows = list(report._at(lambda on: answers[on], {"here": "a", "elsewhere": "b", "wrong": "c"}))
    assert [row["same"] for row in rows] == [True, True, False]
    for row, seconds in zip(rows, (6.0, 3.0, 12.0), strict=True):
        row["seconds"] = seconds
    machine = {"cores": 2, "processor": "x", "busy_before": 0}
    words = report.markdown({"machine": machine, "first": 2.0, "works": {"Work": rows}})
    assert "| elsewhere | 3.0 |" in words
    assert "| 2.00 | yes |" in words
    assert "| 0.50 | NO |" in words
