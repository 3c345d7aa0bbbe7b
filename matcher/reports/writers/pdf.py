"""A document as PDF: tagged for screen readers (PDF/UA-1), with bookmarks, the same bytes for the same document."""

import json
from importlib.resources import files
from pathlib import Path

import typst

from matcher.reports.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Table,
)
from matcher.reports.fonts import FAMILIES, lettered
from matcher.reports.writers import look
from matcher.reports.writers.cells import clean, figure_columns, marks_used, shade, text
from matcher.reports.writers.html import Style
from matcher.reports.writers.layout import for_pages, is_wide, notes, widths
from matcher.reports.writers.pictures import plain_svg, point_of, size_of

_TALLEST = 0.72
"""Height of the tallest picture, in parts of its width; taller ones are drawn smaller, so that each fits a page."""

Json = dict[str, object]


def write_pdf(document: Document, path: Path, *, style: Style = "report") -> Path:
    """Write the PDF, replacing what was there, and return the path.

    Args:
        document: What to write; its words are passed as data, and none is read as markup.
        path: Where to.
        style: ``report`` with contents and numbered sections; ``sheet`` without them and smaller, to fit a page or
            two; or ``young``: larger, one section a page.

    Every letter is shown in a font that has it or, if none does, by its number (see :func:`lettered`).

    Raises:
        UnsafePictureError: A picture is more than shapes and words.
    """
    held, letters = lettered(json.dumps(_document(document, style), ensure_ascii=False))
    made: bytes = typst.compile(
        (files(__package__) / "templates" / "report.typ").read_bytes(),
        font_paths=letters,
        format="pdf",
        sys_inputs={"document": held},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    path.write_bytes(made)
    return path


def _document(document: Document, style: Style) -> Json:
    return {
        "young": style == "young",
        "sheet": style == "sheet",
        "letters": FAMILIES,
        "title": clean(document.title),
        "subtitle": clean(document.subtitle),
        "banner": None if document.banner is None else clean(document.banner),
        "footer": clean(document.footer),
        "marks": marks_used(document),
        "colours": (look.INK, look.QUIET, look.LINE, look.TINT, look.BLUE, look.RED),
        "heat": look.HEAT,
        "banner_colours": look.BANNER,
        "sections": [
            {"title": clean(section.title), "blocks": [_block(for_pages(b)) for b in section.blocks]}
            for section in document.sections
        ],
    }


def _block(block: Block) -> Json:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": clean(block.text), "tone": block.tone.value}
    if isinstance(block, Heading):
        return {"kind": "heading", "text": clean(block.text)}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": [clean(item) for item in block.items]}
    if isinstance(block, Facts):
        facts = [{"figure": clean(f.figure), "words": clean(f.words), "alert": f.alert} for f in block.facts]
        return {"kind": "facts", "facts": facts}
    return _picture(block) if isinstance(block, Picture) else _table(block)


def _picture(picture: Picture) -> Json:
    wide, high = size_of(picture)
    return {
        "kind": "picture",
        "title": clean(picture.title),
        "alt": clean(picture.alt) or clean(picture.title) or "Picture",
        "point": point_of(picture),
        "svg": plain_svg(picture),
        "share": min(1.0, wide / 760, _TALLEST * wide / high),
        "table": _table(picture.table),
    }


def _table(table: Table) -> Json:
    return {
        "kind": "table",
        "title": clean(table.title),
        "columns": [clean(column) for column in table.columns],
        "sides": ["right" if figures else "left" for figures in figure_columns(table)],
        "widths": widths(table),
        "rows": [[text(cell) for cell in row] for row in table.rows],
        "shades": [[shade(table, r, c) for c in range(len(row))] for r, row in enumerate(table.rows)],
        "notes": notes(table),
        "total": table.total,
        "wide": is_wide(table),
    }
