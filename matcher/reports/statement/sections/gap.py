"""Which places are missing: the gap by kind, age, needs and district, and for the groups commissioners plan by."""

from matcher.reports.document import Block, Cell, Heading, Paragraph, Picture, Section, Table
from matcher.reports.drawing.bars import bars
from matcher.reports.drawing.district_map import district_map
from matcher.reports.drawing.matrix import matrix
from matcher.reports.statement.copies import Copy
from matcher.reports.statement.counted import one_way, rows_of
from matcher.reports.statement.sections.gap_inside import inside
from matcher.services.gap import GROUPS
from matcher.services.statement.runs import IN_AREA, NOT_SHORT, SHORT
from matcher.services.statement.statement import Statement
from matcher.services.tabulation import ALL

_WHAT = (
    "The clean sheet matches every child who can be moved afresh with every home. It measures the homes; nobody is to "
    "be moved by it. A child is short where no home in the area is found: matched outside it, or not at all. "
    "Section 22G of the Children Act 1989 asks for enough homes within the area."
)


def missing_places(statement: Statement, copy: Copy) -> Section:
    """The gap of the clean sheet, cell by cell, what is missing, and what one more place would be worth."""
    by_kind = _by(copy, "clean_kind", "Kind of home")
    blocks: list[Block] = [
        Paragraph(_WHAT),
        one_way(copy, "clean"),
        bars(
            by_kind, (1, 2), alt="Where the clean sheet finds homes, by the kind of home asked for or lived in", note=3
        ),
        matrix(_short_by_age(copy), alt="How many children are short of a home in the area, by kind of home and age"),
        _by(copy, "clean_age", "Age"),
        _by(copy, "clean_need", "Needs"),
    ]
    if "clean_come_from" in copy.tables:
        blocks.append(_by_district(copy))
    blocks += [Heading("What is missing"), _why(copy)]
    blocks += [Heading("Groups that commissioners plan by"), _groups(statement, copy)]
    if copy.internal:
        blocks += inside(statement)
    return Section("gap", "Places that are missing", tuple(blocks))


def _by(copy: Copy, key: str, first: str) -> Table:
    table = copy.tables[key]
    rows: list[tuple[Cell, ...]] = [
        (
            label,
            copy.count(key, value, IN_AREA),
            copy.count(key, value, SHORT),
            copy.share(key, (value, SHORT), (value,)),
        )
        for value, label in rows_of(copy, key)
        if table.count(value) != 0
    ]
    rows.append(("All", copy.count(key, ALL, IN_AREA), copy.count(key, ALL, SHORT), copy.share(key, (ALL, SHORT))))
    columns = (first, *(value.label for value in table.dimensions[-1].values), "Short, share")
    return Table(key, table.title, columns, rows, table.definition, table.source, total=True)


def _short_by_age(copy: Copy) -> Table:
    table = copy.tables["clean_kind_age"]
    bands = table.dimensions[1].values
    rows: list[tuple[Cell, ...]] = [
        (label, *(copy.count("clean_kind_age", kind, band.key, SHORT) for band in bands))
        for kind, label in rows_of(copy, "clean_kind_age")
        if table.count(kind) != 0
    ]
    columns = ("Kind of home", *(band.label for band in bands))
    return Table("short_by_age", "Short of a home in the area, by kind and age", columns, rows, table.definition)


def _by_district(copy: Copy) -> Picture | Table:
    table = _by(copy, "clean_come_from", "Home district")
    keys = {label: key for key, label in rows_of(copy, "clean_come_from")}
    found = [keys.get(str(row[0]), "") for row in table.rows]
    codes = [key if key.startswith("E") else None for key in found]
    alt = "Children short of a home in the area, by the district they come from"
    return district_map(table, codes, 2, alt=alt, title=alt) if any(codes) else table


def _why(copy: Copy) -> Table:
    table = copy.tables["clean_kind_why"]
    reasons = [value for value in table.dimensions[-1].values if value.key != NOT_SHORT]
    used = [r for r in reasons if copy.tables["clean_why"].count(r.key) != 0]
    rows: list[tuple[Cell, ...]] = [
        (label, *(copy.count("clean_kind_why", value, reason.key) for reason in used))
        for value, label in rows_of(copy, "clean_kind_why")
        if any(table.count(value, reason.key) != 0 for reason in used)
    ]
    rows.append(("All", *(copy.count("clean_why", reason.key) for reason in used)))
    columns = ("Kind of home", *(reason.label for reason in used))
    return Table(
        "clean_kind_why", "Why children are short, by kind of home", columns, rows, table.definition, total=True
    )


def _groups(statement: Statement, copy: Copy) -> Table:
    week = {group.key: group for group in statement.operational.groups}
    rows: list[tuple[Cell, ...]] = []
    for group in GROUPS:
        cells = [copy.count(f"clean_group_{group.key}", "yes", each) for each in (IN_AREA, SHORT)]
        now = week[group.key].outcomes
        waiting = (len(now.child_ids), len(now.unmet_ids)) if copy.internal else ()
        rows.append((group.label, *cells, *waiting))
    waiting_columns = ("Waiting now", "of them, no home in the plan") if copy.internal else ()
    columns = ("Group", "A home in the area", "Short of a home in the area", *waiting_columns)
    note = "A child may be in several groups or in none."
    return Table("groups", "The clean sheet for groups of children", columns, rows, note, "The two plans")
