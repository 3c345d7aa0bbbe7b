"""The adoption pool of the demo: our children and families of 2017/18, and the region beside them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from . import adoption_figures as af
from . import adoption_sheets as sheets
from . import figures as fig
from .adoption_dates import set_days
from .adoption_families import Family, own_families
from .adoption_history import relate, write_history
from .adoption_links import Linking
from .adoption_plans import SPRING_2016, Plan, choose
from .adoption_profiles import family_row, partner_needs
from .adoption_region import OWN, PartnerChild, families_of_ours_elsewhere, partner_children, waiting_families
from .adoption_times import set_times
from .draw import days, insist, shuffled
from .needs import Framework
from .people import Child
from .places import COUNTY, Postcodes
from .stays import Past

Row = dict[str, str]


@dataclass(frozen=True)
class Known:
    """What the generator knows of children besides themselves: who is assessed, who is being found a home."""

    assessed: set[str]
    busy: set[str]


def make_plans(rng: random.Random, children: Sequence[Child], gone: Sequence[Child], known: Known,
               past: Past) -> list[Plan]:  # fmt: skip
    """The 142 plans of the year, written into the children's years in care."""
    plans = choose(rng, children, gone, known.assessed, known.busy)
    set_days(rng, plans)
    two = _two_of_nine(plans)
    came = min(plan.child.entered for plan in two)
    set_times(rng, plans, came)
    write_history(rng, plans, past)
    others = [plan.child for plan in plans if plan.unit is not None and plan.unit.kin == "9"]
    relate(rng, others, two[0].child, came, [plan.child.born for plan in two])
    for plan in two:
        plan.nine = True
        plan.number = 900
    return plans


def _two_of_nine(plans: Sequence[Plan]) -> list[Plan]:
    """Two who wait and came into care long ago, a pair if there is one: the last of the nine."""
    waiting = [p for p in plans if p.waits and p.ordered is not None and p.child.entered < SPRING_2016]
    families: dict[int, list[Plan]] = {}
    for plan in waiting:
        families.setdefault(plan.child.family or -id(plan), []).append(plan)
    pair = next((family for family in families.values() if len(family) == 2), None)
    found = pair or sorted(waiting, key=lambda plan: (plan.child.family > 0, plan.child.entered))[:2]
    insist(len(found) == 2, "two children have waited since the spring of 2016")
    return found


def make_sheets(rng: random.Random, framework: Framework, plans: Sequence[Plan], postcodes: Postcodes,
                assessed: Sequence[Row]) -> dict[str, list[Row]]:  # fmt: skip
    """Rows of every adoption sheet, and of ``needs`` and ``locations`` about the partners' children.

    Args:
        rng: The stream.
        framework: The needs framework.
        plans: Our own children's plans.
        postcodes: Where families may live.
        assessed: Rows of ``needs`` about our own children.
    """
    families = [*own_families(rng, plans, OWN), *families_of_ours_elsewhere(rng, plans), *waiting_families(rng)]
    families = shuffled(rng, families)
    for number, family in enumerate(families, start=1):
        family.id = f"F{number:03d}"
        _address(family, postcodes)
        for plan in family.children:
            plan.family = family.id
    _carers_who_may_adopt(plans, families)
    sheets.with_fees(rng, families)
    partners = partner_children(rng)
    for number, each in enumerate(partners, start=1):
        each.plan.child.id = f"P{number:03d}"
        each.plan.child.home_post = postcodes.take(postcodes.district(1))
    said = {
        family.id: family_row(
            rng, family, framework, postcodes.take(postcodes.district(0 if family.agency == OWN else 1))
        )
        for family in families
    }
    children = sheets.children(rng, plans, partners)
    levels = {row["child_id"]: row for row in assessed}
    known = {row["child_id"]: (row, levels.get(row["child_id"], {})) for row in children}
    links = Linking(rng, _ours_first(families), said, known, framework).rows(plans)
    return {
        "needs": _partner_needs(rng, framework, partners),
        "locations": _partner_locations(rng, partners, postcodes),
        "agencies": sheets.agencies(),
        "adoption_children": children,
        "adoption_siblings": sheets.siblings(plans, partners),
        "adopters": sheets.adopters(families, said),
        "adoption_links": links,
    }


def _partner_needs(rng: random.Random, framework: Framework, partners: Sequence[PartnerChild]) -> list[Row]:
    """Assessments of most of the partners' children."""
    return [
        partner_needs(rng, framework, each.plan.child.id, each.plan.decided - days(rng.randint(5, 60)))
        for each in partners
        if rng.random() < 0.84
    ]


def _partner_locations(rng: random.Random, partners: Sequence[PartnerChild], postcodes: Postcodes) -> list[Row]:
    """Whom the partners' children will go to see, and where no family may live."""
    found = []
    for each in partners:
        child = each.plan.child
        if rng.random() < 0.3:
            there = postcodes.take(postcodes.district(1))
            found.append({"child_id": child.id, "purpose": "family_time", "postcode": there, "visits_a_week": "1"})
        if rng.random() < 0.5:
            miles = rng.choice(("5", "10", "15"))
            found.append({"child_id": child.id, "purpose": "avoid", "postcode": child.home_post, "within_miles": miles})
    return found


def _ours_first(families: Sequence[Family]) -> list[Family]:
    return sorted(families, key=lambda family: family.agency != OWN)


def _address(family: Family, postcodes: Postcodes) -> None:
    """Where the return says the child was placed; else in the county, or around it for other agencies."""
    known = [stay.postcode for plan in family.children if plan.placed is not None
             for stay in plan.child.periods[-1].stays if stay.start == plan.placed]  # fmt: skip
    if known:
        family.postcode = known[0]
        return
    district = postcodes.district(0 if family.agency == OWN else 1)
    if family.agency == OWN:
        insist(district in COUNTY, "our own families live in the county")
    family.postcode = postcodes.take(district)


def _carers_who_may_adopt(plans: Sequence[Plan], families: Sequence[Family]) -> None:
    """Children who were adopted by their foster carers, and two who wait and whose carers are being assessed."""
    for plan in plans:
        if plan.unit is not None and plan.unit.carer:
            plan.carer_since, plan.carer_family = plan.child.periods[-1].stays[-2].start, plan.family
    assessed = [f for f in families if f.agency == OWN and "stage_2_start" in f.days and "stage_1_start" not in f.days
                and "approved_on" not in f.days]  # fmt: skip
    insist(len(assessed) == len(af.STRAIGHT_TO_STAGE_2), "two families began at stage 2")
    waiting = sorted((p for p in plans if p.waits and p.ordered and not p.child.family and not p.nine),
                     key=lambda p: p.child.moved_in)  # fmt: skip
    for plan, family in zip(waiting, assessed, strict=False):
        plan.carer_since, plan.carer_family = plan.child.moved_in, family.id
        family.postcode = plan.child.periods[-1].stays[-1].postcode
        insist(plan.carer_since < fig.AS_AT, "the child lives with the carer")
