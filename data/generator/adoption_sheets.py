"""Rows of the adoption sheets: agencies, children, brothers and sisters, adopters."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from itertools import groupby

from . import adoption_figures as af
from . import figures as fig
from .adoption_families import STAGES, Family
from .adoption_plans import Plan
from .adoption_profiles import HERITAGE, child_levels, heritage_of
from .adoption_region import AGENCIES, OWN, PartnerChild
from .draw import days, insist
from .episodes import day
from .people import Child

Row = dict[str, str]
_AUTHOR = "sibling assessment panel"


def agencies() -> list[Row]:
    """Ours and the others of the pool."""
    return [dict(zip(("agency_id", "agency_name", "agency_tier"), agency, strict=True)) for agency in AGENCIES]


def children(rng: random.Random, plans: Sequence[Plan], partners: Sequence[PartnerChild]) -> list[Row]:
    """Our 142 in the order of their ids, then the partners' 25."""
    alive = [plan for plan in plans if plan.adopted is None and plan.reversed is None]
    levels = child_levels(rng, [*alive, *(each.plan for each in partners)])
    ordered = sorted(plans, key=lambda plan: plan.child.id)
    rows = [_child(rng, plan, OWN, levels.get(plan.child.id, {})) for plan in ordered]
    for each in partners:
        child = each.plan.child
        known = {"sex": child.sex, "born": day(child.born), "ethnicity": child.ethnicity,
                 "entered_care": day(each.entered), "home_postcode": child.home_post}  # fmt: skip
        rows.append(_child(rng, each.plan, each.agency, levels[child.id]) | known)
    return rows


def _child(rng: random.Random, plan: Plan, agency: str, levels: Row) -> Row:
    child = plan.child
    # A parent's consent is not here: the return tells of it by how the child was placed.
    steps: dict[str, dt.date | None] = {
        "decided_on": plan.decided, "placement_order_on": plan.ordered, "early_permanence_on": plan.early,
        "matched_on": plan.matched, "placed_on": plan.placed,
        "placement_ended_on": plan.ended, "adopted_on": plan.adopted, "reversed_on": plan.reversed,
    }  # fmt: skip
    row = {"child_id": child.id, "agency_id": agency} | {k: day(v) for k, v in steps.items() if v is not None}
    row |= {"reversal_reason": plan.reason, "family_id": plan.family}
    if plan.carer_since is not None:
        row |= {"with_carer_since": day(plan.carer_since), "carer_family_id": plan.carer_family}
    if not levels:
        return row
    language = "English" if rng.random() < 0.85 else ""
    return row | levels | {
        "heritage": heritage_of([child.ethnicity]) if child.ethnicity in HERITAGE and rng.random() < 0.94 else "",
        "languages": language,
        "religion": "" if child.religion == "none" else child.religion,
        "disabled": "Y" if child.disabled else "N" if rng.random() < 0.85 else "",
        "early_permanence": "Y" if plan.early is not None or (plan.ordered is None and child.age < 2) else "",
        "only_child": "Y" if child.latent > 0.9 else "",
        "youngest": "Y" if 0.4 < child.latent <= 0.9 else "",
        "smoke_free": "Y" if child.age < 5 else "",
        "pets": "no" if rng.random() < 0.05 else "can" if rng.random() < 0.5 else "",
    }  # fmt: skip


def siblings(plans: Sequence[Plan], partners: Sequence[PartnerChild]) -> list[Row]:
    """Seven groups assessed in the year (nine, seven and five pairs), those decided before it, those not assessed."""
    rows = [*_large(plans, "9", dt.date(2017, 4, 20), "S01"), *_large(plans, "7", dt.date(2017, 4, 4), "S02")]
    number = 3
    alone = [plan for plan in plans if plan.unit is not None and plan.unit.kin != "9" and plan.unit.size > 1]
    for _, unit in groupby(sorted(alone, key=lambda plan: plan.number), key=lambda plan: plan.number):
        pair = list(unit)
        kin = pair[0].unit.kin if pair[0].unit else ""
        matched = pair[0].matched or fig.AS_AT
        if kin == "7":
            continue
        in_year = max(fig.YEAR_START + days(9), matched - days(70))
        rows += _group(f"S{number:02d}", pair, "together", in_year if kin == "2" else _before(pair, matched))
        number += 1
    for family in _waiting_families(plans):
        decided = max(plan.decided for plan in family)
        assessed = decided < fig.YEAR_START
        rows += _group(
            f"S{number:02d}", family, "together" if assessed else "not_assessed", decided if assessed else None
        )
        number += 1
    together = [each for each in partners if each.group]
    for _, group in groupby(together, key=lambda each: each.group):
        members = [each.plan for each in group]
        rows += _group(f"S{number:02d}", members, "together", members[0].decided - days(6))
        number += 1
    return rows


def _before(pair: Sequence[Plan], matched: dt.date) -> dt.date:
    """A decision on brothers and sisters before the year, soon after the plan."""
    return min(pair[0].decided + days(20), matched - days(12), fig.YEAR_START - days(3))


def _waiting_families(plans: Sequence[Plan]) -> list[list[Plan]]:
    """Brothers and sisters of one family who wait, beside those of the nine."""
    families: dict[int, list[Plan]] = {}
    for plan in plans:
        if plan.waits and plan.child.family and not plan.nine:
            families.setdefault(plan.child.family, []).append(plan)
    return [family for family in families.values() if len(family) > 1]


def _large(plans: Sequence[Plan], kin: str, decided: dt.date, name: str) -> list[Row]:
    """A large group to live in several families: each unit that moves together is one of its units."""
    members = [plan for plan in plans if (plan.unit is not None and plan.unit.kin == kin) or (kin == "9" and plan.nine)]
    insist(len(members) == int(kin), f"the group has {kin} children")
    numbers = [plan.number for plan in members]
    shared = [number for number in dict.fromkeys(numbers) if numbers.count(number) > 1]
    letters = dict(zip(shared, "ABCDE", strict=False))
    return [_member(name, plan.child, "apart", decided, letters.get(plan.number, "")) for plan in members]


def _group(name: str, members: Sequence[Plan], decision: str, decided: dt.date | None) -> list[Row]:
    return [_member(name, plan.child, decision, decided) for plan in members]


def _member(name: str, child: Child, decision: str, decided: dt.date | None, unit: str = "") -> Row:
    row = {"adoption_group_id": name, "child_id": child.id, "unit": unit, "decision": decision}
    return row | ({"decided_on": day(decided), "decided_by": _AUTHOR} if decided is not None else {})


def adopters(families: Sequence[Family], said: Mapping[str, Row]) -> list[Row]:
    """Every family of the pool, by id."""
    rows = []
    for family in families:
        steps = {name: day(family.days[name]) for name in STAGES if name in family.days}
        row = {"family_id": family.id, "agency_id": family.agency, "postcode": family.postcode} | steps
        row |= {"left_reason": family.left_reason, "fee_received": str(family.fee) if family.fee else ""}
        rows.append(row | said[family.id])
    return rows


def with_fees(rng: random.Random, families: Sequence[Family]) -> None:
    """The fees received for those who took others' children in the year: the total is published, the split is ours."""
    some = [f for f in families if f.takes_others and af.month_of(f.days.get("placed_on", fig.FIRST_DAY)) >= 0]
    insist(len(some) == 21, "21 families took other authorities' children")
    left = af.FEES_RECEIVED
    for i, family in enumerate(some):
        rest = len(some) - i - 1
        mean = left // (rest + 1)
        family.fee = left if not rest else min(max(mean + rng.randint(-4_000, 4_000), 9_000), 27_000)
        left -= family.fee
