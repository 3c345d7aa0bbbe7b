"""One row of the Episodes table, and a child's episodes in order: in care or not, and since when."""

from collections.abc import Iterable, Sequence
from datetime import date

from pydantic import ValidationInfo, field_validator, model_validator

from models.record import Record
from models.ssda903.codes import check_code
from models.ssda903.derive import PlacementKind, is_short_break, placement_kind

_CODE_SETS = {
    "rne": "RNE",
    "ls": "LS",
    "place": "PLACE",
    "provider": "PLACE_PROVIDER",
    "reason_place_change": "REASON_PLACE_CHANGE",
}


class Episode(Record):
    """A time under one legal status in one placement, as the return records it.

    It runs from ``decom`` up to but not including ``dec``: on the day one episode ends the next begins, so
    each night belongs to one of them, and a child who leaves care on 31 March is not counted that day.
    The codes that placements and measures are drawn from must be codes of some year; CIN and REC may be anything.

    Attributes:
        child: the child's id in the return.
        decom: date the episode commenced.
        rne: reason for the new episode.
        ls: legal status.
        cin: category of need.
        place: placement code.
        provider: placement provider code; None when blank.
        dec: date the episode ceased; None while it is open.
        rec: reason the episode ceased.
        reason_place_change: why the placement that ends here ended.
        home_post: postcode of the child's home.
        pl_post: postcode of the placement.
        urn: Ofsted's number for the home, or for the fostering or adoption agency.
        file: the file the row was read from.
        row: its row in that file, the header being row 1.
    """

    child: str
    decom: date
    rne: str
    ls: str
    cin: str
    place: str
    provider: str | None = None
    dec: date | None = None
    rec: str | None = None
    reason_place_change: str | None = None
    home_post: str | None = None
    pl_post: str | None = None
    urn: str | None = None
    file: str = ""
    row: int = 0

    @field_validator("rne", "ls", "place")
    @classmethod
    def _holds_a_code(cls, code: str, field: ValidationInfo) -> str:
        check_code(_CODE_SETS[str(field.field_name)], code)
        return code

    @field_validator("provider", "reason_place_change")
    @classmethod
    def _holds_a_code_or_nothing(cls, code: str | None, field: ValidationInfo) -> str | None:
        if code is not None:
            check_code(_CODE_SETS[str(field.field_name)], code)
        return code

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "Episode":
        if self.dec is not None and self.dec < self.decom:
            raise ValueError(
                f"The episode of child {self.child} ends on {self.dec:%d/%m/%Y}, before it starts on "
                f"{self.decom:%d/%m/%Y}; DEC must be the later date."
            )
        return self

    @property
    def kind(self) -> PlacementKind:
        """The kind of placement it is spent in."""
        return placement_kind(self.place, self.provider)

    def covers(self, on: date) -> bool:
        """Whether the episode is open at the end of that day."""
        return self.decom <= on and (self.dec is None or on < self.dec)


class PeriodOfCare(Record):
    """A time continuously looked after.

    Attributes:
        start: its first day, or the earliest day the files know of.
        end: the day it ended; None while it lasts.
        start_known: False when the files begin in the middle of it, so that it began on ``start`` or earlier.
    """

    start: date
    end: date | None
    start_known: bool


def by_child(episodes: Iterable[Episode]) -> dict[str, tuple[Episode, ...]]:
    """Each child's episodes in order of date. Give each episode once: yearly returns repeat those still open."""
    grouped: dict[str, list[Episode]] = {}
    for episode in episodes:
        grouped.setdefault(episode.child, []).append(episode)
    return {child: in_order(rows) for child, rows in grouped.items()}


def in_order(episodes: Iterable[Episode]) -> tuple[Episode, ...]:
    """One child's episodes by the day they began, then by the day they ended, open ones last."""
    return tuple(sorted(episodes, key=lambda episode: (episode.decom, episode.dec or date.max)))


def looked_after(episodes: Iterable[Episode]) -> tuple[Episode, ...]:
    """One child's episodes in order without short breaks (V3, V4), which the national statistics leave out."""
    return in_order(episode for episode in episodes if not is_short_break(episode.ls))


def episode_on(episodes: Iterable[Episode], on: date) -> Episode | None:
    """The episode a child was in at the end of a day, short breaks not counted; where two overlap, the later."""
    open_then = [episode for episode in looked_after(episodes) if episode.covers(on)]
    return open_then[-1] if open_then else None


def in_care_on(episodes: Iterable[Episode], on: date) -> bool:
    """Whether the child was looked after at the end of a day, short breaks (V3, V4) not counted."""
    return episode_on(episodes, on) is not None


def follows_on(earlier: Episode, later: Episode) -> bool:
    """Whether care went on unbroken from one episode to the next.

    It did not when the later one starts care (RNE S), or when the earlier one had ended before.
    An open or overlapping earlier episode counts as ended by the later one.
    """
    return later.rne != "S" and (earlier.dec is None or earlier.dec >= later.decom)


def periods_of_care(episodes: Sequence[Episode]) -> tuple[PeriodOfCare, ...]:
    """One child's periods of care, earliest first; short breaks are no part of them.

    A start is known where the return says so (RNE S), or where a series of short breaks turned into care.
    """
    periods: list[list[Episode]] = []
    for episode in looked_after(episodes):
        if periods and follows_on(periods[-1][-1], episode):
            periods[-1].append(episode)
        else:
            periods.append([episode])
    breaks_ended = {episode.dec for episode in episodes if is_short_break(episode.ls)}
    return tuple(
        PeriodOfCare(
            start=rows[0].decom,
            end=rows[-1].dec,
            start_known=rows[0].rne == "S" or rows[0].decom in breaks_ended,
        )
        for rows in periods
    )


def period_of_care_on(episodes: Sequence[Episode], on: date) -> PeriodOfCare | None:
    """The period of care a child was in at the end of a day; None when not looked after."""
    for period in periods_of_care(episodes):
        if period.start <= on and (period.end is None or on < period.end):
            return period
    return None


def period_of_care_start(episodes: Sequence[Episode], on: date) -> date | None:
    """The day the current period of care began (or the earliest day known of it); None when not looked after."""
    period = period_of_care_on(episodes, on)
    return period.start if period else None
