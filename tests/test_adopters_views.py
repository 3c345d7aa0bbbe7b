"""What family finders thought before they saw a score: a file that only grows, and when each view was given."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from matcher.reports.adoption.views import (
    COLUMNS,
    Happened,
    Line,
    Opinion,
    ViewsError,
    When,
    add_lines,
    parse_view,
    read_lines,
    views_of,
)

AT = dt.datetime(2018, 3, 1, 9, 30, tzinfo=dt.UTC)


def a_line(what: Happened, user: str = "ann", *, children: tuple[str, ...] = ("A", "B"), **other: object) -> Line:
    return Line.model_validate({"at": AT, "user": user, "what": what, "children": children, **other})


def a_view(family: str, user: str = "ann", **other: object) -> Line:
    return a_line(Happened.VIEW, user, **{"family_id": family, "view": Opinion.MAYBE, "reason": "ask", **other})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("F1=yes", ("F1", Opinion.YES, "")),
        (" F1 = No : no room  for a dog", ("F1", Opinion.NO, "no room for a dog")),
        ("F1=maybe:a:b", ("F1", Opinion.MAYBE, "a:b")),
    ],
)
def test_a_view_is_family_opinion_and_reason(text: str, found: tuple[str, Opinion, str]) -> None:
    assert parse_view(text) == found


@pytest.mark.parametrize("text", ["", "F1", "=yes", "F1=perhaps:x", "F1=no", "F1=maybe: ", f"F1=no:{'x' * 1001}"])
def test_other_words_are_refused_and_the_message_says_how(text: str) -> None:
    with pytest.raises(ViewsError, match=r"form|reason"):
        parse_view(text)


def test_lines_are_added_and_none_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "views.csv"
    add_lines(path, [a_line(Happened.LIST_SHOWN), a_view("F1", reason="=1+1")])
    first = path.read_bytes()
    add_lines(path, [a_view("F2", reason='a "dog", and a cat')])
    assert path.read_bytes().startswith(first)
    assert path.stat().st_mode & 0o077 == 0
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row[-1] for row in rows[1:]] == ["", "'=1+1", 'a "dog", and a cat']
    assert [line.reason for line in read_lines(path)] == ["", "=1+1", 'a "dog", and a cat']


@given(reason=some.text(some.characters(), max_size=60))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, reason: str) -> None:
    path = tmp_path_factory.mktemp("views") / "views.csv"
    try:
        family, opinion, said = parse_view(f"F1=yes:{reason}")
    except ViewsError:
        return
    line = a_view(family, view=opinion, reason=said)
    add_lines(path, [line])
    assert read_lines(path) == (line,)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "views.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError):
        add_lines(tmp_path / "views.csv", [a_view("F1")])
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    "text", ["a,b\n", "\x00\n", f"{AT.isoformat()},ann,guess,A,F1,yes,\n", "now,ann,view,A,F,yes,\n"]
)
def test_a_line_that_is_none_of_ours_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "views.csv").write_text(",".join(COLUMNS) + "\n" + text, encoding="utf-8")
    with pytest.raises(ViewsError, match=r"row 2|not a CSV"):
        read_lines(tmp_path / "views.csv")


def test_a_view_is_before_scores_only_if_its_author_had_the_list_and_no_scores() -> None:
    lines = [
        a_view("F0", "bob"),
        a_line(Happened.LIST_SHOWN),
        a_view("F1"),
        a_line(Happened.SCORES_SHOWN, "bob"),
        a_view("F2"),
        a_line(Happened.SCORES_SHOWN, children=("B",)),
        a_view("F3"),
        a_view("F4", "bob"),
    ]
    found = {view.family_id: view.when for view in views_of(lines, ("A", "B"))}
    assert found == {
        "F0": When.UNKNOWN,
        "F1": When.BEFORE,
        "F2": When.BEFORE,
        "F3": When.AFTER,
        "F4": When.AFTER,
    }


def test_views_of_other_children_are_not_theirs() -> None:
    lines = [a_line(Happened.SCORES_SHOWN, children=("C",)), a_view("F1"), a_view("F2", children=("A",))]
    assert [(view.family_id, view.when) for view in views_of(lines, ("A", "B"))] == [("F1", When.UNKNOWN)]
