"""The page holds every word of a document as a word, in a structure that screen readers can follow."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from matcher.reports.document import Document, Mark, Money, Percent, Picture, Section, Table
from matcher.reports.writers.cells import anchor, figure_columns, mark_of, number, text
from matcher.reports.writers.html import html_page, write_html
from matcher.reports.writers.layout import is_slim, widths
from matcher.reports.writers.pictures import UnsafePictureError, safe_svg
from tests.sample_document import (
    CONTROL,
    FORMULA,
    HOSTILE,
    KINDS,
    WORDS,
    OurFloat,
    OurInt,
    OurMoney,
    OurPercent,
    sample_document,
    young_document,
)


class Reader(HTMLParser):
    """Collects tags with their attributes, ids, and the words of each cell."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.cells: list[str] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("td", "th"):
            self.cells.append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.cells[-1] += data


def read(document: Document) -> Reader:
    reader = Reader()
    reader.feed(html_page(document))
    return reader


def one(table: Table) -> Document:
    return Document("T", "S", None, (Section("s", "S", (table,)),), "F")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (1204, "1,204"),
        (OurInt(1204), "1,204"),
        (3.46, "3.5"),
        (OurFloat(0.256), "0.3"),
        (0.04, "0.04"),
        (0.0, "0.0"),
        (Money(123_456), "£1,235"),
        (OurMoney(-99_900), "-£999"),
        (Money(-20), "£0"),
        (Percent(66.44), "66.4%"),
        (OurPercent(100), "100.0%"),
        (Mark.HIDDEN, "c"),
        (Mark.NOT_APPLICABLE, "z"),
        (Percent(float("nan")), "x"),
        (CONTROL, "before???after"),
    ],
)
def test_cells_as_words(cell: object, shown: str) -> None:
    assert text(cell) == shown  # type: ignore[arg-type]


def test_cells_as_numbers() -> None:
    assert [number(cell) for cell in (OurInt(3), OurMoney(250), OurPercent(7.5), "5", Mark.HIDDEN)] == [
        3, 2.5, 7.5, None, None,
    ]  # fmt: skip
    assert mark_of(None) is Mark.HIDDEN
    assert figure_columns(WORDS) == (False, True, False)
    assert figure_columns(KINDS) == (False, True, True, True, True, True)


def test_every_cell_of_a_table_is_on_the_page_in_order() -> None:
    for table in (KINDS, WORDS):
        expected = [*table.columns, *(text(cell) for row in table.rows for cell in row)]
        assert read(one(table)).cells == expected


def test_hostile_words_make_no_elements() -> None:
    page = html_page(sample_document())
    reader = read(sample_document())
    assert "script" not in {tag for tag, _ in reader.tags}
    assert not [name for _, held in reader.tags for name in held if name.startswith("on")]
    assert "&lt;script&gt;alert(1)" in page
    assert "{{ 7*7 }}" in page


def test_a_hostile_banner_cannot_leave_its_style() -> None:
    bad = Document("T", "S", '"; } </style><script>x</script> \\', (), "F")
    page = html_page(bad)
    assert page.count("</style>") == 1
    assert "<script" not in page
    content = re.search(r'content: "([^"]*)"; width', page)
    assert content
    assert re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]+ )+", content[1])


def test_landmarks_headings_and_tables_are_marked_up() -> None:
    document = sample_document()
    reader = read(document)
    names = [tag for tag, _ in reader.tags]
    assert names.count("h1") == 1
    assert {"header", "nav", "main", "footer"} <= set(names)
    assert names.count("h2") == len(document.sections) + 1
    assert names.count("table") == names.count("caption") == len(document.tables())
    assert all(held.get("scope") in ("col", "row") for tag, held in reader.tags if tag == "th")
    svgs = [held for tag, held in reader.tags if tag == "svg"]
    assert len(svgs) == 6
    assert all(held.get("role") == "img" and held.get("aria-labelledby") for held in svgs)


def test_ids_are_unique_and_every_reference_leads_somewhere() -> None:
    reader = read(sample_document())
    ids = [held["id"] for _, held in reader.tags if held.get("id")]
    assert len(ids) == len(set(ids))
    wanted = [held[name] or "" for _, held in reader.tags for name in ("aria-labelledby", "href") if held.get(name)]
    assert {part.removeprefix("#") for each in wanted for part in each.split()} <= set(ids)
    fills = [held["fill"] for _, held in reader.tags if (held.get("fill") or "").startswith("url(")]
    assert {(fill or "")[5:-1] for fill in fills} <= set(ids)


def test_nothing_is_fetched() -> None:
    page = html_page(sample_document()).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?https?:", page)
    assert "<link" not in page
    assert "@import" not in page


def test_marks_are_explained_once_and_only_where_used() -> None:
    assert html_page(sample_document()).count("so that nobody can be recognised") == 1
    assert "so that nobody" not in html_page(one(Table("t", "T", ("A",), [("x",)])))


def test_large_tables_fold_and_empty_ones_say_so() -> None:
    page = html_page(sample_document())
    assert "Every child who waits (200 rows)" in page
    assert "None." in page


def test_the_young_peoples_page_has_no_contents(tmp_path: Path) -> None:
    page = write_html(young_document(), tmp_path / "young.html", style="young").read_text("utf-8")
    assert "<nav" not in page
    assert 'class="young"' in page


@pytest.mark.parametrize(
    "svg",
    [
        "<svg viewBox='0 0 1 1'><script>1</script></svg>",
        "<svg viewBox='0 0 1 1'><image href='https://evil.example/x.png'/></svg>",
        "<svg viewBox='0 0 1 1' onload='alert(1)'/>",
        "<svg viewBox='0 0 1 1'><rect fill='url(https://evil.example)'/></svg>",
        "<svg viewBox='0 0 1 1'><rect style='fill: red'/></svg>",
        "<svg xmlns:xlink='http://www.w3.org/1999/xlink'><text xlink:href='file:///etc/passwd'/></svg>",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>",
        "<svg><foreignObject/></svg>",
        "<svg",
    ],
)
def test_pictures_that_are_more_than_shapes_and_words_are_refused(svg: str) -> None:
    picture = Picture("p", "P", svg, "alt", KINDS)
    with pytest.raises(UnsafePictureError):
        safe_svg(picture)


def test_an_anchor_has_only_harmless_letters() -> None:
    assert anchor(f'a "b"{FORMULA}<') == "a--b--HYPERLINK--https---evil-example---click---"
    assert anchor(HOSTILE).isascii()


def test_long_words_give_way_where_a_table_is_wider_than_its_page() -> None:
    said = "word " * 60
    table = Table("t", "T", ("Children", "What", "Why", "How"), [(1, said, said, said)])
    children, *long = widths(table)
    assert children >= len("Children")
    assert sum((children, *long)) <= 105
    assert not is_slim(table)
    assert is_slim(Table("t", "T", ("Children", "N"), [("a", 1)]))
