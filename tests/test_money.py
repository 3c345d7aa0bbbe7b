import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.money import pence_from_pounds, pounds, pounds_and_pence


@pytest.mark.parametrize(
    ("text", "pence"),
    [("£1,265.50", 126_550), (" 414 ", 41_400), ("0.5", 50), ("-3.20", -320), ("£ 3 810", 381_000), ("1E2", 10_000)],
)
def test_pounds_as_people_write_them(text: str, pence: int) -> None:
    assert pence_from_pounds(text) == pence


@pytest.mark.parametrize("text", ["", "free", "12.345", "nan", "inf", "£", "1.2.3", "4p"])
def test_what_is_no_amount_is_refused_with_the_text(text: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        pence_from_pounds(text)


@pytest.mark.parametrize(
    ("pence", "whole", "exact"),
    [
        (126_550, "£1,266", "£1,265.50"),
        (126_549, "£1,265", "£1,265.49"),
        (-150, "-£2", "-£1.50"),
        (-5, "£0", "-£0.05"),
        (0, "£0", "£0.00"),
        (10**12, "£10,000,000,000", "£10,000,000,000.00"),
    ],
)
def test_amounts_in_tables_and_exactly(pence: int, whole: str, exact: str) -> None:
    assert (pounds(pence), pounds_and_pence(pence)) == (whole, exact)


@given(st.integers(-(10**15), 10**15))
def test_exact_text_reads_back(pence: int) -> None:
    assert pence_from_pounds(pounds_and_pence(pence)) == pence
