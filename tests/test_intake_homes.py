from pathlib import Path

import pytest

from models.finding import Severity
from models.vocabulary import Contract, HomeKind, NotAvailable, Pet, Sex, Training
from tests.make_files import HOMES, aside, case_of, found, one, read, serious

COLUMNS = HOMES.strip()
H1 = "H1,P1,foster,in_house,AL1 3JE,2,414"
H2 = "H2,P2,residential,private,WD17 3EX,3,3810\n"


def test_what_is_left_blank_takes_its_stated_default(tmp_path: Path) -> None:
    text = HOMES.strip() + ",contract,age_to\n" + H1 + ",,\n" + "H2,P2,residential,private,WD17 3EX,3,3810,block,12\n"
    case = case_of(read(tmp_path, homes=text))
    one_, two = case.home["H1"], case.home["H2"]
    assert (one_.terms.age_from, one_.terms.age_to, one_.terms.sexes) == (0, 17, frozenset(Sex))
    assert (one_.bedrooms, one_.double_bedrooms, one_.named, one_.registered) == (2, 0, True, True)
    assert (one_.fee_pence, one_.marginal_fee_pence, one_.contract) == (41400, 41400, Contract.OWN)
    assert (two.fee_pence, two.marginal_fee_pence, two.contract) == (381000, 0, Contract.BLOCK)
    assert (one_.pets, one_.smoking, one_.training) == (None, None, Training.UNKNOWN)
    assert two.terms.age_to == 12
    assert one_.location.postcode == "AL1 3JE"


def test_every_column_is_read(tmp_path: Path) -> None:
    more = {
        "named_carers": "N",
        "sibling_places": "4",
        "sexes": "F",
        "exempt_children": "C1",
        "connected_children": "",
        "bedrooms": "2",
        "double_bedrooms": "1",
        "marginal_weekly_fee": "£1.50",
        "features": "Therapeutic; waking night",
        "pets": "cat;dog",
        "smoking": "N",
        "not_available_places": "1",
        "not_available_reason": "staffing",
        "closes_on": "2018-06-30",
        "skill_exploitation": "3",
        "skill_domain_emotion": "2",
        "skill_tags": "autism",
        "urn": "SC1",
    }
    text = COLUMNS + "," + ",".join(more) + "\n" + H1 + "," + ",".join(more.values()) + "\n"
    reading = read(tmp_path, homes=text)
    home = case_of(reading).home["H1"]
    assert (home.named, home.terms.sibling_places, home.terms.sexes) == (False, 4, frozenset({Sex.FEMALE}))
    assert home.terms.exempt_children == {"C1"}
    assert (home.bedrooms, home.double_bedrooms, home.marginal_fee_pence) == (2, 1, 150)
    assert {feature.value for feature in home.features} == {"therapeutic", "waking_night"}
    assert (home.pets, home.smoking) == (frozenset({Pet.CAT, Pet.DOG}), False)
    assert (home.not_available_places, home.not_available_reason) == (1, NotAvailable.STAFFING)
    assert f"{home.closes_on}" == "2018-06-30"
    assert home.skills.levels == {"exploitation": 3}
    assert home.skills.domain_levels == {"emotion": 2}
    assert home.skills.tags == ("autism",)
    assert serious(reading) == []


@pytest.mark.parametrize(("text", "pets"), [("none", frozenset()), ("", None), ("dog", frozenset({Pet.DOG}))])
def test_no_pets_is_not_the_same_as_not_known(tmp_path: Path, text: str, pets: frozenset[Pet] | None) -> None:
    assert case_of(read(tmp_path, homes=f"{COLUMNS},pets\n{H1},{text}\n")).home["H1"].pets == pets


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("kind", "fosterring", "cell-unreadable"),
        ("kind", "", "cell-blank"),
        ("sector", "ours", "cell-unreadable"),
        ("approved_places", "-1", "cell-unreadable"),
        ("approved_places", "two", "cell-unreadable"),
        ("approved_places", "5000", "cell-unreadable"),
        ("weekly_fee", "-414", "cell-unreadable"),
        ("weekly_fee", "", "cell-blank"),
        ("postcode", "here", "cell-unreadable"),
        ("postcode", "ZZ9 9ZZ", "postcode-unknown"),
        ("age_to", "old", "cell-unreadable"),
        ("sexes", "M;X", "cell-unreadable"),
        ("suspended", "perhaps", "cell-unreadable"),
        ("closes_on", "soon", "cell-unreadable"),
        ("pets", "rabit", "cell-unreadable"),
        ("age_from", "18", "ages-reversed"),
    ],
)
def test_a_home_with_an_error_is_set_aside_by_name(tmp_path: Path, column: str, text: str, code: str) -> None:
    cells = dict(zip(COLUMNS.split(","), H1.split(","), strict=True)) | {column: text}
    reading = read(tmp_path, homes=",".join(cells) + "\n" + ",".join(cells.values()) + "\n" + H2)
    finding = next(f for f in found(reading, code) if f.severity is Severity.ERROR)
    assert (finding.file, finding.row, finding.column) == ("homes.csv", 2, column)
    assert finding.action == "home H1 is set aside"
    case = case_of(reading)
    assert set(case.home) == {"H2"}
    assert ("home", "H1") in {(record.what, record.id) for record in case.set_aside}
    assert {finding.value for finding in found(reading, "home-unknown")} == {"H1"}
    assert {placement.home_id for placement in case.placements} == {None}


def test_a_word_that_is_not_vital_is_only_left_out(tmp_path: Path) -> None:
    reading = read(tmp_path, homes=f"{COLUMNS},features,training\n{H1},therapeutic;magic,high\n")
    assert [(f.column, f.value) for f in found(reading, "cell-unreadable")] == [
        ("training", "high"),
        ("features", "therapeutic;magic"),
    ]
    home = case_of(reading).home["H1"]
    assert {feature.value for feature in home.features} == {"therapeutic"}
    assert home.training is Training.UNKNOWN


def test_a_missing_column_that_every_home_needs_is_told_once(tmp_path: Path) -> None:
    text = "home_id,provider_id,kind,sector,postcode,approved_places\nH1,P1,foster,in_house,AL1 3JE,2\n"
    reading = read(tmp_path, homes=text)
    finding = one(reading, "column-missing")
    assert (finding.row, finding.column) == (1, "weekly_fee")
    assert aside(reading) == {("home", "H1")}


def test_a_home_given_twice_differently_is_set_aside_and_the_same_row_twice_is_not(tmp_path: Path) -> None:
    reading = read(tmp_path, homes=HOMES + H1 + "\n" + H1 + "\n" + H2 + H2.replace("3810", "3811"))
    assert one(reading, "row-duplicated").row == 3
    assert one(reading, "home-twice").row == 5
    assert aside(reading) == {("home", "H2")}


def test_several_files_of_homes_are_one_list(tmp_path: Path) -> None:
    reading = read(tmp_path, {"more/agency.csv": HOMES + H2}, homes=HOMES + H1 + "\n")
    assert set(case_of(reading).home) == {"H1", "H2"}
    assert {"homes.csv", "more/agency.csv"} <= set(case_of(reading).sources)


@pytest.mark.parametrize(
    ("more", "column"),
    [
        ({"double_bedrooms": "3"}, "double_bedrooms"),
        ({"not_available_places": "3"}, "not_available_places"),
        ({"sibling_places": "1"}, "sibling_places"),
        ({"marginal_weekly_fee": "415"}, "marginal_weekly_fee"),
        ({"kind": HomeKind.CONNECTED.value}, "connected_children"),
    ],
)
def test_odd_homes_are_told_of_and_kept(tmp_path: Path, more: dict[str, str], column: str) -> None:
    cells = dict(zip(COLUMNS.split(","), H1.split(","), strict=True)) | more
    reading = read(tmp_path, homes=",".join(cells) + "\n" + ",".join(cells.values()) + "\n")
    assert one(reading, "home-odd").column == column
    assert "H1" in case_of(reading).home


def test_more_people_than_places_are_told_of(tmp_path: Path) -> None:
    residents = "resident_id,home_id,resident_kind\nX1,H1,other_authority_child\nX2,H1,staying_put\n"
    finding = one(read(tmp_path, residents=residents), "home-overfull")
    assert (finding.file, finding.row, finding.column) == ("homes.csv", 2, "approved_places")
    assert finding.message == "3 children live in home H1, which has 2 places"


def test_names_in_terms_that_nobody_has_do_nothing_and_are_noted(tmp_path: Path) -> None:
    reading = read(tmp_path, homes=f"{COLUMNS},exempt_children\n{H1},C1;C3;C9\n")
    assert [f.subject for f in found(reading, "child-unknown")] == ["C3", "C9"]
    assert {f.severity for f in found(reading, "child-unknown")} == {Severity.NOTE}
