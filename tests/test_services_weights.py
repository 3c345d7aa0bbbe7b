"""Whose home other weights change, and who would both rather: by hand, and against plans under a changed policy."""

import json
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from matcher.cli import app
from matcher.reports.trade_words import rather_rows, sensitivity_notes, unsteady_rows, unsteady_title
from matcher.services.allocate import allocate
from matcher.services.beside import Beside
from matcher.services.both_rather import both_rather
from matcher.services.problem import Run, build
from matcher.services.searches import operational
from matcher.services.trade_results import Sensitivity
from matcher.services.weights import kept_apart, parts_of_pairs
from models.case import Case
from models.vocabulary import Risk
from solvers import AssignmentResult, solve_assignment, solve_without_clashes
from tests.make_case import at, make_case, make_child, make_home
from tests.test_services_plan import _friendly_case


def solved(case: Case) -> tuple[Run, AssignmentResult]:
    run = build(case, operational(case))
    return run, solve_without_clashes(run.problem, run.clashes)


def told(case: Case) -> Sensitivity:
    found = allocate(case, beside=Beside(sensitivity=30)).sensitivity
    assert found is not None
    return found


def a_close_call() -> Case:
    """NEAR is one mile nearer, £10 a week; its fee counts £9.50 more. B lives beside FAR, which is best by far."""
    near = make_home("NEAR", places=1, fee_pence=88_900, marginal_fee_pence=88_900)
    children = [make_child("A", home=at()), make_child("B", home=at(1, 30))]
    return make_case(children, [near, make_home("FAR", location=at(1)), make_home("OTHER", location=at(1, 30))])


def test_the_weights_that_change_a_home_are_named_and_the_first_is_measured() -> None:
    case = a_close_call()
    found = told(case)
    assert (found.children, found.steady, found.share_percent) == (2, 1, 20.0)
    (one,) = found.unsteady
    assert (one.child_id, one.home_id) == ("A", "NEAR")
    assert [(change.label, change.side, change.to_home_id) for change in one.changes] == [
        ("distance from home", "less", "FAR"),
        ("fee", "more", "FAR"),
    ]
    assert unsteady_title(found).startswith("1 of 2 homes stay the same with any one weight 20% less or more")
    ((_, _, words),) = unsteady_rows(found)
    assert words.startswith("less weight on distance from home: FAR, from 9")
    turn = one.changes[0].turns_at_percent
    assert turn is not None
    for price, home in ((int(turn), "FAR"), (int(turn) + 1, "NEAR")):
        policy = case.policy.model_copy(update={"home_distance_per_tenth_mile": price})
        changed = allocate(case.model_copy(update={"policy": policy}))
        assert changed.rows[0].home_id == home


@pytest.mark.parametrize("seed", range(20))
def test_parts_add_up_to_the_cost_of_every_pair(seed: int) -> None:
    run, _ = solved(_friendly_case(seed))
    assert np.array_equal(parts_of_pairs(run).sum(axis=1), run.problem.cost)


def crowded() -> Case:
    """NEAR is best for both, who may not share it; so one lives at FAR."""
    children = [
        make_child("A", home=at(), risks_to_others=frozenset({Risk.VIOLENCE})),
        make_child("B", home=at(1), risks_from_others=frozenset({Risk.VIOLENCE})),
    ]
    return make_case(children, [make_home("NEAR"), make_home("FAR", location=at(10))])


def test_children_who_may_not_share_are_not_said_to_move_for_any_weight() -> None:
    run, result = solved(crowded())
    kept = kept_apart(run, result)
    assert solve_assignment(run.problem).objective < result.objective
    assert solve_assignment(kept).objective == result.objective
    found = told(crowded())
    assert (found.steady, found.unsteady, found.cases_left_out) == (2, (), ())


def a_wish_denied() -> Case:
    """Miles to NEAR and FAR: A 1 and 5, B 3 and 9. NEAR suits A better than B, but 5 + 3 is less than 1 + 9."""
    children = [make_child("A", home=at(1)), make_child("B", home=at(-3))]
    return make_case(children, [make_home("NEAR", places=1), make_home("FAR", places=1, location=at(6))])


def test_a_child_and_a_home_that_would_both_rather_have_each_other() -> None:
    run, result = solved(a_wish_denied())
    ((pair,), with_siblings) = both_rather(run, result)
    assert (pair.child_id, pair.now_home_id, pair.home_id, pair.instead_of) == ("A", "FAR", "NEAR", "B")
    assert (pair.child_gain_pence, pair.home_gain_pence) == (4000, 2000)
    assert with_siblings == 0
    found = told(a_wish_denied())
    assert rather_rows(found) == [("A", "FAR", "NEAR", "£40", "B, whom it suits less by £20")]
    assert "all others together would lose more" in sensitivity_notes(found)[-1]


def test_pairs_who_may_not_share_are_no_wish() -> None:
    run, result = solved(crowded())
    assert both_rather(run, result) == ((), 0)


def test_the_command_tells_trade_off_and_sensitivity(tmp_path: Path) -> None:
    asked = [
        "allocate",
        "demo",
        "--no-values",
        "--trade-off",
        "--sensitivity",
        "--seconds",
        "6",
        "--out",
        str(tmp_path),
    ]
    done = CliRunner(env={"COLUMNS": "120"}).invoke(app, asked)
    assert done.exit_code == 0
    assert "Money against welfare" in done.output
    assert "of 40 homes stay the same with any one weight 20% less or more" in done.output
    book = CalamineWorkbook.from_path(str(tmp_path / "plan.xlsx"))
    assert book.sheet_names[-3:] == ["money against welfare", "other weights", "both rather"]
    points = book.get_sheet_by_name("money against welfare").to_python()
    assert points[0][:2] == ["weekly_fees_pounds", "welfare_cost_pounds"]
    assert len(points[0]) == 6 + 40
    about = [row[0] for row in book.get_sheet_by_name("about").to_python()]
    assert {"Money", "Weights"} <= set(about)
    plan = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)
    assert len(plan["trade_off"]["points"]) == len(points) - 1
    assert {point["placed"] for point in plan["trade_off"]["points"]} == {39}
    assert plan["sensitivity"]["children"] == 40
