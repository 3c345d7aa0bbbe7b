"""Whether everyone who would live in a home may be there: its numbers, its bedrooms, and each other.

Written from the records, apart from ``room.py``, so that a plan is checked by other code than made it.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from matcher.services.searches import Searches
from matcher.services.sharing import why_not_together
from models.case import Case
from models.child import Child
from models.home import Home
from models.vocabulary import HomeKind, NotAvailable, Sex


def household_faults(case: Case, home: Home, moved_in: Sequence[Child], searches: Searches) -> Iterable[str]:
    """What is wrong with a home once these children have moved in, in words; nothing where all is well.

    Args:
        case: The case.
        home: The home.
        moved_in: The searching children it is given, as the referral describes them.
        searches: The run: its children have left wherever they lived.
    """
    staying = [case.child[p.child_id] for p in case.placed_in.get(home.id, ()) if p.child_id not in searches.children]
    agreed = {o.child_id for o in case.offers_in_force if o.agreed and o.home_id == home.id}
    family = _is_one_family(case, moved_in, staying, home)
    # What is agreed is kept even where numbers speak against it; what is said here is of those who come on top.
    on_top = [child for child in moved_in if child.id not in agreed]
    if on_top:
        yield from _numbers(case, home, moved_in, staying, family)
    if any(_sleeps_alone(case, child) for child in on_top):
        yield from _rooms(case, home, moved_in, staying)
    for first, second in combinations([*moved_in, *staying], 2):
        if {first.id, second.id} & {child.id for child in on_top}:
            siblings = _planned_together(case, first, second)
            reason = why_not_together(first, second, home, case.as_at, siblings=siblings)
            if reason:
                yield f"{home.id}: {reason}"


def _is_one_family(case: Case, moved_in: Sequence[Child], staying: Sequence[Child], home: Home) -> bool:
    """Whether the home is taken by brothers and sisters alone, who are planned to be together."""
    strangers = staying or any(resident.takes_place for resident in case.residents_of.get(home.id, ()))
    return not strangers and all(_planned_together(case, a, b) for a, b in combinations(moved_in, 2))


def _planned_together(case: Case, first: Child, second: Child) -> bool:
    group = case.siblings_of.get(first.id)
    return group is not None and any({first.id, second.id} <= set(unit) for unit in group.planned_units)


def _numbers(
    case: Case, home: Home, moved_in: Sequence[Child], staying: Sequence[Child], family: bool
) -> Iterable[str]:
    residents = case.residents_of.get(home.id, ())
    living = len(moved_in) + len(staying) + sum(resident.takes_place for resident in residents)
    held = len(_held_for_others(case, home, moved_in))
    together = family and len(moved_in) > 1
    closed = home.not_available_places
    if home.not_available_reason is NotAvailable.SIBLINGS_ONLY and together:
        closed = 0
    number = home.terms.places
    household = home.kind in (HomeKind.FOSTER, HomeKind.CONNECTED)
    if together and household and home.terms.sibling_places is not None:
        number = max(number, home.terms.sibling_places)
    if living + closed + held > number:
        yield f"{home.id}: {living} living there, {closed} not available and {held} held, of {number} places"
    exempt = sum(child.id in home.terms.exempt_children for child in [*moved_in, *staying])
    if household and not together and living + held - exempt > case.policy.usual_fostering_limit:
        yield f"{home.id}: {living} foster children, over the usual limit of {case.policy.usual_fostering_limit}"


def _held_for_others(case: Case, home: Home, moved_in: Sequence[Child]) -> Sequence[Child]:
    here = {child.id for child in moved_in}
    in_force = (offer for offer in case.offers_in_force if offer.home_id == home.id)
    return [case.child[offer.child_id] for offer in in_force if offer.child_id not in here]


def _rooms(case: Case, home: Home, moved_in: Sequence[Child], staying: Sequence[Child]) -> Iterable[str]:
    if home.kind not in (HomeKind.FOSTER, HomeKind.CONNECTED):
        return
    residents = case.residents_of.get(home.id, ())
    held = [c for c in _held_for_others(case, home, moved_in) if _sleeps_alone(case, c)]
    rooms = _bedrooms(case, home, moved_in) + len([c for c in staying if _sleeps_alone(case, c)])
    rooms += len(held) + sum(resident.takes_bedroom for resident in residents)
    if rooms > home.bedrooms:
        yield f"{home.id}: {rooms} bedrooms needed, {home.bedrooms} there"


def _sleeps_alone(case: Case, child: Child) -> bool:
    return child.age_on(case.as_at) >= case.policy.share_bedroom_under


def _bedrooms(case: Case, home: Home, moved_in: Sequence[Child]) -> int:
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
