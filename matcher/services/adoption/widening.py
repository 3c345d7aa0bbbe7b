"""Where to have looked by when: own families, partners, everywhere; what is overdue, and a note that says so."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from matcher.services.adoption.clock import harder_to_place
from matcher.services.adoption.figures import own_children
from models.adoption import AdoptionPool, AgencyTier, LinkStage, PlanChild
from models.record import Record

_Days = Annotated[int, Field(ge=0, le=730)]


def _rule(default: int, reason: str) -> Any:  # noqa: ANN401 - pydantic's own Field is typed so
    return Field(default=default, description=reason)


class WideningRule(Record):
    """Days after which a search widens; each field's description is its reason. A council sets its own.

    Poor matches were more common where a child was placed in-house after a narrow search (Farmer and Dance 2016, ten
    authorities): widen early, and by date.
    """

    own_from_decision: _Days = _rule(0, "Own families at once, from the decision that the child should be adopted.")
    early_permanence_from_decision: _Days = _rule(
        0, "Families approved to foster too, before the order, where early permanence is the plan."
    )
    partner_from_order: _Days = _rule(14, "Partner agencies two weeks after the placement order or consent.")
    partner_from_decision_if_harder: _Days = _rule(
        0, "Partner agencies from the decision for a child aged five or over, disabled or with brothers or sisters."
    )
    national_from_order: _Days = _rule(42, "Every agency six weeks after the placement order or consent.")
    national_from_order_if_harder: _Days = _rule(
        0, "Every agency on the day of the order for a child aged five or over, disabled or with brothers or sisters."
    )
    escalate_after: _Days = _rule(14, "A step not taken for two weeks is told to a manager.")


class Step(StrEnum):
    """Where to look."""

    OWN = "own"
    EARLY_PERMANENCE = "early_permanence"
    PARTNER = "partner"
    NATIONAL = "national"


STEP_WORDS = {
    Step.OWN: "our own families",
    Step.EARLY_PERMANENCE: "families approved to foster too",
    Step.PARTNER: "partner agencies' families",
    Step.NATIONAL: "families of every agency",
}
_TIERS = {
    Step.OWN: (AgencyTier.OWN,),
    Step.PARTNER: (AgencyTier.PARTNER,),
    Step.NATIONAL: (AgencyTier.AUTHORITY, AgencyTier.VOLUNTARY),
}


class WideningStep(Record):
    """One step of one child's search.

    Attributes:
        due: When it is due; None where the day it counts from has not come.
        taken: Whether a link with such a family is on record (live or ended), which shows that somebody looked there.
        overdue_days: Days since it was due, where it is due and not taken; else 0.
    """

    step: Step
    words: str
    due: date | None
    taken: bool
    overdue_days: int


class Widening(Record):
    """One child's search on a day: its steps, and a draft to a manager where one is long overdue, to be edited."""

    child_id: str
    steps: tuple[WideningStep, ...]
    escalate: bool
    draft: str


def widenings(pool: AdoptionPool, on: date, rule: WideningRule | None = None) -> tuple[Widening, ...]:
    """The searches of the council's own children who wait with no panel booked, the longest overdue first."""
    rule = rule or WideningRule()
    booked = {k.child_id for k in pool.links if k.stage is LinkStage.PANEL_BOOKED and k.live_on(on)}
    waiting = [c for c in own_children(pool) if c.dates.waiting_on(on) and c.id not in booked]
    found = [widening_of(pool, child, on, rule) for child in waiting]
    return tuple(sorted(found, key=lambda each: (-max(step.overdue_days for step in each.steps), each.child_id)))


def widening_of(pool: AdoptionPool, child: PlanChild, on: date, rule: WideningRule) -> Widening:
    """One child's search."""
    steps = tuple(_step(pool, child, step, due, on) for step, due in _due(pool, child, on, rule))
    late = [step for step in steps if step.overdue_days > rule.escalate_after]
    return Widening(child_id=child.id, steps=steps, escalate=bool(late), draft=_draft(child, late, on) if late else "")


def _due(pool: AdoptionPool, child: PlanChild, on: date, rule: WideningRule) -> list[tuple[Step, date | None]]:
    dates = child.dates
    harder = [why for why in harder_to_place(pool, child, on) if "ethnic" not in why]
    order = dates.may_be_placed_from
    partner = _after(order, rule.partner_from_order)
    if harder:
        partner = _after(dates.decided_on, rule.partner_from_decision_if_harder)
    national = _after(order, rule.national_from_order_if_harder if harder else rule.national_from_order)
    found = [(Step.OWN, _after(dates.decided_on, rule.own_from_decision))]
    if child.early_permanence and order is None:
        found.append((Step.EARLY_PERMANENCE, _after(dates.decided_on, rule.early_permanence_from_decision)))
    return [*found, (Step.PARTNER, partner), (Step.NATIONAL, national)]


def _after(day: date | None, days: int) -> date | None:
    return None if day is None else day + timedelta(days=days)


def _step(pool: AdoptionPool, child: PlanChild, step: Step, due: date | None, on: date) -> WideningStep:
    families = [pool.family[link.family_id] for link in pool.links if link.child_id == child.id]
    if step is Step.EARLY_PERMANENCE:
        taken = any(family.dual_approval for family in families)
    else:
        taken = any(pool.agency[family.agency_id].tier in _TIERS[step] for family in families)
    overdue = 0 if taken or due is None else max(0, (on - due).days)
    return WideningStep(step=step, words=STEP_WORDS[step], due=due, taken=taken, overdue_days=overdue)


def _draft(child: PlanChild, late: list[WideningStep], on: date) -> str:
    """A note to a manager, in plain words, to be read and changed before it is sent."""
    steps = "\n".join(
        f"- {step.words}: due on {step.due:%d/%m/%Y}, {step.overdue_days} days ago" for step in late if step.due
    )
    order = child.dates.may_be_placed_from
    since = f"There has been authority to place since {order:%d/%m/%Y}. " if order else ""
    return (
        f"Family finding for child {child.id}, {on:%d/%m/%Y}\n\n"
        f"The decision that {child.id} should be adopted was made on {child.dates.decided_on:%d/%m/%Y}. {since}"
        "No link is on record with:\n"
        f"{steps}\n\n"
        "Please agree that we look there now, or say why not and when we look again."
    )
