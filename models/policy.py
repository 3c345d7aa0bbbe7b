"""What a council decides: the price of every soft factor, in pence-equivalent a week, each with its reason.

Every price turns something that matters to a child into pounds a week, so that parts add up exactly and a
person can argue with each one. The defaults put welfare first: ``fee_per_mille`` lets money decide only
between homes that are close to equal for the child. A council replaces any of them in ``policy.toml``.
"""

from typing import Annotated, Any

from pydantic import Field

from models.record import Record

# Prices stay below a million pounds a week, so that no sum of parts can pass what 64 bits hold.
Pence = Annotated[int, Field(ge=0, le=100_000_000)]


def _price(default: int, reason: str) -> Any:  # noqa: ANN401 - pydantic's own Field is typed so
    return Field(default=default, description=reason)


class Policy(Record):
    """Prices, thresholds and switches, with defaults; every field's description is its reason."""

    name: str = "Placewell default policy"
    version: str = "1.0"

    unmet_need_per_tenth: Pence = _price(
        85,
        "For each tenth of a needs point a home falls short. £8.50 a point is what a place in an independent "
        "children's home cost for each point of need (£3,810 a week for a mean score of 447, Hertfordshire 2017/18).",
    )
    surplus_per_tenth: Pence = _price(
        1,
        "For each tenth of a point of skill the child does not need: keeps scarce skills for the children who do, "
        "and is small so that it only decides between homes that are otherwise level.",
    )
    home_distance_per_tenth_mile: Pence = _price(
        100, "£10 a mile a week from home: section 22C(8)(a), Children Act 1989, near the child's home."
    )
    school_journey_per_tenth_mile: Pence = _price(
        150, "£15 a mile a week to the present school: section 22C(8)(b), not disrupting education."
    )
    key_stage_4_disruption: Pence = _price(
        20_000,
        "£200 a week where a child in years 10 and 11 would live further from school than "
        "school_reach_tenth_miles: regulation 10, Care Planning Regulations 2010, asks for approval of such a move.",
    )
    school_reach_tenth_miles: Annotated[int, Field(ge=0, le=1000)] = _price(
        100, "10 miles: about the longest daily school run a carer will keep up."
    )
    family_time_per_tenth_mile_visit: Pence = _price(
        20, "£2 a mile for each weekly visit: the journey there and back at 45p a mile, and an hour of time."
    )
    adjoining_area: Pence = _price(
        5_000, "£50 a week in an adjoining authority: section 22C(9) prefers the authority's own area."
    )
    at_a_distance: Pence = _price(
        20_000, "£200 a week further away: regulation 11(1)(b) makes this the director's own decision."
    )
    move: Pence = _price(
        30_000,
        "£300 a week for moving a child whose placement is not ending: each move raises the risk of the next.",
    )
    each_earlier_move: Pence = _price(
        5_000,
        "£50 a week more for each move in the last year, up to three: earlier moves predict disruption "
        "(Oosterman and others 2007; Rock and others 2015).",
    )
    language_not_spoken: Pence = _price(
        6_000, "£60 a week where no carer speaks any of the child's languages: section 22(5)(c)."
    )
    faith_not_supported: Pence = _price(
        3_000, "£30 a week where the home cannot support the child's faith: section 22(5)(c)."
    )
    heritage_not_supported: Pence = _price(
        0, "Not weighed for homes; for adoptive families see ``AdoptionPolicy``: section 1(5) was repealed in 2014."
    )
    identity_fades_over_days: Annotated[int, Field(ge=0, le=3_650)] = _price(
        0, "Days of waiting over which language, faith and heritage fade to nothing; 0 is never, as for homes."
    )
    foster_step: Pence = _price(
        2_500, "£25 a week: section 22C(7) prefers a suitable connected person to any other carer."
    )
    residential_step: Pence = _price(
        25_000, "£250 a week: a family first, section 22C(6), unless the referral prefers a children's home."
    )
    other_step: Pence = _price(
        10_000, "£100 a week for other arrangements, section 22C(6)(d), unless the referral prefers them."
    )
    not_preferred_kind: Pence = _price(
        15_000, "£150 a week where the social worker called the kind suitable but not preferred."
    )
    wish_not_met: Pence = _price(
        10_000, "£100 a week for each wish of the child's that the home would not meet: section 22(4)-(5)."
    )
    solo_preferred_not_met: Pence = _price(
        10_000, "£100 a week where living alone with carers is preferred and others live there."
    )
    requires_improvement: Pence = _price(5_000, "£50 a week where Ofsted says the home requires improvement.")
    not_inspected: Pence = _price(
        500,
        "£5 a week where Ofsted has not inspected: about a tenth of homes inspected turn out to need improvement.",
    )
    floor_levels_short: Annotated[int, Field(ge=1, le=5)] = _price(
        2, "The suitability floor: no high need met this many levels short."
    )
    floor_need_level: Annotated[int, Field(ge=1, le=4)] = _price(
        3, "The suitability floor looks at needs of this level and above."
    )
    fee_per_mille: Annotated[int, Field(ge=0, le=1_000_000)] = _price(
        20,
        "Money counts for 20 in a thousand: enough to choose the cheaper of two homes equally good for the child, "
        "too little to outrank welfare. Set 1000 to weigh every pound of fee as a pound of welfare.",
    )
    siblings_apart: Pence = _price(
        100_000,
        "£1,000 a week for each further home brothers and sisters are spread over against their plan.",
    )
    usual_fostering_limit: Annotated[int, Field(ge=1, le=10)] = _price(
        3, "Schedule 7, Children Act 1989: the usual fostering limit."
    )
    share_bedroom_under: Annotated[int, Field(ge=0, le=18)] = _price(
        3,
        "National Minimum Standard 10 for fostering: from three, each child has a bedroom unless sharing is agreed.",
    )
    mixed_sex_share_under: Annotated[int, Field(ge=0, le=18)] = _price(
        10, "Brothers and sisters of different sex share a bedroom only while all are under ten."
    )


def identity_weight(policy: Policy, waited_days: int) -> int:
    """Thousandths at which language, faith and heritage count for a child who has waited so many days."""
    over = policy.identity_fades_over_days
    return 1000 if over == 0 else 1000 * max(0, over - max(0, waited_days)) // over


DISTANCE_LIMIT_TENTHS = 10_000
"""Journeys are counted up to 1,000 miles: further than any two places in England, so no sum can overflow."""
EARLIER_MOVES_COUNTED = 3
"""Moves in the last year that add to the price of one more; see ``Policy.each_earlier_move``."""
