"""The files a council fills in beside its SSDA903 return: every sheet, every column, once.

The reader, the blank templates, the guide sheet and the data contract in ``docs/`` are all made from these
definitions, so what is documented is what is read. A sheet is recognised by its ``key`` columns, not by its name.
"""

from collections.abc import Mapping
from dataclasses import replace

from matcher.intake.adoption_sheets import adoption_sheets
from matcher.intake.columns import CHILD_ID, HOME_ID, Column, Kind, Sheet
from matcher.intake.commissioning_sheets import COMMISSIONING_SHEETS
from matcher.intake.homes_sheet import homes_sheet
from matcher.intake.supply_sheets import SUPPLY_SHEETS
from models import vocabulary as v
from models.needs import NeedsFramework

CIRCUMSTANCES = (
    Column("disabled", Kind.YES_NO, "Whether the child is disabled (Equality Act 2010)."),
    Column("religion", Kind.TEXT, "The child's religion, if any.", example="Muslim"),
    Column("languages", Kind.TEXTS, "Languages the child speaks, the best first.", example="Tigrinya;English"),
    Column("ehcp", Kind.YES_NO, "Whether there is an education, health and care plan."),
    Column("access", Kind.CODES, "Adaptations the child needs.", codes=v.Access, vital=True),
    Column("allergies", Kind.CODES, "Animals the child is allergic to.", codes=v.Pet, vital=True),
    Column("pets", Kind.CODE, "Whether the child can live with animals.", codes=v.PetsWish, vital=True),
    Column("smoke_free", Kind.YES_NO, "Whether the home must be smoke-free (under five, asthma).", vital=True),
    Column("solo", Kind.CODE, "Whether the child should be the only child.", codes=v.Solo, vital=True),
    Column("alongside", Kind.CODE, "Beside whom the child can live.", codes=v.Alongside, vital=True),
    Column("risks_to_others", Kind.CODES, "Live risks from this child to other children.", codes=v.Risk, vital=True),
    Column("risks_from_others", Kind.CODES, "Live risks to this child from other children.", codes=v.Risk, vital=True),
    Column("features", Kind.CODES, "Services the home must offer.", codes=v.Feature, vital=True),
    Column("secure_order_until", Kind.DATE, "Last day of a section 25 order in force.", vital=True),
    Column("secretary_of_state_approval", Kind.YES_NO, "For a secure home under 13.", vital=True),
    Column("wishes_kinds", Kind.CODES, "Kinds of home the child wants.", words=v.CARE_KINDS),
    Column("wishes_homes_wanted", Kind.TEXTS, "home_id of homes the child wants."),
    Column("wishes_homes_not_wanted", Kind.TEXTS, "home_id of homes the child does not want."),
    Column("wishes_away", Kind.YES_NO, "Whether the child wants to live away from the home area."),
    Column("wishes_words", Kind.TEXT, "The child's own words."),
)


def needs_sheet(framework: NeedsFramework) -> Sheet:
    """The assessments sheet for a needs framework: a column for each need and each domain."""
    top = framework.top_level
    needs = [Column(f"need_{n.key}", Kind.LEVEL, f"{n.label}.", most=top) for n in framework.needs]
    domains = [
        Column(f"domain_{d.key}", Kind.LEVEL, f"{d.label}: used for its needs that are blank.", most=top)
        for d in framework.domains
    ]
    tags = Column("tags", Kind.CODES, "Short words that stand for levels.", words=tuple(framework.tag_levels))
    about = (
        CHILD_ID,
        Column("assessed_on", Kind.DATE, "When the child's needs were assessed.", example="14/02/2018"),
        Column("assessor", Kind.TEXT, "Who assessed them."),
        Column("confidence", Kind.CODE, "How sure the assessor is.", words=("low", "medium", "high")),
    )
    strengths = Column("strengths", Kind.TEXT, "What the child is good at and enjoys.")
    return Sheet(
        "needs",
        "One row for each assessment; the newest of a child counts.",
        ("child_id", "assessed_on"),
        (*about, *needs, *domains, tags, strengths),
    )


# A child set aside becomes a resident while files are read; nobody writes that.
_RESIDENT_KINDS = tuple(kind for kind in v.ResidentKind if kind is not v.ResidentKind.OWN_CHILD_SET_ASIDE)

FIXED_SHEETS = (
    Sheet(
        "placements",
        "Where each child lives now, in which listed home, at what price.",
        ("child_id", "home_id", "started"),
        (
            replace(CHILD_ID, vital=True),
            Column("home_id", Kind.ID, "The home, if it is one of those listed."),
            Column("started", Kind.DATE, "When the child moved in. Blank: as the return says."),
            Column("weekly_fee", Kind.MONEY, "What this placement costs in full. Blank: the home's fee."),
            Column("social_care_share", Kind.MONEY, "Of that, paid by social care."),
            Column("education_share", Kind.MONEY, "Of that, paid by education."),
            Column("health_share", Kind.MONEY, "Of that, paid by health."),
            Column("long_term", Kind.YES_NO, "Whether this is a confirmed long-term match."),
            Column("ends_on", Kind.DATE, "The day it ends, if notice was given."),
        ),
    ),
    Sheet(
        "children",
        "What matters about where each child lives. Blank is not known.",
        ("child_id", "solo", "alongside", "religion"),
        (CHILD_ID, *CIRCUMSTANCES),
    ),
    Sheet(
        "locations",
        "Addresses that matter to a child.",
        ("child_id", "purpose", "postcode"),
        (
            CHILD_ID,
            Column("purpose", Kind.CODE, "Why it matters.", True, codes=v.LocationPurpose, vital=True),
            Column("postcode", Kind.POSTCODE, "Where it is. A row without it is left out."),
            Column("visits_a_week", Kind.INTEGER, "Family time: visits a week. Blank is 1.", most=14),
            Column("within_miles", Kind.INTEGER, "Avoid: no home within this many miles. Blank is 5.", most=400),
        ),
    ),
    Sheet(
        "siblings",
        "Groups of brothers and sisters and the plan for them.",
        ("group_id", "child_id", "decision"),
        (
            Column("group_id", Kind.ID, "The group.", True),
            CHILD_ID,
            Column("unit", Kind.TEXT, "Children of a group with the same unit live together. Blank: all of them."),
            Column("decision", Kind.CODE, "The assessed plan. Blank: not assessed.", codes=v.SiblingDecision),
            Column("decided_on", Kind.DATE, "When it was decided."),
            Column("decided_by", Kind.TEXT, "Who decided it."),
        ),
    ),
    Sheet(
        "referrals",
        "Open requests for a home.",
        ("referral_id", "child_id", "needed_by"),
        (
            Column("referral_id", Kind.ID, "The request.", True, example="R001", vital=True),
            replace(CHILD_ID, vital=True),
            Column("received", Kind.DATE, "When it was made.", True, vital=True),
            Column("needed_by", Kind.DATE, "When the child needs to move in.", True, vital=True),
            Column("urgency", Kind.CODE, "How soon that is.", True, codes=v.Urgency, vital=True),
            Column("reason", Kind.CODE, "Why a home is needed.", True, codes=v.ReferralReason, vital=True),
            Column("preferred_kinds", Kind.CODES, "Kinds preferred.", words=v.CARE_KINDS, vital=True),
            Column("suitable_kinds", Kind.CODES, "Kinds suitable but not preferred.", words=v.CARE_KINDS, vital=True),
            Column("unsuitable_kinds", Kind.CODES, "Kinds that are unsuitable.", words=v.CARE_KINDS, vital=True),
            Column("sex", Kind.CODE, "For a child no return knows yet.", codes=v.Sex),
            Column("born", Kind.DATE, "For a child no return knows yet."),
            Column(
                "ethnicity",
                Kind.TEXT,
                "SSDA903 code, for a child no return knows yet. Used in equality tables only.",
            ),
            Column("uasc", Kind.YES_NO, "For a child no return knows yet."),
            Column("legal_status", Kind.TEXT, "SSDA903 code, for a child no return knows yet."),
            Column("home_postcode", Kind.POSTCODE, "For a child no return knows yet."),
            *CIRCUMSTANCES,
        ),
        ("referral", "referral_id"),
    ),
    Sheet(
        "residents",
        "Others who live in the homes: other authorities' children, young people staying put, carers' own children.",
        ("resident_id", "home_id"),
        (
            Column("resident_id", Kind.ID, "The resident.", True),
            HOME_ID,
            Column("resident_kind", Kind.CODE, "Who they are.", True, words=_RESIDENT_KINDS, vital=True),
            Column("born", Kind.DATE, "Date of birth."),
            Column("sex", Kind.CODE, "Sex.", codes=v.Sex),
            Column("risks_to_others", Kind.CODES, "Live risks from them.", codes=v.Risk, vital=True),
            Column("risks_from_others", Kind.CODES, "Live risks to them.", codes=v.Risk, vital=True),
            Column("until", Kind.DATE, "Last day they live there, if known."),
        ),
        ("home", "home_id"),
    ),
    Sheet(
        "offers",
        "Places held for a child until a day.",
        ("home_id", "child_id", "held_until"),
        (
            HOME_ID,
            CHILD_ID,
            Column("offered_on", Kind.DATE, "When it was offered.", True),
            Column("held_until", Kind.DATE, "Until when it is held.", True),
            Column("agreed", Kind.YES_NO, "Whether it is agreed: every plan then keeps it. Blank is N."),
        ),
        ("offer", "child_id"),
    ),
    Sheet(
        "refusals",
        "Homes, agencies or children that said no.",
        ("home_id", "child_id", "refused_on"),
        (
            HOME_ID,
            CHILD_ID,
            Column("refused_on", Kind.DATE, "When. Blank: the day of the case."),
            Column("reason", Kind.CODE, "Why. Blank: other.", words=v.HOME_REFUSALS),
        ),
        ("refusal", "child_id"),
    ),
    Sheet(
        "providers",
        "Who runs the homes.",
        ("provider_id", "provider_name"),
        (
            Column("provider_id", Kind.ID, "The provider.", True),
            Column("provider_name", Kind.TEXT, "Its name.", True),
            Column("sector", Kind.CODE, "What it is.", True, codes=v.Sector),
        ),
        ("provider", "provider_id"),
    ),
    Sheet(
        "population",
        "Children living in each district, for rates per 10,000.",
        ("district", "age_from", "count"),
        (
            Column("district", Kind.TEXT, "The district's ONS code.", True, example="E07000242"),
            Column("age_from", Kind.INTEGER, "Youngest age counted.", True, most=25),
            Column("age_to", Kind.INTEGER, "Oldest age counted.", True, most=25),
            Column("count", Kind.INTEGER, "How many.", True, most=10_000_000),
        ),
        ("district", "district"),
    ),
)


def sheets(framework: NeedsFramework) -> Mapping[str, Sheet]:
    """Every sheet Placewell reads beside the SSDA903 return, by name, for a needs framework."""
    every = (
        needs_sheet(framework),
        homes_sheet(framework),
        *FIXED_SHEETS,
        *COMMISSIONING_SHEETS,
        *SUPPLY_SHEETS,
        *adoption_sheets(framework),
    )
    return {sheet.name: sheet for sheet in every}
