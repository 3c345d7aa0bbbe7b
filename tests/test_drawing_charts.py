"""Charts show each figure of their table where it belongs, and never a hidden one as nothing."""

from xml.etree import ElementTree

import pytest

from matcher.reports.document import Mark, Money, Percent, Picture, Table
from matcher.reports.drawing.bars import bars
from matcher.reports.drawing.district_map import district_map
from matcher.reports.drawing.intervals import intervals
from matcher.reports.drawing.lines import lines
from matcher.reports.drawing.matrix import matrix
from matcher.reports.drawing.scatter import LinePoint, scatter
from matcher.reports.drawing.svg import width_of, wrapped
from matcher.reports.writers.pictures import as_png, safe_svg
from models.geography import UnknownAreaError
from tests.sample_document import GRID, HOSTILE, MONTHS, SCATTER, SHARES, districts, sample_document

PICTURES = [block for section in sample_document().sections for block in section.blocks if isinstance(block, Picture)]
CASES = pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.key)


def words(picture: Picture) -> list[str]:
    return ["".join(text.itertext()) for text in safe_svg(picture).iter("text")]


def boxes(picture: Picture, fill: str) -> list[tuple[float, float]]:
    """Place and width of every box of a colour."""
    found = safe_svg(picture).iter("rect")
    return [(float(r.get("x", 0)), float(r.get("width", 0))) for r in found if r.get("fill") == fill and r.get("x")]


def hatched(picture: Picture) -> int:
    return sum(element.get("fill", "").startswith("url(#hatch") for element in safe_svg(picture).iter())


@CASES
def test_a_picture_is_complete_in_itself_and_holds_its_table(picture: Picture) -> None:
    root = ElementTree.fromstring(picture.svg)  # noqa: S314 - our own
    assert root.get("viewBox", "").startswith("0 0 ")
    assert "class=" not in picture.svg
    assert picture.svg.replace("http://www.w3.org/2000/svg", "").count("http") == 0
    assert picture.table.rows
    assert picture.alt


def test_every_picture_can_be_drawn_as_png() -> None:
    assert [png[:8] for png in as_png(PICTURES)] == [b"\x89PNG\r\n\x1a\n"] * len(PICTURES)


@CASES
def test_words_and_shapes_stay_inside(picture: Picture) -> None:
    root = safe_svg(picture)
    _, _, wide, high = map(float, root.get("viewBox", "").split())
    for text in root.iter("text"):
        size, x, y = (float(text.get(name, 0)) for name in ("font-size", "x", "y"))
        long = width_of(text.text or "", size)
        left = x - long * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "start")]
        assert left >= -size, text.text
        assert left + long <= wide + size, text.text
        assert 0 <= y <= high, text.text
    for rect in root.iter("rect"):
        if rect.get("x"):
            assert float(rect.get("x", 0)) + float(rect.get("width", 0)) <= wide + 0.1


def test_bars_are_as_long_as_their_figures() -> None:
    table = Table("t", "T", ("Kind", "A", "B"), [("x", 100, 50), ("y", 50, Mark.HIDDEN), ("All", 150, 50)], total=True)
    picture = bars(table, (1, 2), alt="a")
    long, short = [width for x, width in boxes(picture, "#12436d") if x > 200]
    assert long == pytest.approx(2 * short, abs=0.2)
    assert hatched(picture) == 1
    assert "c" in words(picture)
    assert "All" not in words(picture)


def test_bars_of_a_whole_are_all_full() -> None:
    table = Table("t", "T", ("Kind", "A", "B"), [("x", 90, 10), ("y", 1, 1)])
    picture = bars(table, (1, 2), alt="a", of_whole=True)
    ends = [x + width for x, width in boxes(picture, "#28a197") if x > 200]
    assert ends[0] == pytest.approx(ends[1], abs=0.2)


def test_a_bar_of_noughts_says_so() -> None:
    assert "0" in words(bars(Table("t", "T", ("Kind", "A", "B"), [("x", 0, 0), ("y", 5, 5)]), (1, 2), alt="a"))


def test_a_share_is_drawn_out_of_a_hundred() -> None:
    picture = bars(Table("t", "T", ("Kind", "A"), [("x", Percent(50.0)), ("y", Percent(25.0))]), (1,), alt="a")
    half, quarter = [width for _, width in boxes(picture, "#12436d")]
    assert half == pytest.approx(2 * quarter, abs=0.2)
    assert half < 400
    assert "50.0%" in words(picture)


def test_a_matrix_has_every_figure_and_hatches_the_hidden() -> None:
    picture = matrix(GRID, alt="a")
    shown = words(picture)
    assert shown.count("z") == 3
    assert shown.count("c") == 2
    assert hatched(picture) == 2
    assert {"40", "31", "12"} <= set(shown)


def test_a_map_names_each_district_and_hatches_the_hidden() -> None:
    table, codes = districts()
    picture = district_map(table, codes, 1, circle=2, alt="a")
    shown = words(picture)
    assert {str(row[0]) for row in table.rows[:-1]} <= set(shown)
    assert "Other" not in shown
    assert hatched(picture) == 2 and "c: not shown" in shown, "the district and the patch of the key"
    with pytest.raises(UnknownAreaError):
        district_map(Table("t", "T", ("D", "N"), [("Nowhere", 1)]), ("E00000000",), 1, alt="a")


def test_a_scatter_labels_only_what_lies_far_off() -> None:
    picture = scatter(SCATTER, 1, 2, alt="a", line=[LinePoint(10, 1100, 500, 1700)], outliers=(9,))
    assert "C9" in words(picture)
    assert "C8" not in words(picture)
    assert len(list(safe_svg(picture).iter("circle"))) == len(SCATTER.rows) - 1


def test_a_trend_breaks_where_there_is_no_figure() -> None:
    picture = lines(MONTHS, (1, 2), alt="a", target=850)
    parts = [line.get("points", "").split() for line in safe_svg(picture).iter("polyline")]
    assert [len(points) for points in parts] == [12, 2, 2, 6]
    assert "Target 850" in words(picture)
    assert hatched(picture) == 1


def test_intervals_mark_what_is_hidden() -> None:
    picture = intervals(SHARES, 1, 2, 3, alt="a", reference=66.0, reference_words="All")
    assert len(list(safe_svg(picture).iter("circle"))) == 2
    assert hatched(picture) == 1
    assert {"64.0%", "70.0%", "All 66.0%"} <= set(words(picture))


def test_charts_of_nothing_are_drawn() -> None:
    empty = Table("t", "T", ("Kind", "A", "B", "C"), ())
    for picture in (
        bars(empty, (1,), alt="a"),
        matrix(empty, alt="a"),
        district_map(empty, (), 1, alt="a"),
        scatter(empty, 1, 2, alt="a"),
        lines(empty, (1,), alt="a"),
        intervals(empty, 1, 2, 3, alt="a"),
    ):
        assert as_png([picture])


def test_hidden_only_is_never_drawn_as_nought() -> None:
    rows = [("x", Mark.HIDDEN, Mark.NOT_AVAILABLE), ("y", Mark.HIDDEN, Mark.HIDDEN)]
    table = Table("t", "T", ("Kind", "A", "B"), rows)
    assert hatched(bars(table, (1, 2), alt="a")) == 4
    assert "0" not in words(bars(table, (1, 2), alt="a"))
    assert hatched(lines(table, (1, 2), alt="a")) == 2


def test_hostile_words_are_words() -> None:
    table = Table("t", HOSTILE, (HOSTILE, HOSTILE), [(HOSTILE, Money(100))])
    picture = matrix(table, alt=HOSTILE)
    assert "<script" not in picture.svg
    assert [element.tag for element in safe_svg(picture)] == ["text"] * 4 + ["text", "text", "rect", "text"]


def test_words_wrap_between_words_and_end_in_an_ellipsis() -> None:
    assert wrapped("one two three", width_of("one two"), 2) == ["one two", "three"]
    assert wrapped("one two three four", width_of("one two"), 1) == ["one tw…"]
    assert wrapped("", 100, 2) == [""]
