"""Which places are missing: the gap by kind, age, needs and district, and for the groups commissioners plan by."""

from collections import Counter

from matcher.reports.document import Block, Cell, Heading, Paragraph, Section, Table, Tone
from matcher.reports.statement.copies import Copy
from matcher.reports.statement.counted import rows_of
from matcher.reports.words import money
from matcher.services.gap import GROUPS, Outcome
from matcher.services.gap.worth import PlaceWorth
from matcher.services.statement.runs import NOT_SHORT
from matcher.services.statement.statement import GapOfRun, Statement
from models.geography import UnknownAreaError, district_name
from models.vocabulary import KIND_LABELS

_OUTCOMES = tuple(outcome.value for outcome in Outcome)
_SHORT = "Short in the area"
_MOST_WORTH = 15
_WHAT = (
    "The clean sheet matches every child who can be moved afresh with every home. It measures the homes; nobody is to "
    "be moved by it. A child is short where no home in the area is found: matched outside it, or not at all. "
    "Section 22G of the Children Act 1989 asks for enough homes within the area."
)


def missing_places(statement: Statement, copy: Copy) -> Section:
    """The gap of the clean sheet, cell by cell, what is missing, and what one more place would be worth."""
    blocks: list[Block] = [Paragraph(_WHAT), _outcomes(copy, "clean_kind", "Kind of home")]
    blocks += [
        _outcomes(copy, key, words)
        for key, words in (("clean_age", "Age"), ("clean_need", "Needs"), ("clean_come_from", "Home district"))
        if key in copy.tables
    ]
    blocks += [Heading("What is missing"), _why(copy), Heading("Groups that commissioners plan by"), _groups(copy)]
    if copy.internal:
        blocks += _internal(statement)
    return Section("gap", "Places that are missing", tuple(blocks))


def _outcomes(copy: Copy, key: str, first: str) -> Table:
    rows = [
        (label, *(copy.count(key, value, outcome) for outcome in _OUTCOMES), _share_in_area(copy, key, value))
        for value, label in rows_of(copy, key)
        if any(copy.tables[key].count(value, outcome) != 0 for outcome in _OUTCOMES)
    ]
    table = copy.tables[key]
    labels = [table.dimensions[-1].label(outcome) for outcome in _OUTCOMES]
    total = ("All", *(copy.count(key, "*", outcome) for outcome in _OUTCOMES), "")
    columns = (first, *labels, "Matched in the area, share")
    return Table(key, table.title, columns, [*rows, total], table.definition, table.source, total=True)


def _share_in_area(copy: Copy, key: str, value: str) -> Cell:
    return copy.share_among(key, [(value, outcome) for outcome in _OUTCOMES], (value, Outcome.IN_AREA.value))


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


def _groups(copy: Copy) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for group in GROUPS:
        key = f"clean_group_{group.key}"
        cells = [copy.count(key, "yes", outcome) for outcome in _OUTCOMES]
        rows.append((group.label, *cells, copy.count("now_" + key.removeprefix("clean_"), "yes", Outcome.UNMET.value)))
    labels = [copy.tables["clean"].dimensions[0].label(outcome) for outcome in _OUTCOMES]
    columns = ("Group", *labels, "Waiting now, and no home in the plan")
    note = "A child may be in several groups or in none. Rules and sources of the groups stand under definitions."
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
