"""The steps of a plan for adoption as the SSDA903 returns tell them."""

import datetime as dt
from collections.abc import Mapping, Sequence

from matcher.intake.findings import At, Log
from matcher.intake.return_rows import Returns
from models import ssda903
from models.adoption import PlanChild, PlanDates
from models.ssda903 import Episode
from models.ssda903.derive import ADOPTION_BY_CARER_PLACES, ADOPTION_PLACES

_PLACEMENT_ORDER = "E1"
_CONSENT_PLACES = frozenset({"A3", "A4"})
_ADOPTED = frozenset({"E11", "E12"})
_NEVER_BEFORE = (
    ("decided_on", "matched_on"),
    ("decided_on", "placed_on"),
    ("decided_on", "adopted_on"),
    ("decided_on", "reversed_on"),
    ("matched_on", "placed_on"),
    ("matched_on", "adopted_on"),
    ("placed_on", "placement_ended_on"),
    ("placed_on", "adopted_on"),
)
"""Steps that cannot come in another order: a match needs the decision before it, a placement the match, and so on."""
_ADULT = 18
_FOSTERING_FOR_ADOPTION = frozenset({"U2", "U5"})


def dates_in_returns(returns: Returns, history: Mapping[str, Sequence[Episode]]) -> dict[str, dict[str, object]]:
    """By child, the fields of :class:`PlanDates` that the returns tell; only children with a plan are there.

    AD1 has DATE_INT (the decision that the child should be placed) and DATE_MATCH; PlacedAdoption DATE_PLACED (the same
    decision), DATE_PLACED_CEASED and why; episodes the placement order (legal status E1), placement for adoption
    (A3-A6), fostering for adoption (U2, U5) and adoption (E11, E12).
    """
    found: dict[str, dict[str, object]] = {}
    for row in returns.of("PlacedAdoption"):
        if row.child:
            plan = found.setdefault(row.child, {})
            _fill(plan, "decided_on", row.day("DATE_PLACED"))
            ceased, reason = row.day("DATE_PLACED_CEASED"), row.text("REASON_PLACED_CEASED")
            if ceased is not None:
                plan |= {"reversed_on": ceased, "reversal_reason": reason}
    for row in returns.of("AD1"):
        if row.child:
            plan = found.setdefault(row.child, {})
            _fill(plan, "decided_on", row.day("DATE_INT"))
            _fill(plan, "matched_on", row.day("DATE_MATCH"))
    for child, episodes in history.items():
        if child in found or any(_tells(episode) for episode in episodes):
            _from_episodes(found.setdefault(child, {}), episodes)
    return found


def _fill(plan: dict[str, object], name: str, value: object) -> None:
    if value is not None:
        plan[name] = value


def _tells(episode: Episode) -> bool:
    return episode.ls == _PLACEMENT_ORDER or episode.place in ADOPTION_PLACES or episode.rec in _ADOPTED


def _from_episodes(plan: dict[str, object], episodes: Sequence[Episode]) -> None:
    """What the episodes tell: of each step the first day, of the latest period of care."""
    last = episodes[-1]
    start = ssda903.period_of_care_start(episodes, last.decom)
    plan["entered_care"] = start
    here = [episode for episode in episodes if start is None or episode.decom >= start]
    placed = [episode for episode in here if episode.place in ADOPTION_PLACES]
    for name, some in (
        ("placement_order_on", [e for e in here if e.ls == _PLACEMENT_ORDER]),
        ("consent_on", [e for e in placed if e.place in _CONSENT_PLACES]),
        ("early_permanence_on", [e for e in here if e.place in _FOSTERING_FOR_ADOPTION]),
        ("placed_on", placed),
    ):
        if some:
            plan.setdefault(name, some[0].decom)
    if placed and placed[0].place in ADOPTION_BY_CARER_PLACES:
        before = ssda903.placement_on(here, placed[0].decom)
        if before is not None:
            plan.setdefault("with_carer_since", before.start)
    if last.rec in _ADOPTED and last.dec is not None:
        plan.setdefault("adopted_on", last.dec)
    plan.setdefault("decided_on", plan.get("placement_order_on") or plan.get("placed_on") or plan.get("adopted_on"))


def as_dates(plan: Mapping[str, object]) -> PlanDates | None:
    """The dates as a record; None where no decision is known."""
    return PlanDates.model_validate(plan) if plan.get("decided_on") else None


def tell_impossible_order(child: PlanChild, at: At, log: Log) -> None:
    """One finding for a child whose steps cannot have happened in the order of their dates; they are kept as read."""
    dates = child.dates
    days = {name: day for name, day in dates if isinstance(day, dt.date)} | {"born": child.born}
    wrong = [
        f"{later} ({days[later]:%d/%m/%Y}) is before {first} ({days[first]:%d/%m/%Y})"
        for first, later in (("born", "decided_on"), *_NEVER_BEFORE)
        if first in days and later in days and days[later] < days[first]
    ]
    if child.age_on(dates.decided_on) >= _ADULT:
        wrong.append(f"decided_on ({dates.decided_on:%d/%m/%Y}) is at the age of {child.age_on(dates.decided_on)}")
    if wrong:
        log.warn(
            "plan-dates-out-of-order",
            at,
            f"of child {child.id} {', '.join(wrong)}",
            expected="birth, decision before the age of 18, match, placement and adoption order, in this order",
            action="the dates are kept as read: times between them, and where the child stands, may be wrong",
            subject=child.id,
        )
