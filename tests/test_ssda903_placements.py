"""Episodes gathered into periods of care and placements: one hand-made history for each clause."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from models.ssda903 import (
    Episode,
    PlacementKind,
    by_child,
    episode_on,
    in_care_on,
    period_of_care_on,
    period_of_care_start,
    periods_of_care,
    placement_on,
    placements,
    placements_between,
    placements_in_year,
)

MARCH_2018 = date(2018, 3, 31)


def day(text: str) -> date:
    """A date written dd/mm/yyyy, as returns write it."""
    d, m, y = text.split("/")
    return date(int(y), int(m), int(d))


def history(*rows: str, child: str = "C1") -> list[Episode]:
    """Episodes from lines of ``decom dec rne ls place provider [urn [postcode]]``, ``-`` for blank."""
    episodes = []
    for row in rows:
        parts = [None if part == "-" else part for part in row.split()] + [None, None]
        decom, dec, rne, ls, place, provider, urn, post = parts[:8]
        assert decom and rne and ls and place
        episodes.append(
            Episode(
                child=child,
                decom=day(decom),
                dec=day(dec) if dec else None,
                rne=rne,
                ls=ls,
                cin="N1",
                place=place,
                provider=provider,
                urn=urn,
                pl_post=post,
            )
        )
    return episodes


def starts(episodes: list[Episode]) -> list[str]:
    return [f"{placement.start:%d/%m/%Y}" for placement in placements(episodes)]


class TestEpisode:
    def test_it_cannot_end_before_it_starts(self) -> None:
        with pytest.raises(ValidationError, match="ends on 01/01/2018, before it starts on 02/01/2018"):
            history("02/01/2018 01/01/2018 S C2 U6 PR1")

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            ("01/01/2018 - X C2 U6 PR1", "RNE 'X' is not a code of any year; expected one of S, L, P, T, B, U"),
            ("01/01/2018 - S C9 U6 PR1", "LS 'C9'"),
            ("01/01/2018 - S C2 U9 PR1", "PLACE 'U9'"),
            ("01/01/2018 - S C2 U6 PR9", "PLACE_PROVIDER 'PR9'"),
        ],
    )
    def test_codes_that_placements_rest_on_must_exist(self, row: str, message: str) -> None:
        with pytest.raises(ValidationError, match=message):
            history(row)

    def test_a_retired_code_is_still_a_code(self) -> None:
        assert history("01/01/2026 - S C2 H5 PR4")[0].kind is PlacementKind.SUPPORTED


class TestInCare:
    rows = history(
        "01/06/2017 01/09/2017 S V2 U6 PR1",
        "01/09/2017 01/12/2017 P V2 K2 PR4",
        "05/02/2018 - S C1 U6 PR4",
    )

    @pytest.mark.parametrize(
        ("on", "place"),
        [
            ("31/05/2017", None),
            ("01/06/2017", "U6"),
            ("31/08/2017", "U6"),
            ("01/09/2017", "K2"),
            ("30/11/2017", "K2"),
            ("01/12/2017", None),
            ("05/02/2018", "U6"),
            ("31/03/2030", "U6"),
        ],
    )
    def test_each_night_belongs_to_one_episode(self, on: str, place: str | None) -> None:
        found = episode_on(self.rows, day(on))
        assert (found.place if found else None) == place
        assert in_care_on(self.rows, day(on)) is (place is not None)

    def test_a_child_who_leaves_on_31_march_is_not_counted_that_day(self) -> None:
        assert not in_care_on(history("01/06/2017 31/03/2018 S V2 U6 PR1"), MARCH_2018)

    def test_short_breaks_are_not_care(self) -> None:
        assert not in_care_on(history("01/06/2017 - S V4 U6 PR1"), MARCH_2018)
        assert not in_care_on(history("30/03/2018 01/04/2018 S V3 U6 PR1"), MARCH_2018)


class TestPeriodsOfCare:
    def test_going_home_and_coming_back_starts_again(self) -> None:
        rows = TestInCare.rows
        assert [(p.start, p.end, p.start_known) for p in periods_of_care(rows)] == [
            (day("01/06/2017"), day("01/12/2017"), True),
            (day("05/02/2018"), None, True),
        ]
        assert period_of_care_start(rows, day("15/10/2017")) == day("01/06/2017")
        assert period_of_care_start(rows, MARCH_2018) == day("05/02/2018")
        assert period_of_care_start(rows, day("01/01/2018")) is None

    def test_a_start_on_the_day_the_last_period_ended_is_a_new_period(self) -> None:
        rows = history("01/06/2017 01/09/2017 S V2 U6 PR1", "01/09/2017 - S V2 U6 PR1")
        assert period_of_care_start(rows, MARCH_2018) == day("01/09/2017")

    def test_files_that_begin_in_the_middle_say_so(self) -> None:
        period = period_of_care_on(history("01/06/2017 - L C2 U6 PR1"), MARCH_2018)
        assert period is not None
        assert (period.start, period.start_known) == (day("01/06/2017"), False)

    def test_a_gap_without_a_start_is_a_period_whose_start_is_not_known(self) -> None:
        rows = history("01/06/2017 01/09/2017 S V2 U6 PR1", "01/10/2017 - P V2 U6 PR1")
        assert [p.start_known for p in periods_of_care(rows)] == [True, False]

    def test_care_that_grew_out_of_short_breaks_starts_with_the_care(self) -> None:
        rows = history("01/06/2015 01/09/2017 S V4 U6 PR1", "01/09/2017 - L C1 U6 PR1")
        period = period_of_care_on(rows, MARCH_2018)
        assert period is not None
        assert (period.start, period.start_known) == (day("01/09/2017"), True)

    def test_an_episode_left_open_ends_where_the_next_begins(self) -> None:
        rows = history("01/06/2017 - S V2 U6 PR1", "01/09/2017 - P V2 K2 PR4")
        assert len(periods_of_care(rows)) == 1
        assert [p.end for p in placements(rows)] == [day("01/09/2017"), None]


class TestPlacements:
    def test_p_and_b_change_the_carer(self) -> None:
        rows = history(
            "01/05/2017 01/06/2017 S V2 U6 PR1",
            "01/06/2017 01/07/2017 P V2 U6 PR1",
            "01/07/2017 - B C1 U6 PR4",
        )
        assert starts(rows) == ["01/05/2017", "01/06/2017", "01/07/2017"]

    def test_l_t_and_u_keep_the_carer(self) -> None:
        rows = history(
            "01/05/2017 01/06/2017 S V2 U6 PR4 2000001 SG138DQ",
            "01/06/2017 01/07/2017 L C1 U6 PR4 2000001 SG138DQ",
            "01/07/2017 01/08/2017 T C1 U6 PR4 2000001 AL11AA",
            "01/08/2017 - U C2 U4 PR1 SC00001 AL11AA",
        )
        (only,) = placements(rows)
        assert len(only.episodes) == 4
        assert (only.start, only.end) == (day("01/05/2017"), None)
        assert only.kind is PlacementKind.IN_HOUSE_FOSTERING
        assert only.episodes[0].kind is PlacementKind.IFA_FOSTERING

    @pytest.mark.parametrize("rne", ["P", "B", "T", "U"])
    @pytest.mark.parametrize("place", ["A3", "A5"])
    def test_adoption_by_the_current_carer_is_no_move_however_it_is_coded(self, rne: str, place: str) -> None:
        rows = history("01/05/2017 01/06/2017 S E1 U5 PR1", f"01/06/2017 - {rne} E1 {place} PR1")
        (only,) = placements(rows)
        assert only.kind is PlacementKind.ADOPTION

    def test_adoption_by_others_is_a_move(self) -> None:
        rows = history("01/05/2017 01/06/2017 S E1 U6 PR1", "01/06/2017 - P E1 A6 PR1")
        assert starts(rows) == ["01/05/2017", "01/06/2017"]

    def test_a_holiday_from_and_back_to_the_same_carer_is_one_placement(self) -> None:
        rows = history(
            "01/05/2017 01/06/2017 S V2 U6 PR4 2000001 SG138DQ",
            "01/06/2017 15/06/2017 P V2 T3 -",
            "15/06/2017 - P V2 U6 PR4 2000001 SG138DQ",
        )
        (only,) = placements(rows)
        assert only.usual.place == "U6"
        assert placement_on(rows, day("07/06/2017")) == only

    @pytest.mark.parametrize(
        "after",
        [
            "P V2 U6 PR4 2000002 SG138DQ",
            "P V2 U6 PR4 2000001 AL11AA",
            "P V2 U6 PR1 - -",
            "P V2 K2 PR4 - -",
            "P V2 A6 PR4 - -",
            "P V2 U1 PR4 - -",
        ],
    )
    def test_a_temporary_stay_that_leads_to_another_home_is_a_move(self, after: str) -> None:
        rows = history(
            "01/05/2017 01/06/2017 S V2 U6 PR4 2000001 SG138DQ",
            "01/06/2017 05/06/2017 P V2 T4 -",
            f"05/06/2017 - {after}",
        )
        first, second = placements(rows)
        assert (first.end, second.start) == (day("05/06/2017"), day("05/06/2017"))
        assert not second.opens_period

    @pytest.mark.parametrize("after", ["P V2 U6 - - -", "P V2 U6 PR4 XXXXXXX SG13", "P V2 A5 PR4 2000001 -"])
    def test_what_is_not_known_after_a_temporary_stay_is_no_move(self, after: str) -> None:
        rows = history(
            "01/05/2017 01/06/2017 S V2 U6 PR4 2000001 -",
            "01/06/2017 05/06/2017 P V2 T4 -",
            f"05/06/2017 - {after}",
        )
        assert starts(rows) == ["01/05/2017"]

    def test_temporary_stays_in_a_row_and_a_postcode_written_two_ways(self) -> None:
        rows = history(
            "01/05/2017 01/06/2017 S V2 K2 PR1 SC1 SG138DQ",
            "01/06/2017 03/06/2017 P V2 T1 -",
            "03/06/2017 05/06/2017 P V2 T4 -",
            "05/06/2017 - P V2 K2 PR1 SC1 -",
        )
        rows[-1] = rows[-1].model_copy(update={"pl_post": "sg13 8dq"})
        assert starts(rows) == ["01/05/2017"]

    def test_a_period_that_wrongly_begins_with_a_temporary_stay_gives_it_to_the_first_placement(self) -> None:
        rows = history("01/05/2017 03/05/2017 S V2 T4 -", "03/05/2017 - P V2 U6 PR1")
        (only,) = placements(rows)
        assert (only.start, only.kind) == (day("01/05/2017"), PlacementKind.IN_HOUSE_FOSTERING)

    def test_nothing_but_a_temporary_stay_is_no_placement_to_count(self) -> None:
        rows = history("01/05/2017 - S V2 T4 -")
        assert placements(rows)[0].kind is PlacementKind.TEMPORARY
        assert placements_in_year(rows, 2018) == 0

    def test_coming_back_to_the_same_carer_after_time_at_home_is_a_new_placement(self) -> None:
        rows = history("01/05/2017 01/06/2017 S V2 U6 PR1 SC1", "01/08/2017 - S V2 U6 PR1 SC1")
        assert [placement.opens_period for placement in placements(rows)] == [True, True]

    def test_short_breaks_are_left_out(self) -> None:
        rows = history("01/05/2016 01/06/2017 S V4 K2 PR4", "01/06/2017 - L V2 K2 PR4")
        (only,) = placements(rows)
        assert (only.start, only.opens_period) == (day("01/06/2017"), True)

    def test_the_reason_a_placement_ended_is_its_last_episodes(self) -> None:
        rows = history("01/05/2017 01/06/2017 S V2 U6 PR1", "01/06/2017 - P V2 K2 PR4")
        rows[0] = rows[0].model_copy(update={"reason_place_change": "CREQB"})
        assert [placement.reason_ended for placement in placements(rows)] == ["CREQB", None]

    def test_overlapping_episodes_lose_no_day_and_count_none_twice(self) -> None:
        rows = history("01/05/2017 01/08/2017 S V2 U6 PR1", "01/07/2017 - P V2 K2 PR4")
        assert [(p.start, p.end) for p in placements(rows)] == [
            (day("01/05/2017"), day("01/07/2017")),
            (day("01/07/2017"), None),
        ]


class TestPlacementsInYear:
    def test_the_one_open_on_1_april_counts_and_one_that_ended_then_does_not(self) -> None:
        rows = history(
            "01/05/2015 01/04/2017 S C2 U6 PR1",
            "01/04/2017 02/04/2017 P C2 U6 PR1",
            "02/04/2017 31/03/2018 P C2 U6 PR1",
            "31/03/2018 - P C2 U6 PR4",
        )
        assert placements_in_year(rows, 2018) == 3
        assert placements_in_year(rows, 2017) == 1
        assert placements_in_year(rows, 2019) == 1
        assert placements_in_year(rows, 2015) == 0

    def test_both_periods_of_care_count(self) -> None:
        assert placements_in_year(TestInCare.rows, 2018) == 3

    def test_a_window_of_one_night(self) -> None:
        rows = history("01/06/2017 02/06/2017 S V2 U6 PR1", "02/06/2017 - P V2 K2 PR4")
        assert len(placements_between(rows, day("01/06/2017"), day("01/06/2017"))) == 1


def test_children_are_kept_apart_and_put_in_order() -> None:
    rows = history("01/06/2017 - P V2 K2 PR4", "01/05/2017 01/06/2017 S V2 U6 PR1") + history(
        "01/01/2017 - S C2 U6 PR1", child="C2"
    )
    grouped = by_child(rows)
    assert list(grouped) == ["C1", "C2"]
    assert [episode.place for episode in grouped["C1"]] == ["U6", "K2"]


@st.composite
def lives(draw: st.DrawFn) -> list[Episode]:
    """A child's unbroken or broken run of episodes with random codes, no two on the same night."""
    start = date(2016, 1, 1)
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        start += timedelta(days=draw(st.sampled_from([0, 0, 0, 9])))
        end = start + timedelta(days=draw(st.integers(1, 40)))
        rows.append(
            Episode(
                child="C1",
                decom=start,
                dec=end,
                rne=draw(st.sampled_from("SLPTBU")),
                ls=draw(st.sampled_from(["C2", "C2", "V4"])),
                cin="N1",
                place=draw(st.sampled_from(["U6", "U4", "K2", "T3", "A5", "A6", "P1"])),
                provider=draw(st.sampled_from([None, "PR1", "PR4"])),
                urn=draw(st.sampled_from([None, "SC1", "SC2"])),
            )
        )
        start = end
    return rows


@given(lives(), st.randoms(use_true_random=False))
def test_placements_share_out_every_night_in_care_once_in_any_order(
    rows: list[Episode], shuffler: random.Random
) -> None:
    found = placements(rows)
    for offset in range(600):
        on = date(2015, 12, 1) + timedelta(days=offset)
        homes = [placement for placement in found if placement.covers(on)]
        assert len(homes) == in_care_on(rows, on)
        assert placement_on(rows, on) == (homes[0] if homes else None)
    assert sum(len(placement.episodes) for placement in found) == sum(row.ls != "V4" for row in rows)
    shuffled = list(rows)
    shuffler.shuffle(shuffled)
    assert placements(shuffled) == found


@given(lives())
def test_a_new_placement_opens_a_period_exactly_where_care_was_broken(rows: list[Episode]) -> None:
    opened = [placement.start for placement in placements(rows) if placement.opens_period]
    assert opened == [period.start for period in periods_of_care(rows)]
