"""What codes mean: kind, sector, disruption, legal group, URN rule, ages. Every code is tried once."""

from datetime import date

import pytest

from models.ssda903 import (
    EthnicGroup,
    LegalGroup,
    PlacementKind,
    age_at,
    age_band,
    ethnic_group,
    ever_listed,
    home_kind,
    is_disruption,
    is_on_remand,
    is_provider_required,
    is_same_carer,
    is_short_break,
    is_temporary,
    is_uasc,
    is_urn_required,
    legal_group,
    placement_kind,
    published_age_band,
    sector,
)
from models.vocabulary import HomeKind, Sector


@pytest.mark.parametrize(
    ("place", "provider", "kind"),
    [
        ("U1", "PR1", PlacementKind.KINSHIP),
        ("U2", "PR4", PlacementKind.KINSHIP),
        ("U3", None, PlacementKind.KINSHIP),
        ("U4", "PR1", PlacementKind.IN_HOUSE_FOSTERING),
        ("U5", "PR1", PlacementKind.IN_HOUSE_FOSTERING),
        ("U6", "PR2", PlacementKind.OTHER_AUTHORITY_FOSTERING),
        ("U6", "PR3", PlacementKind.OTHER_AUTHORITY_FOSTERING),
        ("U6", "PR4", PlacementKind.IFA_FOSTERING),
        ("U4", "PR5", PlacementKind.IFA_FOSTERING),
        ("U4", None, PlacementKind.FOSTERING_PROVIDER_UNKNOWN),
        ("U4", "PR0", PlacementKind.FOSTERING_PROVIDER_UNKNOWN),
        ("K1", "PR2", PlacementKind.SECURE),
        ("K2", "PR1", PlacementKind.IN_HOUSE_RESIDENTIAL),
        ("K2", "PR2", PlacementKind.OTHER_AUTHORITY_RESIDENTIAL),
        ("K2", "PR4", PlacementKind.INDEPENDENT_RESIDENTIAL),
        ("K2", "PR5", PlacementKind.INDEPENDENT_RESIDENTIAL),
        ("K2", None, PlacementKind.RESIDENTIAL_PROVIDER_UNKNOWN),
        ("K3", "PR4", PlacementKind.SUPPORTED),
        ("H5", "PR4", PlacementKind.SUPPORTED),
        ("P2", "PR1", PlacementKind.SUPPORTED),
        ("P1", "PR0", PlacementKind.PARENTS),
        ("P3", "PR4", PlacementKind.OTHER),
        ("R1", "PR4", PlacementKind.CARE_HOME),
        ("R2", "PR3", PlacementKind.NHS),
        ("R3", "PR4", PlacementKind.PARENT_AND_CHILD),
        ("R5", "PR3", PlacementKind.YOI),
        ("S1", "PR4", PlacementKind.RESIDENTIAL_SCHOOL),
        ("A3", "PR1", PlacementKind.ADOPTION),
        ("A6", "PR5", PlacementKind.ADOPTION),
        ("T3", None, PlacementKind.TEMPORARY),
        ("Z1", None, PlacementKind.OTHER),
        ("Z13", None, PlacementKind.OTHER),
    ],
)
def test_placement_kind(place: str, provider: str | None, kind: PlacementKind) -> None:
    assert placement_kind(place, provider) is kind


def test_every_place_code_of_every_year_has_a_kind_with_every_provider() -> None:
    for place in ever_listed("PLACE"):
        for provider in [None, *ever_listed("PLACE_PROVIDER")]:
            assert placement_kind(place, provider) in PlacementKind


def test_every_legal_status_and_ethnic_code_has_a_group() -> None:
    assert {legal_group(code) for code in ever_listed("LS")} == set(LegalGroup)
    assert {ethnic_group(code) for code in ever_listed("ETHNIC")} == set(EthnicGroup)


@pytest.mark.parametrize("code", ["", "u4", "U7", "X1"])
def test_a_code_that_never_was_is_an_error_with_the_list(code: str) -> None:
    with pytest.raises(ValueError, match=r"PLACE .* not a code of any year.*U4, U5, U6"):
        placement_kind(code, "PR1")


def test_a_provider_that_never_was_is_an_error() -> None:
    with pytest.raises(ValueError, match="PLACE_PROVIDER 'PR6'"):
        placement_kind("U4", "PR6")


def test_sector() -> None:
    assert [sector(code) for code in ("PR0", "PR1", "PR2", "PR3", "PR4", "PR5", None)] == [
        None,
        Sector.IN_HOUSE,
        Sector.OTHER_AUTHORITY,
        Sector.OTHER_AUTHORITY,
        Sector.PRIVATE,
        Sector.VOLUNTARY,
        None,
    ]


def test_home_kind_only_where_a_home_can_give_it() -> None:
    assert home_kind(PlacementKind.IFA_FOSTERING) is HomeKind.FOSTER
    assert home_kind(PlacementKind.FOSTERING_PROVIDER_UNKNOWN) is HomeKind.FOSTER
    assert home_kind(PlacementKind.INDEPENDENT_RESIDENTIAL) is HomeKind.RESIDENTIAL
    assert home_kind(PlacementKind.KINSHIP) is HomeKind.CONNECTED
    assert home_kind(PlacementKind.SUPPORTED) is HomeKind.SUPPORTED
    homeless = {kind for kind in PlacementKind if home_kind(kind) is None}
    assert homeless == {
        *(PlacementKind.ADOPTION, PlacementKind.PARENTS, PlacementKind.CARE_HOME, PlacementKind.NHS),
        *(PlacementKind.YOI, PlacementKind.TEMPORARY, PlacementKind.OTHER),
    }


def test_same_carer_temporary_and_short_break_codes() -> None:
    assert {code for code in ever_listed("RNE") if is_same_carer(code)} == {"L", "T", "U"}
    assert {code for code in ever_listed("PLACE") if is_temporary(code)} == {"T0", "T1", "T2", "T3", "T4"}
    assert {code for code in ever_listed("LS") if is_short_break(code)} == {"V3", "V4"}
    assert {code for code in ever_listed("LS") if is_on_remand(code)} == {"J1"}


def test_legal_groups() -> None:
    assert legal_group("C1") is legal_group("C2") is LegalGroup.CARE_ORDER
    assert legal_group("E1") is legal_group("D1") is LegalGroup.PLACEMENT_ORDER
    assert legal_group("V2") is LegalGroup.VOLUNTARY
    assert legal_group("J1") is LegalGroup.YOUTH_JUSTICE
    assert legal_group("L1") is LegalGroup.PROTECTION


def test_disruption_label() -> None:
    reasons = ever_listed("REASON_PLACE_CHANGE")
    assert {code for code in reasons if is_disruption(code)} == {
        *("CREQB", "CREQO", "CHILD", "STAND", "ALLEG", "APPRR"),
    }
    assert {code for code in reasons if is_disruption(code) is False} == {
        *("CARPL", "PLACE", "CLOSE", "CUSTOD", "LAREQ"),
    }
    assert is_disruption("LAREQ", count_authority_request=True) is True
    assert is_disruption("OTHER") is None
    assert is_disruption(None) is None
    with pytest.raises(ValueError, match="REASON_PLACE_CHANGE 'BORED'"):
        is_disruption("BORED")


def test_uasc_status_lasts_until_the_day_it_ceased() -> None:
    assert is_uasc(None, date(2018, 3, 31))
    assert is_uasc(date(2018, 4, 1), date(2018, 3, 31))
    assert not is_uasc(date(2018, 3, 31), date(2018, 3, 31))


def test_chinese_counts_with_other_ethnic_groups() -> None:
    assert ethnic_group("CHNE") is EthnicGroup.OTHER
    assert ethnic_group("NOBT") is EthnicGroup.NOT_KNOWN


def test_urn_rule() -> None:
    needed = {code for code in ever_listed("PLACE") if is_urn_required(code, 2018)}
    assert needed == {
        *("U1", "U2", "U3", "U4", "U5", "U6", "A3", "A4", "A5", "A6"),
        *("K1", "K2", "K3", "S1", "R3"),
    }
    assert not is_urn_required("K2", 2015)
    assert not is_urn_required("K2", 2018, in_england=False)


def test_provider_rule() -> None:
    free = {code for code in ever_listed("PLACE") if not is_provider_required(code)}
    assert free == {"T0", "T1", "T2", "T3", "T4", "Z1", "Z11", "Z12", "Z13", "Z14"}


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2002, 3, 31), date(2018, 3, 31), 16),
        (date(2002, 4, 1), date(2018, 3, 31), 15),
        (date(2018, 3, 31), date(2018, 3, 31), 0),
        (date(2004, 2, 29), date(2018, 2, 28), 13),
        (date(2004, 2, 29), date(2018, 3, 1), 14),
        (date(2004, 2, 29), date(2020, 2, 29), 16),
    ],
)
def test_age(born: date, on: date, age: int) -> None:
    assert age_at(born, on) == age


def test_age_before_birth_is_an_error() -> None:
    with pytest.raises(ValueError, match="31/03/2018 is before the date of birth 01/04/2018"):
        age_at(date(2018, 4, 1), date(2018, 3, 31))


def test_age_bands_at_their_edges() -> None:
    edges = [0, 1, 4, 5, 9, 10, 12, 13, 15, 16, 20]
    assert [age_band(age) for age in edges] == [
        *("under 1", "1-4", "1-4", "5-9", "5-9", "10-12", "10-12", "13-15", "13-15", "16+", "16+"),
    ]
    assert [published_age_band(age) for age in edges] == [
        *("under 1", "1-4", "1-4", "5-9", "5-9", "10-15", "10-15", "10-15", "10-15", "16+", "16+"),
    ]
    with pytest.raises(ValueError, match="negative"):
        age_band(-1)
