"""Block contracts from good, messy and hostile sheets: none that is paid for is lost without a word."""

from datetime import date
from pathlib import Path

import pytest

from models.commissioning import BlockContract
from tests.make_files import aside, case_of, found, one, read, serious

HEADINGS = "contract_id,home_ids,places_bought,weekly_cost,starts,ends,sold_places,sold_weekly_income,provider_id\n"


def test_a_good_contract_is_read_to_the_penny(tmp_path: Path) -> None:
    reading = read(tmp_path, contracts=HEADINGS + "B1,H2;H1,3,9200,01/04/2017,,1,2500.10,P2\n")
    assert not serious(reading)
    assert case_of(reading).contracts == (
        BlockContract(
            id="B1",
            home_ids=("H2", "H1"),
            places=3,
            weekly_pence=920_000,
            starts=date(2017, 4, 1),
            sold_places=1,
            sold_weekly_pence=250_010,
            provider_id="P2",
        ),
    )


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("B2,H8,3,9200,,,,,", "home-unknown", "home_ids"),
        ("B2,;,3,9200,,,,,", "home-unknown", "home_ids"),
        ("B2,,3,9200,,,,,", "cell-blank", "home_ids"),
        ("B2,H2,0,9200,,,,,", "contract-places", "places_bought"),
        ("B2,H2,-3,9200,,,,,", "cell-unreadable", "places_bought"),
        ("B2,H2,1001,9200,,,,,", "cell-unreadable", "places_bought"),
        ("B2,H2,3,,,,,,", "cell-blank", "weekly_cost"),
        ("B2,H2,3,-9200,,,,,", "cell-unreadable", "weekly_cost"),
        ("B2,H2,3,=9200*2,,,,,", "cell-unreadable", "weekly_cost"),
        ("B2,H2,2,9200,,,3,,", "contract-places", "sold_places"),
        ("B2,H2,2,9200,,,some,,", "cell-unreadable", "sold_places"),
        ("B2,H2,2,9200,,,1,-5,", "cell-unreadable", "sold_weekly_income"),
        ("B2,H2,2,9200,,31/31/2018,,,", "cell-unreadable", "ends"),
        ("B2,H2,2,9200,01/04/2018,31/03/2018,,,", "ends-before-start", "ends"),
    ],
)
def test_a_contract_that_cannot_be_used_is_set_aside_by_name(tmp_path: Path, row: str, code: str, column: str) -> None:
    reading = read(tmp_path, contracts=f"{HEADINGS}B1,H2,3,9200,,,,,\n{row}\n")
    finding = one(reading, code)
    assert (finding.file, finding.row, finding.column) == ("contracts.csv", 3, column)
    assert (finding.action, finding.subject) == ("contract B2 is set aside", "B2")
    assert aside(reading) == {("contract", "B2")}
    assert [contract.id for contract in case_of(reading).contracts] == ["B1"]


def test_two_rows_that_differ_leave_no_contract_to_believe(tmp_path: Path) -> None:
    reading = read(
        tmp_path, contracts=HEADINGS + "B1,H1,2,4000,,,,,\nB1,H2,2,4000,,,,,\nB3,H2,1,9,,,,,\nB3,H2,1,9,,,,,\n"
    )
    assert [contract.id for contract in case_of(reading).contracts] == ["B3"], "the same row again is the same contract"
    assert one(reading, "contract-twice").row == 3 and one(reading, "row-duplicated").row == 5
    assert aside(reading) == {("contract", "B1")}


def test_homes_and_providers_that_nobody_lists_are_told_of(tmp_path: Path) -> None:
    reading = read(tmp_path, contracts=HEADINGS + "B1,H2;H8,3,9200,,,,50,P9\n")
    (contract,) = case_of(reading).contracts
    assert (contract.home_ids, contract.provider_id, contract.sold_weekly_pence) == (("H2",), "P9", 5_000)
    told = {(f.code, f.column, f.value) for f in serious(reading)}
    assert told == {
        ("home-unknown", "home_ids", "H8"),
        ("provider-unknown", "provider_id", "P9"),
        ("contract-income", "sold_places", None),
    }


def test_a_home_that_is_set_aside_is_in_no_contract(tmp_path: Path) -> None:
    homes = "home_id,provider_id,kind,sector,postcode,approved_places,weekly_fee\nH1,P1,foster,in_house,AL1 3JE,2,414\n"
    reading = read(
        tmp_path, homes=homes + "H2,P2,castle,private,WD17 3EX,3,3810\n", contracts=HEADINGS + "B1,H2,3,9200,,,,,\n"
    )
    assert ("contract", "B1") in aside(reading) and case_of(reading).contracts == ()
    assert found(reading, "home-unknown")[0].column == "home_ids"
