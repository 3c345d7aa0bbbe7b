"""The profile of needs by the framework's domains and the Outcome Bees they belong to, for groups of children."""

from collections.abc import Mapping

import numpy as np

from matcher.scoring.levels import Levels, child_levels
from matcher.services.counts import AGE_BANDS
from matcher.services.stock import LIVING_LABELS, living, looked_after
from models.case import Case
from models.needs import NeedsFramework
from models.record import Record
from models.ssda903.ages import age_band

ALL = "All children"


class BeeScore(Record):
    """How great the needs of a group are in one domain, or in one Bee, which is its domains together.

    Attributes:
        assessed: ids of the children of the group for whom every need of it is known; only they count.
        mean_level: mean level over children and needs, 0 to the framework's top level; None without anybody.
        mean_points: mean points of the needs score that it gives, weights included; None without anybody.
    """

    key: str
    label: str
    assessed: tuple[str, ...]
    mean_level: float | None
    mean_points: float | None


class BeeProfile(Record):
    """One group's profile: ``characteristic`` divides the children, ``group`` is one part, ``children`` its ids."""

    characteristic: str
    group: str
    children: tuple[str, ...]
    bees: tuple[BeeScore, ...]
    domains: tuple[BeeScore, ...]


def bee_profiles(case: Case) -> tuple[BeeProfile, ...]:
    """Mean levels and points by Bee and domain of children looked after: all, by age band, by living arrangement.

    Unknown is not none: a child counts in a domain or a Bee only where every need of it is known, by need, domain or
    tag (``docs/scoring.md``), so ``assessed`` may differ between them; nothing assumed is counted. The framework is
    the case's own. Source: needs sheet; the six Bees are Hertfordshire's Outcome Bees (2018), each tied to two domains.
    """
    levels = child_levels(case)
    row_of = {child.id: row for row, child in enumerate(case.children)}
    return tuple(
        BeeProfile(
            characteristic=characteristic,
            group=group,
            children=tuple(ids),
            bees=_scores(case.framework, levels, ids, row_of, _needs_by_bee(case.framework)),
            domains=_scores(case.framework, levels, ids, row_of, _needs_by_domain(case.framework)),
        )
        for characteristic, groups in _groups(case).items()
        for group, ids in groups.items()
    )


def _groups(case: Case) -> dict[str, dict[str, list[str]]]:
    """Ids of the children of every group that somebody is in."""
    children = looked_after(case)
    ages: dict[str, list[str]] = {band: [] for band in AGE_BANDS}
    kinds: dict[str, list[str]] = {label: [] for label in LIVING_LABELS.values()}
    for child in children:
        ages[age_band(max(child.age_on(case.as_at), 0))].append(child.id)
        kinds[LIVING_LABELS[living(case.placement_of.get(child.id))]].append(child.id)
    everyone = {ALL: [child.id for child in children]}
    parts = {"Everyone": everyone, "Age": ages, "Living arrangement": kinds}
    return {name: {group: ids for group, ids in groups.items() if ids} for name, groups in parts.items()}


def _needs_by_domain(framework: NeedsFramework) -> dict[tuple[str, str], list[int]]:
    """Positions of the needs of each domain, by its key and label."""
    index = framework.need_index
    return {(d.key, d.label): [index[need.key] for need in d.needs] for d in framework.domains}


def _needs_by_bee(framework: NeedsFramework) -> dict[tuple[str, str], list[int]]:
    index = framework.need_index
    return {
        (bee.key, bee.label): [index[n.key] for d in framework.domains if d.bee == bee.key for n in d.needs]
        for bee in framework.bees
    }


def _scores(
    framework: NeedsFramework,
    levels: Levels,
    ids: list[str],
    row_of: Mapping[str, int],
    needs_of: Mapping[tuple[str, str], list[int]],
) -> tuple[BeeScore, ...]:
    """The score of each set of needs over the children for whom all of it is known; a Bee without needs has none."""
    tenths = np.array(framework.tenths_per_level, np.int64)
    rows = np.array([row_of[child] for child in ids], np.intp)
    found = []
    for (key, label), needs in needs_of.items():
        if not needs:
            continue
        whole = levels.known[rows][:, needs].all(1)
        said = levels.level[rows[whole]][:, needs].astype(np.int64)
        found.append(
            BeeScore(
                key=key,
                label=label,
                assessed=tuple(ids[position] for position in np.flatnonzero(whole)),
                mean_level=float(said.mean()) if said.size else None,
                mean_points=float((said @ tenths[needs]).mean()) / 10 if said.size else None,
            )
        )
    return tuple(found)
