"""The twelve parts of one pair's cost, each with the figures behind it in words."""

from collections.abc import Callable

from matcher.scoring import explain_family
from matcher.scoring.coding import ENGLISH, plain
from matcher.scoring.columns import FAMILY_KINDS
from matcher.scoring.facts import Pair
from matcher.scoring.parts import PARTS
from models.geography import Locality, locality, utla_name
from models.money import pounds_and_pence
from models.policy import EARLIER_MOVES_COUNTED, identity_weight
from models.record import Record
from models.vocabulary import KIND_LABELS, Grade, HomeKind, Solo

_Said = tuple[int, str, bool]


class Part(Record):
    """One named part of a cost: pence a week, why, and whether it rests on something assumed."""

    name: str
    label: str
    pence: int
    why: str
    assumed: bool


def explain_parts(pair: Pair) -> tuple[Part, ...]:
    """Every part in order; they add up to the pair's cost."""
    found, family = [], explain_family.is_family(pair)
    explainers = _EXPLAINERS | _OF_FAMILIES if family else _EXPLAINERS
    for part in PARTS:
        pence, why, assumed = explainers[part.name](pair)
        label = part.family_label or part.label if family else part.label
        found.append(Part(name=part.name, label=label, pence=pence, why=why, assumed=assumed))
    return tuple(found)


def miles(tenths: int) -> str:
    """Tenths of a mile in words."""
    return f"{tenths // 10}.{tenths % 10} miles"


def _points(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10} points"


def _levels(pair: Pair) -> list[tuple[str, int, int, int, bool]]:
    """Label, child's level, home's level, tenths a level and whether either is assumed, for each need."""
    encoded, framework = pair.encoded, pair.case.framework
    known = encoded.child_known[pair.row] & encoded.home_known[pair.column]
    child, home = encoded.arrays.child_level[pair.row], encoded.arrays.home_level[pair.column]
    return [
        (need.label, int(child[i]), int(home[i]), framework.tenths_per_level[i], not known[i])
        for i, need in enumerate(framework.needs)
    ]


def _unmet_need(pair: Pair) -> _Said:
    short = [(label, c - h, c, h, w, a) for label, c, h, w, a in _levels(pair) if c > h]
    tenths = sum(gap * weight for _, gap, _, _, weight, _ in short)
    pence = tenths * pair.case.policy.unmet_need_per_tenth
    if not short:
        return 0, "the home can meet every need", any(a for *_, a in _levels(pair))
    worst = sorted(short, key=lambda entry: -entry[1] * entry[4])[:3]
    named = "; ".join(f"{label}: level {c}, the home meets {h}" for label, _, c, h, _, _ in worst)
    more = f"; and {len(short) - 3} more" if len(short) > 3 else ""
    return pence, f"{_points(tenths)} short over {len(short)} needs ({named}{more})", any(a for *_, a in _levels(pair))


def _over_provision(pair: Pair) -> _Said:
    tenths = sum((h - c) * w for _, c, h, w, _ in _levels(pair) if h > c)
    assumed = any(a for *_, a in _levels(pair))
    return tenths * pair.case.policy.surplus_per_tenth, f"{_points(tenths)} of skill beyond the child's needs", assumed


def _distance_home(pair: Pair) -> _Said:
    child = pair.child
    if child.uasc:
        return 0, "not counted: an unaccompanied child's home is not in England", False
    if child.home is None:
        return 0, "the child's home address is not known, so distance from it is not counted", True
    tenths = pair.tenths_from(child.home)
    if pair.circumstances.wishes.away_from_home_area:
        return 0, f"{miles(tenths)} from home, not counted: the child wishes to live away", False
    return tenths * pair.case.policy.home_distance_per_tenth_mile, f"{miles(tenths)} from home", False


def _school_journey(pair: Pair) -> _Said:
    school, policy = pair.circumstances.school, pair.case.policy
    if school is None:
        return 0, "no school is recorded", True
    tenths = pair.tenths_from(school)
    pence, why = tenths * policy.school_journey_per_tenth_mile, f"{miles(tenths)} to school"
    if _in_key_stage_4(pair) and tenths > policy.school_reach_tenth_miles:
        pence += policy.key_stage_4_disruption
        why += f", in year 10 or 11 and beyond the reach of {miles(policy.school_reach_tenth_miles)}"
    return pence, why, False


def _in_key_stage_4(pair: Pair) -> bool:
    """Whether the child turned 14 or 15 in the year before the school year of the case's date began."""
    as_at, born = pair.case.as_at, pair.child.born
    september = as_at.year if as_at.month >= 9 else as_at.year - 1
    age = september - born.year - (born.month >= 9)
    return age in (14, 15)


def _family_time(pair: Pair) -> _Said:
    visits = [(pair.tenths_from(visit.location), visit.visits_a_week) for visit in pair.circumstances.family_time]
    if not visits:
        return 0, "no family time is recorded", False
    named = ", ".join(f"{miles(tenths)} {times} times a week" for tenths, times in visits)
    pence = pair.case.policy.family_time_per_tenth_mile_visit * sum(tenths * times for tenths, times in visits)
    return pence, f"family time {named}", False


def _out_of_area(pair: Pair) -> _Said:
    policy, utla = pair.case.policy, pair.home.location.utla
    where = locality(pair.case.authority, utla)
    if where is Locality.IN_AREA:
        return 0, "in the authority's own area", False
    pence = policy.adjoining_area if where is Locality.ADJOINING else policy.at_a_distance
    why = f"in {utla_name(utla)}, " + ("which adjoins" if where is Locality.ADJOINING else "at a distance")
    if pair.circumstances.wishes.away_from_home_area:
        return 0, why + ", not counted: the child wishes to live away", False
    return pence, why, False


def _instability(pair: Pair) -> _Said:
    policy, placement = pair.case.policy, pair.placement
    if placement is None:
        return 0, "the child has no placement to leave", False
    if pair.at_home:
        return 0, "the child lives here now", False
    if placement.ends_on is not None:
        return 0, f"the present placement ends on {placement.ends_on:%d/%m/%Y} in any case", False
    earlier = min(pair.child.moves_last_year, EARLIER_MOVES_COUNTED)
    return policy.move + policy.each_earlier_move * earlier, f"a move, after {earlier} counted in the last year", False


def _identity_support(pair: Pair) -> _Said:
    policy, home = pair.case.policy, pair.home
    pence, said, assumed = 0, list[str](), False
    weight = identity_weight(policy, (pair.case.as_at - pair.referral.received).days)
    languages = pair.circumstances.languages
    spoken = {plain(language) for language in languages}
    if spoken and ENGLISH not in spoken and not spoken & {plain(language) for language in home.languages}:
        pence += policy.language_not_spoken * weight // 1000
        assumed = assumed or not home.languages
        said.append(f"nobody is recorded as speaking {' or '.join(languages)}")
    religion = pair.circumstances.religion
    if religion and plain(religion) and plain(religion) not in {plain(faith) for faith in home.faiths}:
        pence += policy.faith_not_supported * weight // 1000
        assumed = assumed or not home.faiths
        said.append(f"not recorded as supporting {religion}")
    heritage = pair.circumstances.heritage
    if heritage and not {plain(each) for each in heritage} & {plain(each) for each in home.heritages}:
        pence += policy.heritage_not_supported * weight // 1000
        assumed = assumed or not home.heritages
        said.append(f"not recorded as sharing or supporting {' or '.join(heritage)} heritage")
    if said and weight < 1000:
        said.append(f"counted at {weight} in a thousand, because the child has waited")
    return pence, "; ".join(said) or "nothing recorded that the home lacks", assumed


def _setting(pair: Pair) -> _Said:
    policy, kind, referral = pair.case.policy, pair.home.kind, pair.referral
    label = KIND_LABELS[kind]
    if kind is HomeKind.CONNECTED:
        return 0, "a connected person comes first", False
    if kind in referral.preferred_kinds:
        return 0, f"{label}: preferred in the referral", False
    steps = {HomeKind.FOSTER: policy.foster_step, HomeKind.RESIDENTIAL: policy.residential_step}
    pence, why = steps.get(kind, policy.other_step), f"{label}: its step in the order of section 22C(6)"
    if referral.preferred_kinds and kind in referral.suitable_kinds:
        return pence + policy.not_preferred_kind, why + ", and suitable but not preferred", False
    return pence, why, False


def _wishes(pair: Pair) -> _Said:
    policy, wishes, home = pair.case.policy, pair.circumstances.wishes, pair.home
    against = []
    if wishes.kinds and home.kind not in wishes.kinds:
        against.append("the child wishes for " + " or ".join(KIND_LABELS[kind] for kind in wishes.kinds))
    if home.id in wishes.homes_not_wanted:
        against.append("the child does not want this home")
    if wishes.homes_wanted and home.id not in wishes.homes_wanted:
        against.append("the child named another home")
    pence = policy.wish_not_met * len(against)
    if pair.circumstances.solo is Solo.PREFERRED and pair.other_children:
        pence += policy.solo_preferred_not_met
        against.append("living without other children is preferred")
    return pence, "; ".join(against) or "nothing the child wished for speaks against it", False


def _quality(pair: Pair) -> _Said:
    policy, home = pair.case.policy, pair.home
    if home.grade in (Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE):
        return policy.requires_improvement, f"Ofsted: {home.grade.value.replace('_', ' ')}", False
    if home.grade is not Grade.NOT_INSPECTED:
        return 0, f"Ofsted: {home.grade.value}", False
    if home.kind in FAMILY_KINDS:
        return 0, "Ofsted judges the fostering service, not the household", False
    return policy.not_inspected, "not yet inspected by Ofsted", False


def _fee(pair: Pair) -> _Said:
    weight, marginal = pair.case.policy.fee_per_mille, pair.home.marginal_fee_pence
    why = f"filling the place adds {pounds_and_pence(marginal)} a week, weighed at {weight} in a thousand"
    return marginal * weight // 1000, why, False


_EXPLAINERS: dict[str, Callable[[Pair], _Said]] = {
    "unmet_need": _unmet_need,
    "over_provision": _over_provision,
    "distance_home": _distance_home,
    "school_journey": _school_journey,
    "family_time": _family_time,
    "out_of_area": _out_of_area,
    "instability": _instability,
    "identity_support": _identity_support,
    "setting": _setting,
    "wishes": _wishes,
    "quality": _quality,
    "fee": _fee,
}
_OF_FAMILIES: dict[str, Callable[[Pair], _Said]] = {"unmet_need": explain_family.stretch, "fee": explain_family.fee}
