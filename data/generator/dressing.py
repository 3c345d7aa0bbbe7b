"""What is known of each home beyond its places: terms, carers, building, training and skills."""

import datetime as dt
import random

from . import figures as fig
from .draw import days, pick, shuffled
from .episodes import day
from .figures import Living
from .homes import Home
from .needs import Framework, fitting_tags

_FAMILY = (Living.IN_HOUSE, Living.IFA)
_AGES: dict[Living, dict[tuple[int, int], float]] = {
    Living.IN_HOUSE: {
        (0, 17): 34, (0, 10): 14, (0, 4): 7, (5, 17): 16, (5, 12): 8, (8, 17): 11, (11, 17): 10,
    },
    Living.IFA: {(0, 17): 40, (0, 10): 8, (5, 17): 24, (8, 17): 14, (10, 17): 14},
    Living.APPROVED_KIN: {(0, 17): 1},
    Living.IN_HOUSE_HOME: {(8, 17): 1, (10, 17): 2, (11, 17): 2},
    Living.PRIVATE_HOME: {(7, 17): 1, (8, 17): 3, (10, 17): 3, (11, 17): 3, (12, 17): 2},
    Living.SEMI: {(16, 17): 1},
    Living.SECURE: {(10, 17): 1},
    Living.PARENT_CHILD: {(0, 17): 1},
    Living.SCHOOL: {(7, 17): 1},
}  # fmt: skip
_TRAINING: dict[Living, dict[str, float]] = {
    Living.IN_HOUSE: {"core": 46, "enhanced": 33, "specialist": 9, "": 12},
    Living.IFA: {"core": 26, "enhanced": 40, "specialist": 20, "": 14},
    Living.APPROVED_KIN: {"core": 60, "": 40},
    Living.SEMI: {"core": 50, "enhanced": 30, "": 20},
}
_STAFF = {"core": 20.0, "enhanced": 40.0, "specialist": 30.0, "": 10.0}
_SPOKEN = ("Polish", "Urdu", "Bengali", "Arabic", "Farsi", "Somali", "Tigrinya", "Albanian", "Gujarati", "French",
           "Romanian", "Kurdish", "Pashto")  # fmt: skip


def dress(rng: random.Random, framework: Framework, homes: list[Home]) -> None:
    """Fill in every listed home; nobody who lives there breaks its terms."""
    for home in homes:
        _terms(rng, home)
        _carers(rng, home)
        _services(rng, home)
        _training(rng, home)
        if home.named:
            _skills(rng, framework, home)
    _dates(rng, [home for home in homes if home.named])


def _terms(rng: random.Random, home: Home) -> None:
    ages = [child.age for child in home.children]
    ages += [_age(r.born) for r in home.residents if r.kind == "other_authority_child"]
    options = {
        (low, high): weight for (low, high), weight in _AGES[home.living].items() if all(low <= a <= high for a in ages)
    }
    low, high = pick(rng, options) if options else (min(ages), 17)
    home.details |= {"age_from": str(low), "age_to": str(high)}
    sexes = {child.sex for child in home.children} | {
        r.sex for r in home.residents if r.kind == "other_authority_child"
    }
    if len(sexes) < 2 and home.places < 5 and rng.random() < 0.12:
        home.details["sexes"] = next(iter(sexes), rng.choice("MF"))
    if home.living in _FAMILY and home.named:
        extra = rng.random()
        if home.places in (1, 2) and extra < 0.2:
            home.details |= {"sibling_places": str(home.places + 1), "double_bedrooms": "1"}
        elif home.places == 3 and extra < 0.3:
            home.details |= {"sibling_places": "4", "double_bedrooms": "1"}
        elif home.places == 4:
            home.details["sibling_places"] = "4"
    elif home.living is Living.PRIVATE_HOME and home.places > 2 and len(ages) < 2 and rng.random() < 0.3:
        home.details["maximum_age_gap"] = "5"
    if home.living is Living.APPROVED_KIN:
        home.details["connected_children"] = "children"
    if not home.bedrooms:
        home.bedrooms = home.places


def _age(born: dt.date) -> int:
    on = fig.AS_AT
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _carers(rng: random.Random, home: Home) -> None:
    family = home.living in (*_FAMILY, Living.APPROVED_KIN)
    languages = ["English"]
    if rng.random() < (0.22 if home.zone else 0.16):
        languages.append(rng.choice(_SPOKEN))
    languages += [c.language for c in home.children if c.uasc and rng.random() < 0.3]
    if rng.random() < 0.85:
        home.details["languages"] = ";".join(dict.fromkeys(languages))
    if rng.random() < 0.6:
        home.details["faiths"] = pick(
            rng, {"Christian": 55, "Christian;Muslim": 12, "Muslim": 10, "Hindu": 3, "Christian;Hindu;Muslim;Sikh": 20}
        )
    if not family:
        home.details |= {"pets": "none" if rng.random() < 0.8 else "", "smoking": "N"}
        return
    animals = {
        "none": 48.0,
        "dog": 22.0,
        "cat": 12.0,
        "cat;dog": 7.0,
        "other": 4.0,
        "": 7.0 if home.living is Living.IN_HOUSE else 35.0,
    }
    home.details["pets"] = pick(rng, animals)
    young = any(child.age < 5 for child in home.children)
    home.details["smoking"] = "N" if young else pick(rng, {"N": 78, "Y": 8, "": 14})


def _services(rng: random.Random, home: Home) -> None:
    chances = {"long_term": 0.35, "emergency": 0.12, "short_breaks": 0.05, "early_permanence": 0.02}
    if home.living in (Living.PRIVATE_HOME, Living.IN_HOUSE_HOME):
        chances = {"therapeutic": 0.4, "waking_night": 0.5, "onsite_education": 0.3, "emergency": 0.1, "long_term": 0.3}
    elif home.living is Living.IFA:
        chances = {"long_term": 0.5, "therapeutic": 0.15, "emergency": 0.1, "parent_and_child": 0.03}
    elif home.living not in _FAMILY:
        chances = {}
    found = [feature for feature, chance in chances.items() if rng.random() < chance]
    if home.details["age_from"] != "0":
        found = [feature for feature in found if feature not in ("parent_and_child", "early_permanence")]
    found += [f for f in home.details.get("features", "").split(";") if f and f not in found]
    if home.living in fig.DISABILITY_CHILDREN:
        found = [f for f in found if f != "disability"]
    if any(c.disabled for c in home.children) and home.living in (Living.IN_HOUSE, *fig.DISABILITY_CHILDREN):
        found.append("disability")
        home.details["access"] = rng.choice(("step_free", "step_free;ground_floor_bedroom", "step_free;wet_room"))
    elif rng.random() < 0.06:
        home.details["access"] = rng.choice(("step_free", "ground_floor_bedroom", "step_free;sensory_adapted"))
    home.details["features"] = ";".join(sorted(found))
    if home.living is Living.IFA:
        home.details.setdefault("contract", "framework" if rng.random() < 0.72 else "spot")
    elif home.sector != "in_house":
        home.details.setdefault("contract", "framework" if home.living is Living.SEMI else "spot")


def _training(rng: random.Random, home: Home) -> None:
    level = pick(rng, _TRAINING.get(home.living, _STAFF))
    acute = any(level == 4 for child in home.children for level in child.levels.values())
    if acute and level in ("core", "") and rng.random() < 0.92:
        level = "specialist" if home.living is Living.SEMI else "enhanced"
    elif acute and home.living is Living.SEMI and rng.random() < 0.92:
        level = "specialist"
    home.details["training"] = level


def _skills(rng: random.Random, framework: Framework, home: Home) -> None:
    """Skills for a third of homes: mostly tags, a few by domain or need; never well below who lives there."""
    base = {"core": 2, "enhanced": 3, "specialist": 4}.get(home.details["training"], 2)
    base += home.living in (Living.PRIVATE_HOME, Living.IN_HOUSE_HOME) and base < 3
    asked = {n: max((c.levels[n] for c in home.children), default=0) for n in framework.needs}
    style = rng.random()
    if style < 0.24:
        tags = [tag for child in home.children for tag in fitting_tags(framework, child.levels)][:2]
        tags += rng.sample(sorted(framework.tags), rng.randint(1, 2))
        home.skills["skill_tags"] = ";".join(dict.fromkeys(tags))
    elif style < 0.31:
        for domain in rng.sample(framework.domains, rng.randint(5, 12)):
            needed = max(asked[n] for n in framework.needs if framework.domain_of[n] == domain)
            level = min(max(base + rng.choice((-1, 0, 0, 1)), needed - 1, 1), 4)
            home.skills[f"skill_domain_{domain}"] = str(level)
    elif style < 0.36:
        for need in rng.sample(framework.needs, rng.randint(10, 24)):
            level = min(max(base + rng.choice((-1, 0, 0, 1)), asked[need] - 1, 1), 4)
            home.skills[f"skill_{need}"] = str(level)


def _dates(rng: random.Random, homes: list[Home]) -> None:
    """A few homes are free only later, a few suspended, one or two closing."""
    vacant = shuffled(rng, [h for h in homes if h.open_places > 0 and h.living in _FAMILY])
    for home in vacant[:14]:
        home.details["available_from"] = day(fig.AS_AT + days(rng.randint(4, 60)))
    for home in vacant[14:16]:
        home.details["closes_on"] = day(fig.AS_AT + days(rng.randint(30, 90)))
    reviewed = [h for h in homes if h.reason == "carer_under_review" and not h.children and not h.residents]
    for home in shuffled(rng, reviewed)[:4]:
        home.details["suspended"] = "Y"
