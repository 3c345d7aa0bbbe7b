"""What a home for one child costs the other children: by hand, and against the solver's own figure on random cases."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from matcher.cli import app
from matcher.reports.others_words import others_notes, others_rows
from matcher.services.fewest_moves import solve_again
from matcher.services.others import cost_to_others_at, others_waiting
from matcher.services.problem import Run, build
from matcher.services.searches import operational
from matcher.services.value_results import CostToOthers, OthersWaiting
from models.case import Case
from solvers import AssignmentProblem, AssignmentResult, exact_cost_to_others, solve_without_clashes
from tests.make_case import at, make_case, make_child, make_home
from tests.test_services_plan import _friendly_case


def solved(case: Case) -> tuple[Run, AssignmentResult]:
    run = build(case, operational(case))
    return run, solve_without_clashes(run.problem, run.clashes)


def two_and_two() -> Case:
    """A is a mile nearer to FAR than B, so B has NEAR; both would rather be near."""
    children = (make_child("A", home=at(1)), make_child("B", home=at()))
    return make_case(children, (make_home("NEAR", places=1), make_home("FAR", places=1, location=at(10))))


def test_the_other_child_pays_and_is_said_to_move() -> None:
    case = two_and_two()
    run, _ = solved(case)
    found = others_waiting(case, "A", ["NEAR", "FAR"])
    near, far = found.homes
    pays = int(run.cost[1, 1] - run.cost[1, 0])
    assert pays > 0
    assert (near.least_pence, near.most_pence, near.in_plan) == (pays, pays, False)
    assert [(one.child_id, one.from_home_id, one.to_home_id) for one in near.moved] == [("B", "NEAR", "FAR")]
    assert (far.least_pence, far.most_pence, far.in_plan, far.moved) == (0, 0, True, ())
    assert (found.plan_home_id, found.children, found.plan_is_proved) == ("FAR", 1, True)
    assert [row[2:] for row in others_rows(found)] == [
        ("exact", "B would live in FAR"),
        ("exact", "nobody: the plan gives it to this child"),
    ]
    assert others_notes(found)[0].endswith("in which this child has FAR. 1 other child waits.")


def test_homes_not_looked_at_in_time_are_named() -> None:
    found = others_waiting(two_and_two(), "A", ["NEAR", "FAR"], seconds=0)
    assert (found.homes, found.not_looked_at) == ((), ("NEAR", "FAR"))
    assert others_notes(found)[-1] == "Not looked at in time: NEAR, FAR."


@pytest.mark.parametrize(
    ("least", "most", "figure", "sure"),
    [
        (None, None, "-", "cannot be"),
        (500, None, "£5", "at least; no such plan was found in time"),
        (500, 900, "£9", "at most; at least £5"),
        (-900, -900, "-£9", "exact"),
        (-30, -30, "£0", "exact"),
    ],
)
def test_words_say_on_which_side_a_figure_lies(least: int | None, most: int | None, figure: str, sure: str) -> None:
    one = CostToOthers(home_id="H", in_plan=False, least_pence=least, most_pence=most, moved=())
    told = OthersWaiting(children=3, plan_home_id=None, plan_is_proved=False, homes=(one,), not_looked_at=())
    assert others_rows(told)[0][1:3] == (figure, sure)


@pytest.mark.parametrize("seed", range(30))
def test_figures_equal_the_solvers_own(seed: int) -> None:
    run, result = solved(_friendly_case(seed))

    def solve(problem: AssignmentProblem) -> AssignmentResult:
        return solve_without_clashes(problem, run.clashes)

    for row in range(run.searching):
        if run.children[row].id in run.locks:
            continue
        homes = np.array([home for home in run.suitable(row) if home != result.place_of[row]], dtype=np.int64)
        truth = exact_cost_to_others(run.problem, result, row, homes, solve=solve)
        for at_, home in enumerate(homes.tolist()):
            told = cost_to_others_at(run, result, row, home)
            if truth.possible[at_]:
                assert truth.exact[at_] and (told.least_pence, told.most_pence) == (truth.least[at_], truth.most[at_])
            else:
                assert (told.least_pence, told.most_pence) == (None, None)


@pytest.mark.parametrize("seed", range(30))
def test_of_plans_equally_good_nobody_moves_who_need_not(seed: int) -> None:
    run, result = solved(_friendly_case(seed))
    again = solve_again(run, run.problem, result.place_of)
    assert np.array_equal(again.place_of, result.place_of)
    assert (again.objective, again.bound, again.status) == (result.objective, result.bound, "optimal")


def test_the_command_tells_json_and_file(tmp_path: Path) -> None:
    asked = [
        "match",
        "demo",
        "--referral",
        "R012",
        "--top",
        "3",
        "--others",
        "--json",
        "--csv",
        str(tmp_path / "m.csv"),
    ]
    done = CliRunner().invoke(app, asked)
    others = json.loads(done.stdout)["others"]
    assert [(one["home_id"], one["in_plan"], one["most_pence"]) for one in others["homes"]] == [
        ("H0789", False, 5460),
        ("H0935", True, 0),
        ("H0109", False, 198),
    ]
    assert others["homes"][0]["moved"] == [{"child_id": "C4043", "from_home_id": "H0789", "to_home_id": "H0437"}]
    first = (tmp_path / "m.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert ",54.6,54.6," in first
    said = CliRunner(env={"COLUMNS": "120"}).invoke(app, [*asked[:6], "--others"]).output
    assert "What each home would cost the other children who wait" in said
