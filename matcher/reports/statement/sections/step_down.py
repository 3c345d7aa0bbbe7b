"""Who might live in a less intensive setting: how many, and inside child by child with the evidence."""

from matcher.reports.document import Block, Cell, Heading, Mark, Money, Paragraph, Section, Table, Tone
from matcher.reports.statement.copies import Copy
from matcher.services.statement.statement import Statement
from matcher.services.step_down_results import StepDownOption, WayTotal
from matcher.services.step_down_settings import WAY_LABELS

_PRINTED = 25
_MARGIN = (
    "The saving at the margin can be more than in full fees where the place left can be given up and the one taken is "
    "paid for already, as in a block contract."
)


def step_down(statement: Statement, copy: Copy) -> Section:
    """Children whose profile fits a less intensive setting: a list with evidence, never an instruction."""
    found = statement.step_down
    rows = [_total(each, copy) for each in found.totals]
    looked_at = ("Looked at",) if copy.internal else ()
    columns = (
        "What it would be",
        *looked_at,
        "On the list",
        "To assess first",
        "Saving a week",
        "Saving at the margin, a week",
    )
    title = "Children whose profile fits a less intensive setting"
    blocks: list[Block] = [Paragraph(found.definition), Table("step_down", title, columns, rows, _MARGIN)]
    if copy.internal:
        blocks += [_left_out(statement), Heading("Child by child"), _children(statement), _evidence(statement)]
        blocks.append(Paragraph("A list to talk about. Staying is a good answer.", Tone.NOTE))
    return Section("step_down", "Who might live in a less intensive setting", tuple(blocks))


def _total(total: WayTotal, copy: Copy) -> tuple[Cell, ...]:
    table = f"step_{total.way.value}"
    counts = [copy.count(table, each) for each in ("listed", "to_assess")]
    few = counts[0] is Mark.HIDDEN or not copy.may_show(len(total.assessed), 0)
    amounts = [Mark.HIDDEN if few else copy.money(each.pence) for each in (total.saving, total.marginal_saving)]
    looked_at = (len(total.looked_at),) if copy.internal else ()
    return (WAY_LABELS[total.way], *looked_at, *counts, *amounts)


def _left_out(statement: Statement) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (WAY_LABELS[each.way], each.reason, len(each.children)) for each in statement.step_down.not_suggested
    ]
    columns = ("What it would be", "Why not", "Children")
    return Table("step_down_left_out", "Children looked at whom the list leaves out, by reason", columns, rows)


def _children(statement: Statement) -> Table:
    rows: list[tuple[Cell, ...]] = [_child(option) for option in statement.step_down.options]
    columns = (
        "Child", "What it would be", "Lives in", "Needs", "Fees a week now", "Saving a week", "Homes with a place",
        "Such homes, full",
    )  # fmt: skip
    title = "Whose profile fits, child by child"
    note = "Evidence, gains, risks and what is assumed of each stand in the next table"
    return Table("step_down_children", title, columns, rows, note, printed=_PRINTED)


def _child(option: StepDownOption) -> tuple[Cell, ...]:
    return (
        option.child_id,
        WAY_LABELS[option.way],
        option.kind_now,
        option.needs.band or Mark.NOT_AVAILABLE,
        Mark.NOT_AVAILABLE if option.fee_pence is None else Money(option.fee_pence),
        Mark.NOT_AVAILABLE if option.saving is None else Money(option.saving.pence),
        option.open_now,
        option.full,
    )


def _evidence(statement: Statement) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (option.child_id, WAY_LABELS[option.way], *each)
        for option in statement.step_down.options
        for each in _told(option)
    ]
    columns = ("Child", "What it would be", "Of what kind", "In words")
    return Table("step_down_evidence", "Evidence, gains and risks, child by child", columns, rows, printed=0)


def _told(option: StepDownOption) -> list[tuple[str, str]]:
    """Everything said of one child, each with its sort."""
    sorts = (
        ("The child says", option.child_says),
        ("Evidence", option.evidence),
        ("Gain", option.gains),
        ("Risk", option.risks),
        ("Assumed", option.assumptions),
        ("Ask first", (option.ask,)),
    )
    return [(sort, words) for sort, said in sorts for words in said]
