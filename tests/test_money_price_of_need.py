"""Price per needs point: by hand, against a plain Theil-Sen, and with fees planted far from the line."""

from itertools import combinations
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.services.money.need_line import LEAST_CHILDREN, OUTLYING, fit
from matcher.services.money.price_of_need import PriceOfNeed, price_of_need
from models.case import Case
from models.home import Provider
from models.ssda903.derive import PlacementKind
from models.vocabulary import Sector
from tests.make_case import FRAMEWORK, NEED_KEYS, make_case, make_child, make_home, make_placement

POINTS = st.lists(st.tuples(st.integers(0, 9_600), st.integers(0, 2_000_000)), min_size=LEAST_CHILDREN, max_size=30)


def _case(fees: list[int], *, sector: Sector = Sector.PRIVATE) -> Case:
    """Children n of whose needs stand at level 1, one for each fee (n = 1, 2, ...), in one home of an agency."""
    children = [make_child(f"C{n}", levels=_levels(n)) for n in range(1, len(fees) + 1)]
    home = make_home("H", places=40, sector=sector)
    kind = PlacementKind.IFA_FOSTERING if sector is Sector.PRIVATE else PlacementKind.IN_HOUSE_FOSTERING
    placements = [make_placement(f"C{n}", "H", kind=kind, fee_pence=fee) for n, fee in enumerate(fees, 1)]
    agency = Provider(id="P1", name="Elm agency", sector=sector)
    return make_case(children, [home], placements=placements, providers=[agency], referrals=())


def _levels(ones: int) -> dict[str, int]:
    return dict.fromkeys(NEED_KEYS, 0) | dict.fromkeys(NEED_KEYS[:ones], 1)


def _tenths(ones: int) -> int:
    return sum(FRAMEWORK.tenths_per_level[:ones])


def on_a_line(number: int, extra: int = 0) -> list[int]:
    """Fees of 500 pounds and 1 pound a needs point, a little scattered, the last one ``extra`` dearer."""
    fees = [50_000 + 10 * _tenths(n) + (-1) ** n * 300 for n in range(1, number + 1)]
    return [*fees[:-1], fees[-1] + extra]


def test_price_per_point_by_hand() -> None:
    found = price_of_need(_case([90_000, 60_000]))
    one, two = found.points
    assert (one.score_tenths, two.score_tenths) == (_tenths(1), _tenths(2))
    assert one.pence_per_point == round(10 * 90_000 / _tenths(1))
    (service,) = found.by_service
    assert service.pence_per_point == round(10 * 150_000 / (_tenths(1) + _tenths(2)))
    (provider,) = found.by_provider
    assert (provider.label, provider.provider, provider.children) == ("IFA fostering", "Elm agency", ("C1", "C2"))
    assert found.too_few == ("IFA fostering",)
    assert found.outliers == ()


def test_a_need_nobody_has_said_is_not_nought() -> None:
    levels = _levels(3)
    del levels[NEED_KEYS[-1]]
    children = [make_child("PART", levels=levels), make_child("NONE"), make_child("FULL", levels=_levels(0))]
    placements = [make_placement(child.id, "H") for child in children]
    case = make_case(children, [make_home("H", places=3)], placements=placements, referrals=())
    found = price_of_need(case)
    assert [point.child_id for point in found.points] == ["FULL"]
    assert found.points[0].pence_per_point is None  # a score of 0 has no price per point
    assert found.left_out == ("PART", "NONE")
    assert [point.child_id for point in price_of_need(case, 90).points] == ["PART", "FULL"]
    assert "NONE" in price_of_need(case, 0).left_out  # nothing known is never a score


@pytest.mark.parametrize(("extra", "listed"), [(0, []), (100_000, ["C12"]), (-40_000, ["C12"])])
def test_fees_far_from_the_line_are_listed_in_both_directions(extra: int, listed: list[str]) -> None:
    found = price_of_need(_case(on_a_line(12, extra)))
    assert [outlier.point.child_id for outlier in found.outliers] == listed
    for outlier in found.outliers:
        assert outlier.difference_pence == outlier.point.fee_pence - outlier.expected_pence
        assert abs(outlier.difference_pence - extra) < 1_000
        assert outlier.low_pence <= outlier.expected_pence <= outlier.high_pence


def test_the_authoritys_own_allowances_are_not_negotiated() -> None:
    found = price_of_need(_case(on_a_line(12, 100_000), sector=Sector.IN_HOUSE))
    assert found.outliers == ()
    assert len(found.points) == 12  # but they are in the scatter


def test_one_fee_off_a_line_that_all_others_keep_is_still_found() -> None:
    exact = [50_000 + 10 * _tenths(n) for n in range(1, 13)]
    found: PriceOfNeed = price_of_need(_case([*exact[:-1], exact[-1] + 50_000]))
    assert [outlier.point.child_id for outlier in found.outliers] == ["C12"]
    assert price_of_need(_case(exact)).outliers == ()


@settings(max_examples=50)
@given(POINTS)
def test_the_line_is_theil_and_sens(points: list[tuple[int, int]]) -> None:
    slopes = [(y2 - y1) / (x2 - x1) * 10 for (x1, y1), (x2, y2) in combinations(points, 2) if x1 != x2]
    line = fit(points)
    if not slopes:
        assert line is None
        return
    assert line is not None
    assert line.pence_per_point == pytest.approx(median(slopes), rel=1e-9, abs=1e-6)
    assert line.base_pence == pytest.approx(median(y - median(slopes) * x / 10 for x, y in points), rel=1e-6, abs=1e-3)
    inside = [line.usual(x)[0] <= y <= line.usual(x)[2] for x, y in points]
    assert sum(inside) * 2 >= len(points)  # half the fees lie within 1.4826 / 2.5 of the range


def test_a_region_of_children_is_thinned_and_gives_the_same_line() -> None:
    points = [(n % 5_000, 50_000 + 2 * (n % 5_000) + (-1) ** n * 40) for n in range(10_000)]
    line = fit(points)
    assert line is not None
    assert line.children == 10_000
    assert line.pence_per_point == pytest.approx(20, rel=1e-2)
    assert line.base_pence == pytest.approx(50_000, rel=1e-2)


def test_where_too_many_are_alike_the_slope_has_no_interval() -> None:
    line = fit([(0, 0)] * 9 + [(10, 0)])
    assert line is not None
    assert (line.pence_per_point, line.slope_low, line.slope_high) == (0, None, None)


def test_nine_children_are_too_few() -> None:
    assert fit([(n, n) for n in range(LEAST_CHILDREN - 1)]) is None
    assert fit([(5, n) for n in range(20)]) is None  # one score only


def test_the_range_is_the_rules() -> None:
    line = fit([(10 * n, 1_000 * n + (100 if n % 2 else -100)) for n in range(20)])
    assert line is not None
    low, expected, high = line.usual(100)
    assert high - expected == pytest.approx(OUTLYING * line.spread_pence, abs=1)
    assert expected - low == pytest.approx(OUTLYING * line.spread_pence, abs=1)
