"""Where the two lines beside each circle of a map go, so that no words lie on other words or on another circle."""

from collections.abc import Sequence
from dataclasses import dataclass

_LETTER, _LINE, _GAP = 7.0, 15.0, 4.0


@dataclass(frozen=True)
class Circle:
    """A circle to label, and its two lines of words."""

    x: float
    y: float
    radius: float
    lines: tuple[str, str]


@dataclass(frozen=True)
class Label:
    """The foot of the first line; the second is one line lower. ``anchor`` is SVG's start, middle or end."""

    x: float
    y: float
    anchor: str


_Box = tuple[float, float, float, float]


def place_labels(circles: Sequence[Circle], width: float, height: float) -> tuple[Label, ...]:
    """Put each label above, below, right or left of its circle: the first of these that covers least.

    Args:
        circles: What to label; the largest are served first.
        width: Of the drawing; a part of a label outside counts as covered.
        height: Of the drawing.
    """
    taken = [(c.x - c.radius, c.y - c.radius, c.x + c.radius, c.y + c.radius) for c in circles]
    found: dict[int, Label] = {}
    for i in sorted(range(len(circles)), key=lambda i: -circles[i].radius):
        options = _options(circles[i])
        box, found[i] = min(options, key=lambda option: _covered(option[0], taken, width, height))
        taken.append(box)
    return tuple(found[i] for i in range(len(circles)))


def _options(circle: Circle) -> list[tuple[_Box, Label]]:
    wide = _LETTER * max(len(line) for line in circle.lines)
    x, y, away = circle.x, circle.y, circle.radius + _GAP
    middle = y - _LINE
    return [
        ((left, top, left + wide, top + 2 * _LINE), Label(round(at, 1), round(top + 0.8 * _LINE, 1), anchor))
        for left, top, at, anchor in (
            (x - wide / 2, y - away - 2 * _LINE, x, "middle"),
            (x - wide / 2, y + away, x, "middle"),
            (x + away, middle, x + away, "start"),
            (x - away - wide, middle, x - away, "end"),
        )
    ]


def _covered(box: _Box, taken: Sequence[_Box], width: float, height: float) -> float:
    """How much of a box lies on what is taken, or outside the drawing."""
    left, top, right, bottom = box
    inside = _common(box, (0, 0, width, height))
    return (right - left) * (bottom - top) - inside + sum(_common(box, other) for other in taken)


def _common(one: _Box, other: _Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0
