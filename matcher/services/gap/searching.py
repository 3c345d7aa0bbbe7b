"""What the rules of commissioners' groups ask of each child of a run, read from the records once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from matcher.scoring.levels import Levels, child_levels
from models.case import Case
from models.child import Child
from models.needs import NeedsFramework
from models.placement import Placement
from models.referral import Referral
from models.ssda903.derive import home_kind
from models.vocabulary import HomeKind


@dataclass(frozen=True)
class Searching:
    """What the rules ask of one child in a run.

    Attributes:
        child: As the referral describes the child.
        age: In whole years on the as-at date.
        referral: The search.
        placement: Where the child lives today, if anywhere.
        together: How many children of the child's sibling unit search in this run, the child included; 1 alone.
        levels: The levels of needs that are known, by need.
        framework: The needs framework.
        step_down: Whether the caller names the child as a step-down candidate.
    """

    child: Child
    age: int
    referral: Referral
    placement: Placement | None
    together: int
    levels: Mapping[str, int]
    framework: NeedsFramework
    step_down: bool

    @property
    def kinds_asked(self) -> tuple[HomeKind, ...]:
        """Kinds that the search prefers or calls suitable."""
        return (*self.referral.preferred_kinds, *self.referral.suitable_kinds)

    @property
    def kind_now(self) -> HomeKind | None:
        """The kind of home lived in today; None for none that homes can give."""
        return home_kind(self.placement.kind) if self.placement else None


def searching_children(
    case: Case, children: tuple[Child, ...], referrals: tuple[Referral, ...], together: Mapping[str, int],
    step_down: Collection[str] = (),
) -> tuple[Searching, ...]:  # fmt: skip
    """What the rules ask of every child of a run.

    Args:
        case: The authority.
        children: As their referrals describe them.
        referrals: The searches, in the same order.
        together: For a child in a sibling unit, how many of it search.
        step_down: Ids of step-down candidates.
    """
    levels = child_levels(case)
    row = {child.id: at for at, child in enumerate(case.children)}
    return tuple(
        Searching(
            child=child,
            age=max(child.age_on(case.as_at), 0),
            referral=referral,
            placement=case.placement_of.get(child.id),
            together=together.get(child.id, 1),
            levels=_known(case.framework, levels, row[child.id]),
            framework=case.framework,
            step_down=child.id in step_down,
        )
        for child, referral in zip(children, referrals, strict=True)
    )


def _known(framework: NeedsFramework, levels: Levels, row: int) -> dict[str, int]:
    return {need.key: int(levels.level[row, at]) for at, need in enumerate(framework.needs) if levels.known[row, at]}
