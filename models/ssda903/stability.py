"""The national measures of placement stability, child by child, from a council's own episodes."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from models.record import Record
from models.ssda903.ages import age_at
from models.ssda903.episode import Episode, in_care_on, period_of_care_on
from models.ssda903.placements import Placement, is_adoptive, placements, placements_between
from models.ssda903.years import year_end, year_start

_MANY = 3
LONG_TERM_AGES = range(16)
_TWO_YEARS = 24
_LONG_TERM_CARE_MONTHS = 30
_LONG_TERM_CARER_MONTHS = 24


class Measure(Record):
    """A measure as a share of children, with the children named so that it can be checked.

    Attributes:
        on: the day it is taken.
        counted: ids of the children it counts.
        out_of: ids of the children it counts among.
        not_known: ids of children whose files do not reach back far enough, or lack a date of birth, to be sure.
            They stand where the files as they are put them.
    """

    on: date
    counted: tuple[str, ...]
    out_of: tuple[str, ...]
    not_known: tuple[str, ...]

    @property
    def numerator(self) -> int:
        """How many children it counts."""
        return len(self.counted)

    @property
    def denominator(self) -> int:
        """Among how many."""
        return len(self.out_of)

    @property
    def percentage(self) -> float | None:
        """The share in per cent, not rounded; None among no children."""
        return 100 * self.numerator / self.denominator if self.out_of else None


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or that month's last: 30 before 31/03/2018 is 30/09/2015."""
    month_index = day.year * 12 + day.month - 1 - months
    year, month = divmod(month_index, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def placements_in_year(episodes: Sequence[Episode], year_ending: int) -> int:
    """How many placements a child had in a collection year, the one open on 1 April included."""
    return len(placements_between(episodes, year_start(year_ending), year_end(year_ending)))


def three_plus_placements(children: Mapping[str, Sequence[Episode]], on: date) -> Measure:
    """Children looked after on a day who had three or more placements in the year up to it.

    The national measure, taken on 31 March: of the children looked after that day, those with three or more
    placements in the year from 1 April. Short breaks (V3, V4) are left out. Temporary stays (T0-T4) and being
    placed for adoption with the current carer are not placements of their own. Placements of an earlier period of
    care in the same year count. Source: Department for Education, *Stability measures for children looked after in
    England*; LG Inform metric 850 (once NI 62).

    The published text does not say what becomes of a change of address with the same carer (RNE T, U). Here it is
    no new placement, nor is a change of legal status (RNE L): what the measure is of is changes of carer, and the
    guide to the collection defines these codes by the carer not changing.

    Args:
        children: each child's episodes, each once.
        on: the day the measure is taken; any day gives the twelve months up to it.
    """
    here = {child: episodes for child, episodes in children.items() if in_care_on(episodes, on)}
    return _many_placements(here, (), months_before(on, 12) + timedelta(days=1), on)


def three_plus_placements_in_two_years(children: Mapping[str, Sequence[Episode]], on: date) -> Measure:
    """Children looked after for two years or more who had three or more placements in the two years up to a day.

    Of the children looked after on the day, without a break for at least two years, those with three or more
    placements in them; placements are told apart as in :func:`three_plus_placements`, short breaks (V3, V4) are left
    out. A child whom the files take up in the middle of care, less than two years before, is in ``not_known`` alone.
    Source: Department for Education, *Stability measures for children looked after in England*, "CLA 2 years on 31
    March". England's published denominator (60,430 of 83,630 in 2024) is wide for two unbroken years, and the
    department does not print how it gets there: compare with care.

    Args:
        children: each child's episodes, each once.
        on: the day the measure is taken.
    """
    since = months_before(on, _TWO_YEARS)
    long_enough, not_known = {}, []
    for child, episodes in children.items():
        period = period_of_care_on(episodes, on)
        if period is not None and period.start <= since:
            long_enough[child] = episodes
        elif period is not None and not period.start_known:
            not_known.append(child)
    return _many_placements(long_enough, not_known, since + timedelta(days=1), on)


def _many_placements(
    out_of: Mapping[str, Sequence[Episode]], not_known: Sequence[str], first: date, on: date
) -> Measure:
    """Of some children, those with three or more placements from the first day to the last."""
    many = {child for child, rows in out_of.items() if len(placements_between(rows, first, on)) >= _MANY}
    unsure = [child for child, rows in out_of.items() if child not in many and _begins_inside(rows, first, on)]
    counted = tuple(child for child in out_of if child in many)
    return Measure(on=on, counted=counted, out_of=tuple(out_of), not_known=(*not_known, *unsure))


def long_term_stability(
    children: Mapping[str, Sequence[Episode]],
    births: Mapping[str, date],
    on: date,
    *,
    ages: range = LONG_TERM_AGES,
) -> Measure:
    """Children under 16, long in care, who have lived with the same carer for two years.

    Of the children aged under 16 on the day and looked after without a break for at least two and a half years,
    those who have lived with the same carer for at least two years, or are placed for adoption and have lived
    there and in the placement before it, together, for at least two years. Short breaks (V3, V4) are left out.
    Years are calendar years: two years before 31 March 2018 is 31 March 2016, that day included. A change of address
    with the same carer (RNE T, U) does not break the time. Source: Department for Education, *Stability measures for
    children looked after in England*; once NI 63.

    Args:
        children: each child's episodes, each once.
        births: each child's date of birth.
        on: the day the measure is taken, usually 31 March.
        ages: ages in whole years on the day; the department also publishes 1-4, 5-9 and 10-15.
    """
    counted, out_of, not_known = [], [], []
    for child, episodes in children.items():
        period = period_of_care_on(episodes, on)
        if period is None:
            continue
        born = births.get(child)
        if born is not None and on < born:
            born = None
        if born is not None and age_at(born, on) not in ages:
            continue
        if period.start > months_before(on, _LONG_TERM_CARE_MONTHS):
            if not period.start_known:
                not_known.append(child)
        elif born is None:
            not_known.append(child)
        else:
            out_of.append(child)
            if long_term_stable(episodes, on):
                counted.append(child)
    return Measure(on=on, counted=tuple(counted), out_of=tuple(out_of), not_known=tuple(not_known))


def long_term_stable(episodes: Sequence[Episode], on: date) -> bool:
    """Whether a child has lived with the same carer for at least two years by the end of a day.

    For a child placed for adoption the placement just before, in the same period of care, counts along.
    Age and time in care are :func:`long_term_stability`'s to check.
    """
    before: Placement | None = None
    for placement in placements(episodes):
        if placement.covers(on):
            since = placement.start
            if before is not None and is_adoptive(placement) and not placement.opens_period:
                since = before.start
            return since <= months_before(on, _LONG_TERM_CARER_MONTHS)
        before = placement
    return False


def _begins_inside(episodes: Sequence[Episode], first: date, on: date) -> bool:
    """Whether the files take up this period of care within the days in question, not at its start."""
    period = period_of_care_on(episodes, on)
    return period is not None and period.start > first and not period.start_known
