"""Homes, from their rows."""

from collections.abc import Sequence

from matcher.intake.context import Context, place_of
from matcher.intake.levels import skills
from matcher.intake.sheet_rows import Row
from models.geography import Location
from models.home import Home, Terms
from models.vocabulary import (
    Access,
    Contract,
    Feature,
    Grade,
    HomeKind,
    NotAvailable,
    Pet,
    Sector,
    Sex,
    Training,
)

NO_PETS = "none"


def build_homes(rows: Sequence[Row], context: Context) -> dict[str, Home]:
    """Every usable home by id; a home given twice with different facts, or with impossible ones, is set aside."""
    log = context.log
    by_id: dict[str, Row] = {}
    for row in rows:
        home_id = row.need("home_id")
        first = by_id.setdefault(home_id, row)
        if first is not row:
            told = f"home {home_id} is there twice; the other is row {first.at.row} of {first.at.file}"
            log.aside("home", home_id, "home-twice", row.at.in_column("home_id"), told, expected="each home once")
    homes = {}
    for home_id, row in by_id.items():
        home = None if log.is_aside("home", home_id) else _home(row, context)
        if home is not None:
            homes[home_id] = home
    return homes


def _home(row: Row, context: Context) -> Home | None:
    home_id, postcode = row.need("home_id"), row.need("postcode")
    at = row.at.in_column("postcode")
    location = place_of(context, postcode, at, subject=home_id)
    if location is None:
        told = f"home {home_id} cannot be placed on the map"
        expected = "a postcode in the directory"
        context.log.aside("home", home_id, "postcode-unknown", at, told, expected=expected, value=postcode)
        return None
    terms = _terms(row)
    if terms.age_from > terms.age_to:
        told = f"the terms run from age {terms.age_from} to {terms.age_to}"
        at = row.at.in_column("age_from")
        context.log.aside("home", home_id, "ages-reversed", at, told, expected="age_from not above age_to")
        return None
    _tell_oddities(row, terms, context)
    return _with_defaults(row, terms, location, context)


def _terms(row: Row) -> Terms:
    ages = {name: row.number(name) for name in ("age_from", "age_to")}
    sexes = row.words("sexes")
    return Terms(
        places=row.need_number("approved_places"),
        sibling_places=row.number("sibling_places"),
        age_from=0 if ages["age_from"] is None else ages["age_from"],
        age_to=17 if ages["age_to"] is None else ages["age_to"],
        sexes=frozenset(map(Sex, sexes)) if sexes else frozenset(Sex),
        exempt_children=frozenset(row.words("exempt_children")),
    )


def _with_defaults(row: Row, terms: Terms, location: Location, context: Context) -> Home:
    sector = Sector(row.need("sector"))
    contract = _contract(row, sector)
    fee = row.need_number("weekly_fee")
    marginal = row.number("marginal_weekly_fee")
    bedrooms = row.number("bedrooms")
    bedrooms = terms.places if bedrooms is None else bedrooms
    reason = row.text("not_available_reason")
    return Home(
        id=row.need("home_id"),
        provider_id=row.need("provider_id"),
        kind=HomeKind(row.need("kind")),
        sector=sector,
        location=location,
        terms=terms,
        bedrooms=bedrooms,
        double_bedrooms=min(row.number("double_bedrooms") or 0, bedrooms),
        fee_pence=fee,
        marginal_fee_pence=_marginal(contract, fee) if marginal is None else marginal,
        urn=row.text("urn"),
        named=row.flag("named_carers") is not False,
        contract=contract,
        connected_children=frozenset(row.words("connected_children")),
        training=Training(row.text("training") or Training.UNKNOWN),
        skills=skills(row, context),
        features=frozenset(map(Feature, row.words("features"))),
        access=frozenset(map(Access, row.words("access"))),
        languages=frozenset(row.words("languages")),
        faiths=frozenset(row.words("faiths")),
        pets=_pets(row),
        smoking=row.flag("smoking"),
        maximum_age_gap=row.number("maximum_age_gap"),
        grade=Grade(row.text("grade") or Grade.NOT_INSPECTED),
        registered=row.flag("registered") is not False,
        suspended=row.flag("suspended") is True,
        closes_on=row.day("closes_on"),
        available_from=row.day("available_from"),
        not_available_places=row.number("not_available_places") or 0,
        not_available_reason=NotAvailable(reason) if reason else None,
    )


def _contract(row: Row, sector: Sector) -> Contract:
    given = row.text("contract")
    if given:
        return Contract(given)
    return Contract.OWN if sector is Sector.IN_HOUSE else Contract.SPOT


def _marginal(contract: Contract, fee: int) -> int:
    """What filling a place adds where nobody said: nothing for a block bed already paid for, else the fee."""
    return 0 if contract is Contract.BLOCK else fee


def _pets(row: Row) -> frozenset[Pet] | None:
    if "pets" not in row:
        return None
    return frozenset(Pet(word) for word in row.words("pets") if word != NO_PETS)


def _tell_oddities(row: Row, terms: Terms, context: Context) -> None:
    """Tell of facts that can hardly be meant, but do no harm as they stand."""
    bedrooms = row.number("bedrooms")
    odd = (
        (
            "double_bedrooms",
            (row.number("double_bedrooms") or 0) > (terms.places if bedrooms is None else bedrooms),
            "more double bedrooms than bedrooms",
            "at most as many as bedrooms",
            "every bedroom counts as double",
        ),
        (
            "not_available_places",
            (row.number("not_available_places") or 0) > terms.places,
            "more places not available than approved",
            "at most as many as approved_places",
            "the home has no place to offer",
        ),
        (
            "sibling_places",
            terms.sibling_places is not None and terms.sibling_places < terms.places,
            "fewer places for siblings than places",
            "at least as many as approved_places",
            "it is kept",
        ),
        (
            "marginal_weekly_fee",
            (row.number("marginal_weekly_fee") or 0) > row.need_number("weekly_fee"),
            "filling a place adds more than it costs in full",
            "at most weekly_fee",
            "it is kept",
        ),
        (
            "connected_children",
            row.need("kind") == HomeKind.CONNECTED and not row.words("connected_children"),
            "a connected person's home names no child it is open to",
            "the child_id of each",
            "the home is open to nobody",
        ),
    )
    for column, is_odd, told, expected, action in odd:
        if is_odd:
            at, home_id = row.at.in_column(column), row.need("home_id")
            context.log.warn(
                "home-odd", at, f"home {home_id}: {told}", expected=expected, action=action, subject=home_id
            )
