"""The parts of a Word file that python-docx has no words for, or makes too slowly: fields, shades, whole tables."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn

from matcher.reports.document import Table
from matcher.reports.writers.cells import clean, figure_columns, shade, text
from matcher.reports.writers.layout import widths
from matcher.reports.writers.look import HEAT, INK, LINE

_MAIN = f"{{{nsmap['w']}}}"
_MOST_COLUMNS, _SMALL_COLUMNS = 12, 7
_TOGETHER = 15
"""Tables of so many rows or fewer stay on one page."""


def child(parent: Any, name: str, **attributes: str) -> Any:  # noqa: ANN401 - lxml elements, which python-docx types so
    """Add an element of Word's main namespace, its attributes in the same."""
    made = parent.makeelement(_MAIN + name, {_MAIN + key: value for key, value in attributes.items()})
    parent.append(made)
    return made


def field(paragraph: Any, code: str, shown: str) -> None:  # noqa: ANN401 - see child
    """A field that Word works out, such as the page's number, and the lines that stand there until it does."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = child(paragraph, "r")
        if kind == "code":
            child(run, "instrText").text = f" {code} "
            run[-1].set(qn("xml:space"), "preserve")
        elif kind == "shown":
            for number, line in enumerate(shown.split("\n")):
                if number:
                    child(run, "br")
                child(run, "t").text = line
        else:
            child(run, "fldChar", fldCharType=kind)


def marked(paragraph: Any, number: int) -> None:  # noqa: ANN401 - see child
    """Make a heading a place that the contents lead to."""
    paragraph.insert(1, OxmlElement("w:bookmarkStart", {qn("w:id"): str(number), qn("w:name"): _place(number)}))
    child(paragraph, "bookmarkEnd", id=str(number))


def contents(paragraphs: Sequence[Any], entries: Sequence[str]) -> None:
    """The contents as Word makes them, without page numbers: one entry a paragraph, each leading to its heading.

    Word has nothing to fill in when it opens the file, and asks nobody; "update field" makes them anew.
    """
    for number, (paragraph, words) in enumerate(zip(paragraphs, entries, strict=True), 1):
        if number == 1:
            child(child(paragraph, "r"), "fldChar", fldCharType="begin")
            child(child(paragraph, "r"), "instrText").text = ' TOC \\o "1-1" \\n \\h \\z \\u '
            child(child(paragraph, "r"), "fldChar", fldCharType="separate")
        link = child(paragraph, "hyperlink", anchor=_place(number), history="1")
        held = child(child(link, "r"), "t")
        held.text = words
        held.set(qn("xml:space"), "preserve")
        if number == len(entries):
            child(child(paragraph, "r"), "fldChar", fldCharType="end")


def _place(number: int) -> str:
    return f"_Toc{number:08}"


def shaded(paragraph: Any, ground: str) -> None:  # noqa: ANN401 - see child
    """Give a paragraph a ground."""
    child(paragraph.get_or_add_pPr(), "shd", val="clear", color="auto", fill=ground.removeprefix("#"))


def table_xml(table: Table, wide: int) -> Any:  # noqa: ANN401 - see child
    """A whole table: headings repeated on each page, no row broken between pages, figures to the right.

    Args:
        table: What to write.
        wide: The width of the page between its margins, in twentieths of a point.
    """
    made = OxmlElement("w:tbl")
    _properties(made, table)
    share = widths(table)
    each = [wide * width // sum(share) for width in share]
    grid = child(made, "tblGrid")
    for width in each:
        child(grid, "gridCol", w=str(width))
    right = figure_columns(table)
    size = "14" if len(each) > _MOST_COLUMNS else "16" if len(each) > _SMALL_COLUMNS else "18"
    _row(made, [clean(name) for name in table.columns], each, right, size, bold=True, head=True)
    for r, row in enumerate(table.rows):
        grounds = [shade(table, r, c) for c in range(len(row))]
        total = table.total and r == len(table.rows) - 1
        _row(made, [text(cell) for cell in row], each, right, size, bold=total, grounds=grounds)
    _keep_together(made, len(table.rows) if len(table.rows) <= _TOGETHER else 1)
    return made


def _keep_together(made: Any, rows: int) -> None:  # noqa: ANN401 - see child
    """Keep so many rows on the page of the row after them."""
    for row in made.findall(qn("w:tr"))[:rows]:
        for properties in row.iter(qn("w:pPr")):
            properties.insert(0, OxmlElement("w:keepNext"))


def _properties(made: Any, table: Table) -> None:  # noqa: ANN401 - see child
    properties = child(made, "tblPr")
    child(properties, "tblW", w="5000", type="pct")
    borders = child(properties, "tblBorders")
    for side in ("top", "bottom", "insideH"):
        child(borders, side, val="single", sz="4", space="0", color=LINE.removeprefix("#"))
    child(properties, "tblLayout", type="fixed")
    margins = child(properties, "tblCellMar")
    for side in ("left", "right"):
        child(margins, side, w="70", type="dxa")
    child(properties, "tblLook", val="0620", firstRow="1", firstColumn="0")
    child(properties, "tblCaption", val=clean(table.title)[:255])


def _row(
    made: Any,  # noqa: ANN401 - see child
    cells: Sequence[str],
    each: Sequence[int],
    right: Sequence[bool],
    size: str,
    *,
    bold: bool,
    head: bool = False,
    grounds: Sequence[int | None] = (),
) -> None:
    row = child(made, "tr")
    properties = child(row, "trPr")
    child(properties, "cantSplit")
    if head:
        child(properties, "tblHeader")
    for i, words in enumerate(cells):
        cell = child(row, "tc")
        look = child(cell, "tcPr")
        child(look, "tcW", w=str(each[i]), type="dxa")
        dark = grounds[i] if grounds else None
        if head:
            child(child(look, "tcBorders"), "bottom", val="single", sz="10", space="0", color=INK.removeprefix("#"))
        elif dark is not None:
            child(look, "shd", val="clear", color="auto", fill=HEAT[dark][0].removeprefix("#"))
        if head:
            child(look, "vAlign", val="bottom")
        ink = None if dark is None else HEAT[dark][1]
        _words(cell, words, size, bold=bold, right=right[i], ink=ink)


def _words(cell: Any, words: str, size: str, *, bold: bool, right: bool, ink: str | None) -> None:  # noqa: ANN401
    paragraph = child(cell, "p")
    properties = child(paragraph, "pPr")
    child(properties, "spacing", before="30", after="30", line="240", lineRule="auto")
    if right:
        child(properties, "jc", val="right")
    run = child(paragraph, "r")
    look = child(run, "rPr")
    if bold:
        child(look, "b")
    if ink:
        child(look, "color", val=ink.removeprefix("#"))
    child(look, "sz", val=size)
    held = child(run, "t")
    held.text = words
    held.set(qn("xml:space"), "preserve")
