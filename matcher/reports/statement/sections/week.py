"""Children who need a home now: the plan for them, child by child. Internal only."""

from matcher.reports import trade_words, value_words
from matcher.reports.document import Block, Bullets, Cell, Heading, Paragraph, Section, Table, Tone
from matcher.reports.shortage_words import shortages_words
from matcher.reports.statement.copies import Copy
from matcher.reports.statement.counted import one_way
from matcher.reports.totals import told
from matcher.reports.unmet import unmet_words
from matcher.reports.words import approver, money, place, plural, tenths
from matcher.services.results import Plan
from matcher.services.statement.statement import Statement


def children_who_wait(statement: Statement, copy: Copy) -> Section:
    """Who waits and what the plan proposes; outside, only how many."""
    plan = statement.operational.plan
    blocks: list[Block] = [
        Paragraph("Open referrals, and placements that are ending. Everybody else stays. A social worker decides."),
        one_way(copy, "now"),
    ]
    if copy.internal:
        blocks += [_before_and_after(plan), _rows(plan), *_worth(plan)]
    return Section("waiting", "Children who need a home now", tuple(blocks))


def _before_and_after(plan: Plan) -> Table:
    rows: list[tuple[Cell, ...]] = [*told(plan.before, plan.after)]
    note = "Children not yet looked after have no home today: compare the cost per child, not the sum."
    return Table("week_totals", "Today and in the plan, the same children", ("Measure", "Today", "Plan"), rows, note)


def _rows(plan: Plan) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for row in plan.rows:
        start = (row.referral_id, row.child_id, row.before_kind_label or "-")
        if row.home_id is None:
            rows.append((*start, "none", "", "", "", "", unmet_words(row)))
            continue
        miles, fee = tenths(row.miles_tenths), money(row.fee_pence)
        rows.append(
            (*start, row.home_id, row.kind_label or "", place(row.locality), miles, fee, approver(row.approval))
        )
    columns = ("Referral", "Child", "Today", "Home", "Kind", "Where", "Miles", "Fee a week", "Approval, or why none")
    title = f"The plan, child by child: {plural(len(rows), 'child', 'children')}"
    return Table("week_plan", title, columns, rows)


def _worth(plan: Plan) -> list[Block]:
    blocks: list[Block] = []
    if plan.shortages:
        said = [words for shortage in plan.shortages for words in shortages_words([shortage])]
        blocks += [Heading("Totals that no plan can meet"), Bullets(tuple(said))]
    if plan.values:
        more = value_words.more_rows(plan.values)
        blocks.append(Table("more_places", value_words.MORE_TITLE, value_words.MORE_COLUMNS, more))
        blocks.append(Paragraph(" ".join(value_words.value_notes(plan.values)), Tone.NOTE))
    if plan.trade_off and plan.trade_off.points:
        rows = trade_words.trade_rows(plan.trade_off)
        note = " ".join(trade_words.trade_notes(plan.trade_off))
        blocks += [Heading("Money against welfare")]
        blocks.append(Table("trade_off", trade_words.TITLE, trade_words.COLUMNS, rows, note))
    return blocks
