"""Every child's and every home's level on every need, said or assumed; ``docs/scoring.md`` has the order."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from models.case import Case
from models.home import Home
from models.needs import NeedsFramework
from models.ssda903.ages import age_band

_UNKNOWN = -1


class Levels(NamedTuple):
    """Levels of some children or homes.

    Attributes:
        level: int8 (rows, needs), 0-4, every need filled in.
        known: bool (rows, needs), False where the level is the prior's: assumed, not said.
    """

    level: npt.NDArray[np.int8]
    known: npt.NDArray[np.bool_]


def child_levels(case: Case) -> Levels:
    """Levels of the case's children, in its order.

    What was assessed; else the prior: the mean over the case's own children of the same age band, or of all
    ages where fewer than ``minimum_assessed`` of the band have the need, rounded half up; else the fallback.
    """
    said = _said_of_children(case)
    known = said >= 0
    bands = _age_bands(case)
    level = np.where(known, said, _child_prior(said, bands, case.framework)[bands])
    return Levels(level.astype(np.int8), known)


def home_levels(homes: Sequence[Home], framework: NeedsFramework) -> Levels:
    """The highest level of each need that each home can meet, in the order given.

    What was recorded; else the higher of its tags and the prior of its kind and training. A tag that reaches
    the prior makes the level known.

    Raises:
        ValueError: the framework has no prior for a kind of home and its training.
    """
    prior = np.array([_home_prior(home, framework) for home in homes], np.int8).reshape(-1, 1)
    spans = _domain_spans(framework)
    stated = _stated([(home.skills.levels, home.skills.domain_levels) for home in homes], spans, framework)
    tagged = _tagged([home.skills.tags for home in homes], framework)
    level = np.where(stated >= 0, stated, np.maximum(tagged, prior))
    known = (stated >= 0) | ((tagged >= 0) & (tagged >= prior))
    return Levels(level.astype(np.int8), known)


def _said_of_children(case: Case) -> npt.NDArray[np.int8]:
    """Int8 (children, needs): assessed level, else its domain's, else the highest of the tags', else -1."""
    profiles = [child.profile for child in case.children]
    spans = _domain_spans(case.framework)
    stated = _stated([(p.levels, p.domain_levels) if p else ({}, {}) for p in profiles], spans, case.framework)
    tagged = _tagged([p.tags if p else () for p in profiles], case.framework)
    return np.where(stated >= 0, stated, tagged)


def _domain_spans(framework: NeedsFramework) -> dict[str, range]:
    """Positions of each domain's needs."""
    spans, start = {}, 0
    for domain in framework.domains:
        spans[domain.key] = range(start, start + len(domain.needs))
        start += len(domain.needs)
    return spans


def _stated(
    said: Sequence[tuple[Mapping[str, int], Mapping[str, int]]], spans: Mapping[str, range], framework: NeedsFramework
) -> npt.NDArray[np.int8]:
    """Int8 (rows, needs): the level given for a need, else its domain's, else -1. Keys of no need are passed over."""
    rows = np.full((len(said), len(framework.needs)), _UNKNOWN, np.int8)
    index = framework.need_index
    for row, (levels, domain_levels) in enumerate(said):
        for key, level in domain_levels.items():
            for need in spans.get(key, ()):
                rows[row, need] = level
        for key, level in levels.items():
            if key in index:
                rows[row, index[key]] = level
    return rows


def _tagged(tags: Sequence[tuple[str, ...]], framework: NeedsFramework) -> npt.NDArray[np.int8]:
    """Int8 (rows, needs): the highest level that the tags give, else -1. Tags not in the framework are passed over."""
    rows = np.full((len(tags), len(framework.needs)), _UNKNOWN, np.int8)
    index = framework.need_index
    for row, words in enumerate(tags):
        for word in words:
            for key, level in framework.tag_levels.get(word, {}).items():
                rows[row, index[key]] = max(rows[row, index[key]], level)
    return rows


def _age_bands(case: Case) -> npt.NDArray[np.intp]:
    """(children,) a number for each child's age band on the as-at date; a child not yet born is under 1."""
    labels = [age_band(max(child.age_on(case.as_at), 0)) for child in case.children]
    number = {label: position for position, label in enumerate(dict.fromkeys(labels))}
    return np.array([number[label] for label in labels], np.intp)


def _child_prior(
    said: npt.NDArray[np.int8], bands: npt.NDArray[np.intp], framework: NeedsFramework
) -> npt.NDArray[np.int64]:
    """Int64 (bands, needs): the level assumed for each band and need."""
    prior = framework.child_prior
    count = np.zeros((bands.max(initial=0) + 1, said.shape[1]), np.int64)
    total = np.zeros_like(count)
    np.add.at(count, bands, said >= 0)
    np.add.at(total, bands, np.maximum(said, 0))
    overall = np.where(count.sum(0) > 0, _mean(total.sum(0), count.sum(0)), prior.fallback_level)
    return np.where(count >= prior.minimum_assessed, _mean(total, count), overall)


def _mean(total: npt.NDArray[np.int64], count: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Whole mean, rounded half up; where the count is 0 the result means nothing."""
    return (2 * total + count) // np.maximum(2 * count, 1)


def _home_prior(home: Home, framework: NeedsFramework) -> int:
    try:
        return framework.home_prior.levels[home.kind][home.training]
    except KeyError:
        raise ValueError(
            f"the needs framework {framework.id} {framework.version} has no home_prior level for "
            f"{home.kind.value} homes with {home.training.value} training (home {home.id}): add one to the framework"
        ) from None
