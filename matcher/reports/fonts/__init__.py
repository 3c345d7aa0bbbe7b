"""The letters of PDFs and pictures: Source Sans 3, under the SIL Open Font License (see LICENSE.txt)."""

from functools import cache
from importlib.resources import files

import typst

FOLDER = str(files(__name__))


@cache
def fonts() -> typst.Fonts:
    """Our own fonts only, so that a page breaks at the same word on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])
