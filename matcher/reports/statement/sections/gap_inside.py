"""What only the internal copy says of the gap: its cells with the children behind them, and what places are worth."""

from collections import Counter

from matcher.reports.document import Block, Cell, Heading, Mark, Money, Paragraph, Table, Tone
from matcher.reports.words import money
from matcher.services.gap import CATEGORY_LABELS, GROUPS, GapCategory, GapChild, Side, open_cells
from matcher.services.gap.worth import PlaceWorth
from matcher.services.statement.statement import GapOfRun, Statement
from models.geography import UnknownAreaError, district_name
from models.vocabulary import KIND_LABELS

_MOST_WORTH = 15
PRINTED = 25
"""How many rows of a list of children files with pages print."""


def inside(statement: Statement) -> list[Block]:
    """The gap beside today, what places would be worth, every cell, and the children behind it."""
    clean = statement.clean_sheet
    return [
        Heading("What one more place would be worth"),
        Paragraph(
            "Each line opens one more home of that description and finds the best plan with it. The worth is in pounds "
            "a week of the policy's prices, charges for children without a home included. It is exact; where it says "
            "'or more', that much is proved, and no bound above was in the time given.",
            Tone.NOTE,
        ),
        Paragraph(" ".join(_exact(run) for run in (statement.operational, clean) if run.worth)),
        _worth(clean, "clean_worth", "Clean sheet: what one more home would be worth, most first"),
        _worth(statement.operational, "now_worth", "Children who wait now: what one more home would be worth"),
        Heading("Today, the plan for those who wait, and the clean sheet"),
        Paragraph("The same children on all three sides; who is not in a plan lives in it as today.", Tone.NOTE),
        _beside(statement),
        Heading("Every cell, and the children behind it"),
        _cells(clean),
        _children(clean),
    ]


def _exact(run: GapOfRun) -> str:
    exact = sum(each.exact for each in run.worth)
    return f"{run.plan.run[:1].upper()}{run.plan.run[1:]}: {exact} of {len(run.worth)} are exact."


def _worth(run: GapOfRun, key: str, title: str) -> Table:
    first = sorted(run.worth, key=lambda each: -each.least_pence)[:_MOST_WORTH]
    rows: list[tuple[Cell, ...]] = [
        (
            _where(each),
            _amount(each),
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


def _amount(worth: PlaceWorth) -> str:
    """``£1,204``, or ``£1,204 or more`` where that is what is proved."""
    return money(worth.least_pence) + ("" if worth.exact else " or more")


def _where(worth: PlaceWorth) -> str:
    if worth.group is not None:
        label = next(group.label for group in GROUPS if group.key == worth.group)
        return f"for {label[:1].lower()}{label[1:]}"
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
    short = sorted((child for child in run.children if child.short_in_area), key=_settled)
    rows: list[tuple[Cell, ...]] = [
        (
            child.child_id,
            child.kind_label,
            child.age,
            child.need_band.replace("_", " "),
            _district(child.district),
            child.before_kind_label or "-",
            child.home_id or "none",
            CATEGORY_LABELS[child.why.category] if child.why else "",
            child.why.words if child.why else "",
        )
        for child in short
    ]
    counts = Counter(child.kind_label for child in short)
    note = "; ".join(f"{kind} {count}" for kind, count in counts.most_common())
    columns = ("Child", "Kind", "Age", "Needs", "From", "Lives today in", "Clean sheet", "Why", "What binds")
    title = "Children without a home in the area, one by one: what is missing first"
    return Table("clean_children", title, columns, rows, note, printed=PRINTED)


def _settled(child: GapChild) -> bool:
    """Whether it is not for want of a home; these are listed last."""
    return child.why is not None and child.why.category is GapCategory.NOT_SUPPLY


def _beside(statement: Statement) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for line in statement.beside_today:
        parts = [line.group_label or line.kind_label or "Everybody", line.age_band or ""]
        name = ", ".join(part for part in parts if part)
        rows.append((name, len(line.child_ids), *_side(line.today), *_side(line.operational), *_side(line.clean_sheet)))
    columns = ["Children", "Number"]
    for side in ("Today", "Plan for those who wait", "Clean sheet"):
        columns += [
            f"{side}: in area",
            f"{side}: outside",
            f"{side}: no home",
            f"{side}: mean miles",
            f"{side}: fees a week",
        ]
    return Table("beside_today", "Where the same children live on each side", tuple(columns), rows)


def _side(side: Side) -> tuple[Cell, ...]:
    outside = len(side.adjoining_ids) + len(side.at_a_distance_ids)
    miles = Mark.NOT_AVAILABLE if side.mean_miles_tenths is None else round(side.mean_miles_tenths / 10, 1)
    return (len(side.in_area_ids), outside, len(side.none_ids), miles, Money(side.weekly_fee_pence))


def _cells(run: GapOfRun) -> Table:
    """Every cell that somebody is in, with what binds, what one more such place would be worth, and who."""
    worth = {(w.kind, w.age_band, w.need_band, w.district): w for w in run.worth if w.group is None}
    rows: list[tuple[Cell, ...]] = []
    for cell in sorted(open_cells(run.children), key=lambda each: -len(each.outcomes.short_ids)):
        found, short = cell.outcomes, cell.outcomes.short_ids
        why = "; ".join(f"{each.label} ({len(each.child_ids)})" for each in found.categories)
        binds = "; ".join(f"{each.title} ({len(each.child_ids)})" for each in found.rules)
        value = worth.get((cell.kind, cell.age_band, cell.need_band, cell.district))
        amount: Cell = "" if value is None else _amount(value)
        place = (
            KIND_LABELS[cell.kind] if cell.kind else "",
            cell.age_band or "",
            (cell.need_band or "").replace("_", " "),
        )
        counts = (len(found.child_ids), len(found.in_area_ids), len(short))
        rows.append((*place, _district(cell.district or ""), *counts, why, binds, amount, ", ".join(short)))
    columns = (
        "Kind", "Age", "Needs", "From", "Children", "A home in the area", "Short", "What is missing", "What binds",
        "One more such place, a week", "Children short",
    )  # fmt: skip
    return Table("clean_cells", "The clean sheet, cell by cell, most short first", columns, rows, printed=PRINTED)
