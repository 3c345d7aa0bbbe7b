"""Links: families and children being considered for each other, and those that ended."""

import datetime as dt
import random
from collections.abc import Sequence

from . import adoption_figures as af
from . import figures as fig
from .adoption_families import Family
from .adoption_plans import Plan
from .draw import day_between, days, insist, shuffled
from .episodes import day

Row = dict[str, str]
_ENDED = 16
_APPROVED_BY = dt.date(2018, 3, 1)
"""Families approved later are linked with nobody yet."""
_REASONS = (
    ("family", "needs greater than the family can meet"),
    ("family", "the family was matched with another child"),
    ("agency", "contact plan could not be met"),
    ("agency", "lives too near the birth family"),
    ("agency", "another family meets more of the child's needs"),
    ("panel", "panel did not recommend the match"),
)


def links(rng: random.Random, plans: Sequence[Plan], families: Sequence[Family], terms: dict[str, Row]) -> list[Row]:
    """Rows of links: the four matched; ten waiting linked and before panel; others considered; some ended.

    Args:
        rng: The stream.
        plans: Our own children's plans.
        families: Every family of the pool; those who wait are linked, ours first.
        terms: The sheet's row of each family by id, whose ages bound whom they are linked with.
    """
    found = [_row(f.id, plan, _start(rng, plan, plan.matched or fig.AS_AT), "panel_booked")
             for f in families for plan in f.children if plan.placed is None]  # fmt: skip
    waiting = [plan for plan in plans if plan.waits and plan.ordered is not None]
    free = [f for f in families if f.waits and f.days["approved_on"] < _APPROVED_BY]
    order = sorted(waiting, key=lambda plan: (plan.child.age > 5, plan.ordered or fig.AS_AT, plan.child.id))
    linked: list[Plan] = []
    for plan in order:
        family = next((f for f in free if _fits(plan, terms[f.id])), None)
        if family is None or len(linked) == af.LINKED_WAITING:
            continue
        free.remove(family)
        linked.append(plan)
        stage = "panel_booked" if len(linked) % 2 else "linked"
        found.append(_row(family.id, plan, _start(rng, plan, fig.AS_AT, family), stage))
    insist(len(linked) == af.LINKED_WAITING, "ten of the children who wait are linked")
    rest = [plan for plan in waiting if plan not in linked]
    for plan in rest[::2]:
        family = rng.choice(free)
        found.append(_row(family.id, plan, _start(rng, plan, fig.AS_AT, family), rng.choice(("considered", "visited"))))
    for plan in shuffled(rng, waiting)[:_ENDED]:
        family = rng.choice([f for f in free if not any((r["family_id"], r["child_id"]) == (f.id, plan.child.id)
                                                        for r in found)])  # fmt: skip
        started = _start(rng, plan, fig.AS_AT - days(12), family)
        ended_by, reason = rng.choice(_REASONS)
        ended = day_between(rng, started + days(4), min(started + days(60), fig.AS_AT - days(2)))
        stage = "panel_booked" if ended_by == "panel" else rng.choice(("considered", "visited", "linked"))
        over = {"ended_on": day(ended), "ended_by": ended_by, "reason": reason}
        found.append(_row(family.id, plan, started, stage) | over)
    return found


def _fits(plan: Plan, terms: Row) -> bool:
    young = int(terms["age_from"]) <= plan.child.age <= int(terms["age_to"])
    return young and (not terms.get("sexes") or plan.child.sex in terms["sexes"])


def _start(rng: random.Random, plan: Plan, before: dt.date, family: Family | None = None) -> dt.date:
    """When a link began: after the plan was decided and the family approved, in the three months before a day."""
    earliest = max(plan.decided + days(1), before - days(90))
    if family is not None:
        earliest = max(earliest, family.days["approved_on"] + days(1))
    return day_between(rng, earliest, max(before - days(8), earliest))


def _row(family: str, plan: Plan, started: dt.date, stage: str) -> Row:
    return {"family_id": family, "child_id": plan.child.id, "started_on": day(started), "stage": stage}
