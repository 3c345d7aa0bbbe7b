"""Checks that need the whole case: homes with more people than places, names of children that no record has."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from matcher.intake.context import Context
from matcher.intake.findings import At
from models.home import Home, Resident
from models.placement import Placement
from models.referral import Referral
from models.vocabulary import ReferralReason


def tell_overfull(
    homes: Mapping[str, Home],
    placements: Sequence[Placement],
    residents: Sequence[Resident],
    rows: Mapping[str, At],
    context: Context,
) -> None:
    """Tell of homes in which more live than the terms allow; siblings of each other may use their own number."""
    living = Counter(placement.home_id for placement in placements if placement.home_id)
    living.update(resident.home_id for resident in residents if resident.takes_place)
    for home_id, number in living.items():
        terms = homes[home_id].terms
        most = max(terms.places, terms.sibling_places or 0)
        if number > most:
            context.log.warn(
                "home-overfull",
                rows[home_id].in_column("approved_places"),
                f"{number} children live in home {home_id}, which has {most} places",
                expected="no more children than places",
                action="everybody stays; the home has no place to offer",
                subject=home_id,
            )


def end_as_referred(
    placements: Sequence[Placement], referrals: Sequence[Referral], rows: Mapping[str, At], context: Context
) -> list[Placement]:
    """Placements, with the day needed as the end of one that a referral says is ending and no sheet dates.

    Without it the home a child must leave would be offered to them again.
    """
    ending = {r.child_id: r for r in referrals if r.reason is ReferralReason.PLACEMENT_ENDING}
    found = []
    for placement in placements:
        referral = ending.get(placement.child_id)
        if referral is None or placement.ends_on is not None:
            found.append(placement)
            continue
        day = max(referral.needed_by, context.as_at)
        context.log.warn(
            "ending-without-a-day",
            rows[referral.id].in_column("reason"),
            f"referral {referral.id} says the placement of {placement.child_id} is ending; placements gives no ends_on",
            expected="ends_on, the day the placement ends",
            action=f"taken to end on the day a home is needed, {day:%d/%m/%Y}",
            subject=placement.child_id,
        )
        found.append(placement.model_copy(update={"ends_on": day}))
    return found


def tell_unknown_names(
    homes: Mapping[str, Home], children: Collection[str], rows: Mapping[str, At], context: Context
) -> None:
    """Tell of children whom a home's terms name and the case does not have."""
    for home in homes.values():
        for column, named in (
            ("connected_children", home.connected_children),
            ("exempt_children", home.terms.exempt_children),
        ):
            for child in sorted(named - set(children)):
                context.log.note(
                    "child-unknown",
                    rows[home.id].in_column(column),
                    f"home {home.id} names child {child}: {context.missing_child(child)}",
                    expected="children of the case",
                    action="the name is kept and does nothing",
                    subject=child,
                )
