"""What a council might do instead: rules of thumb that look at counts and prices, each within the same budget.

They stand beside the plan so that it can be seen to be worth its trouble, and they get the same weeks.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.services.opening.menu_options import Option
from models.case import Case
from models.menu import RecruitCarers
from solvers.opening_problem import OpeningProblem

Ints = npt.NDArray[np.int64]
_TEENAGER = 13


@dataclass(frozen=True)
class RuleOfThumb:
    """A rule of thumb: its name, what it says, and the options in the order that it would take them."""

    name: str
    says: str
    order: tuple[int, ...]


def rules_of_thumb(options: Sequence[Option], weeks: Iterable[Case]) -> tuple[RuleOfThumb, ...]:
    """The three that the field knows best, over the weeks that the plan is chosen by.

    Args:
        options: What could be opened or changed.
        weeks: The cases of weeks as they may come: the first rule counts their children.
    """
    looking = _districts_looking(weeks)
    new = [number for number, option in enumerate(options) if option.homes]
    return (
        RuleOfThumb(
            "Where most need a home",
            "Open in the district where most children look for a home, then in the next",
            _ordered(new, lambda o: (-looking[_district(options[o])], _price(options[o]))),
        ),
        RuleOfThumb(
            "What is cheapest",
            "Open what costs least a year for each place, until the money is spent",
            _ordered(new, lambda o: (_price(options[o]),)),
        ),
        RuleOfThumb(
            "Teenage carers everywhere",
            "Recruit carers who take teenagers, one in each district in turn",
            _ordered(
                [number for number in new if _takes_teenagers(options[number])],
                lambda o: (options[o].copy, _price(options[o])),
            ),
        ),
    )


def follow(rule: RuleOfThumb, problem: OpeningProblem) -> Ints:
    """The options that a rule takes: each in its order that the budget and the limits still allow."""
    taken = np.zeros(problem.options, dtype=np.int64)
    for option in rule.order:
        taken[option] = 1
        if not problem.lawful(taken):
            taken[option] = 0
    return taken


def _ordered(numbers: Iterable[int], key: Callable[[int], tuple[float, ...]]) -> tuple[int, ...]:
    return tuple(sorted(numbers, key=lambda number: (*key(number), number)))


def _price(option: Option) -> float:
    """Pence a year for each place."""
    return option.yearly_pence / max(1, sum(home.terms.places for home in option.homes))


def _district(option: Option) -> str | None:
    return option.homes[0].location.district


def _takes_teenagers(option: Option) -> bool:
    return isinstance(option.item, RecruitCarers) and option.homes[0].terms.age_to > _TEENAGER


def _districts_looking(weeks: Iterable[Case]) -> Counter[str | None]:
    """Children who look for a home, by the district of their family home."""
    found: Counter[str | None] = Counter()
    for week in weeks:
        for referral in week.referrals:
            home = week.child[referral.child_id].home
            found[home.district if home else None] += 1
    return found
