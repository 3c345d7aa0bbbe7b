"""The styles of our Word files: those Word knows by name, so that a reader can change them all at once."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from matcher.reports.writers.look import INK, QUIET
from matcher.reports.writers.word_xml import child

_FONT = "Arial"
_SIZES = {
    "Title": 24,
    "Subtitle": 13,
    "Heading 1": 17,
    "Heading 2": 13,
    "Caption": 10,
    "TOC Heading": 13,
    "Normal": 10.5,
}
_NORMAL = 10.5
_BOLD = {"Title", "Heading 1", "Heading 2", "Caption", "TOC Heading"}


def note_style() -> str:
    """The style of what stands under tables and at the foot of pages."""
    return "Note"


def contents_style() -> str:
    """The style of an entry of the contents: Word's own, so that it keeps it when it makes them anew."""
    return "toc 1"


def set_styles(word: Any) -> None:  # noqa: ANN401 - python-docx's document, a function there
    """Set letters, sizes and the language, British English, of a new file."""
    note = word.styles.add_style(note_style(), WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = word.styles["Normal"]
    note.font.size, note.font.color.rgb = Pt(9), _colour(QUIET)
    entry = word.styles.add_style(contents_style(), WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    entry.base_style = word.styles["Normal"]
    entry.paragraph_format.space_after = Pt(3)
    for name, size in {**_SIZES, "Normal": _NORMAL}.items():
        style = word.styles[name]
        _letters(style)
        style.font.size, style.font.bold, style.font.italic = Pt(size), name in _BOLD, False
        style.font.color.rgb = _colour(QUIET if name == "Subtitle" else INK)
    for name in ("Caption", "Heading 1", "Heading 2"):
        word.styles[name].paragraph_format.keep_with_next = True
    word.styles["Heading 1"].paragraph_format.space_before = Pt(22)
    word.styles["Heading 1"].paragraph_format.space_after = Pt(8)
    word.styles["Caption"].paragraph_format.space_after = Pt(4)
    word.styles["Normal"].paragraph_format.space_after = Pt(7)
    note.paragraph_format.space_after = Pt(5)
    defaults = word.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    child(defaults, "lang", val="en-GB", eastAsia="en-GB", bidi="ar-SA")


def _letters(style: Any) -> None:  # noqa: ANN401 - python-docx's style
    """One font for every script: a theme's own would win over the name."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)


def _colour(code: str) -> RGBColor:
    return RGBColor.from_string(code.removeprefix("#").upper())
