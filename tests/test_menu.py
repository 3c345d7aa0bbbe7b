"""The menu: items read from TOML, faults told of, and the options that each item turns into."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from data.generator.menu import menu_items
from matcher.intake.reading import Reading
from matcher.services.opening.choice import own_pence, problem_of
from matcher.services.opening.menu_options import options_of
from models.menu import BlockBeds, Exemption, ExtraHours, OpenHome, RecruitCarers, Retainer, SupportPackage
from models.vocabulary import HomeKind, NotAvailable, Training
from tests.make_case import make_case, make_child, make_home, make_placement
from tests.make_files import MESSY, case_of, found, read

CARERS = """
[[item]]
id = "carers"
name = "Carers in Stevenage"
what = "recruit_carers"
limit = 2
set_up = 9000.50
weekly = 110
life_years = 7
postcode = "SG1 1AA"
places = 2
fee = 414
"""


def menu(text: str, tmp_path: Path) -> Reading:
    return read(tmp_path / "case", MESSY | {"menu.toml": text})


def test_money_is_read_in_pounds_and_kept_in_pence(tmp_path: Path) -> None:
    (item,) = case_of(menu(CARERS, tmp_path)).menu
    assert isinstance(item, RecruitCarers)
    assert (item.set_up_pence, item.weekly_pence, item.fee_pence) == (900_050, 11_000, 41_400)
    assert item.yearly_pence == 52 * 11_000 + 128_579  # 900,050 over seven years is 128,578.57


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ('what = "recruit_carers"', "what"),
        ("places = 2", "places"),
        ('postcode = "SG1 1AA"', "postcode"),
        ("set_up = 9000.50", "set_up_pence"),
        ("limit = 2", "limit"),
    ],
)
def test_one_wrong_item_is_set_aside_and_told_of_the_rest_kept(change: str, words: str, tmp_path: Path) -> None:
    wrong = {"what": 'what = "build_a_palace"', "places": "places = 99", "limit": "limit = 0"}
    wrong |= {"postcode": 'postcode = "ZZ99 9ZZ"', "set_up_pence": "set_up = 9000.505"}
    broken = CARERS.replace(change, wrong[words]).replace('"carers"', '"broken"')
    reading = menu(CARERS + broken, tmp_path)
    assert [item.id for item in case_of(reading).menu] == ["carers"]
    (finding,) = found(reading, "menu-wrong")
    assert "item 2" in finding.message
    assert words.split("_")[0] in finding.message
    assert "set aside" in (finding.action or "")


@pytest.mark.parametrize("text", ["[[item", "item = 3", "[[item]]\n", "[other]\nx = 1", CARERS + CARERS])
def test_what_is_no_menu_is_told_of_and_never_stops_the_reading(text: str, tmp_path: Path) -> None:
    reading = menu(text, tmp_path)
    assert found(reading, "menu-wrong")
    assert len(case_of(reading).menu) <= 1


def test_each_item_of_the_demo_turns_into_options_with_their_own_ids() -> None:
    assert len(menu_items()) == 30
    assert len({item["id"] for item in menu_items()}) == 30


def carers(**fields: object) -> RecruitCarers:
    usual = {"id": "new", "name": "New carers", "postcode": "SG1 1AA", "places": 2, "fee_pence": 41_400}
    return RecruitCarers.model_validate(usual | fields)


def test_new_carers_are_a_home_for_each_that_may_be_recruited() -> None:
    options = options_of(make_case(menu=(carers(limit=3, sibling_places=3, training="enhanced"),)))
    assert [option.copy for option in options] == [1, 2, 3]
    (home,) = options[1].homes
    assert home.id == "menu:new:2"
    assert (home.kind, home.terms.places, home.terms.sibling_places, home.bedrooms) == (HomeKind.FOSTER, 2, 3, 3)
    assert (home.fee_pence, home.marginal_fee_pence, home.training) == (41_400, 41_400, Training.ENHANCED)
    assert home.location.district == "E07000243"


def test_a_block_bed_costs_the_same_used_or_not_and_earns_when_it_is_sold() -> None:
    item = BlockBeds(
        id="b", name="Block", postcode="SG1 1AA", places=2, weekly_pence=700_000, fee_pence=350_000, used_pence=0,
        sold_pence=360_000, sold_percent=60,
    )  # fmt: skip
    (option,) = options_of(make_case(menu=(item,)))
    assert option.homes[0].marginal_fee_pence == 0
    assert option.credit_per_unused_place_pence == 216_000
    assert own_pence(option) == 52 * (700_000 - 2 * 216_000)


def test_a_retainer_brings_back_the_places_that_are_held_back() -> None:
    held = make_home("H1", not_available_places=1, not_available_reason=NotAvailable.CARER_BREAK)
    case = make_case(homes=[held, make_home("H2")], menu=(Retainer(id="r", name="R", limit=2),))
    (option,) = options_of(case)
    ((home, changed),) = option.replaces
    assert (home, changed.id, changed.not_available_places) == ("H1", "menu:r:H1", 0)


def test_hours_raise_the_needs_met_and_never_past_the_top() -> None:
    case = make_case(homes=[make_home("H1")], menu=(ExtraHours(id="x", name="X", levels=2, needs=("self_harm",)),))
    ((_, changed),) = options_of(case)[0].replaces
    plain = options_of(make_case(homes=[make_home("H1")], menu=(ExtraHours(id="x", name="X", levels=0),)))
    levels = plain[0].replaces[0][1].skills.levels
    assert changed.skills.levels["self_harm"] == min(levels["self_harm"] + 2, case.framework.top_level)
    assert all(changed.skills.levels[need] == level for need, level in levels.items() if need != "self_harm")


def test_wider_terms_stop_at_the_usual_limit_but_for_brothers_and_sisters() -> None:
    spare = [make_home("H1", places=2, bedrooms=4), make_home("H2", places=2, bedrooms=2)]
    (option,) = options_of(make_case(homes=spare, menu=(Exemption(id="e", name="E", extra=2),)))
    ((home, changed),) = option.replaces
    assert (home, changed.terms.places, changed.terms.sibling_places) == ("H1", 3, 4)


def test_homes_with_most_empty_places_come_first_and_one_option_at_most_changes_each() -> None:
    children = [make_child("C1")]
    homes = [make_home("H1", bedrooms=3), make_home("H2", bedrooms=3)]
    case = make_case(
        children, homes, placements=(make_placement("C1", "H1"),), referrals=(),
        menu=(Exemption(id="e", name="E", limit=1), ExtraHours(id="x", name="X", limit=2)),
    )  # fmt: skip
    options = options_of(case)
    assert [option.replaces[0][0] for option in options] == ["H2", "H1", "H2", "H1"]
    problem = problem_of(options, None, case.policy)
    assert problem.lawful(_taken(4, 0, 3))
    assert not problem.lawful(_taken(4, 0, 2))  # both change H2
    assert not problem.lawful(_taken(4, 0, 1))  # one of the first item at most


def test_support_opens_nothing_and_copies_of_a_home_come_in_order() -> None:
    items = (SupportPackage(id="s", name="S", limit=2), OpenHome(id="o", name="O", postcode="SG1 1AA", limit=2))
    options = options_of(make_case(menu=items))
    assert [bool(option.keeps) for option in options] == [True, True, False, False]
    assert not options[0].homes
    problem = problem_of(options, 0, make_case().policy)
    assert problem.lawful(_taken(4, 2))
    assert not problem.lawful(_taken(4, 3))


def _taken(options: int, *which: int) -> npt.NDArray[np.int64]:
    taken = np.zeros(options, dtype=np.int64)
    taken[list(which)] = 1
    return taken
