"""A case as the measures of the return want it: episodes by child, birth dates, and where postcodes are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from matcher.intake.postcodes import locate
from matcher.services.figures_children import rate
from models.case import Case
from models.geography import Location
from models.ssda903.episode import Episode
from models.ssda903.flows import history_from
from models.ssda903.location import Atlas
from models.ssda903.stability import months_before

_QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


@dataclass(frozen=True)
class History:
    """Everything that indicators are read from; made once for a case, since postcodes are looked up only once."""

    case: Case

    @property
    def episodes(self) -> Mapping[str, Sequence[Episode]]:
        """Each child's episodes, of those who have left too."""
        return self.case.episodes

    @cached_property
    def births(self) -> dict[str, date]:
        """Dates of birth of everybody in the episodes."""
        return {child.id: child.born for child in self.case.children} | dict(self.case.births)

    @cached_property
    def unaccompanied(self) -> dict[str, date | None]:
        """Children listed as unaccompanied, with the day that status ceased or None."""
        return {child.id: None for child in self.case.children if child.uasc} | dict(self.case.unaccompanied)

    @cached_property
    def atlas(self) -> Atlas:
        """What location is measured with."""
        texts = {
            text for rows in self.episodes.values() for row in rows for text in (row.home_post, row.pl_post) if text
        }
        asked = sorted(texts)
        places: dict[str, Location] = {text: at for text, at in zip(asked, locate(asked), strict=True) if at}
        return Atlas(self.case.authority, places, self.unaccompanied)

    @cached_property
    def whole_from(self) -> date | None:
        """The first day for which the episodes hold everybody looked after; None without any episode."""
        return history_from(self.episodes, self.case.as_at) if self.episodes else None

    @cached_property
    def population(self) -> int | None:
        """Children aged 0 to 17 living in the area; None without a population sheet."""
        return rate(self.case, ()).population

    def holds(self, first: date) -> bool:
        """Whether the episodes hold everybody looked after from this day on."""
        return self.whole_from is not None and self.whole_from <= first

    def per_10_000(self, count: int) -> float | None:
        """A count for every 10,000 children of the area, to one decimal, halves up; None if they are not known."""
        people = self.population
        return (2 * 100_000 * count + people) // (2 * people) / 10 if people else None


def year_to(on: date) -> date:
    """The first day of the twelve months up to a day."""
    return months_before(on, 12) + timedelta(days=1)


def quarter_to(on: date) -> date:
    """The first day of the three months up to a day."""
    return months_before(on, 3) + timedelta(days=1)


def previous_quarter_end(on: date) -> date:
    """The last of 31 March, 30 June, 30 September and 31 December before a day."""
    ends = [date(year, *end) for year in (on.year - 1, on.year) for end in _QUARTER_ENDS]
    return max(end for end in ends if end < on)


def month_ends(on: date, months: int) -> tuple[date, ...]:
    """The last days of so many months up to a day's, earliest first; of the day's own month the day itself."""
    firsts = [months_before(on.replace(day=1), back) for back in range(months - 1, -1, -1)]
    return (*(first - timedelta(days=1) for first in firsts[1:]), on)
