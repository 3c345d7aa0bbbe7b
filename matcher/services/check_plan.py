"""The independent checker: reads a plan against the case's own records, never the solver's arrays.

It looks at the homes as they would be on the day after the plan, and asks of each whether everyone in it may be
there. A plan that fails is a fault of ours and is never shown.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations

from matcher.scoring import encode
from matcher.scoring.explain_rules import explain_rules
from matcher.scoring.facts import Pair
from matcher.services.searches import Searches, as_searched
from matcher.services.sharing import why_not_together
from models.case import Case
from models.child import Child
from models.home import Home
from models.vocabulary import HomeKind, NotAvailable, Sex


class PlanCheckError(RuntimeError):
    """A plan broke a rule; the message lists every fault found."""


def check_plan(case: Case, searches: Searches, homes: Mapping[str, str | None]) -> None:
    """Check that a plan keeps every rule of the case.

    Args:
        case: The case the plan is for.
        searches: Who was searching.
        homes: The home given to each child searching (None for none) and to each sibling who stays.

    Raises:
        PlanCheckError: listing every child in no single home, home over its numbers, children who may not
            share, lock not kept or hard rule broken.
    """
    faults = [*_children(case, searches, homes), *_pairs(case, searches, homes)]
    searched = {referral.child_id: as_searched(case, referral) for referral in searches.referrals}
    for home in case.homes:
        moved_in = [searched[child] for child, given in homes.items() if given == home.id and child in searched]
        if moved_in:
            faults += _home(case, home, moved_in, searches)
    if faults:
        raise PlanCheckError("the plan breaks its own rules: " + "; ".join(faults))


def _children(case: Case, searches: Searches, homes: Mapping[str, str | None]) -> Iterable[str]:
    for child in sorted(searches.children - set(homes)):
        yield f"{child} is searching but not in the plan"
    for child, home in homes.items():
        if home is not None and home not in case.home:
            yield f"{child} is given {home}, which is no home of the case"
        if child not in searches.children and case.placement_of[child].home_id != home:
            yield f"{child} stays where they live but is given {home}"
    for offer in case.offers:
        agreed = offer.agreed and offer.held_until >= case.as_at and offer.child_id in searches.children
        if agreed and homes.get(offer.child_id) not in (offer.home_id, None):
            yield f"{offer.child_id} is agreed for {offer.home_id} but is given {homes[offer.child_id]}"


def _pairs(case: Case, searches: Searches, homes: Mapping[str, str | None]) -> Iterable[str]:
    """Every hard rule of every pair, asked of the records by the same code that explains it."""
    encoded = encode(case, searches.referrals)
    at = {home.id: column for column, home in enumerate(case.homes)}
    agreed = {(o.child_id, o.home_id) for o in case.offers if o.agreed and o.held_until >= case.as_at}
    for row, referral in enumerate(searches.referrals):
        home = homes.get(referral.child_id)
        if home in at and (referral.child_id, home) not in agreed:
            for failed in explain_rules(Pair(case, encoded, row, at[home])):
                yield f"{referral.child_id} in {home}: {failed.message}"


def _home(case: Case, home: Home, moved_in: list[Child], searches: Searches) -> Iterable[str]:
    staying = [case.child[p.child_id] for p in case.placed_in.get(home.id, ()) if p.child_id not in searches.children]
    agreed = {o.child_id for o in case.offers if o.agreed and o.home_id == home.id and o.held_until >= case.as_at}
    family = _is_one_family(case, moved_in, staying, home)
    if not {child.id for child in moved_in} <= agreed:
        yield from _numbers(case, home, moved_in, staying, family)
    for first, second in combinations([*moved_in, *staying], 2):
        if {first.id, second.id} & {child.id for child in moved_in} - agreed:
            siblings = _planned_together(case, first, second)
            reason = why_not_together(first, second, home, case.as_at, siblings=siblings)
            if reason:
                yield f"{home.id}: {reason}"


def _is_one_family(case: Case, moved_in: list[Child], staying: list[Child], home: Home) -> bool:
    """Whether the home is taken by brothers and sisters alone, who are planned to be together."""
    strangers = staying or any(resident.takes_place for resident in case.residents_of.get(home.id, ()))
    return not strangers and all(_planned_together(case, a, b) for a, b in combinations(moved_in, 2))


def _planned_together(case: Case, first: Child, second: Child) -> bool:
    group = case.siblings_of.get(first.id)
    return group is not None and any({first.id, second.id} <= set(unit) for unit in group.planned_units)


def _numbers(case: Case, home: Home, moved_in: list[Child], staying: list[Child], family: bool) -> Iterable[str]:
    residents = case.residents_of.get(home.id, ())
    living = len(moved_in) + len(staying) + sum(resident.takes_place for resident in residents)
    here = {child.id for child in moved_in}
    held = sum(o.home_id == home.id and o.held_until >= case.as_at and o.child_id not in here for o in case.offers)
    together = family and len(moved_in) > 1
    closed = home.not_available_places
    if home.not_available_reason is NotAvailable.SIBLINGS_ONLY and together:
        closed = 0
    number = home.terms.places
    if together and home.terms.sibling_places is not None:
        number = max(number, home.terms.sibling_places)
    if living + closed + held > number:
        yield f"{home.id}: {living} living there, {closed} not available and {held} held, of {number} places"
    if home.kind not in (HomeKind.FOSTER, HomeKind.CONNECTED):
        return
    exempt = sum(child.id in home.terms.exempt_children for child in [*moved_in, *staying])
    if not together and living - exempt > case.policy.usual_fostering_limit:
        yield f"{home.id}: {living} foster children, over the usual limit of {case.policy.usual_fostering_limit}"
    rooms = _bedrooms(case, home, moved_in) + len([c for c in staying if _sleeps_alone(case, c)])
    rooms += sum(resident.takes_bedroom for resident in residents)
    if rooms > home.bedrooms:
        yield f"{home.id}: {rooms} bedrooms needed, {home.bedrooms} there"


def _sleeps_alone(case: Case, child: Child) -> bool:
    return child.age_on(case.as_at) >= case.policy.share_bedroom_under


def _bedrooms(case: Case, home: Home, moved_in: list[Child]) -> int:
    """Fewest bedrooms that will do: double rooms shared by two siblings of one sex, or of both while young."""
    left = [child for child in moved_in if _sleeps_alone(case, child)]
    rooms, doubles = 0, home.double_bedrooms
    while left:
        child = left.pop()
        mate = next((other for other in left if _may_share(case, child, other)), None) if doubles else None
        if mate is not None:
            left.remove(mate)
            doubles -= 1
        rooms += 1
    return rooms


def _may_share(case: Case, first: Child, second: Child) -> bool:
    young = all(child.age_on(case.as_at) < case.policy.mixed_sex_share_under for child in (first, second))
    same_sex = first.sex == second.sex and first.sex is not Sex.UNKNOWN
    return _planned_together(case, first, second) and (same_sex or young)
