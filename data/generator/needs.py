"""Needs assessments: 256 full, many partial, the rest none, with the differences the council's report tells of."""

import json
import random
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from . import figures as fig
from .draw import day_between, days, shuffled, weighted_order
from .episodes import day
from .figures import Living
from .people import Child


class Framework:
    """The needs framework's keys, weights and tags, read from the package's data."""

    def __init__(self) -> None:
        text = files("placewell_data").joinpath("needs/framework.json").read_text(encoding="utf-8")
        raw: Any = json.loads(text)
        self.domain_of: dict[str, str] = {n["key"]: d["key"] for d in raw["domains"] for n in d["needs"]}
        self.needs: list[str] = list(self.domain_of)
        self.domains: list[str] = list(dict.fromkeys(self.domain_of.values()))
        weights = {d["key"]: int(d["weight_percent"]) for d in raw["domains"]}
        self.weight = {need: weights[domain] for need, domain in self.domain_of.items()}
        self.tags: dict[str, dict[str, int]] = {t["key"]: t["needs"] for t in raw["tags"]}

    def tenths(self, levels: Mapping[str, int]) -> int:
        """Score in tenths of a point."""
        return sum(level * self.weight[need] for need, level in levels.items())


# Shares of levels 0 to 4 for a child of middling need, as cuts on a standard normal scale.
_CUTS = (-0.08, 0.36, 0.93, 1.72)
_BAND = (-1.4, -0.5, -0.08, 0.04, 0.12, 0.42)
_KIND: dict[Living, float] = {
    Living.PRIVATE_HOME: 0.78,
    Living.IN_HOUSE_HOME: 0.42,
    Living.SCHOOL: 0.1,
    Living.SECURE: 0.9,
    Living.IFA: 0.12,
    Living.SEMI: 0.05,
    Living.IN_HOUSE: -0.08,
    Living.APPROVED_KIN: -0.15,
    Living.TEMPORARY_KIN: -0.1,
}
_OUT_OF_AREA = 0.08
# Where a need is likelier: (ages, extra) and (sex, extra), from the report's findings.
_BY_AGE: dict[str, tuple[int, int, float]] = {
    "identity_self_esteem": (0, 9, 0.45),
    "drugs_alcohol": (8, 17, 0.75),
    "sexual_behaviour": (8, 17, 0.55),
    "learning_disability": (7, 16, 0.45),
    "independence": (14, 17, 0.6),
    "offending": (12, 17, 0.5),
    "exploitation": (11, 17, 0.5),
    "self_harm": (11, 17, 0.4),
}
_BY_SEX: dict[str, dict[str, float]] = {
    "F": {"emotional_health": 0.4, "physical_health": 0.8, "managing_emotions": 0.3, "self_harm": 0.25},
    "M": {"education": 0.2, "learning_disability": 0.25, "social_activity": 0.25, "offending": 0.2},
}
_COMMON = {"emotional_health": 0.55, "life_story": 0.5, "managing_emotions": 0.55, "carer_relationships": 0.2}
_RARE = {
    "drugs_alcohol": -0.85, "sexual_behaviour": -0.8, "offending": -0.75, "disability_care": -0.75, "self_harm": -0.45,
    "exploitation": -0.5, "going_missing": -0.35, "learning_disability": -0.35,
}  # fmt: skip


def set_latent(rng: random.Random, children: list[Child], zone_of: dict[Child, int]) -> None:
    """How great each child's needs are altogether, on a standard scale; brothers and sisters are alike."""
    shared: dict[int, float] = {}
    homes = (Living.PRIVATE_HOME, Living.IN_HOUSE_HOME)
    boys = shuffled(rng, [c for c in children if c.living in homes and c.sex == "M"])
    could_step_down = {id(c) for c in boys[: round(0.45 * len(boys))]}
    for child in children:
        own = rng.gauss(0, 0.42)
        if child.family:
            own = 0.6 * own + shared.setdefault(child.family, rng.gauss(0, 0.28))
        kind = _KIND.get(child.living or Living.IN_HOUSE, 0.0)
        out = _OUT_OF_AREA if zone_of[child] else 0.0
        if id(child) in could_step_down:
            # About 45 per cent of boys in homes could live with the right foster carer.
            kind, own = kind * 0.55, min(own, 0.1)
        child.latent = _BAND[child.band] + kind + out + own - (0.15 if child.uasc else 0)


def set_levels(rng: random.Random, framework: Framework, children: list[Child]) -> None:
    """A level of every need for every child; what has been assessed is decided later."""
    for child in children:
        calm = child.latent < 0.55 and rng.random() < 0.8
        for need in framework.needs:
            shift = _COMMON.get(need, 0.0) + _RARE.get(need, 0.0) + _BY_SEX[child.sex].get(need, 0.0)
            low, high, extra = _BY_AGE.get(need, (0, 17, 0.0))
            shift += extra if low <= child.age <= high else -0.3 * bool(extra)
            if child.uasc:
                shift += {"culture_faith_language": 1.2, "education": 0.3}.get(need, 0.0)
            if child.disabled and need in ("disability_care", "physical_health", "learning_disability"):
                shift += 1.5
            value = child.latent + shift + rng.gauss(0, 0.9)
            level = sum(value > cut for cut in _CUTS)
            # Acute needs are found together, in few children.
            child.levels[need] = min(level, 3) if calm else level


def choose_assessed(rng: random.Random, children: list[Child]) -> tuple[list[Child], list[Child]]:
    """Who has a full assessment, by age band, and who a partial one; homes and new placements were done first."""
    weights = {Living.PRIVATE_HOME: 6.0, Living.IN_HOUSE_HOME: 5.0, Living.IFA: 1.6, Living.SCHOOL: 2.0}
    never = (Living.SECURE, Living.PARENT_CHILD, Living.PARENTS)
    full: list[Child] = []
    for band, count in enumerate(fig.FULL_ASSESSMENTS):
        some = [c for c in children if c.band == band and c.living not in never]
        full += weighted_order(rng, some, lambda c: weights.get(c.living or Living.IN_HOUSE, 1.0))[:count]
    chosen = {id(c) for c in full}
    rest = shuffled(rng, [c for c in children if id(c) not in chosen])
    return full, rest[: len(rest) * 38 // 100]


def tune(rng: random.Random, framework: Framework, full: list[Child]) -> None:
    """Move single levels by one until the mean score of boys and of girls is the published one to the point."""
    for sex, mean in fig.MEAN_SCORE.items():
        some = [child for child in full if child.sex == sex]
        target = mean * 10 * len(some)
        gap = target - sum(framework.tenths(child.levels) for child in some)
        while abs(gap) > 5 * len(some):
            child, need = rng.choice(some), rng.choice(framework.needs)
            step = 1 if gap > 0 else -1
            level = child.levels[need]
            if 1 <= level <= 3 and 1 <= level + step <= 3:
                child.levels[need] = level + step
                gap -= step * framework.weight[need]


def rows(rng: random.Random, framework: Framework, full: list[Child], partial: list[Child]) -> list[dict[str, str]]:
    """The needs sheet: full assessments by need; partial ones by some needs, some domains or tags."""
    found = [_row(rng, child, {f"need_{need}": str(child.levels[need]) for need in framework.needs}) for child in full]
    for child in partial:
        style = rng.random()
        if style < 0.55:
            known = rng.sample(framework.needs, rng.randint(6, 19))
            cells = {f"need_{need}": str(child.levels[need]) for need in known}
        elif style < 0.8:
            cells = _by_domain(framework, child, rng.sample(framework.domains, rng.randint(4, 10)))
        else:
            cells = {"tags": ";".join(fitting_tags(framework, child.levels) or ["therapeutic"])}
        found.append(_row(rng, child, cells))
    return sorted(found, key=lambda row: row["child_id"])


def _by_domain(framework: Framework, child: Child, domains: list[str]) -> dict[str, str]:
    return {
        f"domain_{domain}": str(max(child.levels[n] for n in framework.needs if framework.domain_of[n] == domain))
        for domain in domains
    }


def fitting_tags(framework: Framework, levels: Mapping[str, int]) -> list[str]:
    """The tags whose levels a child reaches, at most three."""
    fits = [tag for tag, needs in framework.tags.items() if all(levels[n] >= level for n, level in needs.items())]
    return fits[:3]


_STRENGTHS = (
    "Loves football", "Makes friends quickly", "Kind to younger children", "Draws and paints well", "Good with animals",
    "Determined; attends college every day", "Funny and curious", "Keen cook", "Plays guitar", "Enjoys being outdoors",
    "Close to brothers and sisters", "Reads a lot", "Swims for a club",
)  # fmt: skip


def _row(rng: random.Random, child: Child, cells: dict[str, str]) -> dict[str, str]:
    since = max(child.entered + days(4), fig.YEAR_START - days(60))
    assessed = day_between(rng, min(since, fig.AS_AT), fig.AS_AT)
    about = {
        "child_id": child.id,
        "assessed_on": day(assessed),
        "assessor": rng.choice(("social worker", "placement service", "reviewing officer")),
        "confidence": rng.choices(("low", "medium", "high"), (15, 50, 35))[0],
        "strengths": rng.choice(_STRENGTHS) if rng.random() < 0.5 else "",
    }
    return about | cells
