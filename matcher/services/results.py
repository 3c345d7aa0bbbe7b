"""What the services answer with: plain frozen records, the same for command line, pages, files and JSON."""

from matcher.scoring import Explanation
from matcher.services.trade_results import Sensitivity, TradeOff
from matcher.services.value_results import OthersWaiting, PlaceValues
from matcher.services.why_results import Opening, RuleCount, Shortage, Swap
from models.geography import Approval, Locality
from models.record import Record
from models.rules import RuleId
from models.vocabulary import HomeKind, Sector


class RankedHome(Record):
    """One home for one child: where it stands in the list and everything a person needs to judge it.

    ``ask`` marks an agency, named in ``provider``, that names no carers beforehand. ``statutory`` is the step of
    section 22C(6), Children Act 1989, that the home stands on (1 connected person, 2 foster carer,
    3 children's home, 4 other).
    """

    rank: int
    home_id: str
    kind: HomeKind
    sector: Sector
    kind_label: str
    provider: str
    miles_tenths: int | None
    fee_pence: int
    cost_pence: int
    welfare_pence: int
    statutory: int
    ask: bool
    approval: Approval
    locality: Locality
    explanation: Explanation


class NearlyMatched(Record):
    """A home that one relaxable rule stands in the way of, and what would open it."""

    home: RankedHome
    rule: RuleId
    title: str
    message: str
    by: str
    step: str
    days: int | None


class FlipPoint(Record):
    """The change of one price that would change the first choice."""

    price: str
    label: str
    factor: float
    new_first: str


class DecidingQuestion(Record):
    """A level nobody has said that, were it ``level`` and not ``taken_as``, would change the first choice.

    ``home_id`` is the home to ask, None for a question about the child; ``new_first`` the home that would come
    first, None where the first choice, and every home it was weighed against, would fall below the suitability floor.
    """

    home_id: str | None
    need: str
    label: str
    taken_as: int
    level: int
    new_first: str | None


class Matches(Record):
    """The ranked homes for one referral.

    ``homes_passing`` of ``homes_considered`` pass every hard rule. ``first_choice`` is the home that comes first in the
    default order, and the one that ``flips`` and ``questions`` are about; ``connected_first`` says that it comes first
    because it is a connected person's (section 22C(7), Children Act 1989), whatever the others cost.
    ``order_cost_pence`` is what the order asked for (in-house first) costs the child: the welfare of its
    first home less that of ``first_choice``, in pence-equivalent a week; 0 in the default order. ``others`` is what the
    homes in ``ranked`` would cost the other children who wait, where that was asked for.
    """

    referral_id: str
    child_id: str
    needed_by: str
    in_house_first: bool
    order_cost_pence: int
    homes_considered: int
    homes_passing: int
    connected_first: bool
    first_choice: RankedHome | None
    ranked: tuple[RankedHome, ...]
    nearly: tuple[NearlyMatched, ...]
    removed_by: tuple[RuleCount, ...]
    flips: tuple[FlipPoint, ...]
    questions: tuple[DecidingQuestion, ...]
    others: OthersWaiting | None = None


class Certificate(Record):
    """The proof that comes with a plan; money in pence-equivalent a week."""

    status: str
    uniqueness: str
    objective_pence: int
    bound_pence: int
    gap_percent: float | None
    proved_over: str
    seconds: float
    seed: int
    pairs_scored: int
    pairs_allowed: int
    most_that_could_be_placed: int
    checked: bool


class PlanRow(Record):
    """One child in a plan. ``before`` is where the child lives today; None is nowhere listed.

    For a child without a home, and one asked about: ``why_unplaced`` counts what each rule removes, most telling
    first; ``openings`` are the fewest relaxable rules that open any home and, where none of those has room in the
    plan, the fewest that open one that has; ``suitable_taken_by`` are the children whom the plan gives the homes
    that pass every rule; ``swaps`` look at the best of these homes, as many as there was time for.
    """

    child_id: str
    referral_id: str
    home_id: str | None
    before_home_id: str | None
    kind_label: str | None
    before_kind_label: str | None
    locality: Locality | None
    before_locality: Locality | None
    approval: Approval | None
    miles_tenths: int | None
    before_miles_tenths: int | None
    fee_pence: int | None
    before_fee_pence: int | None
    cost_pence: int
    siblings: str | None
    locked: bool
    why_unplaced: tuple[RuleCount, ...] = ()
    suitable_homes: int = 0
    suitable_taken_by: tuple[str, ...] = ()
    openings: tuple[Opening, ...] = ()
    swaps: tuple[Swap, ...] = ()
    explanation: Explanation | None = None


class Totals(Record):
    """One column of the before-and-after table, over some of the children in the plan.

    ``unplaced`` = ``children`` - ``placed``. Percentages and ``mean_fee_pence`` are over the placed: those who have a
    home in that column; ``mean_miles_tenths`` over those whose home and placement are both known. Units of siblings
    are those with a child among these, and count as together where all their members share one listed home.
    """

    children: int
    placed: int
    unplaced: int
    weekly_fee_pence: int
    mean_fee_pence: int | None
    mean_miles_tenths: float | None
    in_area: int
    in_area_percent: float | None
    adjoining: int
    adjoining_percent: float | None
    at_a_distance: int
    at_a_distance_percent: float | None
    sibling_units: int
    sibling_units_together: int


class EqualityRow(Record):
    """One group's totals before and after a plan, beside everyone's. Small groups are shown as they are."""

    characteristic: str
    group: str
    before: Totals
    after: Totals
    mean_welfare_pence: int | None


class Plan(Record):
    """An allocation: who goes where, the totals before and after, the proof, and the outcomes by group.

    ``shortages`` are known before anything is solved: children who cannot all have a home, whatever the plan.
    ``values``, ``trade_off`` and ``sensitivity`` are there where they were asked for.
    """

    run: str
    case: str
    as_at: str
    synthetic: bool
    policy: str
    rows: tuple[PlanRow, ...]
    shortages: tuple[Shortage, ...]
    before: Totals
    after: Totals
    equality: tuple[EqualityRow, ...]
    certificate: Certificate
    welfare_pence: int
    staying: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
    values: PlaceValues | None = None
    trade_off: TradeOff | None = None
    sensitivity: Sensitivity | None = None
