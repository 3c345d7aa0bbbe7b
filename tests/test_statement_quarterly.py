"""The quarterly table of the public copy: what one indicator hides, no other indicator of the same children tells."""

import datetime as dt

import pytest

from matcher.reports.document import Mark, Table
from matcher.reports.statement.copies import Audience, Copy
from matcher.reports.statement.documents import copy_for, document
from matcher.reports.statement.sections.quarterly import hidden_on
from matcher.services.disclosure import DisclosureRule
from matcher.services.indicators import Indicator, Reading
from matcher.services.indicators.quarterly import QuarterRow
from matcher.services.statement.build import make_statement
from matcher.services.statement.statement import Rounding, Statement
from tests.random_case import random_case


@pytest.fixture(scope="module")
def base() -> Statement:
    return make_statement(random_case(3, children=20, homes=10), time_limit=1, rule=DisclosureRule(seconds=1))


def with_counts(base: Statement, counts: dict[str, tuple[int, int]]) -> Statement:
    """The statement with these counts, among so many, both now and a quarter before; nothing else in its table."""

    def read(found: Indicator, count: int, whole: int) -> Indicator:
        ids = tuple(f"c{n}" for n in range(whole or count))
        reading = Reading(
            value=100 * count / whole if whole else count, counted=ids[:count], out_of=ids if whole else ()
        )
        return found.model_copy(update={"reading": reading, "per_10_000": 1.5})

    rows = [
        row.model_copy(
            update={
                "now": read(row.now, *counts[row.now.key]),
                "previous": read(row.previous, *counts[row.now.key]).model_copy(update={"on": dt.date(2017, 12, 31)}),
            }
        )
        for row in base.quarterly
        if row.now.key in counts
    ]
    tables = {key: table for key, table in base.public_tables.items() if not key.startswith("ind_")}
    return base.model_copy(update={"quarterly": tuple(rows), "public_tables": tables})


def shown(statement: Statement, column: int = 2) -> dict[str, object]:
    table = next(table for table in document(statement, Audience.PUBLIC).tables() if table.key == "quarterly")
    assert isinstance(table, Table)
    rows: list[QuarterRow] = list(statement.quarterly)
    return {row.now.key: line[column] for row, line in zip(rows, table.rows, strict=True)}


def test_few_unaccompanied_children_hide_the_number_without_them_and_its_rate(base: Statement) -> None:
    found = with_counts(
        base, {"looked_after": (200, 0), "looked_after_without_uasc": (197, 0), "unaccompanied": (3, 0)}
    )
    for column in (1, 2, -2):
        values = shown(found, column)
        assert values["unaccompanied"] is values["looked_after_without_uasc"] is Mark.HIDDEN
        assert values["looked_after"] is not Mark.HIDDEN


def test_ways_of_leaving_care_are_hidden_together(base: Statement) -> None:
    counts = {
        "left": (100, 0),
        "left_by_adoption": (3, 100),
        "left_by_special_guardianship": (40, 100),
        "left_by_adoption_or_special_guardianship": (43, 100),
    }
    values = shown(with_counts(base, counts))
    assert [each is Mark.HIDDEN for each in values.values()] == [False, True, True, True]
    counts["left_by_adoption"], counts["left_by_adoption_or_special_guardianship"] = (12, 100), (52, 100)
    assert Mark.HIDDEN not in shown(with_counts(base, counts)).values()


def test_a_band_that_is_small_hides_the_other_bands_of_the_quarter_before(base: Statement) -> None:
    bands = ("1_4", "5_9", "10_15")
    counts = {"long_term_stability": (201, 299)}
    counts |= {f"long_term_stability_{b}": c for b, c in zip(bands, ((3, 4), (45, 57), (153, 238)), strict=True)}
    values = shown(with_counts(base, counts), 1)
    assert values["long_term_stability"] is not Mark.HIDDEN
    assert all(values[f"long_term_stability_{band}"] is Mark.HIDDEN for band in bands)


def test_what_the_quarterly_table_hides_no_trend_shows(base: Statement) -> None:
    counts = {"three_or_more_placements": (3, 100), "out_of_area": (40, 100)}
    found = with_counts(base, counts)
    day_now, day_before = found.quarterly[0].now.on, dt.date(2017, 12, 31)
    assert hidden_on(found, copy_for(found, Audience.PUBLIC)) == {
        ("three_or_more_placements", day_now), ("three_or_more_placements", day_before)
    }  # fmt: skip
    fine = next(row.now for row in with_counts(base, {"three_or_more_placements": (40, 100)}).quarterly)
    shown = found.model_copy(update={"trends": ((fine.model_copy(update={"on": day_before}), fine),)})
    table = next(table for table in document(shown, Audience.PUBLIC).tables() if table.key == "trends")
    assert [row[1] for row in table.rows] == [Mark.HIDDEN, Mark.HIDDEN]


def test_a_rounded_copy_works_shares_out_of_rounded_counts(base: Statement) -> None:
    rounding = Rounding(base=5, nothing=(), small=0, narrowed=0, narrowest=None)
    found = with_counts(base, {"out_of_area": (17, 28)}).model_copy(update={"rounding": rounding, "disclosure": None})
    assert [shown(found, column)["out_of_area"] for column in (1, 2)] == ["50% (15 of 30)"] * 2


def test_the_internal_copy_hides_nothing(base: Statement) -> None:
    assert isinstance(copy_for(base, Audience.INTERNAL), Copy)
    table = next(table for table in document(base, Audience.INTERNAL).tables() if table.key == "quarterly")
    assert not any(cell is Mark.HIDDEN for row in table.rows for cell in row)
