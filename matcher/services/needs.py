"""The needs report: every child's score, and how common each need is, by age, sex, living arrangement and area."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from matcher.scoring.levels import Levels, child_levels
from matcher.scoring.needs_score import NeedsScore, score_children
from matcher.services.counts import AGE_BANDS, mean, percent
from matcher.services.stock import LIVING_LABELS, Living, living, looked_after, placement_locality
from models.case import Case
from models.geography import Locality
from models.needs import NeedsFramework
from models.record import Record
from models.ssda903.ages import age_band
from models.vocabulary import Sex

_SEX_LABELS = {Sex.FEMALE: "Girls", Sex.MALE: "Boys", Sex.UNKNOWN: "Sex not known"}
_AREA_LABELS = {
    Locality.IN_AREA: "In the area",
    Locality.ADJOINING: "Out of area",
    Locality.AT_A_DISTANCE: "Out of area",
}
_AREA_NOT_KNOWN = "Area not known"
ALL = "All children"
SDQ_BANDS = ((0, "0-13 close to average"), (14, "14-16 borderline"), (17, "17-40 cause for concern"))
"""Bands of the total difficulties score as the SSDA903 guide and the national statistics use them."""


class ChildNeeds(Record):
    """One child's score beside the groups the child is counted in."""

    score: NeedsScore
    looked_after: bool
    age_band: str
    sex: str
    living: str
    area: str


class GroupScores(Record):
    """Scores of one group. Means are over the children fully assessed, in tenths; SDQ over those who have one.

    ``children`` = ``full`` + ``part`` + ``none``: assessed on every need, on some, on none.
    """

    characteristic: str
    group: str
    children: int
    full: int
    part: int
    none: int
    mean_score_tenths: int | None
    mean_needs_tenths: int | None
    mean_high_needs_tenths: int | None
    sdq_children: int
    mean_sdq_tenths: int | None


class Cell(Record):
    """How common a need is in a group: of ``known`` children, those with any level of it, and with a high level."""

    known: int
    any_level: int
    high: int
    any_percent: float | None
    high_percent: float | None


class NeedRow(Record):
    """One need across the groups of a table; ``cells`` follow the table's ``groups``."""

    key: str
    label: str
    domain: str
    breakdown_flag: bool
    cells: tuple[Cell, ...]


class Prevalence(Record):
    """How common every need is in the groups of one characteristic."""

    characteristic: str
    groups: tuple[str, ...]
    rows: tuple[NeedRow, ...]


class SdqBand(Record):
    """How many children's latest SDQ total falls in a band."""

    label: str
    children: int
    percent: float | None


class NeedsReport(Record):
    """Needs of a case's children. Tables count children looked after; ``children`` also holds those only referred.

    ``high_level`` is the level of the framework from which a need counts as high.
    """

    case: str
    as_at: str
    synthetic: bool
    framework: str
    high_level: int
    definition: str
    children: tuple[ChildNeeds, ...]
    groups: tuple[GroupScores, ...]
    prevalence: tuple[Prevalence, ...]
    sdq: tuple[SdqBand, ...]


@dataclass(frozen=True)
class _Characteristic:
    name: str
    of: Callable[[ChildNeeds], str]
    order: tuple[str, ...]


_CHARACTERISTICS = (
    _Characteristic("Everyone", lambda _: ALL, (ALL,)),
    _Characteristic("Age", lambda child: child.age_band, AGE_BANDS),
    _Characteristic("Sex", lambda child: child.sex, tuple(_SEX_LABELS.values())),
    _Characteristic("Living arrangement", lambda child: child.living, tuple(LIVING_LABELS.values())),
    _Characteristic("Area", lambda child: child.area, (*dict.fromkeys(_AREA_LABELS.values()), _AREA_NOT_KNOWN)),
)


def needs_report(case: Case) -> NeedsReport:
    """Score every child and count every need.

    The score is the framework's sum over *known* needs (``docs/scoring.md``). Means are over children assessed
    on every need, so that a part assessment never pulls them down; the prevalence of a need is over the
    children for whom that need is known.
    """
    children = _children(case)
    levels = child_levels(case)
    counted = [i for i, child in enumerate(children) if child.looked_after]
    grouped = [(c, _groups(c, children, counted)) for c in _CHARACTERISTICS]
    return NeedsReport(
        case=case.name,
        as_at=case.as_at.isoformat(),
        synthetic=case.synthetic,
        framework=f"{case.framework.title}, version {case.framework.version}",
        high_level=case.framework.high_level,
        definition="Mean scores are over children assessed on every need. A need's prevalence is over the children "
        "for whom that need is known: unknown is not none. SDQ totals are the latest in the return (OC2).",
        children=children,
        groups=tuple(
            _group_scores(characteristic.name, group, [children[i].score for i in members])
            for characteristic, groups in grouped
            for group, members in groups.items()
        ),
        prevalence=tuple(_prevalence(c.name, groups, levels, case.framework) for c, groups in grouped),
        sdq=_sdq([children[i].score.sdq for i in counted]),
    )


def _children(case: Case) -> tuple[ChildNeeds, ...]:
    stock = {child.id for child in looked_after(case)}
    return tuple(_child(case, score, score.child_id in stock) for score in score_children(case))


def _child(case: Case, score: NeedsScore, in_stock: bool) -> ChildNeeds:
    child = case.child[score.child_id]
    placement = case.placement_of.get(child.id)
    where = placement_locality(case, placement)
    return ChildNeeds(
        score=score,
        looked_after=in_stock,
        age_band=age_band(max(child.age_on(case.as_at), 0)),
        sex=_SEX_LABELS[child.sex],
        living=LIVING_LABELS[living(placement) if in_stock else Living.NOT_KNOWN],
        area=_AREA_LABELS[where] if where else _AREA_NOT_KNOWN,
    )


def _groups(
    characteristic: _Characteristic, children: tuple[ChildNeeds, ...], counted: Iterable[int]
) -> dict[str, list[int]]:
    """Positions of the children of each group that somebody is in, in the characteristic's order."""
    found: dict[str, list[int]] = {group: [] for group in characteristic.order}
    for i in counted:
        found[characteristic.of(children[i])].append(i)
    return {group: members for group, members in found.items() if members}


def _group_scores(characteristic: str, group: str, scores: list[NeedsScore]) -> GroupScores:
    full = [score for score in scores if score.known == score.asked]
    none = sum(score.known == 0 for score in scores)
    sdq = [score.sdq for score in scores if score.sdq is not None]
    return GroupScores(
        characteristic=characteristic,
        group=group,
        children=len(scores),
        full=len(full),
        part=len(scores) - len(full) - none,
        none=none,
        mean_score_tenths=mean(sum(score.tenths or 0 for score in full), len(full)),
        mean_needs_tenths=mean(10 * sum(score.needs for score in full), len(full)),
        mean_high_needs_tenths=mean(10 * sum(score.high_needs for score in full), len(full)),
        sdq_children=len(sdq),
        mean_sdq_tenths=mean(10 * sum(sdq), len(sdq)),
    )


def _prevalence(
    characteristic: str, groups: dict[str, list[int]], levels: Levels, framework: NeedsFramework
) -> Prevalence:
    domains = {need.key: domain.label for domain in framework.domains for need in domain.needs}
    rows = tuple(
        NeedRow(
            key=need.key,
            label=need.label,
            domain=domains[need.key],
            breakdown_flag=need.breakdown_flag,
            cells=tuple(_cell(levels, members, column, framework.high_level) for members in groups.values()),
        )
        for column, need in enumerate(framework.needs)
    )
    return Prevalence(characteristic=characteristic, groups=tuple(groups), rows=rows)


def _cell(levels: Levels, members: list[int], column: int, high_level: int) -> Cell:
    said = levels.level[members, column][levels.known[members, column]]
    known, any_level, high = len(said), int((said >= 1).sum()), int((said >= high_level).sum())
    return Cell(
        known=known,
        any_level=any_level,
        high=high,
        any_percent=percent(any_level, known),
        high_percent=percent(high, known),
    )


def _sdq(totals: Iterable[int | None]) -> tuple[SdqBand, ...]:
    known = [total for total in totals if total is not None]
    tops = [start for start, _ in SDQ_BANDS[1:]] + [41]
    counts = [sum(start <= total < top for total in known) for (start, _), top in zip(SDQ_BANDS, tops, strict=True)]
    return tuple(
        SdqBand(label=label, children=count, percent=percent(count, len(known)))
        for (_, label), count in zip(SDQ_BANDS, counts, strict=True)
    )
