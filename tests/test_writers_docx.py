"""The Word file opens again with its headings, tables, fields, pictures with their words, and language."""

import datetime as dt
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from matcher.reports.document import Section, Table
from matcher.reports.writers.cells import clean, text
from matcher.reports.writers.docx import write_docx
from tests.sample_document import HOSTILE, KINDS, LONG, sample_document


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_docx(sample_document(), tmp_path_factory.mktemp("docx") / "report.docx")


@pytest.fixture(scope="module")
def word(path: Path) -> Any:
    return docx.Document(str(path))


def test_the_headings_are_words_own(word: Any) -> None:
    heads = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert heads[0] == ("Title", f"Sufficiency {HOSTILE}")
    assert [said for style, said in heads if style == "Heading 1"] == ["1  Summary", "2  Pictures", "3  Tables & more"]
    assert ("Heading 2", "What follows") in heads
    assert [p.text for p in word.paragraphs if p.style.name == "List Bullet"][1] == HOSTILE


def grid(made: Any) -> list[list[str]]:
    rows = made._tbl.findall(qn("w:tr"))
    return [["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.findall(qn("w:tc"))] for row in rows]


def expected(table: Table) -> list[list[str]]:
    return [[clean(name) for name in table.columns], *([text(cell) for cell in row] for row in table.rows)]


def test_every_table_has_its_cells(word: Any) -> None:
    made = [grid(table) for table in word.tables]
    for table in sample_document().tables():
        assert expected(table) in made


def test_headings_of_tables_are_repeated_and_figures_stand_to_the_right(word: Any) -> None:
    for table in word.tables:
        first = table._tbl.findall(qn("w:tr"))[0]
        if grid(table)[0] == list(KINDS.columns):
            sides = [cell.find(".//" + qn("w:jc")) is not None for cell in first.findall(qn("w:tc"))]
            assert sides == [False, True, True, True, True, True]
        if grid(table)[0] == list(LONG.columns):
            assert first.find(".//" + qn("w:tblHeader")) is not None


def test_pictures_carry_their_words(path: Path) -> None:
    with zipfile.ZipFile(path) as held:
        body = held.read("word/document.xml").decode()
        pictures = [name for name in held.namelist() if name.startswith("word/media/")]
        assert all(held.read(name).startswith(b"\x89PNG") for name in pictures)
    assert len(pictures) == 6
    assert re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', body)[0] == "Most children are matched in the area."


def test_contents_page_numbers_and_banner_are_there(word: Any, path: Path) -> None:
    with zipfile.ZipFile(path) as held:
        body = held.read("word/document.xml").decode()
        feet = "".join(held.read(name).decode() for name in held.namelist() if "footer" in name)
        styles, settings = (held.read(f"word/{name}.xml").decode() for name in ("styles", "settings"))
    assert 'TOC \\o "1-1" \\n' in body
    assert "updateFields" not in settings and 'w:dirty="' not in body
    places = re.findall(r'<w:hyperlink w:anchor="(\w+)"', body)
    assert places == re.findall(r'<w:bookmarkStart [^>]*w:name="(\w+)"', body)
    assert [p.text for p in word.paragraphs if p.style.name == "toc 1"] == [
        "1  Summary",
        "2  Pictures",
        "3  Tables & more",
    ]
    assert {"PAGE", "NUMPAGES"} == {code.strip() for code in re.findall(r"<w:instrText[^>]*>([^<]*)<", feet)}
    assert word.sections[0].header.paragraphs[0].text == "SYNTHETIC DATA"
    assert 'w:lang w:val="en-GB"' in styles
    assert word.core_properties.language == "en-GB"
    assert word.core_properties.title.startswith("Sufficiency")


def test_the_same_document_gives_the_same_bytes_and_bears_its_own_day(path: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(path) as held:
        assert {part.date_time for part in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    dated = replace(sample_document(), of=dt.date(2018, 3, 31))
    first, again = (write_docx(dated, tmp_path / f"{n}.docx") for n in (1, 2))
    assert first.read_bytes() == again.read_bytes()
    core = docx.Document(str(first)).core_properties
    assert core.created == core.modified == dt.datetime(2018, 3, 31, tzinfo=core.created.tzinfo)


def test_a_long_table_is_printed_as_far_as_it_says_and_says_where_the_rest_is(tmp_path: Path) -> None:
    some, none = (
        replace(LONG, printed=25, note="A note"),
        replace(LONG, key="none", title="In full elsewhere", printed=0),
    )
    made = replace(sample_document(), sections=(Section("s", "S", (some, none, KINDS)),))
    word: Any = docx.Document(str(write_docx(made, tmp_path / "some.docx")))
    assert [len(grid(table)) for table in word.tables] == [26, len(KINDS.rows) + 1]
    said = " ".join(p.text for p in word.paragraphs)
    assert "A note. The first 25 of 200 rows; all are in the workbook and on the web page." in said
    assert "In full elsewhere. Not printed: its 200 rows are in the workbook and on the web page." in said


def test_only_the_wide_table_lies(word: Any) -> None:
    assert [s.orientation for s in word.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]


def test_nothing_is_linked_outside(path: Path) -> None:
    with zipfile.ZipFile(path) as held:
        links = "".join(held.read(name).decode() for name in held.namelist() if name.endswith(".rels"))
    assert 'TargetMode="External"' not in links
