"""Rows that name children and homes: placements, circumstances, needs, referrals, siblings, residents, offers."""

import datetime as dt
from pathlib import Path

import pytest

from models.finding import Severity
from models.placement import Funding
from models.ssda903 import PlacementKind
from models.vocabulary import (
    HomeKind,
    PetsWish,
    RefusalReason,
    ResidentKind,
    Risk,
    SiblingDecision,
    Solo,
)
from tests.make_files import (
    CHILDREN,
    FILES,
    PLACEMENTS,
    REFERRALS,
    aside,
    case_of,
    found,
    one,
    read,
    serious,
)

R1 = "R1,C1,01/03/2018,20/04/2018,planned,placement_ending"
NEW = "R2,N1,28/03/2018,31/03/2018,same_day,new_to_care"
SIBLINGS = "group_id,child_id,decision,unit,decided_on\n"
LOCATIONS = "child_id,purpose,postcode,visits_a_week,within_miles\n"


def test_a_placement_carries_fee_shares_notice_and_long_term(tmp_path: Path) -> None:
    text = (
        PLACEMENTS.strip() + ",weekly_fee,social_care_share,education_share,long_term,ends_on\n"
        "C1,H1,01/02/2017,500,300,200,Y,\nC2,H1,,,,,,01/05/2018\n"
    )
    reading = read(tmp_path, placements=text)
    case = case_of(reading)
    assert serious(reading) == []
    one_, two = case.placement_of["C1"], case.placement_of["C2"]
    assert (one_.fee_pence, one_.long_term, one_.ends_on) == (50000, True, None)
    assert one_.funding == Funding(social_care_pence=30000, education_pence=20000)
    assert (two.fee_pence, two.funding, two.long_term) == (None, None, False)
    assert (two.started, two.ends_on) == (dt.date(2017, 2, 1), dt.date(2018, 5, 1))


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("C1,H1,01/03/2017,,", "started"),
        ("C1,H1,01/04/2018,,", "started"),
        ("C1,H2,01/02/2017,,", "home_id"),
        ("C1,H1,01/02/2017,500,499", "weekly_fee"),
    ],
)
def test_where_sheet_and_return_differ_is_told(tmp_path: Path, row: str, column: str) -> None:
    text = PLACEMENTS.strip() + ",weekly_fee,social_care_share\n" + row + "\nC2,H1,01/02/2017,,\n"
    finding = one(read(tmp_path, placements=text), "placement-differs")
    assert (finding.row, finding.column) == (2, column)


def test_children_without_a_row_live_outside_the_listed_homes(tmp_path: Path) -> None:
    reading = read(tmp_path, placements=PLACEMENTS + "C1,H1,01/02/2017\n")
    assert "C2" in one(reading, "placement-without-home").message
    assert case_of(reading).placement_of["C2"].home_id is None


def test_of_two_rows_for_a_child_the_one_that_started_last_by_the_day_counts(tmp_path: Path) -> None:
    rows = "C1,H1,01/02/2017\nC1,H2,01/02/2016\nC1,H2,01/02/2019\nC2,H1,01/02/2017\n"
    reading = read(tmp_path, placements=PLACEMENTS + rows)
    assert len(found(reading, "placement-second")) == 2
    assert case_of(reading).placement_of["C1"].home_id == "H1"


def test_a_placement_in_an_unknown_home_is_kept_outside_the_listed_ones(tmp_path: Path) -> None:
    reading = read(tmp_path, placements=PLACEMENTS + "C1,H9,01/02/2017\nC2,H1,01/02/2017\n")
    finding = one(reading, "home-unknown")
    assert (finding.row, finding.column, finding.value) == (2, "home_id", "H9")
    assert case_of(reading).placement_of["C1"].home_id is None


def test_a_child_set_aside_still_takes_the_place_they_live_in(tmp_path: Path) -> None:
    header = str(FILES["ssda903/2018/header.csv"]).replace("14/05/2006", "unknown")
    reading = read(tmp_path, {"ssda903/2018/header.csv": header})
    case = case_of(reading)
    assert aside(reading) == {("child", "C1")}
    resident = case.residents_of["H1"][0]
    assert (resident.id, resident.kind) == ("C1", ResidentKind.OWN_CHILD_SET_ASIDE)
    assert resident.takes_place
    assert resident.takes_bedroom
    assert "count as taken" in one(reading, "child-unknown").action


def test_a_child_whom_only_the_placements_know_is_set_aside_and_takes_a_place(tmp_path: Path) -> None:
    reading = read(tmp_path, placements=str(FILES["placements.csv"]) + "C9,H2,01/02/2017\n")
    assert aside(reading) == {("child", "C9")}
    assert [r.id for r in case_of(reading).residents_of["H2"]] == ["C9"]
    assert reading.has_errors


def test_a_placement_of_a_child_who_left_care_is_a_note(tmp_path: Path) -> None:
    reading = read(tmp_path, placements=str(FILES["placements.csv"]) + "C3,H2,01/02/2017\n")
    assert one(reading, "child-not-in-care").severity is Severity.NOTE
    assert case_of(reading).residents == ()


def test_circumstances_and_locations_are_joined(tmp_path: Path) -> None:
    children = CHILDREN + ",languages,pets,risks_to_others,wishes_kinds,wishes_homes_wanted,wishes_away\n"
    rows = "C1,Required,any,Muslim,Tigrinya;English,no,violence;fire,foster,H2;H9,Y\n"
    places = (
        LOCATIONS + "C1,school,SG1 1XX,,\nC1,family_time,SG13 8DQ,2,\nC1,family_time,AL1 3JE,,\nC1,avoid,N1 9GU,,3\n"
    )
    reading = read(tmp_path, children=children + rows, locations=places)
    own = case_of(reading).child["C1"].circumstances
    assert (own.solo, own.religion, own.pets) == (Solo.REQUIRED, "Muslim", PetsWish.NO)
    assert own.languages == ("Tigrinya", "English")
    assert own.risks_to_others == {Risk.VIOLENCE, Risk.FIRE}
    assert own.wishes.kinds == (HomeKind.FOSTER,)
    assert own.wishes.homes_wanted == ("H2",)
    assert own.wishes.away_from_home_area
    assert own.school is not None
    assert own.school.postcode == "SG1 1XX"
    assert [(v.location.postcode, v.visits_a_week) for v in own.family_time] == [("SG13 8DQ", 2), ("AL1 3JE", 1)]
    assert [(p.location.postcode, p.within_miles) for p in own.avoid] == [("N1 9GU", 3)]
    assert [(f.code, f.column, f.value) for f in serious(reading)] == [("home-unknown", "wishes_homes_wanted", "H9")]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("solo", "maybe"),
        ("risks_to_others", "violence;violance"),
        ("allergies", "rabit"),
        ("secure_order_until", "spring"),
        ("alongside", "girls"),
    ],
)
def test_what_keeps_a_child_safe_is_never_read_as_blank(tmp_path: Path, column: str, text: str) -> None:
    cells = {"child_id": "C1", "solo": "", "alongside": "", "religion": ""} | {column: text}
    reading = read(tmp_path, children=",".join(cells) + "\n" + ",".join(cells.values()) + "\n")
    finding = next(f for f in found(reading, "cell-unreadable"))
    assert (finding.row, finding.column, finding.severity) == (2, column, Severity.ERROR)
    assert aside(reading) == {("child", "C1")}


def test_two_rows_of_circumstances_set_the_child_aside(tmp_path: Path) -> None:
    reading = read(tmp_path, children=CHILDREN + "\nC1,required,,\nC1,not_needed,,\n")
    assert one(reading, "circumstances-conflict").row == 3
    assert aside(reading) == {("child", "C1")}


@pytest.mark.parametrize("postcode", ["ZZ9 9ZZ", "", "somewhere"])
def test_a_place_to_avoid_that_cannot_be_found_sets_the_child_aside(tmp_path: Path, postcode: str) -> None:
    reading = read(tmp_path, locations=LOCATIONS + f"C1,avoid,{postcode},,\nC2,school,{postcode},,\n")
    assert one(reading, "avoid-not-placed").row == 2
    assert aside(reading) == {("child", "C1")}
    assert case_of(reading).child["C2"].circumstances.school is None
    assert any(finding.row == 3 and finding.severity is Severity.WARNING for finding in reading.findings)


def test_rows_about_children_who_are_not_the_cases_are_told_of(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        children=CHILDREN + "\nC3,,,Sikh\nC9,,,Sikh\n",
        needs="child_id,assessed_on,need_exploitation\nC9,01/01/2018,1\n",
        locations=LOCATIONS + "C9,school,SG1 1XX,,\n",
    )
    assert [(f.file, f.row, f.severity) for f in reading.findings if f.subject in ("C3", "C9")] == [
        ("children.csv", 2, Severity.NOTE),
        ("children.csv", 3, Severity.WARNING),
        ("locations.csv", 2, Severity.WARNING),
        ("needs.csv", 2, Severity.WARNING),
    ]


def test_the_newest_assessment_by_the_day_is_the_profile(tmp_path: Path) -> None:
    needs = (
        "child_id,assessed_on,assessor,need_exploitation,need_aggression,domain_emotion,tags\n"
        "C1,01/05/2018,later,4,4,4,\n"
        "C1,01/02/2018,newest,0,,2,autism\n"
        "C1,01/01/2017,older,3,3,3,\n"
        "C1,,undated,1,,,\n"
        "C2,01/02/2018,nothing,,,,\n"
    )
    reading = read(tmp_path, needs=needs)
    profile = case_of(reading).child["C1"].profile
    assert profile is not None
    assert (profile.assessor, profile.levels, profile.domain_levels) == ("newest", {"exploitation": 0}, {"emotion": 2})
    assert profile.tags == ("autism",)
    assert case_of(reading).child["C2"].profile is None
    assert one(reading, "date-after-as-at").row == 2


def test_a_wrong_level_is_unknown_and_two_assessments_of_a_day_are_told_of(tmp_path: Path) -> None:
    needs = (
        "child_id,assessed_on,need_exploitation,need_aggression\n"
        "C1,01/02/2018,5,1\nC1,01/02/2018,high,2\nC2,someday,1.0,\n"
    )
    reading = read(tmp_path, needs=needs)
    assert [(f.row, f.column) for f in found(reading, "cell-unreadable")] == [
        (2, "need_exploitation"),
        (3, "need_exploitation"),
        (4, "assessed_on"),
    ]
    assert one(reading, "assessments-same-day").row == 3
    profile = case_of(reading).child["C1"].profile
    assert profile is not None
    assert profile.levels == {"aggression": 2}
    assert aside(reading) == set()


def test_a_referral_adds_what_it_says_to_what_is_known(tmp_path: Path) -> None:
    children = CHILDREN + ",smoke_free\nC1,preferred,only_older,Sikh,Y\n"
    referrals = (
        REFERRALS + ",preferred_kinds,suitable_kinds,solo,languages\n" + R1 + ",foster,residential,required,Punjabi\n"
    )
    case = case_of(read(tmp_path, children=children, referrals=referrals))
    referral = case.referrals[0]
    assert (referral.preferred_kinds, referral.suitable_kinds) == ((HomeKind.FOSTER,), (HomeKind.RESIDENTIAL,))
    assert referral.circumstances is not None
    assert (referral.circumstances.solo, referral.circumstances.religion) == (Solo.REQUIRED, "Sikh")
    assert referral.circumstances.smoke_free
    assert case.child["C1"].circumstances.solo is Solo.PREFERRED


def test_a_referral_that_says_nothing_newer_has_no_circumstances_of_its_own(tmp_path: Path) -> None:
    reading = read(
        tmp_path, children=CHILDREN + "\nC1,required,,\n", referrals=REFERRALS + ",solo\n" + R1 + ",required\n"
    )
    assert case_of(reading).referrals[0].circumstances is None


def test_a_referral_introduces_a_child(tmp_path: Path) -> None:
    text = REFERRALS + ",sex,born,ethnicity,uasc,legal_status,home_postcode,religion\n" + NEW
    needs = "child_id,assessed_on,need_exploitation\nN1,28/03/2018,3\n"
    reading = read(
        tmp_path,
        referrals=text + ",F,01/01/2010,bafr,N,v2,SG1 1XX,Muslim\n",
        needs=needs,
        placements=PLACEMENTS + "N1,H2,\n",
    )
    case = case_of(reading)
    child = case.child["N1"]
    assert (child.born, child.ethnicity, child.legal_status) == (dt.date(2010, 1, 1), "BAFR", "V2")
    assert child.home is not None
    assert child.home.postcode == "SG1 1XX"
    assert child.entered_care is None
    assert child.circumstances.religion == "Muslim"
    assert child.profile is not None
    assert case.placement_of["N1"].kind is PlacementKind.INDEPENDENT_RESIDENTIAL
    assert case.referrals[0].circumstances is None
    assert serious(reading) == []


@pytest.mark.parametrize(("sex", "born", "column"), [("", "01/01/2010", "sex"), ("F", "", "born"), ("", "", "sex")])
def test_a_new_child_needs_a_sex_and_a_date_of_birth(tmp_path: Path, sex: str, born: str, column: str) -> None:
    reading = read(tmp_path, referrals=REFERRALS + f",sex,born\n{NEW},{sex},{born}\n")
    assert one(reading, "introduced-without-facts").column == column
    assert aside(reading) == {("child", "N1"), ("referral", "R2")}
    assert case_of(reading).referrals == ()


def test_a_child_who_left_care_may_come_back_by_referral(tmp_path: Path) -> None:
    case = case_of(read(tmp_path, referrals=REFERRALS + "\n" + NEW.replace("N1", "C3") + "\n"))
    assert case.child["C3"].born == dt.date(2005, 1, 1)
    assert [referral.child_id for referral in case.referrals] == ["C3"]


def test_a_referral_that_contradicts_the_return_is_told_of(tmp_path: Path) -> None:
    reading = read(tmp_path, referrals=REFERRALS + f",sex,born\n{R1},F,15/05/2006\n")
    assert {finding.column for finding in found(reading, "facts-conflict")} == {"sex", "born"}
    assert case_of(reading).child["C1"].born == dt.date(2006, 5, 14)


def test_of_two_referrals_for_a_child_the_one_received_last_counts(tmp_path: Path) -> None:
    second = "R3,C1,15/03/2018,20/04/2018,planned,step_down"
    reading = read(tmp_path, referrals=REFERRALS + f"\n{second}\n{R1}\n{R1.replace('C1', 'C2')}\n")
    assert [referral.id for referral in case_of(reading).referrals] == ["R3"]
    assert one(reading, "referral-second").row == 3
    assert one(reading, "referral-twice").row == 4
    assert ("referral", "R1") in aside(reading)


@pytest.mark.parametrize("column", ["referral_id", "child_id"])
def test_a_referral_without_a_name_is_an_error(tmp_path: Path, column: str) -> None:
    cells = dict(zip(REFERRALS.split(","), R1.split(","), strict=True)) | {column: ""}
    reading = read(tmp_path, referrals=",".join(cells) + "\n" + ",".join(cells.values()) + "\n")
    finding = one(reading, "cell-blank")
    assert (finding.row, finding.column, finding.severity) == (2, column, Severity.ERROR)
    assert {what for what, _ in aside(reading)} == {"referral"}


@pytest.mark.parametrize(
    ("column", "text"),
    [("needed_by", ""), ("urgency", "now"), ("reason", "because"), ("received", "x"), ("preferred_kinds", "hotel")],
)
def test_a_referral_with_an_error_is_set_aside(tmp_path: Path, column: str, text: str) -> None:
    names = [*REFERRALS.split(","), "preferred_kinds"]
    cells = dict(zip(names, [*R1.split(","), ""], strict=True)) | {column: text}
    reading = read(tmp_path, referrals=",".join(cells) + "\n" + ",".join(cells.values()) + "\n")
    assert aside(reading) == {("referral", "R1")}
    assert case_of(reading).referrals == ()
    assert "C1" in case_of(reading).child


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("R1,C1,01/03/2018,01/02/2018,planned,step_down,,", "needed_by"),
        ("R1,C1,01/04/2018,20/04/2018,planned,step_down,,", "received"),
        ("R1,C1,01/03/2018,20/04/2018,planned,step_down,foster,foster", "unsuitable_kinds"),
    ],
)
def test_odd_referrals_are_told_of_and_kept(tmp_path: Path, row: str, column: str) -> None:
    reading = read(tmp_path, referrals=REFERRALS + ",preferred_kinds,unsuitable_kinds\n" + row + "\n")
    assert one(reading, "referral-odd").column == column
    assert len(case_of(reading).referrals) == 1


def test_sibling_groups_and_their_units(tmp_path: Path) -> None:
    new = REFERRALS + ",sex,born\n" + NEW + ",F,01/01/2010\n"
    rows = "G1,C1,together,a,01/01/2018\nG1,C2,together,a,01/01/2018\nG1,N1,together,b,01/01/2018\n"
    group = case_of(read(tmp_path, referrals=new, siblings=SIBLINGS + rows)).sibling_groups[0]
    assert (group.children, group.units) == (("C1", "C2", "N1"), (("C1", "C2"),))
    assert (group.decision, group.decided_on) == (SiblingDecision.TOGETHER, dt.date(2018, 1, 1))


@pytest.mark.parametrize(
    ("decision", "units", "planned"),
    [
        ("together", ("", ""), (("C1", "C2"),)),
        ("", ("", ""), (("C1", "C2"),)),
        ("nonsense", ("", ""), (("C1", "C2"),)),
        ("apart", ("", ""), ()),
        ("together", ("a", "b"), ()),
    ],
)
def test_who_should_live_together(
    tmp_path: Path, decision: str, units: tuple[str, str], planned: tuple[tuple[str, ...], ...]
) -> None:
    rows = "".join(f"G1,{child},{decision},{unit},\n" for child, unit in zip(("C1", "C2"), units, strict=True))
    reading = read(tmp_path, siblings=SIBLINGS + rows)
    assert case_of(reading).sibling_groups[0].planned_units == planned
    assert bool(found(reading, "sibling-no-unit")) == (units == ("a", "b"))


def test_unknown_siblings_leave_the_group_and_a_child_stays_in_one(tmp_path: Path) -> None:
    rows = "G1,C1,together,,\nG1,C2,apart,,01/02/2018\nG1,C9,together,,\nG2,C1,together,,\nG3,C3,together,,\n"
    reading = read(tmp_path, siblings=SIBLINGS + rows)
    groups = case_of(reading).sibling_groups
    assert [(group.id, group.children, group.decision) for group in groups] == [
        ("G1", ("C1", "C2"), SiblingDecision.APART)
    ]
    assert one(reading, "child-unknown").row == 4
    assert one(reading, "sibling-twice").row == 5
    assert one(reading, "child-not-in-care").row == 6
    assert one(reading, "sibling-decisions-differ").subject == "G1"


def test_a_group_of_one_is_left_out(tmp_path: Path) -> None:
    reading = read(tmp_path, siblings=SIBLINGS + "G1,C1,together,,\nG1,C3,together,,\n")
    assert case_of(reading).sibling_groups == ()
    assert one(reading, "sibling-group-small").row == 2


def test_residents_live_in_listed_homes_on_the_day(tmp_path: Path) -> None:
    text = (
        "resident_id,home_id,resident_kind,born,risks_to_others,until\n"
        "X1,H2,other_authority_child,01/01/2008,violence,\n"
        "X2,H9,staying_put,,,\n"
        "X3,H2,staying_put,,,01/03/2018\n"
        "C1,H2,other_authority_child,,,\n"
        "X1,H1,staying_put,,,\n"
    )
    reading = read(tmp_path, residents=text)
    assert [(r.id, r.kind, r.risks_to_others) for r in case_of(reading).residents] == [
        ("X1", ResidentKind.OTHER_AUTHORITY, frozenset({Risk.VIOLENCE}))
    ]
    assert [(f.code, f.row) for f in reading.findings if f.file == "residents.csv"] == [
        ("home-unknown", 3),
        ("resident-left", 4),
        ("resident-is-child", 5),
        ("row-duplicated", 6),
    ]


@pytest.mark.parametrize(("kind", "risks"), [("lodger", ""), ("staying_put", "violance"), ("own_child_set_aside", "")])
def test_a_home_whose_residents_cannot_be_read_is_set_aside(tmp_path: Path, kind: str, risks: str) -> None:
    text = f"resident_id,home_id,resident_kind,risks_to_others\nX1,H1,{kind},{risks}\n"
    reading = read(tmp_path, residents=text)
    assert aside(reading) == {("home", "H1")}
    assert set(case_of(reading).home) == {"H2"}


def test_offers_and_refusals(tmp_path: Path) -> None:
    offers = (
        "home_id,child_id,offered_on,held_until,agreed\n"
        "H1,C1,01/03/2018,10/04/2018,Y\nH2,C1,05/03/2018,10/04/2018,Y\nH2,C2,05/03/2018,01/03/2018,\n"
        "H9,C1,05/03/2018,10/04/2018,\nH1,C9,05/03/2018,10/04/2018,\nH1,C2,,10/04/2018,\n"
    )
    refusals = "home_id,child_id,refused_on,reason\nH2,C1,04/03/2018,price\nH1,C2,,odd\nH1,C3,01/03/2018,price\n"
    reading = read(tmp_path, offers=offers, refusals=refusals)
    case = case_of(reading)
    assert [(o.home_id, o.child_id, o.agreed) for o in case.offers] == [
        ("H1", "C1", False),
        ("H2", "C1", True),
        ("H2", "C2", False),
    ]
    assert [(r.home_id, r.child_id, r.refused_on, r.reason) for r in case.refusals] == [
        ("H1", "C2", dt.date(2018, 3, 31), RefusalReason.OTHER)
    ]
    assert [(f.code, f.row) for f in reading.findings if f.file == "offers.csv"] == [
        ("offer-second", 3),
        ("offer-odd", 4),
        ("home-unknown", 5),
        ("child-unknown", 6),
        ("cell-blank", 7),
    ]
    assert [(f.code, f.row) for f in reading.findings if f.file == "refusals.csv"] == [
        ("refusal-and-offer", 2),
        ("cell-unreadable", 3),
        ("child-not-in-care", 4),
    ]


def test_population_and_providers(tmp_path: Path) -> None:
    population = (
        "district,age_from,age_to,count\n"
        "E07000242,0,4,9100\nE07000242,0,4,9000\ne07000241,0,4,1\nE99999999,0,4,1\nE07000240,5,4,1\n"
    )
    providers = "provider_id,provider_name,sector\nP1,The council,in_house\n"
    reading = read(tmp_path, population=population, providers=providers)
    assert [(p.district, p.count) for p in case_of(reading).population] == [("E07000242", 9100), ("E07000241", 1)]
    assert one(reading, "district-unknown").row == 5
    assert one(reading, "ages-reversed").row == 6
    assert "P2" in one(reading, "provider-unknown").message


def test_without_anything_usable_there_is_no_case(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {"ssda903/2018/header.csv": None, "ssda903/2018/episodes.csv": None},
        homes=None,
        placements=None,
        providers="provider_id,provider_name,sector\nP1,The council,in_house\n",
    )
    assert reading.case is None
    assert one(reading, "nothing-usable").severity is Severity.ERROR
