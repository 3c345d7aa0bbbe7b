"""Dates of placements: filling years back, spacing changes out, when somebody moved in."""

import datetime as dt
import random

from .draw import days
from .people import Stay


def fill_back(rng: random.Random, entered: dt.date, last: dt.date) -> list[dt.date]:
    """First days of placements from entering care to the last one, a few between."""
    gap = (last - entered).days
    if gap < 12:
        return [entered]
    count = min(rng.choices((0, 1, 2, 3), (50, 30, 14, 6))[0], gap // 60)
    between = sorted({entered + days(rng.randint(8, gap - 3)) for _ in range(count)})
    return [entered, *[day for day in between if (last - day).days > 2], last]


def change_days(rng: random.Random, count: int, earliest: dt.date, latest: dt.date) -> list[dt.date]:
    """So many different days, at least three days apart."""
    slack = (latest - earliest).days - 3 * count
    offsets = sorted(rng.randint(0, max(slack, 0)) for _ in range(count))
    return [earliest + days(offset + 3 * i) for i, offset in enumerate(offsets)]


def moved_in(stays: list[Stay]) -> dt.date:
    """When the present placement began, changes of status only left aside."""
    start = stays[-1].start
    for stay in reversed(stays):
        start = stay.start
        if not stay.same_carer:
            break
    return start


def copy_stay(stay: Stay) -> Stay:
    """A stay like another, to be changed."""
    return Stay(**vars(stay))
