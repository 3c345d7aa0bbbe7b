"""Why a home costs a child what it costs: named parts that add up, rules that fail, what was taken for granted."""

from matcher.scoring.assumptions import AssumedFact, assumed_facts
from matcher.scoring.encoding import Encoded
from matcher.scoring.explain_parts import Part, explain_parts
from matcher.scoring.explain_rules import FailedRule, explain_rules
from matcher.scoring.facts import Pair
from models.case import Case
from models.geography import Approval, Locality, approval_level, locality, miles_tenths
from models.record import Record
from models.vocabulary import HomeKind, Sector


class Explanation(Record):
    """One pair, explained.

    Attributes:
        referral_id: The search.
        child_id: The child.
        home_id: The home.
        cost_pence: Pence-equivalent a week, the sum of ``parts``.
        parts: The twelve parts, in order.
        failed: The hard rules that fail; none where the pair is allowed.
        approval: Who must approve it because of where the home is.
        locality: Where the home is, seen from the authority.
        miles_tenths: Tenths of a mile from the child's home; None where that is not known.
        assumed: What nobody has said: first what could change a rule, then by how far it could move the cost.
    """

    referral_id: str
    child_id: str
    home_id: str
    cost_pence: int
    parts: tuple[Part, ...]
    failed: tuple[FailedRule, ...]
    approval: Approval
    locality: Locality
    miles_tenths: int | None
    assumed: tuple[AssumedFact, ...]

    @property
    def welfare_pence(self) -> int:
        """The cost without the fee."""
        return sum(part.pence for part in self.parts if part.name != "fee")

    @property
    def bits(self) -> int:
        """The failed rules as the kernel gives them."""
        return sum(1 << failed.rule for failed in self.failed)

    @property
    def questions(self) -> tuple[AssumedFact, ...]:
        """The assumed facts whose answer could change the cost or a rule, in the order worth asking."""
        return tuple(fact for fact in self.assumed if fact.rules or fact.swing != 0)


def explain(case: Case, encoded: Encoded, row: int, column: int) -> Explanation:
    """Explain one pair from the records.

    Args:
        case: The case that was encoded.
        encoded: The rows and columns, and the levels that were resolved.
        row: The search.
        column: The home.
    """
    pair = Pair(case, encoded, row, column)
    home, parts = pair.home, explain_parts(pair)
    return Explanation(
        referral_id=pair.referral.id,
        child_id=pair.child.id,
        home_id=home.id,
        cost_pence=sum(part.pence for part in parts),
        parts=parts,
        failed=explain_rules(pair),
        approval=approval_level(
            case.authority,
            home.location.utla,
            connected_person=home.connected,
            own_foster_carer=home.kind is HomeKind.FOSTER and home.sector is Sector.IN_HOUSE,
        ),
        locality=locality(case.authority, home.location.utla),
        miles_tenths=miles_tenths(pair.child.home, home.location) if pair.child.home else None,
        assumed=assumed_facts(pair),
    )
