"""Which places are missing: the gap by kind, age, needs and district, and for the groups commissioners plan by."""

from collections import Counter

from matcher.reports.document import Block, Cell, Heading, Paragraph, Picture, Section, Table, Tone
from matcher.reports.drawing.bars import bars
from matcher.reports.drawing.district_map import district_map
from matcher.reports.drawing.matrix import matrix
from matcher.reports.statement.copies import Copy
from matcher.reports.statement.counted import one_way, rows_of
from matcher.reports.words import money
from matcher.services.gap import GROUPS
from matcher.services.gap.worth import PlaceWorth
from matcher.services.statement.runs import IN_AREA, NOT_SHORT, SHORT
from matcher.services.statement.statement import GapOfRun, Statement
from matcher.services.tabulation import ALL
from models.geography import UnknownAreaError, district_name
from models.vocabulary import KIND_LABELS

_MOST_WORTH = 15
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
        blocks += _internal(statement)
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


def _internal(statement: Statement) -> list[Block]:
    clean = statement.clean_sheet
    return [
        Heading("What one more place would be worth"),
        Paragraph(
            "Each line opens one more home of that description and finds the best plan with it. The worth is in pounds "
            "a week of the policy's prices, charges for children without a home included; it is exact unless marked.",
            Tone.NOTE,
        ),
        _worth(clean, "clean_worth", "Clean sheet: what one more home would be worth, most first"),
        _worth(statement.operational, "now_worth", "Children who wait now: what one more home would be worth"),
        Heading("Children behind the gap"),
        _children(clean),
    ]


def _worth(run: GapOfRun, key: str, title: str) -> Table:
    first = sorted(run.worth, key=lambda each: -each.least_pence)[:_MOST_WORTH]
    rows: list[tuple[Cell, ...]] = [
        (
            _where(each),
            ("" if each.exact else "at least ") + money(each.least_pence),
            len(each.placed_ids),
            len(each.into_area_ids),
            len(each.closer_ids),
            money(each.weekly_fee_pence),
        )
        for each in first
    ]
    columns = (
        "One more home",
        "Worth a week",
        "More children placed",
        "Into the area",
        "Closer to home",
        "Fees a week",
    )
    return Table(key, title, columns, rows)


def _where(worth: PlaceWorth) -> str:
    if worth.group is not None:
        return f"for {next(group.label for group in GROUPS if group.key == worth.group).lower()}"
    parts = [
        KIND_LABELS[worth.kind] if worth.kind else "",
        worth.age_band or "",
        (worth.need_band or "").replace("_", " "),
    ]
    return ", ".join([part for part in parts if part] + ([_district(worth.district)] if worth.district else []))


def _district(code: str) -> str:
    try:
        return district_name(code)
    except UnknownAreaError:
        return "home district not known"


def _children(run: GapOfRun) -> Table:
    short = [child for child in run.children if child.short_in_area]
    rows: list[tuple[Cell, ...]] = [
        (
            child.child_id,
            child.kind_label,
            child.age,
            child.need_band.replace("_", " "),
            _district(child.district),
            child.before_kind_label or "-",
            child.home_id or "none",
            child.why.words if child.why else "",
        )
        for child in short
    ]
    counts = Counter(child.kind_label for child in short)
    note = "; ".join(f"{kind} {count}" for kind, count in counts.most_common())
    columns = ("Child", "Kind", "Age", "Needs", "From", "Lives today in", "Clean sheet", "What binds")
    return Table("clean_children", "Children short of a home in the area, one by one", columns, rows, note)
