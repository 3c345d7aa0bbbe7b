"""Charts and the map as geometry."""

import pytest

from matcher.reports.charts import WIDTH, bar_chart, heat
from matcher.reports.district_map import district_map, inner_point, outline_path, shade_key, shade_of
from matcher.reports.map_labels import Circle, place_labels
from matcher.services.districts import DistrictFigures, Districts
from models.geography import districts_of
from tests.make_case import HERTFORDSHIRE


def figures(code: str | None, *, live: int = 10, short: int = 0) -> DistrictFigures:
    return DistrictFigures(
        district=code,
        name=code or "",
        population=None,
        come_from=0,
        per_10_000=None,
        live_here=live,
        open_places=0,
        in_plan=short,
        matched=0,
        matched_out_of_area=0,
        unmet=short,
        short_in_area=short,
    )


def districts(*rows: DistrictFigures) -> Districts:
    none = figures(None, live=0)
    return Districts(rows=rows, elsewhere=none, not_known=none, total=none)


def test_bars_are_in_proportion_to_the_longest() -> None:
    chart = bar_chart("Title", ["a", "b"], [("long", [30, 10], ""), ("short", [20, 0], "")])
    long, short = chart.bars
    assert short.segments[0].width == pytest.approx(long.segments[0].width * 20 / 30, abs=0.1)
    assert [segment.value for segment in short.segments] == [20]
    assert long.segments[1].x == pytest.approx(long.segments[0].x + long.segments[0].width, abs=0.1)


def test_bars_of_a_whole_all_reach_the_same_end() -> None:
    chart = bar_chart("Title", ["a", "b"], [("big", [300, 100], ""), ("small", [1, 1], "")], of_whole=True)
    assert len({bar.end for bar in chart.bars}) == 1
    assert all(bar.end < WIDTH for bar in chart.bars)


def test_a_chart_of_nothing_draws_no_bar() -> None:
    assert bar_chart("Title", ["a"], []).bars == ()
    (bar,) = bar_chart("Title", ["a"], [("none", [0], "0")]).bars
    assert bar.segments == ()


def test_every_figure_is_in_the_words_for_screen_readers() -> None:
    chart = bar_chart("Title", ["filled", "vacant"], [("homes", [1234, 5], "")])
    assert chart.description == "homes: filled 1,234, vacant 5"


def test_a_bar_needs_a_value_for_each_part() -> None:
    with pytest.raises(ValueError, match="zip"):
        bar_chart("Title", ["a", "b"], [("bar", [1], "")])


def test_long_labels_break_between_words_and_keep_every_word() -> None:
    label = "Fostering by another public body, or provider not stated"
    (bar,) = bar_chart("Title", ["a"], [(label, [1], "")]).bars
    assert len(bar.lines) == 2
    assert " ".join(bar.lines) == label


@pytest.mark.parametrize(
    ("percent", "shade"), [(None, 0), (0.0, 0), (0.1, 1), (9.9, 1), (10.0, 2), (49.9, 5), (100.0, 5)]
)
def test_heat_rises_with_the_share(percent: float | None, shade: int) -> None:
    assert heat(percent, 10) == shade


def test_a_share_of_few_children_is_not_shaded() -> None:
    assert heat(100.0, 9) == 0


def test_the_point_for_a_label_is_inside_even_a_bent_shape() -> None:
    bent = [(0.0, 0.0), (100.0, 0.0), (100.0, 20.0), (20.0, 20.0), (20.0, 100.0), (0.0, 100.0)]
    x, y = inner_point([bent])
    assert (0 < x < 20 and 0 < y < 100) or (0 < y < 20 and 0 < x < 100)


def test_outlines_close() -> None:
    assert outline_path([[(0, 0), (1.25, 0), (0, 2)]]) == "M0.0,0.0L1.2,0.0L0.0,2.0Z"


def test_the_map_draws_every_district_inside_its_frame() -> None:
    codes = districts_of(HERTFORDSHIRE)
    rows = [figures(code, live=9 * (i + 1), short=i) for i, code in enumerate(codes)]
    drawn = district_map(HERTFORDSHIRE, districts(*rows))
    assert drawn is not None
    assert len(drawn.districts) == 10
    for district in drawn.districts:
        assert 0 < district.circle.x < drawn.width
        assert 0 < district.circle.y < drawn.height
        assert district.path.startswith("M")
    shades = [district.shade for district in drawn.districts]
    assert shades[0] == 0
    assert shades[-1] == 5
    radii = [district.circle.radius for district in drawn.districts]
    assert radii[8] == pytest.approx(radii[1] * (9 / 2) ** 0.5, abs=0.1)


@pytest.mark.parametrize("most", [0, 1, 3, 5, 12, 100])
def test_the_key_of_the_map_names_every_number_once_and_every_shade_used(most: int) -> None:
    key = shade_key(most)
    named: list[int] = []
    for shade, words in key:
        ends = [0 if end == "none" else int(end) for end in words.split(" to ")]
        numbers = range(ends[0], ends[-1] + 1)
        assert {shade_of(number, most) for number in numbers} == {shade}
        named += numbers
    assert named == list(range(most + 1))


def test_labels_keep_off_circles_and_off_each_other() -> None:
    near = [Circle(100.0 + 45 * i, 100.0, 20.0, ("A district", "12 short")) for i in range(3)]
    labels = place_labels(near, 300, 200)
    boxes = [(at.x - 35, at.y - 12, at.x + 35, at.y + 18) for at in labels if at.anchor == "middle"]
    assert len(boxes) == 3
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[i + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_a_label_stays_inside_the_drawing() -> None:
    (label,) = place_labels([Circle(20.0, 20.0, 10.0, ("Far in the corner", "1 short"))], 400, 200)
    assert (label.anchor, label.x) == ("start", 34.0)


def test_an_authority_without_outlines_has_no_map() -> None:
    assert district_map("W06000015", districts(figures("W06000015"))) is None
    assert district_map("X00000000", districts(figures("X00000000"))) is None
