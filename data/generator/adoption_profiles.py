"""What is known of children who wait, and what families have said: by quota, with blanks as in life."""

import datetime as dt
import json
import random
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

from . import figures as fig
from .adoption_families import Family
from .adoption_plans import Plan
from .draw import apportion, days, pick, shuffled
from .episodes import day
from .needs import Framework

Row = dict[str, str]

# Of every 100 children: level 0, 1, 2, 3, 4, and not known.
_SHARES: dict[str, tuple[int, ...]] = {
    "prenatal_alcohol": (38, 20, 14, 10, 4, 14),
    "prenatal_drugs": (42, 14, 14, 14, 6, 10),
    "uncertain_development": (22, 28, 22, 14, 4, 10),
    "inherited_condition": (70, 10, 6, 3, 1, 10),
    "infection_before_birth": (86, 5, 2, 1, 0, 6),
    "parental_mental_illness": (28, 20, 24, 16, 6, 6),
    "parental_learning_disability": (56, 14, 14, 8, 2, 6),
    "unknown_father": (70, 0, 0, 0, 22, 8),
    "conceived_in_abuse": (88, 0, 2, 1, 3, 6),
    "abuse_and_neglect": (18, 18, 30, 24, 8, 2),
    "contact_by_letter": (10, 0, 78, 12, 0, 0),
    "contact_with_siblings": (42, 18, 22, 12, 0, 6),
    "contact_with_birth_family": (78, 10, 6, 2, 0, 4),
}
_SHARED = ("parental_mental_illness", "parental_learning_disability", "contact_by_letter")
# How many levels beyond the usual families say yes to (positive: readily).
_READILY = {
    "prenatal_alcohol": -0.6, "prenatal_drugs": 0.1, "uncertain_development": -0.1, "inherited_condition": -0.4,
    "infection_before_birth": -0.3, "parental_mental_illness": 0.5, "parental_learning_disability": 0.2,
    "unknown_father": 1.2, "conceived_in_abuse": 0.3, "abuse_and_neglect": 0.3, "contact_by_letter": 1.8,
    "contact_with_siblings": 0.8, "contact_with_birth_family": -0.9,
}  # fmt: skip
_BY_NAME = (
    "learning_disability", "disability_care", "physical_health", "carer_relationships", "managing_emotions",
    "aggression", "communication",
)  # fmt: skip
_BLANK = 0.2
HERITAGE = {
    "WBRI": "White British", "WIRI": "White Irish", "WOTH": "White European", "WIRT": "Irish Traveller",
    "WROM": "Gypsy Roma", "MWBC": "White British;Black Caribbean", "MWBA": "White British;Black African",
    "MWAS": "White British;South Asian", "MOTH": "Mixed", "AIND": "Indian", "APKN": "Pakistani", "ABAN": "Bangladeshi",
    "AOTH": "South Asian", "BCRB": "Black Caribbean", "BAFR": "Black African", "BOTH": "Black British",
    "OOTH": "Middle Eastern",
}  # fmt: skip
_ADOPTERS = {
    "WBRI": 76.0, "WOTH": 8.0, "WIRI": 2.0, "MWBC": 2.0, "MWAS": 1.5, "AIND": 3.0, "APKN": 2.5, "BAFR": 2.5,
    "BCRB": 2.5,
}  # fmt: skip
_FAITHS = {"": 55.0, "Christian": 34.0, "Muslim": 5.0, "Hindu": 3.0, "Jewish": 2.0, "Sikh": 1.0}


def questions() -> list[str]:
    """The keys of what adopters are asked beside the needs framework."""
    text = files("placewell_data").joinpath("adoption/questions.json").read_text(encoding="utf-8")
    raw: Any = json.loads(text)
    return [question["key"] for question in raw["questions"]]


def child_levels(rng: random.Random, plans: Sequence[Plan]) -> dict[str, Row]:
    """Columns ``q_<key>`` by child id; brothers and sisters share what is their parents'."""
    found: dict[str, Row] = {plan.child.id: {} for plan in plans}
    for key in questions():
        counts = apportion(len(plans), _SHARES[key])
        levels = [text for text, count in zip(("0", "1", "2", "3", "4", ""), counts, strict=True) for _ in range(count)]
        for plan, level in zip(plans, shuffled(rng, levels), strict=True):
            found[plan.child.id][f"q_{key}"] = level
    by_family: dict[str, str] = {}
    for plan in plans:
        if plan.child.family:
            first = by_family.setdefault(str(plan.child.family), plan.child.id)
            for key in _SHARED:
                found[plan.child.id][f"q_{key}"] = found[first][f"q_{key}"]
    return found


def family_answers(rng: random.Random, framework: Framework, open_minded: float) -> Row:
    """Columns ``a_<key>``: questions, domains and a few needs asked by name; about a fifth are blank."""
    row: Row = {}
    for key in questions():
        row[f"a_{key}"] = _answer(rng, 2.0 + open_minded + _READILY[key])
    for domain in framework.domains:
        row[f"a_domain_{domain}"] = _answer(rng, 2.7 + open_minded)
    for need in _BY_NAME:
        row[f"a_{need}"] = _answer(rng, 2.2 + open_minded, blank=0.45)
    return row


def _answer(rng: random.Random, readily: float, blank: float = _BLANK) -> str:
    if rng.random() < blank:
        return ""
    yes = min(max(round(rng.gauss(readily, 0.8)), 0), 4)
    return _in_words(yes, min(yes + pick(rng, {0: 30, 1: 50, 2: 20}), 4))


def _in_words(yes: int, discuss: int) -> str:
    """An answer as the sheet has it: yes up to one level, would discuss up to another."""
    if yes == 4:
        return "yes"
    if discuss == 0:
        return "no"
    if yes == discuss:
        return f"yes {yes}"
    if yes == 0:
        return "discuss" if discuss == 4 else f"discuss {discuss}"
    return f"yes {yes} discuss {discuss}"


def agree(said: Row, child: Row, assessed: Row, framework: Framework) -> None:
    """Make a family's answers reach what a child brings: yes up to the level below, would discuss that level."""
    for key in questions():
        _reach(said, f"a_{key}", child.get(f"q_{key}", ""))
    tagged: dict[str, int] = {}
    for tag in filter(None, assessed.get("tags", "").split(";")):
        for need, level in framework.tags[tag].items():
            tagged[need] = max(level, tagged.get(need, 0))
    for need, domain in framework.domain_of.items():
        known = assessed.get(f"need_{need}") or assessed.get(f"domain_{domain}") or str(tagged.get(need, ""))
        _reach(said, f"a_{need}" if said.get(f"a_{need}") else f"a_domain_{domain}", known)


def _reach(said: Row, column: str, level: str) -> None:
    numbers = [int(word) for word in said.get(column, "").split() if word.isdigit()]
    if said.get(column) in ("yes", "discuss") or not said.get(column) or not level:
        return
    if max(numbers, default=0) < int(level):
        said[column] = _in_words(int(level) - 1, int(level))


def family_row(rng: random.Random, family: Family, framework: Framework, near: str) -> Row:
    """Everything a family is approved for, hopes for and has said; nothing yet where it is not approved.

    Args:
        rng: The stream.
        family: The family.
        framework: The needs framework, whose needs and domains are asked about.
        near: A postcode that some do not want the child to come from: of relatives, of work.
    """
    row: Row = {"dual_approval": "Y" if family.dual else "N"}
    codes = [pick(rng, _ADOPTERS)]
    if rng.random() < 0.78:
        codes.append(codes[0] if rng.random() < 0.8 else pick(rng, _ADOPTERS))
    row["ethnicity"] = ";".join(codes)
    if "approved_on" not in family.days:
        return row
    row |= _terms(rng, family)
    own = [part for code in dict.fromkeys(codes) for part in HERITAGE[code].split(";")]
    if rng.random() < 0.45:
        own += rng.sample(("Black Caribbean", "Black African", "South Asian", "White European", "Mixed"), 2)
    row["heritage"] = ";".join(dict.fromkeys(own)) if rng.random() < 0.92 else ""
    languages = ["English"]
    if rng.random() < 0.15:
        languages.append(rng.choice(("Polish", "Urdu", "French", "Gujarati", "Spanish", "Yoruba", "Romanian")))
    row["languages"] = ";".join(languages)
    faith = pick(rng, _FAITHS)
    row["faiths"] = ";".join(filter(None, (faith, "Christian" if faith and rng.random() < 0.2 else "")))
    row["faiths"] = ";".join(dict.fromkeys(filter(None, row["faiths"].split(";"))))
    row["disabled"] = pick(rng, {"N": 82, "Y": 6, "": 12})
    row["pets"] = pick(rng, {"none": 42, "dog": 20, "cat": 16, "cat;dog": 6, "other": 4, "": 12})
    row["smoking"] = pick(rng, {"N": 88, "Y": 3, "": 9})
    row["access"] = pick(rng, {"": 93, "step_free": 5, "ground_floor_bedroom": 2})
    if rng.random() < 0.27:
        born = fig.AS_AT - days(rng.randint(4 * 365, 12 * 365))
        second = [day(born - days(rng.randint(500, 1300)))] if rng.random() < 0.25 else []
        row["household_born"] = ";".join([day(born), *second])
    if rng.random() < 0.1:
        row |= {"avoid_postcodes": near, "avoid_within_miles": rng.choice(("3", "5", "10"))}
    return row | family_answers(rng, framework, rng.gauss(0, 0.7))


def _terms(rng: random.Random, family: Family) -> Row:
    """Terms of approval and hopes; never narrower than the children they were matched with."""
    matched = family.days.get("matched_on", fig.AS_AT)
    ages = [max((matched - plan.child.born).days, 0) // 365 for plan in family.children]
    young = pick(rng, {2: 20, 3: 25, 4: 20, 5: 15, 6: 10, 8: 10})
    row = {"age_from": "0", "age_to": str(max([young, *(age + 1 for age in ages)]))}
    hoped_to = max(int(row["age_to"]) - pick(rng, {0: 30, 1: 40, 2: 30}), 1)
    row |= {"hoped_age_from": "0" if rng.random() < 0.8 else "1", "hoped_age_to": str(hoped_to)}
    number = max(len(family.children), pick(rng, {1: 62, 2: 32, 3: 6}))
    row |= {"number": str(number), "hoped_number": str(min(number, pick(rng, {1: 80, 2: 20})))}
    sexes = sorted({plan.child.sex for plan in family.children})
    only = rng.choice("MF")
    row["sexes"] = only if rng.random() < 0.06 and sexes in ([], [only]) else ""
    if rng.random() < 0.15:
        for column in ("hoped_age_from", "hoped_age_to", "hoped_number"):
            row[column] = ""
    return row


def heritage_of(codes: Iterable[str]) -> str:
    """Heritage in a family finder's words, from ethnicity codes."""
    return ";".join(dict.fromkeys(part for code in codes for part in HERITAGE[code].split(";")))


def partner_needs(rng: random.Random, framework: Framework, child: str, on: dt.date) -> Row:
    """A needs assessment of a partner's child: young, so most needs are low."""
    row = {"child_id": child, "assessed_on": day(on), "assessor": "partner agency", "confidence": "medium"}
    lean = rng.gauss(0, 0.6)
    for need in framework.needs:
        if rng.random() < 0.85:
            row[f"need_{need}"] = str(min(max(round(rng.gauss(0.7 + lean, 0.9)), 0), 4))
    return row
