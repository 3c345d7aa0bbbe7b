"""A child with a plan for adoption as a search for a home."""

import datetime as dt

from matcher.services.adoption.questions import child_brings
from models.adoption import PlanChild
from models.child import Child, Circumstances
from models.needs import NeedsProfile
from models.referral import Referral
from models.vocabulary import Alongside, AuthorityToPlace, ReferralReason, Solo, Urgency


def authority_to_place(child: PlanChild, day: dt.date) -> AuthorityToPlace:
    """Whether the child may be placed for adoption on a day, with foster carers who may adopt, or not yet."""
    since = child.dates.may_be_placed_from
    if since is not None and since <= day:
        return AuthorityToPlace.FULL
    return AuthorityToPlace.EARLY_PERMANENCE if child.early_permanence else AuthorityToPlace.NONE


def as_child(child: PlanChild, together: int, day: dt.date) -> Child:
    """The child as the scoring of homes knows one: what they bring, and what matters about where they live.

    Args:
        child: The child.
        together: How many brothers and sisters are to live together, the child counted.
        day: The day on which they search.
    """
    profile = child.profile or NeedsProfile(child_id=child.id)
    brings = child_brings(child, child.age_on(day), together)
    return Child(
        id=child.id,
        sex=child.sex,
        born=child.born,
        ethnicity=child.ethnicity,
        home=child.home,
        entered_care=child.dates.entered_care,
        profile=profile.model_copy(update={"levels": brings}),
        circumstances=Circumstances(
            disabled=child.disabled,
            religion=child.religion,
            languages=child.languages,
            heritage=child.heritage,
            family_time=child.contact,
            avoid=child.avoid,
            access=child.access,
            allergies=child.allergies,
            pets=child.pets,
            smoke_free=child.smoke_free,
            solo=Solo.REQUIRED if child.only_child else Solo.NOT_NEEDED,
            alongside=Alongside.ONLY_OLDER if child.youngest else Alongside.ANY,
        ),
    )


def as_referral(child: PlanChild, day: dt.date) -> Referral:
    """The search for a family; what fades does so from the decision that the child should be adopted."""
    return Referral(
        id=child.id,
        child_id=child.id,
        received=child.dates.decided_on,
        needed_by=day,
        urgency=Urgency.PLANNED,
        reason=ReferralReason.ADOPTION,
        authority=authority_to_place(child, day),
    )
