"""Applications to foster or to register a home, and homes that opened and closed, from their rows."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median_low

from matcher.intake.context import Context, place_of
from matcher.intake.others import first_of_each
from matcher.intake.sheet_rows import Row
from models.geography import Location
from models.home import Home, Terms
from models.supply import Approval, HomeSpell, Outcome, WhyClosed
from models.vocabulary import HomeKind, Sector, Training

_STAGES = ("applied_on", "assessed_from", "panel_on", "outcome_on")
_ONE_PLACE = 1


def build_approvals(rows: Sequence[Row], homes: Mapping[str, Home], context: Context) -> list[Approval]:
    """Every usable application; one with impossible dates, or going on nobody knows where, is set aside by name."""
    found = []
    for row in first_of_each(rows, ("approval_id",), "application", context):
        location = _location(row, context)
        _check(row, location, context)
        if not context.log.is_aside("approval", row.need("approval_id")):
            _tell_nobody(row, context)
            found.append(_approval(row, location, homes))
    return found


def _location(row: Row, context: Context) -> Location | None:
    at = row.at.in_column("postcode")
    return place_of(context, row.text("postcode"), at, subject=row.need("approval_id"))


def _check(row: Row, location: Location | None, context: Context) -> None:
    """Set an application aside that says what cannot be."""
    given = [(name, day) for name in _STAGES if (day := row.day(name))]
    for (earlier, before), (later, after) in pairwise(given):
        if after < before:
            told = f"{later} is {after:%d/%m/%Y}, before {earlier} {before:%d/%m/%Y}"
            _aside(row, "stages-reversed", later, told, "stages one after the other", context)
    for name, day in given:
        # A panel may be booked; what has begun or ended cannot lie ahead.
        if day > context.as_at and name != "panel_on":
            _aside(row, "date-ahead", name, f"{name} is {day:%d/%m/%Y}", _up_to(context.as_at), context)
    if ("outcome" in row) != ("outcome_on" in row):
        lacking = "outcome_on" if "outcome" in row else "outcome"
        _aside(row, "outcome-half", lacking, f"{lacking} is blank", "outcome and outcome_on, or neither", context)
    if "outcome" not in row and location is None:
        told = f"application {row.need('approval_id')} cannot be placed on the map"
        _aside(row, "postcode-unknown", "postcode", told, "a postcode in the directory", context)
    low, high = row.number("age_from") or 0, _or(row.number("age_to"), 17)
    if low > high:
        told = f"the ages run from {low} to {high}"
        _aside(row, "ages-reversed", "age_from", told, "age_from not above age_to", context)


def _tell_nobody(row: Row, context: Context) -> None:
    """Tell of a connected person who applies for no child of the case that anybody has named."""
    if row.need("kind") == HomeKind.CONNECTED and "outcome" not in row and not row.words("connected_children"):
        told, at = "a connected person's application names no child", row.at.in_column("connected_children")
        action, name = "the home would be open to nobody", row.need("approval_id")
        context.log.warn("approval-odd", at, told, expected="the child_id of each", action=action, subject=name)


def _up_to(as_at: dt.date) -> str:
    return f"a day up to {as_at:%d/%m/%Y}"


def _aside(row: Row, code: str, column: str, told: str, expected: str, context: Context) -> None:
    value = row.values.get(column)
    context.log.aside(
        "approval",
        row.need("approval_id"),
        code,
        row.at.in_column(column),
        told,
        expected=expected,
        value=None if value is None else str(value),
    )


def _approval(row: Row, location: Location | None, homes: Mapping[str, Home]) -> Approval:
    kind, sector, outcome = HomeKind(row.need("kind")), Sector(row.need("sector")), row.text("outcome")
    places = row.number("places")
    return Approval(
        id=row.need("approval_id"),
        kind=kind,
        sector=sector,
        applied_on=row.need_day("applied_on"),
        assessed_from=row.day("assessed_from"),
        panel_on=row.day("panel_on"),
        expected_on=row.day("expected_on"),
        outcome=Outcome(outcome) if outcome else None,
        outcome_on=row.day("outcome_on"),
        location=location,
        terms=Terms(
            places=_usual_places(kind, sector, homes) if places is None else places,
            age_from=row.number("age_from") or 0,
            age_to=_or(row.number("age_to"), 17),
        ),
        training=Training(row.text("training") or Training.UNKNOWN),
        connected_children=frozenset(row.words("connected_children")),
        fee_pence=row.number("weekly_fee"),
    )


def _usual_places(kind: HomeKind, sector: Sector, homes: Mapping[str, Home]) -> int:
    """The middle number of places of such homes; one where there are none."""
    alike = [home.terms.places for home in homes.values() if (home.kind, home.sector) == (kind, sector)]
    return median_low(alike) if alike else _ONE_PLACE


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number


def build_home_history(rows: Sequence[Row], homes: Mapping[str, Home], context: Context) -> list[HomeSpell]:
    """Every usable time a home was open; a home may be there twice if it opened again."""
    found = []
    for row in first_of_each(rows, ("home_id", "opened", "closed"), "home", context):
        if spell := _spell(row, homes, context):
            found.append(spell)
    _tell_open_twice(found, rows, context)
    return found


def _spell(row: Row, homes: Mapping[str, Home], context: Context) -> HomeSpell | None:
    home, opened, closed = row.need("home_id"), row.day("opened"), row.day("closed")
    reason = row.text("why_closed")
    if opened and closed and closed < opened:
        told = f"home {home} closed on {closed:%d/%m/%Y}, before it opened on {opened:%d/%m/%Y}"
        _left_out(row, "closed", "ends-before-start", told, "closed on or after opened", context)
        return None
    for column, day in (("opened", opened), ("closed", closed)):
        if day is not None and day > context.as_at:
            _left_out(row, column, "date-ahead", f"home {home}: {column} lies ahead", _up_to(context.as_at), context)
            return None
    if closed is None and home not in homes:
        told = f"home {home} is open and not in homes"
        _left_out(row, "closed", "home-unknown", told, "the day it closed, or a home_id of the homes sheet", context)
        return None
    return HomeSpell(
        home_id=home,
        kind=HomeKind(row.need("kind")),
        sector=Sector(row.need("sector")),
        places=row.number("places"),
        opened=opened,
        closed=closed,
        why_closed=WhyClosed(reason) if reason else None,
    )


def _left_out(row: Row, column: str, code: str, told: str, expected: str, context: Context) -> None:
    value = row.values.get(column)
    context.log.warn(
        code,
        row.at.in_column(column),
        told,
        expected=expected,
        action="the row is left out",
        value=None if value is None else str(value),
        subject=row.need("home_id"),
    )


def _tell_open_twice(found: list[HomeSpell], rows: Sequence[Row], context: Context) -> None:
    """Leave out all but the first of several rows that have one home open today."""
    open_rows = Counter(spell.home_id for spell in found if spell.closed is None)
    for home in [home for home, count in open_rows.items() if count > 1]:
        row = [row for row in rows if row.need("home_id") == home and "closed" not in row][1]
        told = f"home {home} is open in {open_rows[home]} rows"
        _left_out(row, "closed", "home-twice", told, "one row for the time that still lasts", context)
        again = [spell for spell in found if spell.home_id == home and spell.closed is None][1:]
        for spell in again:
            found.remove(spell)
