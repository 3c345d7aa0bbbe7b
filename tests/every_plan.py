"""Every plan of a small case that gives each child a home that the oracle allows, or none."""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from matcher.services.searches import Searches
from models.case import Case
from models.home import Home
from models.referral import Referral
from models.rules import RuleId
from tests.oracle import score


def score_each_pair_once(patch: pytest.MonkeyPatch) -> None:
    """Let whoever judges the many plans of one case ask the oracle about each pair only once."""
    known: dict[tuple[str, str], tuple[int, set[RuleId]]] = {}

    def once(case: Case, referrals: Sequence[Referral], referral: Referral, home: Home) -> tuple[int, set[RuleId]]:
        pair = (referral.id, home.id)
        if pair not in known:
            known[pair] = score(case, referrals, referral, home)
        return known[pair]

    patch.setattr("tests.test_services_plan.score", once)


def every_plan(case: Case, searches: Searches) -> Iterator[dict[str, str | None]]:
    """Plans as homes by child id; whether the children fit together is not looked at."""
    agreed = {(offer.child_id, offer.home_id) for offer in case.offers_in_force if offer.agreed}

    def open_to(referral: Referral, home: Home) -> bool:
        return (referral.child_id, home.id) in agreed or not score(case, searches.referrals, referral, home)[1]

    ids = [referral.child_id for referral in searches.referrals]
    choices = [[None, *(home.id for home in case.homes if open_to(referral, home))] for referral in searches.referrals]
    for homes in product(*choices):
        yield dict(zip(ids, homes, strict=True))
