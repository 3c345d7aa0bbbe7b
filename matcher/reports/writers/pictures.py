"""Pictures made fit for a file: SVG of known elements only, and PNG for Word."""

import json
from collections.abc import Sequence
from importlib.resources import files
from xml.etree import ElementTree

import typst

from matcher.reports.document import Picture
from matcher.reports.fonts import FAMILIES, lettered
from matcher.reports.writers.cells import anchor, clean

DOTS_PER_INCH = 200
_NAMESPACE = "http://www.w3.org/2000/svg"
_ELEMENTS = frozenset(
    ("svg", "g", "defs", "pattern", "rect", "line", "polyline", "polygon", "circle", "ellipse", "path", "text", "tspan")
)


class UnsafePictureError(ValueError):
    """A picture is not plain SVG, or reaches outside itself."""


def point_of(picture: Picture) -> str:
    """The words to print under a picture: its main point, unless the title says the same."""
    return "" if picture.alt.strip() == picture.title.strip() else clean(picture.alt)


def safe_svg(picture: Picture) -> ElementTree.Element:
    """The picture's SVG, if it is made of shapes and words alone.

    Raises:
        UnsafePictureError: it is no SVG, declares entities, or has another element, an event or a link.
    """
    if "<!" in picture.svg or "<?" in picture.svg:
        raise UnsafePictureError(f"picture {picture.key} declares something: plain SVG was expected")
    try:
        root = ElementTree.fromstring(picture.svg)  # noqa: S314 - without declarations nothing can expand or be fetched
    except ElementTree.ParseError as error:
        raise UnsafePictureError(f"picture {picture.key} is not SVG: {error}") from error
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_NAMESPACE}}}")
        if element.tag not in _ELEMENTS:
            raise UnsafePictureError(f"picture {picture.key} has <{element.tag}>, which pictures may not have")
        for name, value in element.attrib.items():
            if name.startswith(("on", "{")) or name in ("href", "style") or "url(" in value.replace("url(#", ""):
                raise UnsafePictureError(f"picture {picture.key} has {name}={value!r}, which pictures may not have")
    return root


def inline_svg(picture: Picture) -> str:
    """The picture as an element of a web page, with its name and description for those who cannot see it."""
    root, key = safe_svg(picture), anchor(picture.key)
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set(name, f"{key}-{value}")
            elif value.startswith("url(#"):
                element.set(name, f"url(#{key}-{value[5:]}")
    title, description = ElementTree.Element("title"), ElementTree.Element("desc")
    title.text, description.text = clean(picture.title), clean(picture.alt)
    title.set("id", f"{key}-title")
    description.set("id", f"{key}-desc")
    root.insert(0, title)
    root.insert(1, description)
    root.set("xmlns", _NAMESPACE)
    root.set("role", "img")
    root.set("aria-labelledby", f"{key}-title {key}-desc")
    return ElementTree.tostring(root, encoding="unicode")


def plain_svg(picture: Picture) -> str:
    """The picture as a file of its own, checked."""
    root = safe_svg(picture)
    root.set("xmlns", _NAMESPACE)
    return ElementTree.tostring(root, encoding="unicode")


def size_of(picture: Picture) -> tuple[float, float]:
    """Width and height of a picture in its own units.

    Raises:
        UnsafePictureError: it does not say.
    """
    try:
        _, _, wide, high = (float(part) for part in safe_svg(picture).get("viewBox", "").split())
    except ValueError as error:
        raise UnsafePictureError(f"picture {picture.key} has no viewBox of four numbers") from error
    return wide, high


def as_png(pictures: Sequence[Picture]) -> list[bytes]:
    """Each picture as PNG at 200 dots per inch of a 6.7 inch wide page, drawn with our own letters."""
    if not pictures:
        return []
    drawn, letters = lettered(json.dumps([plain_svg(picture) for picture in pictures], ensure_ascii=False))
    made = typst.compile(
        (files(__package__) / "templates" / "pictures.typ").read_bytes(),
        font_paths=letters,
        format="png",
        ppi=DOTS_PER_INCH,
        sys_inputs={"pictures": drawn, "letters": json.dumps(FAMILIES)},
    )
    return made if isinstance(made, list) else [made]
