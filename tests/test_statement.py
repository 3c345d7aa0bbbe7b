"""The sufficiency statement: figures that reconcile, and a public copy that gives no child away."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest

from matcher.reports.document import Document, Facts, Mark, Paragraph, Picture, Section, Table
from matcher.reports.statement.copies import Audience, Copy, ShownMoney, ShownNumber, ShownPercent, checked, of_homes
from matcher.reports.statement.documents import copy_for, document, young_peoples_document
from matcher.reports.writers.html import html_page
from matcher.services.disclosure import DisclosureRule
from matcher.services.disclosure_attack import attack, narrowed
from matcher.services.statement.build import make_statement
from matcher.services.statement.linked import readers_know
from matcher.services.statement.statement import Statement
from matcher.services.tabulation import ALL, Dimension, Universe, Value, tabulate
from models.case import Case
from models.referral import Referral
from models.vocabulary import HomeKind, ReferralReason, Urgency
from tests.make_case import at, make_case, make_child, make_home
from tests.random_case import random_case

RULE = DisclosureRule(seconds=1.0)
AS_AT = dt.date(2018, 3, 31)


@pytest.fixture(scope="module", params=(0, 4))
def case(request: pytest.FixtureRequest) -> Case:
    return random_case(request.param, children=40, homes=25)


@pytest.fixture(scope="module")
def statement(case: Case) -> Statement:
    return make_statement(case, time_limit=3, rule=RULE)


def text_of(made: Document) -> str:
    """Everything a reader of the document could read, pictures included."""
    return re.sub(r"<style>.*?</style>", "", html_page(made), flags=re.S)


def test_every_table_has_a_name_of_its_own_and_rows_as_wide_as_its_headings(statement: Statement) -> None:
    for audience in Audience:
        tables = document(statement, audience).tables()
        assert len({table.key for table in tables}) == len(tables)
        for table in tables:
            assert table.title
            assert {len(row) for row in table.rows} <= {len(table.columns)}, table.key


def test_the_same_children_are_counted_everywhere(case: Case, statement: Statement) -> None:
    tables, figures = statement.tables, statement.figures
    for key in ("age", "sex", "ethnic_group", "living", "locality", "living_age", "need_band", "wishes"):
        assert tables[key].count() == figures.children, key
    assert tables["clean"].count() == len(statement.clean_sheet.children)
    assert tables["now"].count() == len(statement.operational.children)
    short = sum(child.short_in_area for child in statement.clean_sheet.children)
    for key in ("clean_kind", "clean_age", "clean_need"):
        settled = tables[key].count(ALL, "settled") if key != "clean_age" else 0
        assert (tables[key].count(ALL, "short") or 0) + (settled or 0) == short
    filled = sum(row.filled for row in figures.occupancy)
    assert (tables["places"].count(ALL, "own") or 0) + (tables["places"].count(ALL, "others") or 0) == filled
    assert all(total.difference == 0 for total in statement.totals[:2])
    assert {child.id for child in case.children} >= set(statement.step_down.children)


def test_the_public_copy_names_nobody(case: Case, statement: Statement) -> None:
    ids = {child.id for child in case.children} | {home.id for home in case.homes}
    ids |= {referral.id for referral in case.referrals}
    for made in (document(statement, Audience.PUBLIC), young_peoples_document(statement)):
        words = set(re.findall(r"[\w-]+", text_of(made)))
        assert not words & (ids - {"H5"}), "H5 is a code of the return, too"
    assert {child.id for child in case.children} & set(
        re.findall(r"[\w-]+", text_of(document(statement, Audience.INTERNAL)))
    )


def test_nobody_can_work_out_a_hidden_count_from_all_that_is_published(statement: Statement) -> None:
    shown = list(statement.public_tables.values())
    true = [statement.tables[table.key] for table in shown]
    known = readers_know({table.key: table for table in true})
    found = attack(shown, known)
    assert found
    assert not narrowed(found, true, RULE)


def test_every_small_count_is_hidden_and_what_is_shown_is_true(statement: Statement) -> None:
    hidden = 0
    for key, shown in statement.public_tables.items():
        for where, count in statement.tables[key].cells.items():
            public = shown.cells[where]
            assert public in (None, count)
            hidden += public is None
            if count is not None and RULE.small(count):
                assert public is None, (key, where)
    assert statement.disclosure is not None
    assert hidden == statement.disclosure.hidden_figures
    assert statement.disclosure.at_least <= hidden


def test_rounded_instead_every_figure_of_the_public_copy_is_a_multiple_or_marked(case: Case) -> None:
    statement = make_statement(case, time_limit=2, rule=RULE, round_to=5)
    assert statement.disclosure is None and statement.rounding is not None
    public = copy_for(statement, Audience.PUBLIC)
    for key in statement.public_tables:
        for where, count in statement.tables[key].cells.items():
            shown = public.count(key, *where)
            if shown is Mark.ROUNDS_TO_NOTHING:
                assert count in (1, 2), (key, where)
            else:
                assert shown == ((count or 0) + 2) // 5 * 5
    made = document(statement, Audience.PUBLIC)
    assert "rounded to the nearest 5" in text_of(made)
    counts = [cell for table in made.tables() if table.key in statement.tables for row in table.rows for cell in row]
    assert all(cell % 5 == 0 for cell in counts if isinstance(cell, ShownNumber))
    assert document(statement, Audience.INTERNAL).sections[0].title == "Summary"


def test_a_number_that_nobody_let_through_stops_the_public_copy() -> None:
    made = Document("t", "", None, (Section("s", "S", (Table("x", "X", ("A", "B"), [("row", 3)]),)),), "")
    with pytest.raises(ValueError, match="table x of a public copy shows 3 unchecked, in row 'row'"):
        checked(made, Audience.PUBLIC)
    assert checked(made, Audience.INTERNAL) is made
    fine = Document("t", "", None, (Section("s", "S", (Table("x", "X", ("A",), [(of_homes(3),)]),)),), "")
    assert checked(fine, Audience.PUBLIC) is fine


def test_an_average_of_few_is_hidden_with_enough_others_that_the_whole_does_not_give_it_away(
    statement: Statement,
) -> None:
    public = Copy(Audience.PUBLIC, {}, 6)
    parts: list[tuple[int | None, int]] = [(100, 50), (200, 3), (300, 9), (None, 0)]
    assert public.averages(parts, ShownMoney) == [
        ShownMoney(100), Mark.HIDDEN, Mark.HIDDEN, Mark.HIDDEN
    ]  # fmt: skip
    assert public.averages([(100, 50), (300, 9)], ShownMoney) == [ShownMoney(100), ShownMoney(300)]
    assert public.averages([(100, 2), (300, 3), (5, 40)], ShownMoney) == [Mark.HIDDEN, Mark.HIDDEN, Mark.HIDDEN]
    internal = copy_for(statement, Audience.INTERNAL)
    assert internal.averages(parts, ShownMoney)[1] == ShownMoney(200)


def test_a_rate_is_of_those_asked_about_and_not_of_everybody() -> None:
    answers = Dimension(
        key="ind_x", title="X", values=tuple(Value(key=each, label=each) for each in ("yes", "no", "not_counted"))
    )
    members = dict(enumerate(("yes", "yes", "no", *("not_counted",) * 5)))
    found = Universe(
        key="u", title="u", dimensions=(answers,), members={str(n): {"ind_x": v} for n, v in members.items()}
    )
    table = tabulate(found, ["ind_x"], key="ind_x", title="X", definition="", source="")
    assert Copy(Audience.INTERNAL, {"ind_x": table}, 6).rate("ind_x") == ShownPercent(66.7)
    hidden = table.model_copy(update={"cells": dict(table.cells) | {("no",): None}})
    assert Copy(Audience.PUBLIC, {"ind_x": hidden}, 6).rate("ind_x") is Mark.HIDDEN


def test_counts_that_stand_alone_are_shown_only_if_neither_they_nor_the_rest_is_small() -> None:
    public = Copy(Audience.PUBLIC, {}, 6)
    assert [public.may_show(*each) for each in ((0, 9), (6, 12), (9, 9))] == [True] * 3
    assert [public.may_show(*each) for each in ((1, 9), (5, 100), (98, 100))] == [False] * 3


def test_a_case_with_nobody_in_it_still_makes_every_copy() -> None:
    empty = make_statement(make_case(), time_limit=1, rule=RULE)
    for audience in Audience:
        assert len(document(empty, audience).sections) == 17
    assert "0" in text_of(young_peoples_document(empty))


def test_an_authority_whose_districts_are_not_known_has_no_map_and_says_no_less() -> None:
    abroad = make_case([make_child("A")], [make_home("H")]).model_copy(update={"authority": "W06000015"})
    made = document(make_statement(abroad, time_limit=1, rule=RULE), Audience.INTERNAL)
    assert not [key for key in pictures_of(made) if "come_from" in key or "districts" in key]


def test_words_from_files_are_only_ever_words() -> None:
    hostile = "<script>alert(1)</script>"
    child = make_child("A", home=at())
    asked = Referral(
        id="R1",
        child_id="A",
        received=AS_AT,
        needed_by=AS_AT,
        urgency=Urgency.PLANNED,
        reason=ReferralReason.NEW_TO_CARE,
        preferred_kinds=(HomeKind.FOSTER,),
    )
    case = make_case([child], [make_home("H")]).model_copy(update={"name": hostile, "referrals": (asked,)})
    statement = make_statement(case, time_limit=1, rule=RULE)
    for audience in Audience:
        assert hostile not in text_of(document(statement, audience))


def pictures_of(made: Document) -> Iterator[str]:
    for section in made.sections:
        yield from (block.key for block in section.blocks if isinstance(block, Picture))


def test_the_young_peoples_copy_is_short_and_shows_only_what_is_public(statement: Statement) -> None:
    made = young_peoples_document(statement)
    public = copy_for(statement, Audience.PUBLIC)
    facts = [fact for s in made.sections for block in s.blocks if isinstance(block, Facts) for fact in block.facts]
    assert facts[0].figure == public.words("age")
    words = sum(len(b.text.split()) for s in made.sections for b in s.blocks if isinstance(b, Paragraph))
    assert words < 250
    assert isinstance(public.count("age"), ShownNumber) or public.count("age") is Mark.HIDDEN
