"""A plain reading of ``docs/scoring.md``, paragraph by paragraph, over the records; slow, and shares no scoring code.

``score(case, referrals, referral, home)`` gives the cost in pence a week and the set of rules that fail.
"""

import datetime as dt
from collections.abc import Sequence

from models.case import Case
from models.geography import Locality, locality
from models.home import Home
from models.referral import Referral
from models.rules import RuleId
from models.vocabulary import (
    Grade,
    HomeKind,
    Solo,
)
from tests.oracle_pair import HOUSEHOLDS, Reading, child_level, home_level, said_level, same_words
from tests.oracle_rules import failed

__all__ = ["child_level", "home_level", "said_level", "score"]


def cost(r: Reading) -> dict[str, int]:
    """Pence a week by part."""
    p, known, home, child = r.policy, r.known, r.home, r.child
    away, wishes = known.wishes.away_from_home_area, known.wishes
    found = dict.fromkeys(("distance_home", "school_journey", "out_of_area", "instability", "identity_support"), 0)
    found["unmet_need"] = p.unmet_need_per_tenth * sum(w * max(c - h, 0) for c, h, w in r.levels)
    found["over_provision"] = p.surplus_per_tenth * sum(w * max(h - c, 0) for c, h, w in r.levels)
    if child.home is not None and not child.uasc and not away:
        found["distance_home"] = p.home_distance_per_tenth_mile * r.tenths(child.home)
    if known.school is not None:
        found["school_journey"] = p.school_journey_per_tenth_mile * r.tenths(known.school)
        if key_stage_4(child.born, r.case.as_at) and r.tenths(known.school) > p.school_reach_tenth_miles:
            found["school_journey"] += p.key_stage_4_disruption
    travelled = sum(visit.visits_a_week * r.tenths(visit.location) for visit in known.family_time)
    found["family_time"] = p.family_time_per_tenth_mile_visit * travelled
    where = locality(r.case.authority, home.location.utla)
    if not away:
        prices = {Locality.IN_AREA: 0, Locality.ADJOINING: p.adjoining_area, Locality.AT_A_DISTANCE: p.at_a_distance}
        found["out_of_area"] = prices[where]
    if r.placement is not None and r.placement.ends_on is None and not r.lives_here:
        found["instability"] = p.move + p.each_earlier_move * min(child.moves_last_year, 3)
    found["identity_support"] = identity_support(r)
    found["setting"] = setting(r)
    against = [
        bool(wishes.kinds) and home.kind not in wishes.kinds,
        home.id in wishes.homes_not_wanted,
        bool(wishes.homes_wanted) and home.id not in wishes.homes_wanted,
    ]
    found["wishes"] = p.wish_not_met * sum(against)
    if known.solo is Solo.PREFERRED and r.other_children:
        found["wishes"] += p.solo_preferred_not_met
    ungraded = p.not_inspected if home.kind not in HOUSEHOLDS else 0
    graded = {
        Grade.INADEQUATE: p.requires_improvement,
        Grade.REQUIRES_IMPROVEMENT: p.requires_improvement,
        Grade.NOT_INSPECTED: ungraded,
    }
    found["quality"] = graded.get(home.grade, 0)
    found["fee"] = (home.marginal_fee_pence * p.fee_per_mille) // 1000
    return found


def key_stage_4(born: dt.date, as_at: dt.date) -> bool:
    began = dt.date(as_at.year, 9, 1) if as_at >= dt.date(as_at.year, 9, 1) else dt.date(as_at.year - 1, 9, 1)
    return began.replace(year=began.year - 16) <= born <= dt.date(began.year - 14, 8, 31)


def identity_support(r: Reading) -> int:
    pence, weight = 0, 1000
    if r.policy.identity_fades_over_days:
        left = r.policy.identity_fades_over_days - max((r.case.as_at - r.referral.received).days, 0)
        weight = 1000 * max(left, 0) // r.policy.identity_fades_over_days
    spoken = [same_words(language) for language in r.known.languages]
    there = [same_words(language) for language in r.home.languages]
    if spoken and "english" not in spoken and not any(language in there for language in spoken):
        pence += r.policy.language_not_spoken * weight // 1000
    if r.known.religion and same_words(r.known.religion) not in [same_words(faith) for faith in r.home.faiths]:
        pence += r.policy.faith_not_supported * weight // 1000
    heritage = [same_words(each) for each in r.known.heritage]
    if heritage and not any(same_words(each) in heritage for each in r.home.heritages):
        pence += r.policy.heritage_not_supported * weight // 1000
    return pence


def setting(r: Reading) -> int:
    kind, preferred = r.home.kind, r.referral.preferred_kinds
    if kind is HomeKind.CONNECTED or kind in preferred:
        return 0
    if kind is HomeKind.FOSTER:
        step = r.policy.foster_step
    elif kind is HomeKind.RESIDENTIAL:
        step = r.policy.residential_step
    else:
        step = r.policy.other_step
    return step + (r.policy.not_preferred_kind if preferred and kind in r.referral.suitable_kinds else 0)


def score(case: Case, referrals: Sequence[Referral], referral: Referral, home: Home) -> tuple[int, set[RuleId]]:
    """Cost in pence a week and the rules that fail, of one of the referrals of a run at a home."""
    reading = Reading(case, [r.child_id for r in referrals], referral, home)
    return sum(cost(reading).values()), failed(reading)
