"""The regional pool beside our own: other agencies, their families and their children. Every name is invented."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from . import figures as fig
from .adoption_families import Family
from .adoption_plans import Plan
from .draw import day_between, days, deck, pick, shuffled
from .people import Child

OWN = "A01"
AGENCIES = (
    (OWN, "Demo County adoption service (synthetic)", "own"),
    ("A02", "Fenmarch Council adoption service (synthetic)", "partner"),
    ("A03", "Saltmere Council adoption service (synthetic)", "partner"),
    ("A04", "Orwick Borough adoption team (synthetic)", "partner"),
    ("A05", "Harbourne Families, an adoption charity (synthetic)", "voluntary"),
    ("A06", "New Hearth Adoption, a charity (synthetic)", "voluntary"),
    ("A07", "Wealdstow Council adoption service (synthetic)", "other_authority"),
    ("A08", "Pennmoor City adoption service (synthetic)", "other_authority"),
    ("A09", "Tidewell Adoption, a charity (synthetic)", "voluntary"),
)
_PARTNERS = {"A02": 12, "A03": 10, "A04": 6}
_FAMILIES = {"A02": 14, "A03": 12, "A04": 7, "A05": 9, "A06": 7, "A07": 5, "A08": 3, "A09": 3}
"""Families of other agencies who wait: 60."""
_CHILDREN = 25
_GROUPS = (3, 2, 2, 2)
"""Brothers and sisters among the partners' children; the rest are alone."""
_ETHNIC = {"WBRI": 66.0, "WOTH": 6.0, "MWBC": 7.0, "MWBA": 3.0, "MWAS": 4.0, "APKN": 4.0, "BAFR": 6.0, "BCRB": 4.0}


@dataclass(eq=False)
class PartnerChild:
    """A child of a partner, on no return of ours, with the plan."""

    agency: str
    plan: Plan
    entered: dt.date
    group: int = 0


def families_of_ours_elsewhere(rng: random.Random, plans: Sequence[Plan]) -> list[Family]:
    """Families of other agencies with whom our children were placed or are matched."""
    weights = {"A02": 4.0, "A03": 4.0, "A04": 2.0, "A05": 4.0, "A06": 3.0, "A07": 2.0, "A08": 1.0, "A09": 1.0}
    some = [p for p in plans if p.ended is not None or (p.unit is not None and not p.unit.ours)]
    found = []
    numbered = sorted(some, key=lambda plan: (plan.number or 1000, plan.child.id))
    for _, unit in groupby(numbered, key=lambda plan: plan.number or plan.child.id):
        children = list(unit)
        first = children[0]
        if first.matched is None:
            raise ValueError("every placed child was matched")
        steps = {
            "matched_on": first.matched, "placed_on": first.placed, "placement_ended_on": first.ended,
            "adopted_on": first.adopted,
        }  # fmt: skip
        family = Family(pick(rng, weights), {k: v for k, v in steps.items() if v is not None}, children=children)
        family.days["approved_on"] = first.matched - days(rng.randint(20, 320))
        found.append(family)
    return found


def waiting_families(rng: random.Random) -> list[Family]:
    """The 60 families of other agencies who are approved and wait."""
    found = []
    for agency in shuffled(rng, deck(_FAMILIES)):
        approved = fig.AS_AT - days(min(int(rng.expovariate(1 / 150)) + 6, 900))
        family = Family(agency, {"approved_on": approved}, dual=rng.random() < 0.25)
        family.days["stage_2_end"] = approved
        family.days["stage_2_start"] = approved - days(rng.randint(95, 150))
        found.append(family)
    return found


def partner_children(rng: random.Random) -> list[PartnerChild]:
    """The 25 children of partners who wait: most have a placement order, a few do not yet."""
    agencies = deck(_PARTNERS)
    sizes = [*_GROUPS, *(1 for _ in range(_CHILDREN - sum(_GROUPS)))]
    found: list[PartnerChild] = []
    for number, size in enumerate(sizes, start=1):
        agency = rng.choice(agencies)
        entered = day_between(rng, dt.date(2016, 6, 1), dt.date(2017, 10, 15))
        decided = day_between(rng, entered + days(70), min(entered + days(260), dt.date(2018, 2, 25)))
        ordered = decided + days(rng.randint(10, 70))
        ethnicity, cin = pick(rng, _ETHNIC), pick(rng, {"N1": 70, "N5": 20, "N3": 10})
        born = entered - days(rng.randint(2, 1500 if size == 1 else 500))
        for _ in range(size):
            child = Child(age=0, born=born, sex=rng.choice("MF"), ethnicity=ethnicity, cin=cin)
            child.religion = pick(rng, {"": 70, "Christian": 18, "Muslim": 12 if ethnicity[0] in "AB" else 1})
            child.latent = rng.gauss(-0.4, 0.6)
            plan = Plan(child, number=number + 500, decided=decided)
            plan.ordered = ordered if ordered < fig.AS_AT - days(4) else None
            found.append(PartnerChild(agency, plan, entered, number if size > 1 else 0))
            born -= days(rng.randint(330, 900))
    return found
