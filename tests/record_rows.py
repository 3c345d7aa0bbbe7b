"""Records as rows of our sheets: the way back from what reading makes of files, for round-trip tests."""

from collections.abc import Iterator

from matcher.intake.write import CellValue
from models.child import Child, Circumstances, SiblingGroup
from models.home import Home, Resident
from models.needs import NeedsProfile
from models.referral import Referral

Row = dict[str, CellValue]


def home_row(home: Home) -> Row:
    """A row of homes."""
    skills: Row = {f"skill_{key}": level for key, level in home.skills.levels.items()}
    skills |= {f"skill_domain_{key}": level for key, level in home.skills.domain_levels.items()}
    pets = None if home.pets is None else [pet.value for pet in sorted(home.pets)] or ["none"]
    return skills | {
        "home_id": home.id,
        "provider_id": home.provider_id,
        "kind": home.kind,
        "sector": home.sector,
        "postcode": home.location.postcode,
        "urn": home.urn,
        "named_carers": home.named,
        "approved_places": home.terms.places,
        "sibling_places": home.terms.sibling_places,
        "age_from": home.terms.age_from,
        "age_to": home.terms.age_to,
        "sexes": sorted(home.terms.sexes),
        "exempt_children": sorted(home.terms.exempt_children),
        "connected_children": sorted(home.connected_children),
        "bedrooms": home.bedrooms,
        "double_bedrooms": home.double_bedrooms,
        "weekly_fee": home.fee_pence,
        "marginal_weekly_fee": home.marginal_fee_pence,
        "contract": home.contract,
        "training": home.training,
        "skill_tags": home.skills.tags,
        "features": sorted(home.features),
        "access": sorted(home.access),
        "languages": sorted(home.languages),
        "faiths": sorted(home.faiths),
        "pets": pets,
        "smoking": home.smoking,
        "maximum_age_gap": home.maximum_age_gap,
        "grade": home.grade,
        "registered": home.registered,
        "suspended": home.suspended,
        "closes_on": home.closes_on,
        "available_from": home.available_from,
        "not_available_places": home.not_available_places,
        "not_available_reason": home.not_available_reason,
    }


def circumstances_row(own: Circumstances) -> Row:
    """The columns of circumstances, as in children and referrals."""
    return {
        "disabled": own.disabled,
        "religion": own.religion,
        "languages": own.languages,
        "ehcp": own.ehcp,
        "access": sorted(own.access),
        "allergies": sorted(own.allergies),
        "pets": own.pets,
        "smoke_free": own.smoke_free,
        "solo": own.solo,
        "alongside": own.alongside,
        "risks_to_others": sorted(own.risks_to_others),
        "risks_from_others": sorted(own.risks_from_others),
        "features": sorted(own.features),
        "secure_order_until": own.secure_order_until,
        "secretary_of_state_approval": own.secretary_of_state_approval,
        "wishes_kinds": own.wishes.kinds,
        "wishes_homes_wanted": own.wishes.homes_wanted,
        "wishes_homes_not_wanted": own.wishes.homes_not_wanted,
        "wishes_away": own.wishes.away_from_home_area,
        "wishes_words": own.wishes.own_words,
    }


def location_rows(child: Child) -> Iterator[Row]:
    """The rows of locations about one child."""
    own = child.circumstances
    if own.school:
        yield {"child_id": child.id, "purpose": "school", "postcode": own.school.postcode}
    for visit in own.family_time:
        yield {
            "child_id": child.id,
            "purpose": "family_time",
            "postcode": visit.location.postcode,
            "visits_a_week": visit.visits_a_week,
        }
    for place in own.avoid:
        yield {
            "child_id": child.id,
            "purpose": "avoid",
            "postcode": place.location.postcode,
            "within_miles": place.within_miles,
        }


def needs_row(profile: NeedsProfile) -> Row:
    """A row of needs."""
    levels: Row = {f"need_{key}": level for key, level in profile.levels.items()}
    levels |= {f"domain_{key}": level for key, level in profile.domain_levels.items()}
    return levels | {
        "child_id": profile.child_id,
        "assessed_on": profile.assessed_on,
        "assessor": profile.assessor,
        "confidence": profile.confidence,
        "tags": profile.tags,
        "strengths": profile.strengths,
    }


def referral_row(referral: Referral, child: Child) -> Row:
    """A row of referrals that introduces its child."""
    return {
        "referral_id": referral.id,
        "child_id": referral.child_id,
        "received": referral.received,
        "needed_by": referral.needed_by,
        "urgency": referral.urgency,
        "reason": referral.reason,
        "preferred_kinds": referral.preferred_kinds,
        "suitable_kinds": referral.suitable_kinds,
        "unsuitable_kinds": referral.unsuitable_kinds,
        "sex": child.sex,
        "born": child.born,
        "ethnicity": child.ethnicity,
        "uasc": child.uasc,
        "legal_status": child.legal_status,
        "home_postcode": child.home.postcode if child.home else None,
    }


def resident_row(resident: Resident) -> Row:
    """A row of residents."""
    return {
        "resident_id": resident.id,
        "home_id": resident.home_id,
        "resident_kind": resident.kind,
        "born": resident.born,
        "sex": resident.sex,
        "risks_to_others": sorted(resident.risks_to_others),
        "risks_from_others": sorted(resident.risks_from_others),
        "until": resident.until,
    }


def sibling_rows(group: SiblingGroup) -> Iterator[Row]:
    """The rows of siblings about one group."""
    unit_of = {child: f"u{number}" for number, unit in enumerate(group.units) for child in unit}
    for child in group.children:
        yield {
            "group_id": group.id,
            "child_id": child,
            "unit": unit_of.get(child),
            "decision": group.decision,
            "decided_on": group.decided_on,
            "decided_by": group.decided_by,
        }
