"""Adoption in the demo read by Placewell: nothing to complain of, and the same year as its files."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from matcher.intake.case import read_case
from matcher.intake.reading import Reading
from matcher.services.adoption.activity import activity_tables
from matcher.services.adoption.scorecard import scorecard
from models.adoption import AdoptionPool
from tests.test_adoption_demo import CHILD_FLOWS, FAMILY_FLOWS, child_stocks, family_stocks, ours, waiting


@cache
def demo() -> Reading:
    return read_case(Path(str(files("placewell_data") / "demo")))


def pool() -> AdoptionPool:
    case = demo().case
    assert case is not None
    assert case.adoption is not None
    return case.adoption


def test_nothing_to_complain_of() -> None:
    assert demo().findings == ()


def test_children_without_a_row_are_those_adopted_in_earlier_years() -> None:
    case = demo().case
    assert case is not None
    named = {row["child_id"] for row in ours()}
    others = [child for child in pool().children if child.agency_id == "A01" and child.id not in named]
    assert len(others) == 312 - 57
    assert all(child.dates.adopted_on and child.dates.adopted_on.year < 2018 for child in others)


def test_two_children_were_placed_by_consent() -> None:
    ended = [child.dates for child in pool().children if child.dates.placement_ended_on]
    assert len(ended) == 2
    for dates in ended:
        assert dates.placement_order_on is None
        assert dates.consent_on is not None
        assert dates.consent_on == dates.placed_on


def test_the_tables_of_the_year_are_those_of_the_files() -> None:
    case = demo().case
    assert case is not None
    found = activity_tables(pool(), case.as_at)
    children = {row.key: row.counts for row in found.children_activity}
    assert {key: children[key] for key in CHILD_FLOWS} == CHILD_FLOWS
    families = {row.key: row.counts for row in found.families_activity}
    same = set(FAMILY_FLOWS) - {"stage_2_start"}
    assert {key: families[key] for key in same} == {key: FAMILY_FLOWS[key] for key in same}
    for rows, counted in ((found.children_status, child_stocks), (found.families_status, family_stocks)):
        for month, end in enumerate(found.months):
            figures = [row.counts[month] for row in rows if row.key != "being_decided"]
            assert figures == list(counted(end).values())
    assert not any(balance.unexplained for balance in (*found.children_balance, *found.families_balance))


def test_the_scorecard_of_the_year() -> None:
    case = demo().case
    assert case is not None
    found = {figure.key: figure for figure in scorecard(pool(), case.as_at)}
    assert (round(found["a1"].value or 0), round(found["a2"].value or 0)) == (449, 186)
    for key, counted in (("a3_adopted", 35), ("placed_within_a_year", 46), ("adopted_by_carers", 7), ("adopted", 57)):
        assert (key, len(found[key].counted)) == (key, counted)
        assert len(found[key].out_of) == 57


def test_who_waits_has_what_screening_asks() -> None:
    children = {child.id: child for child in pool().children}
    waits = [children[row["child_id"]] for row in waiting()]
    assert all(child.background and child.home for child in waits)
    assert sum(child.profile is not None for child in waits) >= 14
    partners = [child for child in pool().children if child.agency_id != "A01"]
    assert any(child.avoid for child in partners)
    assert any(child.contact for child in partners)
    assert sum(child.profile is not None for child in partners) >= 18
