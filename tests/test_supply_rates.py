"""What a supply forecast counts of homes and applications, by hand."""

import datetime as dt

import numpy as np
import pytest

from matcher.services.supply.groups import Group
from matcher.services.supply.pipeline import draw_road, road, stage_now
from matcher.services.supply.published import AUTHORITIES_DIFFER, leaving_of
from matcher.services.supply.staying_rates import draw_leaving, gone_after, own_stayed
from matcher.services.supply.turnover import draw_rates, list_begins, turnover
from models.vocabulary import HomeKind, Sector
from tests.make_case import AS_AT, make_case, make_home
from tests.make_episodes import Spell, life
from tests.make_supply import applied, spell

FOSTER = Group(HomeKind.FOSTER, Sector.IN_HOUSE)
RNG = np.random.default_rng


def test_a_list_begins_on_the_1_april_before_its_first_event() -> None:
    assert list_begins([None, dt.date(2015, 3, 31), dt.date(2016, 1, 1)]) == dt.date(2014, 4, 1)
    assert list_begins([dt.date(2015, 4, 1)]) == dt.date(2015, 4, 1)
    assert list_begins([None]) is None


def test_home_years_openings_and_closings_are_counted() -> None:
    homes = [make_home("H1"), make_home("H2"), make_home("H3")]
    history = (
        spell("H1", opened=dt.date(2010, 5, 1)),
        spell("H2", opened=dt.date(2017, 3, 31)),
        spell("X1", closed=dt.date(2016, 5, 1)),
        spell("X2", opened=dt.date(2016, 5, 1), closed=dt.date(2017, 5, 1)),
    )
    counted = turnover(make_case((), homes, home_history=history))
    seen = counted.seen[FOSTER]
    assert (counted.since, counted.stock) == (dt.date(2016, 4, 1), {FOSTER: 3})
    assert (seen.closed, seen.opened) == (2, 2)
    # Two years less a day each for H1 and H3, which the list leaves out; 365 days; 30 days; 365 days.
    assert seen.home_years == pytest.approx((729 + 729 + 365 + 30 + 365) / 365.25)


def test_a_rate_is_the_published_one_and_what_was_seen() -> None:
    homes = [make_home("H1"), make_home("H2")]
    history = (
        spell("H1"),
        spell("H2"),
        spell("X1", closed=dt.date(2017, 4, 1)),
        spell("X2", closed=dt.date(2018, 3, 31)),
    )
    case = make_case((), homes, home_history=history)
    published = leaving_of(FOSTER)
    assert published.a_year == pytest.approx(6_580 / 28_725)
    own = draw_rates(turnover(case), [FOSTER], 40_000, RNG(1))[FOSTER].closing
    years = (364 * 3 + 0) / 365.25
    expected = (AUTHORITIES_DIFFER + 2) / (AUTHORITIES_DIFFER / published.a_year + years)
    assert own.mean() == pytest.approx(expected, rel=0.02)
    none = draw_rates(turnover(make_case((), homes)), [FOSTER], 40_000, RNG(1))[FOSTER]
    assert none.closing.mean() == pytest.approx(published.a_year, rel=0.02)
    assert none.opening.mean() == pytest.approx(2 * (published.a_year + published.growth), rel=0.02)


def test_applications_are_counted_stage_by_stage() -> None:
    case = make_case((), [make_home()], approvals=applied())
    found = road(case, households=True)
    assert [(stage.went_on, stage.ended) for stage in found.seen] == [(7, 1), (4, 2), (3, 1)]
    assert found.seen[0].days == (60, 60, 60, 60, 60, 60, 59)
    assert (found.seen[1].days, found.seen[2].days) == ((92,) * 4, (10,) * 3)
    assert stage_now(case.approvals[-1], AS_AT) == (1, 30), "a panel that lies ahead is not reached"
    drawn = draw_road(found, 40_000, RNG(1))
    for stage, seen in enumerate(found.seen):
        belief, count = AUTHORITIES_DIFFER * found.published[stage].goes_on, seen.went_on + seen.ended
        expected = (belief + seen.went_on) / (AUTHORITIES_DIFFER + count)
        assert drawn.goes_on[:, stage].mean() == pytest.approx(expected, abs=0.01)
    assert np.median(drawn.days[:, 1]) == pytest.approx((2 * 77 + 4 * 92) / 6, rel=0.05)


def test_who_stayed_past_18_is_counted_by_whose_carers() -> None:
    births, episodes = {}, {}
    for name, provider, left, rec in (
        ("C1", "PR1", dt.date(2017, 6, 1), "E17"),
        ("C2", "PR1", dt.date(2015, 4, 1), "E6"),
        ("C3", "PR4", dt.date(2016, 9, 1), "E17"),
        ("C4", "PR4", dt.date(2015, 3, 31), "E17"),
    ):
        births[name] = left.replace(year=left.year - 18)
        rows = life(name, Spell(dt.date(2014, 1, 1), "S"), end=left, rec=rec)
        episodes[name] = tuple(row.model_copy(update={"provider": provider}) for row in rows)
    own, agencies = own_stayed(make_case(births=births, episodes=episodes))
    assert (own, agencies) == ((1, 2), (1, 1)), "C4 turned 18 more than three years ago"


def test_they_go_as_england_says_and_at_21_at_the_latest() -> None:
    leaving = draw_leaving(40_000, RNG(1))
    days = gone_after(18.0, leaving, RNG(2)) / 365.25
    # 1,810 of 3,300 were there at 18, 970 of 3,170 at 19 and 650 of 3,160 at 20.
    assert (days >= 1).mean() == pytest.approx((970 / 3_170) / (1_810 / 3_300), abs=0.01)
    assert (days >= 2).mean() == pytest.approx((650 / 3_160) / (1_810 / 3_300), abs=0.01)
    assert days.max() == pytest.approx(3.0) and (days > 2.999).mean() == pytest.approx(0.375 * 0.67, abs=0.02)
    assert gone_after(20.5, leaving, RNG(3)).max() == pytest.approx(0.5 * 365.25)
    assert gone_after(None, leaving, RNG(4)).max() <= 3 * 365.25
    assert gone_after(22.0, leaving, RNG(5)).min() > 0, "nothing is known of when they go"
