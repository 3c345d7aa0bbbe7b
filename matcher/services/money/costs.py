"""What children's places cost now: by service, per week and year, by who pays; placements without a price named."""

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.services.counts import mean
from matcher.services.figures_supply import Cost
from matcher.services.figures_supply import costs as costs_by_living
from matcher.services.money.funding import DEFINITION as FUNDING_DEFINITION
from matcher.services.money.funding import Split, added, adds_up, split
from matcher.services.money.service import Service, service_of
from matcher.services.stock import looked_after, weekly_fee
from models.case import Case
from models.money import WEEKS_A_YEAR
from models.record import Record

TOTAL = "All children looked after"


@dataclass(frozen=True)
class Paid:
    """One child's place: the service, the full weekly price (None: not known) and who pays it."""

    child_id: str
    service: Service
    fee_pence: int | None
    split: Split


class CostLine(Record):
    """The places of one service, or of all where ``service`` is None; money in pence a week at full price.

    ``weekly`` divides the sum of the known prices by who pays. ``unpriced`` are the children whose price is not
    known: they are among ``children`` and in no sum or mean.
    """

    service: Service | None
    label: str
    children: tuple[str, ...]
    unpriced: tuple[str, ...]
    mean_pence: int | None
    weekly: Split

    @property
    def priced(self) -> int:
        """How many places have a price."""
        return len(self.children) - len(self.unpriced)

    @property
    def weekly_pence(self) -> int:
        """The sum of the known prices, pence a week."""
        return self.weekly.total_pence

    @property
    def yearly_pence(self) -> int:
        """Fifty-two such weeks."""
        return WEEKS_A_YEAR * self.weekly_pence


class CostNow(Record):
    """What the places of children looked after cost on the as-at date.

    The ``lines`` add up to ``total`` child by child and penny by penny. ``by_living`` are the same prices by living
    arrangement. ``shares_differ`` are children whose shares do not add up to the fee.
    """

    definition: str
    source: str
    as_at: str
    lines: tuple[CostLine, ...]
    total: CostLine
    by_living: tuple[Cost, ...]
    shares_differ: tuple[str, ...]


def cost_now(case: Case) -> CostNow:
    """Full weekly price of every place children looked after live in; a year is 52 weeks.

    The price is the placement's own fee, else the fee of its home (:func:`matcher.services.stock.weekly_fee`).
    """
    paid = paid_now(case)
    return CostNow(
        definition="Full weekly price of each child's place: the fee on the placements sheet, else the fee of the "
        f"home. A year is {WEEKS_A_YEAR} weeks of the children and prices of that day. {FUNDING_DEFINITION}",
        source="Placements and homes sheets; SSDA903 placement and provider codes",
        as_at=case.as_at.isoformat(),
        lines=cost_lines(paid),
        total=cost_line(None, paid),
        by_living=costs_by_living(case, looked_after(case)),
        shares_differ=tuple(one.child_id for one in paid if _differs(case, one)),
    )


def paid_now(case: Case) -> list[Paid]:
    """The place of every child looked after, in the order of the case's children."""
    found = []
    for child in looked_after(case):
        placement = case.placement_of.get(child.id)
        fee = weekly_fee(case, placement) if placement else None
        shares = split(fee, placement.funding) if placement and fee is not None else Split()
        found.append(Paid(child.id, service_of(case, placement), fee, shares))
    return found


def cost_lines(paid: Iterable[Paid]) -> tuple[CostLine, ...]:
    """A line for each service that somebody lives in."""
    groups: dict[Service, list[Paid]] = {}
    for one in paid:
        groups.setdefault(one.service, []).append(one)
    return tuple(cost_line(service, groups[service]) for service in sorted(groups, key=lambda each: each.order))


def cost_line(service: Service | None, paid: Iterable[Paid]) -> CostLine:
    """Places added up; ``service`` None for all of them together."""
    all_ = list(paid)
    priced = [one for one in all_ if one.fee_pence is not None]
    weekly = added(one.split for one in priced)
    return CostLine(
        service=service,
        label=service.label if service else TOTAL,
        children=tuple(one.child_id for one in all_),
        unpriced=tuple(one.child_id for one in all_ if one.fee_pence is None),
        mean_pence=mean(weekly.total_pence, len(priced)),
        weekly=weekly,
    )


def _differs(case: Case, one: Paid) -> bool:
    placement = case.placement_of.get(one.child_id)
    if placement is None or placement.funding is None or one.fee_pence is None:
        return False
    return not adds_up(one.fee_pence, placement.funding)
