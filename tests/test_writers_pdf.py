"""The PDF: every word as it is, bookmarks, tags, the banner on each page, the same bytes again."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from matcher.reports.document import Document, Paragraph, Section, Table
from matcher.reports.drawing.bars import bars
from matcher.reports.fonts import fonts, lettered
from matcher.reports.writers.pdf import write_pdf
from tests.sample_document import LONG, sample_document, young_document


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pdf(sample_document(), tmp_path_factory.mktemp("pdf") / "report.pdf")


def words(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_page_has_the_banner_and_its_number(made: Path) -> None:
    pages = PdfReader(made).pages
    assert len(pages) == 12
    for number, page in enumerate(pages, 1):
        assert "SYNTHETIC DATA" in page.extract_text()
        assert f"Page {number} of 12" in page.extract_text()


def test_the_bookmarks_are_the_sections(made: Path) -> None:
    outline = [entry for entry in PdfReader(made).outline if not isinstance(entry, list)]
    assert [entry.title for entry in outline] == ["1 Summary", "2 Pictures", "3 Tables & more"]


def test_it_is_tagged_and_says_its_language_and_title(made: Path) -> None:
    reader = PdfReader(made)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith("Sufficiency <script>")
    assert is_for_screen_readers(made)


def test_hostile_words_stand_there_as_they_are(made: Path) -> None:
    found = squeezed(words(made))
    assert squeezed("#panic() $x$ `raw` *bold* _it_ @ref <l> \\ [a](b) {{ 7*7 }}") in found
    assert squeezed('=HYPERLINK("https://evil.example","click")') in found
    assert "before???after" in found


def test_every_row_of_a_long_table_is_there_under_its_headings(made: Path) -> None:
    pages = [page.extract_text() for page in PdfReader(made).pages]
    assert all(str(row[0]) in "\n".join(pages) for row in LONG.rows)
    assert all("Why no home was found" in page for page in pages if "right registration" in page)


def test_wide_tables_lie(made: Path) -> None:
    lying = [page for page in PdfReader(made).pages if page.mediabox.width > page.mediabox.height]
    assert len(lying) == 1
    assert "Quarterly indicators" in lying[0].extract_text()


def test_the_same_document_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    assert write_pdf(sample_document(), tmp_path / "again.pdf").read_bytes() == made.read_bytes()


def test_the_young_peoples_copy_is_two_pages(tmp_path: Path) -> None:
    path = write_pdf(young_document(), tmp_path / "young.pdf", style="young")
    assert len(PdfReader(path).pages) == 2
    assert "Contents" not in words(path)


def named(said: str) -> Document:
    """The sample with one sentence, also in a picture."""
    table = Table("names", "Names", ("Name", "Children"), [(said, 3)])
    blocks = (Paragraph(said), bars(table, (1,), alt=said))
    return replace(sample_document(), sections=(Section("s", "Names", blocks),))


@pytest.mark.parametrize(
    "name",
    ["Siân Ŵyn Ŷstwyth", "Łukasz Żółć Gęślą", "محمد الأحمد", "חיים", "Ђорђе Олександр Ґалаґан", "Ελένη", "Nguyễn"],
)
def test_names_in_the_letters_of_children_here_are_shown_by_our_own_fonts(name: str, tmp_path: Path) -> None:
    held, letters = lettered(name)
    assert (held, letters) == (name, fonts())
    path = write_pdf(named(name), tmp_path / "names.pdf")
    found = words(path)
    assert "[U+" not in found
    assert all(any(letter in found for letter in (each, each[::-1])) for each in name.split())
    assert is_for_screen_readers(path)


def test_a_letter_that_no_font_has_is_spelled_by_its_number_and_the_tags_stay(tmp_path: Path) -> None:
    path = write_pdf(named("Zoë \U000e1234"), tmp_path / "names.pdf")
    assert "Zoë [U+E1234]" in words(path)
    assert is_for_screen_readers(path)


def is_for_screen_readers(path: Path) -> bool:
    root: Any = PdfReader(path).trailer["/Root"]
    return b"pdfuaid" in root["/Metadata"].get_data()


def test_a_document_without_banner_or_sections_is_written(tmp_path: Path) -> None:
    assert len(PdfReader(write_pdf(Document("T", "", None, (), ""), tmp_path / "t.pdf")).pages) >= 1
