"""Coming into care, moves, leaving and time at risk counted from episodes, by hand."""

import datetime as dt

from matcher.services.counts import AGE_BANDS
from matcher.services.forecast.counting import LEFT, MOVED, NOTHING, entrants, pieces, states_of
from matcher.services.forecast.layout import UNACCOMPANIED, Area
from matcher.services.forecast.lives import Life, birthday, in_care, lives
from matcher.services.indicators.history import History
from matcher.services.stock import Living
from models.ssda903.episode import Episode
from tests.make_case import make_case
from tests.make_episodes import Spell, life
from tests.make_episodes import lives as together

AS_AT, FIRST = dt.date(2018, 3, 31), dt.date(2016, 4, 1)
HERE, AWAY = "SG1 2RT", "SS0 0AA"
FOSTER, KIN, HOMES = "U6", "U1", "K2"


def read(*rows: tuple[Episode, ...], born: dt.date = dt.date(2008, 1, 1), alone: bool = False) -> tuple[Life, ...]:
    episodes = together(*rows)
    listed = dict.fromkeys(episodes) if alone else {}
    case = make_case(episodes=episodes, births=dict.fromkeys(episodes, born), unaccompanied=listed)
    return lives(History(case), AS_AT)


def test_a_move_between_kinds_and_the_leaving() -> None:
    came, moved, left = dt.date(2016, 6, 1), dt.date(2017, 1, 1), dt.date(2017, 6, 1)
    (one,) = read(life("C1", Spell(came, "S", FOSTER, at=HERE), Spell(moved, "P", HOMES), end=left, rec="E4A"))
    foster, home = one.stays
    assert (foster.living, foster.area, foster.start, foster.end) == (
        Living.IN_HOUSE_FOSTERING, Area.IN, came, moved,
    )  # fmt: skip
    assert (foster.enters, foster.leaves, home.enters, home.leaves) == (True, False, False, True)
    assert (home.living, home.area, home.care_start) == (Living.IN_HOUSE_RESIDENTIAL, Area.NOT_KNOWN, came)


def test_a_temporary_stay_is_part_of_the_placement_and_short_breaks_are_no_care() -> None:
    came, away, back = dt.date(2016, 6, 1), dt.date(2016, 8, 1), dt.date(2016, 8, 9)
    (one,) = read(
        life("C1", Spell(came, "S", FOSTER, at=HERE), Spell(away, "P", "T1"), Spell(back, "P", FOSTER, at=HERE)),
        life("C2", Spell(came, "S", FOSTER, ls="V4"), end=back, rec="E8"),
    )
    (stay,) = one.stays
    assert (stay.start, stay.end, stay.enters) == (came, None, True)


def test_adoption_by_the_foster_carer_changes_the_arrangement_and_legal_status_alone_does_not() -> None:
    came, order, placed = dt.date(2016, 6, 1), dt.date(2016, 9, 1), dt.date(2017, 1, 1)
    (one,) = read(life("C1", Spell(came, "S"), Spell(order, "L", ls="E1"), Spell(placed, "T", "A3", ls="E1")))
    assert [(stay.living, stay.start) for stay in one.stays] == [
        (Living.IN_HOUSE_FOSTERING, came),
        (Living.ADOPTION, placed),
    ]


def test_who_comes_back_comes_twice() -> None:
    first = life("C1", Spell(dt.date(2016, 6, 1), "S"), end=dt.date(2016, 7, 1), rec="E4A")
    (one,) = read(first, life("C1", Spell(dt.date(2017, 6, 1), "S")))
    assert [(stay.enters, stay.leaves) for stay in one.stays] == [(True, True), (True, False)]
    states = states_of([one], (), FIRST)
    assert [each.on for each in entrants([one], states, AGE_BANDS, FIRST, AS_AT)] == [
        dt.date(2016, 6, 1),
        dt.date(2017, 6, 1),
    ]
    assert len(entrants([one], states, AGE_BANDS, dt.date(2017, 1, 1), AS_AT)) == 1


def test_turning_18_ends_care_whatever_the_return_says_and_is_no_event() -> None:
    (one,) = read(life("C1", Spell(dt.date(2017, 6, 1), "S")), born=dt.date(2000, 1, 10))
    (stay,) = one.stays
    assert (stay.end, stay.leaves) == (dt.date(2018, 1, 10), True)
    past = pieces([one], states_of([one], (), FIRST), FIRST, AS_AT)
    assert set(past.event) == {NOTHING}
    assert past.days.sum() == (dt.date(2018, 1, 10) - dt.date(2017, 6, 1)).days
    assert not in_care([one], dt.date(2018, 1, 10)) and in_care([one], dt.date(2018, 1, 9))


def test_time_at_risk_is_cut_at_birthdays_and_durations() -> None:
    came, moved, left = dt.date(2017, 4, 1), dt.date(2017, 12, 1), dt.date(2018, 2, 1)
    (one,) = read(
        life("C1", Spell(came, "S", FOSTER), Spell(moved, "P", KIN, at=HERE), end=left, rec="E4A"),
        born=dt.date(2007, 9, 1),
    )
    past = pieces([one], states_of([one], (), FIRST), FIRST, AS_AT)
    # 91 days after coming is 1 July; the tenth birthday is 1 September.
    assert past.days.tolist() == [91, 62, 91, 62]
    assert past.group.tolist() == [2, 2, 3, 3]
    assert past.care.tolist() == [0, 1, 1, 1] and past.stay.tolist() == [0, 1, 1, 0]
    assert past.event.tolist() == [NOTHING, NOTHING, MOVED, LEFT]
    assert past.to.tolist()[2] == past.state[3] and past.to[3] == -1


def test_time_before_the_files_are_whole_is_not_at_risk() -> None:
    (one,) = read(life("C1", Spell(dt.date(2010, 1, 1), "S")))
    past = pieces([one], states_of([one], (), FIRST), FIRST, AS_AT)
    assert past.days.sum() == (AS_AT - FIRST).days
    assert not entrants([one], states_of([one], (), FIRST), AGE_BANDS, FIRST, AS_AT)


def test_unaccompanied_children_have_a_stream_and_a_group_of_their_own() -> None:
    (one,) = read(life("C1", Spell(dt.date(2017, 6, 1), "S", home=HERE)), born=dt.date(2001, 1, 1), alone=True)
    states = states_of([one], ("E07000243",), FIRST)
    assert one.district is None
    assert [each.stream for each in entrants([one], states, AGE_BANDS, FIRST, AS_AT)] == [len(AGE_BANDS)]
    assert set(pieces([one], states, FIRST, AS_AT).group) == {UNACCOMPANIED}


def test_the_birthday_of_29_february() -> None:
    assert birthday(dt.date(2000, 2, 29), 18) == dt.date(2018, 3, 1)
    assert birthday(dt.date(2000, 2, 29), 16) == dt.date(2016, 2, 29)
