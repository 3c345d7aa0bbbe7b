"""Whatever the episodes, overlapping or out of order, every measure stands and counts among those it says."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.geography import Location
from models.ssda903 import Episode, Measure, ever_listed, long_term_stability, three_plus_placements
from models.ssda903 import location as where
from models.ssda903.care_leavers import stayed_put
from models.ssda903.endings import unplanned_ending_rate, unplanned_endings
from models.ssda903.flows import exits, left_by_adoption, left_by_special_guardianship, started, stock
from models.ssda903.settings_16_plus import in_regulated_settings, nights_in_other_settings
from models.ssda903.stability import months_before, three_plus_placements_in_two_years
from tests.make_case import ESSEX, HERTFORDSHIRE

SOME = settings(max_examples=40, deadline=None)
ON = date(2024, 3, 31)
FIRST = months_before(ON, 12) + timedelta(days=1)
DAYS = st.dates(date(2020, 1, 1), date(2024, 6, 30))
PLACES = {
    "AL1 3JE": Location("AL1 3JE", 514_000, 207_000, "", HERTFORDSHIRE),
    "CM1 1AA": Location("CM1 1AA", 571_000, 207_000, "", ESSEX),
}
POSTCODES = st.sampled_from([None, "AL1 3JE", "CM1 1AA", "BT1 1AA", "nowhere"])


@st.composite
def episodes(draw: st.DrawFn, child: str) -> tuple[Episode, ...]:
    return tuple(
        Episode(
            child=child,
            decom=(began := draw(DAYS)),
            dec=None if (lasted := draw(st.none() | st.integers(0, 400))) is None else began + timedelta(days=lasted),
            rne=draw(st.sampled_from("SPLTUB")),
            ls=draw(st.sampled_from(["C1", "C2", "E1", "V2", "V3", "V4"])),
            cin="N1",
            place=draw(st.sampled_from(sorted(ever_listed("PLACE")))),
            provider=draw(st.sampled_from([None, "PR1", "PR4"])),
            rec=draw(st.sampled_from([None, *ever_listed("REC")])),
            reason_place_change=draw(st.sampled_from([None, *ever_listed("REASON_PLACE_CHANGE")])),
            home_post=draw(POSTCODES),
            pl_post=draw(POSTCODES),
        )
        for _ in range(draw(st.integers(1, 6)))
    )


CHILDREN = st.fixed_dictionaries({name: episodes(name) for name in "AB"})
BIRTHS = st.dictionaries(st.sampled_from("AB"), st.dates(date(2002, 1, 1), date(2024, 6, 30)))


def measures(children: Mapping[str, Sequence[Episode]], births: Mapping[str, date]) -> list[Measure]:
    atlas = where.Atlas(HERTFORDSHIRE, PLACES, {"A": date(2023, 6, 1)})
    by_place = (
        where.out_of_area,
        where.over_twenty_miles,
        where.out_of_area_over_twenty_miles,
        where.at_a_distance,
        where.new_placements_at_a_distance,
        where.new_placements_out_of_area_over_twenty_miles,
    )
    return [
        three_plus_placements(children, ON),
        three_plus_placements_in_two_years(children, ON),
        long_term_stability(children, births, ON),
        left_by_adoption(children, ON),
        left_by_special_guardianship(children, ON),
        unplanned_endings(children, ON),
        in_regulated_settings(children, births, ON),
        stayed_put(children, births, ON),
        *(measure(children, atlas, ON) for measure in by_place),
    ]


@SOME
@given(CHILDREN, BIRTHS)
def test_counted_are_among_those_they_are_out_of(
    children: Mapping[str, Sequence[Episode]], births: Mapping[str, date]
) -> None:
    for measure in measures(children, births):
        assert set(measure.counted) <= set(measure.out_of)
        assert len(set(measure.out_of)) == len(measure.out_of)
        assert not set(measure.counted) & set(measure.not_known)


@SOME
@given(CHILDREN, BIRTHS)
def test_short_breaks_alone_are_in_nothing(
    children: Mapping[str, Sequence[Episode]], births: Mapping[str, date]
) -> None:
    short = {child: tuple(row.model_copy(update={"ls": "V4"}) for row in rows) for child, rows in children.items()}
    assert [measure for measure in measures(short, births) if measure.out_of or measure.not_known] == []
    assert (stock(short, ON), started(short, FIRST, ON), exits(short, FIRST, ON)) == ((), (), ())
    assert unplanned_ending_rate(short, ON).nights == 0
    assert nights_in_other_settings(short, births, FIRST, ON).by_child == {}


@SOME
@given(CHILDREN)
def test_nobody_lives_more_nights_than_there_are_but_where_episodes_overlap(
    children: Mapping[str, Sequence[Episode]],
) -> None:
    apart = {
        child: tuple(row for row in rows if not any(row is not other and _overlap(row, other) for other in rows))
        for child, rows in children.items()
    }
    days = (ON - FIRST).days + 1
    for child, rows in apart.items():
        assert unplanned_ending_rate({child: rows}, ON).nights <= days
        assert nights_in_other_settings({child: rows}, {}, FIRST, ON).total <= days


def _overlap(one: Episode, other: Episode) -> bool:
    end, other_end = one.dec or date.max, other.dec or date.max
    return one.decom <= other_end and other.decom <= end
