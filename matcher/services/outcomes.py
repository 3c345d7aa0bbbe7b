"""A plan's totals before and after, and the same outcomes by group (section 149, Equality Act 2010)."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from matcher.services.counts import mean, percent
from matcher.services.results import EqualityRow, PlanRow, Totals
from matcher.services.searches import as_searched
from matcher.services.units import Unit
from models.case import Case
from models.child import Child
from models.geography import Locality
from models.ssda903.derive import ethnic_group


def totals_after(rows: Sequence[PlanRow], units: Sequence[Unit], among: Sequence[PlanRow] | None = None) -> Totals:
    """Totals of the plan.

    Args:
        rows: Every child in the plan.
        units: The brothers and sisters in it.
        among: The children to total, everyone in the plan unless given.
    """
    chosen = rows if among is None else among
    return _totals(
        [row.home_id is not None for row in chosen],
        [row.fee_pence for row in chosen],
        [row.miles_tenths for row in chosen],
        [row.locality for row in chosen],
        _together(units, {row.child_id: row.home_id for row in rows}, chosen),
    )


def totals_before(
    case: Case, rows: Sequence[PlanRow], units: Sequence[Unit], among: Sequence[PlanRow] | None = None
) -> Totals:
    """The same totals for where those children live today."""
    chosen = rows if among is None else among
    return _totals(
        [row.child_id in case.placement_of for row in chosen],
        [row.before_fee_pence for row in chosen],
        [row.before_miles_tenths for row in chosen],
        [row.before_locality for row in chosen],
        _together(units, {row.child_id: row.before_home_id for row in rows}, chosen),
    )


def _totals(
    has_home: Sequence[bool],
    fees: Iterable[int | None],
    miles: Iterable[int | None],
    where: Iterable[Locality | None],
    together: Sequence[bool],
) -> Totals:
    placed = sum(has_home)
    priced = [fee for fee in fees if fee is not None]
    known = [tenths for tenths in miles if tenths is not None]
    counts = Counter(where)
    return Totals(
        children=len(has_home),
        placed=placed,
        unplaced=len(has_home) - placed,
        weekly_fee_pence=sum(priced),
        mean_fee_pence=mean(sum(priced), len(priced)),
        mean_miles_tenths=sum(known) / len(known) if known else None,
        in_area=counts[Locality.IN_AREA],
        in_area_percent=percent(counts[Locality.IN_AREA], placed),
        adjoining=counts[Locality.ADJOINING],
        adjoining_percent=percent(counts[Locality.ADJOINING], placed),
        at_a_distance=counts[Locality.AT_A_DISTANCE],
        at_a_distance_percent=percent(counts[Locality.AT_A_DISTANCE], placed),
        sibling_units=len(together),
        sibling_units_together=sum(together),
    )


def _together(units: Iterable[Unit], home_of: dict[str, str | None], chosen: Iterable[PlanRow]) -> list[bool]:
    """For each unit with one of these children, whether all members, searching or staying, share one listed home."""
    ids = {row.child_id for row in chosen}
    found = []
    for unit in units:
        homes = {home_of[child] for child in unit.searching} | {home for _, home in unit.staying}
        if not ids.isdisjoint(unit.searching):
            found.append(len(homes) == 1 and None not in homes)
    return found


def equality(case: Case, rows: Sequence[PlanRow], units: Sequence[Unit]) -> tuple[EqualityRow, ...]:
    """Outcomes of a plan for everyone, and by sex, ethnic group, disability and UASC."""
    tests: tuple[tuple[str, Callable[[Child], str]], ...] = (
        ("Everyone", lambda _child: "all children"),
        ("Sex", lambda child: {"M": "boys", "F": "girls"}.get(child.sex.value, "not known")),
        ("Ethnic group", lambda child: _ethnic(child.ethnicity)),
        ("Disability", lambda child: _yes_no(child.circumstances.disabled, "disabled")),
        ("Unaccompanied", lambda child: _yes_no(child.uasc, "UASC")),
    )
    described = {referral.child_id: as_searched(case, referral) for referral in case.referrals}
    found = []
    for characteristic, group_of in tests:
        groups: dict[str, list[PlanRow]] = {}
        for row in rows:
            child = described.get(row.child_id) or case.child[row.child_id]
            groups.setdefault(group_of(child), []).append(row)
        for group, members in sorted(groups.items()):
            costs = [row.explanation.welfare_pence for row in members if row.explanation is not None]
            found.append(
                EqualityRow(
                    characteristic=characteristic,
                    group=group,
                    before=totals_before(case, rows, units, members),
                    after=totals_after(rows, units, members),
                    mean_welfare_pence=mean(sum(costs), len(costs)),
                )
            )
    return tuple(found)


def _ethnic(code: str | None) -> str:
    return ethnic_group(code).value.replace("_", " ") if code else "not known"


def _yes_no(value: bool | None, word: str) -> str:
    return "not known" if value is None else word if value else f"not {word}"
