"""What speaks for a step down, what might be won and lost, and what was taken for granted, in plain words."""

from collections.abc import Sequence

from matcher.services.step_down_reasons import lived_for, mates_here
from matcher.services.step_down_results import HomeThere, Money, NeedsSummary, PointChange
from matcher.services.step_down_scoring import Asked
from matcher.services.step_down_settings import StepDownSettings, Way
from models.case import Case
from models.geography import miles_tenths
from models.money import pounds
from models.ssda903.stability import months_before

ASK = (
    "Ask the child what they would want, and their reviewing officer, social worker and present carers whether the "
    "care plan speaks for it, before any home is approached. Staying is a good answer."
)
_NAMED = 3
_LABELS = {
    Way.FAMILY: "Foster homes",
    Way.SUPPORTED: "Supported homes",
    Way.NEARER: "Homes of the same kind in the area",
}


def evidence(
    case: Case, asked: Asked, way: Way, needs: NeedsSummary, settings: StepDownSettings, points: int | None
) -> tuple[str, ...]:
    """Why the child is on the list."""
    said = []
    highest = settings.highest_tenths(way, case.framework)
    if needs.tenths is not None:
        limit = f"; the setting is usual below {highest / 10:g}" if highest is not None else ""
        said.append(f"Needs score {needs.tenths / 10:g} ({needs.band}), high needs: {needs.high_needs}{limit}.")
    open_now = int(asked.open_now.sum())
    said.append(
        f"{_LABELS[way]} on file that pass every rule, the suitability floor included: {len(asked.homes)}. A place is "
        f"open today in {open_now}; {len(asked.homes) - open_now} are full or not taking a child now."
    )
    if asked.placement.ends_on:
        said.append(f"Notice was given: the placement ends on {asked.placement.ends_on:%d/%m/%Y}.")
    if asked.open_referral:
        reason = asked.open_referral.reason.value.replace("_", " ")
        said.append(f"A home is being looked for already: referral {asked.open_referral.id}, {reason}.")
    if points is not None:
        said.append(f"The present placement has {points} stability points.")
    return tuple(said)


def child_says(asked: Asked) -> tuple[str, ...]:
    """What the child is on record as wanting; their words are quoted and never read by a machine."""
    wishes, said = asked.circumstances.wishes, []
    if wishes.own_words:
        said.append(f"In the child's own words: “{wishes.own_words}”")
    if wishes.kinds:
        said.append(f"The child wishes for: {', '.join(kind.value.replace('_', ' ') for kind in wishes.kinds)}.")
    return tuple(said) or ("Nothing is recorded of what the child wants.",)


def gains(
    case: Case,
    asked: Asked,
    way: Way,
    examples: Sequence[HomeThere],
    saving: Money | None,
    changes: Sequence[PointChange],
) -> tuple[str, ...]:
    """What might be won."""
    said = []
    if way is Way.FAMILY:
        said.append("Life in a family, which section 22C(6) of the Children Act 1989 lists before a children's home.")
    if way is Way.SUPPORTED:
        said.append("Practice in living independently, with support, before leaving care.")
    if way is Way.NEARER:
        said.append("Living in the authority's own area: section 22C(9) of the Children Act 1989.")
    best = examples[0]
    if best.nearer_tenths is not None and best.nearer_tenths > 0:
        said.append(f"{best.nearer_tenths / 10:.1f} miles nearer home at the best match.")
    said += [f"Stability points there: {-each.points} fewer ({each.label})." for each in changes if each.points < 0]
    with_siblings = _siblings_there(case, asked)
    if with_siblings:
        said.append(f"A brother or sister lives in {', '.join(with_siblings)}, which would suit.")
    if saving is not None and saving.pence > 0:
        said.append(
            f"{pounds(saving.pence)} a week less in fees at the mean of the best matches "
            f"({pounds(saving.low_pence)} to {pounds(saving.high_pence)})."
        )
    return tuple(said)


def risks(
    case: Case,
    asked: Asked,
    needs: NeedsSummary,
    examples: Sequence[HomeThere],
    saving: Money | None,
    changes: Sequence[PointChange],
) -> tuple[str, ...]:
    """What might be lost."""
    best = examples[0]
    said = ["Each move raises the risk of the next."]
    said += [f"Stability points there: {each.points} more ({each.label})." for each in changes if each.points > 0]
    if lived_for(case, asked, 12):
        said.append(f"The child has lived here since {asked.placement.started:%d/%m/%Y} and knows the people.")
    if needs.flags:
        labels = [need.label for need in case.framework.needs if need.key in needs.flags]
        said.append(f"High in needs that end placements: {', '.join(labels).lower()}.")
    if best.short_needs:
        more = f" and {len(best.short_needs) - _NAMED} more" if len(best.short_needs) > _NAMED else ""
        said.append(f"The best match falls short in: {', '.join(best.short_needs[:_NAMED]).lower()}{more}.")
    if best.nearer_tenths is not None and best.nearer_tenths < 0:
        said.append(f"{-best.nearer_tenths / 10:.1f} miles further from home at the best match.")
    school = asked.circumstances.school
    if school is not None:
        tenths = miles_tenths(school, case.home[best.home_id].location)
        exams = ", and the child is in year 10 or 11" if asked.key_stage_4 else ""
        said.append(f"The best match is {tenths / 10:.1f} miles from the present school{exams}.")
    elif asked.key_stage_4:
        said.append("The child is in year 10 or 11; no school is recorded.")
    if saving is not None and saving.pence < 0:
        said.append(f"{pounds(-saving.pence)} a week more in fees at the mean of the best matches.")
    return tuple(said)


def assumptions(case: Case, asked: Asked, way: Way, needs: NeedsSummary) -> tuple[str, ...]:
    """What has been taken for granted."""
    said = []
    if needs.known < needs.asked:
        said.append(
            f"{needs.known} of {needs.asked} needs are assessed; the others are taken as usual for the age. "
            "Assess the child before anything else."
        )
    profile = asked.child.profile
    if profile and profile.assessed_on and profile.assessed_on < months_before(case.as_at, 6):
        said.append(f"The assessment is of {profile.assessed_on:%d/%m/%Y}, more than six months old.")
    if asked.child.home is None:
        said.append("The child's home address is not known, so miles are not.")
    if way is Way.NEARER:
        said.append("The child is taken as moving alone.")
    said.append("Full homes are judged with those who live there today.")
    return tuple(said)


def _siblings_there(case: Case, asked: Asked) -> list[str]:
    """Homes that suit in which one of the child's planned unit lives, in the order of the match."""
    group = case.siblings_of.get(asked.child.id)
    unit = next((unit for unit in group.planned_units if asked.child.id in unit), ()) if group else ()
    elsewhere = [mate for mate in unit if mate != asked.child.id and mate not in mates_here(case, asked)]
    placed = {case.placement_of[mate].home_id for mate in elsewhere if mate in case.placement_of}
    return [home.id for home in asked.homes if home.id in placed]
