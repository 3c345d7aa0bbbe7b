"""Rows of the sheets that a council fills in beside its return."""

import datetime as dt
import random

from . import figures as fig
from .draw import apportion
from .episodes import day
from .families import Family
from .figures import Living
from .homes import Home
from .needs import Framework
from .people import Child
from .places import COUNTY

Row = dict[str, str]


_HOME = (
    "home_id", "provider_id", "kind", "sector", "postcode", "urn", "named_carers", "approved_places",
    "sibling_places", "age_from", "age_to", "sexes", "connected_children", "bedrooms", "double_bedrooms",
    "weekly_fee", "marginal_weekly_fee", "contract", "training", "features", "access", "languages", "faiths", "pets",
    "smoking", "maximum_age_gap", "grade", "suspended", "closes_on", "available_from", "not_available_places",
    "not_available_reason",
)  # fmt: skip
_ABOUT = (
    "disabled", "religion", "languages", "ehcp", "access", "allergies", "pets", "smoke_free", "solo", "alongside",
    "risks_to_others", "risks_from_others", "features", "secure_order_until", "wishes_kinds", "wishes_words",
)  # fmt: skip
_REFERRAL = (
    "referral_id", "child_id", "received", "needed_by", "urgency", "reason", "preferred_kinds", "suitable_kinds", "sex",
    "born", "ethnicity", "uasc", "legal_status", "home_postcode",
)  # fmt: skip
_APPROVAL = (
    "approval_id", "kind", "sector", "applied_on", "assessed_from", "panel_on", "outcome", "outcome_on", "expected_on",
    "postcode", "places", "age_from", "age_to", "training",
)  # fmt: skip


def column_order(framework: Framework) -> dict[str, tuple[str, ...]]:
    """The order of the columns of the wide sheets: as in the blank templates."""
    skills = [f"skill_{need}" for need in framework.needs] + [f"skill_domain_{d}" for d in framework.domains]
    levels = [f"need_{need}" for need in framework.needs] + [f"domain_{d}" for d in framework.domains]
    return {
        "approvals": _APPROVAL,
        "home_history": ("home_id", "kind", "sector", "places", "opened", "closed", "why_closed"),
        "homes": (*_HOME, *skills, "skill_tags"),
        "children": ("child_id", *_ABOUT),
        "referrals": (*_REFERRAL, *_ABOUT),
        "needs": ("child_id", "assessed_on", "assessor", "confidence", *levels, "tags", "strengths"),
    }


def placements(children: list[Child], home_of: dict[Child, Home], ends_on: dict[str, dt.date]) -> list[Row]:
    """Where each of the 903 lives, since when, at what price."""
    found: list[Row] = []
    for child in children:
        home = home_of[child]
        ends = ends_on.get(child.id)
        row = {
            "child_id": child.id,
            "home_id": home.id if home.listed else "",
            "started": day(child.moved_in),
            "weekly_fee": str(child.fee),
            "long_term": "Y" if child.periods[-1].stays[-1].place in ("U1", "U4") else "",
            "ends_on": day(ends) if ends else "",
        }
        found.append(row | _shares(child))
    return found


def _shares(child: Child) -> Row:
    """Who pays, where it is not social care alone: schools, and some agency placements of disabled children."""
    if child.living is Living.SCHOOL:
        education = child.fee * 45 // 100
        health = child.fee * 10 // 100 if child.disabled else 0
    elif child.living is Living.IFA and child.disabled:
        education, health = 0, child.fee // 5
    else:
        return {}
    social = child.fee - education - health
    return {"social_care_share": str(social), "education_share": str(education), "health_share": str(health)}


def siblings(families: list[Family]) -> list[Row]:
    """Groups and plans."""
    found: list[Row] = []
    for family in families:
        for child, decision, unit in family.plan:
            row = {"group_id": f"G{family.number:03d}", "child_id": child.id, "unit": unit, "decision": decision}
            if family.decided_on:
                row |= {"decided_on": day(family.decided_on), "decided_by": "sibling assessment panel"}
            found.append(row)
    return found


def homes(listed: list[Home]) -> list[Row]:
    """One row for each home."""
    found: list[Row] = []
    for home in listed:
        row = {
            "home_id": home.id,
            "provider_id": home.provider,
            "kind": home.kind,
            "sector": home.sector,
            "postcode": home.postcode,
            "urn": home.urn,
            "named_carers": "" if home.named else "N",
            "approved_places": str(home.places),
            "bedrooms": str(home.bedrooms),
            "weekly_fee": str(home.fee),
            "marginal_weekly_fee": "150" if home.living is Living.IN_HOUSE_HOME else "",
            "not_available_places": str(home.not_available) if home.not_available else "",
            "not_available_reason": home.reason,
        }
        details = dict(home.details)
        if "connected_children" in details:
            details["connected_children"] = ";".join(sorted(child.id for child in home.children))
        found.append(row | details | home.skills)
    return found


def residents(listed: list[Home]) -> list[Row]:
    """Others who live in the homes."""
    found: list[Row] = []
    for home in listed:
        for resident in home.residents:
            row = {
                "resident_id": f"X{len(found) + 1:04d}",
                "home_id": home.id,
                "resident_kind": resident.kind,
                "born": day(resident.born),
                "sex": resident.sex,
            }
            found.append(row)
    return found


def population(rng: random.Random) -> list[Row]:
    """Children by district and age band: 262,500 in all, the split estimated."""
    shares = {
        "E07000095": 21.6, "E07000096": 34.8, "E07000098": 24.6, "E07000099": 30.1, "E07000102": 21.9,
        "E07000103": 23.9, "E07000240": 36.3, "E07000241": 25.9, "E07000242": 32.2, "E07000243": 20.5,
    }  # fmt: skip
    by_district = apportion(fig.CHILDREN_0_17, [shares[code] for code in COUNTY])
    found: list[Row] = []
    for code, total in zip(COUNTY, by_district, strict=True):
        widths = [(high - low + 1) * rng.uniform(0.96, 1.04) for low, high in fig.BANDS]
        for (low, high), count in zip(fig.BANDS, apportion(total, widths), strict=True):
            found.append({"district": code, "age_from": str(low), "age_to": str(high), "count": str(count)})
    return found
