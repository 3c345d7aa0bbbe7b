"""Which two children may not live in the same home: looked for in a plan, and looked for again by its checker."""

import datetime as dt

from models.child import Child
from models.home import Home
from models.vocabulary import Alongside, Solo


def why_not_together(first: Child, second: Child, home: Home, day: dt.date, *, siblings: bool) -> str | None:
    """Why two children may not share a home, or None.

    The tests are those that ``docs/scoring.md`` makes of a child and those who already live in a home: SOLO,
    RESIDENTS and ALONGSIDE. Brothers and sisters planned to be together pass SOLO and ALONGSIDE.
    """
    for a, b in ((first, second), (second, first)):
        if a.circumstances.risks_to_others & b.circumstances.risks_from_others:
            return f"there is a live risk from {a.id} to {b.id}"
        if not siblings and a.circumstances.solo is Solo.REQUIRED:
            return f"{a.id} must be the only child in the home"
        if not siblings and _wrong_side(a, b, day):
            return f"{b.id} is not of the age that {a.id} can live alongside"
    gap = abs(first.age_on(day) - second.age_on(day))
    if not siblings and home.maximum_age_gap is not None and gap > home.maximum_age_gap:
        return f"{first.id} and {second.id} are {gap} years apart; the home's own limit is {home.maximum_age_gap}"
    return None


def _wrong_side(child: Child, other: Child, day: dt.date) -> bool:
    age, other_age = child.age_on(day), other.age_on(day)
    wish = child.circumstances.alongside
    return (wish is Alongside.ONLY_OLDER and other_age < age) or (wish is Alongside.ONLY_YOUNGER and other_age > age)
