"""How children with a plan, families and what sets them apart read in words: a family finder's, not a programmer's."""

import datetime as dt
from collections.abc import Iterable, Sequence

from matcher.reports.words import money, plural
from matcher.services.adoption.screening_results import Distinguishing, Eligibility, Question, ScreenedFamily
from models.adoption import AdoptionPool, AgencyTier, EndedBy, Family, LinkStage, PlanChild
from models.rules import Relaxation, RuleId
from models.vocabulary import Sex

SCORE_LEGEND = (
    "Score: how far a family is from what the children bring, in pounds a week as homes are scored; the least is "
    "closest. Stretch: the part of it for what is stated of the children and is beyond what the family said yes to. "
    "Not known: the part that rests on something nobody has said. Other: journeys for contact, leaving carers who may "
    "adopt, the fee, and language, faith and heritage, which fade to nothing as the child waits and never rule anybody "
    "out."
)
NOT_A_WINNER = (
    "A list to read, not a winner: there is little evidence that anybody can tell suitable families apart by such a "
    "score. Read the reports of several, ask the questions, and decide together."
)
TIER_WORDS = {
    AgencyTier.OWN: "our own",
    AgencyTier.PARTNER: "partner",
    AgencyTier.AUTHORITY: "other authority",
    AgencyTier.VOLUNTARY: "voluntary",
}
STAGE_WORDS = {
    LinkStage.CONSIDERED: "being considered",
    LinkStage.VISITED: "visited",
    LinkStage.LINKED: "linked",
    LinkStage.PANEL_BOOKED: "panel booked",
}
ENDED_BY_WORDS = {EndedBy.FAMILY: "the family", EndedBy.AGENCY: "the agency", EndedBy.PANEL: "the panel"}
STANDS_WORDS = {
    Eligibility.YES: "within what they said",
    Eligibility.STRETCH: "a stretch",
    Eligibility.NO: "not eligible",
}
_SEX_WORDS = {Sex.FEMALE: "girl", Sex.MALE: "boy", Sex.UNKNOWN: "child"}
_NEED_PART, _FEE_PART = "unmet_need", "fee"
_TOLD_WHY = ("identity_support", "instability")
_MONTHS_OF_A_BABY = 24
_DAYS_A_MONTH = 30.4375


def listed(words: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *most, last = tuple(words) or ("",)
    return f"{', '.join(most)} and {last}" if most else last


_AGENCY = Relaxation(
    by="the family's adoption agency",
    step="ask whether what the family is approved for, or was advised, should be looked at again",
)
_RELAXED = {
    RuleId.AGE: _AGENCY,
    RuleId.SEX: _AGENCY,
    RuleId.FULL: _AGENCY,
    RuleId.HELD: Relaxation(
        by="team manager", step="agree with the other child's family finder for which of them the family is read"
    ),
    RuleId.ALONGSIDE: Relaxation(
        by="team manager", step="agree with the family and the social workers of the children there"
    ),
    RuleId.HOUSEHOLD: Relaxation(by="team manager", step="agree with the family and, for an allergy, with health"),
    RuleId.ACCESS: Relaxation(by="the two agencies", step="agree who pays for the adaptation"),
}
"""Who may relax a rule for an adoptive family, where that is not who may for a foster home."""


def age_words(child: PlanChild, day: dt.date) -> str:
    """``aged 4``; in months under two years."""
    months = int(max((day - child.born).days, 0) / _DAYS_A_MONTH)
    return f"aged {child.age_on(day)}" if months >= _MONTHS_OF_A_BABY else f"aged {months} months"


def child_words(child: PlanChild, day: dt.date) -> str:
    """``C12, girl aged 4``."""
    return f"{child.id}, {_SEX_WORDS[child.sex]} {age_words(child, day)}"


def since(start: dt.date | None, day: dt.date) -> int | None:
    """Days from a day until another; None where it has not come."""
    return None if start is None or start > day else (day - start).days


def stretch_words(found: ScreenedFamily) -> str:
    """Everything beyond what the family said yes to, plainly; whose it is where several children come together."""
    several = len(found.children) > 1
    said = [f"{each.child_id}: {each.words}" if several else each.words for each in found.stretch]
    return "; ".join(said) or "nothing beyond what they said yes to"


def stretch_short(found: ScreenedFamily) -> str:
    """The same in few words: what is beyond by how many levels, years or children, the furthest first."""
    by: dict[int, list[str]] = {}
    for each in found.stretch:
        by.setdefault(each.brings - each.yes, []).append(each.label)
    said = [f"{beyond} beyond: {', '.join(dict.fromkeys(by[beyond]))}" for beyond in sorted(by, reverse=True)]
    return "; ".join(said) or "nothing"


def not_known_pence(found: ScreenedFamily) -> int:
    """The part of the score for needs that rests on something nobody has said."""
    needs = sum(part.pence for each in found.children for part in each.parts if part.name == _NEED_PART)
    return needs - found.stretch_pence


def other_pence(found: ScreenedFamily) -> int:
    """The part of the score that is not about what the family said yes to."""
    return found.cost_pence - found.stretch_pence - not_known_pence(found)


def sets_apart(found: ScreenedFamily, first: ScreenedFamily) -> str:
    """How a family differs from the first of the list, in words and pounds a week."""
    if found.family_id == first.family_id:
        return "closest by this score"
    parts = [
        ("stretch", found.stretch_pence - first.stretch_pence),
        ("not known", not_known_pence(found) - not_known_pence(first)),
    ]
    said = [f"{_more(pence)} {name}" for name, pence in parts if pence]
    said += [_difference(each, found, first) for each in found.distinguishing if each.part != _NEED_PART]
    return "; ".join(said) or "as close as the first"


def _difference(each: Distinguishing, found: ScreenedFamily, first: ScreenedFamily) -> str:
    if each.part == _FEE_PART:
        fee = f"an inter-agency fee of {money(found.fee_pence)}" if found.fee_pence else "no inter-agency fee"
        return f"{fee}, the first's is {money(first.fee_pence)}" if first.fee_pence else fee
    why = f" ({each.why})" if each.part in _TOLD_WHY else ""
    return f"{_more(each.pence)} {each.label}{why}"


def _more(pence: int) -> str:
    return f"{money(abs(pence))} {'more' if pence > 0 else 'less'}"


def under_way(pool: AdoptionPool, children: Sequence[str], day: dt.date) -> str:
    """Links of some children that are under way on a day, as ``linked (F12)``."""
    live = [
        f"{STAGE_WORDS[link.stage]} ({link.family_id})"
        for link in pool.links
        if link.child_id in children and link.live_on(day)
    ]
    return "; ".join(dict.fromkeys(live))


def stands_between(found: ScreenedFamily) -> str:
    """Each rule that stands between, and how."""
    said = [(rule.title, rule.message.partition(": ")[2]) for rule in found.failed]
    return "; ".join(f"{title}: {how}" if how else title for title, how in said)


def who_may_relax(found: Iterable[ScreenedFamily]) -> str:
    """For each rule that stands between, who may relax it and by what step."""
    rules = {
        rule.title: _RELAXED.get(rule.rule, rule.relaxation)
        for each in found
        for rule in each.failed
        if rule.relaxation
    }
    return " ".join(f"{title.capitalize()}: {by.by} may relax it ({by.step})." for title, by in rules.items() if by)


def question_words(question: Question, asked: Sequence[str]) -> tuple[str, str, str, str]:
    """Whom to ask, what, what it is taken as until then, and what the answer could do.

    Args:
        question: One of a screening.
        asked: Keys of what families are asked up to which level they would say yes.
    """
    whom = f"family {question.family_id}" if question.family_id else f"{question.child_id}'s social worker"
    label = question.question.removesuffix(f": what level is it for {question.child_id}?")
    if question.family_id and question.key in asked:
        label = question.question.removesuffix(": up to what level would they say yes?")
    return whom, label, question.taken_as, _could(question)


def _could(question: Question) -> str:
    said = []
    if question.first:
        said.append("change who comes first")
    if question.decides:
        said.append("rule a family in or out")
    if question.moves and not question.first:
        said.append(f"move a family {plural(question.moves, 'place')}")
    return f"could {' or '.join(said)}"


def approved_for(family: Family) -> str:
    """The terms of approval: ages, sexes and number."""
    said = family.criteria
    sexes = {Sex.MALE, Sex.FEMALE} & said.sexes
    who = "girls or boys" if len(sexes) != 1 else "girls" if Sex.FEMALE in sexes else "boys"
    number = "one child" if said.number == 1 else f"up to {said.number} children"
    return f"{number}, {who}, aged {said.age_from} to {said.age_to}"


def hopes_for(family: Family) -> str:
    """What the family said it hopes for, where that is less than it is approved for."""
    said = family.criteria
    youngest, oldest = said.hoped_age_from, said.hoped_age_to
    parts = []
    if youngest is not None or oldest is not None:
        low = said.age_from if youngest is None else youngest
        high = said.age_to if oldest is None else oldest
        parts.append(f"aged {low} to {high}")
    if said.hoped_number is not None:
        parts.append("one child" if said.hoped_number == 1 else f"{said.hoped_number} children")
    return ", ".join(parts) or "not said"


def household_words(family: Family, day: dt.date) -> str:
    """Who lives there already, animals and smoking."""
    ages = sorted(max(0, (day - one.born).days // 365) for one in family.household)
    children = f"children aged {listed(map(str, ages))}" if ages else "no children"
    pets = "pets not known" if family.pets is None else listed(sorted(f"a {pet.value}" for pet in family.pets))
    smoking = {True: "smoking", False: "", None: "smoking not known"}[family.smoking]
    return "; ".join(words.replace("a other", "other animals") for words in (children, pets, smoking) if words)
