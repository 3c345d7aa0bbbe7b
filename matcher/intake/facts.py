"""What the returns say of each child beside episodes: who they are, UASC status, strengths and difficulties score."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.intake.findings import At, Log
from matcher.intake.return_rows import ReturnRow, Returns, tell_faults
from models import ssda903
from models.vocabulary import Sex

_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE, "M": Sex.MALE, "F": Sex.FEMALE, "U": Sex.UNKNOWN}


@dataclass(frozen=True)
class Facts:
    """What is known of one child, and the row that says so."""

    at: At
    sex: Sex
    born: dt.date
    ethnicity: str | None = None
    uasc: bool = False
    sdq: int | None = None


def child_facts(returns: Returns, in_care: Collection[str], as_at: dt.date, log: Log) -> dict[str, Facts]:
    """The facts of every child of the headers, and of those in care whom only other tables know.

    Children in care of whom no table holds a date of birth are set aside.
    """
    by_child: defaultdict[str, list[ReturnRow]] = defaultdict(list)
    for row in returns.of("Header"):
        if row.child is None:
            _tell_nameless(row, log)
        else:
            by_child[row.child].append(row)
    facts: dict[str, Facts] = {}
    for child, rows in by_child.items():
        found = _from_header(child, rows, log)
        if found is not None:
            facts[child] = found
    facts |= _from_elsewhere(returns, [child for child in in_care if child not in by_child], log)
    until, scores = unaccompanied(returns), _sdq(returns, as_at)
    uasc = {child for child, day in until.items() if ssda903.is_uasc(day, as_at)}
    return {child: replace(known, uasc=child in uasc, sdq=scores.get(child)) for child, known in facts.items()}


def _tell_nameless(row: ReturnRow, log: Log) -> None:
    for fault in row.vital_faults:
        name = f"in row {row.at.row} of {row.at.file}"
        at = row.at.in_column(fault.column)
        log.aside("child", name, fault.code, at, fault.message, expected=fault.expected, value=fault.value)


def _from_header(child: str, rows: Sequence[ReturnRow], log: Log) -> Facts | None:
    """The facts of the latest return that has them; the child is set aside if one return contradicts itself."""
    good = [row for row in rows if row.day("DOB")]
    for row in rows:
        tell_faults(row, log)
        for fault in row.vital_faults:
            at = row.at.in_column(fault.column)
            if good:
                action = "the date of another return's header counts"
                log.warn(fault.code, at, fault.message, expected=fault.expected, action=action, subject=child)
            else:
                log.aside("child", child, fault.code, at, fault.message, expected=fault.expected, value=fault.value)
    if not good:
        return None
    latest = good[-1]
    for row in good[:-1]:
        _compare(child, row, latest, log)
    born = latest.day("DOB")
    if born is None or log.is_aside("child", child):
        return None
    return Facts(latest.at, _sex(latest) or Sex.UNKNOWN, born, latest.text("ETHNIC"))


def _sex(row: ReturnRow) -> Sex | None:
    return _SEXES.get(row.text("SEX") or "")


def _compare(child: str, row: ReturnRow, latest: ReturnRow, log: Log) -> None:
    differ = [
        (name, f"{latest_value}", f"{value}")
        for name, value, latest_value in (
            ("DOB", row.day("DOB"), latest.day("DOB")),
            ("SEX", _sex(row), _sex(latest)),
        )
        if value != latest_value and value is not None and latest_value is not None
    ]
    where = f"row {latest.at.row} of {latest.at.file}"
    for name, latest_value, value in differ:
        told = f"child {child} has {name} {value} here and {latest_value} in {where}"
        expected = "one date of birth and sex for a child"
        if row.year == latest.year:
            log.aside("child", child, "facts-conflict", latest.at.in_column(name), told, expected=expected)
        else:
            action = "the latest return's counts"
            log.warn("facts-conflict", row.at.in_column(name), told, expected=expected, action=action, subject=child)
    if not differ and row.year == latest.year:
        told = f"child {child} is there twice; the other is {where}"
        log.warn("row-duplicated", row.at, told, expected="each child once", action="it counts once", subject=child)


def _from_elsewhere(returns: Returns, children: Sequence[str], log: Log) -> dict[str, Facts]:
    """Date of birth (and sex, where UASC has it) of children whom no header knows."""
    wanted = set(children)
    found: dict[str, Facts] = {}
    for table, rows in returns.rows.items():
        for row in rows if table not in ("Header", "Episodes") else ():
            born = row.day("DOB")
            if row.child in wanted and born is not None and (row.child not in found or row.text("SEX")):
                found[row.child] = Facts(row.at, _sex(row) or Sex.UNKNOWN, born)
    first_row = {row.child: row.at for row in reversed(returns.of("Episodes"))}
    expected = "every child of the episodes in the header"
    for child in children:
        at = first_row[child].in_column("CHILD")
        told = f"child {child} is in the episodes but not in the header"
        if child not in found:
            log.aside("child", child, "child-not-in-header", at, told, expected=expected)
            continue
        other = found[child].at
        action = f"date of birth and sex are taken from row {other.row} of {other.file}"
        log.warn("child-not-in-header", at, told, expected=expected, action=action, subject=child)
    return found


def unaccompanied(returns: Returns) -> dict[str, dt.date | None]:
    """Children the UASC tables list, each with the day that status ceased (DUC), as the latest return has it."""
    return {row.child: row.day("DUC") for row in returns.of("UASC") if row.child}


def _sdq(returns: Returns, as_at: dt.date) -> Mapping[str, int]:
    """The newest strengths and difficulties score of each child, of returns up to the day's."""
    until = ssda903.collection_year(as_at)
    scores: dict[str, int] = {}
    for row in returns.of("OC2"):
        score = row.number("SDQ_SCORE")
        if row.child and score is not None and (row.year is None or row.year <= until):
            scores[row.child] = score
    return scores


def tell_unused_headers(returns: Returns, history: Mapping[str, object], introduced: Collection[str], log: Log) -> None:
    """Tell of children in a header who have no episode; care leavers, whom OC3 lists, rightly have none."""
    leavers = {row.child for row in returns.of("OC3")}
    told: set[str] = set()
    for row in returns.of("Header"):
        child = row.child
        if child is None or child in history or child in introduced or child in told or log.is_aside("child", child):
            continue
        told.add(child)
        message = f"child {child} is in the header but has no episode"
        expected = "an episode for every child of the header"
        if child in leavers:
            log.note("header-without-episodes", row.at, message, expected=expected, action="OC3 lists a care leaver")
        else:
            action = "the child does not count as looked after"
            log.warn("header-without-episodes", row.at, message, expected=expected, action=action, subject=child)
