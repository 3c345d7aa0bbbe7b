"""The key above a chart: a patch of each colour with what it stands for, in as many lines as they need."""

from collections.abc import Sequence

from matcher.reports.drawing.svg import SMALL, WIDTH, Canvas, width_of
from matcher.reports.writers.look import INK

_PATCH, _GAP, _LINE = 13.0, 18.0, 22.0


class Key:
    """Where each entry of a key stands; ``height`` is 0 without entries."""

    def __init__(self, names: Sequence[str]) -> None:
        self._entries: list[tuple[float, float, str]] = []
        x, y = 0.0, 2.0
        for name in names:
            wide = _PATCH + 6 + width_of(name, SMALL) + _GAP
            if x and x + wide > WIDTH:
                x, y = 0.0, y + _LINE
            self._entries.append((x, y, name))
            x += wide
        self.height = y + _LINE + 4 if names else 0.0

    def draw(self, canvas: Canvas, fills: Sequence[str]) -> None:
        """Put the key on the picture, a fill for each entry."""
        for (x, y, words), fill in zip(self._entries, fills, strict=False):
            canvas.rect(x, y, _PATCH, _PATCH, fill, INK)
            canvas.text((x + _PATCH + 6, y + 12), words, size=SMALL)
