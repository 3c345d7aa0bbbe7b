"""Encoding: the same numbers whatever is encoded beside them, in any order, at any size."""

import datetime as dt

import numpy as np
import pytest

from benchmarks.encoding import large_case
from matcher.scoring import Encoded, encode
from matcher.scoring.arrays import NOT_WANTED, PRESENT, WANTED, Table
from matcher.scoring.coding import coded, day_code
from models.case import Case
from models.child import Wishes
from tests.make_case import AS_AT, make_case, make_child, make_home, make_placement, make_referral
from tests.random_case import random_case

LISTS = ("visits", "avoid", "special")


def assert_same_columns(found: Encoded, expected: Encoded, columns: list[int]) -> None:
    """The homes of one encoding are those columns of another."""
    for name in ("homes", "home_level"):
        np.testing.assert_array_equal(getattr(found.arrays, name), getattr(expected.arrays, name)[columns])
    for name in ("households", "language_missing", "faith_missing"):
        np.testing.assert_array_equal(getattr(found.arrays, name), getattr(expected.arrays, name)[:, columns])
    np.testing.assert_array_equal(found.home_known, expected.home_known[columns])


def part(encoded: Encoded, row: int, name: str) -> Table:
    """A row's part of one of the lists."""
    search = encoded.arrays.rows[row]
    found: Table = getattr(encoded.arrays, name)[search[f"{name}_from"] : search[f"{name}_to"]]
    return found


def notes(encoded: Encoded, row: int) -> dict[int, int]:
    """By column, the marks of a row's special pairs."""
    return {int(note["column"]): int(note["marks"]) for note in part(encoded, row, "special")}


def with_homes(case: Case, count: int) -> Case:
    """The case with copies of its homes and residents, one after another, up to so many homes."""
    more = range(len(case.homes), count)
    homes = [case.homes[i % len(case.homes)].model_copy(update={"id": f"N{i}"}) for i in more]
    residents = [
        resident.model_copy(update={"id": f"{resident.id}-{home.id}", "home_id": home.id})
        for i, home in zip(more, homes, strict=True)
        for resident in case.residents_of.get(case.homes[i % len(case.homes)].id, ())
    ]
    given = {name: getattr(case, name) for name in Case.model_fields}
    return Case(**given | {"homes": (*case.homes, *homes), "residents": (*case.residents, *residents)})


def test_some_of_a_hundred_thousand_homes_encode_as_they_do_alone() -> None:
    case = with_homes(random_case(3, children=30, homes=60), 100_000)
    picked = [*range(60), *range(497, 100_000, 997), 99_999]
    some = [case.homes[column] for column in picked]
    assert_same_columns(encode(case, case.referrals, some), encode(case, case.referrals), picked)


def test_the_homes_of_hundreds_of_children_encode_as_they_do_one_by_one() -> None:
    case = random_case(4, children=700, homes=30)
    searches = case.referrals[:40]
    together = encode(case, searches)
    assert len(case.placements) - len(searches) > 300
    for column, home in enumerate(case.homes):
        assert_same_columns(encode(case, searches, [home]), together, [column])


def test_copies_of_an_authority_encode_alike_but_for_where_they_are() -> None:
    case = random_case(5, children=20, homes=25)
    copies = large_case(case, 100)
    one, many = encode(case, case.referrals), encode(copies, copies.referrals)
    assert many.shape == (4 * one.shape[0], 100)
    for name in set(one.arrays.homes.dtype.names or ()) - {"x", "y"}:
        np.testing.assert_array_equal(many.arrays.homes[name], np.tile(one.arrays.homes[name], 4), name)
    np.testing.assert_array_equal(many.arrays.households, np.tile(one.arrays.households, 4))
    for copy in range(4):
        for row in range(one.shape[0]):
            there = {column - 25 * copy: marks for column, marks in notes(many, copy * one.shape[0] + row).items()}
            assert there == notes(one, row)


@pytest.mark.parametrize("seed", range(4))
def test_searches_in_another_order_are_the_same_rows_in_that_order(seed: int) -> None:
    case = random_case(seed, children=20)
    forward, back = encode(case, case.referrals), encode(case, case.referrals[::-1])
    own = [name for name in forward.arrays.rows.dtype.names or () if not name.endswith(("_from", "_to"))]
    for name in set(own) - {"language", "faith"}:
        np.testing.assert_array_equal(forward.arrays.rows[name], back.arrays.rows[name][::-1], name)
    for row in range(len(case.referrals)):
        for name in LISTS:
            np.testing.assert_array_equal(part(forward, row, name), part(back, len(case.referrals) - 1 - row, name))
        for name in ("language", "faith"):
            missing = [
                getattr(encoded.arrays, f"{name}_missing")[encoded.arrays.rows[name][at]]
                for encoded, at in ((forward, row), (back, len(case.referrals) - 1 - row))
            ]
            np.testing.assert_array_equal(*missing)


def test_each_day_needed_has_the_households_of_that_day_alone() -> None:
    case = random_case(6, children=40, homes=10)
    days = [AS_AT + dt.timedelta(days=30 * number) for number in range(8)]
    child = case.children[0].id
    referrals = [make_referral(child, id=f"R{day}", needed_by=day) for day in reversed(days)]
    together = encode(case, referrals).arrays
    assert len(together.households) == len(days)
    assert len(np.unique(together.households, axis=0)) > 1
    for row, referral in enumerate(referrals):
        alone = encode(case, [referral]).arrays
        np.testing.assert_array_equal(together.households[together.rows["day_index"][row]], alone.households[0])


def test_two_searches_for_one_child_both_know_what_is_on_record() -> None:
    child = make_child(wishes=Wishes(homes_wanted=("H2", "H-gone"), homes_not_wanted=("H2",)))
    case = make_case([child], [make_home("H1"), make_home("H2")], placements=(make_placement("C1", "H1"),))
    encoded = encode(case, [make_referral(), make_referral(id="R2")])
    assert notes(encoded, 0) == notes(encoded, 1) == {0: PRESENT, 1: WANTED | NOT_WANTED}
    assert notes(encode(case, case.referrals, case.homes[1:]), 0) == {0: WANTED | NOT_WANTED}


def test_each_distinct_value_is_coded_once() -> None:
    asked: list[dt.date] = []

    def code(day: dt.date) -> int:
        asked.append(day)
        return day_code(day)

    later = AS_AT + dt.timedelta(days=1)
    assert coded([AS_AT, later, AS_AT], code).tolist() == [20180331, 20180401, 20180331]
    assert sorted(asked) == [AS_AT, later]
    assert coded([], code).tolist() == []
