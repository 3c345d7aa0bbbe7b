"""Lines of cost for the public copy: no line of few children, and nothing to be had by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from matcher.services.money.costs import CostLine
from matcher.services.money.funding import Split
from matcher.services.money.publish import OTHERS, public_lines

SIZES = st.lists(st.integers(1, 15), max_size=8)


def lines(sizes: list[int]) -> list[CostLine]:
    """A line for each size; every child costs 100 pounds times the number of the line."""
    return [
        CostLine(
            service=None, label=f"S{n}", children=tuple(f"S{n}-{i}" for i in range(size)), unpriced=(),
            mean_pence=10_000 * n, weekly=Split(social_care_pence=10_000 * n * size),
        )
        for n, size in enumerate(sizes, 1)
    ]  # fmt: skip


def test_small_services_are_told_together() -> None:
    big, others = public_lines(lines([20, 2, 4]))
    assert (big.label, others.label) == ("S1", OTHERS)
    assert (len(others.children), others.weekly_pence) == (6, 2 * 20_000 + 4 * 30_000)
    assert others.mean_pence == 26_667


def test_one_small_service_takes_the_smallest_other_with_it() -> None:
    found = public_lines(lines([20, 9, 2]))
    assert [(line.label, len(line.children)) for line in found] == [("S1", 20), (OTHERS, 11)]


def test_large_services_stay_as_they_are_and_too_few_are_not_told() -> None:
    assert public_lines(lines([6, 7])) == tuple(lines([6, 7]))
    assert public_lines(lines([2, 3])) == public_lines([]) == ()


def test_it_is_children_with_a_price_who_count() -> None:
    one, other = lines([9, 9])
    few = one.model_copy(update={"unpriced": one.children[:5]})
    (together,) = public_lines([few, other])
    assert (together.label, len(together.children), together.priced) == (OTHERS, 18, 13)


@given(SIZES, st.integers(2, 12))
def test_no_line_is_small_and_all_the_money_is_there(sizes: list[int], least: int) -> None:
    found = public_lines(lines(sizes), least)
    assert all(len(line.children) >= least for line in found)
    if sum(sizes) >= least:
        assert sorted(c for line in found for c in line.children) == sorted(c for x in lines(sizes) for c in x.children)
        assert sum(line.weekly_pence for line in found) == sum(line.weekly_pence for line in lines(sizes))
    else:
        assert found == ()
