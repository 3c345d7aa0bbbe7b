"""Price per needs point: what each point of need costs by provider and kind, and which fees lie far from the line."""

from collections.abc import Iterable, Mapping

from matcher.scoring.needs_score import score_children
from matcher.services.money.arithmetic import divided
from matcher.services.money.costs import Paid, paid_now
from matcher.services.money.need_line import NeedLine, fit
from matcher.services.money.service import Service
from matcher.services.stock import home_of
from models.case import Case
from models.record import Record
from models.vocabulary import Sector

FULLY_ASSESSED = 100
"""Per cent of the needs that must be known: a part assessment understates the score and overstates the price."""
OUTLIER_RULE = (
    "For each service with at least 10 children: the Theil-Sen line of fee on score (the median of all slopes between "
    "two children; Theil 1950, Sen 1968), and fees further from it than 2.5 robust standard deviations (1.4826 times "
    "the median absolute deviation from the line), the moderate threshold of Leys and others 2013: a person looks at "
    "each line. Where more than half the fees lie on the line, 1.2533 times the mean absolute deviation takes its place"
)


class NeedPrice(Record):
    """One child's fee beside the score: a point of the scatter. ``pence_per_point`` is None for a score of 0."""

    child_id: str
    provider_id: str | None
    provider: str
    service: Service
    label: str
    fee_pence: int
    score_tenths: int
    pence_per_point: int | None


class PointPrice(Record):
    """Price per point of a group: the sum of its fees over the sum of its scores; None where every score is 0.

    ``provider`` None is all providers of the service.
    """

    label: str
    provider: str | None
    children: tuple[str, ...]
    weekly_pence: int
    score_tenths: int
    pence_per_point: int | None


class PriceOutlier(Record):
    """A fee far from what children with this score cost in this service: one line of the negotiation list.

    Pence a week. ``difference_pence`` is the fee less ``expected_pence``; positive is dearer than expected.
    ``low_pence`` to ``high_pence`` is the usual range, outside which the rule puts a fee on the list.
    """

    point: NeedPrice
    expected_pence: int
    low_pence: int
    high_pence: int
    difference_pence: int


class PriceOfNeed(Record):
    """Price against need on the as-at date.

    ``left_out`` are children with a price whose needs are not known well enough. ``too_few`` names services with
    too few children for a line. ``outliers`` are of providers the authority buys from, dearest first; fees in the
    authority's own homes and allowances are set by its own tables and are not negotiated.
    """

    definition: str
    source: str
    least_known_percent: int
    rule: str
    points: tuple[NeedPrice, ...]
    by_service: tuple[PointPrice, ...]
    by_provider: tuple[PointPrice, ...]
    lines: tuple[tuple[str, NeedLine], ...]
    too_few: tuple[str, ...]
    outliers: tuple[PriceOutlier, ...]
    left_out: tuple[str, ...]


def price_of_need(case: Case, least_known_percent: int = FULLY_ASSESSED) -> PriceOfNeed:
    """Fees beside needs scores of children looked after who live in a home of some kind.

    Args:
        case: The authority.
        least_known_percent: Children of whose needs fewer in a hundred are known are left out, by name.
    """
    paid = [one for one in paid_now(case) if one.fee_pence is not None and one.service.kind is not None]
    scores = {score.child_id: score for score in score_children(case)}
    known = [one for one in paid if scores[one.child_id].completeness_percent >= max(least_known_percent, 1)]
    names = {provider.id: provider.name for provider in case.providers}
    points = tuple(_point(case, one, scores[one.child_id].tenths or 0, names) for one in known)
    services = {
        service: [point for point in points if point.service == service]
        for service in sorted({point.service for point in points}, key=lambda each: each.order)
    }
    lines = {service: fit([(p.score_tenths, p.fee_pence) for p in some]) for service, some in services.items()}
    taken = {point.child_id for point in points}
    return PriceOfNeed(
        definition="Weekly fee over needs score, for children with a price whose needs are known to at least "
        f"{least_known_percent}%; the price per point of a group is the sum of fees over the sum of scores",
        source="Placements, homes and needs sheets",
        least_known_percent=least_known_percent,
        rule=OUTLIER_RULE,
        points=points,
        by_service=tuple(_point_price(service.label, None, some) for service, some in services.items()),
        by_provider=tuple(_by_provider(services)),
        lines=tuple((service.label, line) for service, line in lines.items() if line),
        too_few=tuple(service.label for service, line in lines.items() if line is None),
        outliers=_outliers(services, lines),
        left_out=tuple(one.child_id for one in paid if one.child_id not in taken),
    )


def _point(case: Case, one: Paid, tenths: int, names: Mapping[str, str]) -> NeedPrice:
    home = home_of(case, case.placement_of.get(one.child_id))
    return NeedPrice(
        child_id=one.child_id,
        provider_id=home.provider_id if home else None,
        provider=names.get(home.provider_id, home.provider_id) if home else "Not a listed home",
        service=one.service,
        label=one.service.label,
        fee_pence=one.fee_pence or 0,
        score_tenths=tenths,
        pence_per_point=divided(10 * (one.fee_pence or 0), tenths) if tenths else None,
    )


def _point_price(label: str, provider: str | None, points: Iterable[NeedPrice]) -> PointPrice:
    some = list(points)
    fees, tenths = sum(point.fee_pence for point in some), sum(point.score_tenths for point in some)
    return PointPrice(
        label=label,
        provider=provider,
        children=tuple(point.child_id for point in some),
        weekly_pence=fees,
        score_tenths=tenths,
        pence_per_point=divided(10 * fees, tenths) if tenths else None,
    )


def _by_provider(services: dict[Service, list[NeedPrice]]) -> Iterable[PointPrice]:
    for service, some in services.items():
        for provider in sorted({point.provider for point in some}):
            yield _point_price(service.label, provider, (point for point in some if point.provider == provider))


def _outliers(
    services: dict[Service, list[NeedPrice]], lines: dict[Service, NeedLine | None]
) -> tuple[PriceOutlier, ...]:
    found = []
    for service, some in services.items():
        line = lines[service]
        if line is None or service.sector is Sector.IN_HOUSE:
            continue
        for point in some:
            low, expected, high = line.usual(point.score_tenths)
            if not low <= point.fee_pence <= high:
                difference = point.fee_pence - expected
                found.append(
                    PriceOutlier(
                        point=point,
                        expected_pence=expected,
                        low_pence=low,
                        high_pence=high,
                        difference_pence=difference,
                    )
                )
    return tuple(sorted(found, key=lambda each: (-each.difference_pence, each.point.child_id)))
