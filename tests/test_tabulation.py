"""Counted tables with every total: by hand, and as sums of each other whatever the children."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.services.tabulation import ALL, Dimension, Universe, Value, tabulate

SEX = Dimension(key="sex", title="Sex", values=(Value(key="F", label="Girls"), Value(key="M", label="Boys")))
AGE = Dimension(key="age", title="Age", values=tuple(Value(key=str(n), label=f"age {n}") for n in range(3)))


def _universe(*members: tuple[str, str]) -> Universe:
    return Universe(
        key="looked_after",
        title="children looked after",
        dimensions=(SEX, AGE),
        members={f"C{n}": {"sex": sex, "age": age} for n, (sex, age) in enumerate(members)},
    )


def _table(universe: Universe, *dimensions: str) -> dict[tuple[str, ...], int | None]:
    return dict(tabulate(universe, dimensions, key="t", title="T", definition="d", source="s").cells)


def test_every_combination_and_every_total_is_counted() -> None:
    found = _table(_universe(("F", "1"), ("F", "1"), ("M", "2")), "sex", "age")
    assert found["F", "1"] == 2
    assert found["F", "2"] == found["M", "0"] == 0
    assert found["F", ALL] == found[ALL, "1"] == 2
    assert found[ALL, "2"] == found["M", ALL] == 1
    assert found[ALL, ALL] == 3
    assert len(found) == 3 * 4


def test_no_dimension_gives_the_whole() -> None:
    assert _table(_universe(("F", "1"), ("M", "2"))) == {(): 2}


def test_count_totals_what_is_not_given() -> None:
    table = tabulate(_universe(("F", "1"), ("M", "1")), ["age", "sex"], key="t", title="T", definition="", source="")
    assert (table.count("1", "F"), table.count("1"), table.count()) == (1, 2, 2)
    with pytest.raises(KeyError):
        table.count("9")


def test_a_value_not_listed_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"C0 of children looked after has Age '7', which is not listed"):
        _table(_universe(("F", "7")), "age")


def test_ids_are_those_who_have_every_value() -> None:
    universe = _universe(("F", "1"), ("M", "1"), ("F", "2"))
    assert universe.ids(sex="F") == ("C0", "C2")
    assert universe.ids(sex="F", age="1") == ("C0",)
    assert universe.ids() == ("C0", "C1", "C2")


@given(st.lists(st.tuples(st.sampled_from("FM"), st.sampled_from("012")), max_size=30))
def test_totals_are_sums_and_tables_agree(members: list[tuple[str, str]]) -> None:
    both, by_age = _table(_universe(*members), "sex", "age"), _table(_universe(*members), "age")
    for age in ("0", "1", "2", ALL):
        assert both[ALL, age] == sum(both[sex, age] or 0 for sex in "FM") == by_age[age,]
    for sex in ("F", "M", ALL):
        assert both[sex, ALL] == sum(both[sex, age] or 0 for age in "012")
