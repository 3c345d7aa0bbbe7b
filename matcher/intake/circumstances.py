"""What matters about where a child lives: from the children and locations sheets, and from a referral."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from matcher.intake.context import Context, place_of
from matcher.intake.sheet_rows import Row
from matcher.intake.sheets import CIRCUMSTANCES
from models.child import Circumstances, PlaceToAvoid, Visit, Wishes
from models.vocabulary import (
    Access,
    Alongside,
    Feature,
    HomeKind,
    LocationPurpose,
    Pet,
    PetsWish,
    Risk,
    Solo,
)

VISITS_IF_BLANK = 1
MILES_IF_BLANK = 5
_NAMES = tuple(column.name for column in CIRCUMSTANCES)
_T = TypeVar("_T")


def says_circumstances(row: Row) -> bool:
    """Whether a row says anything of a child's circumstances."""
    return any(name in row for name in _NAMES)


def _or(newer: _T | None, older: _T) -> _T:
    return older if newer is None else newer


def circumstances(row: Row, older: Circumstances | None = None) -> Circumstances:
    """The circumstances a row says; where it is blank, what was known before."""
    known = older or Circumstances()
    solo, alongside, pets = row.text("solo"), row.text("alongside"), row.text("pets")
    return known.model_copy(
        update={
            "disabled": _or(row.flag("disabled"), known.disabled),
            "religion": _or(row.text("religion"), known.religion),
            "languages": row.words("languages") or known.languages,
            "ehcp": _or(row.flag("ehcp"), known.ehcp),
            "access": frozenset(map(Access, row.words("access"))) or known.access,
            "allergies": frozenset(map(Pet, row.words("allergies"))) or known.allergies,
            "pets": PetsWish(pets) if pets else known.pets,
            "smoke_free": _or(row.flag("smoke_free"), known.smoke_free),
            "solo": Solo(solo) if solo else known.solo,
            "alongside": Alongside(alongside) if alongside else known.alongside,
            "risks_to_others": frozenset(map(Risk, row.words("risks_to_others"))) or known.risks_to_others,
            "risks_from_others": frozenset(map(Risk, row.words("risks_from_others"))) or known.risks_from_others,
            "features": frozenset(map(Feature, row.words("features"))) or known.features,
            "secure_order_until": _or(row.day("secure_order_until"), known.secure_order_until),
            "secretary_of_state_approval": _or(
                row.flag("secretary_of_state_approval"), known.secretary_of_state_approval
            ),
            "wishes": _wishes(row, known.wishes),
        }
    )


def _wishes(row: Row, known: Wishes) -> Wishes:
    return Wishes(
        kinds=tuple(map(HomeKind, row.words("wishes_kinds"))) or known.kinds,
        homes_wanted=row.words("wishes_homes_wanted") or known.homes_wanted,
        homes_not_wanted=row.words("wishes_homes_not_wanted") or known.homes_not_wanted,
        away_from_home_area=_or(row.flag("wishes_away"), known.away_from_home_area),
        own_words=_or(row.text("wishes_words"), known.own_words),
    )


def build_circumstances(
    children: Sequence[Row], locations: Sequence[Row], context: Context
) -> dict[str, tuple[Row, Circumstances]]:
    """Each child's circumstances by id, with the first row that says them; contradictions set the child aside."""
    log = context.log
    found: dict[str, tuple[Row, Circumstances]] = {}
    for row in children:
        child = row.need("child_id")
        if child in found:
            first = found[child][0].at
            told = f"child {child} is there twice; the other is row {first.row} of {first.file}"
            at = row.at.in_column("child_id")
            log.aside("child", child, "circumstances-conflict", at, told, expected="each child once")
        else:
            found[child] = (row, circumstances(row))
    for row in locations:
        child = row.need("child_id")
        first_row, known = found.get(child, (row, Circumstances()))
        found[child] = (first_row, _with_location(row, known, context))
    return found


def _with_location(row: Row, known: Circumstances, context: Context) -> Circumstances:
    child, at = row.need("child_id"), row.at.in_column("postcode")
    purpose = LocationPurpose(row.need("purpose"))
    place = place_of(context, row.text("postcode"), at, subject=child, action="the row is left out")
    if place is None:
        if "postcode" not in row:
            told = f"no postcode is given for {purpose.value} of child {child}"
            context.log.warn("cell-blank", at, told, expected="a postcode", action="the row is left out", subject=child)
        if purpose is LocationPurpose.AVOID:
            told = f"the place that child {child} must avoid cannot be found"
            context.log.aside("child", child, "avoid-not-placed", at, told, expected="a postcode in the directory")
        return known
    if purpose is LocationPurpose.AVOID:
        miles = _or(row.number("within_miles"), MILES_IF_BLANK)
        more = PlaceToAvoid(location=place, within_miles=miles)
        return known.model_copy(update={"avoid": (*known.avoid, more)})
    if purpose is LocationPurpose.FAMILY_TIME:
        visit = Visit(location=place, visits_a_week=_or(row.number("visits_a_week"), VISITS_IF_BLANK))
        return known.model_copy(update={"family_time": (*known.family_time, visit)})
    if known.school is not None:
        told = f"child {child} has two schools"
        context.log.warn("school-twice", row.at, told, expected="one school", action="the later row counts")
    return known.model_copy(update={"school": place})


def with_known_wishes(
    child: str, row: Row, told: Circumstances, homes: Mapping[str, object], context: Context
) -> Circumstances:
    """The circumstances without wishes about homes that are not in the case."""
    kept = {}
    for column, field in (
        ("wishes_homes_wanted", "homes_wanted"),
        ("wishes_homes_not_wanted", "homes_not_wanted"),
    ):
        named: tuple[str, ...] = getattr(told.wishes, field)
        for home in named:
            if home not in homes:
                context.drop_home(row, home, column, action=f"the wish of child {child} about it is left out")
        kept[field] = tuple(home for home in named if home in homes)
    return told.model_copy(update={"wishes": told.wishes.model_copy(update=kept)})
