"""The framework a family is scored by: the council's needs, the questions to adopters, ages and children together.

Ages and numbers are counted in steps of four, as needs are, so that the sum of what falls short is the years or the
children beyond what a family hopes for: a child of 7 for a family hoping for up to 4 is short by 0 of the first
four years and by 3 of the next four.
"""

from collections.abc import Iterator, Mapping

from models.adopter_questions import adopter_questions
from models.adoption import Criteria, Family, PlanChild
from models.adoption_policy import AdoptionPolicy
from models.needs import ChildPrior, Domain, HomePrior, Need, NeedsFramework
from models.vocabulary import ADOPTIVE_KINDS, Training

_STEP = 4
_OLDEST = 20
_MOST_TOGETHER = 8
OLDER, YOUNGER, TOGETHER = "older_than_hoped", "younger_than_hoped", "children_together"
_LABELS = {
    OLDER: "Years older than they hope for",
    YOUNGER: "Years younger than they hope for",
    TOGETHER: "Children together, more than they hope for or take",
}
_SIZES = {OLDER: _OLDEST, YOUNGER: _OLDEST, TOGETHER: _MOST_TOGETHER}


def adoption_framework(framework: NeedsFramework, policy: AdoptionPolicy) -> NeedsFramework:
    """The framework that a child with a plan and a family are compared by.

    Args:
        framework: The council's needs framework.
        policy: Says what a year or a child beyond what is hoped for weighs, and what an unasked question counts as.
    """
    asked = [
        Domain(key=f"asked_{q.key}", label=q.label, bee=framework.bees[0].key, weight_percent=q.weight_percent,
               needs=(Need(key=q.key, label=q.label),))
        for q in adopter_questions().questions
    ]  # fmt: skip
    percent = {
        OLDER: policy.beyond_hoped_age_percent,
        YOUNGER: policy.beyond_hoped_age_percent,
        TOGETHER: policy.beyond_hoped_number_percent,
    }
    counted = [
        Domain(key=f"counted_{what}", label=_LABELS[what], bee=framework.bees[0].key, weight_percent=percent[what],
               needs=tuple(Need(key=key, label=_LABELS[what]) for key in _steps(what)))
        for what in _SIZES
    ]  # fmt: skip
    assumed = dict.fromkeys(Training, policy.assumed_yes)
    return NeedsFramework(
        **{name: getattr(framework, name) for name in NeedsFramework.model_fields}
        | {
            "id": f"{framework.id}+{adopter_questions().id}",
            "domains": (*framework.domains, *asked, *counted),
            "home_prior": HomePrior(
                levels={**framework.home_prior.levels, **dict.fromkeys(ADOPTIVE_KINDS, assumed)},
                note="A question that a family was not asked is taken as the policy says; see assumed_yes.",
            ),
            "child_prior": ChildPrior(
                minimum_assessed=framework.child_prior.minimum_assessed,
                fallback_level=0,
                note="A level nobody stated is the mean of children of the same age with a plan, else 0: ask.",
            ),
        }
    )


def child_brings(child: PlanChild, on_age: int, together: int) -> Mapping[str, int]:
    """Levels a child brings: needs, background and contact as stated, age, and how many are to live together."""
    stated = {} if child.profile is None else dict(child.profile.levels)
    counted = {OLDER: on_age, YOUNGER: _OLDEST - on_age, TOGETHER: together - 1}
    return stated | dict(child.background) | dict(_counted(counted))


def family_accepts(family: Family, framework: NeedsFramework) -> Mapping[str, int]:
    """The level of each question the family said yes up to; those it did not answer are not there."""
    hoped = _hopes(family.criteria)
    answers = family.criteria.answers
    domain = {need.key: f"domain_{each.key}" for each in framework.domains for need in each.needs}
    said = {key: answers.get(key) or answers.get(where) for key, where in domain.items()}
    return {key: answer.yes for key, answer in said.items() if answer} | dict(_counted(hoped))


def family_refuses_above(family: Family, framework: NeedsFramework) -> Mapping[str, int]:
    """The level of each question beyond which the family said no; those with no such limit are not there."""
    answers = family.criteria.answers
    domain = {need.key: f"domain_{each.key}" for each in framework.domains for need in each.needs}
    said = {key: answers.get(key) or answers.get(where) for key, where in domain.items()}
    limits = {key: answer.discuss for key, answer in said.items() if answer and answer.discuss < framework.top_level}
    number = dict(_counted({TOGETHER: family.criteria.number - 1}))
    return limits | {key: level for key, level in number.items() if level < _STEP}


def _hopes(criteria: Criteria) -> dict[str, int]:
    """The ages and number a family hopes for; where it did not say, whatever it is approved for."""
    oldest = criteria.age_to if criteria.hoped_age_to is None else criteria.hoped_age_to
    youngest = criteria.age_from if criteria.hoped_age_from is None else criteria.hoped_age_from
    number = criteria.number if criteria.hoped_number is None else criteria.hoped_number
    return {OLDER: oldest, YOUNGER: _OLDEST - youngest, TOGETHER: number - 1}


def _counted(amounts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    for what, amount in amounts.items():
        for step, key in enumerate(_steps(what)):
            yield key, min(max(amount - step * _STEP, 0), _STEP)


def _steps(what: str) -> list[str]:
    return [f"{what}_{step}" for step in range(_SIZES[what] // _STEP)]
