"""What a step-down list says of each child and in all; every record keeps the ids of the children it counts."""

import datetime as dt
from enum import StrEnum

from matcher.services.step_down_settings import StepDownSettings, Way
from models.geography import Locality
from models.record import Record
from models.stability_points import Factor


class Standing(StrEnum):
    """How well the child's needs are known."""

    ASSESSED = "assessed"
    PARTLY = "partly_assessed"
    NOT_ASSESSED = "not_assessed"


class Money(Record):
    """Pence a week saved, below 0 where it would cost more. ``low`` and ``high``: see where it is used."""

    pence: int
    low_pence: int
    high_pence: int


class HomeThere(Record):
    """A home that passes every rule for the child, whether a place is open today, and what it would mean.

    ``cost_pence`` is the match by ``docs/scoring.md``, pence-equivalent a week: lower is better.
    ``saving_pence`` and ``marginal_saving_pence`` are full and marginal fee a week of today less those there.
    """

    home_id: str
    kind_label: str
    open_now: bool
    locality: Locality
    miles_tenths: int | None
    nearer_tenths: int | None
    saving_pence: int | None
    marginal_saving_pence: int | None
    cost_pence: int
    short_needs: tuple[str, ...]


class PointChange(Record):
    """By how many stability points a factor would change; below 0 is steadier."""

    factor: Factor
    label: str
    points: int


class KindThere(Record):
    """How many homes of one kind would suit: with a place open today, and full or not taking a child now."""

    label: str
    open_now: int
    full: int


class NeedsSummary(Record):
    """A child's needs in a line: score and band by what is known, and how much is known."""

    tenths: int | None
    band: str | None
    high_needs: int
    known: int
    asked: int
    flags: tuple[str, ...]
    strengths: str | None


class StepDownOption(Record):
    """One child and one way to step down: evidence, gains and risks for people to weigh; never an instruction.

    Attributes:
        child_id: The child.
        way: What it would be.
        standing: How well needs are known; without a full assessment the first step is to assess.
        home_id: The listed home lived in now, if it is one.
        kind_now: Its words.
        started: Since when.
        locality_now: Where it is, seen from the authority.
        miles_now_tenths: Tenths of a mile from the child's home; None where either is not known.
        needs: What is known of the child's needs.
        kinds: Which kinds of home would suit, and how many.
        examples: The best matches, those with an open place first.
        fee_pence: What the placement costs in full, a week; None where not known.
        saving: Of the full fee, the mean over the best matches (``StepDownSettings.priced_over``), with the least and
            the most; None where not known.
        marginal_saving: The same of what leaving frees and coming adds: a block bed costs the same empty.
        stability_points: The stability points of the present placement; None where it has no score.
        point_changes: By which its factors would change at the best match, the move itself included; only of factors
            known before and after.
        child_says: What the child is on record as wanting, first of all; it may speak against a move.
        evidence: Why the child is on the list.
        gains: What might be won.
        risks: What might be lost.
        assumptions: What has been taken for granted.
        ask: Whom to ask first.
    """

    child_id: str
    way: Way
    standing: Standing
    home_id: str | None
    kind_now: str
    started: dt.date
    locality_now: Locality | None
    miles_now_tenths: int | None
    needs: NeedsSummary
    kinds: tuple[KindThere, ...]
    examples: tuple[HomeThere, ...]
    fee_pence: int | None
    saving: Money | None
    marginal_saving: Money | None
    stability_points: int | None
    point_changes: tuple[PointChange, ...]
    child_says: tuple[str, ...]
    evidence: tuple[str, ...]
    gains: tuple[str, ...]
    risks: tuple[str, ...]
    assumptions: tuple[str, ...]
    ask: str

    @property
    def open_now(self) -> int:
        """Homes that suit and have a place open today."""
        return sum(kind.open_now for kind in self.kinds)

    @property
    def full(self) -> int:
        """Homes that suit but are full or not taking a child now."""
        return sum(kind.full for kind in self.kinds)


class NotSuggested(Record):
    """Children looked at whom the list leaves out, and why."""

    way: Way
    reason: str
    children: tuple[str, ...]


class WayTotal(Record):
    """One way in all.

    Attributes:
        way: Which.
        looked_at: Children living where the way starts.
        assessed: Children on the list whose needs are fully assessed.
        to_assess: Children on the list whose needs must be assessed first; in no total of money.
        with_open_place: Of all on the list, those for whom a home that suits has a place open today.
        at_once: The most of these who could move together into the places open today, one child to a place.
        saving: If every assessed child moved, with the 95% interval of not knowing to which of the best matches.
        marginal_saving: The same, marginal.
        fee_not_known: Assessed children left out of the saving because today's fee is not known.
    """

    way: Way
    looked_at: tuple[str, ...]
    assessed: tuple[str, ...]
    to_assess: tuple[str, ...]
    with_open_place: tuple[str, ...]
    at_once: int
    saving: Money
    marginal_saving: Money
    fee_not_known: tuple[str, ...]


class StepDownReport(Record):
    """Children whose profile fits a less intensive setting, as a list to talk about. A child may be on it twice."""

    case: str
    as_at: dt.date
    synthetic: bool
    settings: StepDownSettings
    definition: str
    options: tuple[StepDownOption, ...]
    not_suggested: tuple[NotSuggested, ...]
    totals: tuple[WayTotal, ...]

    @property
    def children(self) -> tuple[str, ...]:
        """Everybody on the list, once each."""
        return tuple(dict.fromkeys(option.child_id for option in self.options))
