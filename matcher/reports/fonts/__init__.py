"""The letters of PDFs and pictures: Source Sans 3, and DejaVu Sans for scripts it lacks (see README.md)."""

import json
from functools import cache
from importlib.resources import files

import typst

FAMILIES = ("Source Sans 3", "DejaVu Sans")
_FOLDER = str(files(__name__))
_NO_LETTER = "could not be displayed"
_EACH = """#set document(title: "Letters")
#set text(font: json(bytes(sys.inputs.families)))
#for letter in json(bytes(sys.inputs.letters)) { par(letter) }"""


@cache
def fonts() -> typst.Fonts:
    """Our own fonts only, so that a page breaks at the same word on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FOLDER])


@cache
def _fonts_of_machine() -> typst.Fonts:
    return typst.Fonts(font_paths=[_FOLDER])


def lettered(words: str) -> tuple[str, typst.Fonts]:
    """The words and fonts that have every letter of them.

    Letters that our own fonts lack are looked for in the machine's. One that no font has is spelled by its number,
    ``[U+674E]``, so that nothing is lost in silence and a PDF keeps its tags for screen readers.

    Args:
        words: All that is to be shown, in whatever form.
    """
    beyond = frozenset(letter for letter in words if not letter.isascii())
    lacking = _lacking(beyond, of_machine=False)
    if not lacking:
        return words, fonts()
    nowhere = _lacking(lacking, of_machine=True)
    return words.translate({ord(letter): f"[U+{ord(letter):04X}]" for letter in nowhere}), _fonts_of_machine()


def _lacking(letters: frozenset[str], *, of_machine: bool) -> frozenset[str]:
    """Those of some letters that fonts do not have: all are tried at once, and one by one only if that fails."""
    if _has(tuple(sorted(letters)), of_machine=of_machine):
        return frozenset()
    return frozenset(letter for letter in letters if not _has((letter,), of_machine=of_machine))


@cache
def _has(letters: tuple[str, ...], *, of_machine: bool) -> bool:
    """Whether fonts have some letters: only a PDF with tags refuses to leave out a letter."""
    held = {"families": json.dumps(FAMILIES), "letters": json.dumps(letters)}
    where = _fonts_of_machine() if of_machine else fonts()
    try:
        typst.compile(_EACH.encode(), font_paths=where, format="pdf", pdf_standards=["ua-1"], sys_inputs=held)
    except typst.TypstError as error:
        if _NO_LETTER not in error.message:
            raise
        return False
    return True
