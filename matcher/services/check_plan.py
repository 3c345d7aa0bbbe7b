"""The independent checker: reads a plan against the case's own records, never the solver's arrays.

It looks at the homes as they would be on the day after the plan, and asks of each whether everyone in it may be
there. A plan that fails is a fault of ours and is never shown.
"""

from collections.abc import Iterable, Mapping

from matcher.scoring import encode
from matcher.scoring.explain_rules import explain_rules
from matcher.scoring.facts import Pair
from matcher.services.households import household_faults
from matcher.services.searches import Searches, as_searched
from models.case import Case


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
            faults += household_faults(case, home, moved_in, searches)
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
    agreed: dict[str, set[str]] = {}
    for offer in case.offers_in_force:
        if offer.agreed and offer.child_id in searches.children:
            agreed.setdefault(offer.child_id, set()).add(offer.home_id)
    for child, wanted in agreed.items():
        if homes.get(child) not in wanted:
            yield f"{child} is agreed for {' or '.join(sorted(wanted))} but is given {homes.get(child) or 'no home'}"


def _pairs(case: Case, searches: Searches, homes: Mapping[str, str | None]) -> Iterable[str]:
    """Every hard rule of every pair, asked of the records by the same code that explains it."""
    encoded = encode(case, searches.referrals)
    at = {home.id: column for column, home in enumerate(case.homes)}
    agreed = {(offer.child_id, offer.home_id) for offer in case.offers_in_force if offer.agreed}
    for row, referral in enumerate(searches.referrals):
        home = homes.get(referral.child_id)
        if home in at and (referral.child_id, home) not in agreed:
            for failed in explain_rules(Pair(case, encoded, row, at[home])):
                yield f"{referral.child_id} in {home}: {failed.message}"
