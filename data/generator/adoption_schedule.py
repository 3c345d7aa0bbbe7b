"""When each step of a plan falls: months by earliest deadline first, then days in the right order."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass

from .adoption_figures import BEFORE, LATER, first_day, last_day
from .draw import day_between, days, insist


@dataclass
class Window:
    """The days from which and the month by which something may happen to one child."""

    index: int
    release: dt.date
    deadline: int


def months_by_deadline(windows: Sequence[Window], before: int, flow: Sequence[int]) -> dict[int, int]:
    """A month for each child, so that each month has its number: ``before`` before the year, then the flow.

    Taking the earliest deadlines first finds such months wherever there are any. Children with a deadline beyond the
    year may be left without a month: as many as there are more of them than the numbers add up to.
    """
    left = sorted(windows, key=lambda w: (w.deadline, w.release, w.index))
    found: dict[int, int] = {}
    for month, wanted in [(BEFORE, before), *enumerate(flow)]:
        latest = dt.date(2017, 3, 24) if month == BEFORE else last_day(month) - days(6)
        due = [w for w in left if w.release <= latest][:wanted]
        insist(len(due) == wanted, f"{wanted} children can have it by month {month}")
        found |= {w.index: month for w in due}
        left = [w for w in left if w.index not in found]
        insist(all(w.deadline > month for w in left), f"nobody is late in month {month}")
    insist(all(w.deadline >= LATER for w in left), "only those with time to spare are left over")
    return found


def day_in(rng: random.Random, month: int, after: dt.date, later_steps: int, spare: int = 1) -> dt.date:
    """A day of a month of the year after another day, with room for so many steps that follow in the same month.

    A working day where there is one: courts and panels do not sit at weekends.
    """
    first = max(first_day(month), after + days(1))
    last = last_day(month) - days(later_steps * 4 + spare)
    insist(first <= last, f"month {month} has room for its steps")
    day = day_between(rng, first, min(last, first + days(22)))
    near = [day + days(by) for by in (0, 2, 1, -1, -2) if first <= day + days(by) <= last]
    return next((each for each in near if each.weekday() < 5), day)
