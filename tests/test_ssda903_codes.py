"""Code sets by collection year: the changes that happened, the years that are only assumed, and mistakes."""

from datetime import date

import pytest

from models.ssda903 import (
    Basis,
    basis,
    code_set_names,
    codes,
    collection_year,
    ever_listed,
    known_years,
    nearest_known_year,
    year_end,
    year_label,
    year_start,
    years_listing,
)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2018, 3, 31), 2018), (date(2018, 4, 1), 2019), (date(2017, 12, 31), 2018), (date(2018, 1, 1), 2018)],
)
def test_a_collection_year_runs_from_april_to_march(day: date, year: int) -> None:
    assert collection_year(day) == year
    assert year_start(year) <= day <= year_end(year)


def test_year_label() -> None:
    assert [year_label(y) for y in (2014, 2018, 2000, 2010)] == ["2013/14", "2017/18", "1999/00", "2009/10"]


def test_years_2013_14_to_2026_27_are_known() -> None:
    assert [year_label(y) for y in (known_years()[0], known_years()[-1])] == ["2013/14", "2026/27"]
    assert nearest_known_year(2010) == 2014
    assert nearest_known_year(2020) == 2020
    assert nearest_known_year(2031) == 2027


def test_sex_changes_from_numbers_to_letters_in_2024_25() -> None:
    assert dict(codes("SEX", 2024)) == {"1": "male", "2": "female"}
    assert list(codes("SEX", 2025)) == ["M", "F", "U"]


def test_place_list_gains_k3_and_loses_h5_and_p2_in_2024_25() -> None:
    before, after = set(codes("PLACE", 2024)), set(codes("PLACE", 2025))
    assert after - before == {"K3"}
    assert before - after == {"H5", "P2"}
    assert len(before) == 27


def test_z1_is_split_in_four_in_2025_26() -> None:
    before, after = set(codes("PLACE", 2025)), set(codes("PLACE", 2026))
    assert after - before == {"Z11", "Z12", "Z13", "Z14"}
    assert before - after == {"Z1"}


def test_guardianship_codes_and_custody_change_in_2018_19() -> None:
    assert {"E43", "E44"} <= set(codes("REC", 2018))
    assert set(codes("REC", 2019)) - set(codes("REC", 2018)) == {"E45", "E46", "E47", "E48"}
    assert set(codes("REC", 2018)) - set(codes("REC", 2019)) == {"E43", "E44"}
    assert set(codes("REASON_PLACE_CHANGE", 2019)) - set(codes("REASON_PLACE_CHANGE", 2018)) == {"CUSTOD"}


def test_social_worker_reasons_start_in_2023_24() -> None:
    assert not codes("SW_REASON", 2023)
    assert len(codes("SW_REASON", 2024)) == 10


def test_apprenticeships_are_told_apart_from_2021_22() -> None:
    assert {"F3", "P3"} == set(codes("ACTIV", 2021)) - set(codes("ACTIV", 2022))
    assert {"F4", "P4", "F5", "P5"} == set(codes("ACTIV", 2022)) - set(codes("ACTIV", 2021))


@pytest.mark.parametrize(
    ("set_name", "size"),
    {
        **{"ETHNIC": 20, "RNE": 6, "LS": 13, "CIN": 8, "PLACE_PROVIDER": 6, "REVIEW_CODE": 8, "REC": 20},
        **{"SDQ_REASON": 5, "MISSING": 2, "PREV_PERM": 5, "REASON_PLACED_CEASED": 4, "SEX_ADOPTR": 5},
        **{"LS_ADOPTR": 6, "IN_TOUCH": 6, "ACTIV": 10, "ACCOM": 33, "REASON_PLACE_CHANGE": 11},
    }.items(),
)
def test_size_of_each_list_in_2017_18(set_name: str, size: int) -> None:
    assert len(codes(set_name, 2018)) == size


def test_years_without_a_list_of_their_own_use_2017_18_and_say_so() -> None:
    for name in code_set_names():
        assert codes(name, 2014) == codes(name, 2018)
    assert [basis(year) for year in (2014, 2016)] == [Basis.ASSUMED, Basis.ASSUMED]
    assert {basis(year) for year in range(2017, 2027)} == {Basis.LISTED}
    assert basis(2027) is Basis.CARRIED_FORWARD


def test_every_code_has_one_label_in_all_its_years() -> None:
    for name in code_set_names():
        for year in known_years():
            for code, label in codes(name, year).items():
                assert label
                assert ever_listed(name)[code] == label


def test_a_retired_code_is_told_from_one_that_never_was() -> None:
    assert years_listing("PLACE", "H5") == tuple(range(2014, 2025))
    assert years_listing("PLACE", "K3") == (2025, 2026, 2027)
    assert years_listing("PLACE", "Q9") == ()


def test_lists_cannot_be_changed_by_a_caller() -> None:
    with pytest.raises(TypeError):
        codes("SEX", 2018)["3"] = "other"  # type: ignore[index]


def test_an_unknown_set_or_year_is_named() -> None:
    with pytest.raises(ValueError, match=r"no SSDA903 code set 'PLACES'.*PLACE_PROVIDER"):
        codes("PLACES", 2018)
    with pytest.raises(ValueError, match=r"2013/14 to 2026/27, not for 2012/13"):
        codes("PLACE", 2013)
    with pytest.raises(ValueError, match="2027/28"):
        basis(2028)
