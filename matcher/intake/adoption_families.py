"""Adoptive families and agencies, from their rows."""

from collections.abc import Mapping, Sequence

from matcher.intake import cells
from matcher.intake.adoption_sheets import FAMILY_DATES, answer_columns
from matcher.intake.circumstances import MILES_IF_BLANK
from matcher.intake.context import Context, place_of
from matcher.intake.merged import merged
from matcher.intake.others import first_of_each
from matcher.intake.sheet_rows import Row
from models.adoption import Agency, AgencyTier, Answer, Criteria, Family, FamilyDates, HouseholdMember, LeftReason
from models.child import PlaceToAvoid
from models.vocabulary import Access, Pet, Sex

_WHAT = "family"
_NO_PETS = "none"
_OLDEST = 18


def build_agencies(rows: Sequence[Row], authority: str, context: Context) -> dict[str, Agency]:
    """Every agency by id, your own first; without one of your own, it is made, with the authority's code as its id."""
    listed = [
        Agency(id=row.need("agency_id"), name=row.need("agency_name"), tier=AgencyTier(row.need("agency_tier")))
        for row in first_of_each(rows, ("agency_id",), "agency", context)
    ]
    own = [agency for agency in listed if agency.tier is AgencyTier.OWN]
    if listed and len(own) != 1:
        _tell_own(own, rows[0], context)
    if not own:
        own = [Agency(id=authority, name="the council's own agency", tier=AgencyTier.OWN)]
    return {agency.id: agency for agency in (*own, *listed)}


def _tell_own(own: Sequence[Agency], row: Row, context: Context) -> None:
    names, taker = ", ".join(agency.id for agency in own), own[0].id if own else "the council"
    context.log.warn(
        "own-agency-unclear",
        row.at.in_column("agency_tier"),
        f"{len(own)} agencies are your own: {names}" if own else "no agency is your own",
        expected="one agency with agency_tier own",
        action=f"children and families that name no agency are taken for those of {taker}",
    )


def agency_of(row: Row, agencies: dict[str, Agency], context: Context) -> str:
    """The agency a row names, your own where it names none; one not listed is taken for another authority's."""
    name = row.text("agency_id")
    if name is None:
        return next(iter(agencies))
    if name not in agencies:
        agencies[name] = Agency(id=name, name=name, tier=AgencyTier.AUTHORITY)
        context.log.warn(
            "agency-unknown",
            row.at.in_column("agency_id"),
            f"agency {name} is not in agencies",
            expected="an agency_id of the agencies sheet",
            action="it is taken for another authority's agency, which decides the inter-agency fee",
            value=name,
        )
    return name


def build_families(rows: Sequence[Row], agencies: dict[str, Agency], context: Context) -> dict[str, Family]:
    """Every usable family by id; one whose terms or household cannot be known is set aside by name."""
    found = {}
    for row in merged(rows, "family_id", _WHAT, context):
        family = _family(row, agencies, context)
        if not context.log.is_aside(_WHAT, family.id):
            found[family.id] = family
    return found


def _family(row: Row, agencies: dict[str, Agency], context: Context) -> Family:
    name = row.need("family_id")
    place = place_of(context, row.text("postcode"), row.at.in_column("postcode"), subject=name)
    if place is None:
        _tell_not_screened(row, context)
    pets, left = row.words("pets"), row.text("left_reason")
    return Family(
        id=name,
        agency_id=agency_of(row, agencies, context),
        location=place,
        dates=FamilyDates(
            **{field: row.day(field) for field, _ in FAMILY_DATES}, left_reason=LeftReason(left) if left else None
        ),
        criteria=_criteria(row, context),
        dual_approval=row.flag("dual_approval") or False,
        ethnicity=row.words("ethnicity"),
        disabled=row.flag("disabled"),
        heritage=frozenset(row.words("heritage")),
        languages=frozenset(row.words("languages")),
        faiths=frozenset(row.words("faiths")),
        household=_household(row, context),
        pets=frozenset(Pet(pet) for pet in pets if pet != _NO_PETS) if pets else None,
        smoking=row.flag("smoking"),
        access=frozenset(map(Access, row.words("access"))),
        avoid=_avoided(row, context),
        fee_received_pence=row.number("fee_received"),
    )


def _tell_not_screened(row: Row, context: Context) -> None:
    context.log.note(
        "family-not-placed",
        row.at.in_column("postcode"),
        f"where family {row.need('family_id')} lives is not known",
        expected="a postcode, for families who are to be screened",
        action="the family is counted and not screened",
        subject=row.need("family_id"),
    )


def _criteria(row: Row, context: Context) -> Criteria:
    age_from, age_to = row.number("age_from") or 0, _or(row.number("age_to"), _OLDEST)
    if age_to < age_from:
        told = f"approved from {age_from} to {age_to}"
        _aside(row, "ages-reversed", "age_to", told, "age_to of at least age_from", context)
        age_from, age_to = 0, _OLDEST
    number = _or(row.number("number"), 1)
    if number == 0:
        _aside(row, "number-nil", "number", "no child can be placed with a number of 0", "1 or more, or blank", context)
        number = 1
    hoped = _within(row, "hoped_number", 1, number, context)
    return Criteria(
        age_from=age_from,
        age_to=age_to,
        hoped_age_from=_within(row, "hoped_age_from", age_from, age_to, context),
        hoped_age_to=_within(row, "hoped_age_to", age_from, age_to, context),
        sexes=frozenset(map(Sex, row.words("sexes"))) or frozenset(Sex),
        number=number,
        hoped_number=hoped,
        answers=_answers(row, context),
    )


def _within(row: Row, column: str, low: int, high: int, context: Context) -> int | None:
    """What the family hopes for, kept within what it is approved for."""
    value = row.number(column)
    if value is None or low <= value <= high:
        return value
    nearest = min(max(value, low), high)
    context.log.warn(
        "hope-beyond-terms",
        row.at.in_column(column),
        f"{column} is {value}, outside what the family is approved for, {low} to {high}",
        expected="what they hope for within what they are approved for",
        action=f"{nearest} is taken",
        value=str(value),
        subject=row.need("family_id"),
    )
    return nearest


def _answers(row: Row, context: Context) -> Mapping[str, Answer]:
    found = {}
    for column in answer_columns(context.framework):
        said = row.text(column.name)
        if said is not None:
            yes, discuss = map(int, said.split())
            found[column.name.removeprefix("a_")] = Answer(yes=yes, discuss=discuss)
    return found


def _household(row: Row, context: Context) -> tuple[HouseholdMember, ...]:
    """Children who live there; who cannot be known sets the family aside, for they are met by whoever joins them."""
    found = []
    for text in row.words("household_born"):
        try:
            found.append(HouseholdMember(born=cells.read_date(text)))
        except cells.CellError as error:
            _aside(row, "cell-unreadable", "household_born", str(error), error.expected, context)
    return tuple(found)


def _avoided(row: Row, context: Context) -> tuple[PlaceToAvoid, ...]:
    within, name = _or(row.number("avoid_within_miles"), MILES_IF_BLANK), row.need("family_id")
    found = []
    for text in row.words("avoid_postcodes"):
        at = row.at.in_column("avoid_postcodes")
        place = None
        try:
            place = place_of(context, cells.read_postcode(text), at, subject=name)
        except cells.CellError as error:
            context.log.warn(
                "cell-unreadable", at, str(error), expected=error.expected, action="see below", value=text, subject=name
            )
        if place is None:
            told = "a place the family must not take a child from cannot be found"
            _aside(row, "avoid-not-placed", "avoid_postcodes", told, "full postcodes separated by ;", context)
        else:
            found.append(PlaceToAvoid(location=place, within_miles=within))
    return tuple(found)


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


def _aside(row: Row, code: str, column: str, told: str, expected: str, context: Context) -> None:
    context.log.aside(_WHAT, row.need("family_id"), code, row.at.in_column(column), told, expected=expected)
