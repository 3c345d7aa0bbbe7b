"""A plain reading of ``docs/scoring.md``, paragraph by paragraph, over the records; slow, and shares no scoring code.

``score(case, referrals, referral, home)`` gives the cost in pence a week and the set of rules that fail.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from models.case import Case
from models.child import Child, Circumstances, SiblingGroup
from models.geography import Locality, Location, locality, miles_tenths
from models.home import Home, Resident
from models.policy import DISTANCE_LIMIT_TENTHS
from models.referral import Referral
from models.rules import RULES, RuleId
from models.vocabulary import (
    Alongside,
    Grade,
    HomeKind,
    NotAvailable,
    PetsWish,
    ResidentKind,
    Sex,
    SiblingDecision,
    Solo,
)

Person = Child | Resident
HOUSEHOLDS = (HomeKind.FOSTER, HomeKind.CONNECTED)


def age(born: dt.date, day: dt.date) -> int:
    """Birthdays had by a day; one on 29 February is on 1 March of other years."""
    birthdays = 0
    while True:
        year = born.year + birthdays + 1
        try:
            birthday = born.replace(year=year)
        except ValueError:
            birthday = dt.date(year, 3, 1)
        if birthday > day:
            return birthdays if born <= day else -1
        birthdays += 1


def same_words(text: str) -> str:
    return text.replace(" ", "").lower()


# Levels


def domain_of(case: Case, need: str) -> str:
    return next(d.key for d in case.framework.domains for n in d.needs if n.key == need)


def said_level(case: Case, child: Child, need: str) -> int | None:
    """Assessed, else the domain's, else the highest of the tags'."""
    profile = child.profile
    if profile is None:
        return None
    if need in profile.levels:
        return profile.levels[need]
    if domain_of(case, need) in profile.domain_levels:
        return profile.domain_levels[domain_of(case, need)]
    return max(
        (tag.needs[need] for tag in case.framework.tags if tag.key in profile.tags and need in tag.needs), default=None
    )


def band(case: Case, child: Child) -> int:
    years = age(child.born, case.as_at)
    return sum(years >= first for first in (1, 5, 10, 13, 16))


def child_level(case: Case, child: Child, need: str) -> int:
    said = said_level(case, child, need)
    if said is not None:
        return said
    everyone = [(other, said_level(case, other, need)) for other in case.children]
    same_age = [level for other, level in everyone if level is not None and band(case, other) == band(case, child)]
    any_age = [level for _, level in everyone if level is not None]
    prior = case.framework.child_prior
    for levels, enough in ((same_age, prior.minimum_assessed), (any_age, 1)):
        if len(levels) >= enough:
            mean = sum(levels) // len(levels)
            left = sum(levels) - mean * len(levels)
            return mean + 1 if 2 * left >= len(levels) else mean
    return prior.fallback_level


def home_level(case: Case, home: Home, need: str) -> int:
    if need in home.skills.levels:
        return home.skills.levels[need]
    if domain_of(case, need) in home.skills.domain_levels:
        return home.skills.domain_levels[domain_of(case, need)]
    prior = case.framework.home_prior.levels[home.kind][home.training]
    tagged = [tag.needs[need] for tag in case.framework.tags if tag.key in home.skills.tags and need in tag.needs]
    return max([prior, *tagged])


# The pair


class Reading:
    """One row and one column, with what both the cost and the rules ask for."""

    def __init__(self, case: Case, searching: Iterable[str], referral: Referral, home: Home) -> None:
        self.case, self.referral, self.home, self.policy = case, referral, home, case.policy
        self.searching = set(searching)
        self.child = next(child for child in case.children if child.id == referral.child_id)
        self.known = self.child.circumstances if referral.circumstances is None else referral.circumstances
        self.day = case.as_at if referral.needed_by < case.as_at else referral.needed_by
        self.years = age(self.child.born, self.day)
        self.placement = next((p for p in case.placements if p.child_id == self.child.id), None)
        self.lives_here = self.placement is not None and self.placement.home_id == home.id
        self.ours = [
            next(c for c in case.children if c.id == p.child_id)
            for p in case.placements
            if p.home_id == home.id
            and p.child_id not in self.searching
            and not (p.ends_on is not None and p.ends_on <= self.day)
        ]
        self.residents = [
            r for r in case.residents if r.home_id == home.id and not (r.until is not None and r.until <= self.day)
        ]
        self.others: list[Person] = [*self.ours, *self.residents]
        self.other_children = [other for other in self.others if self.is_child(other)]
        placed = (ResidentKind.OTHER_AUTHORITY, ResidentKind.OWN_CHILD_SET_ASIDE)
        self.n = len(self.ours) + sum(r.kind in placed for r in self.residents)
        self.levels = [
            (child_level(case, self.child, need.key), home_level(case, home, need.key), weight)
            for need, weight in zip(case.framework.needs, case.framework.tenths_per_level, strict=True)
        ]
        self.siblings_here = [child for child in self.ours if child.id in self.unit()]

    def years_of(self, other: Person) -> int | None:
        return None if other.born is None else age(other.born, self.day)

    def is_child(self, other: Person) -> bool:
        years = self.years_of(other)
        if years is None:
            return isinstance(other, Resident) and other.kind is not ResidentKind.STAYING_PUT
        return years < 18

    def known_of(self, child: Child) -> Circumstances:
        said = [r for r in self.case.referrals if r.child_id == child.id and r.circumstances is not None]
        newest = max(said, key=lambda r: (r.received, r.id), default=None)
        return newest.circumstances if newest and newest.circumstances else child.circumstances

    def risks(self, other: Person) -> tuple[frozenset[str], frozenset[str]]:
        source = self.known_of(other) if isinstance(other, Child) else other
        return source.risks_to_others, source.risks_from_others

    def tenths(self, place: Location) -> int:
        return min(miles_tenths(place, self.home.location), DISTANCE_LIMIT_TENTHS)

    def unit(self) -> set[str]:
        """The others of the child's unit."""
        groups: list[SiblingGroup] = [g for g in self.case.sibling_groups if self.child.id in g.children]
        if not groups:
            return set()
        undivided = () if groups[-1].decision is SiblingDecision.APART else (groups[-1].children,)
        units = groups[-1].units or undivided
        mine = [unit for unit in units if self.child.id in unit]
        return set(mine[0]) - {self.child.id} if mine else set()

    def sibling_case(self) -> bool:
        if self.n != len(self.siblings_here):
            return False
        return bool(self.siblings_here) or bool(self.unit() & self.searching)


# Parts of the cost


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
    pence = 0
    spoken = [same_words(language) for language in r.known.languages]
    there = [same_words(language) for language in r.home.languages]
    if spoken and "english" not in spoken and not any(language in there for language in spoken):
        pence += r.policy.language_not_spoken
    if r.known.religion and same_words(r.known.religion) not in [same_words(faith) for faith in r.home.faiths]:
        pence += r.policy.faith_not_supported
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


# Rules


def failed(r: Reading) -> set[RuleId]:
    """Every rule that fails, in force on the case's date."""
    fails = terms(r) | room(r) | company(r) | conditions(r)
    if r.lives_here:
        fails -= {RuleId.KIND, RuleId.AGE, RuleId.SEX, RuleId.FULL, RuleId.USUAL_LIMIT, RuleId.BEDROOM}
        fails -= {RuleId.AVAILABLE_FROM, RuleId.NOT_AVAILABLE, RuleId.HELD}
    in_force = {rule.id for rule in RULES if rule.from_day is None or rule.from_day <= r.case.as_at}
    return fails & in_force


def named(**tests: bool) -> set[RuleId]:
    return {RuleId[name] for name, fails in tests.items() if fails}


def terms(r: Reading) -> set[RuleId]:
    home, kind, referral, known = r.home, r.home.kind, r.referral, r.known
    asked = referral.preferred_kinds + referral.suitable_kinds
    not_asked = bool(asked) and kind not in asked and kind is not HomeKind.CONNECTED
    supported, until = kind is HomeKind.SUPPORTED, known.secure_order_until
    order = until is not None and until >= r.day and (r.years >= 13 or known.secretary_of_state_approval)
    open_to_both = Sex.MALE in home.terms.sexes and Sex.FEMALE in home.terms.sexes
    ending = r.lives_here and r.placement is not None and r.placement.ends_on is not None
    refused = any(f.home_id == home.id and f.child_id == r.child.id for f in r.case.refusals)
    return named(
        KIND=kind in referral.unsuitable_kinds or not_asked or (kind is HomeKind.SECURE and kind not in asked),
        REGISTERED=not home.registered and not supported,
        AGE=r.years < home.terms.age_from or r.years > home.terms.age_to,
        SEX=r.child.sex not in home.terms.sexes and not open_to_both,
        UNDER_16=supported and r.years < 16,
        SUPPORTED_REGISTERED=supported and not home.registered,
        SECURE=kind is HomeKind.SECURE and not order,
        CONNECTED=kind is HomeKind.CONNECTED and r.child.id not in home.connected_children,
        SUSPENDED=home.suspended or (home.closes_on is not None and home.closes_on <= r.day),
        INADEQUATE=home.grade is Grade.INADEQUATE,
        AVAILABLE_FROM=home.available_from is not None and home.available_from > r.day,
        DECLINED=refused or ending,
    )


def room(r: Reading) -> set[RuleId]:
    home, siblings = r.home, r.sibling_case()
    number, away = home.terms.places, home.not_available_places
    if siblings:
        number = max(number, home.terms.sibling_places or 0)
        away = 0 if home.not_available_reason is NotAvailable.SIBLINGS_ONLY else away
    limit = r.policy.usual_fostering_limit
    limited = home.kind in HOUSEHOLDS and not siblings and r.child.id not in home.terms.exempt_children
    free = min(number - away - r.n, limit - r.n) if limited else number - away - r.n
    held = {
        offer.child_id
        for offer in r.case.offers
        if offer.home_id == home.id and offer.offered_on <= r.case.as_at and r.case.as_at <= offer.held_until
    }
    held -= {p.child_id for p in r.case.placements if p.home_id == home.id} | {r.child.id}
    held -= r.unit() if siblings else set()
    return named(
        FULL=r.n >= number,
        USUAL_LIMIT=limited and r.n + 1 > limit,
        BEDROOM=home.kind in HOUSEHOLDS and no_bedroom(r),
        NOT_AVAILABLE=r.n < number <= r.n + away,
        HELD=free >= 1 and free - len(held) < 1,
    )


def no_bedroom(r: Reading) -> bool:
    """Whether no bedroom is free and the child, old enough to need one, could not share a sibling's."""
    under = r.policy.share_bedroom_under
    users = [other for other in r.others if isinstance(other, Child) or other.kind is not ResidentKind.CARERS_OWN_CHILD]
    used = sum(years is None or years >= under for years in map(r.years_of, users))
    if r.years < under or used < r.home.bedrooms:
        return False
    space = 0 < len(r.siblings_here) < 2 * r.home.double_bedrooms and used <= r.home.bedrooms
    return not (space and any(may_share(r, sibling) for sibling in r.siblings_here))


def may_share(r: Reading, sibling: Child) -> bool:
    if sibling.sex is not Sex.UNKNOWN and sibling.sex is r.child.sex:
        return True
    young = r.policy.mixed_sex_share_under
    return r.years < young and age(sibling.born, r.day) < young


def company(r: Reading) -> set[RuleId]:
    ours_here = [other for other in r.other_children if isinstance(other, Child)]
    solo = bool(r.other_children) and r.known.solo is Solo.REQUIRED
    solo = solo or any(r.known_of(child).solo is Solo.REQUIRED for child in ours_here)
    risky = any(
        r.known.risks_to_others & exposed or r.known.risks_from_others & posed
        for posed, exposed in map(r.risks, r.others)
    )
    return named(SOLO=solo, RESIDENTS=risky, ALONGSIDE=any(do_not_fit(r, other) for other in r.other_children))


def do_not_fit(r: Reading, other: Person) -> bool:
    years = r.years_of(other)
    if years is None:
        return False
    mine = r.known.alongside
    theirs = r.known_of(other).alongside if isinstance(other, Child) else None
    gap = r.home.maximum_age_gap
    return (
        (mine is Alongside.ONLY_OLDER and years < r.years)
        or (mine is Alongside.ONLY_YOUNGER and years > r.years)
        or (theirs is Alongside.ONLY_OLDER and r.years < years)
        or (theirs is Alongside.ONLY_YOUNGER and r.years > years)
        or (gap is not None and abs(years - r.years) > gap)
    )


def conditions(r: Reading) -> set[RuleId]:
    known, home, policy = r.known, r.home, r.policy
    animals = home.pets is not None and (
        bool(known.allergies & home.pets)
        or (known.pets is PetsWish.NO and len(home.pets) > 0)
        or (known.pets is PetsWish.MUST and len(home.pets) == 0)
    )
    return named(
        FLOOR=any(c >= policy.floor_need_level and c - h >= policy.floor_levels_short for c, h, _ in r.levels),
        AVOID=any(r.tenths(place.location) <= 10 * place.within_miles for place in known.avoid),
        ACCESS=not known.access <= home.access,
        HOUSEHOLD=animals or (known.smoke_free and home.smoking is True),
        FEATURES=not known.features <= home.features,
    )


def score(case: Case, referrals: Sequence[Referral], referral: Referral, home: Home) -> tuple[int, set[RuleId]]:
    """Cost in pence a week and the rules that fail, of one of the referrals of a run at a home."""
    reading = Reading(case, [r.child_id for r in referrals], referral, home)
    return sum(cost(reading).values()), failed(reading)
