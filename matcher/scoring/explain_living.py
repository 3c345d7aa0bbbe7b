"""The rules on room in a home and on who else lives there: what each says of one pair."""

from collections.abc import Callable, Iterable

from matcher.scoring.columns import FAMILY_KINDS
from matcher.scoring.facts import Neighbour, Pair
from models.rules import RuleId
from models.vocabulary import Alongside, NotAvailable, Solo


def in_words(members: Iterable[str]) -> str:
    """Words of a closed list, in order, for a sentence."""
    return ", ".join(sorted(member.replace("_", " ") for member in members))


def _full(pair: Pair) -> str | None:
    return f"{pair.taken} of {pair.number} taken" if pair.taken >= pair.number else None


def _usual_limit(pair: Pair) -> str | None:
    limit = pair.case.policy.usual_fostering_limit
    if pair.home.kind not in FAMILY_KINDS or pair.sibling_case or pair.child.id in pair.home.terms.exempt_children:
        return None
    return f"{pair.taken} foster children live there, the limit is {limit}" if pair.taken + 1 > limit else None


def _bedroom(pair: Pair) -> str | None:
    home = pair.home
    needs_one = home.kind in FAMILY_KINDS and pair.age >= pair.case.policy.share_bedroom_under
    if not needs_one or pair.bedrooms_used < home.bedrooms or pair.could_share:
        return None
    return f"{pair.bedrooms_used} of {home.bedrooms} bedrooms used, the child is {pair.age}"


def _solo(pair: Pair) -> str | None:
    if pair.circumstances.solo is Solo.REQUIRED and pair.other_children:
        return f"the child must live without other children, {_names(pair.other_children)} live there"
    needing = [other for other in pair.other_children if other.solo is Solo.REQUIRED]
    return f"{_names(needing)} must live without other children" if needing else None


def _names(others: Iterable[Neighbour]) -> str:
    return " and ".join(other.name for other in others)


def _residents(pair: Pair) -> str | None:
    mine = pair.circumstances
    found = []
    for other in pair.others:
        to_them = mine.risks_to_others & other.risks_from_others
        from_them = mine.risks_from_others & other.risks_to_others
        if to_them:
            found.append(f"{in_words(to_them)} towards {other.name}")
        if from_them:
            found.append(f"{in_words(from_them)} from {other.name}")
    return ", ".join(found) or None


def _alongside(pair: Pair) -> str | None:
    found = [said for other in pair.other_children if (said := _ages_that_do_not_fit(pair, other))]
    return ", ".join(found) or None


def _ages_that_do_not_fit(pair: Pair, other: Neighbour) -> str | None:
    age, theirs, mine = other.age_on(pair.day), other.alongside, pair.circumstances.alongside
    if age is None:
        return None
    if (mine is Alongside.ONLY_OLDER and age < pair.age) or (mine is Alongside.ONLY_YOUNGER and age > pair.age):
        return f"the child is {pair.age} and needs {mine.value.replace('_', ' ')}, {other.name} is {age}"
    if (theirs is Alongside.ONLY_OLDER and pair.age < age) or (theirs is Alongside.ONLY_YOUNGER and pair.age > age):
        return f"{other.name} is {age} and needs {theirs.value.replace('_', ' ')}, the child is {pair.age}"
    gap = pair.home.maximum_age_gap
    if gap is not None and abs(age - pair.age) > gap:
        return f"the child is {pair.age}, {other.name} is {age}, the home allows {gap} years between"
    return None


def _not_available_places(pair: Pair) -> int:
    for_siblings = pair.sibling_case and pair.home.not_available_reason is NotAvailable.SIBLINGS_ONLY
    return 0 if for_siblings else pair.home.not_available_places


def _not_available(pair: Pair) -> str | None:
    away = _not_available_places(pair)
    if not pair.taken < pair.number <= pair.taken + away:
        return None
    reason = pair.home.not_available_reason
    return f"{away} of {pair.number} places: {in_words([reason]) if reason else 'no reason recorded'}"


def _held(pair: Pair) -> str | None:
    free = pair.number - _not_available_places(pair) - pair.taken
    limited = pair.home.kind in FAMILY_KINDS and not pair.sibling_case
    if limited and pair.child.id not in pair.home.terms.exempt_children:
        free = min(free, pair.case.policy.usual_fostering_limit - pair.taken)
    if free >= 1 and free - len(pair.held_for) < 1:
        return f"{free} free, held for {' and '.join(pair.held_for)}"
    return None


LIVING_CHECKS: dict[RuleId, Callable[[Pair], str | None]] = {
    RuleId.FULL: _full,
    RuleId.USUAL_LIMIT: _usual_limit,
    RuleId.BEDROOM: _bedroom,
    RuleId.SOLO: _solo,
    RuleId.RESIDENTS: _residents,
    RuleId.ALONGSIDE: _alongside,
    RuleId.NOT_AVAILABLE: _not_available,
    RuleId.HELD: _held,
}
"""What a pair that fails each rule is told; None where it passes."""
