"""The supply forecast, by hand: what becomes of single homes, and what it says of itself."""

import datetime as dt
from typing import Any

import numpy as np
import pytest

from matcher.services.forecast import ScenarioError
from matcher.services.supply import supply_forecast
from matcher.services.supply.groups import Group
from matcher.services.supply.pipeline import draw_road, road
from models.commissioning import BlockContract
from models.forecast import HomeClosing, Scenario
from models.home import Resident
from models.ssda903.derive import PlacementKind
from models.vocabulary import HomeKind, NotAvailable, ResidentKind, Sector
from tests.make_case import AS_AT, ESSEX, at, make_case, make_child, make_home, make_placement
from tests.make_supply import applied, approval, lasting, spell

FOSTER = Group(HomeKind.FOSTER, Sector.IN_HOUSE)
RNG = np.random.default_rng


def test_an_application_becomes_a_home_as_often_as_it_comes_through() -> None:
    case = make_case((), [make_home()], approvals=applied())
    found = supply_forecast(case, years=2, draws=4_000)
    assert (found.today, found.applied_for, found.homes[1].id) == (1, 1, "pipeline:G1")
    home = found.homes[1]
    assert (home.provider_id, home.fee_pence, home.terms.places) == ("P1", 41_400, 2)
    ever = (found.places[:, :, 1] > 0).any(axis=1)
    goes_on = draw_road(road(case, households=True), 40_000, RNG(2)).goes_on
    # Some close before the first month end after they open.
    assert ever.mean() == pytest.approx(goes_on[:, 1:].prod(axis=1).mean(), abs=0.04)
    assert not found.places[:, 0, 1].any(), "nothing opens on the as-at date"


def test_a_day_expected_stands_for_history() -> None:
    soon = approval("G1", applied_on=dt.date(2018, 1, 1), expected_on=dt.date(2019, 3, 31))
    found = supply_forecast(make_case((), [make_home()], approvals=(soon,)), years=5, draws=2_000)
    there = found.places[:, :, 1] > 0
    first = there.argmax(axis=1)[there.any(axis=1)]
    assert np.median(first) == pytest.approx(12, abs=2)


def test_a_home_closes_on_the_day_it_says() -> None:
    found = supply_forecast(make_case((), [lasting(closes_on=dt.date(2018, 6, 30))]), years=1, draws=50)
    assert found.days[2:4] == (dt.date(2018, 5, 31), dt.date(2018, 6, 30))
    assert found.places[:, 0, 0].tolist() == [20] * 50
    assert (found.places[:, 2, 0] == 20).mean() > 0.9 and not found.places[:, 3:, 0].any()


def test_a_suspended_home_keeps_the_places_that_are_filled() -> None:
    children = [make_child("C1"), make_child("C2")]
    placed = tuple(make_placement(child.id, "S1", kind=PlacementKind.SECURE) for child in children)
    fields = {"placements": placed, "referrals": ()}
    suspended = supply_forecast(make_case(children, [lasting(suspended=True)], **fields), years=2, draws=300)
    assert set(suspended.places[:, 0, 0].tolist()) == {2}
    assert (suspended.places[:, -1, 0] == 20).mean() > 0.85
    waits = lasting(available_from=dt.date(2018, 7, 1))
    waiting = supply_forecast(make_case(children, [waits], **fields), years=1, draws=300).places[:, :, 0]
    assert (waiting[:, 1:4] <= 2).all() and (waiting[:, 4] == 20).mean() > 0.95
    never = supply_forecast(make_case(children, [lasting(registered=False)], **fields), years=2, draws=50)
    assert never.places[:, :, 0].max() == 2


def test_places_come_back_from_a_break_and_not_without_an_end() -> None:
    homes = [
        lasting("S1", places=4, not_available_places=4, not_available_reason=NotAvailable.STAFFING),
        lasting("S2", places=4, not_available_places=3, not_available_reason=NotAvailable.OTHER),
        lasting("S3", places=4, not_available_places=9, not_available_reason=NotAvailable.SIBLINGS_ONLY),
    ]
    places = supply_forecast(make_case((), homes), years=1, draws=400).places
    assert places[:, 0, :3].tolist() == [[0, 1, 0]] * 400
    assert (places[:, 12, 0] == 4).mean() > 0.3
    assert places[:, :, 1].max() == 1 and places[:, :, 2].max() == 0


def test_as_many_places_pause_as_come_back() -> None:
    paused = {"not_available_places": 2, "not_available_reason": NotAvailable.CARER_BREAK}
    homes = [make_home(f"H{n}", **(paused if n < 40 else {})) for n in range(200)]
    found = supply_forecast(make_case((), homes), years=3, draws=600)
    there = found.counts()
    assert there[:, 0].tolist() == [320] * 600
    # 36 months ahead 0.5% a year fewer homes, and four fifths of their places usable, as today.
    assert there[:, -1].mean() == pytest.approx(320 * 0.984, rel=0.015)


def test_a_place_kept_for_staying_put_comes_back_when_they_go() -> None:
    home = make_home(places=1, bedrooms=2, not_available_places=1, not_available_reason=NotAvailable.STAYING_PUT)
    resident = Resident(id="X1", home_id="H1", kind=ResidentKind.STAYING_PUT, until=dt.date(2018, 8, 15))
    found = supply_forecast(make_case((), [home], residents=(resident,)), years=1, draws=400)
    assert not found.places[:, :5, 0].any() and found.days[5] == dt.date(2018, 8, 31)
    assert (found.places[:, 5, 0] == 1).mean() > 0.8
    assert found.kept_after_18[:, :5, 0].max() == 1 and found.kept_after_18[:, 5:].max() == 0
    assert (found.staying_put[0].id, found.staying_put[0].turns_18) == ("X1", None)


def test_who_turns_18_may_stay_and_nobody_stays_past_21() -> None:
    born = dt.date(2000, 5, 10)
    child = make_child("C1", born=born)
    homes = [make_home("H1"), lasting("S1")]
    placed = (make_placement("C1", "H1", started=dt.date(2008, 4, 1)),)
    found = supply_forecast(make_case([child], homes, placements=placed, referrals=()), draws=2_000)
    (person,) = found.staying_put
    assert (person.id, person.home_id, person.turns_18) == ("C1", "H1", dt.date(2018, 5, 10))
    # Stays with own carers 58 times in 100; the household and the placement last the six weeks nearly always.
    assert person.chance == pytest.approx(0.58 * 0.95, abs=0.05)
    kept = found.kept_after_18[:, :, 0]
    assert not kept[:, :2].any() and kept[:, 2].mean() == pytest.approx(person.chance, abs=0.06)
    assert kept[:, 14].mean() < 0.75 * kept[:, 2].mean(), "four in ten go within a year, and some homes close"
    last = found.days.index(dt.date(2021, 5, 31))
    assert not kept[:, last:].any()


def test_whoever_may_have_moved_on_by_18_stays_put_less_often() -> None:
    child = make_child("C1", born=dt.date(2002, 3, 31))
    placed = (make_placement("C1", "H1", started=dt.date(2017, 3, 31)),)
    found = supply_forecast(make_case([child], [make_home("H1")], placements=placed, referrals=()), draws=4_000)
    # Ends of stays come at a gamma of shape 2 and mean 1 a year: e^-2t on average is 1 / (1 + 2 / 2) squared.
    assert found.staying_put[0].chance == pytest.approx(0.58 * 0.25 * 0.64, abs=0.03)


CLOSING = HomeClosing(kind=PlacementKind.SECURE, places=25, on=dt.date(2018, 9, 30))


def test_a_scenario_closes_places_and_no_more() -> None:
    homes = [lasting("S1"), lasting("S2"), lasting("S3", location=at(50, utla=ESSEX)), make_home("H1")]
    case = make_case((), homes)
    scenario = Scenario(name="A home closes", changes=(CLOSING,))
    as_it_is = supply_forecast(case, years=1, draws=300)
    changed = supply_forecast(case, years=1, draws=300, scenario=scenario)
    lost = as_it_is.places.astype(int) - changed.places
    assert not lost[:, :6].any() and not lost[:, :, 2:].any()
    both = (as_it_is.places[:, 6, :2] == 20).all(axis=1)
    assert (lost[both, 6, :2].sum(axis=1) == 25).all()
    assert set(map(tuple, changed.places[both, 6, :2].tolist())) == {(0, 15), (15, 0)}, "by lot, one home in part"
    assert any("25 places of secure" in line for line in changed.reading)


def test_places_that_close_and_places_that_pause_are_never_fewer_than_none() -> None:
    paused: dict[str, Any] = {"places": 4, "not_available_places": 4, "not_available_reason": NotAvailable.BUILDING}
    scenario = Scenario(name="Half a home", changes=(CLOSING.model_copy(update={"places": 2}),))
    places = supply_forecast(make_case((), [lasting(**paused)]), years=1, draws=300, scenario=scenario).places[:, :, 0]
    assert places.max() == 4, "and not 254, as fewer than none would be"
    # Seldom the lot falls on a home that opened meanwhile.
    assert (places[:, 6:] > 2).mean() < 0.05 and (places[:, 6:] == 0).any()


@pytest.mark.parametrize(
    "change",
    [
        CLOSING.model_copy(update={"on": AS_AT}),
        CLOSING.model_copy(update={"in_area": False}),
        CLOSING.model_copy(update={"kind": PlacementKind.PARENTS}),
    ],
)
def test_a_scenario_that_closes_nothing_is_refused(change: HomeClosing) -> None:
    with pytest.raises(ScenarioError, match="expected a day after 31/03/2018"):
        supply_forecast(make_case((), [lasting()]), draws=2, scenario=Scenario(name="Odd", changes=(change,)))


def test_the_same_seed_gives_the_same_draws() -> None:
    case = make_case((), [make_home(f"H{n}") for n in range(30)], approvals=applied())
    one, same, other = (supply_forecast(case, years=1, draws=60, seed=seed) for seed in (3, 3, 4))
    assert (one.places == same.places).all() and (one.kept_after_18 == same.kept_after_18).all()
    assert one.events == same.events and one.homes == same.homes
    assert one.places.shape != other.places.shape or (one.places != other.places).any()


def test_a_home_to_come_is_like_one_of_todays_and_empty() -> None:
    child = make_child("C1")
    full = make_home("H1", exempt_children={"C1"}, closes_on=dt.date(2018, 5, 1), suspended=True)
    case = make_case([child], [full], placements=(make_placement("C1", "H1"),), referrals=())
    found = supply_forecast(case, draws=400)
    new = found.homes[1:]
    assert new and all(home.id.startswith("new:foster-in_house-") for home in new)
    assert all(home.location == full.location and not home.terms.exempt_children for home in new)
    assert not any(home.suspended or home.closes_on for home in new)


def test_connected_homes_only_go_and_rows_for_agencies_stay() -> None:
    kin = make_home("K1", kind=HomeKind.CONNECTED, connected_children={"C1"})
    asked = make_home("A1", sector=Sector.PRIVATE, named=False, places=1, bedrooms=1)
    found = supply_forecast(make_case([make_child("C1")], [kin, asked]), draws=200)
    assert found.homes == (kin, asked)
    assert (found.places[:, :, 1] == 1).all() and (found.places[:, -1, 0] == 0).mean() > 0.4


def test_a_case_without_homes_has_no_places() -> None:
    found = supply_forecast(make_case(), draws=10)
    assert found.places.shape == (10, 61, 0) and found.homes == () and found.events == ()
    assert found.fan().high_95 == (0.0,) * 61 and found.kept().median == (0.0,) * 61


def test_counts_add_up_over_kinds_and_places() -> None:
    case = make_case(
        (), [make_home(f"H{n}") for n in range(9)] + [lasting("S1"), make_home("V1", sector=Sector.VOLUNTARY)]
    )
    found = supply_forecast(case, years=2, draws=40)
    assert (found.places <= 20).all() and found.places.dtype == np.uint8
    parts = [found.counts(kinds=(kind,)) for kind in (HomeKind.FOSTER, HomeKind.SECURE)]
    assert (parts[0] + parts[1] == found.counts()).all()
    assert (found.counts(districts=("E07000242",)) == found.counts()).all()
    assert not found.counts(districts=("E07000240",)).any()
    assert (found.counts(sectors=(Sector.VOLUNTARY,))[:, 0] == 2).all()
    groups = {(each.kind, each.sector) for each in found.events}
    assert groups == {FOSTER, (HomeKind.FOSTER, Sector.PRIVATE), (HomeKind.SECURE, Sector.OTHER_AUTHORITY)}


def test_it_says_whose_history_it_goes_by() -> None:
    contract = BlockContract(id="B1", home_ids=("S1",), places=2, weekly_pence=1, ends=dt.date(2020, 3, 31))
    homes = [make_home("H1"), lasting("S1")]
    case = make_case(
        (), homes, home_history=(spell("H1"), spell("X1", closed=dt.date(2017, 9, 1))), contracts=(contract,)
    )
    told = "\n".join(supply_forecast(case, years=1, draws=2).reading)
    assert (
        "In-house fostering: 1 closed and 0 opened in 1 home-years on the authority's list. That is too little" in told
    )
    assert "Secure children's home: no history of its own, so what is published: 1.1 closings" in told
    assert "whole from 01/04/2017" in told and "Block contract B1, 2 places, ends on 31/03/2020" in told
    assert "Ofsted, Fostering in England" in told and "0 of 0 who left own carers at 18 stayed" in told


@pytest.mark.parametrize(("years", "draws"), [(0, 10), (11, 10), (1, 0)])
def test_years_and_draws_out_of_range_are_refused(years: int, draws: int) -> None:
    with pytest.raises(ValueError, match="expected 1 to 10 years"):
        supply_forecast(make_case(), years=years, draws=draws)
