"""Groups of brothers and sisters, and the plan for them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from matcher.intake.context import Context
from matcher.intake.findings import Log
from matcher.intake.sheet_rows import Row
from models.child import SiblingGroup
from models.vocabulary import SiblingDecision


def build_siblings(
    rows: Sequence[Row], children: Mapping[str, object], context: Context, *, column: str = "group_id"
) -> list[SiblingGroup]:
    """Every group of two or more of these children; a child belongs to one at most. ``column`` names it."""
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    home_group: dict[str, Row] = {}
    for row in rows:
        child = row.need("child_id")
        if child not in children:
            context.drop_row(row, child, action="the group goes on without the child")
            continue
        first = home_group.setdefault(child, row)
        if first is row:
            groups[row.need(column)].append(row)
        else:
            _tell_second(child, row, first, first.need(column), context.log)
    return [group for name, members in groups.items() if (group := _group(name, members, context.log)) is not None]


def _tell_second(child: str, row: Row, first: Row, group: str, log: Log) -> None:
    told = f"child {child} is already in group {group}, row {first.at.row} of {first.at.file}"
    log.warn(
        "sibling-twice",
        row.at.in_column("child_id"),
        told,
        expected="each child in one group, once",
        action="the first row counts",
        subject=child,
    )


def _group(name: str, rows: Sequence[Row], log: Log) -> SiblingGroup | None:
    if len(rows) < 2:
        log.note(
            "sibling-group-small",
            rows[0].at,
            f"of group {name} only child {rows[0].need('child_id')} is in the case",
            expected="two or more children",
            action="the group is left out",
            subject=rows[0].need("child_id"),
        )
        return None
    newest = max(rows, key=lambda row: row.day("decided_on") or dt.date.min)
    decisions = {_decision(row) for row in rows}
    if len(decisions) > 1:
        log.warn(
            "sibling-decisions-differ",
            newest.at.in_column("decision"),
            f"group {name} has the decisions {', '.join(sorted(decisions))}",
            expected="one decision for a group",
            action=f"the one decided last counts: {_decision(newest)}",
            subject=name,
        )
    decision = _decision(newest)
    units = _units(rows, decision)
    if not units and decision is not SiblingDecision.APART:
        _tell_no_unit(name, newest, log)
        decision = SiblingDecision.APART
    return SiblingGroup(
        id=name,
        children=tuple(row.need("child_id") for row in rows),
        decision=decision,
        units=units,
        decided_on=newest.day("decided_on"),
        decided_by=newest.text("decided_by"),
    )


def _decision(row: Row) -> SiblingDecision:
    return SiblingDecision(row.text("decision") or SiblingDecision.NOT_ASSESSED)


def _tell_no_unit(name: str, row: Row, log: Log) -> None:
    log.warn(
        "sibling-no-unit",
        row.at.in_column("unit"),
        f"the units of group {name} leave every child alone, which is not what its decision says",
        expected="the same unit for children who live together, or the decision apart",
        action="the group counts as apart",
        subject=name,
    )


def _units(rows: Sequence[Row], decision: SiblingDecision) -> tuple[tuple[str, ...], ...]:
    """Children who live together: those with the same unit; without any unit all of them, or none if apart."""
    everyone = tuple(row.need("child_id") for row in rows)
    if not any(row.text("unit") for row in rows):
        return () if decision is SiblingDecision.APART else (everyone,)
    units: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        unit = row.text("unit")
        if unit:
            units[unit].append(row.need("child_id"))
    return tuple(tuple(members) for members in units.values() if len(members) > 1)
