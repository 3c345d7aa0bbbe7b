"""A plan as CSV and XLSX: who goes where, before and after, and why a child has no home."""

from pathlib import Path

from matcher.reports.certificate import certificate_words
from matcher.reports.sheets import Cell, Sheet, write_csv, write_xlsx
from matcher.reports.shortage_words import shortages_words
from matcher.reports.totals import MEASURES, figures, pounds, tenth
from matcher.reports.trade_sheets import trade_sheets
from matcher.reports.trade_words import sensitivity_notes, trade_notes
from matcher.reports.unmet import unmet_words
from matcher.reports.value_sheets import value_sheets
from matcher.reports.value_words import value_notes
from matcher.reports.why_sheets import why_sheets
from matcher.reports.words import approver, day, place
from matcher.services.results import Plan, PlanRow

INTERNAL = "INTERNAL: names children and contains unsuppressed small numbers. Do not send outside the council."
SYNTHETIC = "SYNTHETIC: every child, carer and home is invented."

_PLAN_COLUMNS = (
    "referral_id",
    "child_id",
    "home_id",
    "kind",
    "where",
    "approval_for_location",
    "miles_from_home",
    "weekly_fee_pounds",
    "cost_pounds_equivalent",
    "brothers_and_sisters",
    "agreed",
    "home_today",
    "kind_today",
    "where_today",
    "miles_today",
    "weekly_fee_today_pounds",
    "suitable_homes",
    "why_no_home",
    "synthetic",
)


def write_plan(plan: Plan, folder: Path) -> tuple[Path, ...]:
    """Write ``plan.csv`` and ``plan.xlsx`` into a folder, made if need be, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = plan_sheet(plan)
    book = (
        _about_sheet(plan),
        rows,
        _totals_sheet(plan),
        _equality_sheet(plan),
        *why_sheets(plan),
        *value_sheets(plan),
        *trade_sheets(plan),
    )
    return write_csv(rows, folder / "plan.csv"), write_xlsx(book, folder / "plan.xlsx")


def plan_sheet(plan: Plan) -> Sheet:
    """A row for each child in the plan."""
    return Sheet("plan", _PLAN_COLUMNS, [_plan_row(row, plan.synthetic) for row in plan.rows])


def _plan_row(row: PlanRow, synthetic: bool) -> tuple[Cell, ...]:
    return (
        row.referral_id,
        row.child_id,
        row.home_id,
        row.kind_label,
        place(row.locality) if row.locality else None,
        approver(row.approval) if row.approval else None,
        tenth(row.miles_tenths),
        pounds(row.fee_pence),
        pounds(row.cost_pence),
        row.siblings,
        "Y" if row.locked else "N",
        row.before_home_id,
        row.before_kind_label,
        place(row.before_locality) if row.before_locality else None,
        tenth(row.before_miles_tenths),
        pounds(row.before_fee_pence),
        row.suitable_homes,
        None if row.home_id else unmet_words(row),
        "Y" if synthetic else "N",
    )


def _about_sheet(plan: Plan) -> Sheet:
    said = [INTERNAL, *([SYNTHETIC] if plan.synthetic else [])]
    about = [
        *(("Note", words) for words in said),
        ("Case", plan.case),
        ("As at", day(plan.as_at)),
        ("Run", plan.run),
        ("Policy", plan.policy),
        *(("Proof", words) for words in certificate_words(plan.certificate)),
        *(("Shortage", words) for words in shortages_words(plan.shortages)),
        *(("Places", words) for words in (value_notes(plan.values) if plan.values else ())),
        *(("Money", words) for words in (trade_notes(plan.trade_off) if plan.trade_off else ())),
        *(("Weights", words) for words in (sensitivity_notes(plan.sensitivity) if plan.sensitivity else ())),
        *(("Staying where they are", f"{count} {reason}") for reason, count in plan.staying),
        *(("Note", words) for words in plan.notes),
    ]
    return Sheet("about", ("what", "value"), about)


def totals_rows(plan: Plan) -> list[tuple[str, Cell, Cell]]:
    """The totals before and after, a row for each measure, as plain numbers."""
    names = (measure.name for measure in MEASURES)
    return list(zip(names, figures(plan.before), figures(plan.after), strict=True))


def _totals_sheet(plan: Plan) -> Sheet:
    return Sheet("totals", ("measure", "today", "in the plan"), totals_rows(plan))


def _equality_sheet(plan: Plan) -> Sheet:
    """Two rows for each group, today and in the plan, with the measures of the totals as columns."""
    rows = [
        (row.characteristic, row.group, when, *figures(totals))
        for row in plan.equality
        for when, totals in (("today", row.before), ("in the plan", row.after))
    ]
    return Sheet("equality", ("characteristic", "group", "when", *(measure.name for measure in MEASURES)), rows)
