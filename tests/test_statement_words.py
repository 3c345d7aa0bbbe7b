"""What the statement says beside its tables: pictures' words, readings, how to make it again; and what files hold."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from matcher.reports.document import Bullets, Cell, Document, Mark, Money, Paragraph, Percent, Picture, Section, Table
from matcher.reports.statement.copies import Audience, ShownDecimal, ShownMoney, ShownPercent
from matcher.reports.statement.documents import document
from matcher.reports.statement.points import from_to, ranked, ranked_cells, spread
from matcher.reports.writers.cells import number, text
from matcher.reports.writers.xlsx import write_xlsx
from matcher.services.disclosure import DisclosureRule
from matcher.services.statement.build import make_statement
from matcher.services.statement.linked import readers_know
from matcher.services.statement.runs import SETTLED, SHORT
from matcher.services.statement.statement import Statement
from matcher.services.tabulation import Dimension, Universe, Value, tabulate
from tests.random_case import random_case

NUMBER = re.compile(r"£?[\d,]*\.?\d+%?")


@pytest.fixture(scope="module")
def statement() -> Statement:
    return make_statement(random_case(7, children=40, homes=25), time_limit=3, rule=DisclosureRule(seconds=1))


def pictures(made: Document) -> Iterator[Picture]:
    for section in made.sections:
        yield from (block for block in section.blocks if isinstance(block, Picture))


def said(section: Section) -> str:
    words = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    words += [item for block in section.blocks if isinstance(block, Bullets) for item in block.items]
    return " ".join(words)


def section_of(made: Document, key: str) -> Section:
    return next(section for section in made.sections if section.key == key)


@pytest.mark.parametrize("audience", list(Audience))
def test_each_pictures_words_say_its_point_with_figures_that_its_table_shows(
    statement: Statement, audience: Audience
) -> None:
    found = list(pictures(document(statement, audience)))
    assert len(found) >= 10
    for picture in found:
        cells = {text(cell) for row in picture.table.rows for cell in row} | set(picture.table.columns)
        shown = {each for cell in cells for each in NUMBER.findall(cell)}
        told = NUMBER.findall(picture.alt)
        assert picture.alt != picture.title, picture.key
        assert set(told) <= shown, (picture.key, picture.alt)
        figures = [cell for row in picture.table.rows for cell in row[1:] if (number(cell) or 0) > 0]
        assert told or not figures, (picture.key, picture.alt)


def test_points_name_the_most_and_what_is_hidden() -> None:
    rows: list[tuple[Cell, ...]] = [
        ("A", 3, Percent(30)), ("B", 7, Percent(70)), ("C", Mark.HIDDEN, Mark.HIDDEN), ("D", 0, Percent(0)),
        ("All", 10, ""),
    ]  # fmt: skip
    table = Table("t", "T", ("Kind", "Children", "Share"), rows, total=True)
    assert ranked(table, 1, "Most", beside=2) == "Most: B 7 (70.0%), A 3 (30.0%). Not shown: C."
    assert ranked(table, 1, "Most", only=["D", "C"]) == "Most: nobody, of those shown. Not shown: C."
    grid = Table("g", "G", ("Kind", "under 1", "16+"), [("A", 1, 5), ("B", Mark.HIDDEN, 0)])
    assert ranked_cells(grid, "Most") == "Most: A, 16+: 5; A, under 1: 1. Some small figures are not shown."
    line = Table("l", "L", ("Month", "Stock"), [("May", Mark.HIDDEN), ("June", 4), ("July", 9), ("August", 6)])
    assert from_to(line, [1]) == "Stock: 4 on June, 6 on August; highest 9 on July."
    wide = Table("w", "W", ("Group", "Share", "Low", "High"), [("Girls", Percent(4), Percent(2), Percent(9)),
                 ("Boys", Percent(6), Mark.NOT_AVAILABLE, Mark.NOT_AVAILABLE), ("x", Mark.HIDDEN, "", "")])  # fmt: skip
    assert spread(wide, 1, 2, 3) == "Highest: Boys, 6.0%; lowest: Girls, 4.0% (2.0% to 9.0%)."


def test_what_is_let_through_is_held_as_it_is_shown_and_so_are_the_cells_of_the_public_workbook(
    statement: Statement, tmp_path: Path
) -> None:
    assert (ShownMoney(123_456).pence, ShownPercent(66.666).value) == (123_500, 66.7)
    assert [ShownDecimal(each) for each in (3.4567, 0.0456, -1.25)] == [3.5, 0.05, -1.2]
    made = document(statement, Audience.PUBLIC)
    read = CalamineWorkbook.from_path(str(write_xlsx(made, tmp_path / "public.xlsx")))
    checked = 0
    for name, table in zip(read.sheet_names[1:], made.tables(), strict=True):
        for row, cells in zip(read.get_sheet_by_name(name).to_python()[1:], table.rows, strict=True):
            for value, cell in zip(row, cells, strict=True):
                if isinstance(cell, Percent | Money | float):
                    assert isinstance(value, int | float)
                    exact = value * 100 if isinstance(cell, Percent) else value
                    assert exact == pytest.approx(float(re.sub(r"[£,%]", "", text(cell))), abs=1e-9), (name, row)
                    checked += 1
    assert checked > 20


def test_short_is_short_for_want_of_a_home_and_the_others_are_counted_apart(statement: Statement) -> None:
    why = statement.tables["clean_why"]
    short = statement.tables["clean_short"]
    assert short.count(SETTLED) == why.count("not_for_want_of_a_home")
    reasons = [
        value.key for value in why.dimensions[0].values if value.key not in ("not_short", "not_for_want_of_a_home")
    ]
    assert short.count(SHORT) == sum(why.count(each) or 0 for each in reasons)
    children = statement.clean_sheet.children
    assert (short.count(SHORT) or 0) + (short.count(SETTLED) or 0) == sum(child.short_in_area for child in children)


def test_equality_has_charts_of_today_both_plans_and_waiting_with_readings(statement: Statement) -> None:
    inside, outside = (section_of(document(statement, audience), "equality") for audience in Audience)
    keys = [block.key for block in inside.blocks if isinstance(block, Picture)]
    for part in ("today", "operational", "clean_sheet", "waiting"):
        assert any(key.startswith(f"picture_equality_{part}_") for key in keys), part
    for reading in (each.reading for part in statement.equality.sections for each in part.characteristics):
        assert reading in said(inside)
    shown = [block.table for block in outside.blocks if isinstance(block, Picture)]
    assert {table.key for table in shown} >= {"equality_over_20_miles", "equality_clean_sheet"}
    assert all({"Disabled", "Unaccompanied"} & {row[0] for row in table.rows} for table in shown)
    assert all(f"{each}. " in said(outside) for each in ("Sex", "Age", "Ethnic group", "Disability"))


def test_the_internal_copy_says_the_one_command_and_what_it_must_find(statement: Statement) -> None:
    inside = section_of(document(statement, Audience.INTERNAL), "quality")
    again = next(block for block in inside.blocks if isinstance(block, Table) and block.key == "again")
    told = {row[0]: row[1] for row in again.rows}
    assert told["One command"] == "placewell sufficiency CASE --seconds 3"
    assert told["Policy"] == statement.provenance.policy and told["Software"] == statement.provenance.software
    rounded = statement.provenance.model_copy(update={"round_to": 5, "seconds": 20.0})
    assert rounded.command == "placewell sufficiency CASE --seconds 20 --round-to 5"


def test_long_lists_of_children_are_printed_in_part_and_kept_in_full(statement: Statement) -> None:
    tables = {table.key: table for table in document(statement, Audience.INTERNAL).tables()}
    for key in ("clean_cells", "clean_children", "step_down_children", "price_per_point"):
        assert tables[key].printed == 25, key
    for key in ("step_down_evidence", "fee_and_need"):
        assert tables[key].printed == 0, key
    listed = {row[0] for row in tables["step_down_evidence"].rows}
    assert listed == set(statement.step_down.children)


def test_the_public_copy_says_why_it_has_no_worth_of_places(statement: Statement) -> None:
    outside = document(statement, Audience.PUBLIC)
    assert "What one more place of a kind would be worth is not in this copy" in said(section_of(outside, "gap"))
    assert not [table.key for table in outside.tables() if "worth" in table.key]
    assert "clean_worth" in {table.key for table in document(statement, Audience.INTERNAL).tables()}


def test_what_a_definition_says_is_known_of_every_row() -> None:
    def dimension(key: str, *values: str) -> Dimension:
        return Dimension(key=key, title=key, values=tuple(Value(key=each, label=each) for each in values))

    where = ("in_area", "adjoining", "at_a_distance")
    divided = (dimension("age", "1-4", "5-9"), dimension("locality", *where), dimension("ind_out_of_area", "yes", "no"))
    members = {
        f"{age} {place} {n}": {"age": age, "locality": place, "ind_out_of_area": "no" if place == "in_area" else "yes"}
        for age, counts in (("1-4", (9, 8, 7)), ("5-9", (6, 5, 4)))
        for place, count in zip(where, counts, strict=True)
        for n in range(count)
    }
    children = Universe(key="u", title="u", dimensions=divided, members=members)
    by_place = tabulate(children, ["locality", "age"], key="locality_age", title="", definition="", source="")
    by_answer = tabulate(children, ["age", "ind_out_of_area"], key="age_out", title="", definition="", source="")
    known = readers_know({"locality_age": by_place, "age_out": by_answer})
    sums = {(w.table, w.where): {(p.table, p.where) for p in parts} for w, parts in known.sums}
    for age in ("1-4", "5-9", "*"):
        assert sums["age_out", (age, "yes")] == {("locality_age", (place, age)) for place in where[1:]}
