"""Several authorities as one case, and as each of them sees it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from matcher.services.renamed import mark, renamed
from matcher.services.searches import Searches, operational
from models.case import Case
from models.home import Home
from models.policy import Policy
from models.vocabulary import Contract, HomeKind, Sector

_C = TypeVar("_C")
_T = TypeVar("_T")
_LABELS = ("name", "version")


class PoolError(ValueError):
    """Authorities that cannot be pooled; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Joined:
    """Several authorities as one, every id marked with whose it is; see :mod:`matcher.services.renamed`.

    Attributes:
        cases: The authorities, ids marked; positions below count from 0.
        searches: Who is looking for a home in each.
        whole: All of them as one case, its name, area and framework the first one's.
        owner_of_home: By column, the position of the authority whose places these are, because it runs the home, pays
            for its beds filled or empty, or knows the carer as a connected person. None: independent, open to all.
        listed_by: By column, the position of the authority on whose sheet the home is.
        closed: Columns of homes that are on another authority's sheet too, save on the sheet of who runs them: nobody
            can tell whose the places open there are, so no plan moves a child into one.
    """

    cases: tuple[Case, ...]
    searches: tuple[Searches, ...]
    whole: Case
    owner_of_home: tuple[int | None, ...]
    listed_by: tuple[int, ...]
    closed: tuple[int, ...]

    @property
    def all_searches(self) -> Searches:
        """Everybody who is looking for a home, one authority after the other."""
        return Searches(_all(self.searches, lambda searches: searches.referrals), ())

    def seen_by(self, position: int) -> Case:
        """The case by which one authority's children are judged.

        Its own area, framework and children's levels; everybody's homes, with those who will be living in them:
        another authority's children who are looking for a home have left.
        """
        own, marked, whole = self.cases[position], mark(position), self.whole
        leaving = frozenset(child for at, each in enumerate(self.searches) if at != position for child in each.children)
        return Case(
            name=own.name,
            authority=own.authority,
            as_at=whole.as_at,
            synthetic=own.synthetic,
            framework=own.framework,
            policy=whole.policy,
            # A level that nobody has said is the mean of the authority's own children, so others' are left out.
            children=tuple(
                child if child.id.startswith(marked) else child.model_copy(update={"profile": None})
                for child in whole.children
            ),
            homes=whole.homes,
            residents=whole.residents,
            placements=tuple(placement for placement in whole.placements if placement.child_id not in leaving),
            sibling_groups=whole.sibling_groups,
            referrals=whole.referrals,
            offers=whole.offers,
            refusals=whole.refusals,
        )


def join(cases: Sequence[Case]) -> Joined:
    """Put authorities side by side.

    Raises:
        PoolError: fewer than two, of different days, or with different policies: one pool weighs every child alike.
    """
    _check(cases)
    named = [renamed(case, position) for position, case in enumerate(cases)]
    whole = Case(
        name=named[0].name,
        authority=named[0].authority,
        as_at=named[0].as_at,
        synthetic=any(case.synthetic for case in named),
        framework=named[0].framework,
        policy=named[0].policy,
        children=_all(named, lambda case: case.children),
        homes=_all(named, lambda case: case.homes),
        residents=_all(named, lambda case: case.residents),
        placements=_all(named, lambda case: case.placements),
        sibling_groups=_all(named, lambda case: case.sibling_groups),
        referrals=_all(named, lambda case: case.referrals),
        offers=_all(named, lambda case: case.offers),
        refusals=_all(named, lambda case: case.refusals),
    )
    sheets = [(home, position) for position, case in enumerate(named) for home in case.homes]
    return Joined(
        cases=tuple(named),
        searches=tuple(map(operational, named)),
        whole=whole,
        owner_of_home=tuple(position if _own(home) else None for home, position in sheets),
        listed_by=tuple(position for _, position in sheets),
        closed=_closed(sheets),
    )


def _all(parts: Sequence[_C], pick: Callable[[_C], tuple[_T, ...]]) -> tuple[_T, ...]:
    return tuple(chain.from_iterable(map(pick, parts)))


def _check(cases: Sequence[Case]) -> None:
    if len(cases) < 2:
        raise PoolError("A pool needs two authorities or more.")
    first = cases[0]
    for case in cases[1:]:
        if case.as_at != first.as_at:
            raise PoolError(
                f"{first.name} is as at {first.as_at} and {case.name} as at {case.as_at}, but a pool is of one day. "
                "Give files of the same day; as_at in case.toml says which that is."
            )
        differing = [name for name in Policy.model_fields if name not in _LABELS]
        differing = [name for name in differing if getattr(first.policy, name) != getattr(case.policy, name)]
        if differing:
            name = differing[0]
            raise PoolError(
                f"{first.name} and {case.name} have different policies: {name} is {getattr(first.policy, name)} in one "
                f"and {getattr(case.policy, name)} in the other. A pool weighs every child by the same prices: agree "
                "on one policy.toml and put it into each folder."
            )


def _own(home: Home) -> bool:
    paid_for = home.contract in (Contract.OWN, Contract.BLOCK)
    return home.sector is Sector.IN_HOUSE or home.kind is HomeKind.CONNECTED or paid_for


def _closed(sheets: Sequence[tuple[Home, int]]) -> tuple[int, ...]:
    """Columns of homes that several authorities list, by registration number, kind and place, but for who runs them."""
    found: dict[object, list[int]] = defaultdict(list)
    for column, (home, _) in enumerate(sheets):
        if home.urn:
            found[home.urn, home.kind, home.location].append(column)
    twice = (columns for columns in found.values() if len({sheets[column][1] for column in columns}) > 1)
    return tuple(sorted(c for c in chain.from_iterable(twice) if sheets[c][0].sector is not Sector.IN_HOUSE))
