"""A case that contradicts itself cannot be made."""

from typing import Any

import pytest
from pydantic import ValidationError

from models.case import Case
from models.child import SiblingGroup
from models.home import Provider, Resident
from models.needs import NeedsProfile
from models.referral import Offer, Refusal
from models.vocabulary import RefusalReason, ResidentKind, Sector
from tests.make_case import AS_AT, make_case, make_child, make_home, make_placement, make_referral


def with_(**fields: Any) -> Case:
    """Two children, two homes, and the fields given."""
    given: dict[str, Any] = {"children": [make_child("A"), make_child("B")]}
    return make_case(**(given | {"homes": [make_home("H"), make_home("I")]} | fields))


def offer(child: str, home: str) -> Offer:
    return Offer(child_id=child, home_id=home, offered_on=AS_AT, held_until=AS_AT)


def refusal(child: str, home: str) -> Refusal:
    return Refusal(child_id=child, home_id=home, refused_on=AS_AT, reason=RefusalReason.OTHER)


def resident(name: str, home: str) -> Resident:
    return Resident(id=name, home_id=home, kind=ResidentKind.STAYING_PUT)


PROVIDER = Provider(id="P1", name="The council", sector=Sector.IN_HOUSE)
STRANGE = make_child("A", profile=NeedsProfile(child_id="X", levels={}))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"children": [make_child("A")] * 2, "referrals": ()}, "child id: A"),
        ({"homes": [make_home("H")] * 2}, "home id: H"),
        ({"providers": (PROVIDER, PROVIDER)}, "provider id: P1"),
        ({"referrals": (make_referral("A", id="R"), make_referral("B", id="R"))}, "referral id: R"),
        ({"residents": (resident("S", "H"), resident("S", "I"))}, "resident id: S"),
        ({"placements": (make_placement("A", "H"), make_placement("A", "I"))}, "child with a placement: A"),
        (
            {"sibling_groups": tuple(SiblingGroup(id=name, children=("A", "B")) for name in "GH")},
            "child in a sibling group: A, B",
        ),
        ({"referrals": (make_referral("X"),)}, "referral R-X names child X"),
        ({"placements": (make_placement("X", "H"),)}, "placement of X names child X"),
        ({"sibling_groups": (SiblingGroup(id="G", children=("A", "X")),)}, "sibling group G names child X"),
        ({"offers": (offer("X", "H"),)}, "an offer names child X"),
        ({"refusals": (refusal("X", "H"),)}, "a refusal names child X"),
        ({"children": [STRANGE, make_child("B")]}, "the profile of A names child X"),
        ({"placements": (make_placement("A", "X"),)}, "placement of A names home X"),
        ({"residents": (resident("S", "X"),)}, "resident S names home X"),
        ({"offers": (offer("A", "X"),)}, "an offer names home X"),
        ({"refusals": (refusal("A", "X"),)}, "a refusal names home X"),
    ],
)
def test_a_case_that_contradicts_itself_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        with_(**fields)


def test_a_case_of_one_mind_is_made_and_finds_its_records() -> None:
    group = SiblingGroup(id="G", children=("A", "B"))
    case = with_(
        placements=(make_placement("A", "H"), make_placement("B", None)),
        residents=(resident("S", "H"), resident("T", "H")),
        sibling_groups=(group,),
        offers=(offer("A", "H"), offer("B", "I")),
    )
    assert case.siblings_of == {"A": group, "B": group}
    assert {home: [p.child_id for p in placed] for home, placed in case.placed_in.items()} == {"H": ["A"]}
    assert [r.id for r in case.residents_of["H"]] == ["S", "T"]
    assert [o.child_id for o in case.offers_in_force] == ["B"], "A lives at H already"


@pytest.mark.parametrize(
    ("children", "units"),
    [(("A", "A"), ()), (("A", "B"), (("A", "B"), ("A",))), (("A", "B"), (("A", "X"),)), (("A",), ())],
)
def test_a_sibling_group_names_each_of_its_children_once(
    children: tuple[str, ...], units: tuple[tuple[str, ...], ...]
) -> None:
    with pytest.raises(ValidationError):
        SiblingGroup(id="G", children=children, units=units)
