"""A small builder of SVG pictures: shapes and words as elements, never as joined strings."""

from collections.abc import Sequence
from xml.etree import ElementTree

from matcher.reports.document import Picture, Table
from matcher.reports.writers.cells import anchor, clean
from matcher.reports.writers.look import INK, LINE, PAPER, QUIET

WIDTH = 760
FONT = "'Source Sans 3', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"
TEXT = 14
SMALL = 13
_LETTER = 0.56
"""Mean width of a letter in parts of its height, a little wide so that words fit in any of the fonts."""

Point = tuple[float, float]
_HATCH = "#8796a1"


class Canvas:
    """An SVG picture being drawn; all sizes are SVG user units, y grows downwards."""

    def __init__(self, width: float, height: float, key: str) -> None:
        self.width, self.height = width, height
        self._hatch = f"hatch-{anchor(key)}"
        self._root = ElementTree.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {_size(width)} {_size(height)}",
                "width": _size(width),
                "height": _size(height),
                "font-family": FONT,
            },
        )
        self._hatched = False

    def rect(self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> None:
        """A filled box."""
        self._add("rect", x=x, y=y, width=max(width, 0), height=max(height, 0), fill=fill, stroke=stroke)

    def line(self, a: Point, b: Point, stroke: str = LINE, width: float = 1, dash: str = "") -> None:
        """A straight line."""
        found = self._add("line", x1=a[0], y1=a[1], x2=b[0], y2=b[1], stroke=stroke, stroke_width=width)
        if dash:
            found.set("stroke-dasharray", dash)

    def lines(self, points: Sequence[Point], stroke: str, width: float = 2, dash: str = "") -> None:
        """A line through several points."""
        data = " ".join(f"{_size(x)},{_size(y)}" for x, y in points)
        found = self._add("polyline", points=data, fill="none", stroke=stroke, stroke_width=width)
        if dash:
            found.set("stroke-dasharray", dash)

    def circle(self, at: Point, radius: float, fill: str, stroke: str = PAPER, width: float = 1.5) -> None:
        """A disc."""
        self._add("circle", cx=at[0], cy=at[1], r=radius, fill=fill, stroke=stroke, stroke_width=width)

    def diamond(self, at: Point, radius: float, fill: str, stroke: str = PAPER) -> None:
        """A square on its corner, for what must differ from discs in grey."""
        x, y = at
        self.area(((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)), fill, stroke)

    def area(self, points: Sequence[Point], fill: str, stroke: str = "none") -> None:
        """A closed shape."""
        data = " ".join(f"{_size(x)},{_size(y)}" for x, y in points)
        self._add("polygon", points=data, fill=fill, stroke=stroke)

    def rings(self, rings: Sequence[Sequence[Point]], fill: str, stroke: str, width: float = 1) -> None:
        """A shape of several closed rings, filled by the even-odd rule."""
        data = "".join("M" + "L".join(f"{_size(x)},{_size(y)}" for x, y in ring) + "Z" for ring in rings)
        found = self._add("path", d=data, fill=fill, stroke=stroke, stroke_width=width, stroke_linejoin="round")
        found.set("fill-rule", "evenodd")

    def text(
        self,
        at: Point,
        words: str,
        *,
        anchor: str = "start",
        size: float = TEXT,
        fill: str = INK,
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        """Words with their foot at a point; ``halo`` sets them off from what lies under them."""
        found = self._add("text", x=at[0], y=at[1], fill=fill, font_size=size, text_anchor=anchor)
        if bold:
            found.set("font-weight", "700")
        if halo:
            for name, value in (("stroke", PAPER), ("stroke-width", "4"), ("stroke-linejoin", "round")):
                found.set(name, value)
            found.set("paint-order", "stroke")
        found.text = clean(words)

    def hatch(self) -> str:
        """The fill of what is hidden."""
        if not self._hatched:
            self._hatched = True
            pattern = ElementTree.SubElement(
                ElementTree.SubElement(self._root, "defs"),
                "pattern",
                {
                    "id": self._hatch,
                    "width": "6",
                    "height": "6",
                    "patternUnits": "userSpaceOnUse",
                    "patternTransform": "rotate(45)",
                },
            )
            ElementTree.SubElement(pattern, "rect", {"width": "6", "height": "6", "fill": PAPER})
            ElementTree.SubElement(pattern, "rect", {"width": "1.2", "height": "6", "fill": _HATCH})
        return f"url(#{self._hatch})"

    def hidden(self, x: float, y: float, width: float, height: float, sign: str = "c") -> None:
        """A hatched box with the sign of what is not shown."""
        self.rect(x, y, width, height, self.hatch(), QUIET)
        self.text((x + width / 2, y + height / 2 + 5), sign, anchor="middle", halo=True)

    def picture(self, table: Table, alt: str, title: str = "") -> Picture:
        """The finished picture with the table it was drawn from."""
        svg = ElementTree.tostring(self._root, encoding="unicode")
        return Picture(f"picture_{table.key}", title or table.title, svg, alt, table)

    def _add(self, name: str, **attributes: str | float) -> ElementTree.Element:
        """An element; an attribute's underline stands for its hyphen."""
        held = {key: value if isinstance(value, str) else _size(value) for key, value in attributes.items()}
        return ElementTree.SubElement(self._root, name, {key.replace("_", "-"): held[key] for key in held})


def _size(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def width_of(words: str, size: float = TEXT) -> float:
    """About how wide words are."""
    return len(words) * size * _LETTER


def wrapped(words: str, width: float, most: int, size: float = TEXT) -> list[str]:
    """Words in lines of about a width at most; what does not fit in the lines there are ends in an ellipsis."""
    letters = max(int(width / (size * _LETTER)), 4)
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    cut = [line if len(line) <= letters else f"{line[: letters - 1]}…" for line in lines]
    if len(cut) > most:
        cut = [*cut[: most - 1], f"{cut[most - 1][: letters - 1]}…"]
    return cut or [""]
