"""A small authority whose every price can be added up by hand, for tests of money."""

from collections.abc import Mapping
from typing import Any

from matcher.services.allocate import allocate
from matcher.services.results import Plan
from models.case import Case
from models.placement import Funding
from models.ssda903.derive import PlacementKind
from models.vocabulary import Contract, Feature, HomeKind, Sector
from tests.make_case import make_case, make_child, make_home, make_placement, make_referral

IFA, OWN = PlacementKind.IFA_FOSTERING, PlacementKind.IN_HOUSE_FOSTERING
RESIDENTIAL = PlacementKind.INDEPENDENT_RESIDENTIAL


def a_case(**fields: Any) -> Case:
    """Seven children looked after and NEW, who is only referred.

    Weekly, in pounds: A 400 at F1 (own), B 420 at F1, C 900 at I1 (agency), D 1,300 at I2 (its disability service;
    social care 800, education 300, health 200), E 4,000 at R1 (independent home; shares make only 3,900), G 3,500
    at BLOCK (a block bed of 3,000 and 500 of extras), K with a connected person, price not known.
    """
    children = [make_child(child, age=12) for child in ("A", "B", "C", "D", "E", "G", "K", "NEW")]
    homes = (
        make_home("F1", places=3, bedrooms=3, fee_pence=40_000, marginal_fee_pence=40_000),
        _bought("I1", HomeKind.FOSTER, 90_000),
        _bought("I2", HomeKind.FOSTER, 120_000, features=frozenset({Feature.DISABILITY}), sector=Sector.VOLUNTARY),
        _bought("R1", HomeKind.RESIDENTIAL, 400_000),
        _bought("BLOCK", HomeKind.RESIDENTIAL, 300_000, marginal_fee_pence=0, contract=Contract.BLOCK, places=4),
    )
    placements = (
        make_placement("A", "F1"),
        make_placement("B", "F1", fee_pence=42_000),
        make_placement("C", "I1", kind=IFA),
        make_placement("D", "I2", kind=IFA, fee_pence=130_000, funding=_funding(80_000, 30_000, 20_000)),
        make_placement("E", "R1", kind=RESIDENTIAL, funding=_funding(390_000, 0, 0)),
        make_placement("G", "BLOCK", kind=RESIDENTIAL, fee_pence=350_000),
        make_placement("K", None, kind=PlacementKind.KINSHIP),
    )
    given = {"placements": placements, "referrals": [make_referral("NEW"), make_referral("E")]} | fields
    return make_case(children, homes, **given)


def a_plan(case: Case, homes: Mapping[str, str | None]) -> Plan:
    """A plan that gives the children searched for these homes, whatever the engine would choose."""
    plan = allocate(case)
    rows = tuple(row.model_copy(update={"home_id": homes[row.child_id]}) for row in plan.rows)
    return plan.model_copy(update={"rows": rows})


def _bought(home_id: str, kind: HomeKind, fee: int, **fields: Any) -> Any:
    given = {"sector": Sector.PRIVATE, "fee_pence": fee, "marginal_fee_pence": fee, "contract": Contract.SPOT} | fields
    return make_home(home_id, kind=kind, **given)


def _funding(social_care: int, education: int, health: int) -> Funding:
    return Funding(social_care_pence=social_care, education_pence=education, health_pence=health)
