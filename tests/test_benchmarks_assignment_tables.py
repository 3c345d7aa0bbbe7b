"""What the assignment benchmark says about its figures: when a gap was reached, what was asked, tables, growth."""

from typing import Any

import pytest

from benchmarks.assignment.contenders import OURS
from benchmarks.assignment.floors import asked_of, longest
from benchmarks.assignment.growth import exponent
from benchmarks.assignment.reached import STEPS, final_plan_at, gap_cost, net_gap, reached_at
from benchmarks.assignment.tables import markdown, show


def row(contender: str = OURS, **changed: Any) -> dict[str, Any]:
    """A run whose homes cost 1,000,000 and which is charged 500,000; within 0.2% of its bound when it ended."""
    run = {
        "contender": contender, "given": 60.0, "status": "feasible", "seconds": 60.0, "megabytes": 1_234,
        "objective": 1_500_000, "charges": 500_000, "unplaced": 2, "bound": 1_498_000, "covers": "all pairs",
        "calls": 0, "passes": 1.0, "pairs_found": 0, "pricing_seconds": 0.0, "progress": [],
    } | changed  # fmt: skip
    told = {"gap_cost": gap_cost(run), "gap": net_gap(run), "final_plan_at": final_plan_at(run)}
    return run | told | {"reached_at": {step: reached_at(run, gap) for step, gap in STEPS.items()}}


def part(*runs: dict[str, Any], longer: dict[str, Any] | None = None, **changed: Any) -> dict[str, Any]:
    facts = {
        "name": "county", "size": "county", "ratio": 1.1, "groups": 140, "children": 903, "homes": 567, "places": 993,
        "pairs": 200_000, "priced": False, "listing_seconds": 1.5, "contradictions": [],
    }  # fmt: skip
    return facts | {"runs": list(runs), "longer": longer} | changed


PROGRESS = [(2.0, 1_600_000, 1_400_000), (9.0, 1_500_000, 1_490_000), (15.0, 1_500_000, 1_497_500)]


def test_the_gap_is_of_what_homes_cost() -> None:
    assert gap_cost(row()) == 2_000
    assert net_gap(row()) == pytest.approx(0.002)
    assert net_gap(row(bound=1_500_000)) == 0
    assert net_gap(row(charges=1_500_000)) is None
    assert net_gap(row(bound=None)) is None
    assert net_gap(row(objective=None)) is None


def test_when_a_gap_was_reached_is_read_off_the_progress() -> None:
    run = row(progress=PROGRESS)
    assert reached_at(run, 0.01) == 9
    assert reached_at(run, 0.0025) == 15
    assert reached_at(run, 0.002) == 60
    assert reached_at(run, 0.001) is None
    assert reached_at(row(progress=PROGRESS, covers="shortlist"), 0.01) is None
    assert (final_plan_at(run), final_plan_at(row())) == (9, None)


def test_placewell_is_given_as_long_as_its_slowest_floor() -> None:
    assert [longest(part(ratio=ratio)) for ratio in (0.9, 1.1)] == [300, 120]
    assert [longest(part(size="region", ratio=ratio)) for ratio in (0.9, 1.6)] == [0, 120]
    assert longest(part(groups=0)) == 0
    assert longest(part(size="england", groups=0)) == 600


def judged(*parts: dict[str, Any]) -> list[tuple[str, str]]:
    return [(reached, met) for _, _, reached, met in asked_of(parts)]


def test_floors_of_a_county_are_judged_by_the_longest_run() -> None:
    longer = row(given=300.0, seconds=200.0, bound=1_500_000, progress=[*PROGRESS, (130.0, 1_500_000, 1_499_500)])
    assert judged(part(row(), longer=longer, ratio=0.9)) == [
        ("9.0 s", "yes"),
        ("15.0 s", "yes"),
        ("130.0 s", "NO"),
        ("200.0 s", "yes"),
    ]
    assert judged(part(row(progress=PROGRESS))) == [("9.0 s", "yes"), ("15.0 s", "yes"), ("0.200% in 60 s", "NO")]
    assert judged(part(row(), groups=0)) == []


def test_the_best_rival_is_the_first_to_the_optimum_else_to_a_thousandth_else_the_nearest() -> None:
    ours = row(progress=PROGRESS)
    near, far = row("HiGHS", bound=1_480_000), row("SCIP", bound=1_000_000)
    none = row("by hand", bound=None)
    assert asked_of([part(ours, far, near, none)])[-1] == (
        "county, 1.1: gap, a tenth of HiGHS's in 60 s", "0.200%", "0.200%", "yes",
    )  # fmt: skip
    nearer = row("HiGHS", bound=1_485_000)
    assert asked_of([part(ours, nearer)])[-1][1:] == ("0.150%", "0.200%", "NO")
    close = row("SCIP", bound=1_499_000, seconds=30.0)
    assert asked_of([part(ours, near, close)])[-1] == (
        "county, 1.1: 0.1%, a tenth of SCIP's time", "3.00 s", "never", "NO",
    )  # fmt: skip
    optimal, slower = (row(name, bound=1_500_000, seconds=at) for name, at in (("CP-SAT", 40.0), ("HiGHS", 50.0)))
    quick = row(bound=1_500_000, seconds=4.0)
    assert asked_of([part(quick, slower, close, optimal)])[-1] == (
        "county, 1.1: optimum, a tenth of CP-SAT's time", "4.00 s", "4.00 s", "yes",
    )  # fmt: skip


def test_england_is_judged_by_its_flow_and_its_passes_and_reported_elsewhere() -> None:
    exact = row(bound=1_500_000, status="optimal", seconds=50.0, pricing_seconds=15.0, passes=3.2, calls=4)
    without: dict[str, Any] = {"size": "england", "groups": 0, "ratio": 1.6, "priced": True}
    assert judged(part(exact, **without)) == [("35.0 s", "NO"), ("3.20", "NO")]
    met = exact | {"pricing_seconds": 21.0, "passes": 3.0}
    assert judged(part(met, **without)) == [("29.0 s", "yes"), ("3.00", "yes")]
    assert judged(part(row(), **without)) == [("0.200%", "NO"), ("1.00", "NO")]
    assert judged(part(row(covers="shortlist"), **without | {"groups": 13_000})) == [
        ("0.200% of the shortlist in 60.0 s", "reported")
    ]
    assert judged(part(exact, **without | {"ratio": 0.9})) == [("0.000% in 50.0 s", "reported")]


def test_a_region_is_judged_at_its_ratio_alone_and_not_beside_rivals_with_a_shortlist() -> None:
    region: dict[str, Any] = {"size": "region", "ratio": 1.6, "priced": True}
    assert judged(part(row(), row("HiGHS", covers="shortlist"), **region)) == [("60.0 s", "yes")]
    assert judged(part(row(), **region | {"ratio": 0.9})) == []


def test_growth_is_a_power_of_the_children() -> None:
    assert exponent([100, 200, 400], [1.0, 4.0, 16.0]) == pytest.approx(2)
    assert exponent([100, 200, 400], [None, 3.0, 6.0]) == pytest.approx(1)
    assert exponent([100, 200], [None, 3.0]) is None


def found(**changed: Any) -> dict[str, Any]:
    machine = {"processor": "a processor", "cores": 2, "busy_before": 0.5}
    return {"machine": machine, "seconds": 60.0, "instances": [], "growth": []} | changed


ABSENT = row("HiGHS", status="not attempted: 2,000,000 pairs", seconds=None, megabytes=None, objective=None, bound=None,
             unplaced=None)  # fmt: skip


def test_tables_show_all_and_fit_their_width(capsys: pytest.CaptureFixture[str]) -> None:
    longer = row(given=300.0, progress=PROGRESS)
    show(found(instances=[part(row(), row("scipy, matrix"), ABSENT, longer=longer)]))
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 150
    assert not [line for line in lines if "\u2026" in line]
    assert [line for line in lines if line.startswith("placewell, 300 s")]


def test_markdown_has_the_same_figures() -> None:
    wrong = part(row(progress=PROGRESS), ABSENT, contradictions=["HiGHS has a bound too high"], priced=True)
    wrong["runs"].append(row("SCIP", bound=-20_000_000_000, calls=2, passes=1.25))
    lines = markdown(found(instances=[wrong])).splitlines()
    far = "| SCIP | 15,000 | 1.000 | 2 | 200,015,000 | 2,000,150% | - | - | - | - | 60 | 1,234 | 1.25 | feasible |"
    assert far in lines
    assert "| placewell | 15,000 | 1.000 | 2 | 20 | 0.200% | 9.0 | 15 | - | - | 60 | 1,234 | 1 | feasible |" in lines
    shown = "| HiGHS | - | - | - | - | - | - | - | - | - | - | - | 1 | not attempted: 2,000,000 pairs |"
    assert shown in lines
    assert "| county, 1.1: final plan | 10 s | 9.0 s | yes |" in lines
    (title,) = (line for line in lines if line.startswith("**County, 1.1 places a child, 140 groups"))
    assert "512,001 pairs, of which rivals are given a shortlist of 200,000" in title
    assert "WRONG: HiGHS has a bound too high" in title


def test_growth_is_shown_with_its_powers() -> None:
    quick = row(bound=1_500_000, seconds=2.0, megabytes=100, progress=[(1.0, 1_500_000, 1_400_000)])
    slow = row(bound=1_500_000, seconds=8.0, megabytes=200, progress=[(2.0, 1_500_000, 1_400_000)])
    grown = [part(children=children) | {"run": run} for children, run in ((100, quick), (200, slow))]
    lines = markdown(found(growth=grown)).splitlines()
    assert "| 1.1 | 100 | 567 | 140 | 200,000 | 1.0 | 2.0 | 2.0 | 2.0 | 2.0 | 100 | 0.000% |" in lines
    assert "| 1.1: power | 1 |  |  |  | 1.00 | 2.00 | 2.00 | 2.00 | 2.00 | 1.00 |  |" in lines
