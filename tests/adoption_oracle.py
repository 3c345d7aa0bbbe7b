"""A plain reading of docs/adoption.md over the pool's own records; slow, and shares no scoring code.

``score(case, child, family, together)`` gives pence a week, the pence of it stated beyond what the family said yes to,
and the rules that fail, for one child of so many to be placed together.
"""

from models.adopter_questions import adopter_questions
from models.adoption import AgencyTier, Family, LinkStage, PlanChild
from models.case import Case
from models.geography import miles_tenths
from models.rules import RuleId
from models.vocabulary import PetsWish, Sex


def _band(years: int) -> int:
    return sum(years >= first for first in (1, 5, 10, 13, 16))


def stated(child: PlanChild) -> dict[str, int]:
    """Levels somebody stated."""
    return {**(child.profile.levels if child.profile else {}), **child.background}


def questions(case: Case) -> dict[str, tuple[int, str | None]]:
    """Tenths of a point a level, and the domain, of everything a family is asked."""
    found: dict[str, tuple[int, str | None]] = {}
    for domain in case.framework.domains:
        for need in domain.needs:
            found[need.key] = (case.framework.points_per_level // 10 * domain.weight_percent, domain.key)
    for question in adopter_questions().questions:
        found[question.key] = (case.framework.points_per_level // 10 * question.weight_percent, None)
    return found


def assumed(case: Case, child: PlanChild, key: str, waiting: list[PlanChild]) -> int:
    """The mean of children of the same age who wait, of any age, or 0; rounded half up."""
    years = child.age_on(case.as_at)
    known = [(each, stated(each)[key]) for each in waiting if key in stated(each)]
    same = [level for each, level in known if _band(each.age_on(case.as_at)) == _band(years)]
    anybody = [level for _, level in known]
    for levels, enough in ((same, case.framework.child_prior.minimum_assessed), (anybody, 1)):
        if len(levels) >= enough:
            return (2 * sum(levels) + len(levels)) // (2 * len(levels))
    return 0


def score(
    case: Case, child: PlanChild, family: Family, together: int, waiting: list[PlanChild]
) -> tuple[int, int, set[RuleId]]:
    """Pence a week, pence of it stated beyond what they said yes to, rules that fail."""
    policy, day, said = case.adoption_policy, case.as_at, family.criteria
    years, tenths_short, stated_short = child.age_on(day), 0, 0
    refused = False
    for key, (tenths, domain) in questions(case).items():
        answer = said.answers.get(key) or said.answers.get(f"domain_{domain}")
        brings = stated(child).get(key)
        level = assumed(case, child, key, waiting) if brings is None else brings
        short = max(0, level - (policy.assumed_yes if answer is None else answer.yes)) * tenths
        tenths_short += short
        if brings is not None and answer is not None:
            stated_short += short
            refused = refused or brings > answer.discuss
    points = case.framework.points_per_level // 10
    oldest = said.age_to if said.hoped_age_to is None else said.hoped_age_to
    youngest = said.age_from if said.hoped_age_from is None else said.hoped_age_from
    number = said.number if said.hoped_number is None else said.hoped_number
    counted = max(0, years - oldest) + max(0, youngest - years)
    hoped = points * policy.beyond_hoped_age_percent * counted
    hoped += points * policy.beyond_hoped_number_percent * max(0, together - number)
    pence = (tenths_short + hoped) * policy.unmet_need_per_tenth
    pence += _support(case, child, family) + _journeys(case, child, family) + _fee(case, family)
    if child.carer_family_id and child.carer_family_id != family.id and _open_carer(case, child):
        pence += policy.move
    beyond = (stated_short + hoped) * policy.unmet_need_per_tenth
    return pence, beyond, _rules(case, child, family, refused or together > said.number)


def _open_carer(case: Case, child: PlanChild) -> bool:
    carer = case.adoption.family[child.carer_family_id or ""]
    return not (carer.dates.left_on and carer.dates.left_on <= case.as_at)


def _support(case: Case, child: PlanChild, family: Family) -> int:
    policy = case.adoption_policy
    left = max(0, policy.identity_fades_over_days - (case.as_at - child.dates.decided_on).days)
    weight = 1000 * left // policy.identity_fades_over_days
    pence = 0
    words = [text.replace(" ", "").lower() for text in child.languages]
    if words and "english" not in words and not set(words) & {w.replace(" ", "").lower() for w in family.languages}:
        pence += policy.language_not_spoken * weight // 1000
    if child.religion and child.religion.lower() not in {faith.lower() for faith in family.faiths}:
        pence += policy.faith_not_supported * weight // 1000
    shared = {text.replace(" ", "").lower() for text in family.heritage}
    if child.heritage and not {text.replace(" ", "").lower() for text in child.heritage} & shared:
        pence += policy.heritage_not_supported * weight // 1000
    return pence


def _journeys(case: Case, child: PlanChild, family: Family) -> int:
    assert family.location is not None
    tenths = [visit.visits_a_week * miles_tenths(visit.location, family.location) for visit in child.contact]
    return case.adoption_policy.family_time_per_tenth_mile_visit * sum(tenths)


def _fee(case: Case, family: Family) -> int:
    policy, tier = case.adoption_policy, case.adoption.agency[family.agency_id].tier
    if tier is AgencyTier.OWN:
        return 0
    once = policy.fee_voluntary_pence if tier is AgencyTier.VOLUNTARY else policy.fee_authority_pence
    return once // 52 * policy.fee_per_mille // 1000


def _rules(case: Case, child: PlanChild, family: Family, refused: bool) -> set[RuleId]:
    day, here = case.as_at, family.location
    assert here is not None
    years, order = child.age_on(day), child.dates.placement_order_on
    mine = child.carer_family_id == family.id
    links = [k for k in case.adoption.links if k.family_id == family.id]
    young = [member for member in family.household if _years(member.born, day) < 18]
    both = {Sex.MALE, Sex.FEMALE} <= family.criteria.sexes
    held = {
        k.child_id for k in links
        if k.stage in (LinkStage.LINKED, LinkStage.PANEL_BOOKED) and k.live_on(day) and k.child_id != child.id
        and case.adoption.child[k.child_id].dates.waiting_on(day) and k.child_id not in _unit(case, child.id)
        and case.adoption.child[k.child_id].carer_family_id != family.id
    }  # fmt: skip
    pets = family.pets
    fails = {
        RuleId.STATED_NO: refused,
        RuleId.AUTHORITY_TO_PLACE: order is None and not (child.early_permanence and family.dual_approval),
        RuleId.REGISTERED: not (family.dates.approved_on and family.dates.approved_on <= day),
        RuleId.AGE: not mine and not family.criteria.age_from <= years <= family.criteria.age_to,
        RuleId.SEX: not mine and not both and child.sex not in family.criteria.sexes,
        RuleId.SOLO: child.only_child and bool(young),
        RuleId.ALONGSIDE: child.youngest and any(_years(member.born, day) < years for member in young),
        RuleId.AVOID: any(miles_tenths(p.location, here) <= 10 * p.within_miles for p in child.avoid),
        RuleId.ACCESS: not child.access <= family.access,
        RuleId.HOUSEHOLD: (pets is not None and bool(
            child.allergies & pets or (child.pets is PetsWish.NO and pets) or (child.pets is PetsWish.MUST and not pets)
        )) or (child.smoke_free and family.smoking is True),
        RuleId.DECLINED: (any(k.child_id == child.id and k.ended_on and k.ended_on <= day for k in links)
            and not any(k.child_id == child.id and k.live_on(day) for k in links))
        or (child.home is not None
            and any(miles_tenths(p.location, child.home) <= 10 * p.within_miles for p in family.avoid)),
        RuleId.HELD: bool(held) and not mine,
    }  # fmt: skip
    return {rule for rule, failed in fails.items() if failed}


def _unit(case: Case, child_id: str) -> set[str]:
    units = [unit for group in case.adoption.sibling_groups for unit in group.planned_units]
    return set(next((unit for unit in units if child_id in unit), (child_id,)))


def _years(born: object, day: object) -> int:
    return (day - born).days * 100 // 36525  # type: ignore[operator,no-any-return]
