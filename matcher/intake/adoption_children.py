"""Children with a plan for adoption: what the returns say, and the sheet, which wins where they differ."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from matcher.intake.adoption_dates import as_dates, tell_impossible_order
from matcher.intake.adoption_families import agency_of
from matcher.intake.adoption_sheets import PLAN_DATES
from matcher.intake.context import Context, place_of
from matcher.intake.facts import Facts
from matcher.intake.merged import merged
from matcher.intake.sheet_rows import Row
from models.adopter_questions import adopter_questions
from models.adoption import Agency, PlanChild
from models.child import Child, Circumstances
from models.geography import Location
from models.needs import NeedsProfile
from models.vocabulary import Access, Pet, PetsWish, Sex

WHAT = "child with a plan for adoption"
_NO_FAITH = frozenset({"", "none", "no religion", "no faith"})
_FAR_APART = 1
"""Days by which a sheet and a return may differ without a word: an order is often entered a day late."""


@dataclass(frozen=True)
class Known:
    """What other files say of children, by id.

    Attributes:
        facts: Sex, birth date and ethnicity, from the returns.
        children: Those looked after now.
        profiles: Newest assessments.
        about: Places to avoid and journeys for contact.
        families: Ids of the pool's families.
    """

    facts: Mapping[str, Facts]
    children: Mapping[str, Child]
    profiles: Mapping[str, NeedsProfile | None]
    about: Mapping[str, Circumstances]
    families: Collection[str]


def build_plan_children(
    rows: Sequence[Row], in_returns: Mapping[str, dict[str, object]], known: Known,
    agencies: dict[str, Agency], context: Context,
) -> dict[str, PlanChild]:  # fmt: skip
    """Every child with a plan, by id: those of the sheet, then those whom only the returns tell of."""
    found = {}
    for row in merged(rows, "child_id", WHAT, context):
        child = _from_row(row, in_returns.get(row.need("child_id"), {}), known, agencies, context)
        if child is not None:
            found[child.id] = child
            tell_impossible_order(child, row.at, context.log)
    own = next(iter(agencies))
    for name, plan in in_returns.items():
        about, dates = known.facts.get(name), as_dates(plan)
        if name not in found and about and dates and not context.log.is_aside("child", name):
            found[name] = _child(name, own, about.sex, about.born, known, ethnicity=about.ethnicity, dates=dates)
            tell_impossible_order(found[name], about.at, context.log)
    return found


def _from_row(
    row: Row, plan: Mapping[str, object], known: Known, agencies: dict[str, Agency], context: Context
) -> PlanChild | None:
    name, about = row.need("child_id"), known.facts.get(row.need("child_id"))
    sex, born = row.text("sex"), row.day("born") or (about.born if about else None)
    dates = as_dates(_merged(row, plan, context))
    if dates is None:
        _aside(row, "decided_on", f"no decision that child {name} should be adopted is dated", "decided_on", context)
    if born is None:
        _aside(row, "born", f"no birth date of child {name} is known", "born, for a child no return knows", context)
    if dates is None or born is None:
        return None
    post = place_of(context, row.text("home_postcode"), row.at.in_column("home_postcode"), subject=name)
    pets = row.text("pets")
    return _child(
        name,
        agency_of(row, agencies, context),
        Sex(sex) if sex else about.sex if about else Sex.UNKNOWN,
        born,
        known,
        home=post,
        dates=dates,
        ethnicity=row.text("ethnicity") or (about.ethnicity if about else None),
        disabled=row.flag("disabled"),
        heritage=row.words("heritage"),
        languages=row.words("languages"),
        religion=row.text("religion"),
        background=_background(row),
        access=frozenset(map(Access, row.words("access"))),
        allergies=frozenset(map(Pet, row.words("allergies"))),
        pets=PetsWish(pets) if pets else None,
        smoke_free=row.flag("smoke_free") or False,
        only_child=row.flag("only_child") or False,
        youngest=row.flag("youngest") or False,
        early_permanence=row.flag("early_permanence") or False,
        carer_family_id=_family(row, "carer_family_id", known, context),
        family_id=_family(row, "family_id", known, context),
    )


def _child(
    name: str, agency: str, sex: Sex, born: dt.date, known: Known, *, home: Location | None = None, **fields: object
) -> PlanChild:
    """A child with what other files say where the sheet is blank."""
    ours, about = known.children.get(name), known.about.get(name, Circumstances())
    own = ours.circumstances if ours else about
    either = {
        "religion": _faith(fields.get("religion")) or _faith(own.religion),
        "languages": fields.get("languages") or own.languages,
        "disabled": own.disabled if fields.get("disabled") is None else fields["disabled"],
        "access": fields.get("access") or own.access,
        "allergies": fields.get("allergies") or own.allergies,
        "pets": fields.get("pets") or own.pets,
        "smoke_free": bool(fields.get("smoke_free")) or own.smoke_free,
    }
    return PlanChild.model_validate(
        {"id": name, "agency_id": agency, "sex": sex, "born": born, "profile": known.profiles.get(name),
         "home": home or (ours.home if ours else None), "contact": about.family_time, "avoid": about.avoid}
        | fields | either
    )  # fmt: skip


def _faith(said: object) -> str | None:
    """A religion to be supported; none where somebody wrote that the child has none."""
    return said if isinstance(said, str) and said.strip().lower() not in _NO_FAITH else None


def _merged(row: Row, plan: Mapping[str, object], context: Context) -> dict[str, object]:
    """The steps, the sheet's where it has them; told where the return has another day."""
    found = dict(plan)
    for name, _ in PLAN_DATES:
        day, before = row.day(name), plan.get(name)
        if day is None:
            continue
        if isinstance(before, dt.date) and abs((day - before).days) > _FAR_APART:
            context.log.warn(
                "plan-dates-differ",
                row.at.in_column(name),
                f"{name} of child {row.need('child_id')} is {day:%d/%m/%Y} here and {before:%d/%m/%Y} in the return",
                expected="one date",
                action="the sheet's counts",
                value=f"{day:%d/%m/%Y}",
                subject=row.need("child_id"),
            )
        found[name] = day
    reason = row.text("reversal_reason")
    return found | ({"reversal_reason": reason} if reason else {})


def _background(row: Row) -> dict[str, int]:
    levels = {question.key: row.number(f"q_{question.key}") for question in adopter_questions().questions}
    return {key: level for key, level in levels.items() if level is not None}


def _family(row: Row, column: str, known: Known, context: Context) -> str | None:
    name = row.text(column)
    if name is None or name in known.families:
        return name
    context.log.warn(
        "family-unknown",
        row.at.in_column(column),
        f"family {name} is not in adopters",
        expected="a family_id of the adopters sheet",
        action="it is read as blank",
        value=name,
        subject=row.need("child_id"),
    )
    return None


def _aside(row: Row, column: str, told: str, expected: str, context: Context) -> None:
    context.log.aside(
        WHAT, row.need("child_id"), f"{column}-missing", row.at.in_column(column), told, expected=expected
    )
