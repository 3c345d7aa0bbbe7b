"""What came of asking: places held for a child, and refusals."""

from . import figures as fig
from .draw import days, pick, shuffled
from .episodes import day
from .homes import Home
from .referrals import Desk

Row = dict[str, str]
_OFFERS = {"new_to_care": 2, "uasc_arrival": 2, "placement_ending": 3}
_AGREED = (1, 4)
"""Which of the offers, in order, are agreed."""
_REASONS = {
    "cannot_meet_needs": 30.0,
    "matching_with_residents": 24.0,
    "no_longer_available": 16.0,
    "distance": 10.0,
    "no_answer": 10.0,
    "price": 4.0,
    "child_or_family_declined": 6.0,
}


def answer(desk: Desk, homes: list[Home]) -> None:
    """Up to seven offers, two of them agreed, and the refusals that a week of asking brings."""
    siblings = {row["child_id"] for row in desk.week.siblings}
    special = ("solo", "features", "access", "allergies", "risks_to_others", "risks_from_others")
    plain = [r for r in desk.week.referrals if r["child_id"] not in siblings and not any(r.get(k) for k in special)]
    held: set[str] = set()
    for reason, count in _OFFERS.items():
        for row in [r for r in plain if r["reason"] == reason and "foster" in _kinds(r)][:count]:
            home = _vacancy(desk, homes, row, held)
            if home is None:
                continue
            held.add(home.id)
            desk.week.offers.append(
                {
                    "home_id": home.id,
                    "child_id": row["child_id"],
                    "offered_on": day(fig.AS_AT - days(desk.rng.randint(0, 3))),
                    "held_until": day(fig.AS_AT + days(desk.rng.randint(3, 9))),
                    "agreed": "Y" if len(desk.week.offers) in _AGREED else "N",
                }
            )
    _refusals(desk, homes, held)


def _kinds(row: Row) -> list[str]:
    return [row["preferred_kinds"], *row["suitable_kinds"].split(";")]


def _vacancy(desk: Desk, homes: list[Home], row: Row, held: set[str]) -> Home | None:
    """A fostering household with nobody in it and nothing in its terms against the child."""
    age = desk.ages[row["child_id"]]
    unusual = ("available_from", "closes_on", "suspended", "sexes", "maximum_age_gap")
    for home in shuffled(desk.rng, homes):
        details = home.details
        empty = home.named and home.open_places > 0 and not home.children and not home.residents
        suits = int(details["age_from"]) <= age <= int(details["age_to"]) and details.get("smoking") == "N"
        skilled = details["training"] in ("enhanced", "specialist") and details.get("pets") == "none"
        plain = not any(details.get(column) for column in unusual) and home.id not in held
        if home.kind == "foster" and empty and suits and skilled and plain:
            return home
    return None


def _refusals(desk: Desk, homes: list[Home], held: set[str]) -> None:
    asked = [home for home in homes if home.open_places > 0 and home.id not in held and home.sector != "in_house"]
    for row in desk.week.referrals:
        fits = [home for home in asked if home.kind in _kinds(row)]
        for home in shuffled(desk.rng, fits)[: desk.rng.choices((0, 1, 2, 4), (45, 25, 20, 10))[0]]:
            desk.week.refusals.append(
                {
                    "home_id": home.id,
                    "child_id": row["child_id"],
                    "refused_on": day(fig.AS_AT - days(desk.rng.randint(0, 4))),
                    "reason": pick(desk.rng, _REASONS),
                }
            )
