"""Open requests for a home, and the children they introduce."""

from collections.abc import Collection, Mapping, Sequence

from matcher.intake.circumstances import circumstances, says_circumstances, with_known_wishes
from matcher.intake.context import Context
from matcher.intake.facts import Facts
from matcher.intake.findings import Log
from matcher.intake.sheet_rows import Row
from models import ssda903
from models.child import Child
from models.referral import Referral
from models.vocabulary import HomeKind, ReferralReason, Sex, Urgency


def one_each(rows: Sequence[Row], log: Log) -> list[Row]:
    """The rows without repeated referral ids, and without a second request for the same child."""
    by_id: dict[str, Row] = {}
    by_child: dict[str, Row] = {}
    for row in rows:
        referral, child = row.need("referral_id"), row.need("child_id")
        first = by_id.setdefault(referral, row)
        if first is not row:
            at = row.at.in_column("referral_id")
            told = f"referral {referral} is there twice; the other is row {first.at.row} of {first.at.file}"
            log.aside("referral", f"{referral} (row {row.at.row})", "referral-twice", at, told, expected="each id once")
            continue
        known = by_child.get(child)
        if known is None:
            by_child[child] = row
            continue
        newer, older = (row, known) if row.need_day("received") >= known.need_day("received") else (known, row)
        by_child[child] = newer
        _tell_second(child, newer, older, log)
    kept = {id(row) for row in by_child.values()}
    return [row for row in rows if id(row) in kept]


def _tell_second(child: str, newer: Row, older: Row, log: Log) -> None:
    told = f"child {child} has two open referrals, {older.need('referral_id')} and {newer.need('referral_id')}"
    expected = "one open referral for a child"
    log.warn(
        "referral-second",
        older.at.in_column("child_id"),
        told,
        expected=expected,
        action=f"the one received last, {newer.need('referral_id')}, counts",
        subject=child,
    )
    log.set_aside("referral", older.need("referral_id"), told)


def introduced_facts(
    rows: Sequence[Row], in_care: Collection[str], known: Mapping[str, Facts], context: Context
) -> dict[str, Facts]:
    """The facts of children whom only a referral knows; one without sex and date of birth is set aside."""
    found = {}
    for row in rows:
        child = row.need("child_id")
        if context.log.is_aside("child", child):
            continue
        if child in in_care:
            _tell_difference(row, known.get(child), context.log)
            continue
        older = known.get(child)
        born = row.day("born") or (older.born if older else None)
        sex = row.text("sex") or (older.sex if older else None)
        lacking = [name for name, value in (("sex", sex), ("born", born)) if value is None]
        if born is None or sex is None:
            told = f"child {child} is in no return, and the referral does not say {' or '.join(lacking)}"
            expected = "sex and born for a child no return knows yet"
            at = row.at.in_column(lacking[0])
            context.log.aside("child", child, "introduced-without-facts", at, told, expected=expected)
            continue
        found[child] = Facts(
            at=row.at.in_column("born"),
            sex=Sex(sex),
            born=born,
            ethnicity=_code(row, "ethnicity", "ETHNIC", context) or (older.ethnicity if older else None),
            uasc=bool(row.flag("uasc")),
            sdq=older.sdq if older else None,
        )
    return found


def _code(row: Row, column: str, code_set: str, context: Context) -> str | None:
    """A code of the return in a referral; None, and told of, when no year lists it."""
    given = row.text(column)
    if given is None or given.upper() in ssda903.ever_listed(code_set):
        return given.upper() if given else None
    context.log.warn(
        "code-unknown",
        row.at.in_column(column),
        f"{given!r} is not a code of any year",
        expected=f"one of {', '.join(ssda903.ever_listed(code_set))}",
        action="it is read as blank",
        value=given,
        subject=row.need("child_id"),
    )
    return None


def legal_status(row: Row, context: Context) -> str | None:
    """The legal status a referral gives for a child no return knows yet."""
    return _code(row, "legal_status", "LS", context)


def _tell_difference(row: Row, known: Facts | None, log: Log) -> None:
    if known is None:
        return
    for column, said, held in (("sex", row.text("sex"), known.sex.value), ("born", row.day("born"), known.born)):
        if said is not None and said != held:
            log.warn(
                "facts-conflict",
                row.at.in_column(column),
                f"the referral says {said} and the return (row {known.at.row} of {known.at.file}) {held}",
                expected="what the return says, or blank",
                action="the return's counts",
                subject=row.need("child_id"),
            )


def build_referrals(
    rows: Sequence[Row], children: Mapping[str, Child], homes: Mapping[str, object], context: Context
) -> list[Referral]:
    """Referrals of the case's children; one for a child who was set aside is set aside too."""
    referrals = []
    for row in rows:
        child = row.need("child_id")
        if child not in children:
            context.drop_row(row, child, action="the referral is set aside")
            context.log.set_aside("referral", row.need("referral_id"), context.missing_child(child))
            continue
        _tell_dates(row, context)
        own = children[child].circumstances
        newer = with_known_wishes(child, row, circumstances(row, own), homes, context)
        referrals.append(_referral(row, children[child], newer))
    return referrals


def _referral(row: Row, child: Child, newer: object) -> Referral:
    changed = says_circumstances(row) and newer != child.circumstances
    return Referral.model_validate(
        {
            "id": row.need("referral_id"),
            "child_id": child.id,
            "received": row.need_day("received"),
            "needed_by": row.need_day("needed_by"),
            "urgency": Urgency(row.need("urgency")),
            "reason": ReferralReason(row.need("reason")),
            "preferred_kinds": tuple(map(HomeKind, row.words("preferred_kinds"))),
            "suitable_kinds": tuple(map(HomeKind, row.words("suitable_kinds"))),
            "unsuitable_kinds": tuple(map(HomeKind, row.words("unsuitable_kinds"))),
            "circumstances": newer if changed else None,
        }
    )


def _tell_dates(row: Row, context: Context) -> None:
    received, needed = row.need_day("received"), row.need_day("needed_by")
    told = []
    if needed < received:
        told.append(("needed_by", "the home is needed before the request was made", "needed_by on or after received"))
    if received > context.as_at:
        told.append(("received", f"the request was made after {context.as_at:%d/%m/%Y}", "requests made by then"))
    for kind in row.words("unsuitable_kinds"):
        if kind not in (*row.words("preferred_kinds"), *row.words("suitable_kinds")):
            continue
        told.append(("unsuitable_kinds", f"{kind} is called both suitable and unsuitable", "each kind in one list"))
    for column, message, expected in told:
        at, child = row.at.in_column(column), row.need("child_id")
        context.log.warn("referral-odd", at, message, expected=expected, action="it is kept as read", subject=child)
