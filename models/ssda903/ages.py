"""A child's age on a day, and the bands that ages are counted in."""

from bisect import bisect_right
from datetime import date

_LOCAL_BANDS = ((0, 1, 5, 10, 13, 16), ("under 1", "1-4", "5-9", "10-12", "13-15", "16+"))
_PUBLISHED_BANDS = ((0, 1, 5, 10, 16), ("under 1", "1-4", "5-9", "10-15", "16+"))


def age_at(born: date, on: date) -> int:
    """Age in whole years on a day; a child born on 29 February turns a year older on 1 March in other years.

    Raises:
        ValueError: the day is before the birth.
    """
    if on < born:
        raise ValueError(f"The date {on:%d/%m/%Y} is before the date of birth {born:%d/%m/%Y}.")
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_band(age: int) -> str:
    """The band councils plan with: under 1, 1-4, 5-9, 10-12, 13-15, 16+."""
    return _band(age, *_LOCAL_BANDS)


def published_age_band(age: int) -> str:
    """The band of the national statistics: under 1, 1-4, 5-9, 10-15, 16+."""
    return _band(age, *_PUBLISHED_BANDS)


def _band(age: int, first_ages: tuple[int, ...], labels: tuple[str, ...]) -> str:
    if age < 0:
        raise ValueError(f"An age cannot be negative: {age}.")
    return labels[bisect_right(first_ages, age) - 1]
