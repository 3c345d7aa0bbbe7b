"""The sufficiency statement (section 22G, Children Act 1989): all that its copies are written from."""

from collections.abc import Mapping

from matcher.services.disclosure import Certificate as Disclosed
from matcher.services.districts import Districts
from matcher.services.equality import EqualityReport
from matcher.services.figures import Figures
from matcher.services.gap import BesideToday, GapChild, GroupGap, PlaceWorth
from matcher.services.indicators import Indicator
from matcher.services.indicators.bees import BeeProfile
from matcher.services.indicators.location import DistanceGroup
from matcher.services.indicators.occupancy import Occupancy
from matcher.services.indicators.quarterly import QuarterRow
from matcher.services.indicators.trends import Month
from matcher.services.money.figures import MoneyFigures
from matcher.services.needs import NeedsReport
from matcher.services.results import Plan
from matcher.services.stability import StabilityReport
from matcher.services.statement.provenance import Provenance
from matcher.services.statement.reconcile import Missing, Total
from matcher.services.statement.supply import GradedHomes
from matcher.services.step_down_results import StepDownReport
from matcher.services.tabulation import CountTable, Where
from models.finding import SetAside
from models.record import Record


class GapOfRun(Record):
    """What one plan could not do: child by child, by commissioners' groups, and what one more place would be worth."""

    plan: Plan
    children: tuple[GapChild, ...]
    groups: tuple[GroupGap, ...]
    worth: tuple[PlaceWorth, ...]


class Rounding(Record):
    """How the public counts were rounded, and what that leaves unknown.

    ``nothing`` are figures that are rounded to 0 but are not 0, by table and cell. Of ``small`` counts by the rule,
    ``narrowed`` can be told more narrowly than hiding would leave them; ``narrowest`` is the least range, 0 for one
    that can be worked out.
    """

    base: int
    nothing: tuple[tuple[str, Where], ...]
    small: int
    narrowed: int
    narrowest: int | None


class Statement(Record):
    """Everything a statement says. The clean sheet is what today's homes could do at best.

    ``tables`` are all its counts of children, by key; ``public_tables`` those that a public copy may show, with those
    hidden that ``disclosure`` had to hide, or all of them rounded (``rounding``; one of the two is None). ``fewest`` is
    the fewest children of whom the public copy shows an average, or a count that stands alone. What else it holds names
    children, and only the internal copy shows it one by one. ``need_labels`` are the domain, the key and the words of
    every need, ``own_words`` what children said, ``trends`` some indicators quarter by quarter, ``unknown_comparators``
    keys on the comparators sheet that are no indicator's.
    """

    title: str
    tables: Mapping[str, CountTable]
    public_tables: Mapping[str, CountTable]
    fewest: int
    disclosure: Disclosed | None
    rounding: Rounding | None
    figures: Figures
    needs: NeedsReport
    need_labels: tuple[tuple[str, str, str], ...]
    bees: tuple[BeeProfile, ...]
    operational: GapOfRun
    clean_sheet: GapOfRun
    beside_today: tuple[BesideToday, ...]
    districts: Districts | None
    quarterly: tuple[QuarterRow, ...]
    monthly: tuple[Month, ...]
    trends: tuple[tuple[Indicator, ...], ...]
    new_placements: tuple[DistanceGroup, ...]
    occupancy: tuple[Occupancy, ...]
    graded_homes: tuple[GradedHomes, ...]
    unknown_comparators: tuple[str, ...]
    stability: StabilityReport
    step_down: StepDownReport
    money: MoneyFigures
    equality: EqualityReport
    own_words: tuple[tuple[str, str], ...]
    set_aside: tuple[SetAside, ...]
    totals: tuple[Total, ...]
    missing: tuple[Missing, ...]
    provenance: Provenance
