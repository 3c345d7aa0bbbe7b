"""What matters about where each child lives, and the addresses that matter to them."""

import datetime as dt
import random

from . import figures as fig
from .draw import days, pick, shuffled
from .episodes import day
from .figures import Living
from .homes import Home
from .people import Child
from .places import Postcodes

Row = dict[str, str]
_RISKS = ("violence", "sexual_harm", "exploitation", "fire", "bullying")
_WORDS = (
    "I want to stay at my school.",
    "I would like to see my nan more.",
    "I want to live with my brother.",
    "I don't want to move again.",
    "Somewhere with a garden.",
    "I want my own room.",
)


def set_disabled(rng: random.Random, children: list[Child], home_of: dict[Child, Home]) -> None:
    """Disabled children: exactly those of the disability service among agency carers and schools, some elsewhere."""
    for living, count in fig.DISABILITY_CHILDREN.items():
        alone = [c for c in children if c.living is living and not c.uasc and len(home_of[c].children) == 1]
        for child in shuffled(rng, alone)[:count]:
            child.disabled = True
    for child in children:
        if child.living not in (*fig.DISABILITY_CHILDREN, Living.SEMI, Living.ADOPTION) and not child.uasc:
            child.disabled = rng.random() < 0.06


def rows(rng: random.Random, children: list[Child], home_of: dict[Child, Home]) -> list[Row]:
    """The children sheet: consistent with where each lives, blank where nobody has asked."""
    return [_row(rng, child, home_of[child]) for child in children]


def _row(rng: random.Random, child: Child, home: Home) -> Row:
    row = {"child_id": child.id, "religion": child.religion}
    if child.uasc or ";" in child.language:
        row["languages"] = child.language
    elif rng.random() < 0.6:
        row["languages"] = "English"
    known = child.living in fig.DISABILITY_CHILDREN or rng.random() < 0.9
    row["disabled"] = "Y" if child.disabled else "N" if known else ""
    if child.age >= 4:
        plan = child.disabled or child.levels["learning_disability"] >= 3 or child.living is Living.SCHOOL
        row["ehcp"] = "Y" if plan else "N" if rng.random() < 0.8 else ""
    if child.disabled and "step_free" in home.details.get("access", "") and rng.random() < 0.4:
        row["access"] = "step_free"
    row |= _household(rng, child, home) | _living_with(rng, child, home) | _wishes(rng, child)
    if child.living is Living.SECURE:
        row["secure_order_until"] = day(fig.AS_AT + days(rng.randint(25, 85)))
    return row


def _household(rng: random.Random, child: Child, home: Home) -> Row:
    """Animals and smoke: nothing that the present home would break."""
    row: Row = {}
    animals = home.details.get("pets", "")
    free = [a for a in ("cat", "dog") if animals and a not in animals]
    if free and rng.random() < 0.04:
        row["allergies"] = rng.choice(free)
    if animals and rng.random() < 0.5:
        row["pets"] = "no" if animals == "none" and rng.random() < 0.12 else "can"
    if child.age < 5 or (home.details.get("smoking") == "N" and rng.random() < 0.08):
        row["smoke_free"] = "Y"
    return row


def _living_with(rng: random.Random, child: Child, home: Home) -> Row:
    """Whom the child can live beside: strict answers only for children who live with no other."""
    row: Row = {}
    alone = len(home.children) == 1 and not home.residents
    if alone and child.age > 7 and child.latent > 0.5:
        row["solo"] = (
            "required" if rng.random() < 0.3 and home.places == 1 else pick(rng, {"preferred": 1, "not_needed": 2})
        )
    elif rng.random() < 0.5:
        row["solo"] = "not_needed"
    if alone and rng.random() < 0.06:
        row["alongside"] = rng.choice(("only_older", "only_younger"))
    elif rng.random() < 0.45:
        row["alongside"] = "any"
    if alone and child.age > 9 and child.latent > 0.6 and rng.random() < 0.35:
        row["risks_to_others"] = rng.choice(_RISKS)
    elif child.age > 5 and rng.random() < 0.06:
        row["risks_from_others"] = rng.choice(_RISKS)
    return row


def _wishes(rng: random.Random, child: Child) -> Row:
    row: Row = {}
    if child.age >= 7 and rng.random() < 0.12:
        row["wishes_words"] = rng.choice(_WORDS)
        if rng.random() < 0.5 and child.living in (Living.IN_HOUSE, Living.IFA, Living.PRIVATE_HOME):
            row["wishes_kinds"] = "foster"
    return row


class Schools:
    """A dozen school addresses in each district."""

    def __init__(self, postcodes: Postcodes) -> None:
        self._postcodes = postcodes
        self._known: dict[str, list[str]] = {}

    def near(self, rng: random.Random, district: str) -> str:
        """One of the district's schools."""
        if district not in self._known:
            self._known[district] = [self._postcodes.take(district) for _ in range(12)]
        return rng.choice(self._known[district])


def locations(rng: random.Random, children: list[Child], home_of: dict[Child, Home], postcodes: Postcodes) -> list[Row]:
    """School, family time and places to avoid."""
    schools = Schools(postcodes)
    found: list[Row] = []
    for child in children:
        home = home_of[child]
        if 5 <= child.age <= 16 and rng.random() < 0.82:
            # After half a year at some distance most have changed school.
            moved = home.zone > 0 and child.moved_in < dt.date(2017, 9, 1)
            district = home.district if moved or not child.home_district else child.home_district
            found.append({"child_id": child.id, "purpose": "school", "postcode": schools.near(rng, district)})
        if child.home_post and child.living is not Living.ADOPTION and rng.random() < 0.6:
            visits = str(rng.choices((1, 2, 3), (76, 18, 6))[0])
            where = child.home_post if rng.random() < 0.6 else postcodes.take(child.home_district)
            found.append({"child_id": child.id, "purpose": "family_time", "postcode": where, "visits_a_week": visits})
        if home.zone == 2 and child.home_post and child.age > 9 and rng.random() < 0.45:
            found.append({"child_id": child.id, "purpose": "avoid", "postcode": child.home_post, "within_miles": "5"})
    return found
