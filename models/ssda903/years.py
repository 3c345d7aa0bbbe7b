"""Collection years of the SSDA903 return: 1 April to 31 March, named by the year they end in."""

from datetime import date


def collection_year(day: date) -> int:
    """The collection year a day falls in, by the year it ends: 31 March 2018 gives 2018, 1 April gives 2019."""
    return day.year + 1 if (day.month, day.day) >= (4, 1) else day.year


def year_label(year_ending: int) -> str:
    """The usual way to write a collection year, e.g. ``2017/18`` for the year ending 2018."""
    return f"{year_ending - 1}/{year_ending % 100:02d}"


def year_start(year_ending: int) -> date:
    """1 April, the first day of the collection year."""
    return date(year_ending - 1, 4, 1)


def year_end(year_ending: int) -> date:
    """31 March, the last day of the collection year, on which the yearly counts are taken."""
    return date(year_ending, 3, 31)
