"""The sufficiency page: well-formed, self-contained, escaped, accessible, and true to its report."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from matcher.reports.html import sufficiency_page, write_sufficiency
from matcher.services.sufficiency import SufficiencyReport, sufficiency
from models.case import Case
from models.child import SiblingGroup
from models.finding import SetAside
from models.vocabulary import HomeKind, Sector, SiblingDecision
from tests.make_case import NEED_KEYS, at, make_case, make_child, make_home, make_placement, make_referral

HOSTILE = """<script>alert("x")</script>'"><img src=https://evil.example onerror=alert(1)>&amp;"""
VOID = {"meta", "br", "hr", "img", "input", "link"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def every(self, *tags: str) -> list["Element"]:
        found = [self] if self.tag in tags else []
        return found + [deep for child in self.children for deep in child.every(*tags)]


class Page(HTMLParser):
    """Parses strictly: every element that opens must close, in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("root", {})
        self.open = [self.root]
        self.feed(text)
        self.close()
        assert self.open == [self.root], f"never closed: {[element.tag for element in self.open[1:]]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}> at {self.getpos()}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def a_case(name: str = "Testshire", **fields: object) -> Case:
    children = [
        make_child("A", age=12, home=at(), levels=dict.fromkeys(NEED_KEYS, 1), sdq=18),
        make_child("B", age=15, ethnicity="BAFR", uasc=True),
        make_child(name, age=5, home=at(2)),
        make_child("D", age=3, home=at(3)),
    ]
    homes = [
        make_home(f"F {name}", places=1),
        make_home("R", kind=HomeKind.RESIDENTIAL, sector=Sector.PRIVATE, fee_pence=381_000, places=3),
        make_home("I", sector=Sector.PRIVATE, places=2),
    ]
    return make_case(
        children,
        homes,
        name=name,
        referrals=[
            make_referral("A", preferred_kinds=(HomeKind.FOSTER,)),
            make_referral("B", preferred_kinds=(HomeKind.SECURE,)),
        ],
        placements=[make_placement(name, "I", fee_pence=91_500), make_placement("D", "I")],
        sibling_groups=[SiblingGroup(id=f"G {name}", children=(name, "D"), decision=SiblingDecision.TOGETHER)],
        set_aside=(SetAside(what="child", id=f"Q {name}", reason=f"no date of birth {name}"),),
        sources={f"{name}.csv": "0" * 64},
        **fields,
    )


@pytest.fixture(scope="module")
def report() -> SufficiencyReport:
    return sufficiency(a_case(), time_limit=5)


@pytest.fixture(scope="module")
def page(report: SufficiencyReport) -> str:
    return sufficiency_page(report)


def test_the_page_needs_no_network_and_no_script(page: str) -> None:
    assert not re.findall(r"(?:https?:)?//[a-z]", page.replace("http://www.w3.org", ""), re.IGNORECASE)
    root = Page(page).root
    assert not root.every("script", "link", "iframe", "object", "img")
    assert all(anchor.attributes["href"].startswith("#") for anchor in root.every("a"))
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_hostile_names_are_only_ever_words(page: str) -> None:
    root = Page(sufficiency_page(sufficiency(a_case(HOSTILE), time_limit=5))).root
    assert {element.tag for element in _all(root)} == {element.tag for element in _all(Page(page).root)}
    assert HOSTILE in root.every("h1")[0].text
    for where in ("The plan, child by child", "1 record set aside", "Files read"):
        assert any(where in caption.text for caption in root.every("caption"))


def _all(element: Element) -> list[Element]:
    return [element] + [deep for child in element.children for deep in _all(child)]


def test_names_and_references_inside_the_page_hold(page: str) -> None:
    elements = _all(Page(page).root)
    names = [element.attributes["id"] for element in elements if "id" in element.attributes]
    assert len(set(names)) == len(names)
    wanted = [element.attributes["href"][1:] for element in elements if element.tag == "a"]
    for element in elements:
        wanted += element.attributes.get("aria-labelledby", "").split()
    assert set(wanted) <= set(names)


def test_tables_have_captions_and_headings_have_scopes(page: str) -> None:
    tables = Page(page).root.every("table")
    assert len(tables) > 10
    for table in tables:
        assert table.children[0].tag == "caption"
        assert table.children[0].text.strip()
        assert all(heading.attributes.get("scope") for heading in table.every("th"))


def test_every_row_of_a_table_has_as_many_cells_as_its_headings(page: str) -> None:
    for table in Page(page).root.every("table"):
        widths = {
            sum(int(cell.attributes.get("colspan", "1")) for cell in row.children if cell.tag in ("th", "td"))
            for row in table.every("tr")
        }
        assert len(widths) == 1, table.children[0].text


def test_drawings_have_a_title_and_a_description(page: str) -> None:
    drawings = [svg for svg in Page(page).root.every("svg") if svg.attributes.get("aria-hidden") != "true"]
    assert len(drawings) == 6
    for svg in drawings:
        assert svg.attributes["role"] == "img"
        assert [child.tag for child in svg.children[:2]] == ["title", "desc"]
        assert all(child.text.strip() for child in svg.children[:2])


def test_headings_go_down_one_level_at_a_time(page: str) -> None:
    levels = [int(heading.tag[1]) for heading in Page(page).root.every("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_says_synthetic_only_of_synthetic_data(report: SufficiencyReport, page: str) -> None:
    assert "SYNTHETIC" in page
    assert "INTERNAL: contains unsuppressed small numbers" in page
    real = report.model_copy(update={"figures": report.figures.model_copy(update={"synthetic": False})})
    assert "synthetic" not in sufficiency_page(real).split("</style>")[1].lower()


def test_the_figures_on_the_page_are_those_of_the_report(report: SufficiencyReport, page: str) -> None:
    root = Page(page).root
    tables = {table.children[0].text: table for table in root.every("table")}
    ages = [[cell.text for cell in row.children] for row in tables["Age"].every("tbody")[0].every("tr")]
    assert [int(row[1]) for row in ages] == [*(row.count for row in report.figures.age.rows), report.figures.children]
    plan = tables["The plan, child by child"].every("tbody")[0].every("tr")
    assert len(plan) == len(report.operational.rows) == 2
    assert "No home." in plan[1].text
    assert "Q Testshire" in tables["1 record set aside"].text


def test_an_empty_case_still_makes_a_page(tmp_path: Path) -> None:
    path = write_sufficiency(sufficiency(make_case(), time_limit=5), tmp_path / "page.html")
    assert Page(path.read_text(encoding="utf-8")).root.every("h1")


def test_an_authority_without_outlines_still_makes_a_page() -> None:
    text = sufficiency_page(sufficiency(a_case(authority="W06000015"), time_limit=5))
    assert "Map of the authority" not in text
    assert Page(text).root.every("table")


def test_totals_that_no_plan_can_meet_and_the_worth_of_places_are_on_the_page() -> None:
    children = (make_child("A", home=at()), make_child("B", home=at(1)))
    root = Page(sufficiency_page(sufficiency(make_case(children, [make_home("NEAR", places=1)]), time_limit=5))).root
    said = [item.text for item in root.every("li")]
    assert any("2 children (A, B) can live in only 1 place between them (NEAR: 1)" in text for text in said)
    captions = [caption.text for caption in root.every("caption")]
    assert "Where one more place would help most" in captions
    assert "Where losing one place would cost most" in captions
    (row,) = (row.text for row in root.every("tr") if "1 more child has a home" in row.text)
    assert "NEAR" in row and "exact" in row
