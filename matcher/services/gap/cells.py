"""The gap counted, in cells by kind, age, need and district and in commissioners' groups, with ids in every cell."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from matcher.services.gap.categories import CATEGORY_LABELS, GapCategory, in_order
from matcher.services.gap.children import GapChild, Outcome
from matcher.services.gap.groups import GROUPS
from models.geography import Locality
from models.record import Record
from models.rules import RULES, RuleId
from models.vocabulary import HomeKind

Dimension = Literal["kind", "age_band", "need_band", "district"]
EVERY_DIMENSION: tuple[Dimension, ...] = ("kind", "age_band", "need_band", "district")


class CategoryChildren(Record):
    """The children short for one kind of reason."""

    category: GapCategory
    label: str
    child_ids: tuple[str, ...]


class RuleChildren(Record):
    """The children short whom one rule binds; ``rule`` None is no rule: ``title`` says what."""

    rule: RuleId | None
    title: str
    child_ids: tuple[str, ...]


class Outcomes(Record):
    """Some children of a run: where the plan has each live, and what keeps those short from a home in the area.

    The four outcomes part ``child_ids``; ``categories`` part those short, and so do ``rules``, commonest first.
    """

    child_ids: tuple[str, ...]
    in_area_ids: tuple[str, ...]
    adjoining_ids: tuple[str, ...]
    at_a_distance_ids: tuple[str, ...]
    unmet_ids: tuple[str, ...]
    categories: tuple[CategoryChildren, ...]
    rules: tuple[RuleChildren, ...]

    @property
    def short_ids(self) -> tuple[str, ...]:
        """Those for whom the area lacks a home: matched outside it, or not matched."""
        return (*self.adjoining_ids, *self.at_a_distance_ids, *self.unmet_ids)


class GapCell(Record):
    """One cell of the gap; a dimension that is None was not divided by. ``district`` is a code, or ``NOT_KNOWN``."""

    kind: HomeKind | None
    age_band: str | None
    need_band: str | None
    district: str | None
    outcomes: Outcomes


class Today(Record):
    """Where some children live on the as-at date; ``not_known``: placed, in an area not known. They part the whole."""

    in_area_ids: tuple[str, ...]
    adjoining_ids: tuple[str, ...]
    at_a_distance_ids: tuple[str, ...]
    not_known_ids: tuple[str, ...]
    nowhere_ids: tuple[str, ...]


class GroupGap(Record):
    """One commissioners' group in a run: who belongs (``rule``, ``source``), the outcomes, and today's situation."""

    key: str
    label: str
    rule: str
    source: str
    outcomes: Outcomes
    today: Today


def open_cells(children: Sequence[GapChild], by: Sequence[Dimension] = EVERY_DIMENSION) -> tuple[GapCell, ...]:
    """Divide the children of a run by some of the four dimensions: the cells that a child is in.

    With nothing to divide by there is one cell of everyone; of no children there is none. Cells come by kind, age
    and need band as words, and district code; whoever lays them out has an order of their own.
    """
    found: dict[tuple[str, ...], list[GapChild]] = {}
    for child in children:
        found.setdefault(tuple(str(getattr(child, name)) for name in by), []).append(child)
    return tuple(
        GapCell(
            kind=members[0].kind if "kind" in by else None,
            age_band=members[0].age_band if "age_band" in by else None,
            need_band=members[0].need_band if "need_band" in by else None,
            district=members[0].district if "district" in by else None,
            outcomes=outcomes(members),
        )
        for _, members in sorted(found.items())
    )


def group_gaps(children: Sequence[GapChild]) -> tuple[GroupGap, ...]:
    """Every commissioners' group in a run, those with nobody in them too; a child may be in several."""
    return tuple(
        GroupGap(
            key=group.key,
            label=group.label,
            rule=group.rule,
            source=group.source,
            outcomes=outcomes(members),
            today=today(members),
        )
        for group in GROUPS
        for members in [[child for child in children if group.key in child.groups]]
    )


def outcomes(members: Iterable[GapChild]) -> Outcomes:
    """Count some children by outcome, and those short by category and by what binds."""
    some = list(members)
    ids = {outcome: tuple(child.child_id for child in some if child.outcome is outcome) for outcome in Outcome}
    return Outcomes(
        child_ids=tuple(child.child_id for child in some),
        in_area_ids=ids[Outcome.IN_AREA],
        adjoining_ids=ids[Outcome.ADJOINING],
        at_a_distance_ids=ids[Outcome.AT_A_DISTANCE],
        unmet_ids=ids[Outcome.UNMET],
        categories=_categories(some),
        rules=_rules(some),
    )


def today(members: Iterable[GapChild]) -> Today:
    """Where some children live today."""
    some = list(members)
    placed = [child for child in some if child.before_kind_label is not None]
    return Today(
        in_area_ids=_ids(placed, lambda child: child.before_locality is Locality.IN_AREA),
        adjoining_ids=_ids(placed, lambda child: child.before_locality is Locality.ADJOINING),
        at_a_distance_ids=_ids(placed, lambda child: child.before_locality is Locality.AT_A_DISTANCE),
        not_known_ids=_ids(placed, lambda child: child.before_locality is None),
        nowhere_ids=_ids(some, lambda child: child.before_kind_label is None),
    )


def _ids(children: Iterable[GapChild], wanted: Callable[[GapChild], bool]) -> tuple[str, ...]:
    return tuple(child.child_id for child in children if wanted(child))


def _categories(children: Sequence[GapChild]) -> tuple[CategoryChildren, ...]:
    short = [(child.why.category, child.child_id) for child in children if child.why]
    return tuple(
        CategoryChildren(
            category=category,
            label=CATEGORY_LABELS[category],
            child_ids=tuple(child for found, child in short if found is category),
        )
        for category in in_order(category for category, _ in short)
    )


def _rules(children: Sequence[GapChild]) -> tuple[RuleChildren, ...]:
    titles = {rule.id: rule.title for rule in RULES}
    found: dict[tuple[RuleId | None, str], list[str]] = {}
    for child in children:
        if child.why:
            rule = child.why.rule
            found.setdefault((rule, child.why.words if rule is None else titles[rule]), []).append(child.child_id)
    return tuple(
        RuleChildren(rule=rule, title=title, child_ids=tuple(ids))
        for (rule, title), ids in sorted(found.items(), key=lambda each: (-len(each[1]), each[0][1]))
    )
