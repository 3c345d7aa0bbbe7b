"""Block contracts, from their rows; one that cannot be used is set aside by name, for it is paid all the same."""

from collections.abc import Collection, Sequence

from matcher.intake.context import Context
from matcher.intake.sheet_rows import Row
from models.commissioning import BlockContract

_AS_READ = "the contract is kept as read"


def build_contracts(
    rows: Sequence[Row], homes: Collection[str], providers: Collection[str], context: Context
) -> list[BlockContract]:
    """Every usable contract; ``homes`` and ``providers`` are those of the case.

    A contract given twice with different facts, or with impossible ones, or without any home that is listed, is set
    aside; of several homes those not listed are left out.
    """
    by_id: dict[str, Row] = {}
    for row in rows:
        name = row.need("contract_id")
        first = by_id.setdefault(name, row)
        if first is not row:
            told = f"contract {name} is there twice; the other is row {first.at.row} of {first.at.file}"
            expected = "one row for a contract, its homes separated by ;"
            context.log.aside("contract", name, "contract-twice", row.at, told, expected=expected)
    for row in by_id.values():
        _check(row, homes, context)
    kept = [row for name, row in by_id.items() if not context.log.is_aside("contract", name)]
    for row in kept:
        _tell_oddities(row, homes, providers, context)
    return [_contract(row, homes) for row in kept]


def _check(row: Row, homes: Collection[str], context: Context) -> None:
    """Set a contract aside that says what cannot be."""
    places, sold = row.need_number("places_bought"), row.number("sold_places") or 0
    starts, ends = row.day("starts"), row.day("ends")
    if not places:
        _aside(row, "contract-places", "places_bought", "the contract buys no place", "1 or more", context)
    elif sold > places:
        told = f"{sold} of {places} places are sold on"
        _aside(row, "contract-places", "sold_places", told, "no more places sold than bought", context)
    if starts and ends and ends < starts:
        told = f"the contract ends on {ends:%d/%m/%Y}, before it starts on {starts:%d/%m/%Y}"
        _aside(row, "ends-before-start", "ends", told, "ends on or after starts", context)
    if not any(home in homes for home in row.words("home_ids")):
        named = ", ".join(row.words("home_ids")) or "none"
        told, expected = f"no home of the contract can be used: {named}", "a home_id of the homes sheet"
        _aside(row, "home-unknown", "home_ids", told, expected, context)


def _aside(row: Row, code: str, column: str, told: str, expected: str, context: Context) -> None:
    context.log.aside("contract", row.need("contract_id"), code, row.at.in_column(column), told, expected=expected)


def _tell_oddities(row: Row, homes: Collection[str], providers: Collection[str], context: Context) -> None:
    """Tell of homes and a provider that are not listed, and of income for no place."""
    name, provider = row.need("contract_id"), row.text("provider_id")
    for home in row.words("home_ids"):
        if home not in homes:
            context.drop_home(row, home, "home_ids", action="the home is left out of the contract")
    if provider and providers and provider not in providers:
        at, told = row.at.in_column("provider_id"), f"provider {provider} is not in providers"
        expected, action = "a provider_id of the providers sheet", "it is shown under the id"
        context.log.warn("provider-unknown", at, told, expected=expected, action=action, value=provider, subject=name)
    if row.number("sold_weekly_income") and not row.number("sold_places"):
        at, told = row.at.in_column("sold_places"), "others pay for places, but none is sold on"
        expected = "how many places they pay for"
        context.log.warn("contract-income", at, told, expected=expected, action=_AS_READ, subject=name)


def _contract(row: Row, homes: Collection[str]) -> BlockContract:
    return BlockContract(
        id=row.need("contract_id"),
        home_ids=tuple(home for home in row.words("home_ids") if home in homes),
        places=row.need_number("places_bought"),
        weekly_pence=row.need_number("weekly_cost"),
        starts=row.day("starts"),
        ends=row.day("ends"),
        sold_places=row.number("sold_places") or 0,
        sold_weekly_pence=row.number("sold_weekly_income") or 0,
        provider_id=row.text("provider_id"),
        note=row.text("note"),
    )
