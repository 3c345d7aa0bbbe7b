"""The demo's public copy, attacked from its own pages: no small count comes back, no format says more than another."""

import io
import re
import shutil
import zipfile
import zlib
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from matcher.intake.case import read_case
from matcher.reports.statement.copies import Audience
from matcher.reports.statement.documents import document
from matcher.reports.statement.files import write_statement
from matcher.reports.writers.html import html_page
from matcher.services.disclosure import DisclosureRule
from matcher.services.statement.build import make_statement
from matcher.services.statement.statement import Statement
from matcher.services.tabulation import CountTable
from models.case import Case
from tests.stranger import Grid, Printed, tables_of
from tests.stranger_reads import Stranger

RULE = DisclosureRule(seconds=3)
DRAWN = re.compile(r"<svg.*?</svg>", re.S)


@pytest.fixture(scope="module")
def demo() -> Case:
    case = read_case(Path(str(files("placewell_data") / "demo"))).case
    assert case is not None
    return case


@pytest.fixture(scope="module")
def statement(demo: Case) -> Statement:
    return make_statement(demo, time_limit=2, rule=RULE)


@pytest.fixture(scope="module")
def written(statement: Statement, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("statement")
    write_statement(statement, folder)
    return folder


@pytest.fixture(scope="module")
def page(written: Path) -> str:
    return (written / "public" / "sufficiency.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def public(page: str) -> dict[str, Grid]:
    return tables_of(page)


@pytest.fixture(scope="module")
def internal(written: Path) -> dict[str, Grid]:
    return tables_of((written / "internal" / "sufficiency.html").read_text(encoding="utf-8"))


def test_no_hidden_count_comes_back_from_all_that_is_printed(
    public: dict[str, Grid], internal: dict[str, Grid]
) -> None:
    assert not told(public, internal)


def test_no_hidden_count_of_a_small_council_comes_back(tmp_path: Path) -> None:
    """One child in seven of the demo: most counts are small, and what adds up holds more of them in its grip."""
    keep_some(Path(str(files("placewell_data") / "demo")), tmp_path / "small")
    case = read_case(tmp_path / "small").case
    assert case is not None
    made = make_statement(case, time_limit=1, rule=RULE)
    pages = {audience: tables_of(html_page(document(made, audience))) for audience in Audience}
    assert not told(pages[Audience.PUBLIC], pages[Audience.INTERNAL])


def keep_some(source: Path, folder: Path) -> None:
    """Copy a case with every seventh child, brothers and sisters with them."""
    shutil.copytree(source, folder)
    siblings = pd.read_csv(folder / "siblings.csv", dtype=str)
    group = dict(zip(siblings["child_id"], siblings["group_id"], strict=True))
    for path in folder.rglob("*.csv"):
        rows = pd.read_csv(path, dtype=str, keep_default_na=False)
        column = next((each for each in ("child_id", "CHILD") if each in rows), None)
        if column is not None:
            kept = [zlib.crc32(group.get(child, child).encode()) % 7 == 0 for child in rows[column]]
            rows[kept].to_csv(path, index=False)


def told(public: dict[str, Grid], internal: dict[str, Grid]) -> list[str]:
    """The hidden figures that can be told more narrowly than the rule allows."""
    stranger = Stranger(public)
    found = list(stranger.ranges())
    assert len(found) > 50
    narrow = []
    for where, least, most in found:
        truth = truth_of(internal, where)
        assert truth is None or least <= truth <= most, "the attack itself is wrong"
        if truth is None:  # whatever it is, no small one is told
            safe = most - least >= RULE.high - RULE.low or least > RULE.high or most < RULE.low
        elif RULE.small(truth):
            safe = all(stranger.could_be(where, number) for number in range(RULE.low, RULE.high + 1))
        else:
            safe = most - least >= RULE.spread or where[0] == "quarterly"  # an indicator is hidden whole
        if not safe:
            narrow.append(f"{where} is {truth} and lies from {least} to {most}")
    return narrow


def truth_of(internal: dict[str, Grid], where: Printed) -> int | None:
    """A hidden figure as the internal copy prints it; None where it does not print the same."""
    key, row, column = where
    if key == "quarterly":
        period, which = column.split(", ")
        match = re.search(r"\(([\d,]+) of ([\d,]+)\)", internal[key][row][period])
        if match is None:
            return None
        yes, everyone = (int(figure.replace(",", "")) for figure in match.groups())
        return yes if which == "yes" else everyone - yes
    if key == "short_by_age" or column not in internal.get(key, {}).get(row, {}):
        return None
    return int(internal[key][row][column].replace(",", ""))


def test_the_attack_finds_a_count_that_one_more_figure_gives_away(
    public: dict[str, Grid], internal: dict[str, Grid]
) -> None:
    key, row = "living_age", "In-house residential homes"
    column = next(column for column, shown in public[key][row].items() if shown == "c")
    told = {**public, key: {**public[key], row: {**public[key][row], column: internal[key][row][column]}}}
    assert any(least == most for _, least, most in Stranger(told).ranges())


def test_pictures_show_no_number_but_those_of_tables_and_of_axes(page: str, public: dict[str, Grid]) -> None:
    drawn = DRAWN.findall(page)
    assert len(drawn) > 5
    shown = {word for grid in public.values() for row in grid.values() for word in row.values()}
    for svg in drawn:
        for words in re.findall(r"<text[^>]*>([\d,.]+%?)</text>", svg):
            assert words in shown or int(words.rstrip("%").replace(",", "")) % 5 == 0, words


def test_what_is_hidden_is_drawn_alike_everywhere_in_a_picture(page: str) -> None:
    sizes = [
        set(re.findall(r'<rect [^>]*width="([\d.]+)" height="([\d.]+)" fill="url\(#[\w-]*hatch', svg))
        for svg in DRAWN.findall(page)
    ]
    assert any(sizes)
    assert all(len(each) <= 1 for each in sizes)


def test_no_file_of_the_public_folder_holds_an_identifier(demo: Case, written: Path) -> None:
    ids = {child.id for child in demo.children} | {home.id for home in demo.homes}
    ids |= {referral.id for referral in demo.referrals} | {resident.id for resident in demo.residents}
    for path in sorted((written / "public").iterdir()):
        words = set(re.findall(r"[A-Z]\d{3,4}\b", everything_in(path)))
        assert not words & ids, path.name


def everything_in(path: Path) -> str:
    """All words of a file, those of its insides and of its properties included."""
    if path.suffix == ".pdf":
        reader = PdfReader(path)
        return " ".join([*(p.extract_text() for p in reader.pages), *map(str, (reader.metadata or {}).values())])
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as inside:
            return " ".join(inside.read(each).decode("utf-8", "replace") for each in inside.namelist())
    return path.read_text(encoding="utf-8")


def test_the_workbook_holds_the_figures_of_the_page_as_they_are_printed(written: Path, public: dict[str, Grid]) -> None:
    book = CalamineWorkbook.from_path(written / "public" / "sufficiency.xlsx")
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names[1:]]
    assert len(sheets) == len(public)
    for sheet, grid in zip(sheets, public.values(), strict=True):
        for held, printed in zip(sheet[1:], grid.values(), strict=True):
            words = list(printed.values())
            assert [held_as(each, cell) for each, cell in zip(words, held[1:], strict=True)] == words


def held_as(printed: str, held: object) -> str:
    """What a cell of the workbook would read as on the page, in the page's own form."""
    if not isinstance(held, float):
        return str(held)
    if printed.endswith("%"):
        return f"{100 * held:.1f}%"
    if "£" in printed:
        return ("-" if held < 0 else "") + f"£{abs(held):,.0f}"
    return f"{held:,.1f}" if "." in printed else f"{held:,.0f}"


def test_the_young_peoples_figures_are_all_in_the_public_copy(written: Path, page: str) -> None:
    young = (written / "public" / "young-people.html").read_text(encoding="utf-8")
    young = re.sub(r"<style>.*?</style>|<[^>]+>", " ", young, flags=re.S)
    for figure in re.findall(r"\d[\d,]*\.\d%|\b\d\d+ children", young):
        assert re.search(rf"\b{re.escape(figure.removesuffix(' children'))}(?!\d)", page), figure


def test_the_public_page_is_the_same_whatever_the_hidden_figures_of_its_tables_are(statement: Statement) -> None:
    shown = {key: table.cells for key, table in statement.public_tables.items()}

    def secret(table: CountTable) -> CountTable:
        told = shown.get(table.key, {})
        cells = {where: count if told.get(where) is not None else 4_321 for where, count in table.cells.items()}
        return table.model_copy(update={"cells": cells})

    other = statement.model_copy(update={"tables": {key: secret(each) for key, each in statement.tables.items()}})
    assert html_page(document(other, Audience.PUBLIC)) == html_page(document(statement, Audience.PUBLIC))
