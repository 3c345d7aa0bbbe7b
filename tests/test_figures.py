"""Stock figures, each against a case small enough to count by hand."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.services.counts import AGE_BANDS, counted, mean, percent
from matcher.services.figures import stock_figures
from matcher.services.figures_supply import filled_places, places_of
from matcher.services.stock import Living, living, looked_after
from models.case import Case, PopulationCount
from models.child import Circumstances, SiblingGroup
from models.finding import SetAside
from models.geography import Locality
from models.home import Resident
from models.ssda903.derive import PlacementKind
from models.ssda903.episode import Episode
from models.vocabulary import (
    Feature,
    HomeKind,
    NotAvailable,
    ReferralReason,
    ResidentKind,
    Sector,
    Sex,
    SiblingDecision,
    Solo,
    Urgency,
)
from tests.make_case import (
    AS_AT,
    ESSEX,
    HERTFORDSHIRE,
    KENT,
    make_case,
    make_child,
    make_home,
    make_placement,
    make_referral,
)

DAY = dt.timedelta(days=1)


def episode(child: str, decom: dt.date, **fields: str | dt.date | None) -> Episode:
    given = {"rne": "S", "ls": "C2", "cin": "N1", "place": "U6", "provider": "PR1"} | fields
    return Episode.model_validate({"child": child, "decom": decom} | given)


def a_case() -> Case:
    children = (
        make_child("A", age=0, sex=Sex.MALE, ethnicity="WBRI"),
        make_child("B", age=4, sex=Sex.FEMALE, ethnicity="MWBC"),
        make_child("C", age=12, sex=Sex.MALE, ethnicity="BAFR", uasc=True),
        make_child("D", age=16, sex=Sex.FEMALE, ethnicity="AIND"),
        make_child("E", age=17, sex=Sex.MALE),
        make_child("NEW", age=9),
    )
    homes = (
        make_home("F1", places=3, bedrooms=3),
        make_home("F2", places=1, not_available_places=1, not_available_reason=NotAvailable.STAYING_PUT),
        make_home("K1", kind=HomeKind.CONNECTED, places=1, connected_children=frozenset({"B"})),
        make_home("I1", sector=Sector.PRIVATE, places=2, fee_pence=126_500, features=frozenset({Feature.DISABILITY})),
        make_home("R1", kind=HomeKind.RESIDENTIAL, sector=Sector.VOLUNTARY, places=4, fee_pence=381_000),
    )
    placements = (
        make_placement("A", "F1", utla=HERTFORDSHIRE),
        make_placement("B", "K1", kind=PlacementKind.KINSHIP, utla=HERTFORDSHIRE),
        make_placement("C", "I1", kind=PlacementKind.IFA_FOSTERING, utla=ESSEX, fee_pence=130_000),
        make_placement("D", "R1", kind=PlacementKind.INDEPENDENT_RESIDENTIAL, utla=KENT),
        make_placement("E", None, kind=PlacementKind.PARENTS),
    )
    residents = (
        Resident(id="S", home_id="F2", kind=ResidentKind.STAYING_PUT),
        Resident(id="O", home_id="F1", kind=ResidentKind.OTHER_AUTHORITY),
        Resident(id="X", home_id="F1", kind=ResidentKind.CARERS_OWN_CHILD),
    )
    return make_case(
        children,
        homes,
        placements=placements,
        residents=residents,
        population=(
            PopulationCount(district="E07000242", age_from=0, age_to=17, count=1_000),
            PopulationCount(district="E07000242", age_from=18, age_to=25, count=9_999),
            PopulationCount(district="E07000066", age_from=0, age_to=17, count=5_000),
        ),
        set_aside=(
            SetAside(what="child", id="Q", reason="no date of birth"),
            SetAside(what="home", id="Z", reason="no kind"),
            SetAside(what="child", id="P", reason="no sex"),
        ),
    )


def test_children_are_counted_by_age_sex_ethnic_group_and_uasc() -> None:
    figures = stock_figures(a_case())
    assert figures.children == 5
    assert [row.count for row in figures.age.rows] == [1, 1, 0, 1, 0, 2]
    assert [row.key for row in figures.age.rows] == list(AGE_BANDS)
    assert (figures.sex.count("M"), figures.sex.count("F")) == (3, 2)
    groups = {row.key: row.count for row in figures.ethnic_group.rows}
    assert groups == {"white": 1, "mixed": 1, "asian": 1, "black": 1, "other": 0, "not_known": 1}
    assert figures.uasc.count("True") == 1


def test_where_children_live_follows_the_placements() -> None:
    figures = stock_figures(a_case())
    assert figures.locality.count(Locality.IN_AREA) == 2
    assert figures.locality.count(Locality.ADJOINING) == 1
    assert figures.locality.count(Locality.AT_A_DISTANCE) == 1
    assert figures.locality.count("None") == 1
    assert figures.living.count(Living.IN_HOUSE_FOSTERING) == 2
    assert figures.living.count(Living.IFA) == 1
    assert figures.living.count(Living.RESIDENTIAL) == 1
    assert figures.living.count(Living.PARENTS) == 1
    assert figures.ifa_disability == 1


def test_in_house_fostering_is_told_apart_by_carer_and_approval() -> None:
    case = a_case()
    temporary = make_placement("E", None, kind=PlacementKind.KINSHIP)
    case = case.model_copy(update={"placements": (*case.placements[:-1], temporary)})
    carers = stock_figures(case).carers
    assert {row.key: row.count for row in carers.rows} == {
        "in_house": 1,
        "connected_approved": 1,
        "connected_elsewhere": 1,
    }
    assert carers.out_of == stock_figures(case).living.count(Living.IN_HOUSE_FOSTERING) == 3


def test_short_stay_beds_are_counted_apart() -> None:
    residential = {"kind": HomeKind.RESIDENTIAL, "bedrooms": 9}
    homes = (
        make_home("R1", places=5, **residential),
        make_home("R2", places=3, features=frozenset({Feature.SHORT_BREAKS}), **residential),
        make_home("R3", places=7, sector=Sector.PRIVATE, **residential),
        make_home("F1", places=2),
    )
    case = make_case([make_child("A")], homes, placements=(make_placement("A", "R2"),))
    beds = stock_figures(case).in_house_residential
    assert (beds.long_stay.homes, beds.long_stay.places, beds.long_stay.filled) == (1, 5, 0)
    assert (beds.short_stay.homes, beds.short_stay.places, beds.short_stay.filled) == (1, 3, 1)


def test_open_referrals_are_counted_by_urgency_reason_and_kind_of_search() -> None:
    children = [make_child("A", solo=Solo.REQUIRED), make_child("B", uasc=True), make_child("C"), make_child("D")]
    referrals = (
        make_referral("A", urgency=Urgency.SAME_DAY, circumstances=Circumstances(solo=Solo.PREFERRED)),
        make_referral("B", urgency=Urgency.SAME_DAY, reason=ReferralReason.UASC_ARRIVAL),
        make_referral("C", circumstances=Circumstances(solo=Solo.REQUIRED)),
    )
    groups = (SiblingGroup(id="G", children=("A", "C")), SiblingGroup(id="H", children=("B", "D")))
    placed = (make_placement("A", None), make_placement("D", None))
    case = make_case(children, referrals=referrals, sibling_groups=groups, placements=placed)
    week = stock_figures(case).referrals
    assert (week.total, week.not_yet_looked_after, week.unaccompanied, week.sibling_groups) == (3, 2, 1, 1)
    assert week.solo_required == 1, "A's form no longer asks for it, C's does"
    assert {row.key: row.count for row in week.by_urgency.rows if row.count} == {"same_day": 2, "planned": 1}
    assert {row.key: row.count for row in week.by_reason.rows if row.count} == {"new_to_care": 2, "uasc_arrival": 1}


def test_a_placement_price_wins_over_the_fee_of_its_home() -> None:
    costs = {cost.label: cost for cost in stock_figures(a_case()).costs}
    assert costs["IFA fostering, disability"].mean_pence == 130_000
    assert costs["Independent residential homes"].mean_pence == 381_000
    assert (costs["With parents"].children, costs["With parents"].priced, costs["With parents"].mean_pence) == (
        1,
        0,
        None,
    )


def test_supply_counts_households_places_and_reasons() -> None:
    supply = stock_figures(a_case()).fostering
    assert [(row.approved_for, row.households) for row in supply.by_approved_number] == [(1, 2), (3, 1)]
    total = supply.total
    assert (total.places, total.filled, total.vacant, total.not_available, total.over) == (5, 3, 1, 1, 0)
    assert [(row.label, row.places) for row in supply.not_available_by_reason] == [("A young person staying put", 1)]


def test_places_above_the_number_are_shown_as_over_and_still_add_up() -> None:
    home = make_home("F1", places=1)
    children = [make_child("A"), make_child("B")]
    case = make_case(children, [home], placements=[make_placement(child.id, "F1") for child in children])
    places = places_of(case, case.homes, "all")
    assert (places.filled, places.vacant, places.over) == (2, 0, 1)
    assert places.places == places.filled + places.vacant + places.not_available - places.over
    assert filled_places(case, home) == 2


def test_private_and_voluntary_agencies_are_counted_together() -> None:
    homes = [make_home("P", sector=Sector.PRIVATE), make_home("V", sector=Sector.VOLUNTARY), make_home("I")]
    occupancy = stock_figures(make_case((), homes)).occupancy
    assert [(row.label, row.homes) for row in occupancy] == [("in-house fostering", 1), ("IFA fostering", 2)]


def test_residents_who_are_not_the_authoritys_children() -> None:
    others = stock_figures(a_case()).others
    assert (others.staying_put, others.other_authorities, others.other_authorities_in_area) == (1, 1, 1)


def test_the_rate_counts_only_under_18_in_the_authoritys_own_districts() -> None:
    rate = stock_figures(a_case()).rate
    assert (rate.children, rate.population, rate.per_10_000) == (5, 1_000, 50.0)
    assert stock_figures(make_case()).rate.per_10_000 is None


def test_records_set_aside_are_counted_by_sort() -> None:
    assert {row.what: row.count for row in stock_figures(a_case()).set_aside} == {"child": 2, "home": 1}


def test_a_child_with_episodes_counts_only_if_one_is_open_and_no_short_break() -> None:
    children = [make_child(name) for name in ("open", "ended", "break", "sheet only", "referred")]
    start = dt.date(2017, 5, 1)
    case = make_case(
        children,
        placements=[make_placement(name, None) for name in ("open", "ended", "break", "sheet only")],
        episodes={
            "open": (episode("open", start),),
            "ended": (episode("ended", start, dec=AS_AT, rec="E8"),),
            "break": (episode("break", start, ls="V4"),),
        },
    )
    assert [child.id for child in looked_after(case)] == ["open", "sheet only"]


def test_stability_measures_come_from_the_episodes() -> None:
    first, second, third = dt.date(2015, 6, 1), dt.date(2017, 6, 1), dt.date(2017, 9, 1)
    moved = (
        episode("moved", first, dec=second, rec="X1"),
        episode("moved", second, rne="P", dec=third, rec="X1", pl_post="SG1 1AA"),
        episode("moved", third, rne="P", pl_post="SG2 1AA"),
    )
    stable = (episode("stable", first),)
    children = [make_child("moved", age=9), make_child("stable", age=9)]
    figures = stock_figures(make_case(children, episodes={"moved": moved, "stable": stable}))
    assert (figures.three_or_more_placements.counted, figures.three_or_more_placements.out_of) == (1, 2)
    assert (figures.long_term_stability.counted, figures.long_term_stability.percent) == (1, 50.0)


def siblings_case(decision: SiblingDecision, units: tuple[tuple[str, ...], ...], homes: dict[str, str | None]) -> Case:
    group = SiblingGroup(
        id="G", children=tuple(homes), decision=decision, units=units, decided_on=AS_AT - 30 * DAY, decided_by="panel"
    )
    placements = [make_placement(child, home, postcode="sg1 1aa") for child, home in homes.items()]
    return make_case(
        [make_child(child) for child in homes],
        [make_home("H1", places=3), make_home("H2", places=3)],
        placements=placements,
        sibling_groups=(group,),
    )


@pytest.mark.parametrize(
    ("decision", "units", "homes", "to_plan"),
    [
        (SiblingDecision.TOGETHER, (), {"A": "H1", "B": "H1"}, 1),
        (SiblingDecision.TOGETHER, (), {"A": "H1", "B": "H2"}, 0),
        (SiblingDecision.APART, (), {"A": "H1", "B": "H2"}, 1),
        (SiblingDecision.APART, (), {"A": "H1", "B": "H1"}, 0),
        (SiblingDecision.TOGETHER, (("A", "B"),), {"A": "H1", "B": "H1", "C": "H2"}, 1),
        (SiblingDecision.TOGETHER, (("A", "B"),), {"A": "H1", "B": "H2", "C": "H2"}, 0),
        (SiblingDecision.TOGETHER, (), {"A": None, "B": None}, 1),
    ],
)
def test_placed_to_plan_needs_every_pair_as_planned(
    decision: SiblingDecision, units: tuple[tuple[str, ...], ...], homes: dict[str, str | None], to_plan: int
) -> None:
    siblings = stock_figures(siblings_case(decision, units, homes)).siblings
    assert (siblings.groups, siblings.assessed_in_year, siblings.placed_to_plan) == (1, 1, to_plan)
    assert siblings.children == len(homes)


def test_a_group_nobody_assessed_is_not_counted_as_assessed() -> None:
    siblings = stock_figures(siblings_case(SiblingDecision.NOT_ASSESSED, (), {"A": "H1", "B": "H2"})).siblings
    assert (siblings.groups, siblings.assessed_in_year, siblings.not_assessed, siblings.apart_against_plan) == (
        1,
        0,
        1,
        0,
    )


@pytest.mark.parametrize("kind", list(PlacementKind))
def test_every_kind_of_placement_belongs_to_a_group(kind: PlacementKind) -> None:
    assert living(make_placement("A", None, kind=kind)) is not Living.NOT_KNOWN


def test_a_value_without_a_label_is_never_dropped() -> None:
    with pytest.raises(KeyError, match="no label for 'b'"):
        counted("k", "Title", ["a", "b"], {"a": "A"}, definition="", source="")


@given(st.integers(0, 5_000), st.integers(1, 5_000))
def test_percent_is_the_nearest_tenth(part: int, whole: int) -> None:
    share = percent(part, whole)
    assert share is not None
    assert abs(share - 100 * part / whole) <= 0.05 + 1e-9


def test_percent_and_mean_round_halves_up_and_know_nothing_of_nothing() -> None:
    assert percent(1, 2000) == 0.1
    assert percent(649, 903) == 71.9
    assert percent(0, 0) is None
    assert mean(5, 2) == 3
    assert mean(0, 0) is None
