"""Several authorities pooled: hand examples, ids that clash, who lives where, enumeration, and what is refused."""

import datetime as dt
from itertools import chain
from typing import Any

import pytest

from matcher.reports.pool_words import pool_words
from matcher.reports.words import money
from matcher.scoring import encode, score_pairs
from matcher.services.check_plan import PlanCheckError
from matcher.services.joined import PoolError, join
from matcher.services.pool_results import Pool
from matcher.services.pooling import pool
from matcher.services.problem import Stated
from models.case import Case
from models.child import PlaceToAvoid, SiblingGroup, Wishes
from models.geography import Locality, locality
from models.home import Resident
from models.policy import Policy
from models.referral import Offer, Refusal
from models.vocabulary import Contract, HomeKind, RefusalReason, ResidentKind, Risk, Sector
from tests.make_case import AS_AT, ESSEX, HERTFORDSHIRE, at, make_case, make_child, make_home, make_placement


def _essex(*args: Any, **fields: Any) -> Case:
    return make_case(*args, **({"name": "Essex test (synthetic)", "authority": ESSEX} | fields))


def _homes(found: Pool) -> list[tuple[str | None, str | None]]:
    return [(child.home_alone, child.home_together) for child in found.children]


def _far(home_id: str = "H1", **fields: Any) -> Any:
    return make_home(home_id, location=at(30, 0, ESSEX), **fields)


def test_a_borrowed_place_its_money_and_its_gain() -> None:
    lacking = make_case([make_child(home=at(28, 0))], [make_home(suspended=True)])
    lending = _essex([make_child(home=at(30, 0, ESSEX))], [_far()])
    found = pool([lacking, lending], price_pence=50_000)
    assert _homes(found) == [(None, "H1"), ("H1", "H1")]
    assert [(child.authority, child.sheet, child.borrowed) for child in found.children] == [
        ("Test authority (synthetic)", "Essex test (synthetic)", True),
        ("Essex test (synthetic)", "Essex test (synthetic)", False),
    ]
    borrower, lender = found.authorities
    assert (borrower.placed_alone, borrower.placed_together, borrower.borrowed, borrower.lent) == (0, 1, 1, 0)
    assert (borrower.paid_pence, lender.received_pence, lender.paid_pence) == (50_000, 50_000, 0)
    assert (borrower.fees_alone_pence, borrower.fees_together_pence) == (0, 41_400), "the borrower bears the fee"
    weighed = 50_000 * 20 // 1000
    assert borrower.gain_pence == found.no_home_pence - found.children[0].cost_together_pence - weighed
    assert (lender.gain_pence, lender.worse_off) == (weighed, False)
    assert found.total_gain_pence == borrower.gain_pence + lender.gain_pence
    assert borrower.proposed_pence + lender.proposed_pence == 0
    assert abs(borrower.gain_pence + borrower.proposed_pence - found.total_gain_pence / 2) <= 1
    assert (found.certificate.status, found.certificate.checked, found.price_pence) == ("optimal", True, 50_000)
    forbidden = pool([lacking, lending], price_pence=None)
    assert _homes(forbidden) == [(None, None), ("H1", "H1")]
    assert forbidden.total_gain_pence == 0


def test_an_independent_home_is_open_to_all_at_its_fee_and_a_bed_paid_for_ahead_is_not() -> None:
    lacking = make_case([make_child()], [])
    for fields, owned in (
        ({"sector": Sector.PRIVATE}, False),
        ({"sector": Sector.PRIVATE, "contract": Contract.BLOCK}, True),
        ({"sector": Sector.IN_HOUSE}, True),
    ):
        found = pool([lacking, _essex([], [_far(**fields)])], price_pence=None)
        assert _homes(found) == [(None, None if owned else "H1")]
        assert found.authorities[0].borrowed == found.authorities[1].lent == 0


def test_a_child_is_placed_even_where_borrowing_costs_more_than_any_home() -> None:
    found = pool([make_case([make_child()], []), _essex([], [_far()])], price_pence=100_000_000)
    assert _homes(found) == [(None, "H1")]


def test_ids_of_different_authorities_never_meet() -> None:
    """Each authority has a child C1 and a home H1; what is on record of the one says nothing of the other."""
    mine = make_case([make_child(wishes=Wishes(homes_not_wanted=("H1",)))], [])
    refused = Refusal(home_id="H1", child_id="C1", refused_on=AS_AT, reason=RefusalReason.NEEDS)
    connected = _far("H2", kind=HomeKind.CONNECTED, connected_children=frozenset({"C1"}))
    theirs = _essex([make_child()], [_far(), connected], refusals=(refused,))
    found = pool([mine, theirs])
    assert _homes(found) == [(None, "H1"), ("H2", "H2")]
    indifferent = pool([make_case([make_child()], []), theirs])
    assert found.children[0].cost_together_pence == indifferent.children[0].cost_together_pence


def test_another_authoritys_home_is_judged_by_the_childs_own_area() -> None:
    joined = join([make_case([make_child()], []), _essex([make_child()], [_far()])])
    parts = [score_pairs(encode(joined.seen_by(at), joined.searches[at].referrals))[0][0, 0] for at in (0, 1)]
    assert locality(HERTFORDSHIRE, ESSEX) is Locality.ADJOINING
    assert parts[0] - parts[1] == Policy().adjoining_area


def test_who_lives_in_a_lenders_home_counts_for_company_and_room() -> None:
    child = make_child("C9", risks_from_others=frozenset({Risk.VIOLENCE}))
    other = make_child("C1", risks_to_others=frozenset({Risk.VIOLENCE}))
    resident = Resident(id="X1", home_id="H1", kind=ResidentKind.OTHER_AUTHORITY)
    lives = (make_placement("C1", "H1"),)
    mine = make_case([child], [])
    stays = _essex([other], [_far()], placements=lives, referrals=())
    assert _homes(pool([mine, stays])) == [(None, None)], "a live risk from who stays"
    quiet = _essex([make_child("C1")], [_far()], placements=lives, referrals=(), residents=(resident,))
    assert _homes(pool([mine, quiet])) == [(None, None)], "two live there, of two"
    roomier = quiet.model_copy(update={"homes": (_far(places=3, bedrooms=3),)})
    assert _homes(pool([mine, roomier])) == [(None, "H1")]
    held = Offer(home_id="H1", child_id="C2", offered_on=AS_AT, held_until=AS_AT)
    keeps = _essex([make_child("C2")], [_far(places=1)], referrals=(), offers=(held,))
    assert _homes(pool([mine, keeps])) == [(None, None)], "held for a child of their own"
    leaves = _essex(
        [other], [_far(places=1)], placements=(make_placement("C1", "H1", ends_on=AS_AT + dt.timedelta(days=9)),),
        referrals=(),
    )  # fmt: skip
    assert _homes(pool([mine, leaves])) == [(None, "H1"), (None, None)], "who must leave makes room"


def test_children_of_two_authorities_who_may_not_live_together_do_not() -> None:
    first = make_case([make_child(risks_to_others=frozenset({Risk.VIOLENCE}))], [])
    second = _essex([make_child(risks_from_others=frozenset({Risk.VIOLENCE}))], [])
    third = _essex([], [_far(sector=Sector.PRIVATE)], name="Third")
    assert sorted(map(str, chain(*_homes(pool([first, second, third]))))) == ["H1", "None", "None", "None"]


def test_brothers_and_sisters_are_lent_a_home_together() -> None:
    children = [make_child("C1", age=6), make_child("C2", age=8)]
    group = SiblingGroup(id="G1", children=("C1", "C2"))
    mine = make_case(children, [make_home("H1", places=1), make_home("H2", places=1)], sibling_groups=(group,))
    found = pool([mine, _essex([], [_far(sibling_places=2, places=2)])])
    assert _homes(found) == [("H1", "H1"), ("H2", "H1")] or _homes(found) == [("H2", "H1"), ("H1", "H1")]
    assert {child.sheet for child in found.children} == {"Essex test (synthetic)"}
    assert found.authorities[0].borrowed == 2


def test_a_home_on_two_sheets_is_used_by_no_plan_save_by_who_runs_it() -> None:
    shared: dict[str, Any] = {"kind": HomeKind.RESIDENTIAL, "urn": "SC1", "location": at(5, 5)}
    independent = make_home(sector=Sector.PRIVATE, **shared)
    found = pool([make_case([make_child()], [independent]), _essex([make_child()], [independent])])
    assert _homes(found) == [(None, None), (None, None)]
    assert found.notes[0].endswith("H1 of Test authority (synthetic), H1 of Essex test (synthetic).")
    theirs = make_home(sector=Sector.OTHER_AUTHORITY, **shared)
    found = pool([make_case([], [theirs]), _essex([make_child()], [make_home("H2", **shared)])])
    assert _homes(found) == [("H2", "H2")]


def test_a_plan_that_breaks_a_rule_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stated, "clashes", lambda _stated, _places: [])
    first = make_case([make_child(risks_to_others=frozenset({Risk.VIOLENCE}))], [])
    second = _essex([make_child(risks_from_others=frozenset({Risk.VIOLENCE}))], [_far(sector=Sector.PRIVATE)])
    with pytest.raises(PlanCheckError, match="live risk from 1:C1 to 2:C1"):
        pool([first, second])


def test_nobody_looking_for_a_home() -> None:
    found = pool([make_case([], [make_home()]), _essex()])
    assert (found.children, found.total_gain_pence, found.no_home_pence) == ((), 0, 0)


def test_authorities_of_one_name_are_told_apart() -> None:
    found = pool([make_case([make_child()], []), make_case([make_child()], [])])
    assert [authority.name[-3:] for authority in found.authorities] == ["[1]", "[2]"]
    assert [child.authority[-3:] for child in found.children] == ["[1]", "[2]"]


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        ([make_case()], "two authorities or more"),
        ([make_case(), _essex(as_at=AS_AT + dt.timedelta(days=1))], "as at 2018-03-31 and Essex .* 2018-04-01"),
        ([make_case(), _essex(policy=Policy(move=1))], "different policies: move is 30000 in one and 1 in the other"),
    ],
)
def test_what_cannot_be_pooled_says_why(cases: list[Case], words: str) -> None:
    with pytest.raises(PoolError, match=words):
        pool(cases)


def test_who_loses_and_a_payment_that_makes_good_are_told() -> None:
    """The lender's child must go to a home far from school, so that the borrower's child has one at all."""
    school = at(30, 0, ESSEX)
    lender = _essex(
        [make_child(school=school, home=at(40, 0, ESSEX))], [_far(places=1), make_home("H2", location=at(20, 0, ESSEX))]
    )
    near = make_child(home=at(30, 0, ESSEX), avoid=(PlaceToAvoid(location=at(20, 0, ESSEX), within_miles=3),))
    found = pool([make_case([near], []), lender])
    assert _homes(found) == [(None, "H1"), ("H1", "H2")]
    gainer, loser = found.authorities
    assert loser.gain_pence < 0 < found.total_gain_pence
    assert (gainer.worse_off, loser.worse_off) == (False, True)
    words = " ".join(pool_words(found))
    assert f"Worse off together than alone: Essex test (synthetic) by {money(-loser.gain_pence)}-equivalent" in words
    assert f"Test authority (synthetic) gives {money(loser.proposed_pence)}" in words
    assert "proved best: no other costs less" in words


def test_plans_not_proved_best_are_told_with_what_is_known() -> None:
    found = pool([make_case([make_child()], [make_home()]), _essex()])
    first, second = found.authorities
    hurried = first.model_copy(update={"alone_proved": False, "gain_pence": 900, "least_gain_pence": -1_000})
    proof = found.certificate.model_copy(update={"status": "feasible", "objective_pence": 5_000, "bound_pence": 4_000})
    proof = proof.model_copy(update={"gap_percent": 20.0})
    words = pool_words(found.model_copy(update={"authorities": (hurried, second), "certificate": proof}))
    assert "Test authority (synthetic)'s plan alone is not proved best: its gain is -£10 to £9." in words
    assert any("costs £50-equivalent" in each and "less than £40, at most 20.00% less" in each for each in words)
