"""The case's children: those looked after on the day and those whom a referral introduces."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from matcher.intake.circumstances import build_circumstances, circumstances, with_known_wishes
from matcher.intake.context import Context, place_of
from matcher.intake.facts import Facts
from matcher.intake.findings import At
from matcher.intake.levels import newest_profiles
from matcher.intake.referrals import introduced_facts, legal_status
from matcher.intake.sheet_rows import Row
from models import ssda903
from models.child import Child, Circumstances
from models.home import Home
from models.needs import NeedsProfile
from models.ssda903 import Episode

_ADULT, _OLDEST = 18, 25


@dataclass(frozen=True)
class ChildSheets:
    """The rows of the sheets that say something of children; ``elsewhere`` are those of the adoption pool alone."""

    children: Sequence[Row]
    locations: Sequence[Row]
    needs: Sequence[Row]
    referrals: Sequence[Row]
    elsewhere: Collection[str] = frozenset()


def build_children(
    sheets: ChildSheets,
    history: Mapping[str, Sequence[Episode]],
    facts: Mapping[str, Facts],
    homes: Mapping[str, Home],
    context: Context,
) -> dict[str, Child]:
    """Every usable child by id; rows about children who are not the case's are told of and left out."""
    in_care = [child for child, rows in history.items() if ssda903.in_care_on(rows, context.as_at)]
    known = build_circumstances(sheets.children, sheets.locations, context)
    assessed = newest_profiles(sheets.needs, context)
    introduced = introduced_facts(sheets.referrals, in_care, facts, context)
    by_referral = {row.need("child_id"): row for row in sheets.referrals}
    children: dict[str, Child] = {}
    for child in [*in_care, *(name for name in introduced if name not in in_care)]:
        about = introduced.get(child) or facts.get(child)
        if about is None or context.log.is_aside("child", child) or _age_is_impossible(child, about, context):
            continue
        told = _circumstances(known.get(child), by_referral.get(child) if child in introduced else None)
        row, own = told
        own = own if row is None else with_known_wishes(child, row, own, homes, context)
        profile = assessed[child][1] if child in assessed else None
        if child in introduced:
            children[child] = _introduced(child, by_referral[child], about, own, profile, context)
        else:
            children[child] = _looked_after(child, history[child], about, own, profile, context)
    _tell_strangers(sheets, children, context)
    return children


def _circumstances(known: tuple[Row, Circumstances] | None, referral: Row | None) -> tuple[Row | None, Circumstances]:
    """What is known of a child; a referral that introduces the child adds what it says."""
    row, own = known or (None, Circumstances())
    return (row, own) if referral is None else (row or referral, circumstances(referral, own))


def _age_is_impossible(child: str, about: Facts, context: Context) -> bool:
    """Set aside a child who was not born yet or is no young person; tell of one who is no child any more."""
    log, at = context.log, about.at.in_column("DOB" if about.at.column is None else about.at.column)
    on = f"on {context.as_at:%d/%m/%Y}"
    if about.born > context.as_at:
        told = f"child {child} was born on {about.born:%d/%m/%Y}, after the case's day"
        log.aside("child", child, "age-impossible", at, told, expected=f"born by {context.as_at:%d/%m/%Y}")
        return True
    age = ssda903.age_at(about.born, context.as_at)
    if age > _OLDEST:
        told = f"child {child} is {age} {on}"
        log.aside("child", child, "age-impossible", at, told, expected=f"an age of at most {_OLDEST}")
        return True
    if age >= _ADULT:
        told = f"child {child} is {age} {on}"
        expected = "looked-after children are under 18"
        log.warn("age-over-17", at, told, expected=expected, action="the child is kept", subject=child)
    return False


def _looked_after(
    child: str,
    rows: Sequence[Episode],
    about: Facts,
    own: Circumstances,
    profile: NeedsProfile | None,
    context: Context,
) -> Child:
    now = ssda903.episode_on(rows, context.as_at)
    if now is None:
        raise ValueError(f"child {child} is not looked after on {context.as_at}")
    at = At(now.file, now.row, "HOME_POST")
    if now.home_post is None and not about.uasc:
        context.log.warn(
            "postcode-missing",
            at,
            f"child {child} has no home postcode",
            expected="HOME_POST, except for unaccompanied asylum-seeking children",
            action="distance from home counts as not known",
            subject=child,
        )
    if now.decom < about.born:
        context.log.warn(
            "episode-before-birth",
            At(now.file, now.row, "DECOM"),
            f"the episode begins on {now.decom:%d/%m/%Y}, before child {child} was born on {about.born:%d/%m/%Y}",
            expected="DECOM on or after DOB",
            action="both dates are kept",
            subject=child,
        )
    return Child(
        id=child,
        sex=about.sex,
        born=about.born,
        ethnicity=about.ethnicity,
        uasc=about.uasc,
        legal_status=now.ls,
        category_of_need=now.cin or None,
        home=place_of(context, now.home_post, at, subject=child),
        entered_care=ssda903.period_of_care_start(rows, context.as_at),
        sdq=about.sdq,
        moves_last_year=moves_in_last_year(rows, context.as_at),
        circumstances=own,
        profile=profile,
    )


def moves_in_last_year(rows: Sequence[Episode], as_at: dt.date) -> int:
    """Placements lived in during the twelve months up to a day, less one."""
    first = ssda903.months_before(as_at, 12) + dt.timedelta(days=1)
    return max(len(ssda903.placements_between(rows, first, as_at)) - 1, 0)


def _introduced(
    child: str,
    row: Row,
    about: Facts,
    own: Circumstances,
    profile: NeedsProfile | None,
    context: Context,
) -> Child:
    at = row.at.in_column("home_postcode")
    return Child(
        id=child,
        sex=about.sex,
        born=about.born,
        ethnicity=about.ethnicity,
        uasc=about.uasc,
        legal_status=legal_status(row, context),
        home=place_of(context, row.text("home_postcode"), at, subject=child),
        sdq=about.sdq,
        circumstances=own,
        profile=profile,
    )


def _tell_strangers(sheets: ChildSheets, children: Mapping[str, Child], context: Context) -> None:
    """Tell of rows about children who are not the case's."""
    for row in (*sheets.children, *sheets.locations, *sheets.needs):
        child = row.need("child_id")
        if child not in children and child not in sheets.elsewhere:
            context.drop_row(row, child)
