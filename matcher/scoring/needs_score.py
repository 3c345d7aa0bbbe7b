"""Each child's needs score: from what is known, beside how much is known."""

from matcher.scoring.levels import Levels, child_levels
from models.case import Case
from models.needs import Band
from models.record import Record


class NeedsScore(Record):
    """A child's needs, from known levels only.

    Attributes:
        child_id: Whose.
        tenths: The score in tenths of a point; None where nothing is known.
        needs: Number of needs at level 1 or more.
        high_needs: Number of needs at the framework's high level or more.
        known: Number of needs with a known level.
        asked: Number of needs in the framework; ``known / asked`` is the completeness.
        band: The band the score falls in; a partial assessment can only understate it. None where nothing is known.
        flags: Keys of the needs whose level is a sign that a placement may break down.
        sdq: The latest Strengths and Difficulties total, 0-40, beside the score and no part of it.
    """

    child_id: str
    tenths: int | None
    needs: int
    high_needs: int
    known: int
    asked: int
    band: Band | None
    flags: tuple[str, ...]
    sdq: int | None

    @property
    def completeness_percent(self) -> int:
        """Known needs in a hundred, rounded down, so that 100 is a full assessment."""
        return 100 * self.known // self.asked


def score_children(case: Case) -> list[NeedsScore]:
    """The needs score of every child of the case, in its order."""
    levels = child_levels(case)
    return [_score(case, levels, row) for row in range(len(case.children))]


def _score(case: Case, levels: Levels, row: int) -> NeedsScore:
    framework, child = case.framework, case.children[row]
    said = [
        (need, int(level), tenths)
        for need, level, known, tenths in zip(
            framework.needs, levels.level[row], levels.known[row], framework.tenths_per_level, strict=True
        )
        if known
    ]
    total = sum(level * tenths for _, level, tenths in said)
    return NeedsScore(
        child_id=child.id,
        tenths=total if said else None,
        needs=sum(level >= 1 for _, level, _ in said),
        high_needs=sum(level >= framework.high_level for _, level, _ in said),
        known=len(said),
        asked=len(framework.needs),
        band=framework.band(total) if said else None,
        flags=tuple(need.key for need, level, _ in said if need.breakdown_flag and level >= framework.flag_level),
        sdq=child.sdq,
    )
