"""A child's episodes gathered into placements: one placement for as long as the same carer looks after the child.

How the return says it (the department's guide to the collection, data items RNE and placement type):

- RNE L changes the legal status only, T the placement but not the carer (a house move, a new URN or provider for
  the same carer, placed for adoption with the foster carer), U both of those: the placement goes on.
- RNE P and B change the carer, S starts care: a new placement.
- A3 and A5 are *by definition* adoption by the current foster carer: the placement goes on whatever RNE says.
- T0-T4 are temporary stays after which the child returns to the same placement: they are part of it. What
  follows one is a return unless URN, postcode, provider or setting say that it is another home, since the
  return to the carer is itself coded P.
- A gap between episodes, or RNE S, ends the period of care, and so the placement.
"""

from collections.abc import Sequence
from datetime import date

from models.record import Record
from models.ssda903.derive import (
    ADOPTION_BY_CARER_PLACES,
    ADOPTION_PLACES,
    PlacementKind,
    is_same_carer,
    is_temporary,
    placement_kind,
)
from models.ssda903.episode import Episode, follows_on, looked_after

_NO_URN = "XXXXXXX"


class Placement(Record):
    """A child with one carer, however many episodes the return divides it into.

    Attributes:
        child: the child's id.
        start: its first day.
        end: the day it ended (that night is spent elsewhere); None while it lasts.
        episodes: its episodes in order, temporary stays included.
        opens_period: whether no placement came before it in the same period of care.
    """

    child: str
    start: date
    end: date | None
    episodes: tuple[Episode, ...]
    opens_period: bool

    @property
    def usual(self) -> Episode:
        """The latest episode that is not a temporary stay: where the child lives; the latest of all if none is."""
        return _usual(self.episodes) or self.episodes[-1]

    @property
    def kind(self) -> PlacementKind:
        """The kind of placement it is now, or was at its end."""
        return self.usual.kind

    @property
    def reason_ended(self) -> str | None:
        """REASON_PLACE_CHANGE of the episode it ended with; None while it lasts, or when blank."""
        return self.episodes[-1].reason_place_change if self.end else None

    @property
    def has_night(self) -> bool:
        """Whether at least one night was spent there; a home left on the day of coming is no placement to count."""
        return self.end is None or self.start < self.end

    def covers(self, on: date) -> bool:
        """Whether the child lived there at the end of that day."""
        return self.start <= on and (self.end is None or on < self.end)

    def overlaps(self, first: date, last: date) -> bool:
        """Whether at least one night from the first to the last day, both included, was spent there."""
        return self.start <= last and (self.end is None or max(first, self.start) < self.end)


def placements(episodes: Sequence[Episode]) -> tuple[Placement, ...]:
    """One child's placements, earliest first; short breaks (V3, V4) are left out.

    Args:
        episodes: the child's episodes in any order, each once.
    """
    groups: list[list[Episode]] = []
    opens: list[bool] = []
    for episode in looked_after(episodes):
        unbroken = bool(groups) and follows_on(groups[-1][-1], episode)
        if unbroken and _goes_on(groups[-1], episode):
            groups[-1].append(episode)
        else:
            groups.append([episode])
            opens.append(not unbroken)
    next_starts = [rows[0].decom for rows in groups[1:]]
    return tuple(
        Placement(
            child=rows[0].child,
            start=rows[0].decom,
            end=_end(rows, next_starts[index] if index < len(next_starts) else None),
            episodes=tuple(rows),
            opens_period=opens[index],
        )
        for index, rows in enumerate(groups)
    )


def placement_on(episodes: Sequence[Episode], on: date) -> Placement | None:
    """Where the child lived at the end of a day; None when not looked after."""
    return next((placement for placement in placements(episodes) if placement.covers(on)), None)


def placements_between(episodes: Sequence[Episode], first: date, last: date) -> tuple[Placement, ...]:
    """The placements in which the child spent at least one night from the first to the last day, both included.

    The one already open on the first day counts. A time in care made of nothing but temporary stays does not.
    """
    return tuple(
        placement
        for placement in placements(episodes)
        if placement.overlaps(first, last) and not is_temporary(placement.usual.place)
    )


def same_home(one: Episode, other: Episode) -> bool:
    """Whether nothing in two episodes says that they were spent in different homes.

    A provider, URN or postcode known on both sides and different says so, and so does another setting. Adoption by
    the foster carer (A3, A5) is the same home as that carer's fostering.
    """
    known = (
        (one.provider, other.provider),
        (_known_urn(one.urn), _known_urn(other.urn)),
        (_bare_postcode(one.pl_post), _bare_postcode(other.pl_post)),
    )
    if any(here and there and here != there for here, there in known):
        return False
    settings = (placement_kind(one.place, None), placement_kind(other.place, None))
    return settings[0] is settings[1] or other.place in ADOPTION_BY_CARER_PLACES


def is_adoptive(placement: Placement) -> bool:
    """Whether the child is placed for adoption there (A3-A6)."""
    return placement.usual.place in ADOPTION_PLACES


def _goes_on(group: Sequence[Episode], episode: Episode) -> bool:
    if is_temporary(episode.place):
        return True
    usual = _usual(group)
    if usual is None:
        return True
    if is_temporary(group[-1].place):
        return same_home(usual, episode)
    return is_same_carer(episode.rne) or episode.place in ADOPTION_BY_CARER_PLACES


def _usual(group: Sequence[Episode]) -> Episode | None:
    return next((episode for episode in reversed(group) if not is_temporary(episode.place)), None)


def _end(rows: Sequence[Episode], next_start: date | None) -> date | None:
    ends = [day for day in (rows[-1].dec, next_start) if day is not None]
    return min(ends) if ends else None


def _known_urn(urn: str | None) -> str | None:
    return None if not urn or urn.upper() == _NO_URN else urn


def _bare_postcode(postcode: str | None) -> str | None:
    return postcode.replace(" ", "").upper() if postcode else None
