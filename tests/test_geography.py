"""Miles, locality and approvals against answers worked out by hand or by exact decimals."""

import math
import subprocess
import sys
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.geography import (
    Adjacency,
    Approval,
    Locality,
    Location,
    Point,
    UnknownAreaError,
    adjacency,
    adjoins,
    approval_level,
    district_name,
    districts_of,
    locality,
    miles_tenths,
    straight_line_miles,
    tenths_of_mile,
    utla_name,
    utla_of,
)

HERTFORDSHIRE = "E10000015"
BARNET = "E09000003"
ESSEX = "E10000012"
KENT = "E10000016"
POWYS, HEREFORDSHIRE = "W06000023", "E06000019"
SCOTTISH_BORDERS, NORTHUMBERLAND = "S12000026", "E06000057"

HERTFORD = Point(532414, 211995)
PALACE = Point(529090, 179645)

metres = st.integers(min_value=0, max_value=1_300_000)


def exact_tenths(squared: int) -> int:
    with localcontext(prec=60):
        return int((Decimal(squared).sqrt() / Decimal("160.93")).quantize(Decimal(1), ROUND_HALF_UP))


def test_miles_known_answers() -> None:
    assert straight_line_miles(HERTFORD, PALACE) == 20.2
    assert miles_tenths(HERTFORD, HERTFORD) == 0
    # A tenth of a mile is 160.93 m, so the first half lies between 80 m and 81 m.
    assert miles_tenths(Point(0, 0), Point(80, 0)) == 0
    assert miles_tenths(Point(0, 0), Point(0, 81)) == 1
    # 16,093 m are ten miles to the metre.
    assert miles_tenths(Point(0, 0), Point(16_093, 0)) == 100


@given(metres, metres)
def test_tenths_equal_exact_decimals(dx: int, dy: int) -> None:
    squared = dx * dx + dy * dy
    assert tenths_of_mile(squared) == exact_tenths(squared)


@given(st.integers(min_value=0, max_value=9_000), st.integers(min_value=-2, max_value=2))
def test_tenths_right_next_to_every_rounding_step(tenths: int, nudge: int) -> None:
    edge = math.isqrt(((2 * tenths + 1) * 16_093) ** 2 // 40_000)
    for squared in (max(edge * edge + nudge, 0), ((2 * tenths + 1) * 16_093) ** 2 // 40_000 + nudge):
        assert tenths_of_mile(max(squared, 0)) == exact_tenths(max(squared, 0))


@given(metres, metres, metres, metres)
def test_miles_are_symmetric(a: int, b: int, c: int, d: int) -> None:
    assert miles_tenths(Point(a, b), Point(c, d)) == miles_tenths(Point(c, d), Point(a, b))


def test_compiled_copy_gives_the_same_tenths() -> None:
    import numba
    import numpy as np

    compiled: Any = numba.njit(tenths_of_mile)
    rng = np.random.default_rng(20)
    squares = (rng.integers(0, 1_000_000, 2_000) ** 2 + rng.integers(0, 1_000_000, 2_000) ** 2).tolist()
    assert [compiled(square) for square in squares] == [tenths_of_mile(square) for square in squares]
    assert [compiled(square) for square in squares] == [exact_tenths(square) for square in squares]


def test_location_is_a_point_for_distances() -> None:
    home = Location("SG13 8DQ", 532414, 211995, "E07000242", HERTFORDSHIRE)
    assert home.point == HERTFORD
    assert home.exact
    assert straight_line_miles(home, PALACE) == 20.2


def test_hertfordshire_has_its_nine_neighbours() -> None:
    names = {utla_name(code) for code in adjacency().neighbours(HERTFORDSHIRE)}
    assert names == {
        "Barnet", "Buckinghamshire", "Cambridgeshire", "Central Bedfordshire", "Enfield", "Essex", "Harrow",
        "Hillingdon", "Luton",
    }  # fmt: skip


def test_adjoining_is_mutual_and_never_of_itself() -> None:
    assert adjoins(HERTFORDSHIRE, ESSEX)
    assert adjoins(ESSEX, HERTFORDSHIRE)
    assert not adjoins(HERTFORDSHIRE, KENT)
    assert not adjoins(ESSEX, ESSEX)


def test_adjoining_is_an_edge_of_the_graph_for_every_two_authorities() -> None:
    graph = adjacency().graph
    assert len(graph) > 150
    for a, b in product(graph, repeat=2):
        assert adjoins(a, b) == graph.has_edge(a, b)


def test_tidal_water_does_not_adjoin() -> None:
    thurrock, lambeth, westminster = "E06000034", "E09000022", "E09000033"
    assert not adjoins(KENT, thurrock)
    assert not adjoins(lambeth, westminster)
    richmond, kingston = "E09000027", "E09000021"
    assert adjoins(richmond, kingston)


def test_islands_have_no_neighbours() -> None:
    assert adjacency().neighbours("E06000046") == frozenset()  # Isle of Wight
    assert adjacency().neighbours("E06000053") == frozenset()  # Isles of Scilly


def test_adjacency_from_pairs_of_ones_own() -> None:
    made = Adjacency([("A", "B")], authorities=["C"])
    assert made.adjoins("B", "A")
    assert not made.adjoins("A", "C")
    with pytest.raises(UnknownAreaError, match="'D' is not the code"):
        made.adjoins("A", "D")


@pytest.mark.parametrize(
    ("there", "where", "who"),
    [
        (HERTFORDSHIRE, Locality.IN_AREA, Approval.NONE),
        (BARNET, Locality.ADJOINING, Approval.NOMINATED_OFFICER),
        (KENT, Locality.AT_A_DISTANCE, Approval.DIRECTOR),
        (POWYS, Locality.AT_A_DISTANCE, Approval.DIRECTOR),
        (SCOTTISH_BORDERS, Locality.AT_A_DISTANCE, Approval.DIRECTOR),
        ("N09000003", Locality.AT_A_DISTANCE, Approval.DIRECTOR),
    ],
)
def test_locality_and_approval_from_hertfordshire(there: str, where: Locality, who: Approval) -> None:
    assert locality(HERTFORDSHIRE, there) is where
    for connected in (False, True):
        for own in (False, True):
            expected = Approval.NONE if connected or own else who
            given_level = approval_level(HERTFORDSHIRE, there, connected_person=connected, own_foster_carer=own)
            assert given_level is expected


def test_borders_with_wales_and_scotland_adjoin() -> None:
    assert locality(HEREFORDSHIRE, POWYS) is Locality.ADJOINING
    assert locality(NORTHUMBERLAND, SCOTTISH_BORDERS) is Locality.ADJOINING


def test_names_and_upper_tiers() -> None:
    assert district_name("E07000242") == "East Hertfordshire"
    assert utla_of("E07000242") == HERTFORDSHIRE
    assert utla_name(HERTFORDSHIRE) == "Hertfordshire"
    assert utla_of(BARNET) == BARNET
    assert utla_name("E08000038") == "Barnsley"
    assert utla_name("E08000039") == "Sheffield"
    assert len(districts_of(HERTFORDSHIRE)) == 10
    assert utla_of("S12000036") == "S12000036"
    assert utla_name("S12000036") == "Scotland (S12000036)"
    assert district_name("N09000003") == "Northern Ireland (N09000003)"


@pytest.mark.parametrize("code", ["", "E10000999", "Hertfordshire", "Sheffield", "S12", "e10000015"])
def test_unknown_codes_are_refused_in_plain_words(code: str) -> None:
    for look_up in (district_name, utla_of, utla_name, districts_of, adjacency().neighbours):
        with pytest.raises(UnknownAreaError, match="expected a current Office for National Statistics code"):
            look_up(code)
    with pytest.raises(UnknownAreaError):
        approval_level(HERTFORDSHIRE, code, connected_person=False, own_foster_carer=False)


def test_import_loads_nothing_heavy() -> None:
    program = (
        "import sys, models.geography, models.outlines;"
        "print(sorted({'pandas', 'networkx', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
