"""An adoptive family as a home with one place, for one child or one group of brothers and sisters."""

import datetime as dt
from collections.abc import Iterator, Sequence

import numpy as np

from matcher.scoring.explain_family import FEE_WEEKS
from matcher.services.adoption.questions import family_accepts, family_refuses_above
from models.adoption import Agency, AgencyTier, Family, PlanChild
from models.adoption_policy import AdoptionPolicy
from models.geography import miles_tenths
from models.home import Home, Resident, Terms
from models.needs import NeedsFramework, Skills
from models.referral import Refusal
from models.vocabulary import HomeKind, RefusalReason, ResidentKind, Sector

SECTOR_OF_TIER = {
    AgencyTier.OWN: Sector.IN_HOUSE,
    AgencyTier.PARTNER: Sector.OTHER_AUTHORITY,
    AgencyTier.AUTHORITY: Sector.OTHER_AUTHORITY,
    AgencyTier.VOLUNTARY: Sector.VOLUNTARY,
}
_METRES_IN_A_MILE = 1_610


def fee_pence(agency: Agency, children: int, policy: AdoptionPolicy) -> int:
    """The inter-agency fee for placing so many brothers and sisters with a family of an agency, in pence, once."""
    if agency.tier is AgencyTier.OWN:
        return 0
    first = policy.fee_voluntary_pence if agency.tier is AgencyTier.VOLUNTARY else policy.fee_authority_pence
    return first + first * policy.fee_sibling_percent // 100 * (children - 1)


def as_home(family: Family, agency: Agency, framework: NeedsFramework, policy: AdoptionPolicy, day: dt.date) -> Home:
    """The family as the scoring of homes knows a home; the inter-agency fee is spread over a year."""
    if family.location is None:
        raise ValueError(f"where family {family.id} lives is not known: it cannot be screened")
    said = family.criteria
    weekly = fee_pence(agency, 1, policy) // FEE_WEEKS
    approved = family.dates.approved_on
    return Home(
        id=family.id,
        provider_id=agency.id,
        kind=HomeKind.EARLY_PERMANENCE if family.dual_approval else HomeKind.ADOPTIVE,
        sector=SECTOR_OF_TIER[agency.tier],
        location=family.location,
        terms=Terms(places=1, age_from=said.age_from, age_to=said.age_to, sexes=said.sexes),
        bedrooms=said.number,
        fee_pence=weekly,
        marginal_fee_pence=weekly,
        skills=Skills(levels=family_accepts(family, framework)),
        no_above=family_refuses_above(family, framework),
        languages=family.languages,
        faiths=family.faiths,
        heritages=family.heritage,
        pets=family.pets,
        smoking=family.smoking,
        access=family.access,
        registered=approved is not None and approved <= day,
    )


def residents(family: Family) -> tuple[Resident, ...]:
    """Children who live with the family already: they take no place, and are met."""
    return tuple(
        Resident(id=f"{family.id}-{n}", home_id=family.id, kind=ResidentKind.CARERS_OWN_CHILD, born=o.born, sex=o.sex)
        for n, o in enumerate(family.household)
    )


def too_near(children: Sequence[PlanChild], families: Sequence[Family], day: dt.date) -> Iterator[Refusal]:
    """Families that will not take a child from so near to a place."""
    homes = [(child.id, child.home) for child in children if child.home is not None]
    points = np.array([(home.easting, home.northing) for _, home in homes], np.int64).reshape(-1, 2)
    for family in families:
        for place in family.avoid:
            away = points - (place.location.easting, place.location.northing)
            # A mile to spare: the exact figure is asked of those few alone.
            close = (away * away).sum(axis=1) <= (_METRES_IN_A_MILE * (place.within_miles + 1)) ** 2
            for child, home in (homes[at] for at in np.flatnonzero(close).tolist()):
                if miles_tenths(place.location, home) <= 10 * place.within_miles:
                    yield Refusal(home_id=family.id, child_id=child, refused_on=day, reason=RefusalReason.TOO_NEAR)
