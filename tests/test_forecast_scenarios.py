"""What scenarios do to a forecast, and how they are read from a file."""

import datetime as dt
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest

from matcher.intake.archive import SourceFile
from matcher.intake.findings import Log
from matcher.intake.scenarios import read_scenarios
from matcher.services.forecast import Area, Forecast, HistoryTooShortError, ScenarioError, fit, forecast
from matcher.services.forecast.effects import changed_rates
from matcher.services.forecast.layout import LEAVING, STREAMS
from matcher.services.stock import Living
from models.case import Case
from models.forecast import (
    BASELINE,
    EdgeOfCare,
    EntriesChange,
    HomeClosing,
    PopulationGrowth,
    Scenario,
    SiblingArrival,
    TransferRota,
)
from models.ssda903.derive import PlacementKind
from tests.generated_care import AS_AT, generated

DAYS = (AS_AT, dt.date(2018, 4, 30), dt.date(2018, 5, 31), dt.date(2018, 6, 30))
TEENAGERS = ("13-15", "16+")
FILE = b"""
[[scenario]]
name = "Fewer teenagers, and a rota"
note = "Tried at the June board"
[[scenario.changes]]
what = "entries"
percent = 80
ages = ["13-15", "16+"]
[[scenario.changes]]
what = "transfer_rota"
children_a_month = 2.5
starts = 2018-07-01
[[scenario]]
name = "Wrong"
[[scenario.changes]]
what = "entries"
percent = -3
"""


@cache
def case() -> Case:
    return generated(np.random.default_rng(7), lambda _: 80.0, 1)[0]


@cache
def ran(scenario: Scenario = BASELINE) -> Forecast:
    return forecast(case(), years=1, draws=300, scenario=scenario, seed=3)


def changed(*changes: object, growth: tuple[PopulationGrowth, ...] = ()) -> npt.NDArray[np.float64]:
    scenario = Scenario.model_validate({"name": "S", "changes": changes, "growth": growth})
    rates: npt.NDArray[np.float64] = changed_rates(np.ones((1, 3, len(STREAMS))), scenario, DAYS)[0]
    return rates


def test_fewer_teenagers_from_a_day_count_by_the_days_of_the_month() -> None:
    rates = changed(EntriesChange(percent=50, ages=TEENAGERS, starts=dt.date(2018, 5, 17)))
    assert rates[:, STREAMS.index("13-15")] == pytest.approx([1, 1 - 15 / 31 / 2, 0.5])
    assert (rates[:, STREAMS.index("10-12")] == 1).all() and (rates[:, -1] == 1).all()


def test_a_rota_is_added_or_stands_instead() -> None:
    assert changed(TransferRota(children_a_month=4))[:, -1].tolist() == [5, 5, 5]
    instead = changed(TransferRota(children_a_month=4, instead=True, ends=dt.date(2018, 4, 30)))
    assert instead[:, -1].tolist() == [4, 1, 1]


def test_edge_of_care_averts_its_share_and_growth_compounds() -> None:
    rates = changed(EdgeOfCare(averted_percent=10, children_a_year=200, package_pence=600_000, ages=("5-9",)))
    assert rates[0].tolist() == pytest.approx([1, 1, 0.9, 1, 1, 1, 1])
    grown = changed(growth=(PopulationGrowth(hundredths=1_200),))
    assert grown[:, 0] == pytest.approx([1.12 ** (month / 12) for month in (0.5, 1.5, 2.5)])


def test_a_wrong_age_band_or_day_is_refused() -> None:
    with pytest.raises(ScenarioError, match="expected age bands"):
        changed(EntriesChange(percent=50, ages=("teenagers",)))
    closing = HomeClosing(kind=PlacementKind.SECURE, places=2, on=dt.date(2018, 9, 30))
    with pytest.raises(ScenarioError, match="a kind somebody lives in"):
        ran(Scenario(name="No such home", changes=(closing,)))


def test_everybody_moves_from_homes_that_all_close_and_nobody_moves_in() -> None:
    on = dt.date(2018, 9, 15)
    closing = HomeClosing(kind=PlacementKind.IN_HOUSE_RESIDENTIAL, places=1_000, on=on)
    before, after = ran(), ran(Scenario(name="All close", changes=(closing,)))
    homes = after.counts(kinds=(Living.IN_HOUSE_RESIDENTIAL,), areas=(Area.IN,))
    september = after.days.index(dt.date(2018, 9, 30))
    assert homes[:, september - 1].min() > 0 and homes[:, september:].max() == 0
    # They live elsewhere: no fewer are in care.
    assert after.counts().mean(axis=0)[-1] == pytest.approx(before.counts().mean(axis=0)[-1], rel=0.05)
    assert (after.moved[:, september] >= homes[:, september - 1] * 0.5).all()


def test_half_the_places_closing_moves_about_half() -> None:
    now = int(ran().counts(kinds=(Living.IN_HOUSE_RESIDENTIAL,))[0, 0])
    closing = HomeClosing(kind=PlacementKind.IN_HOUSE_RESIDENTIAL, places=now // 2, on=dt.date(2018, 4, 30))
    after = ran(Scenario(name="Half close", changes=(closing,)))
    left = after.counts(kinds=(Living.IN_HOUSE_RESIDENTIAL,))[:, 1].mean()
    assert left == pytest.approx(now / 2, rel=0.15)


def test_brothers_and_sisters_come_on_their_day_in_every_future() -> None:
    arrival = SiblingArrival(on=dt.date(2018, 5, 10), ages=(2, 6, 6, 15))
    before, after = ran(), ran(Scenario(name="Four at once", changes=(arrival,)))
    may = after.days.index(dt.date(2018, 5, 31))
    more = after.came.astype(int).mean(axis=0) - before.came.astype(int).mean(axis=0)
    assert after.came[:, may, STREAMS.index("1-4")].min() >= 1
    assert after.came[:, may, STREAMS.index("5-9")].min() >= 2
    assert more.sum() == pytest.approx(4, abs=2.5)


def test_the_same_seed_gives_the_same_futures_and_counts_add_up() -> None:
    found, again = ran(), forecast(case(), years=1, draws=300, seed=3)
    assert (found.stock == again.stock).all()
    stock, came, left = (part.astype(int) for part in (found.counts(), found.came.sum(axis=2), found.left.sum(axis=2)))
    assert (np.diff(stock, axis=1) == (came - left)[:, 1:]).all()
    parts = np.sum([found.counts(kinds=(kind,)) for kind in found.kinds], axis=0)
    assert (parts == stock).all()


def test_who_turns_18_leaves_by_birthday() -> None:
    found = ran()
    due = sum(
        AS_AT < dt.date(born.year + 18, born.month, min(born.day, 28)) <= dt.date(2019, 3, 31)
        for child, born in case().births.items()
        if case().episodes[child][-1].dec is None
    )
    most = found.left[:, :, LEAVING.index("turned 18")].sum(axis=1)
    # Those of them who leave or come before then make it fewer or more.
    assert 0 < np.median(most) <= due + 3


def test_too_little_history_is_said() -> None:
    some = dict(list(case().episodes.items())[:20])
    few = case().model_copy(update={"episodes": some, "births": {child: case().births[child] for child in some}})
    with pytest.raises(HistoryTooShortError, match="would be a guess"):
        fit(few)


def test_scenarios_are_read_and_a_wrong_one_is_told_of() -> None:
    log = Log()
    (read,) = read_scenarios(SourceFile("scenarios.toml", FILE), log)
    assert read.name == "Fewer teenagers, and a rota"
    assert read.changes == (
        EntriesChange(percent=80, ages=TEENAGERS),
        TransferRota(children_a_month=2.5, starts=dt.date(2018, 7, 1)),
    )
    (finding,) = log.findings
    assert "scenario 2" in finding.message and "percent" in finding.message
