"""A document as a Word file in the shape of a committee report: real headings, fields and tables."""

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm, Pt, RGBColor

from matcher.reports.document import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Section,
    Table,
    Tone,
)
from matcher.reports.writers.cells import clean, marks_used
from matcher.reports.writers.layout import for_pages, lies, notes
from matcher.reports.writers.look import BANNER, BLUE, QUIET, RED, TINT
from matcher.reports.writers.pictures import as_png, point_of, size_of
from matcher.reports.writers.stamps import stamped, written_at
from matcher.reports.writers.word_styles import contents_style, note_style, set_styles
from matcher.reports.writers.word_xml import child, contents, field, marked, shaded, table_xml

_LONG, _SHORT, _MARGIN = 297, 210, 20
_TWIPS_A_MM = 56.7
_TALLEST_MM = 190
_FACTS_A_ROW = 3
_NOT_OURS = ("docProps/thumbnail.jpeg", "docProps/app.xml")
"""Parts of python-docx's empty file that tell of the program it was made with."""


def write_docx(document: Document, path: Path, *, sheet: bool = False) -> Path:
    """Write the Word file, replacing what was there, and return the path; a ``sheet`` has no contents and no numbers.

    Pictures are drawn at 200 dots an inch and carry their words for those who cannot see them. The contents are there
    and lead to each heading; page numbers, which only Word knows, come with its "update field". The same document gives
    the same bytes.

    Raises:
        UnsafePictureError: A picture is more than shapes and words.
    """
    writer = _Writer(document, sheet=sheet)
    writer.write()
    held = BytesIO()
    writer.word.save(held)
    path.write_bytes(stamped(held.getvalue()))
    return path


class _Writer:
    """Writes block after block."""

    def __init__(self, document: Document, *, sheet: bool) -> None:
        self._document, self._sheet = document, sheet
        self.word: Any = docx.Document()
        blocks = [block for section in document.sections for block in section.blocks]
        pictures = [block for block in blocks if isinstance(block, Picture)]
        self._drawn = dict(zip((picture.key for picture in pictures), as_png(pictures), strict=True))
        self._lying = False

    def write(self) -> None:
        self._set_up()
        self._add(clean(self._document.title), "Title")
        self._add(clean(self._document.subtitle), "Subtitle")
        if not self._sheet:
            self._contents()
        for words in marks_used(self._document):
            self._add(words, note_style())
        for number, section in enumerate(self._document.sections, 1):
            self._section(number, section)

    def _set_up(self) -> None:
        set_styles(self.word)
        self._styles = {style.name: style.style_id for style in self.word.styles}
        for key, part in list(self.word.part.package.rels.items()):
            if str(part.target_part.partname).removeprefix("/") in _NOT_OURS:
                del self.word.part.package.rels[key]
        core = self.word.core_properties
        core.title, core.subject = clean(self._document.title)[:255], clean(self._document.subtitle)[:255]
        core.author, core.language, core.comments = "Placewell", "en-GB", ""
        core.created = core.modified = written_at(self._document)
        core.last_modified_by, core.revision = "Placewell", 1
        page = self.word.sections[0]
        _turn(page, lying=False)
        if self._document.banner:
            head = page.header.paragraphs[0]
            run = head.add_run(clean(self._document.banner))
            run.bold, run.font.size, run.font.color.rgb = True, Pt(9), _colour(BANNER[1])
            shaded(head._p, BANNER[0])
        foot = page.footer.paragraphs[0]
        foot.add_run(f"{clean(self._document.footer)}  Page ")
        field(foot._p, "PAGE", "1")
        foot.add_run(" of ")
        field(foot._p, "NUMPAGES", "1")
        foot.style = note_style()

    def _add(self, words: str, style: str) -> Any:  # noqa: ANN401 - python-docx's paragraph
        """Add a paragraph; its style is set by its id, which python-docx would look for each time."""
        made = self.word.add_paragraph(words)
        made._p.style = self._styles[style]
        return made

    def _contents(self) -> None:
        head = self._add("Contents", "TOC Heading")
        head.paragraph_format.keep_with_next = True
        entries = [f"{i}  {clean(section.title)}" for i, section in enumerate(self._document.sections, 1)]
        contents([self._add("", contents_style())._p for _ in entries], entries)

    def _section(self, number: int, section: Section) -> None:
        blocks = [for_pages(block) for block in section.blocks]
        first, *following = (*blocks, None)
        self._turn_page(lying=lies(first))
        title = clean(section.title) if self._sheet else f"{number}  {clean(section.title)}"
        marked(self._add(title, "Heading 1")._p, number)
        for block, after in zip(blocks, following, strict=True):
            self._block(block, after)

    def _block(self, block: Block, after: Block | None) -> None:
        if isinstance(block, Table):
            self._table(block)
            return
        self._turn_page(lying=isinstance(block, Heading) and lies(after))
        if isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Heading):
            self._add(clean(block.text), "Heading 2")
        elif isinstance(block, Bullets):
            for item in block.items:
                self._add(clean(item), "List Bullet")
        elif isinstance(block, Facts):
            self._facts(block)
        else:
            self._picture(block)

    def _paragraph(self, block: Paragraph) -> None:
        made = self._add("", note_style() if block.tone is Tone.NOTE else "Normal")
        if block.tone is Tone.WARNING:
            run = made.add_run("Warning: ")
            run.bold, run.font.color.rgb = True, _colour(RED)
            shaded(made._p, "#fbefee")
        run = made.add_run(clean(block.text))
        if block.tone is Tone.LEAD:
            run.font.size, run.font.color.rgb = Pt(13), _colour(QUIET)

    def _facts(self, block: Facts) -> None:
        for start in range(0, len(block.facts), _FACTS_A_ROW):
            some = block.facts[start : start + _FACTS_A_ROW]
            cells = self.word.add_table(rows=1, cols=len(some)).rows[0].cells
            for cell, fact in zip(cells, some, strict=True):
                child(cell._tc.get_or_add_tcPr(), "shd", val="clear", color="auto", fill=TINT.removeprefix("#"))
                large = cell.paragraphs[0].add_run(clean(fact.figure))
                large.bold, large.font.size = True, Pt(20)
                large.font.color.rgb = _colour(RED if fact.alert else BLUE)
                cell.add_paragraph(clean(fact.words) + (" (needs action)" if fact.alert else ""))
            self._gap()

    def _table(self, table: Table) -> None:
        if not table.columns:
            self._turn_page(lying=False)
            self._add(f"{clean(table.title)}. {' '.join(notes(table))}", note_style())
            return
        self._turn_page(lying=lies(table))
        self._add(clean(table.title), "Caption")
        wide = round(((_LONG if self._lying else _SHORT) - 2 * _MARGIN) * _TWIPS_A_MM)
        self.word.element.body.insert(-1, table_xml(table, wide))
        under = notes(table)
        for words in under:
            self._add(words, note_style())
        if not under:
            self._gap()

    def _gap(self) -> None:
        self.word.add_paragraph().paragraph_format.space_after = Pt(2)

    def _picture(self, picture: Picture) -> None:
        self._add(clean(picture.title), "Caption")
        wide, high = size_of(picture)
        room = _SHORT - 2 * _MARGIN
        shown = min(room, room * wide / 760, _TALLEST_MM * wide / high)
        inline = self.word.add_picture(BytesIO(self._drawn[picture.key]), width=Mm(shown))._inline
        inline.docPr.set("descr", clean(picture.alt))
        inline.docPr.set("title", clean(picture.title))
        self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        if point_of(picture):
            self.word.add_paragraph(point_of(picture))
        self._table(picture.table)

    def _turn_page(self, *, lying: bool) -> None:
        """Begin a page on its side for a wide table, or go back; nothing where the page lies right."""
        if lying != self._lying:
            _turn(self.word.add_section(WD_SECTION.NEW_PAGE), lying=lying)
            self._lying = lying


def _turn(page: Any, *, lying: bool) -> None:  # noqa: ANN401 - python-docx's section
    page.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (Mm(_LONG), Mm(_SHORT)) if lying else (Mm(_SHORT), Mm(_LONG))
    page.left_margin = page.right_margin = Mm(_MARGIN)
    page.top_margin = page.bottom_margin = Mm(22)


def _colour(code: str) -> RGBColor:
    return RGBColor.from_string(code.removeprefix("#").upper())
