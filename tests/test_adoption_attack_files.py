"""Files of a pool, each wrong in one thing: it is told, nobody is lost, and pages say what a reader must know."""

import datetime as dt
from pathlib import Path

import pytest

from matcher.reports.adoption.brings import about_children
from matcher.reports.adoption.child_page import child_document
from matcher.reports.adoption.pool_page import pool_document
from matcher.reports.adoption.words import who_may_relax
from matcher.services.adoption.linking import link_pool
from matcher.services.adoption.links_told import told
from matcher.services.adoption.pool_case import pool_case
from matcher.services.adoption.screening import families_for, screen
from models.adoption import AgencyTier, Criteria, Link, LinkStage
from models.case import Case
from models.child import SiblingGroup, Visit
from models.rules import RuleId
from models.vocabulary import Pet, PetsWish, SiblingDecision
from tests.make_case import AS_AT
from tests.make_files import aside, case_of, found, one, read
from tests.make_pool import as_case, family, plan_child

AGENCIES = "agency_id,agency_name,agency_tier\n"
CHILDREN = "child_id,decided_on,placement_order_on,sex,born,religion\n"
CHILD = "A1,01/08/2017,01/11/2017,F,02/03/2015,\n"
ADOPTERS = "family_id,approved_on,dual_approval,postcode,agency_id,number\n"
POST = "SG13 8DE"


@pytest.mark.parametrize(
    ("tiers", "words"),
    [(("own", "own"), "2 agencies are your own: A01, A02"), (("partner", "voluntary"), "no agency is your own")],
)
def test_whose_agency_is_ours_is_told_where_it_is_not_one(tmp_path: Path, tiers: tuple[str, str], words: str) -> None:
    rows = "".join(f"A0{n},Agency {n},{tier}\n" for n, tier in enumerate(tiers, 1))
    reading = read(tmp_path, agencies=AGENCIES + rows, adoption_children=CHILDREN + CHILD)
    assert words in one(reading, "own-agency-unclear").message
    pool = case_of(reading).adoption
    assert pool.agency[pool.child["A1"].agency_id].tier is AgencyTier.OWN


def test_one_own_agency_is_not_told(tmp_path: Path) -> None:
    reading = read(tmp_path, agencies=AGENCIES + "A01,One,own\nA02,Two,partner\n", adoption_children=CHILDREN + CHILD)
    assert not found(reading, "own-agency-unclear")


def test_a_family_for_no_child_is_set_aside(tmp_path: Path) -> None:
    reading = read(tmp_path, adopters=f"{ADOPTERS}F1,01/12/2017,Y,{POST},,0\nF2,01/12/2017,Y,{POST},,\n")
    assert aside(reading) == {("family", "F1")}
    assert case_of(reading).adoption.family["F2"].criteria.number == 1


@pytest.mark.parametrize("said", ["none", "None", "No religion", "no faith"])
def test_no_religion_is_not_a_faith_to_support(tmp_path: Path, said: str) -> None:
    sheet = f"{CHILDREN}A1,01/08/2017,01/11/2017,F,02/03/2015,{said}\nA2,01/08/2017,,F,02/03/2015,Sikh\n"
    pool = case_of(read(tmp_path, adoption_children=sheet)).adoption
    assert (pool.child["A1"].religion, pool.child["A2"].religion) == (None, "Sikh")


def test_a_child_too_old_for_a_plan_is_told(tmp_path: Path) -> None:
    sheet = f"{CHILDREN}A1,01/08/2017,,F,02/03/1990,\nA2,01/08/2017,,F,02/08/1999,\n"
    reading = read(tmp_path, adoption_children=sheet)
    assert "at the age of 27" in one(reading, "plan-dates-out-of-order").message


def test_a_link_that_ends_before_it_starts_is_told(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        adoption_children=CHILDREN + CHILD,
        adopters=f"{ADOPTERS}F1,01/12/2017,Y,{POST},,2\n",
        adoption_links="family_id,child_id,started_on,stage,ended_on,ended_by,reason\nF1,A1,01/02/2018,visited,01/01/2018,,\n",
    )
    assert one(reading, "link-ends-before-it-starts").subject == "A1"
    assert len(case_of(reading).adoption.links) == 1


def link(family_id: str, started: int, ended: int | None = None, stage: LinkStage = LinkStage.LINKED) -> Link:
    """Days before the case's day; a negative end is still to come."""
    over = None if ended is None else AS_AT - dt.timedelta(days=ended)
    return Link(
        family_id=family_id, child_id="C1", started_on=AS_AT - dt.timedelta(days=started), stage=stage, ended_on=over
    )


def bits(case: Case) -> int:
    return int(screen(pool_case(case)).bits[0, 0])


def test_a_link_taken_up_again_is_not_ended() -> None:
    child, taker = plan_child("C1"), family("F1")
    over = as_case([child], [taker], links=[link("F1", 90, 60)])
    assert bits(over) == 1 << RuleId.DECLINED
    assert bits(as_case([child], [taker], links=[link("F1", 90, 60), link("F1", 20)])) == 0


def test_a_link_that_will_end_is_under_way_until_then() -> None:
    assert bits(as_case([plan_child("C1")], [family("F1")], links=[link("F1", 90, -10)])) == 0


def dearer() -> Case:
    """The child is linked with the family of the two who is further from what the child brings."""
    child = plan_child("C1", background={"unknown_father": 3})
    asked = family("F2", criteria=Criteria.model_validate({"answers": {"unknown_father": {"yes": 4, "discuss": 4}}}))
    return as_case([child], [family("F1"), asked], links=[link("F1", 20)])


def test_links_under_way_stand_beside_the_links_proposed() -> None:
    case = dearer()
    linking = link_pool(screen(pool_case(case)))
    (proposed,) = told(linking).links
    assert proposed.family_id == "F2"
    assert "linked (F1)" in str(pool_document(case, told(linking)))


def test_a_family_with_a_link_under_way_is_never_off_the_child_s_page() -> None:
    screened = screen(pool_case(dearer()))
    page = str(child_document(screened, families_for(screened, "C1", top=1)))
    assert "A link with family F1 is under way, who is number 2 of the 2 eligible." in page
    assert "A link with family" not in str(child_document(screened, families_for(screened, "C1", top=2)))


def test_who_may_relax_is_who_may_for_an_adoptive_family() -> None:
    only_babies = family("F1", criteria=Criteria(age_from=0, age_to=0))
    screened = screen(pool_case(as_case([plan_child("C1")], [only_babies])))
    listed = families_for(screened, "C1")
    assert [rule.rule for rule in listed.nearly[0].failed] == [RuleId.AGE]
    words = who_may_relax(listed.nearly)
    assert "adoption agency" in words
    assert "foster" not in words


def test_a_family_linked_against_a_rule_is_on_the_page_with_the_rule() -> None:
    held = [link("F1", 20), Link(family_id="F1", child_id="C2", started_on=AS_AT, stage=LinkStage.PANEL_BOOKED)]
    case = as_case([plan_child("C1"), plan_child("C2")], [family("F1", criteria=Criteria(age_to=0))], links=held)
    screened = screen(pool_case(case))
    page = str(child_document(screened, families_for(screened, "C1")))
    assert "A link with family F1 is under way, who is not eligible: age within terms" in page


def test_what_a_child_needs_of_a_family_is_said_of_the_family() -> None:
    there = family("F1").location
    assert there is not None
    visit = Visit(location=there, visits_a_week=2)
    child = plan_child("C1", pets=PetsWish.CAN, allergies=frozenset({Pet.CAT}), contact=(visit,))
    said = " ".join(about_children(pool_case(as_case([child], [family("F1")])), ["C1"]))
    assert "may have animals; without cat, for the child is allergic; takes the child to see somebody twice" in said


def test_brothers_and_sisters_not_assessed_yet_are_not_said_to_be_decided_on() -> None:
    group = SiblingGroup(id="S1", children=("C1", "C2"), decision=SiblingDecision.NOT_ASSESSED)
    case = as_case([plan_child("C1"), plan_child("C2")], [family("F1", criteria=Criteria(number=2))], groups=[group])
    page = str(child_document((screened := screen(pool_case(case))), families_for(screened, "C1")))
    assert "not assessed yet; one family is looked for until it is decided" in page
    assert "to be placed together" not in page
