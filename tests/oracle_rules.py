"""The rules of ``docs/scoring.md`` read plainly, one after another; see ``oracle.py``."""

from models.child import Child
from models.rules import RULES, RuleId
from models.vocabulary import (
    Alongside,
    Grade,
    HomeKind,
    NotAvailable,
    PetsWish,
    ResidentKind,
    Sex,
    Solo,
)
from tests.oracle_pair import HOUSEHOLDS, Person, Reading, age, said_level


def failed(r: Reading) -> set[RuleId]:
    """Every rule that fails, in force on the case's date."""
    fails = terms(r) | room(r) | company(r) | conditions(r)
    if r.lives_here:
        fails -= {RuleId.KIND, RuleId.AGE, RuleId.SEX, RuleId.FULL, RuleId.USUAL_LIMIT, RuleId.BEDROOM}
        fails -= {RuleId.AVAILABLE_FROM, RuleId.NOT_AVAILABLE, RuleId.HELD, RuleId.SPECIALIST}
    in_force = {rule.id for rule in RULES if rule.from_day is None or rule.from_day <= r.case.as_at}
    return fails & in_force


def named(**tests: bool) -> set[RuleId]:
    return {RuleId[name] for name, fails in tests.items() if fails}


def terms(r: Reading) -> set[RuleId]:
    home, kind, referral, known = r.home, r.home.kind, r.referral, r.known
    asked = referral.preferred_kinds + referral.suitable_kinds
    not_asked = bool(asked) and kind not in asked and kind is not HomeKind.CONNECTED
    special = {HomeKind.SECURE, HomeKind.SCHOOL, HomeKind.PARENT_AND_CHILD}
    if "parent_and_child" in known.features:
        special -= {HomeKind.PARENT_AND_CHILD}
    supported, until = kind is HomeKind.SUPPORTED, known.secure_order_until
    order = until is not None and until >= r.day and (r.years >= 13 or known.secretary_of_state_approval)
    open_to_both = Sex.MALE in home.terms.sexes and Sex.FEMALE in home.terms.sexes
    ending = r.lives_here and r.placement is not None and r.placement.ends_on is not None
    barred = {HomeKind.ADOPTIVE: "none early_permanence_only", HomeKind.EARLY_PERMANENCE: "none"}
    refused = any(f.home_id == home.id and f.child_id == r.child.id for f in r.case.refusals)
    return named(
        KIND=kind in referral.unsuitable_kinds or not_asked,
        SPECIALIST=kind in special - set(asked),
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
        AUTHORITY_TO_PLACE=referral.authority in barred.get(kind, ""),
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
    said = [(said_level(r.case, r.child, need.key) or 0, need.key) for need in r.case.framework.needs]
    return named(
        STATED_NO=any(key in home.no_above and level > home.no_above[key] for level, key in said),
        FLOOR=any(c >= policy.floor_need_level and c - h >= policy.floor_levels_short for c, h, _ in r.levels),
        AVOID=any(r.tenths(place.location) <= 10 * place.within_miles for place in known.avoid),
        ACCESS=not known.access <= home.access,
        HOUSEHOLD=animals or (known.smoke_free and home.smoking is True),
        FEATURES=not known.features <= home.features,
    )
