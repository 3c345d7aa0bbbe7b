"""Stock, starts and leavings, with an answer worked out by hand for each clause of their definitions."""

from datetime import date

import pytest

from models.ssda903.flows import (
    Exit,
    ExitKind,
    exit_kind,
    exits,
    history_from,
    left_by_adoption,
    left_by_special_guardianship,
    started,
    stock,
    unaccompanied_on,
)
from tests.make_episodes import Spell, life, lives

ON = date(2018, 3, 31)
FIRST = date(2017, 4, 1)
settled = life("settled", Spell(date(2012, 5, 1), "S"))


class TestStock:
    def test_a_child_is_looked_after_at_the_end_of_the_first_day_and_not_of_the_last(self) -> None:
        came = life("came", Spell(ON, "S"))
        left = life("left", Spell(date(2017, 5, 1), "S"), end=ON, rec="E4A")
        stays = life("stays", Spell(date(2017, 5, 1), "S"), end=date(2018, 4, 1), rec="E4A")
        assert stock(lives(came, left, stays), ON) == ("came", "stays")

    def test_short_breaks_are_left_out_and_temporary_stays_are_care(self) -> None:
        short = [life(ls, Spell(date(2017, 5, 1), "S", ls=ls)) for ls in ("V3", "V4")]
        away = [
            life(place, Spell(date(2017, 5, 1), "S"), Spell(date(2018, 3, 30), "P", place))
            for place in ("T0", "T1", "T2", "T3", "T4")
        ]
        assert stock(lives(*short, *away), ON) == ("T0", "T1", "T2", "T3", "T4")

    def test_a_child_is_unaccompanied_until_the_day_the_status_ceased(self) -> None:
        listed = {"still": None, "until the day": ON, "a day longer": date(2018, 4, 1), "elsewhere": None}
        here = ("still", "until the day", "a day longer", "never listed")
        assert unaccompanied_on(here, listed, ON) == ("still", "a day longer")


class TestStarted:
    def test_both_boundary_days_belong_to_the_year(self) -> None:
        days = (date(2017, 3, 31), FIRST, ON, date(2018, 4, 1))
        rows = [life(f"{day:%d/%m/%Y}", Spell(day, "S")) for day in days]
        assert started(lives(*rows), FIRST, ON) == ("01/04/2017", "31/03/2018")

    def test_a_child_who_came_twice_counts_once(self) -> None:
        first = life("twice", Spell(date(2017, 5, 1), "S"), end=date(2017, 6, 1), rec="E4B")
        again = life("twice", Spell(date(2017, 9, 1), "S"))
        assert started(lives(first, again), FIRST, ON) == ("twice",)

    def test_but_once_in_each_year(self) -> None:
        first = life("twice", Spell(date(2017, 3, 1), "S"), end=date(2017, 3, 20), rec="E4B")
        again = life("twice", Spell(date(2017, 9, 1), "S"))
        assert started(lives(first, again), FIRST, ON) == ("twice",)
        assert started(lives(first, again), date(2016, 4, 1), date(2017, 3, 31)) == ("twice",)

    def test_moves_and_files_that_begin_in_the_middle_are_no_start(self) -> None:
        middle = life("middle", Spell(date(2017, 9, 1), "P"))
        moved = life("moved", Spell(date(2015, 9, 1), "S"), Spell(date(2017, 9, 1), "P"))
        assert started(lives(middle, moved), FIRST, ON) == ()

    def test_short_breaks_are_no_start_but_care_that_follows_them_is(self) -> None:
        breaks = life("breaks", Spell(date(2017, 5, 1), "S", ls="V4"))
        turned = life("turned", Spell(date(2017, 5, 1), "S", ls="V4"), Spell(date(2017, 9, 1), "L", ls="V2"))
        assert started(lives(breaks, turned), FIRST, ON) == ("turned",)


class TestExits:
    def test_the_day_care_ceased_says_which_year(self) -> None:
        days = (date(2017, 3, 31), FIRST, ON, date(2018, 4, 1))
        rows = [life(f"{day:%d/%m/%Y}", Spell(date(2014, 1, 1), "S"), end=day, rec="E4A") for day in days]
        assert [each.on for each in exits(lives(*rows), FIRST, ON)] == [FIRST, ON]

    def test_a_child_who_left_twice_counts_by_the_last_time(self) -> None:
        first = life("twice", Spell(date(2017, 3, 1), "S"), end=date(2017, 5, 1), rec="E4B")
        again = life("twice", Spell(date(2017, 9, 1), "S"), end=date(2018, 2, 1), rec="E12")
        assert exits(lives(first, again), FIRST, ON) == (
            Exit(child="twice", on=date(2018, 2, 1), kind=ExitKind.ADOPTED),
        )

    def test_a_child_who_came_back_still_left(self) -> None:
        first = life("back", Spell(date(2017, 3, 1), "S"), end=date(2017, 5, 1), rec="E4A")
        again = life("back", Spell(date(2017, 9, 1), "S"))
        assert [each.kind for each in exits(lives(first, again), FIRST, ON)] == [ExitKind.HOME_PLANNED]
        assert stock(lives(first, again), ON) == ("back",)

    def test_the_end_of_short_breaks_or_of_an_episode_is_no_leaving(self) -> None:
        breaks = life("breaks", Spell(date(2017, 5, 1), "S", ls="V3"), end=date(2017, 8, 1), rec="E8")
        moved = life("moved", Spell(date(2015, 9, 1), "S"), Spell(date(2017, 9, 1), "P"))
        assert exits(lives(breaks, moved), FIRST, ON) == ()

    @pytest.mark.parametrize(
        ("rec", "kind"),
        [
            *((code, ExitKind.ADOPTED) for code in ("E11", "E12")),
            *((code, ExitKind.SPECIAL_GUARDIANSHIP) for code in ("E43", "E44", "E45", "E46", "E47", "E48")),
            ("E41", ExitKind.CHILD_ARRANGEMENTS), ("E4A", ExitKind.HOME_PLANNED), ("E4B", ExitKind.HOME_UNPLANNED),
            ("E13", ExitKind.OTHER_CARER), ("E5", ExitKind.INDEPENDENT), ("E6", ExitKind.INDEPENDENT),
            ("E17", ExitKind.STAYED_WITH_CARERS), ("E7", ExitKind.ADULT_CARE), ("E9", ExitKind.CUSTODY),
            ("E14", ExitKind.REMAND_ENDED), ("E15", ExitKind.FOUND_ADULT), ("E3", ExitKind.OTHER_AUTHORITY),
            ("E16", ExitKind.ABROAD), ("E2", ExitKind.DIED), ("E8", ExitKind.OTHER), ("X1", ExitKind.NOT_KNOWN),
            (None, ExitKind.NOT_KNOWN),
        ],
    )  # fmt: skip
    def test_every_code_of_rec(self, rec: str | None, kind: ExitKind) -> None:
        assert exit_kind(rec) is kind

    def test_every_code_listed_has_a_kind(self) -> None:
        from models.ssda903 import ever_listed

        assert {code for code in ever_listed("REC") if exit_kind(code) is ExitKind.NOT_KNOWN} == {"X1"}


def test_adoption_and_special_guardianship_are_shares_of_all_who_left() -> None:
    codes = {"a": "E11", "b": "E12", "c": "E44", "d": "E46", "e": "E48", "f": "E4A", "g": None}
    rows = [life(name, Spell(date(2014, 1, 1), "S"), end=date(2017, 9, 1), rec=rec) for name, rec in codes.items()]
    children = lives(settled, *rows)
    adopted, guarded = left_by_adoption(children, ON), left_by_special_guardianship(children, ON)
    assert (adopted.counted, guarded.counted) == (("a", "b"), ("c", "d", "e"))
    assert adopted.out_of == guarded.out_of == tuple("abcdefg")
    assert adopted.not_known == ("g",)
    assert left_by_adoption(children, date(2018, 9, 1)).denominator == 0


def test_the_files_are_whole_from_the_year_in_which_an_episode_first_ended() -> None:
    ended = life("ended", Spell(date(2010, 1, 1), "S"), Spell(date(2016, 4, 1), "P"))
    assert history_from(lives(ended, settled), ON) == date(2016, 4, 1)
    day_before = life("ended", Spell(date(2010, 1, 1), "S"), Spell(date(2016, 3, 31), "P"))
    assert history_from(lives(day_before, settled), ON) == date(2015, 4, 1)
    assert history_from(lives(settled), ON) == FIRST
