"""A supply forecast's assumptions in plain words, each with where it is from."""

from collections import Counter
from collections.abc import Iterator, Sequence

from matcher.services.supply import published as pub
from matcher.services.supply.coming import applications_of
from matcher.services.supply.groups import Group, group_of
from matcher.services.supply.pipeline import Road, applications_since, road
from matcher.services.supply.staying_rates import own_stayed
from matcher.services.supply.turnover import Turnover, opening_of, turnover
from models.case import Case
from models.forecast import HomeClosing, Scenario
from models.vocabulary import HomeKind, NotAvailable

FEW = 5
"""Events below which a group's own history says little: the published rate then outweighs it."""
_STAGES = ("stage 1", "stage 2", "the panel and decision")


def told(case: Case, groups: Sequence[Group], scenario: Scenario) -> tuple[str, ...]:
    """Every assumption of a forecast of some groups of homes."""
    counted = turnover(case)
    return (
        *(_turnover(group, counted) for group in groups),
        *_whole(counted),
        *_roads(case),
        *_new(case, groups),
        *_places(case),
        _staying(case),
        *_contracts(case),
        *_closings(scenario),
        "Homes close and open each by itself, at the same rate in every year ahead: no trend, no good and bad years.",
    )


def _turnover(group: Group, counted: Turnover) -> str:
    """How fast homes of a group close and open, and whose history says so."""
    published, seen = pub.leaving_of(group), counted.seen.get(group)
    rates = f"{100 * published.a_year:.1f} closings and {100 * opening_of(published):.1f} openings a year to 100 homes"
    if seen is None:
        return f"{_first(group.label)}: no history of its own, so what is published: {rates} ({published.source})."
    own = f"{seen.closed} closed and {seen.opened} opened in {seen.home_years:,.0f} home-years on the authority's list"
    few = " That is too little to go by alone." if min(seen.closed, seen.opened) < FEW else ""
    return (
        f"{_first(group.label)}: {own}.{few} Before counting, {rates} ({published.source}), weighing as much as "
        f"{pub.AUTHORITIES_DIFFER:g} events."
    )


def _whole(counted: Turnover) -> Iterator[str]:
    if counted.since is not None:
        yield f"The list of homes is taken to be whole from {counted.since:%d/%m/%Y}, 1 April before its first closing."


def _roads(case: Case) -> Iterator[str]:
    """How applications come through, of the sorts that the case has any of."""
    known = {each.kind in (HomeKind.FOSTER, HomeKind.CONNECTED) for each in case.approvals}
    for households in sorted(known, reverse=True):
        found = road(case, households=households)
        what = "Applications to foster" if households else "Homes to be registered"
        source = pub.HOUSEHOLD_STAGES_SOURCE if households else pub.HOME_STAGES_SOURCE
        ended = sum(stage.ended for stage in found.seen) + found.seen[-1].went_on
        few = " That is too little to go by alone." if ended < FEW else ""
        yield f"{what}: {'; '.join(_stages(found))}.{few} Before counting: {source}."


def _stages(found: Road) -> Iterator[str]:
    for name, stage in zip(_STAGES, found.seen, strict=True):
        took = f", after {sum(stage.days) / len(stage.days):.0f} days on average" if stage.days else ""
        yield f"of {stage.went_on + stage.ended} that left {name}, {stage.went_on} went on{took}"


def _new(case: Case, groups: Sequence[Group]) -> Iterator[str]:
    since = applications_since(case)
    for group in sorted({group_of(each.kind, each.sector) for each in case.approvals} & set(groups)):
        if group.kind is not HomeKind.CONNECTED:
            when = "none has ended yet, so as many as published openings need"
            if since is not None:
                when = f"{applications_of(case, group, since)} since {since:%d/%m/%Y}"
            yield f"{_first(group.label)}: applications go on coming as on the list ({when})."
    yield (
        "A home that nobody has applied for yet is like one of today's of its kind and sector, where that one is, and "
        "empty. Connected persons' homes come with their child and are not forecast beyond those applied for."
    )


def _places(case: Case) -> Iterator[str]:
    """What becomes of places not available, by reason."""
    places: Counter[NotAvailable | None] = Counter()
    for home in case.homes:
        places[home.not_available_reason] += home.not_available_places
    every = sum(places.values())
    if not every:
        return
    needs, put = places[NotAvailable.NEEDS_OF_CHILD], places[NotAvailable.STAYING_PUT]
    pauses = (NotAvailable.CARER_BREAK, NotAvailable.UNDER_REVIEW, NotAvailable.STAFFING, NotAvailable.BUILDING)
    passing = sum(places[reason] for reason in pauses)
    yield (
        f"Of {every} places not available today, {passing} are on a break, under review, short of staff "
        "or under building work. Nobody publishes for how long: each draw takes a mean anywhere from one month to a "
        f"year ({pub.PAUSE_SOURCE}); the same of suspensions. {needs} are so for the needs of a child placed and come "
        "back as children leave, at the rate that the time today's children have lived with their carers says. "
        f"{put} come back when the young person staying put goes. The other {every - passing - needs - put} stay so: "
        "no end of theirs is known. Other places go the same way as fast as they come back today."
    )


def _staying(case: Case) -> str:
    own, agencies = own_stayed(case)
    counts = (
        f"In the last three years of returns {own.stayed} of {own.turned_18} who left own carers at 18 stayed, and "
        f"{agencies.stayed} of {agencies.turned_18} who left agencies'"
    )
    return (
        f"Staying put: {counts}; before counting, {pub.OWN_SERVICE_STAYED.source}, and {pub.AGENCIES_STAYED.source}, "
        f"each weighing as much as {pub.AUTHORITIES_DIFFER:g} of them. They go as shares still there at 18, 19 and 20 "
        f"say ({pub.STILL_THERE_SOURCE}), at 20 as at 19, and at 21 at the latest. Each keeps a bedroom; one of the "
        "home's places as often as those who stay put today do."
    )


def _contracts(case: Case) -> Iterator[str]:
    for contract in case.contracts:
        if contract.ends is not None:
            yield (
                f"Block contract {contract.id}, {contract.places} places, ends on {contract.ends:%d/%m/%Y}: the homes "
                "are taken to stay, at the price of the day."
            )


def _closings(scenario: Scenario) -> Iterator[str]:
    for change in scenario.changes:
        if isinstance(change, HomeClosing):
            where = "in the area" if change.in_area else "out of the area"
            yield (
                f"{change.places} places of {change.kind.replace('_', ' ')}, {where}, close on {change.on:%d/%m/%Y}, "
                "in homes drawn by lot: say closes_on in the homes sheet if it is known which."
            )


def _first(label: str) -> str:
    return label[:1].upper() + label[1:]
