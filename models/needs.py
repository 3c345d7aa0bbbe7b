"""The needs framework (data a council can replace) and one person's or home's levels on it."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from typing import Annotated, Self

from pydantic import Field, model_validator

from models.record import Record
from models.vocabulary import CARE_KINDS, HomeKind, Training

MOST_NEEDS = 64
"""Needs in a framework at most, the questions to adopters beside them counted."""

Level = Annotated[int, Field(ge=0, le=4)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,60}$")]
"""A name that columns of files are made of, so it is in small letters, digits and underscores."""


class Need(Record):
    """One need: its key in files, its words, and whether a high level is a sign that a placement may break down."""

    key: Key
    label: str
    breakdown_flag: bool = False


class Domain(Record):
    """Needs that share a weight and belong to one Outcome Bee."""

    key: Key
    label: str
    bee: str
    weight_percent: int = Field(gt=0, le=1_000)
    needs: tuple[Need, ...] = Field(min_length=1)


class Bee(Record):
    """One of the six outcomes the domains are grouped under."""

    key: str
    label: str


class Band(Record):
    """A named range of scores, from ``from_points`` up to the next band."""

    key: str
    label: str
    from_points: int = Field(ge=0)


class Tag(Record):
    """A short word people use (``autism``) and the levels it stands for."""

    key: Key
    label: str
    needs: Mapping[str, Level]


class ChildPrior(Record):
    """How an unassessed need of a child is filled in; see ``note``."""

    minimum_assessed: int = Field(ge=1)
    fallback_level: Level
    note: str


class HomePrior(Record):
    """The level of need a home is taken to meet where nobody recorded it, by kind and training."""

    levels: Mapping[HomeKind, Mapping[Training, Level]]
    note: str


class NeedsFramework(Record):
    """A versioned needs framework: domains, levels, weights, bands, tags and priors.

    The score of a child is ``sum(level x points_per_level x weight)`` over the needs known, with the
    weight of a need its domain's ``weight_percent`` / 100. It is kept in *tenths of a point*, which is
    exact for whole percents: ``level x points_per_level x weight_percent / 10``. Levels run from 0 to
    ``top_level``, 4 at most.
    """

    id: str
    version: str
    title: str
    source: str
    top_level: Level
    points_per_level: int = Field(gt=0, le=1_000)
    levels: tuple[str, ...]
    high_level: Level
    flag_level: Level
    bees: tuple[Bee, ...]
    domains: tuple[Domain, ...]
    bands: tuple[Band, ...]
    child_prior: ChildPrior
    home_prior: HomePrior
    tags: tuple[Tag, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        self._check_keys()
        self._check_levels()
        if self.points_per_level % 10:
            raise ValueError("points_per_level must be a multiple of 10, so that scores are exact tenths")
        if [b.from_points for b in self.bands] != sorted({b.from_points for b in self.bands} | {0}):
            raise ValueError("bands must start at 0 and rise")
        return self

    def _check_keys(self) -> None:
        keys = [need.key for need in self.needs]
        for what, some in (
            ("needs", keys),
            ("domains", [domain.key for domain in self.domains]),
            ("tags", [tag.key for tag in self.tags]),
            ("bees", [bee.key for bee in self.bees]),
            ("bands", [band.key for band in self.bands]),
        ):
            if len(set(some)) != len(some):
                raise ValueError(f"two {what} share a key")
        if not 1 <= len(keys) <= MOST_NEEDS:
            raise ValueError(f"a framework has 1 to {MOST_NEEDS} needs")
        if clash := [key for key in keys if key == "tags" or key.startswith("domain_")]:
            raise ValueError(f"other columns of the homes sheet have the name of {clash[0]}: call the need otherwise")
        strays = {d.bee for d in self.domains} - {b.key for b in self.bees}
        strays |= {need for tag in self.tags for need in tag.needs} - set(keys)
        if strays:
            raise ValueError(f"not defined in the framework: {', '.join(sorted(strays))}")

    def _check_levels(self) -> None:
        top, held = self.top_level, self.home_prior.levels
        if len(self.levels) != top + 1:
            raise ValueError(f"levels must have a word for each of 0 to {top}, the top_level: {top + 1} of them")
        if lacking := [
            f"{k} homes with {t} training" for k in CARE_KINDS for t in Training if t not in held.get(k, {})
        ]:
            raise ValueError(f"home_prior gives no level for {'; '.join(lacking)}")
        used = {
            "high_level": self.high_level,
            "flag_level": self.flag_level,
            "child_prior": self.child_prior.fallback_level,
            **{f"tag {tag.key}": max(tag.needs.values(), default=0) for tag in self.tags},
            **{f"home_prior of {kind} homes": max(levels.values()) for kind, levels in held.items()},
        }
        if above := [f"{what} ({level})" for what, level in used.items() if level > top]:
            raise ValueError(f"above top_level {top}: {', '.join(above)}")

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """Every need, in the framework's order: the order of every array of levels."""
        return tuple(need for domain in self.domains for need in domain.needs)

    @cached_property
    def need_index(self) -> Mapping[str, int]:
        """Position of each need key in :attr:`needs`."""
        return {need.key: i for i, need in enumerate(self.needs)}

    @cached_property
    def tenths_per_level(self) -> tuple[int, ...]:
        """Tenths of a point that one level of each need is worth."""
        return tuple(
            self.points_per_level // 10 * domain.weight_percent for domain in self.domains for _ in domain.needs
        )

    @cached_property
    def tag_levels(self) -> Mapping[str, Mapping[str, int]]:
        """For each tag key, the levels it stands for."""
        return {tag.key: tag.needs for tag in self.tags}

    def band(self, tenths: int) -> Band:
        """The band a score in tenths of a point falls in."""
        return [b for b in self.bands if b.from_points * 10 <= tenths][-1]


class NeedsProfile(Record):
    """What one assessment says of a child: levels per need, per domain, tags, or nothing.

    A need that is not named is *unknown*, which is not 0. A level for a need wins over its domain's, which
    wins over a tag's.
    """

    child_id: str
    assessed_on: dt.date | None = None
    assessor: str | None = None
    confidence: str | None = None
    levels: Mapping[str, Level] = Field(default_factory=dict)
    domain_levels: Mapping[str, Level] = Field(default_factory=dict)
    tags: tuple[str, ...] = ()
    strengths: str | None = None


class Skills(Record):
    """The highest level of each need that a home can meet, said per need, per domain, by tags, or not at all."""

    levels: Mapping[str, Level] = Field(default_factory=dict)
    domain_levels: Mapping[str, Level] = Field(default_factory=dict)
    tags: tuple[str, ...] = ()


def default_framework() -> NeedsFramework:
    """Placewell's own framework, from the package's data."""
    text = files("placewell_data").joinpath("needs/framework.json").read_text(encoding="utf-8")
    return NeedsFramework.model_validate(json.loads(text))
