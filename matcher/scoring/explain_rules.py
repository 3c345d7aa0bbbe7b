"""The hard rules one pair fails, each with the specifics of this child and this home."""

from collections.abc import Callable

from matcher.scoring.explain_family import REFUSED_WORDS, authority, stated_no
from matcher.scoring.explain_living import LIVING_CHECKS, in_words
from matcher.scoring.explain_parts import miles
from matcher.scoring.facts import Pair
from models.record import Record
from models.rules import RULES, Relaxation, RuleId
from models.vocabulary import (
    KIND_LABELS,
    SPECIALIST_KINDS,
    Feature,
    Grade,
    HomeKind,
    PetsWish,
    Sex,
)

AT_PRESENT_HOME = frozenset(
    {
        RuleId.KIND,
        RuleId.AGE,
        RuleId.SEX,
        RuleId.FULL,
        RuleId.USUAL_LIMIT,
        RuleId.BEDROOM,
        RuleId.AVAILABLE_FROM,
        RuleId.NOT_AVAILABLE,
        RuleId.HELD,
        RuleId.SPECIALIST,
    }
)
"""Rules that never fail where the child lives already."""


class FailedRule(Record):
    """A hard rule that a pair fails, why, and who may relax it (None: nobody)."""

    rule: RuleId
    title: str
    message: str
    relaxation: Relaxation | None


def explain_rules(pair: Pair) -> tuple[FailedRule, ...]:
    """The rules in force on the case's date that the pair fails, in order."""
    found = []
    for rule in RULES:
        if not rule.in_force(pair.case.as_at) or (pair.at_home and rule.id in AT_PRESENT_HOME):
            continue
        specifics = _CHECKS[rule.id](pair)
        if specifics is not None:
            message = f"{rule.message}: {specifics}"
            found.append(FailedRule(rule=rule.id, title=rule.title, message=message, relaxation=rule.relaxation))
    return tuple(found)


def _kind(pair: Pair) -> str | None:
    referral, kind = pair.referral, pair.home.kind
    if kind in referral.unsuitable_kinds:
        return f"{KIND_LABELS[kind]} is called unsuitable"
    asked = {*referral.preferred_kinds, *referral.suitable_kinds}
    if kind in asked or kind is HomeKind.CONNECTED or not asked:
        return None
    named = ", ".join(KIND_LABELS[k] for k in HomeKind if k in asked)
    return f"{KIND_LABELS[kind]}, asked for {named}"


def _specialist(pair: Pair) -> str | None:
    referral, kind = pair.referral, pair.home.kind
    if kind not in SPECIALIST_KINDS or kind in (*referral.preferred_kinds, *referral.suitable_kinds):
        return None
    if kind is HomeKind.PARENT_AND_CHILD and Feature.PARENT_AND_CHILD in pair.circumstances.features:
        return None
    return f"nothing in the referral calls for {KIND_LABELS[kind]}"


def _registered(pair: Pair) -> str | None:
    unregistered = not pair.home.registered and pair.home.kind is not HomeKind.SUPPORTED
    return f"home {pair.home.id} is recorded as not registered" if unregistered else None


def _age(pair: Pair) -> str | None:
    terms = pair.home.terms
    if terms.age_from <= pair.age <= terms.age_to:
        return None
    return f"aged {pair.age} on {pair.day:%d/%m/%Y}, terms {terms.age_from} to {terms.age_to}"


def _sex(pair: Pair) -> str | None:
    sexes = pair.home.terms.sexes
    if pair.child.sex in sexes or {Sex.MALE, Sex.FEMALE} <= sexes:
        return None
    return f"child's sex {pair.child.sex.value}, terms {in_words(sexes)}"


def _under_16(pair: Pair) -> str | None:
    barred = pair.home.kind is HomeKind.SUPPORTED and pair.age < 16
    return f"aged {pair.age} on {pair.day:%d/%m/%Y}" if barred else None


def _supported_registered(pair: Pair) -> str | None:
    unregistered = not pair.home.registered and pair.home.kind is HomeKind.SUPPORTED
    return f"home {pair.home.id} is recorded as not registered" if unregistered else None


def _secure(pair: Pair) -> str | None:
    if pair.home.kind is not HomeKind.SECURE:
        return None
    until = pair.circumstances.secure_order_until
    if until is None:
        return "no order is recorded"
    if until < pair.day:
        return f"the order ends on {until:%d/%m/%Y}, before {pair.day:%d/%m/%Y}"
    if pair.age < 13 and not pair.circumstances.secretary_of_state_approval:
        return f"aged {pair.age}, without the Secretary of State's approval"
    return None


def _connected(pair: Pair) -> str | None:
    home = pair.home
    barred = home.kind is HomeKind.CONNECTED and pair.child.id not in home.connected_children
    return f"child {pair.child.id} is not among them" if barred else None


def _floor(pair: Pair) -> str | None:
    policy, arrays = pair.case.policy, pair.encoded.arrays
    child, home = arrays.child_level[pair.row].tolist(), arrays.home_level[pair.column].tolist()
    under = [
        f"{need.label} (level {c}, the home meets {h})"
        for need, c, h in zip(pair.case.framework.needs, child, home, strict=True)
        if c >= policy.floor_need_level and c - h >= policy.floor_levels_short
    ]
    return ", ".join(under) or None


def _avoid(pair: Pair) -> str | None:
    for place in pair.circumstances.avoid:
        tenths = pair.tenths_from(place.location)
        if tenths <= 10 * place.within_miles:
            return f"{miles(tenths)} from {place.location.postcode}, to be avoided within {place.within_miles} miles"
    return None


def _access(pair: Pair) -> str | None:
    return in_words(pair.circumstances.access - pair.home.access) or None


def _household(pair: Pair) -> str | None:
    mine, home = pair.circumstances, pair.home
    if home.pets is not None:
        if mine.allergies & home.pets:
            return f"allergic to {in_words(mine.allergies & home.pets)}"
        if mine.pets is PetsWish.NO and home.pets:
            return f"no animals, the home has {in_words(home.pets)}"
        if mine.pets is PetsWish.MUST and not home.pets:
            return "an animal is needed, the home has none"
    return "a smoking household" if mine.smoke_free and home.smoking else None


def _suspended(pair: Pair) -> str | None:
    closes = pair.home.closes_on
    if pair.home.suspended:
        return "suspended"
    return f"closes on {closes:%d/%m/%Y}" if closes is not None and closes <= pair.day else None


def _inadequate(pair: Pair) -> str | None:
    return "grade inadequate" if pair.home.grade is Grade.INADEQUATE else None


def _available_from(pair: Pair) -> str | None:
    free = pair.home.available_from
    return f"free from {free:%d/%m/%Y}, needed by {pair.day:%d/%m/%Y}" if free is not None and free > pair.day else None


def _declined(pair: Pair) -> str | None:
    refusal = pair.case.refusal_of.get((pair.child.id, pair.home.id))
    if refusal is not None:
        words = REFUSED_WORDS.get(refusal.reason, refusal.reason.value.replace("_", " "))
        return f"{words}, {refusal.refused_on:%d/%m/%Y}"
    ending = pair.placement.ends_on if pair.placement and pair.at_home else None
    return f"the placement here ends on {ending:%d/%m/%Y}" if ending else None


def _features(pair: Pair) -> str | None:
    return in_words(pair.circumstances.features - pair.home.features) or None


_CHECKS: dict[RuleId, Callable[[Pair], str | None]] = {
    **LIVING_CHECKS,
    RuleId.KIND: _kind,
    RuleId.SPECIALIST: _specialist,
    RuleId.REGISTERED: _registered,
    RuleId.AGE: _age,
    RuleId.SEX: _sex,
    RuleId.UNDER_16: _under_16,
    RuleId.SUPPORTED_REGISTERED: _supported_registered,
    RuleId.SECURE: _secure,
    RuleId.CONNECTED: _connected,
    RuleId.FLOOR: _floor,
    RuleId.AVOID: _avoid,
    RuleId.ACCESS: _access,
    RuleId.HOUSEHOLD: _household,
    RuleId.SUSPENDED: _suspended,
    RuleId.INADEQUATE: _inadequate,
    RuleId.AVAILABLE_FROM: _available_from,
    RuleId.DECLINED: _declined,
    RuleId.FEATURES: _features,
    RuleId.STATED_NO: stated_no,
    RuleId.AUTHORITY_TO_PLACE: authority,
}
