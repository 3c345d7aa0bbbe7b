"""Who is looked after on a day, who came into care and who left it between two days, and why they left."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from models.record import Record
from models.ssda903.derive import is_uasc
from models.ssda903.episode import Episode, PeriodOfCare, in_care_on, looked_after, periods_of_care
from models.ssda903.stability import Measure, months_before
from models.ssda903.years import collection_year, year_start


class ExitKind(StrEnum):
    """What a time in care ended in, from REC of its last episode."""

    ADOPTED = "adopted"
    SPECIAL_GUARDIANSHIP = "special_guardianship"
    CHILD_ARRANGEMENTS = "child_arrangements_order"
    HOME_PLANNED = "home_planned"
    HOME_UNPLANNED = "home_unplanned"
    OTHER_CARER = "with_someone_without_parental_responsibility"
    INDEPENDENT = "independent_living"
    STAYED_WITH_CARERS = "stayed_with_carers_at_18"
    ADULT_CARE = "adult_residential_care"
    CUSTODY = "custody"
    REMAND_ENDED = "remand_ended"
    FOUND_ADULT = "found_to_be_18_or_over"
    OTHER_AUTHORITY = "care_taken_over_by_another_authority"
    ABROAD = "moved_abroad"
    DIED = "died"
    OTHER = "other"
    NOT_KNOWN = "not_known"


_EXIT_KIND = {
    "E11": ExitKind.ADOPTED,
    "E12": ExitKind.ADOPTED,
    **dict.fromkeys(("E43", "E44", "E45", "E46", "E47", "E48"), ExitKind.SPECIAL_GUARDIANSHIP),
    "E41": ExitKind.CHILD_ARRANGEMENTS,
    "E4A": ExitKind.HOME_PLANNED,
    "E4B": ExitKind.HOME_UNPLANNED,
    "E13": ExitKind.OTHER_CARER,
    "E5": ExitKind.INDEPENDENT,
    "E6": ExitKind.INDEPENDENT,
    "E17": ExitKind.STAYED_WITH_CARERS,
    "E7": ExitKind.ADULT_CARE,
    "E9": ExitKind.CUSTODY,
    "E14": ExitKind.REMAND_ENDED,
    "E15": ExitKind.FOUND_ADULT,
    "E3": ExitKind.OTHER_AUTHORITY,
    "E16": ExitKind.ABROAD,
    "E2": ExitKind.DIED,
    "E8": ExitKind.OTHER,
}


class Exit(Record):
    """A child's leaving care: the day it ceased (the first they were not looked after) and what it ended in."""

    child: str
    on: date
    kind: ExitKind


def exit_kind(rec: str | None) -> ExitKind:
    """What REC says care ended in: E43-E48 are special guardianship, by year; X1 and blanks tell nothing."""
    return _EXIT_KIND.get(rec or "", ExitKind.NOT_KNOWN)


def stock(children: Mapping[str, Sequence[Episode]], on: date) -> tuple[str, ...]:
    """The children looked after at the end of a day, short breaks (V3, V4) left out; T0-T4 are part of being cared for.

    Source: Department for Education, *Children looked after in England*, methodology.
    """
    return tuple(child for child, episodes in children.items() if in_care_on(episodes, on))


def unaccompanied_on(children: Sequence[str], listed: Mapping[str, date | None], on: date) -> tuple[str, ...]:
    """Of some children, those unaccompanied and seeking asylum on a day.

    In the return's UASC table and not past the day that status ceased (DUC). The table gives no first day: a child
    has the status from coming into care.

    Args:
        children: ids, usually of :func:`stock`.
        listed: every child of the UASC table with the day the status ceased, None while it lasts.
        on: the day.
    """
    return tuple(child for child in children if child in listed and is_uasc(listed[child], on))


def started(children: Mapping[str, Sequence[Episode]], first: date, last: date) -> tuple[str, ...]:
    """The children who came into care from the first to the last day, both included, each once.

    A time in care begins with RNE S, or where a series of short breaks (V3, V4) turned into care; short breaks
    themselves do not count, nor do times in care that the files take up in the middle. Source: Department for
    Education, *Children looked after in England*, "started to be looked after".
    """
    return tuple(
        child
        for child, period in _periods(children, lambda row: first <= row.decom <= last)
        if period.start_known and first <= period.start <= last and _is_first_start(children[child], period, first)
    )


def exits(children: Mapping[str, Sequence[Episode]], first: date, last: date) -> tuple[Exit, ...]:
    """The children who left care from the first to the last day, both included, each once, by their last leaving.

    Counted by DEC, the day care ceased: a child whose care ceases on 31 March left in that year. Short breaks (V3,
    V4) are left out; a child who came back later in the year still left. Source: Department for Education, *Children
    looked after in England*, "ceased to be looked after": only the last occasion in the year counts.
    """
    found: dict[str, Exit] = {}
    for child, period in _periods(children, lambda row: row.dec is not None and first <= row.dec <= last):
        if period.end is not None and first <= period.end <= last:
            found[child] = Exit(child=child, on=period.end, kind=_kind_of_end(children[child], period))
    return tuple(found.values())


def left_by(children: Mapping[str, Sequence[Episode]], kinds: frozenset[ExitKind], on: date) -> Measure:
    """Of the children who left care in the twelve months to a day, those who left in one of these ways.

    A child whose way out no code tells is in ``not_known`` and among all who left. Source: Department for Education,
    *Children looked after in England*, children who ceased to be looked after by reason; adoption is E11 and E12,
    special guardianship E45-E48 (E43, E44 until 2017/18).
    """
    left = exits(children, months_before(on, 12) + timedelta(days=1), on)
    return Measure(
        on=on,
        counted=tuple(each.child for each in left if each.kind in kinds),
        out_of=tuple(each.child for each in left),
        not_known=tuple(each.child for each in left if each.kind is ExitKind.NOT_KNOWN),
    )


def left_by_adoption(children: Mapping[str, Sequence[Episode]], on: date) -> Measure:
    """Of the children who left care in the year to a day, those adopted (REC E11, E12); see :func:`left_by`."""
    return left_by(children, frozenset({ExitKind.ADOPTED}), on)


def left_by_special_guardianship(children: Mapping[str, Sequence[Episode]], on: date) -> Measure:
    """Of the children who left care in the year to a day, those to special guardianship (E43-E48); :func:`left_by`."""
    return left_by(children, frozenset({ExitKind.SPECIAL_GUARDIANSHIP}), on)


def history_from(children: Mapping[str, Sequence[Episode]], on: date) -> date:
    """The first day for which the files hold everybody looked after, to be asked nothing earlier.

    A return holds every episode open at any time in its year, so the first year in which an episode ended is the
    first one held in full; without any ending, the year of the day given.
    """
    ends = (episode.dec for episodes in children.values() for episode in episodes if episode.dec is not None)
    return year_start(collection_year(min((*ends, on))))


def _periods(
    children: Mapping[str, Sequence[Episode]], touched: Callable[[Episode], bool]
) -> Iterator[tuple[str, PeriodOfCare]]:
    """The times in care of every child of whom some episode passes: nobody else's can have begun or ended then."""
    some = ((child, episodes) for child, episodes in children.items() if any(map(touched, episodes)))
    return ((child, period) for child, episodes in some for period in periods_of_care(episodes))


def _is_first_start(episodes: Sequence[Episode], period: PeriodOfCare, first: date) -> bool:
    """Whether no earlier time in care began since the first day, so that a child who came twice counts once."""
    earlier = (other for other in periods_of_care(episodes) if first <= other.start < period.start)
    return not any(other.start_known for other in earlier)


def _kind_of_end(episodes: Sequence[Episode], period: PeriodOfCare) -> ExitKind:
    last = [row for row in looked_after(episodes) if period.start <= row.decom and row.dec == period.end]
    return exit_kind(last[-1].rec if last else None)
