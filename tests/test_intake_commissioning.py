"""Comparators, prices, rises, contracts and savings from messy sheets, and care leavers from several returns."""

from datetime import date
from pathlib import Path

import pytest

from matcher.intake.cells import CellError, read_amount, read_hundredths
from models.commissioning import BlockContract, CareLeaver, Comparator, Price, Saving, Uplift, Whose
from models.vocabulary import HomeKind, Sector
from tests.make_files import case_of, found, read

OC3 = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n"


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [("10", 1000), ("10.2", 1020), ("-3.25", -325), ("+0.5", 50), ("3.50%", 350), ("1,204", 120400), ("2.500", 250)],
)
def test_numbers_with_two_decimals_are_read_exactly(text: str, hundredths: int) -> None:
    assert read_hundredths(text) == hundredths


@pytest.mark.parametrize("text", ["", "ten", "1.234", "1e3", "=1+1", "--1", "12345678", "1.", "nan"])
def test_anything_else_is_no_such_number(text: str) -> None:
    with pytest.raises(CellError):
        read_hundredths(text)


def test_amounts_may_be_more_than_a_weekly_price_and_never_less_than_nothing() -> None:
    assert read_amount("£3,600,000") == 360_000_000
    for text in ("-1", "10000000001", "lots"):
        with pytest.raises(CellError):
            read_amount(text)


def test_good_sheets_are_read_to_the_penny(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        comparators="indicator,target,neighbours,period\nat_a_distance,8.5,9.25,2017/18\n",
        prices="year,kind,sector,disability,weekly_price,whose,source\n2017,foster,private,Y,1228.50,own,ledger\n",
        uplifts="year,kind,rise_percent\n2019,,2.5\n2019,residential,-1.25\n",
        contracts="contract_id,home_ids,places_bought,weekly_cost,sold_places,sold_weekly_income,starts\n"
        "B1,H2;H1,3,9200,1,2500.10,01/04/2017\n",
        savings="scheme,year,saving,cashable,cost\nBlock home,2019,150000,Y,40000\nBlock home,2019,99.99,N,\n",
    )
    case = case_of(reading)
    assert not [f for f in reading.findings if f.severity != "note"]
    assert case.comparators == (Comparator(indicator="at_a_distance", target=8.5, neighbours=9.25, period="2017/18"),)
    assert case.prices == (
        Price(
            year=2017,
            kind=HomeKind.FOSTER,
            sector=Sector.PRIVATE,
            disability=True,
            weekly_pence=122_850,
            whose=Whose.OWN,
            source="ledger",
        ),
    )
    assert case.uplifts == (
        Uplift(year=2019, hundredths=250),
        Uplift(year=2019, kind=HomeKind.RESIDENTIAL, hundredths=-125),
    )
    assert case.contracts == (
        BlockContract(
            id="B1",
            home_ids=("H2", "H1"),
            places=3,
            weekly_pence=920_000,
            starts=date(2017, 4, 1),
            sold_places=1,
            sold_weekly_pence=250_010,
        ),
    )
    assert case.savings == (
        Saving(scheme="Block home", year=2019, pence=15_000_000, cashable=True, cost_pence=4_000_000),
        Saving(scheme="Block home", year=2019, pence=9_999, cashable=False),
    )


def test_what_is_wrong_is_told_where_it_is_and_good_rows_are_kept(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        comparators="indicator,target,neighbours\nkept,,\nkept,5,\nbad,about ten,7\n",
        prices="year,kind,sector,weekly_price,whose,source\n"
        "17,foster,private,900,own,ledger\n2017,castle,private,900,own,ledger\n"
        "2017,foster,private,-5,own,ledger\n2017,foster,private,900,benchmark,ledger\n",
        uplifts="year,rise_percent\n2019,2000\n2020,3\n2020,4\n",
        contracts="contract_id,home_ids,places_bought,weekly_cost,sold_places\n"
        "B1,H2;H8,3,9200,\nB2,H8,3,9200,\nB3,H2,0,9200,\nB4,H2,2,9200,3\nB1,H1,1,1,\n",
        savings="scheme,year,saving,cashable\nA,2019,-1,Y\nB,2019,5,perhaps\nC,2019,5,N\n",
    )
    case = case_of(reading)
    assert [c.indicator for c in case.comparators] == ["kept", "bad"]
    assert case.comparators[1].target is None and case.comparators[1].neighbours == 7
    assert [p.whose for p in case.prices] == [Whose.BENCHMARK]
    assert [(u.year, u.hundredths) for u in case.uplifts] == [(2020, 300)]
    assert [(c.id, c.home_ids) for c in case.contracts] == [("B1", ("H2",))]
    assert [s.scheme for s in case.savings] == ["C"]
    told = {(f.code, f.file, f.row, f.column) for f in reading.findings}
    assert told >= {
        ("row-duplicated", "comparators.csv", 3, None),
        ("cell-unreadable", "comparators.csv", 4, "target"),
        ("year-unknown", "prices.csv", 2, "year"),
        ("cell-unreadable", "prices.csv", 3, "kind"),
        ("cell-unreadable", "prices.csv", 4, "weekly_price"),
        ("rise-out-of-range", "uplifts.csv", 2, "rise_percent"),
        ("row-duplicated", "uplifts.csv", 4, None),
        ("home-unknown", "contracts.csv", 2, "home_ids"),
        ("home-unknown", "contracts.csv", 3, "home_ids"),
        ("contract-places", "contracts.csv", 4, None),
        ("contract-places", "contracts.csv", 5, None),
        ("row-duplicated", "contracts.csv", 6, None),
        ("cell-unreadable", "savings.csv", 2, "saving"),
        ("cell-unreadable", "savings.csv", 3, "cashable"),
    }


def test_words_that_a_spreadsheet_would_run_stay_words(tmp_path: Path) -> None:
    hostile = "=cmd|' /C calc'!A1"
    reading = read(tmp_path, savings=f'scheme,year,saving,cashable\n"{hostile}",2019,5,Y\n')
    assert case_of(reading).savings[0].scheme == hostile


def test_care_leavers_are_those_of_the_latest_return(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "ssda903/2017/oc3.csv": OC3 + "L1,01/05/1998,YES,F1,B1\nL2,01/06/1999,YES,F2,C1\n",
            "ssda903/2018/oc3.csv": OC3 + "L2,01/06/1999,NO,G5,X9\nL3,02/07/2000,YES,F4,E2\n",
        },
    )
    leavers = case_of(reading).care_leavers
    assert [leaver.id for leaver in leavers] == ["L2", "L3"]
    assert leavers[1] == CareLeaver(id="L3", born=date(2000, 7, 2), in_touch="YES", activity="F4", accommodation="E2")
    assert leavers[0].accommodation is None, "a code that no year lists"


def test_sheets_that_nobody_filled_in_give_nothing(tmp_path: Path) -> None:
    case = case_of(read(tmp_path))
    assert (case.comparators, case.prices, case.uplifts, case.contracts, case.savings) == ((), (), (), (), ())
    assert not found(read(tmp_path), "home-unknown")
