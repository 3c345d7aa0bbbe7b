"""Charts as geometry: where each bar goes. The templates draw them as SVG and escape every word."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 760
_LABEL_WIDTH = 230
_NOTE_WIDTH = 130
_BAR_HEIGHT = 22
_ROW_HEIGHT = 32
_BAR_WIDTH = WIDTH - _LABEL_WIDTH - _NOTE_WIDTH
_NARROWEST = 26
_LETTERS_PER_LINE = 34
_FEWEST_SHADED = 10


@dataclass(frozen=True)
class Segment:
    """One coloured part of a bar; ``number`` is shown inside where there is room."""

    x: float
    width: float
    value: int
    shade: int
    number: bool


@dataclass(frozen=True)
class Bar:
    """One row of a chart: its words (two lines at most), its segments and the note at its end."""

    y: float
    lines: tuple[str, ...]
    segments: tuple[Segment, ...]
    end: float
    note: str


@dataclass(frozen=True)
class Chart:
    """A horizontal bar chart ready to draw; sizes in SVG user units."""

    title: str
    description: str
    series: tuple[tuple[str, int], ...]
    bars: tuple[Bar, ...]
    width: int
    height: int
    label_width: int
    bar_height: int


def bar_chart(
    title: str,
    series: Sequence[str],
    rows: Sequence[tuple[str, Sequence[int], str]],
    *,
    of_whole: bool = False,
    shades: Sequence[int] = (0, 1, 2),
) -> Chart:
    """Lay out stacked horizontal bars.

    Args:
        title: What the chart shows, for its heading and for screen readers.
        series: Names of the parts every bar is made of, in order.
        rows: For each bar its label, the value of each part, and a note to print at its end.
        of_whole: Draw every bar to full length, so that parts are shares; else lengths compare across bars.
        shades: The colour of each part, a number of the style sheet's.
    """
    longest = max((sum(values) for _, values, _ in rows), default=0)
    bars = tuple(
        _bar(row, i * _ROW_HEIGHT, sum(row[1]) if of_whole else longest, shades[: len(series)])
        for i, row in enumerate(rows)
    )
    words = "; ".join(
        f"{label}: " + ", ".join(f"{name} {value:,}" for name, value in zip(series, values, strict=True))
        for label, values, _ in rows
    )
    return Chart(
        title=title,
        description=words,
        series=tuple(zip(series, shades, strict=False)),
        bars=bars,
        width=WIDTH,
        height=max(len(bars), 1) * _ROW_HEIGHT,
        label_width=_LABEL_WIDTH,
        bar_height=_BAR_HEIGHT,
    )


def _bar(row: tuple[str, Sequence[int], str], y: float, scale: int, shades: Sequence[int]) -> Bar:
    label, values, note = row
    segments = []
    x = float(_LABEL_WIDTH)
    for shade, value in zip(shades, values, strict=True):
        width = _BAR_WIDTH * value / scale if scale else 0.0
        if value:
            segments.append(
                Segment(round(x, 1), round(width, 1), value, shade, len(shades) > 1 and width >= _NARROWEST)
            )
        x += width
    return Bar(y=y, lines=_lines(label), segments=tuple(segments), end=round(x + 8, 1), note=note)


def _lines(label: str) -> tuple[str, ...]:
    """Break a label between words into two lines at most."""
    if len(label) <= _LETTERS_PER_LINE:
        return (label,)
    cut = label.rfind(" ", 0, _LETTERS_PER_LINE)
    return (label[:cut], label[cut + 1 :]) if cut > 0 else (label,)


def heat(percent: float | None, children: int) -> int:
    """Shade of a heat-table cell, 0 (nothing, or a share of too few children) to 5 (half the children or more)."""
    if percent is None or children < _FEWEST_SHADED:
        return 0
    return min(int(percent // 10) + (percent > 0), 5)
