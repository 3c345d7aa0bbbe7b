"""Whom a simulation draws from: everybody on record as if they joined anew, and one replication's chance."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.services.adoption.acceptance import AcceptanceModel, likelihood
from matcher.services.adoption.family_as_home import fee_pence
from matcher.services.adoption.linking import unit_sizes
from matcher.services.adoption.pool_case import pool_case
from matcher.services.adoption.screening import IDENTITY_PRICES, Screened, screen
from matcher.services.adoption.simulation_results import SimulationSettings
from models.adoption import Agency, AgencyTier, Family, FamilyDates, PlanChild, PlanDates
from models.adoption_policy import AdoptionPolicy
from models.case import Case

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_YEAR = dt.timedelta(days=365)


class NothingToSimulateError(ValueError):
    """There are no children, or no families, to draw from."""


@dataclass(frozen=True, eq=False)
class Types:
    """Everybody who can join: rows are children or groups placed together, columns families.

    Attributes:
        units: The children of each row.
        plain: int64 (units, families), pence-equivalent a week without heritage, language and faith.
        identity: int64 (units, families), what those three add on the day a child joins.
        stretch: float64 (units, families), levels beyond what the family said yes to, of all the children.
        eligible: bool (units, families).
        chance: float64 (units, families), of a yes.
        fee: int64 (units, families), pence once, by the child's agency to the family's where they are two.
        sizes: int64 (units,), children.
        reach: int64 (units, families), 0 for a family of the child's own agency, 1 of the council's or a partner's
            where the child's is one of those too, 2 of any other.
        fades_over_days: Days of waiting over which ``identity`` fades to nothing; 0 is never.
        waits_now: int64, days that each unit waiting today has waited.
        families_now: Families waiting today.
        units_a_week: Units that joined in the year before, a week.
        families_a_week: Families approved in the year before, a week.
    """

    units: tuple[tuple[str, ...], ...]
    plain: Ints
    identity: Ints
    stretch: Floats
    eligible: Bools
    chance: Floats
    fee: Ints
    sizes: Ints
    reach: Ints
    fades_over_days: int
    waits_now: Ints
    families_now: int
    units_a_week: float
    families_a_week: float


@dataclass(frozen=True, eq=False)
class Chance:
    """One replication: who joins and leaves when, and what every family would answer; the same for every strategy.

    Weeks count from the first; those who wait at its start joined before. Both are in the order in which they joined.

    Attributes:
        unit: int64 (n,), rows of :class:`Types`.
        unit_joins: int64 (n,), week.
        unit_leaves: int64 (n,), week in which the plan would change.
        family: int64 (m,), columns.
        family_joins: int64 (m,), week.
        family_leaves: int64 (m,), week.
        answers: float64 (n, m), uniform from 0 to 1: a yes where below the chance of one.
    """

    unit: Ints
    unit_joins: Ints
    unit_leaves: Ints
    family: Ints
    family_joins: Ints
    family_leaves: Ints
    answers: Floats


def without_identity(policy: AdoptionPolicy) -> AdoptionPolicy:
    """The same prices with nothing for heritage, language and faith."""
    return policy.model_copy(update=dict.fromkeys(IDENTITY_PRICES, 0))


def types_of(case: Case, policy: AdoptionPolicy | None = None, model: AcceptanceModel | None = None) -> Types:
    """Screen everybody on record, as if all waited on the case's day and had just joined.

    Children adopted by their foster carers are left out, for nobody looks for a family for them. A child joins at the
    age of the decision, with authority to place.

    Raises:
        NothingToSimulateError: nobody to draw from.
    """
    policy = policy or case.adoption_policy
    anew = _anew(case)
    full = screen(pool_case(anew, policy))
    if not full.cost.size:
        raise NothingToSimulateError("The pool has no children with a plan, or no approved families, to draw from.")
    plain = screen(pool_case(anew, without_identity(policy))).cost
    now, people = pool_case(case, policy), case.adoption
    decided = {
        child: people.child[child].dates.decided_on for pool in (full.pool, now) for u in pool.units for child in u
    }
    level = max(1, policy.unmet_need_per_tenth * full.pool.scored.framework.points_per_level * 10)
    return Types(
        units=full.pool.units,
        plain=plain,
        identity=full.cost - plain,
        stretch=full.stretch / level,
        eligible=full.eligible,
        chance=likelihood(full, model),
        fee=_fees(full),
        sizes=unit_sizes(full),
        reach=_reach(full),
        fades_over_days=policy.identity_fades_over_days,
        waits_now=np.array([(case.as_at - min(decided[c] for c in unit)).days for unit in now.units], np.int64),
        families_now=len(now.families),
        units_a_week=_a_week((min(decided[child] for child in unit) for unit in full.pool.units), case.as_at),
        families_a_week=_a_week((people.family[f.id].dates.approved_on for f in full.pool.families), case.as_at),
    )


def _agencies(screened: Screened) -> tuple[list[Agency], list[Agency]]:
    """The agency of each unit's first child, and of each family."""
    pool, people = screened.pool, screened.pool.pool
    return (
        [people.agency[people.child[unit[0]].agency_id] for unit in pool.units],
        [people.agency[family.agency_id] for family in pool.families],
    )


def _fees(screened: Screened) -> Ints:
    children, families = _agencies(screened)
    policy, sizes = screened.pool.policy, unit_sizes(screened).tolist()
    # Seen from another agency, ours is another authority.
    paid = [a.model_copy(update={"tier": AgencyTier.AUTHORITY}) if a.tier is AgencyTier.OWN else a for a in families]
    price = {(a.tier, size): fee_pence(a, size, policy) for a in paid for size in set(sizes)}
    fees = [
        [0 if payer.id == agency.id else price[agency.tier, size] for agency in paid]
        for payer, size in zip(children, sizes, strict=True)
    ]
    return np.array(fees, np.int64)


def _reach(screened: Screened) -> Ints:
    children, families = _agencies(screened)
    return np.array([[_far(child, family) for family in families] for child in children], np.int64)


def _far(child: Agency, family: Agency) -> int:
    if child.id == family.id:
        return 0
    return 1 if {child.tier, family.tier} <= {AgencyTier.OWN, AgencyTier.PARTNER} else 2


def draw(types: Types, settings: SimulationSettings, replication: int) -> Chance:
    """One replication's chance, from the seed and its number."""
    rng = np.random.default_rng([settings.seed, replication])
    waits = types.waits_now // 7 if types.waits_now.size else np.zeros(0, np.int64)
    unit_joins = _joins(-rng.permutation(waits), types.units_a_week, settings.weeks, rng)
    waiting = -rng.integers(0, 27, types.families_now)
    family_joins = _joins(waiting, types.families_a_week, settings.weeks, rng)
    return Chance(
        unit=rng.integers(0, len(types.sizes), unit_joins.size),
        unit_joins=unit_joins,
        unit_leaves=_leaves(unit_joins, settings.plans_changed_percent_a_year, rng),
        family=rng.integers(0, types.plain.shape[1], family_joins.size),
        family_joins=family_joins,
        family_leaves=_leaves(family_joins, settings.families_leave_percent_a_year, rng),
        answers=rng.random((unit_joins.size, family_joins.size)),
    )


def _anew(case: Case) -> Case:
    """The case with everybody waiting from its day on."""
    day, pool = case.as_at, case.adoption
    return case.model_copy(
        update={
            "adoption": pool.model_copy(
                update={
                    "children": tuple(_child_anew(child, day) for child in pool.children),
                    "families": tuple(_family_anew(family, day) for family in pool.families),
                    "links": (),
                }
            )
        }
    )


def _child_anew(child: PlanChild, day: dt.date) -> PlanChild:
    by_carer = child.carer_family_id is not None or child.dates.with_carer_since is not None
    dates = PlanDates(decided_on=day, placement_order_on=day, matched_on=day if by_carer else None)
    aged = child.born + (day - min(child.dates.decided_on, day))
    return child.model_copy(update={"dates": dates, "born": aged, "carer_family_id": None, "family_id": None})


def _family_anew(family: Family, day: dt.date) -> Family:
    approved = family.dates.approved_on
    dates = FamilyDates(approved_on=day) if approved and approved <= day else FamilyDates()
    return family.model_copy(update={"dates": dates})


def _a_week(joined: Iterable[dt.date | None], day: dt.date) -> float:
    return sum(day - _YEAR < each <= day for each in joined if each) / 52


def _joins(before: Ints, a_week: float, weeks: int, rng: np.random.Generator) -> Ints:
    anew = np.repeat(np.arange(weeks), rng.poisson(a_week, weeks))
    return np.concatenate([np.sort(before), anew]).astype(np.int64)


def _leaves(joins: Ints, percent_a_year: int, rng: np.random.Generator) -> Ints:
    """Weeks of leaving, at a steady rate from the later of joining and the first week."""
    rate = -np.log1p(-min(percent_a_year, 99) / 100) / 52
    stays = rng.exponential(1.0, joins.size) / rate if rate else np.full(joins.size, 1e9)
    return np.maximum(joins, 0) + 1 + stays.astype(np.int64)
