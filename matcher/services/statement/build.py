"""Making a sufficiency statement: both plans, what they could not do, and every figure beside them, once."""

from collections.abc import Callable, Collection

from matcher.services.allocate import CLEAN_SHEET_SECONDS, allocate, clean_sheet
from matcher.services.beside import beside_for
from matcher.services.disclosure import Certificate as Disclosed
from matcher.services.disclosure import DisclosureRule, protect
from matcher.services.disclosure_rounding import round_tables
from matcher.services.districts import district_figures
from matcher.services.equality import equality_report
from matcher.services.figures import stock_figures
from matcher.services.gap import (
    beside_today,
    child_gap,
    group_gaps,
    need_band_labels,
    need_bands,
    reopen,
    worth_of_places,
)
from matcher.services.indicators import INDICATORS, Indicator, indicators
from matcher.services.indicators.bees import bee_profiles
from matcher.services.indicators.history import History
from matcher.services.indicators.location import distances, distances_of_new
from matcher.services.indicators.occupancy import occupancies
from matcher.services.indicators.quarterly import quarterly, unknown_comparators
from matcher.services.indicators.trends import monthly, quarters, trend
from matcher.services.money.figures import money_figures
from matcher.services.needs import needs_report
from matcher.services.results import Plan
from matcher.services.stability import stability
from matcher.services.statement.known import distances_known, indicators_known, needs_known, step_down_known
from matcher.services.statement.linked import readers_know
from matcher.services.statement.provenance import provenance
from matcher.services.statement.reconcile import missing, totals
from matcher.services.statement.runs import run_of, sides
from matcher.services.statement.standing import Divided, divided, standing, universe
from matcher.services.statement.statement import GapOfRun, Rounding, Statement
from matcher.services.statement.supply import graded_homes, supply_tables
from matcher.services.statement.tables import (
    INSIDE,
    published,
    specs_of_clean_sheet,
    specs_of_today,
    specs_of_week,
)
from matcher.services.step_down import step_down
from matcher.services.step_down_results import StepDownReport
from matcher.services.stock import looked_after
from matcher.services.tabulation import CountTable, Universe
from models.case import Case

Progress = Callable[[str], None]
_TRENDS, _QUARTERS = ("three_or_more_placements", "long_term_stability", "out_of_area"), 9
"""Indicators shown quarter by quarter, over two years."""
PROTECT_SECONDS = 5.0
"""How long to look for fewer figures to hide in the public copy, unless told otherwise."""


def make_statement(
    case: Case,
    *,
    time_limit: float | None = CLEAN_SHEET_SECONDS,
    rule: DisclosureRule | None = None,
    round_to: int | None = None,
    progress: Progress | None = None,
) -> Statement:
    """Make the sufficiency statement of a case.

    Args:
        case: The authority.
        time_limit: Seconds for the solver in each of the two plans; None lets each run until it is proved.
        rule: What the public copy hides; counts of 1 to 5 by default.
        round_to: Round the public counts to the nearest of this, 2 or more, instead of hiding any.
        progress: Told, in words, what is going on.
    """
    tell = progress or (lambda _words: None)
    tell("counting children, homes and costs")
    figures, needs = stock_figures(case), needs_report(case)
    tell("reading indicators from the return")
    by_quarter, months, now = quarterly(case), monthly(case), indicators(case, case.as_at)
    tell("scoring how steady placements are, and who might step down")
    stable = stability(case)
    stepping = step_down(case, stable=stable)
    week, clean = _plans(case, time_limit, tell)
    tell("measuring the gap")
    operational = _gap(case, week, stepping.children, tell)
    best = _gap(case, clean, stepping.children, tell)
    tell("adding up money")
    money = money_figures(case, week, clean)
    tables = _tables(case, operational, best, now, stepping)
    tell("protecting small numbers in the public copy")
    rule = rule or DisclosureRule(seconds=PROTECT_SECONDS)
    public, hidden, rounding = _public(tables, rule, round_to)
    return Statement(
        title=f"Sufficiency statement: {case.name}",
        tables=tables,
        public_tables=public,
        fewest=rule.high + 1,
        disclosure=hidden,
        rounding=rounding,
        figures=figures,
        needs=needs,
        need_labels=tuple((d.label, need.key, need.label) for d in case.framework.domains for need in d.needs),
        bees=bee_profiles(case),
        operational=operational,
        clean_sheet=best,
        beside_today=beside_today(operational.children, best.children),
        districts=district_figures(case, clean),
        quarterly=by_quarter,
        monthly=months,
        trends=tuple(trend(case, each, quarters(case.as_at, _QUARTERS)) for each in INDICATORS if each.key in _TRENDS),
        new_placements=distances_of_new(History(case), case.as_at),
        occupancy=occupancies(case),
        graded_homes=graded_homes(case),
        unknown_comparators=tuple(unknown_comparators(case)),
        stability=stable,
        step_down=stepping,
        money=money,
        equality=equality_report(case, (week, clean)),
        own_words=tuple((c.id, words) for c in case.children if (words := c.circumstances.wishes.own_words)),
        set_aside=case.set_aside,
        totals=totals(case, figures, clean),
        missing=missing(case, tables),
        provenance=provenance(case, time_limit, round_to),
    )


def _public(
    tables: dict[str, CountTable], rule: DisclosureRule, round_to: int | None
) -> tuple[dict[str, CountTable], Disclosed | None, Rounding | None]:
    """The tables as the public copy has them, and what is known of how that protects."""
    tables = {key: table for key, table in tables.items() if key not in {spec.key for spec in INSIDE}}
    known = readers_know(tables)
    if round_to is None:
        protected = protect(list(tables.values()), rule, known)
        return {table.key: table for table in protected.tables}, protected.certificate, None
    rounded = round_tables(list(tables.values()), round_to, rule=rule, known=known)
    rounding = Rounding(
        base=rounded.base,
        nothing=tuple((figure.table, figure.where) for figure in rounded.small),
        small=len(rounded.ranges),
        narrowed=rounded.narrowed,
        narrowest=rounded.narrowest,
    )
    return {table.key: table for table in rounded.tables}, None, rounding


def _plans(case: Case, time_limit: float | None, tell: Progress) -> tuple[Plan, Plan]:
    beside = beside_for(time_limit, values=True, trade_off=True)
    week = allocate(
        case, time_limit=time_limit, progress=lambda words: tell(f"this week's referrals: {words}"), beside=beside
    )
    return week, clean_sheet(case, time_limit=time_limit, progress=lambda words: tell(f"clean sheet: {words}"))


def _gap(case: Case, plan: Plan, step_down: Collection[str], tell: Progress) -> GapOfRun:
    opened = reopen(case, plan)
    children = child_gap(case, plan, step_down=step_down, reopened=opened)
    worth = worth_of_places(opened, children, progress=lambda words: tell(f"{plan.run}: {words}"))
    return GapOfRun(plan=plan, children=children, groups=group_gaps(children), worth=worth)


def _tables(
    case: Case, week: GapOfRun, clean: GapOfRun, now: tuple[Indicator, ...], stepping: StepDownReport
) -> dict[str, CountTable]:
    """Every table of counts: of children looked after, of those in each plan, and of places."""
    parts = standing(case)
    stock = [child.id for child in looked_after(case)]
    bands = need_bands(case)
    known = [
        *needs_known(case),
        *indicators_known(now, frozenset(stock)),
        *step_down_known(stepping, stock),
        *distances_known(distances(History(case), case.as_at), stock),
        divided("need_band", "Needs", need_band_labels(case.framework), {child: bands[child] for child in stock}),
    ]
    today = universe("looked_after", "children looked after", stock, [*parts, *known])
    waiting = _of_run(case, "now", "plan for those who wait", week, parts)
    everybody = beside_today(week.children, clean.children)[0]
    best = _of_run(case, "clean", "clean sheet", clean, [*parts, *sides(everybody)])
    return (
        published(today, specs_of_today)
        | published(waiting, specs_of_week)
        | published(best, specs_of_clean_sheet)
        | supply_tables(case)
    )


def _of_run(case: Case, key: str, title: str, run: GapOfRun, parts: list[Divided]) -> Universe:
    ids = [child.child_id for child in run.children]
    return universe(key, f"children in the {title}", ids, [*parts, *run_of(case, key, title, run.children)])
