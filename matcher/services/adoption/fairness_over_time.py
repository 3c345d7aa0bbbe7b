"""Whether groups wait longer where heritage, language and faith count in links, week by week under the same chance."""

from dataclasses import replace

import numpy as np

from matcher.services.adoption.acceptance import AcceptanceModel
from matcher.services.adoption.simulation import days_waited, interval_of, live
from matcher.services.adoption.simulation_pool import Types, draw, types_of
from matcher.services.adoption.simulation_results import SimulationSettings, Strategy
from matcher.services.figures_children import ETHNIC_LABELS
from matcher.services.intervals import Interval
from models.adoption_policy import AdoptionPolicy
from models.case import Case
from models.record import Record
from models.ssda903.derive import EthnicGroup, ethnic_group


class GroupWaits(Record):
    """Days waited by one ethnic group's children, where the factors count and where they count nothing.

    Attributes:
        group: SSDA903's groups; of brothers and sisters the first child's.
        label: In words.
        replications: Those in which a child of the group joined.
        days_with: Mean days from joining to the match, or so far, as the policy says.
        days_without: The same with nothing for heritage, language and faith.
        longer_by: The mean of the paired differences: above 0, the group waits longer for the factors.
        interval: Its 95% interval (Student's); None with fewer than two replications.
    """

    group: EthnicGroup
    label: str
    replications: int
    days_with: float
    days_without: float
    longer_by: float
    interval: Interval | None


def waits_with_and_without(
    case: Case,
    settings: SimulationSettings | None = None,
    *,
    policy: AdoptionPolicy | None = None,
    model: AcceptanceModel | None = None,
) -> tuple[GroupWaits, ...]:
    """Link the whole pool week by week with and without the factors, and compare each ethnic group's waits.

    Raises:
        NothingToSimulateError: the pool has no children, or no families.
    """
    settings = settings or SimulationSettings()
    types = types_of(case, policy, model)
    bare = replace(types, identity=np.zeros_like(types.identity))
    group_of = _groups(case, types)
    waits: dict[EthnicGroup, list[tuple[float, float]]] = {}
    for replication in range(settings.replications):
        chance = draw(types, settings, replication)
        days = [days_waited(chance, settings, live(each, chance, settings, Strategy.LINKING)) for each in (types, bare)]
        joined = chance.unit_joins >= 0
        for group in EthnicGroup:
            of = joined & (group_of[chance.unit] == list(EthnicGroup).index(group))
            if of.any():
                given, without = (float(np.average(d[of], weights=types.sizes[chance.unit[of]])) for d in days)
                waits.setdefault(group, []).append((given, without))
    return tuple(_told(group, waits[group]) for group in EthnicGroup if group in waits)


def _groups(case: Case, types: Types) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    codes = [case.adoption.child[unit[0]].ethnicity for unit in types.units]
    groups = [ethnic_group(code) if code else EthnicGroup.NOT_KNOWN for code in codes]
    return np.array([list(EthnicGroup).index(group) for group in groups], np.int64)


def _told(group: EthnicGroup, waits: list[tuple[float, float]]) -> GroupWaits:
    given, without = np.array(waits).T
    return GroupWaits(
        group=group,
        label=ETHNIC_LABELS[group],
        replications=len(waits),
        days_with=float(given.mean()),
        days_without=float(without.mean()),
        longer_by=float((given - without).mean()),
        interval=interval_of(given - without) if len(waits) > 1 else None,
    )
