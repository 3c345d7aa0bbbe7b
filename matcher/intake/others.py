"""Residents, providers, population, offers and refusals, from their rows."""

from collections.abc import Collection, Mapping, Sequence

from matcher.intake.context import Context
from matcher.intake.sheet_rows import Row
from models.areas import UnknownAreaError, district_name
from models.case import PopulationCount
from models.home import Home, Provider, Resident
from models.referral import Offer, Refusal
from models.vocabulary import RefusalReason, ResidentKind, Risk, Sector, Sex


def first_of_each(rows: Sequence[Row], columns: tuple[str, ...], what: str, context: Context) -> list[Row]:
    """The rows without those that repeat an earlier one's columns."""
    first: dict[tuple[object, ...], Row] = {}
    for row in rows:
        known = first.setdefault(tuple(row.values.get(name) for name in columns), row)
        if known is not row:
            name = " ".join(str(row.values.get(column, "")) for column in columns)
            context.log.warn(
                "row-duplicated",
                row.at,
                f"{what} {name} is there twice; the other is row {known.at.row} of {known.at.file}",
                expected="each once",
                action="the first row counts",
                subject=name,
            )
    return list(first.values())


def build_residents(
    rows: Sequence[Row], homes: Mapping[str, Home], children: Collection[str], context: Context
) -> list[Resident]:
    """Everybody who lives in a listed home on the day and is not one of the authority's placed children."""
    found = []
    for row in first_of_each(rows, ("resident_id",), "resident", context):
        name, until = row.need("resident_id"), row.day("until")
        if row.need("home_id") not in homes:
            context.drop_home(row, row.need("home_id"), "home_id")
        elif name in children:
            told = f"resident {name} is one of the authority's children, who are counted by their placement"
            expected = "residents who are not the authority's placed children"
            at = row.at.in_column("resident_id")
            context.log.warn("resident-is-child", at, told, expected=expected, action="the row is left out")
        elif until is not None and until < context.as_at:
            told = f"resident {name} left on {until:%d/%m/%Y}"
            expected = f"residents on {context.as_at:%d/%m/%Y}"
            context.log.note("resident-left", row.at, told, expected=expected, action="the row is left out")
        else:
            found.append(_resident(row))
    return found


def _resident(row: Row) -> Resident:
    return Resident(
        id=row.need("resident_id"),
        home_id=row.need("home_id"),
        kind=ResidentKind(row.need("resident_kind")),
        born=row.day("born"),
        sex=Sex(row.text("sex") or Sex.UNKNOWN),
        risks_to_others=frozenset(map(Risk, row.words("risks_to_others"))),
        risks_from_others=frozenset(map(Risk, row.words("risks_from_others"))),
        until=row.day("until"),
    )


def build_providers(rows: Sequence[Row], homes: Mapping[str, Home], context: Context) -> list[Provider]:
    """Every provider; tells of homes whose provider is not listed."""
    providers = [
        Provider(id=row.need("provider_id"), name=row.need("provider_name"), sector=Sector(row.need("sector")))
        for row in first_of_each(rows, ("provider_id",), "provider", context)
    ]
    listed = {provider.id for provider in providers}
    strays = sorted({home.provider_id for home in homes.values()} - listed)
    if rows and strays:
        context.log.warn(
            "provider-unknown",
            rows[0].at,
            f"homes name providers that are not listed: {', '.join(strays[:20])}",
            expected="every provider_id of homes",
            action="the homes are kept and shown under the id",
        )
    return providers


def build_population(rows: Sequence[Row], context: Context) -> list[PopulationCount]:
    """Children by district and age; districts no table knows are left out."""
    counts = []
    for row in first_of_each(rows, ("district", "age_from", "age_to"), "population of", context):
        district = row.need("district").upper()
        try:
            district_name(district)
        except UnknownAreaError as error:
            at = row.at.in_column("district")
            context.log.warn(
                "district-unknown", at, str(error), expected="an ONS code", action="the row is left out", value=district
            )
            continue
        ages = row.need_number("age_from"), row.need_number("age_to")
        if ages[0] > ages[1]:
            told = f"the ages run from {ages[0]} to {ages[1]}"
            expected = "age_from not above age_to"
            context.log.warn("ages-reversed", row.at, told, expected=expected, action="the row is left out")
            continue
        counts.append(
            PopulationCount(district=district, age_from=ages[0], age_to=ages[1], count=row.need_number("count"))
        )
    return counts


def _of_the_case(row: Row, homes: Mapping[str, Home], children: Collection[str], context: Context) -> bool:
    if row.need("child_id") not in children:
        context.drop_row(row, row.need("child_id"))
        return False
    if row.need("home_id") not in homes:
        context.drop_home(row, row.need("home_id"), "home_id")
        return False
    return True


def build_offers(
    rows: Sequence[Row], homes: Mapping[str, Home], children: Collection[str], context: Context
) -> list[Offer]:
    """Offers of the case's homes to its children; of two agreed for one child the newer stays agreed."""
    offers: list[Offer] = []
    agreed: dict[str, int] = {}
    for row in sorted(
        first_of_each(rows, ("home_id", "child_id"), "offer of", context), key=lambda row: row.need_day("offered_on")
    ):
        if not _of_the_case(row, homes, children, context):
            continue
        child = row.need("child_id")
        offer = Offer(
            home_id=row.need("home_id"),
            child_id=child,
            offered_on=row.need_day("offered_on"),
            held_until=row.need_day("held_until"),
            agreed=bool(row.flag("agreed")),
        )
        if offer.held_until < offer.offered_on:
            told, expected = "the place is held until a day before it was offered", "held_until on or after offered_on"
            at = row.at.in_column("held_until")
            context.log.warn("offer-odd", at, told, expected=expected, action="it is kept as read", subject=child)
        if offer.agreed and child in agreed:
            older = agreed[child]
            told = f"child {child} has two agreed offers; the other is of home {offers[older].home_id}"
            action = "the one offered last stays agreed"
            expected = "one agreed offer for a child"
            context.log.warn("offer-second", row.at, told, expected=expected, action=action, subject=child)
            offers[older] = offers[older].model_copy(update={"agreed": False})
        if offer.agreed:
            agreed[child] = len(offers)
        offers.append(offer)
    return offers


def build_refusals(
    rows: Sequence[Row],
    homes: Mapping[str, Home],
    children: Collection[str],
    offers: Sequence[Offer],
    context: Context,
) -> list[Refusal]:
    """Refusals between the case's homes and children; one that an agreed offer came after no longer stands."""
    agreed = {(offer.home_id, offer.child_id): offer.offered_on for offer in offers if offer.agreed}
    refusals = []
    for row in rows:
        if not _of_the_case(row, homes, children, context):
            continue
        refusal = Refusal(
            home_id=row.need("home_id"),
            child_id=row.need("child_id"),
            refused_on=row.day("refused_on") or context.as_at,
            reason=RefusalReason(row.text("reason") or RefusalReason.OTHER),
        )
        offered = agreed.get((refusal.home_id, refusal.child_id))
        if offered is not None:
            told = f"home {refusal.home_id} is agreed for child {refusal.child_id}, offered on {offered:%d/%m/%Y}"
            expected = "a refusal or an agreed offer, not both"
            action = "the offer counts, the refusal is left out"
            context.log.warn(
                "refusal-and-offer", row.at, told, expected=expected, action=action, subject=refusal.child_id
            )
            continue
        refusals.append(refusal)
    return refusals
