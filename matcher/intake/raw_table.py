"""The rows below a row of headings, before anybody knows what they are."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class RawTable:
    """The rows below a row of headings.

    Attributes:
        file: the path in the case, and the sheet where it is a workbook: what findings name.
        folders: the folders it lies in.
        stem: its file's name without ending.
        headings: as written.
        rows: row number as a person sees it, and the cells; rows without any text are left out.
    """

    file: str
    folders: tuple[str, ...]
    stem: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[str]]]
    heading_row: int = 1
