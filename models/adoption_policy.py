"""What a council decides for adoption: the price of each soft factor between a child and a family, with its reason."""

from typing import Annotated, Any

from pydantic import Field

from models.policy import Pence, Policy


def _price(default: int, reason: str) -> Any:  # noqa: ANN401 - pydantic's own Field is typed so
    return Field(default=default, description=reason)


class AdoptionPolicy(Policy):
    """The same prices, as they count between a child with a plan for adoption and a family.

    A council replaces any of them in ``adoption_policy.toml``. What homes are priced for and families are not (kind of
    setting, journey to a present school, inspection, skill to spare) is 0.
    """

    name: str = "Placewell default adoption policy"

    unmet_need_per_tenth: Pence = _price(
        85,
        "For each tenth of a point that a child brings beyond what the family said yes to. Stretching quietly is how "
        "poor matches are made: 63 in 100 poor matches disrupted or were shaky, 5 in 100 of good and fair ones "
        "(Farmer and Dance 2016). The same £8.50 a point as in fostering.",
    )
    surplus_per_tenth: Pence = _price(0, "A family that would accept more than the child brings is no worse for it.")
    home_distance_per_tenth_mile: Pence = _price(0, "An adoptive home need not be near the birth family's.")
    school_journey_per_tenth_mile: Pence = _price(0, "A child who is adopted changes school where the family lives.")
    key_stage_4_disruption: Pence = _price(0, "As the journey to school.")
    adjoining_area: Pence = _price(0, "Where the family lives is not weighed; places to avoid are a rule.")
    at_a_distance: Pence = _price(0, "Where the family lives is not weighed; places to avoid are a rule.")
    move: Pence = _price(
        60_000,
        "£600 a week for leaving a foster carer who may adopt: the child keeps one family, and nothing has to be made "
        "anew. Weighs as a family that is stretched by two levels on three needs.",
    )
    each_earlier_move: Pence = _price(0, "Counted in what the child needs.")
    language_not_spoken: Pence = _price(
        6_000, "£60 a week at first where nobody speaks any of the child's languages; fades as the child waits."
    )
    faith_not_supported: Pence = _price(
        3_000, "£30 a week at first where the family cannot support the child's faith; fades as the child waits."
    )
    heritage_not_supported: Pence = _price(
        6_000,
        "£60 a week at first where the family neither shares nor can support the child's heritage. A support factor, "
        "never a rule: section 1(5), Adoption and Children Act 2002, was repealed for England in 2014.",
    )
    identity_fades_over_days: Annotated[int, Field(ge=0, le=3_650)] = _price(
        120,
        "Language, faith and heritage fade to nothing over four months of waiting (the A2 threshold is 121 days), so "
        "that no child waits for them: section 1(3), delay is likely to prejudice a child's welfare.",
    )
    foster_step: Pence = _price(0, "Not weighed between families.")
    residential_step: Pence = _price(0, "Not weighed between families.")
    other_step: Pence = _price(0, "Not weighed between families.")
    not_preferred_kind: Pence = _price(0, "Not weighed between families.")
    requires_improvement: Pence = _price(0, "Families are approved, not graded.")
    not_inspected: Pence = _price(0, "Families are approved, not graded.")
    floor_levels_short: Annotated[int, Field(ge=1, le=5)] = _price(
        5, "What a family said no to takes the place of the suitability floor; 5 is never."
    )
    assumed_yes: Annotated[int, Field(ge=0, le=4)] = _price(
        1, "A question the family was not asked is taken as yes to level 1, and as no answer beyond: ask."
    )
    beyond_hoped_age_percent: Annotated[int, Field(gt=0, le=1_000)] = _price(
        100, "What each year of age beyond the ages a family hopes for weighs, beside a level of a need."
    )
    beyond_hoped_number_percent: Annotated[int, Field(gt=0, le=1_000)] = _price(
        200, "What each child more than a family hopes for weighs, for each of them, beside a level of a need."
    )
    fee_authority_pence: Pence = _price(
        2_700_000, "£27,000 for one child between authorities and regional agencies, unchanged since 2011 (CoramBAAF)."
    )
    fee_voluntary_pence: Pence = _price(
        3_924_500, "£39,245 for one child placed with a voluntary agency's family, 2025/26 (CoramBAAF)."
    )
    fee_sibling_percent: Annotated[int, Field(ge=0, le=100)] = _price(
        60, "What each further child of a group adds to the fee, in percent of the first's: local, ask the agency."
    )
