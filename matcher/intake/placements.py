"""Where each child lives now: the return's episode joined with the placements sheet."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from matcher.intake.context import Context, place_of
from matcher.intake.findings import At
from matcher.intake.sheet_rows import Row
from models import ssda903
from models.child import Child
from models.home import Home, Resident
from models.placement import Funding, Placement
from models.ssda903 import Episode, PlacementKind
from models.vocabulary import HomeKind, ResidentKind, Sector

_FAMILY = frozenset({HomeKind.FOSTER, HomeKind.CONNECTED})
_SHARES = {
    "social_care_share": "social_care_pence",
    "education_share": "education_pence",
    "health_share": "health_pence",
}


def build_placements(
    rows: Sequence[Row],
    children: Mapping[str, Child],
    history: Mapping[str, Sequence[Episode]],
    homes: Mapping[str, Home],
    context: Context,
) -> tuple[list[Placement], list[Resident]]:
    """A placement for every child who lives somewhere, and a resident for each child set aside who takes a place."""
    newest = _newest(rows, context)
    placements = []
    for child in children:
        row = newest.get(child)
        lived = ssda903.placement_on(history.get(child, ()), context.as_at)
        if lived is not None:
            placements.append(_from_return(lived, row, homes, context))
        elif row is not None:
            placements += _from_sheet(row, homes, context)
    if rows:
        _tell_without_row(placements, newest, context)
    return placements, _residents_aside(newest, children, homes, context)


def _newest(rows: Sequence[Row], context: Context) -> dict[str, Row]:
    """Each child's row; of several the one that started last by the case's day."""
    by_child: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_child[row.need("child_id")].append(row)
    newest = {}
    for child, found in by_child.items():
        found.sort(key=lambda row: _order(row.day("started"), context.as_at))
        newest[child] = found[-1]
        for older in found[:-1]:
            context.log.warn(
                "placement-second",
                older.at.in_column("child_id"),
                f"child {child} has two placements; the other is row {found[-1].at.row} of {found[-1].at.file}",
                expected="one row for a child: where they live now",
                action="the one that started last counts",
                subject=child,
            )
    return newest


def _order(started: dt.date | None, as_at: dt.date) -> tuple[bool, dt.date]:
    return started is not None and started <= as_at, started or dt.date.min


def _home_of(row: Row | None, homes: Mapping[str, Home], context: Context) -> Home | None:
    home_id = row.text("home_id") if row else None
    if row is None or home_id is None:
        return None
    if home_id not in homes:
        context.drop_home(row, home_id, "home_id", action="the child counts as living outside the listed homes")
    return homes.get(home_id)


def _from_return(lived: ssda903.Placement, row: Row | None, homes: Mapping[str, Home], context: Context) -> Placement:
    usual, child = lived.usual, lived.child
    home = _home_of(row, homes, context)
    at = At(usual.file, usual.row, "PL_POST")
    if usual.pl_post is None and home is None:
        context.log.warn(
            "postcode-missing",
            at,
            f"the placement of child {child} has no postcode",
            expected="PL_POST for every placement",
            action="the area it lies in counts as not known",
            subject=child,
        )
    place = place_of(context, usual.pl_post, at, subject=child) or (home.location if home else None)
    if row is not None and home is not None:
        _compare(row, lived, home, context)
    return Placement(
        child_id=child,
        kind=lived.kind,
        started=(row.day("started") if row else None) or lived.start,
        home_id=home.id if home else None,
        place_code=usual.place,
        fee_pence=row.number("weekly_fee") if row else None,
        funding=_funding(row) if row else None,
        long_term=bool(row and row.flag("long_term")),
        ends_on=row.day("ends_on") if row else None,
        postcode=place.postcode if place else usual.pl_post,
        utla=place.utla if place else None,
    )


def _from_sheet(row: Row, homes: Mapping[str, Home], context: Context) -> list[Placement]:
    """The placement of a child no return knows: only where the home is one of those listed."""
    home = _home_of(row, homes, context)
    if home is None:
        return []
    return [
        Placement(
            child_id=row.need("child_id"),
            kind=kind_in(home),
            started=row.day("started") or context.as_at,
            home_id=home.id,
            fee_pence=row.number("weekly_fee"),
            funding=_funding(row),
            long_term=bool(row.flag("long_term")),
            ends_on=row.day("ends_on"),
            postcode=home.location.postcode,
            utla=home.location.utla,
        )
    ]


_FOSTERING = {
    Sector.IN_HOUSE: PlacementKind.IN_HOUSE_FOSTERING,
    Sector.OTHER_AUTHORITY: PlacementKind.OTHER_AUTHORITY_FOSTERING,
}
_RESIDENTIAL = {
    Sector.IN_HOUSE: PlacementKind.IN_HOUSE_RESIDENTIAL,
    Sector.OTHER_AUTHORITY: PlacementKind.OTHER_AUTHORITY_RESIDENTIAL,
}
_KINDS = {
    HomeKind.CONNECTED: PlacementKind.KINSHIP,
    HomeKind.SUPPORTED: PlacementKind.SUPPORTED,
    HomeKind.PARENT_AND_CHILD: PlacementKind.PARENT_AND_CHILD,
    HomeKind.SCHOOL: PlacementKind.RESIDENTIAL_SCHOOL,
    HomeKind.SECURE: PlacementKind.SECURE,
}


def kind_in(home: Home) -> PlacementKind:
    """The kind of placement that living in a home is."""
    if home.kind is HomeKind.FOSTER:
        return _FOSTERING.get(home.sector, PlacementKind.IFA_FOSTERING)
    if home.kind is HomeKind.RESIDENTIAL:
        return _RESIDENTIAL.get(home.sector, PlacementKind.INDEPENDENT_RESIDENTIAL)
    return _KINDS[home.kind]


def _funding(row: Row) -> Funding | None:
    """Who pays; None where no share is given."""
    given = {field: row.number(column) for column, field in _SHARES.items()}
    shares = {field: pence for field, pence in given.items() if pence is not None}
    return Funding(**shares) if shares else None


def _compare(row: Row, lived: ssda903.Placement, home: Home, context: Context) -> None:
    """Tell where the sheet and the return say different things of one placement."""
    started, kind = row.day("started"), ssda903.home_kind(lived.kind)
    episode = f"row {lived.usual.row} of {lived.usual.file}"
    differ = []
    if started is not None and started > context.as_at:
        differ.append(("started", f"the placement starts after {context.as_at:%d/%m/%Y}", "a day by then"))
    elif started is not None and started != lived.start and not _began_before(lived, started):
        told = f"the return says that the placement began on {lived.start:%d/%m/%Y} ({episode})"
        differ.append(("started", told, "the day the return gives"))
    if kind is not home.kind and not {kind, home.kind} <= _FAMILY:
        told = f"the return says {lived.kind.value} ({episode}), home {home.id} is {home.kind.value}"
        differ.append(("home_id", told, "a home of the kind in the return"))
    shares = _funding(row)
    fee = row.number("weekly_fee")
    if shares and fee is not None:
        total = shares.social_care_pence + shares.education_pence + shares.health_pence
        if total != fee:
            differ.append(("weekly_fee", "the shares do not add up to the fee", "shares that add up"))
    for column, told, expected in differ:
        at, action = row.at.in_column(column), "the sheet's word is taken"
        context.log.warn("placement-differs", at, told, expected=expected, action=action, subject=lived.child)


def _began_before(lived: ssda903.Placement, started: dt.date) -> bool:
    """Whether the returns take the placement up in its midst, so that an earlier start may well be right."""
    return started < lived.start and ssda903.is_same_carer(lived.episodes[0].rne)


def _tell_without_row(placements: Sequence[Placement], newest: Mapping[str, Row], context: Context) -> None:
    """Tell of children in homes of kinds that are listed who have no row in the sheet."""
    without = [p.child_id for p in placements if p.child_id not in newest and ssda903.home_kind(p.kind) is not None]
    if without:
        file = next(iter(newest.values())).at.file if newest else "placements"
        context.log.note(
            "placement-without-home",
            At(file),
            f"{len(without)} children live in homes of some kind and have no row: {', '.join(without[:10])}",
            expected="a row for each child who lives in a listed home",
            action="they count as living outside the listed homes",
        )


def _residents_aside(
    newest: Mapping[str, Row], children: Mapping[str, Child], homes: Mapping[str, Home], context: Context
) -> list[Resident]:
    """Residents for children who live in a home but whose record cannot be used: the place is taken all the same."""
    found = []
    for child, row in newest.items():
        if child in children:
            continue
        if child in context.left and not context.log.is_aside("child", child):
            context.drop_row(row, child)
            continue
        if not context.log.is_aside("child", child):
            why, at = context.missing_child(child), row.at.in_column("child_id")
            context.log.aside("child", child, "child-unknown", at, why, expected="a child of the return", value=child)
        home = _home_of(row, homes, context)
        if home is not None:
            context.drop_row(row, child, action=f"a place and a bedroom of home {home.id} count as taken")
            found.append(Resident(id=child, home_id=home.id, kind=ResidentKind.OWN_CHILD_SET_ASIDE))
    return found
