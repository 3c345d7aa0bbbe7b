"""How placements end: unplanned endings as a share of all moves, and for every hundred years lived in placements."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from models.record import Record
from models.ssda903.derive import PlacementKind, is_disruption, is_temporary
from models.ssda903.episode import Episode
from models.ssda903.location import stay_id
from models.ssda903.placements import Placement, placements
from models.ssda903.stability import Measure, months_before

_DAYS_IN_YEAR = 365.25


class Ending(Record):
    """A placement that ended with a move: the stay's id, the child, the kind of placement, the first day elsewhere."""

    id: str
    child: str
    kind: PlacementKind
    on: date
    reason: str | None

    def is_unplanned(self, *, count_authority_request: bool = False) -> bool | None:
        """Whether it ended unplanned, by REASON_PLACE_CHANGE; None for a blank or "other" reason."""
        return is_disruption(self.reason, count_authority_request=count_authority_request)


class EndingRate(Record):
    """Unplanned endings beside the time lived in placements.

    Attributes:
        on: the last day counted; it is of the twelve months up to it.
        counted: the stays that ended unplanned.
        not_known: the stays that ended for a reason nobody coded, or coded as "other".
        nights: nights that children lived in placements in those months.
    """

    on: date
    counted: tuple[str, ...]
    not_known: tuple[str, ...]
    nights: int

    @property
    def placement_years(self) -> float:
        """The nights as years of 365.25 days."""
        return self.nights / _DAYS_IN_YEAR

    @property
    def per_100_years(self) -> float | None:
        """Unplanned endings for every hundred years in placements; None where nobody lived in any."""
        return 100 * len(self.counted) / self.placement_years if self.nights else None


def endings(children: Mapping[str, Sequence[Episode]], first: date, last: date) -> tuple[Ending, ...]:
    """The placements that ended from the first to the last day with another following in the same time in care."""
    return tuple(
        Ending(id=stay_id(stay), child=child, kind=stay.kind, on=ended, reason=_reason(stay))
        for child, episodes in children.items()
        if any(episode.dec is None or first <= episode.dec for episode in episodes)
        for stay, ended in _moves_of(placements(episodes), first, last)
    )


def unplanned_endings(
    children: Mapping[str, Sequence[Episode]], on: date, *, count_authority_request: bool = False
) -> Measure:
    """Of placements that ended with a move in the twelve months to a day, those that ended unplanned.

    Unplanned by REASON_PLACE_CHANGE: the carer asked (CREQB, CREQO), the child asked (CHILD), an allegation (ALLEG),
    standards of care (STAND) or approval removed (APPRR). Planned: the care plan, closure, custody, a change of
    status. LAREQ, the authority asking, may be either and counts only if asked for; a blank or "other" reason is in
    ``not_known`` and among all endings. Leaving care is no move: the return gives no such reason for it. A change
    with the same carer (RNE L, T, U), adoption by the foster carer and temporary stays (T0-T4) end no placement, nor
    does leaving a home on the day of coming; short breaks (V3, V4) are left out. Ids are of stays
    (:func:`models.ssda903.location.stay_id`). Source: SSDA903 guide, data item REASON_PLACE_CHANGE; no national
    measure is published.

    Args:
        children: each child's episodes, each once.
        on: the last day; a placement ends on the first day lived elsewhere.
        count_authority_request: whether LAREQ counts as unplanned.
    """
    found = endings(children, months_before(on, 12) + timedelta(days=1), on)
    asked = [(each.id, each.is_unplanned(count_authority_request=count_authority_request)) for each in found]
    return Measure(
        on=on,
        counted=tuple(name for name, answer in asked if answer),
        out_of=tuple(name for name, _ in asked),
        not_known=tuple(name for name, answer in asked if answer is None),
    )


def unplanned_ending_rate(
    children: Mapping[str, Sequence[Episode]], on: date, *, count_authority_request: bool = False
) -> EndingRate:
    """Unplanned endings in the twelve months to a day for every hundred years that children lived in placements.

    The endings are those of :func:`unplanned_endings`; the nights are of every placement, of whatever kind, temporary
    stays within one included, short breaks (V3, V4) left out.
    """
    measure = unplanned_endings(children, on, count_authority_request=count_authority_request)
    first = months_before(on, 12) + timedelta(days=1)
    lived = (stay for stay in _stays(children) if stay.overlaps(first, on))
    return EndingRate(
        on=on,
        counted=measure.counted,
        not_known=measure.not_known,
        nights=sum(nights(stay, first, on) for stay in lived),
    )


def nights(stay: Placement | Episode, first: date, last: date) -> int:
    """Nights of a placement or episode from the first to the last day, both included."""
    start, end = (stay.start, stay.end) if isinstance(stay, Placement) else (stay.decom, stay.dec)
    after = last + timedelta(days=1)
    return max((min(end or after, after) - max(start, first)).days, 0)


def _stays(children: Mapping[str, Sequence[Episode]]) -> Iterator[Placement]:
    """Every placement but those of nothing but temporary stays."""
    for episodes in children.values():
        yield from (stay for stay in placements(episodes) if not is_temporary(stay.usual.place))


def _moves_of(stays: Sequence[Placement], first: date, last: date) -> Iterator[tuple[Placement, date]]:
    """Placements that ended with a move in the days given, each with the first day elsewhere."""
    for stay, following in pairwise(stays):
        moved = stay.has_night and not following.opens_period
        if moved and stay.end is not None and first <= stay.end <= last:
            yield stay, stay.end


def _reason(stay: Placement) -> str | None:
    """Why it ended: as its last episode says; after a temporary stay with no reason, as the one before says."""
    return stay.reason_ended or stay.usual.reason_place_change
