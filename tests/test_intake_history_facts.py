"""Birth dates and UASC status of everybody in the history: those who have left are counted on earlier days."""

import datetime as dt
from pathlib import Path

from tests.make_files import HEADER, case_of, read

UASC = "CHILD,SEX,DOB,DUC\n"


def test_births_of_children_who_have_left_are_kept(tmp_path: Path) -> None:
    case = case_of(read(tmp_path))
    assert "C3" not in case.child
    assert case.births["C3"] == dt.date(2005, 1, 1)
    assert case.births.keys() == case.episodes.keys()


def test_the_latest_return_says_until_when_a_child_was_unaccompanied(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {
        "ssda903/2017/header.csv": HEADER + "C1,1,14/05/2006,WBRI,A1,,\n",
        "ssda903/2017/uasc.csv": UASC + "C1,1,14/05/2006,\nC3,2,01/01/2005,\n",
        "ssda903/2018/uasc.csv": UASC + "C1,1,14/05/2006,01/12/2017\nC2,2,15/06/2010,\n",
    }
    case = case_of(read(tmp_path, files))
    assert case.unaccompanied == {"C1": dt.date(2017, 12, 1), "C2": None, "C3": None}
    assert {child.id: child.uasc for child in case.children} == {"C1": False, "C2": True}
