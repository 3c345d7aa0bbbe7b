"""Which places are missing: the gap by kind, age, needs and district, and for the groups commissioners plan by."""

from matcher.reports.document import Block, Cell, Heading, Paragraph, Picture, Section, Table, Tone
from matcher.reports.drawing.bars import bars
from matcher.reports.drawing.district_map import district_map
from matcher.reports.drawing.matrix import matrix
from matcher.reports.statement.copies import Copy
from matcher.reports.statement.counted import one_way, rows_of
from matcher.reports.statement.points import ranked, ranked_cells
from matcher.reports.statement.sections.gap_inside import inside
from matcher.reports.writers.cells import text
from matcher.services.gap import GROUPS, GapCategory
from matcher.services.statement.runs import IN_AREA, NOT_SHORT, SETTLED, SHORT
from matcher.services.statement.statement import Statement
from matcher.services.tabulation import ALL

_WHAT = (
    "The clean sheet matches every child who can be moved afresh with every home. It measures the homes; nobody is to "
    "be moved by it. A child is short where homes are what is missing: none in the area could be had, for the reasons "
    "told below. Counted apart are children left outside though homes are there: a home outside is agreed, brothers or "
    "sisters live there, or nothing but the area speaks for moving the child again. "
    "Section 22G of the Children Act 1989 asks for enough homes within the area."
)
_NO_WORTH = (
    "What one more place of a kind would be worth is not in this copy. Each such figure is the worth of moving the few "
    "children whom one home would help, mostly one to three: too few to publish an amount about, however rounded. The "
    "internal copy has them."
)


def missing_places(statement: Statement, copy: Copy) -> Section:
    """The gap of the clean sheet, cell by cell, what is missing, and what one more place would be worth."""
    by_kind, by_age = _by(copy, "clean_kind", "Kind of home"), _by_age(copy)
    blocks: list[Block] = [
        Paragraph(_WHAT),
        _beside_today(copy),
        one_way(copy, "clean"),
        bars(by_kind, (1, 2, 3), alt=ranked(by_kind, 2, "Most short of a home in the area", beside=4), note=4),
        matrix(by_age, alt=ranked_cells(by_age, "Where most of them are")),
        _in_or_out(copy, "clean_age", "Age"),
        _by(copy, "clean_need", "Needs"),
    ]
    if "clean_come_from" in copy.tables:
        blocks.append(_by_district(copy))
    blocks += [Heading("What is missing"), _why(copy)]
    blocks += [Heading("Groups that commissioners plan by"), _groups(statement, copy)]
    blocks += inside(statement) if copy.internal else [Paragraph(_NO_WORTH, Tone.NOTE)]
    return Section("gap", "Places that are missing", tuple(blocks))


def _beside_today(copy: Copy) -> Table:
    """Where the children of the clean sheet live today, would with the plan for those who wait, and in it."""
    sides = ("side_today", "side_plan", "side_clean")
    rows: list[tuple[Cell, ...]] = [
        (value.label, *(copy.count(side, value.key) for side in sides))
        for value in copy.tables["side_today"].dimensions[0].values
        if not all(copy.nobody(side, value.key) for side in sides)
    ]
    rows.append(("All", *(copy.count(side) for side in sides)))
    return Table(
        "beside_today_all",
        "The same children today, with the plan for those who wait, and in the clean sheet",
        ("Where they live", "Today", "With the plan for those who wait", "Clean sheet"),
        rows,
        "Children who can be moved, and those who wait. Who is not in a plan lives in it as today",
        "The two plans of this statement",
        total=True,
    )


def _by(copy: Copy, key: str, first: str) -> Table:
    table = copy.tables[key]
    rows: list[tuple[Cell, ...]] = [
        (
            label,
            copy.count(key, value, IN_AREA),
            copy.count(key, value, SHORT),
            copy.count(key, value, SETTLED),
            copy.share(key, (value, SHORT), (value,)),
        )
        for value, label in rows_of(copy, key)
        if not copy.nobody(key, value)
    ]
    total = [copy.count(key, ALL, each) for each in (IN_AREA, SHORT, SETTLED)]
    rows.append(("All", *total, copy.share(key, (ALL, SHORT))))
    columns = (first, *(value.label for value in table.dimensions[-1].values), "Short, share")
    return Table(key, table.title, columns, rows, table.definition, table.source, total=True)


def _in_or_out(copy: Copy, key: str, first: str) -> Table:
    """Children with a home in the area and without, whatever the reason."""
    table = copy.tables[key]
    rows: list[tuple[Cell, ...]] = [
        (
            label,
            copy.count(key, value, IN_AREA),
            copy.count(key, value, SHORT),
            copy.share(key, (value, SHORT), (value,)),
        )
        for value, label in rows_of(copy, key)
        if not copy.nobody(key, value)
    ]
    rows.append(("All", copy.count(key, ALL, IN_AREA), copy.count(key, ALL, SHORT), copy.share(key, (ALL, SHORT))))
    columns = (first, *(value.label for value in table.dimensions[-1].values), "of all")
    return Table(key, table.title, columns, rows, table.definition, table.source, total=True)


def _by_age(copy: Copy) -> Table:
    """Kind of home by age: inside who is short for want of a home; outside, where that would be marks, all without."""
    key = "clean_kind_age_short" if copy.internal else "clean_kind_age"
    table = copy.tables[key]
    bands = table.dimensions[1].values
    rows: list[tuple[Cell, ...]] = [
        (label, *(copy.count(key, kind, band.key, SHORT) for band in bands))
        for kind, label in rows_of(copy, key)
        if not copy.nobody(key, kind)
    ]
    title = table.title if copy.internal else "No home in the area, for want of one or not, by kind of home and age"
    return Table("short_by_age", title, ("Kind of home", *(band.label for band in bands)), rows, table.definition)


def _by_district(copy: Copy) -> Picture | Table:
    table = _in_or_out(copy, "clean_come_from", "Home district")
    if copy.internal:
        table = _by(copy, "clean_come_from_short", "Home district")
    keys = {label: key for key, label in rows_of(copy, "clean_come_from")}
    codes = [key if (key := keys.get(str(row[0]), "")).startswith("E") else None for row in table.rows]
    if not any(codes):
        return table
    named = [str(row[0]) for row, code in zip(table.rows, codes, strict=True) if code]
    beyond = [f"{row[0]} {text(row[2])}" for row in table.rows[:-1] if str(row[0]) not in named]
    alt = ranked(table, 2, "Most come from", only=named)
    alt += f" On no map: {', '.join(beyond)}." if beyond else ""
    title = f"{table.columns[2]}: where the children come from"
    return district_map(table, codes, 2, alt=alt, title=title)


def _why(copy: Copy) -> Table:
    table = copy.tables["clean_kind_why"]
    reasons = [value for value in table.dimensions[-1].values if value.key not in (NOT_SHORT, GapCategory.NOT_SUPPLY)]
    used = [r for r in reasons if not copy.nobody("clean_why", r.key)]
    rows: list[tuple[Cell, ...]] = [
        (
            label,
            *(copy.count("clean_kind_why", value, reason.key) for reason in used),
            copy.count("clean_kind", value, SHORT),
        )
        for value, label in rows_of(copy, "clean_kind_why")
        if not all(copy.nobody("clean_kind_why", value, reason.key) for reason in used)
    ]
    rows.append(("All", *(copy.count("clean_why", each.key) for each in used), copy.count("clean_short", SHORT)))
    columns = ("Kind of home", *(reason.label for reason in used), "All who are short")
    return Table(
        "clean_kind_why", "Why children are short, by kind of home", columns, rows, table.definition, total=True
    )


def _groups(statement: Statement, copy: Copy) -> Table:
    week = {group.key: group for group in statement.operational.groups}
    rows: list[tuple[Cell, ...]] = []
    for group in GROUPS:
        cells = [copy.count(f"clean_group_{group.key}", "yes", each) for each in (IN_AREA, SHORT, SETTLED)]
        now = week[group.key].outcomes
        waiting = (len(now.child_ids), len(now.unmet_ids)) if copy.internal else ()
        rows.append((group.label, *cells, *waiting))
    waiting_columns = ("Waiting now", "of them, no home in the plan") if copy.internal else ()
    columns = ("Group", *(v.label for v in copy.tables["clean_short"].dimensions[0].values), *waiting_columns)
    note = "A child may be in several groups or in none."
    return Table("groups", "The clean sheet for groups of children", columns, rows, note, "The two plans")
