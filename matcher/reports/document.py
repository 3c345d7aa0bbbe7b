"""A report as plain blocks, the same for a web page, a Word file, a PDF and a workbook; each has its own writer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class Money:
    """An amount in pence; shown in whole pounds."""

    pence: int


@dataclass(frozen=True)
class Percent:
    """A share in per cent, shown to one decimal."""

    value: float


class Mark(Enum):
    """What stands where there is no figure, in the signs of the national statistics."""

    HIDDEN = "c"
    """Not shown, to protect confidentiality."""
    ROUNDS_TO_NOTHING = "k"
    """Rounded to 0, but not 0."""
    NOT_APPLICABLE = "z"
    NOT_AVAILABLE = "x"
    """Not known, or too little data."""


MARK_WORDS = {
    Mark.HIDDEN: "c: not shown, so that nobody can be recognised",
    Mark.ROUNDS_TO_NOTHING: "k: rounds to 0, but is not 0",
    Mark.NOT_APPLICABLE: "z: does not apply",
    Mark.NOT_AVAILABLE: "x: not known, or too little data",
}

Cell = str | int | float | Money | Percent | Mark
"""One cell of a table: words, a number, an amount, a share, or a mark where there is none."""


class Tone(Enum):
    """How a paragraph is meant."""

    LEAD = "lead"
    BODY = "body"
    NOTE = "note"
    WARNING = "warning"


@dataclass(frozen=True)
class Paragraph:
    """Some sentences."""

    text: str
    tone: Tone = Tone.BODY


@dataclass(frozen=True)
class Heading:
    """A heading inside a section, one level below the section's own."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A short list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """One headline figure and the words that go with it; ``alert`` marks what somebody must act on."""

    figure: str
    words: str
    alert: bool = False


@dataclass(frozen=True)
class Facts:
    """Headline figures, shown large."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Table:
    """One table. ``key`` names it in every format and is unique in a document.

    Columns whose cells are not words are set to the right. ``shaded`` gives for each row and column how dark to make
    the cell, 0 to 5, in a heat table. ``total`` says that the last row is a total. ``printed`` is the most rows that
    files with pages print, 0 for none of the table but its name; the web page and the workbook have them all.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    note: str = ""
    source: str = ""
    shaded: Sequence[tuple[int, ...]] | None = None
    total: bool = False
    printed: int | None = None


@dataclass(frozen=True)
class Picture:
    """A chart or a map as SVG, complete in itself, with the words for those who cannot see it.

    ``table`` holds the figures drawn: every writer puts it behind, or beside, the picture.
    """

    key: str
    title: str
    svg: str
    alt: str
    table: Table


Block = Paragraph | Heading | Bullets | Facts | Table | Picture


@dataclass(frozen=True)
class Section:
    """A numbered section. ``key`` is its anchor."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A whole report.

    ``banner`` stands on every page: that data are synthetic, or that a copy is internal. ``of`` is the day the report
    is of: files bear it as their date, so that the same document gives the same files whenever they are written.
    """

    title: str
    subtitle: str
    banner: str | None
    sections: tuple[Section, ...]
    footer: str
    of: dt.date | None = None

    def tables(self) -> tuple[Table, ...]:
        """Every table in order, those behind pictures included."""
        found = []
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Table):
                    found.append(block)
                elif isinstance(block, Picture):
                    found.append(block.table)
        return tuple(found)
