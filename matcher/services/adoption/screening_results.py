"""What a screening says of one child or group and of one family."""

from enum import StrEnum

from matcher.scoring import Explanation
from matcher.scoring.explain_rules import FailedRule
from models.adoption import AgencyTier
from models.record import Record


class Eligibility(StrEnum):
    """Whether a family may be considered for a child."""

    YES = "eligible"
    STRETCH = "eligible_with_a_stretch"
    NO = "not_eligible"


class Distinguishing(Record):
    """One part of the score in which a family differs from the first of the list: pence a week above it."""

    part: str
    label: str
    pence: int
    why: str


class Stretch(Record):
    """One thing stated of a child beyond what the family said yes to: levels (or years, or children), pence a week."""

    child_id: str
    label: str
    brings: int
    yes: int
    words: str
    pence: int


class ScreenedFamily(Record):
    """One family for one child or group of brothers and sisters: where it stands and why.

    Attributes:
        rank: Its place among the families eligible, cheapest first; None where it is not eligible.
        cost_pence: Pence-equivalent a week, summed over the children, what is assumed included.
        stretch_pence: Of that, what is stated of them beyond what the family said yes to; ``stretch`` says on what.
        fee_pence: The inter-agency fee for all of them, once.
        children: The explanation of each child with this family.
        failed: The rules that stand between them, each once.
        distinguishing: How it differs from the first of the list, the largest difference first.
    """

    family_id: str
    agency: str
    tier: AgencyTier
    eligibility: Eligibility
    rank: int | None
    cost_pence: int
    stretch_pence: int
    stretch: tuple[Stretch, ...]
    fee_pence: int
    children: tuple[Explanation, ...]
    failed: tuple[FailedRule, ...]
    distinguishing: tuple[Distinguishing, ...] = ()


class Question(Record):
    """Something nobody has said, and what the answer could do to the list.

    Attributes:
        child_id: The child it is about, or of the pair it is about.
        family_id: The family to ask; None for a question about the child.
        key: The need, question or field.
        moves: How many places of the list the answer could move somebody.
        first: Whether another family could come first.
        decides: Whether the answer could rule a family in or out.
    """

    child_id: str
    family_id: str | None
    key: str
    question: str
    taken_as: str
    moves: int
    first: bool
    decides: bool


class RuleRemoves(Record):
    """How many families one rule removes: alone, and in all."""

    rule: str
    alone: int
    in_all: int


class FamiliesForChild(Record):
    """The families for one child or group: a list to read with its reasons, never a winner.

    ``nearly`` fail one rule that somebody can relax; ``questions`` come in the order worth asking.
    """

    children: tuple[str, ...]
    families_considered: int
    eligible: int
    with_a_stretch: int
    removed_by: tuple[RuleRemoves, ...]
    families: tuple[ScreenedFamily, ...]
    nearly: tuple[ScreenedFamily, ...]
    questions: tuple[Question, ...]


class ScreenedUnit(Record):
    """One child or group for a family: their place in the family's list, and the family's place in theirs."""

    children: tuple[str, ...]
    rank: int | None
    family: ScreenedFamily


class ChildrenForFamily(Record):
    """The children for one family, nearest to what it said first."""

    family_id: str
    units_considered: int
    eligible: int
    with_a_stretch: int
    removed_by: tuple[RuleRemoves, ...]
    units: tuple[ScreenedUnit, ...]
    nearly: tuple[ScreenedUnit, ...]
