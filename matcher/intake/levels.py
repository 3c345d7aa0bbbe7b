"""Levels of needs and skills: rows of a sheet and records, both ways with the same column names."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from matcher.intake.context import Context
from matcher.intake.sheet_rows import Row
from models.needs import NeedsProfile, Skills


def levels(row: Row, prefix: str, keys: Iterable[str]) -> dict[str, int]:
    """The levels in the columns that a prefix and a key name; blank ones are not in it."""
    found = {key: row.number(f"{prefix}{key}") for key in keys}
    return {key: level for key, level in found.items() if level is not None}


def skills(row: Row, context: Context) -> Skills:
    """A home's skills, from its row."""
    framework = context.framework
    return Skills(
        levels=levels(row, "skill_", (need.key for need in framework.needs)),
        domain_levels=levels(row, "skill_domain_", (domain.key for domain in framework.domains)),
        tags=row.words("skill_tags"),
    )


def profile(row: Row, context: Context) -> NeedsProfile | None:
    """One assessment, from its row; None when it says nothing of any need."""
    framework = context.framework
    needs = levels(row, "need_", (need.key for need in framework.needs))
    domains = levels(row, "domain_", (domain.key for domain in framework.domains))
    if not needs and not domains and not row.words("tags"):
        return None
    return NeedsProfile(
        child_id=row.need("child_id"),
        assessed_on=row.day("assessed_on"),
        assessor=row.text("assessor"),
        confidence=row.text("confidence"),
        levels=needs,
        domain_levels=domains,
        tags=row.words("tags"),
        strengths=row.text("strengths"),
    )


def newest_profiles(rows: Iterable[Row], context: Context) -> Mapping[str, tuple[Row, NeedsProfile | None]]:
    """Each child's newest assessment on or before the case's day, with its row; undated ones count as oldest."""
    by_child: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_child[row.need("child_id")].append(row)
    newest = {}
    for child, assessments in by_child.items():
        known = [row for row in assessments if (row.day("assessed_on") or dt.date.min) <= context.as_at]
        for row in assessments:
            if row not in known:
                _tell_later(row, context)
        known.sort(key=lambda row: row.day("assessed_on") or dt.date.min)
        if len(known) > 1 and known[-1].day("assessed_on") == known[-2].day("assessed_on"):
            _tell_same_day(child, known[-2], known[-1], context)
        if known:
            newest[child] = (known[-1], profile(known[-1], context))
    return newest


def _tell_later(row: Row, context: Context) -> None:
    told = f"the assessment is dated after {context.as_at:%d/%m/%Y}"
    expected = "assessments made by the case's day"
    context.log.note("date-after-as-at", row.at.in_column("assessed_on"), told, expected=expected, action="not used")


def _tell_same_day(child: str, earlier: Row, later: Row, context: Context) -> None:
    context.log.warn(
        "assessments-same-day",
        later.at,
        f"child {child} has two assessments of one day; the other is row {earlier.at.row} of {earlier.at.file}",
        expected="one assessment a day",
        action="the later row counts",
        subject=child,
    )
