"""The adoption pool from sheets, returns, Annex A and other systems' exports: good, messy and hostile."""

import datetime as dt
from pathlib import Path

import pytest

from models.adoption import AgencyTier, Answer, EndedBy, LeftReason, LinkStage
from models.vocabulary import Pet, PetsWish, Sex, SiblingDecision
from tests.make_files import aside, case_of, found, one, read, serious

AGENCIES = "agency_id,agency_name,agency_tier\nOURS,Our agency,own\nEAST,Adopt East (invented),partner\n"
CHILDREN = "child_id,decided_on,placement_order_on,sex,born,agency_id,"
ADOPTERS = "family_id,approved_on,dual_approval,postcode,agency_id,"
POST = "SG13 8DE"


def test_a_pool_of_sheets_is_read_whole(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        agencies=AGENCIES,
        adoption_children=CHILDREN
        + "heritage,languages,religion,only_child,youngest,pets,allergies,early_permanence,home_postcode,"
        + "q_prenatal_alcohol,family_id,ethnicity\n"
        + f"A1,01/08/2017,01/11/2017,F,02/03/2015,,White British;Indian,English,Hindu,N,Y,can,cat,Y,{POST},3,,WBRI\n"
        + "A2,01/08/2017,,M,02/03/2016,EAST,,,,,,,,,,,F1,\n",
        adopters=ADOPTERS
        + "age_from,age_to,hoped_age_to,sexes,number,heritage,household_born,pets,smoking,a_aggression,"
        + "a_domain_attachment,a_prenatal_alcohol,left_on,left_reason,fee_received,avoid_postcodes\n"
        + f"F1,01/12/2017,Y,{POST},,0,5,3,F;M,2,Indian,01/02/2010;03/04/2012,none,N,yes 1 discuss 3,no,discuss,,,,\n"
        + f"F2,,N,{POST},EAST,,,,,,,,dog,,yes,yes 2,,01/02/2018,withdrew,16483.50,{POST}\n",
        adoption_siblings="adoption_group_id,child_id,unit,decision,decided_on,decided_by\n"
        + "S1,A1,,together,01/09/2017,Panel\nS1,A2,,together,01/09/2017,Panel\n",
        adoption_links="family_id,child_id,started_on,stage,ended_on,ended_by,reason\n"
        + "F1,A1,01/02/2018,panel_booked,,,\nF2,A1,01/01/2018,visited,01/02/2018,family,too young\n",
        needs="child_id,assessed_on,need_aggression\nA1,01/10/2017,2\nA2,01/10/2017,1\n",
        locations=f"child_id,purpose,postcode,within_miles\nA2,avoid,{POST},3\n",
    )
    assert not serious(reading)
    pool = case_of(reading).adoption
    assert [(agency.id, agency.tier) for agency in pool.agencies] == [
        ("OURS", AgencyTier.OWN), ("EAST", AgencyTier.PARTNER),
    ]  # fmt: skip
    first, second = pool.child["A1"], pool.child["A2"]
    assert (first.sex, first.born, first.heritage) == (Sex.FEMALE, dt.date(2015, 3, 2), ("White British", "Indian"))
    assert (first.languages, first.religion, first.ethnicity) == (("English",), "Hindu", "WBRI")
    assert (first.youngest, first.only_child, first.early_permanence) == (True, False, True)
    assert (first.pets, first.allergies, first.background) == (
        PetsWish.CAN,
        frozenset({Pet.CAT}),
        {"prenatal_alcohol": 3},
    )
    assert first.profile is not None
    assert dict(first.profile.levels) == {"aggression": 2}
    assert first.home is not None
    assert first.dates.placement_order_on == dt.date(2017, 11, 1)
    assert (second.agency_id, second.family_id, second.avoid[0].within_miles) == ("EAST", "F1", 3)
    family, left = pool.family["F1"], pool.family["F2"]
    assert dict(family.criteria.answers) == {
        "aggression": Answer(yes=1, discuss=3),
        "domain_attachment": Answer(yes=0, discuss=0),
        "prenatal_alcohol": Answer(yes=0, discuss=4),
    }
    assert (family.criteria.age_to, family.criteria.hoped_age_to, family.criteria.number) == (5, 3, 2)
    assert ([each.born.year for each in family.household], family.pets, family.smoking) == (
        [2010, 2012],
        frozenset(),
        False,
    )
    assert (left.pets, left.dates.left_reason, left.fee_received_pence) == (
        frozenset({Pet.DOG}),
        LeftReason.WITHDREW,
        1_648_350,
    )
    assert dict(left.criteria.answers) == {
        "aggression": Answer(yes=4, discuss=4), "domain_attachment": Answer(yes=2, discuss=2),
    }  # fmt: skip
    assert left.avoid[0].within_miles == 5
    group = pool.sibling_groups[0]
    assert (group.decision, group.decided_by, group.children) == (SiblingDecision.TOGETHER, "Panel", ("A1", "A2"))
    assert [(link.stage, link.ended_by) for link in pool.links] == [
        (LinkStage.PANEL_BOOKED, None), (LinkStage.VISITED, EndedBy.FAMILY),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "code", "column", "gone"),
    [
        ("F9,01/12/2017,maybe,SG13 8DE,,", "cell-unreadable", "dual_approval", True),
        ("F9,01/12/2017,Y,ZZ99 9ZZ,,", "postcode-unknown", "postcode", False),
        ("F9,01/12/2017,Y,,,", "family-not-placed", "postcode", False),
        ("F9,31/31/2017,Y,SG13 8DE,,", "cell-unreadable", "approved_on", False),
        ("F9,01/12/2017,Y,SG13 8DE,NOBODY,", "agency-unknown", "agency_id", False),
    ],
)
def test_what_is_wrong_with_a_family_is_told_and_the_others_stay(
    tmp_path: Path, row: str, code: str, column: str, gone: bool
) -> None:
    reading = read(tmp_path, agencies=AGENCIES, adopters=f"{ADOPTERS}\nF1,01/12/2017,Y,{POST},,\n{row}\n")
    finding = one(reading, code)
    assert (finding.file, finding.row, finding.column) == ("adopters.csv", 3, column)
    assert finding.expected
    assert ("F9" in case_of(reading).adoption.family) is not gone
    assert (("family", "F9") in aside(reading)) is gone
    assert "F1" in case_of(reading).adoption.family


@pytest.mark.parametrize("said", ["perhaps", "yes 5", "yes 3 discuss 1", "no 2", "=1+1", "yes yes"])
def test_an_answer_that_is_none_is_told_and_read_as_not_asked(tmp_path: Path, said: str) -> None:
    sheet = f"{ADOPTERS}a_aggression,a_education\nF1,01/12/2017,Y,{POST},,{said},yes 2\n"
    reading = read(tmp_path, adopters=sheet)
    finding = one(reading, "cell-unreadable")
    assert (finding.column, finding.value, finding.row) == ("a_aggression", said, 2)
    assert "discuss" in finding.expected
    assert dict(case_of(reading).adoption.family["F1"].criteria.answers) == {"education": Answer(yes=2, discuss=2)}


@pytest.mark.parametrize(
    ("fields", "values", "code"),
    [
        ("age_from,age_to", "5,3", "ages-reversed"),
        ("household_born", "01/02/2010;soon", "cell-unreadable"),
        ("avoid_postcodes", "nowhere", "avoid-not-placed"),
    ],
)
def test_a_family_whose_terms_or_safety_are_unclear_is_set_aside(
    tmp_path: Path, fields: str, values: str, code: str
) -> None:
    reading = read(tmp_path, adopters=f"{ADOPTERS}{fields}\nF1,01/12/2017,Y,{POST},,{values}\n")
    assert found(reading, code)
    assert aside(reading) == {("family", "F1")}


def test_hopes_beyond_the_terms_are_brought_within_them(tmp_path: Path) -> None:
    sheet = f"{ADOPTERS}age_from,age_to,hoped_age_to,number,hoped_number\nF1,01/12/2017,Y,{POST},,0,5,9,2,3\n"
    reading = read(tmp_path, adopters=sheet)
    assert len(found(reading, "hope-beyond-terms")) == 2
    criteria = case_of(reading).adoption.family["F1"].criteria
    assert (criteria.hoped_age_to, criteria.hoped_number) == (5, 2)


def test_the_returns_tell_plans_that_no_sheet_has_and_the_sheet_wins_where_they_differ(tmp_path: Path) -> None:
    episodes = (
        "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
        f"K1,01/02/2017,S,C2,N1,U6,PR1,01/10/2017,X1,,{POST},{POST},\n"
        f"K1,01/10/2017,L,E1,N1,U6,PR1,01/12/2017,X1,,{POST},{POST},\n"
        f"K1,01/12/2017,P,E1,N1,A6,PR1,01/03/2018,E12,,{POST},{POST},\n"
        f"K2,01/02/2017,S,E1,N1,U6,PR1,,,,{POST},{POST},\n"
    )
    header = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nK1,1,02/03/2016,WBRI,,,\nK2,2,02/03/2016,BCRB,,,\n"
    reading = read(
        tmp_path,
        episodes=episodes,
        header=header,
        ad1="CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n"
        "K1,02/03/2016,01/08/2017,20/11/2017,0,2,MF,L11\n",
        placed_for_adoption="CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED\n"
        "K1,02/03/2016,01/08/2017,,\nK2,02/03/2016,01/01/2017,05/03/2018,RD1\n",
        adoption_children="child_id,decided_on,placement_order_on\nK1,01/08/2017,20/09/2017\n",
    )
    one_, two = (case_of(reading).adoption.child[name].dates for name in ("K1", "K2"))
    assert (one_.entered_care, one_.decided_on, one_.matched_on) == (
        dt.date(2017, 2, 1), dt.date(2017, 8, 1), dt.date(2017, 11, 20),
    )  # fmt: skip
    assert (one_.placement_order_on, one_.placed_on, one_.adopted_on) == (
        dt.date(2017, 9, 20), dt.date(2017, 12, 1), dt.date(2018, 3, 1),
    )  # fmt: skip
    assert (two.reversed_on, two.reversal_reason) == (dt.date(2018, 3, 5), "RD1")
    differ = one(reading, "plan-dates-differ")
    assert (differ.column, differ.file) == ("placement_order_on", "adoption_children.csv")
    assert "20/09/2017" in differ.message
    assert "01/10/2017" in differ.message


def test_dates_in_an_impossible_order_are_told_once_a_child_and_kept(tmp_path: Path) -> None:
    sheet = (
        "child_id,decided_on,placement_order_on,matched_on,placed_on,adopted_on,sex,born\n"
        "A1,01/08/2017,,01/07/2017,01/06/2017,,F,02/03/2015\n"
        "A2,01/08/2017,,01/09/2017,01/10/2017,01/02/2018,F,02/03/2015\n"
        "A3,01/08/2017,,01/08/2017,01/08/2017,01/08/2017,F,01/08/2017\n"
        "A4,01/08/2017,,,01/10/2017,01/09/2017,F,02/09/2017\n"
    )
    reading = read(tmp_path, adoption_children=sheet)
    first, second = found(reading, "plan-dates-out-of-order")
    assert (first.subject, first.row, second.subject) == ("A1", 2, "A4")
    assert "matched_on (01/07/2017) is before decided_on (01/08/2017)" in first.message
    assert "placed_on (01/06/2017) is before matched_on (01/07/2017)" in first.message
    assert "adopted_on (01/09/2017) is before placed_on (01/10/2017)" in second.message
    assert "decided_on (01/08/2017) is before born (02/09/2017)" in second.message
    assert case_of(reading).adoption.child["A1"].dates.matched_on == dt.date(2017, 7, 1)
    assert len(case_of(reading).adoption.children) == 4


def test_a_return_with_an_impossible_order_is_told_too(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        header="CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nK1,1,02/03/2016,WBRI,,,\n",
        ad1="CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR\n"
        "K1,02/03/2016,20/11/2017,01/08/2017,0,2,MF,L11\n",
    )
    assert one(reading, "plan-dates-out-of-order").subject == "K1"


def test_annex_a_lists_10_and_11_are_read_by_ofsteds_headings(tmp_path: Path) -> None:
    list_10 = (
        "Child Unique ID,Family identifier,Gender,Ethnicity,Date of Birth,Age of Child (Years),"
        "Does the Child have a Disability,Date the Child Entered Care,"
        "Date of Decision that Child Should be Placed for Adoption,Date of Placement Order,"
        "Date of Matching Child and Prospective Adopters,Date Placed for Adoption,Date of Adoption Order,"
        "Date of Decision that Child Should No Longer be Placed for Adoption,"
        "Reason Why Child No Longer Placed for Adoption,"
        "Date the child was placed for fostering in FFA or concurrent planning placement\n"
        "A1,X,a) Female,WBRI,02/03/2016,2,b) No,01/02/2017,01/08/2017,01/10/2017,,,,05/03/2018,"
        "c) Prospective adopters cannot be found,\n"
    )
    list_11 = (
        "Individual adopter identifier,Family identifier,Gender,Ethnicity,Disability,"
        "Is the (prospective) adopter fostering for adoption?,Date enquiry received,Date Stage 1 started,"
        "Date Stage 1 ended,Date Stage 2 started,Date Stage 2 ended,Date application submitted,"
        "Date application approved,Date adopter matched with child(ren),"
        "Date child/children placed with adopter(s),No. of children placed,Date of Adoption Order,"
        "Date of leaving adoption process,Reason for leaving adoption process\n"
        "P1,F1,Female,WBRI,b) No,1 - Yes,01/02/2017,01/03/2017,01/05/2017,01/05/2017,01/09/2017,,01/10/2017,,,,,,\n"
        "P2,F1,Male,AIND,b) No,1 - Yes,01/02/2017,01/03/2017,01/05/2017,01/05/2017,01/09/2017,,01/10/2017,,,,,,\n"
        "P3,,Male,WBRI,b) No,0,01/02/2017,,,,,,,,,,,01/06/2017,Process put on hold\n"
    )
    template = f"{ADOPTERS}age_to\nF1,01/10/2017,,{POST},,6\n"
    reading = read(tmp_path, list_10=list_10, list_11=list_11, adopters=template)
    pool = case_of(reading).adoption
    child = pool.child["A1"]
    assert (child.sex, child.disabled, child.dates.reversal_reason) == (Sex.FEMALE, False, "RD3")
    family = pool.family["F1"]
    assert (family.ethnicity, family.dual_approval, family.criteria.age_to) == (("WBRI", "AIND"), True, 6)
    assert family.location is not None
    assert (pool.family["P3"].location, pool.family["P3"].dates.left_reason) == (None, LeftReason.ON_HOLD)
    assert not found(reading, "file-not-recognised")


def test_another_systems_export_is_mapped_by_a_column_table_and_what_it_does_not_map_is_told(tmp_path: Path) -> None:
    (tmp_path / "adoption_columns.toml").write_text(
        '[[table]]\nname = "Export of adopters"\nsheet = "adopters"\nknown_by = ["Adopter reference"]\n'
        '[table.columns]\n"Adopter reference" = "family_id"\n"Approved" = "approved_on"\n"Post code" = "postcode"\n'
        '"FASD" = "a_prenatal_alcohol"\n"FfA" = "dual_approval"\n'
        '[table.words.a_prenatal_alcohol]\n"Would consider*" = "discuss"\n"Low" = "yes 1"\n',
        encoding="utf-8",
    )
    reading = read(
        tmp_path,
        export="Adopter reference,Approved,Post code,FASD,FfA,Likes\n"
        f"LM1,01/12/2017,{POST},would consider it,N,Music\n",
    )
    family = case_of(reading).adoption.family["LM1"]
    assert dict(family.criteria.answers) == {"prenatal_alcohol": Answer(yes=0, discuss=4)}
    assert "Likes" in one(reading, "columns-extra").message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[table", "not TOML"),
        ('[[table]]\nname = "X"\nsheet = "adopters"\n[table.columns]\n"A" = "family_id"\n', "known_by"),
        ('[[table]]\nname = "X"\nsheet = "nope"\nknown_by = ["A"]\n[table.columns]\n"A" = "family_id"\n', "sheet nope"),
        ('[[table]]\nname = "X"\nsheet = "adopters"\nknown_by = ["A"]\n[table.columns]\n"A" = "colour"\n', "colour"),
    ],
)
def test_a_column_table_that_is_wrong_is_told_of(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "adoption_columns.toml").write_text(text, encoding="utf-8")
    reading = read(tmp_path, adopters=f"{ADOPTERS}\nF1,01/12/2017,Y,{POST},,\n")
    finding = one(reading, "column-table-wrong")
    assert told in finding.message
    assert finding.file == "adoption_columns.toml"


def test_links_and_siblings_of_nobody_are_told_of(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        adopters=f"{ADOPTERS}\nF1,01/12/2017,Y,{POST},,\n",
        adoption_children=f"{CHILDREN}family_id\nA1,01/08/2017,,F,02/03/2015,,F7\n",
        adoption_links="family_id,child_id,started_on\nF1,A9,01/01/2018\nF7,A1,01/01/2018\n",
    )
    assert {finding.column for finding in found(reading, "link-of-nobody")} == {"child_id", "family_id"}
    assert one(reading, "family-unknown").value == "F7"
    assert case_of(reading).adoption.links == ()


def test_an_adoption_policy_replaces_its_defaults_and_a_wrong_value_is_told(tmp_path: Path) -> None:
    (tmp_path / "adoption_policy.toml").write_text(
        "heritage_not_supported = 0\nidentity_fades_over_days = -3\n", encoding="utf-8"
    )
    reading = read(tmp_path, adopters=f"{ADOPTERS}\nF1,01/12/2017,Y,{POST},,\n")
    policy = case_of(reading).adoption_policy
    assert (policy.heritage_not_supported, policy.identity_fades_over_days) == (0, 120)
    assert one(reading, "setting-wrong").column == "identity_fades_over_days"


def test_an_agency_with_no_children_looked_after_of_its_own_has_a_case(tmp_path: Path) -> None:
    alone: dict[str, str | bytes | None] = {
        name: None
        for name in (
            "ssda903/2018/header.csv", "ssda903/2018/episodes.csv", "homes.csv", "placements.csv", "providers.csv",
        )
    }  # fmt: skip
    reading = read(tmp_path, alone, adopters=f"{ADOPTERS}\nF1,01/12/2017,Y,{POST},,\n")
    assert not serious(reading)
    case = case_of(reading)
    assert (case.children, case.homes, list(case.adoption.family)) == ((), (), ["F1"])
