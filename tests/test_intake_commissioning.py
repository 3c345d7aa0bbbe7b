"""Comparators, prices, rises and savings from messy sheets; care leavers from several returns."""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from matcher.intake import case_cache
from matcher.intake.case import read_case
from matcher.intake.cells import CellError, read_amount, read_hundredths
from matcher.services.indicators.quarterly import Quartile, quarterly, unknown_comparators
from models.commissioning import CareLeaver, Comparator, Price, Saving, Uplift, Whose
from models.vocabulary import HomeKind, Sector
from tests.make_files import aside, case_of, found, one, read, write_case

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
        savings="scheme,year,saving,cashable\nA,2019,-1,Y\nB,2019,5,perhaps\nC,2019,5,N\n",
    )
    case = case_of(reading)
    assert [c.indicator for c in case.comparators] == ["kept", "bad"]
    assert case.comparators[1].target is None and case.comparators[1].neighbours == 7
    assert [p.whose for p in case.prices] == [Whose.BENCHMARK]
    assert [(u.year, u.hundredths) for u in case.uplifts] == [(2020, 300)]
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
        ("cell-unreadable", "savings.csv", 2, "saving"),
        ("cell-unreadable", "savings.csv", 3, "cashable"),
    }


def test_words_that_a_spreadsheet_would_run_stay_words(tmp_path: Path) -> None:
    hostile = "=cmd|' /C calc'!A1"
    reading = read(tmp_path, savings=f'scheme,year,saving,cashable\n"{hostile}",2019,5,Y\n')
    assert case_of(reading).savings[0].scheme == hostile


def test_a_cell_that_would_turn_a_figure_sets_its_row_aside(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        prices="year,kind,sector,disability,weekly_price,whose,source\n2017,foster,private,some,900,own,ledger\n",
        uplifts="year,kind,rise_percent\n2019,castle,4\n2019,,2\n",
        savings="scheme,year,saving,cashable,cost\nA,2019,500,Y,a lot\nA,2020,500,Y,\n",
    )
    case = case_of(reading)
    assert case.prices == ()
    assert case.uplifts == (Uplift(year=2019, hundredths=200),), "a rise for castles is not one for every kind"
    assert case.savings == (Saving(scheme="A", year=2020, pence=50_000, cashable=True),)
    assert aside(reading) == {
        ("price", "in row 2 of prices.csv"),
        ("uplift", "in row 2 of uplifts.csv"),
        ("saving", "in row 2 of savings.csv"),
    }


def test_quartiles_rise_whichever_way_is_good(tmp_path: Path) -> None:
    headings = "indicator,target,neighbours,lower_quartile,median,upper_quartile\n"
    reading = read(tmp_path, comparators=headings + "good,,,1,1,3\nno_median,,,4,,2.5\n")
    finding = one(reading, "quartiles-reversed")
    assert (finding.row, finding.column, finding.subject) == (3, "lower_quartile", "no_median")
    assert case_of(reading).comparators[1].lower_quartile == 4


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
    told = one(reading, "code-unknown")
    assert (told.file, told.row, told.column, told.value) == ("ssda903/2018/oc3.csv", 2, "ACCOM", "X9")


def test_a_return_after_the_day_is_not_read_for_care_leavers(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        {
            "ssda903/2018/oc3.csv": OC3 + "L1,01/05/1998,YES,F1,B1\n",
            "ssda903/2019/oc3.csv": OC3 + "L2,01/06/1999,YES,F2,C1\n",
        },
    )
    assert [leaver.id for leaver in case_of(reading).care_leavers] == ["L1"]


def test_an_older_return_stands_for_no_care_leaver_of_today(tmp_path: Path) -> None:
    reading = read(tmp_path, {"ssda903/2017/oc3.csv": OC3 + "L1,01/05/1998,YES,F1,B1\n"})
    assert case_of(reading).care_leavers == ()
    assert one(reading, "care-leavers-old").message == "the return of 2017/18 has no OC3; the latest is of 2016/17"


def test_a_care_leaver_given_twice_counts_once(tmp_path: Path) -> None:
    rows = "L1,01/05/1998,YES,F1,B1\nL2,,YES,F1,B1\nL1,01/05/1998,NO,G5,E2\n,01/05/1998,YES,F1,B1\n"
    reading = read(tmp_path, {"ssda903/2018/oc3.csv": OC3 + rows})
    leavers = case_of(reading).care_leavers
    assert [(leaver.id, leaver.in_touch) for leaver in leavers] == [("L1", "NO"), ("L2", "YES")]
    assert leavers[1].born is None
    assert [f.row for f in found(reading, "row-duplicated")] == [4]
    assert {(f.row, f.column) for f in found(reading, "cell-blank")} == {(3, "DOB"), (5, "CHILD")}


def test_what_is_kept_of_a_case_holds_them_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_cache, "cache_folder", lambda: tmp_path / "cache")
    monkeypatch.delenv(case_cache.SWITCH, raising=False)
    case = write_case(
        tmp_path / "case",
        {"ssda903/2018/oc3.csv": OC3 + "L1,01/05/1998,YES,F1,B1\n"},
        comparators="indicator,target,neighbours\nlong_term_stability,72,67.25\n",
        prices="year,kind,sector,weekly_price,whose,source\n2017,foster,private,900,own,ledger\n",
        uplifts="year,rise_percent\n2020,3\n",
        contracts="contract_id,home_ids,places_bought,weekly_cost\nB1,H2,3,9200\n",
        savings="scheme,year,saving,cashable\nC,2019,5,N\n",
    )
    first, kept = case_of(case_cache.read_kept(case)), case_of(case_cache.read_kept(case))
    for name in ("comparators", "prices", "uplifts", "contracts", "savings", "care_leavers"):
        assert len(getattr(kept, name)) == 1 and getattr(kept, name) == getattr(first, name)


def test_sheets_that_nobody_filled_in_give_nothing(tmp_path: Path) -> None:
    case = case_of(read(tmp_path))
    assert (case.comparators, case.prices, case.uplifts, case.contracts, case.savings) == ((), (), (), (), ())
    assert not found(read(tmp_path), "home-unknown")


def test_the_demos_quartiles_are_those_that_the_report_prints() -> None:
    case = case_of(read_case(Path(str(files("placewell_data") / "demo"))))
    rows = {row.now.key: row for row in quarterly(case)}
    assert {rows[key].quartile for key in ("three_or_more_placements", "long_term_stability")} == {Quartile.THIRD}
    assert not unknown_comparators(case)
