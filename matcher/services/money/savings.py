"""Savings in the shape of a business case: by scheme and year, cashable or avoided, net of what they cost."""

from collections.abc import Iterable
from itertools import accumulate

from matcher.services.money.runs import RunCost, Step
from models.case import Case
from models.commissioning import Saving
from models.money import WEEKS_A_YEAR
from models.record import Record
from models.ssda903.years import year_label

DEFINITION = (
    "Effect of each scheme in each year as the savings sheet gives it. Cashable: spending that falls; avoided: "
    "spending that would otherwise rise. Cumulative: all years so far. Net: less what the scheme costs"
)
RUN_DEFINITION = (
    "Of the children the run would move who have a price today: what leaving today's places saves less what filling "
    f"the new ones adds, {WEEKS_A_YEAR} weeks. Only this margin is cashable: a block bed or a fixed cost is paid "
    "whoever lives there. It is the effect of a full year were every move made and kept, before what moving costs. "
    "Children new to care are not in it, and no avoided cost is claimed: what would have happened to them otherwise "
    "is not known"
)


class YearSaving(Record):
    """One year of a scheme, or of several; pence."""

    year: str
    saved_pence: int
    cost_pence: int
    net_pence: int
    cumulative_saved_pence: int
    cumulative_net_pence: int


class SavingLine(Record):
    """A scheme's years, one of them for each year of the table."""

    label: str
    cashable: bool | None
    years: tuple[YearSaving, ...]


class RunSaving(Record):
    """What a run would save on the children it would move, pence; negative is a cost. See :data:`RUN_DEFINITION`."""

    run: str
    definition: str
    children: tuple[str, ...]
    not_compared: tuple[str, ...]
    full_weekly_pence: int
    cashable_weekly_pence: int
    cashable_yearly_pence: int


class Savings(Record):
    """Schemes by year with the totals of the cashable, of the avoided and of all; and what each run would save."""

    definition: str
    source: str
    years: tuple[str, ...]
    schemes: tuple[SavingLine, ...]
    cashable: SavingLine
    avoided: SavingLine
    total: SavingLine
    runs: tuple[RunSaving, ...]


def savings(case: Case, runs: Iterable[RunCost]) -> Savings:
    """The savings table of a case, and the yearly saving of runs; years without an entry count as nothing."""
    years = range(min((s.year for s in case.savings), default=0), max((s.year for s in case.savings), default=-1) + 1)
    schemes: dict[tuple[str, bool], list[Saving]] = {}
    for saving in case.savings:
        schemes.setdefault((saving.scheme, saving.cashable), []).append(saving)
    return Savings(
        definition=DEFINITION,
        source="Savings sheet; the runs' plans",
        years=tuple(map(year_label, years)),
        schemes=tuple(_line(*key, some, years) for key, some in schemes.items()),
        cashable=_line("Cashable savings", True, [s for s in case.savings if s.cashable], years),
        avoided=_line("Cost avoided", False, [s for s in case.savings if not s.cashable], years),
        total=_line("All savings and cost avoided", None, case.savings, years),
        runs=tuple(_run(run) for run in runs),
    )


def _line(label: str, cashable: bool | None, some: Iterable[Saving], years: range) -> SavingLine:
    entries = list(some)
    saved = [sum(each.pence for each in entries if each.year == year) for year in years]
    cost = [sum(each.cost_pence for each in entries if each.year == year) for year in years]
    net = [one - other for one, other in zip(saved, cost, strict=True)]
    columns = zip(years, saved, cost, net, accumulate(saved), accumulate(net), strict=True)
    told = tuple(
        YearSaving(
            year=year_label(year),
            saved_pence=saved_,
            cost_pence=cost_,
            net_pence=net_,
            cumulative_saved_pence=all_saved,
            cumulative_net_pence=all_net,
        )
        for year, saved_, cost_, net_, all_saved, all_net in columns
    )
    return SavingLine(label=label, cashable=cashable, years=told)


def _run(run: RunCost) -> RunSaving:
    moves = next(step for step in run.steps if step.step is Step.MOVES)
    cashable = moves.today_marginal_pence - moves.marginal_pence
    return RunSaving(
        run=run.run,
        definition=RUN_DEFINITION,
        children=tuple(child for child in moves.children if child not in moves.not_compared),
        not_compared=moves.not_compared,
        full_weekly_pence=moves.today_pence - moves.full_pence,
        cashable_weekly_pence=cashable,
        cashable_yearly_pence=WEEKS_A_YEAR * cashable,
    )
