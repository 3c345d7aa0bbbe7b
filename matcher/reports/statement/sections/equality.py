"""Whether outcomes differ between groups (section 149, Equality Act 2010)."""

from matcher.reports.document import Block, Cell, Heading, Mark, Paragraph, Section, Table
from matcher.reports.statement.copies import Copy
from matcher.reports.statement.counted import shown
from matcher.services.equality import EqualitySection, EqualityTable
from matcher.services.statement.statement import Statement
from matcher.services.statement.tables import EQUALITY_OF, EQUALITY_SHARES


def equality(statement: Statement, copy: Copy) -> Section:
    """Outcomes by sex, age, ethnic group, disability and UASC: in full inside, as protected shares outside."""
    found = statement.equality
    blocks: list[Block] = [Paragraph(found.method)]
    if copy.internal:
        for section in found.sections:
            blocks += _internal(section)
    else:
        blocks += [_public(copy, by) for by in EQUALITY_OF]
    return Section("equality", "Equality", tuple(blocks))


def _internal(section: EqualitySection) -> list[Block]:
    blocks: list[Block] = [Heading(section.title)]
    for characteristic in section.characteristics:
        rows = [row for table in characteristic.tables for row in _rows(table)]
        columns = ("Measure", "Group", "Children", "Value", "95% interval", "Everyone else")
        key = f"equality_{section.key}_{characteristic.key}"
        title = f"{section.title}, by {characteristic.label.lower()}"
        blocks += [Paragraph(characteristic.reading), Table(key, title, columns, rows)]
    return blocks


def _rows(table: EqualityTable) -> list[tuple[Cell, ...]]:
    unit = "%" if table.is_share else f" {table.unit}"
    rows: list[tuple[Cell, ...]] = []
    for cell in table.cells:
        if not cell.child_ids:
            continue
        wide = "" if cell.low is None or cell.high is None else f"{cell.low:,.1f} to {cell.high:,.1f}"
        value, rest = (Mark.NOT_AVAILABLE if v is None else f"{v:,.1f}{unit}" for v in (cell.value, cell.rest))
        rows.append((table.label, cell.label, len(cell.child_ids), value, wide or Mark.NOT_AVAILABLE, rest))
    return rows


def _public(copy: Copy, by: str) -> Table:
    """Shares of each group from the counted tables, hidden where either of their counts is."""
    table = copy.tables[by]
    measures = [key for key in EQUALITY_SHARES if f"{by}_{key}" in copy.tables]
    rows: list[tuple[Cell, ...]] = []
    for value in shown(table.dimensions[-1], ()):
        if table.count(value.key) == 0:
            continue
        shares = [copy.rate(f"{by}_{key}", value.key) for key in measures]
        rows.append((value.label, copy.count(by, value.key), *shares))
    titles = [copy.tables[f"{by}_{key}"].dimensions[-1].title for key in measures]
    name = table.dimensions[-1].title.lower()
    return Table(f"equality_{by}", f"Outcomes today by {name}", (table.dimensions[-1].title, "Children", *titles), rows)
