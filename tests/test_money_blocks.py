"""Block contracts by hand."""

import datetime as dt
from typing import Any

import pytest

from matcher.services.money.blocks import Block, Blocks, block_contracts
from models.case import Case
from models.commissioning import BlockContract, Price, Whose
from models.finding import SetAside
from models.vocabulary import HomeKind, Sector
from tests.make_case import AS_AT
from tests.money_case import a_case

DAY = dt.timedelta(days=1)


def contract(**fields: Any) -> BlockContract:
    """Four places at BLOCK, where G lives, for 10,000 pounds a week; one sold to a neighbour for 3,000."""
    given = {
        "id": "B1", "home_ids": ("BLOCK",), "places": 4, "weekly_pence": 1_000_000, "starts": dt.date(2017, 4, 1),
        "ends": dt.date(2020, 3, 31), "sold_places": 1, "sold_weekly_pence": 300_000, "provider_id": "P1",
    }  # fmt: skip
    return BlockContract.model_validate(given | fields)


def one(case: Case) -> Block:
    (block,) = block_contracts(case).contracts
    return block


def test_places_used_sold_and_unused() -> None:
    block = one(a_case(contracts=(contract(),)))
    assert (block.places, block.used, block.sold, block.unused, block.beyond) == (4, 1, 1, 2, 0)
    assert block.children == ("G",)
    assert block.occupancy_percent == 50.0


def test_what_a_used_place_costs_and_what_stands_empty() -> None:
    block = one(a_case(contracts=(contract(),)))
    assert block.per_used_pence == 700_000  # 10,000 less 3,000 from the neighbour, for one child
    assert block.unused_pence == 500_000
    assert block.label == "Independent residential home"


def test_break_even_against_the_mean_spot_fee() -> None:
    block = one(a_case(contracts=(contract(),)))
    assert block.spot_pence == 400_000  # E alone: G's home is the block itself
    assert block.break_even_places == 3  # 10,000 / 4,000 = 2.5
    assert block.break_even_percent == 62.5
    assert block.more_than_spot_pence == 1_000_000 - 300_000 - 400_000
    assert "1 children" in block.spot_source


def test_the_authoritys_own_price_of_this_year_comes_before_the_mean() -> None:
    own = Price(
        year=2018, kind=HomeKind.RESIDENTIAL, sector=Sector.PRIVATE, disability=False, weekly_pence=500_000,
        whose=Whose.OWN, source="framework",
    )  # fmt: skip
    block = one(a_case(contracts=(contract(),), prices=(own,)))
    assert (block.spot_pence, block.break_even_places) == (500_000, 2)  # exactly two
    assert block.spot_source == "own price of this year: framework"


def test_homes_of_several_kinds_have_no_spot_price() -> None:
    block = one(a_case(contracts=(contract(home_ids=("BLOCK", "I1")),)))
    assert block.label == "IFA fostering; Independent residential home"
    assert (block.children, block.used) == (("C", "G"), 2)
    assert (block.spot_pence, block.break_even_places, block.more_than_spot_pence) == (None, None, None)


def test_contracts_that_could_not_be_used_and_block_homes_without_one_are_named() -> None:
    aside = SetAside(what="contract", id="B9", reason="home GONE is not known")
    blocks = block_contracts(a_case(set_aside=(aside,)))
    assert (blocks.contracts, blocks.weekly_pence) == ((), 0)
    assert (blocks.set_aside, blocks.without_contract) == (("B9",), ("BLOCK",))


def test_children_beyond_the_places_bought_are_bought_apart() -> None:
    block = one(a_case(contracts=(contract(places=1),)))
    assert (block.used, block.unused, block.beyond) == (0, 0, 1)
    assert block.per_used_pence is None


@pytest.mark.parametrize(
    ("starts", "ends", "counted"),
    [(AS_AT, AS_AT, True), (AS_AT + DAY, None, False), (AS_AT - 2 * DAY, AS_AT - DAY, False), (None, None, True)],
)
def test_only_contracts_in_force_count(starts: dt.date | None, ends: dt.date | None, counted: bool) -> None:
    blocks: Blocks = block_contracts(a_case(contracts=(contract(starts=starts, ends=ends),)))
    assert len(blocks.contracts) == counted
    assert blocks.not_in_force == (() if counted else ("B1",))
