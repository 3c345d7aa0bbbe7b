"""A plan's totals before and after, and the same outcomes by group (section 149, Equality Act 2010)."""

from collections.abc import Callable, Iterable, Sequence

from matcher.services.results import EqualityRow, PlanRow, Totals
from matcher.services.units import Unit
from models.case import Case
from models.child import Child
from models.geography import Locality
from models.ssda903.derive import ethnic_group


def totals_after(rows: Sequence[PlanRow], units: Sequence[Unit]) -> Totals:
    """Totals of the plan, over the children in it."""
    home_of = {row.child_id: row.home_id for row in rows}
    return _totals(
        len(rows),
        [row.home_id is not None for row in rows],
        [row.fee_pence for row in rows],
        [row.miles_tenths for row in rows],
        [row.locality for row in rows],
        _together(units, home_of),
        len(units),
    )


def totals_before(case: Case, rows: Sequence[PlanRow], units: Sequence[Unit]) -> Totals:
    """The same totals for where those children live today."""
    home_of = {row.child_id: row.before_home_id for row in rows}
    return _totals(
        len(rows),
        [row.child_id in case.placement_of for row in rows],
        [row.before_fee_pence for row in rows],
        [row.before_miles_tenths for row in rows],
        [row.before_locality for row in rows],
        _together(units, home_of),
        len(units),
    )


def _totals(
    children: int,
    placed: Iterable[bool],
    fees: Iterable[int | None],
    miles: Iterable[int | None],
    where: Iterable[Locality | None],
    together: int,
    units: int,
) -> Totals:
    known = [tenths for tenths in miles if tenths is not None]
    places = list(where)
    return Totals(
        children=children,
        placed=sum(placed),
        weekly_fee_pence=sum(fee for fee in fees if fee is not None),
        mean_miles_tenths=sum(known) / len(known) if known else None,
        in_area=places.count(Locality.IN_AREA),
        adjoining=places.count(Locality.ADJOINING),
        at_a_distance=places.count(Locality.AT_A_DISTANCE),
        sibling_units=units,
        sibling_units_together=together,
    )


def _together(units: Iterable[Unit], home_of: dict[str, str | None]) -> int:
    """Units all of whose members, searching or staying, share one listed home."""
    count = 0
    for unit in units:
        homes = {home_of[child] for child in unit.searching} | {home for _, home in unit.staying}
        count += len(homes) == 1 and None not in homes
    return count


def equality(case: Case, rows: Sequence[PlanRow]) -> tuple[EqualityRow, ...]:
    """Outcomes of a plan for everyone, and by sex, ethnic group, disability and UASC."""
    tests: tuple[tuple[str, Callable[[Child], str]], ...] = (
        ("Everyone", lambda _child: "all children"),
        ("Sex", lambda child: {"M": "boys", "F": "girls"}.get(child.sex.value, "not known")),
        ("Ethnic group", lambda child: _ethnic(child.ethnicity)),
        ("Disability", lambda child: _yes_no(child.circumstances.disabled, "disabled")),
        ("Unaccompanied", lambda child: _yes_no(child.uasc, "UASC")),
    )
    found = []
    for characteristic, group_of in tests:
        groups: dict[str, list[PlanRow]] = {}
        for row in rows:
            groups.setdefault(group_of(case.child[row.child_id]), []).append(row)
        found += [_equality_row(characteristic, group, members) for group, members in sorted(groups.items())]
    return tuple(found)


def _ethnic(code: str | None) -> str:
    return ethnic_group(code).value.replace("_", " ") if code else "not known"


def _yes_no(value: bool | None, word: str) -> str:
    return "not known" if value is None else word if value else f"not {word}"


def _equality_row(characteristic: str, group: str, rows: Sequence[PlanRow]) -> EqualityRow:
    miles = [row.miles_tenths for row in rows if row.miles_tenths is not None]
    costs = [row.explanation.welfare_pence for row in rows if row.explanation is not None]
    return EqualityRow(
        characteristic=characteristic,
        group=group,
        children=len(rows),
        placed=sum(row.home_id is not None for row in rows),
        in_area=sum(row.locality is Locality.IN_AREA for row in rows),
        mean_miles_tenths=sum(miles) / len(miles) if miles else None,
        mean_welfare_pence=sum(costs) / len(costs) if costs else None,
    )
