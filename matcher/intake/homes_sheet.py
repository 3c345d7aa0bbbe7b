"""The homes sheet: its columns, and those that a needs framework adds."""

from matcher.intake.columns import HOME_ID, Column, Kind, Sheet
from models import vocabulary as v
from models.needs import NeedsFramework

_HOME_COLUMNS = (
    HOME_ID,
    Column("provider_id", Kind.ID, "Who runs it, as in providers.", True, vital=True),
    Column("kind", Kind.CODE, "What kind of home it is.", True, words=v.CARE_KINDS, vital=True),
    Column("sector", Kind.CODE, "Who runs it.", True, codes=v.Sector, vital=True),
    Column("postcode", Kind.POSTCODE, "Where it is.", True, example="SG13 8DQ", vital=True),
    Column("urn", Kind.TEXT, "Ofsted's unique reference number."),
    Column(
        "named_carers",
        Kind.YES_NO,
        "N for an agency that answers searches without naming carers. Blank is Y.",
        vital=True,
    ),
    Column("approved_places", Kind.INTEGER, "Places approved or registered.", True, example="2", vital=True, most=200),
    Column("sibling_places", Kind.INTEGER, "Places if all are brothers and sisters of each other.", most=200),
    Column("age_from", Kind.INTEGER, "Youngest age in the terms. Blank is 0.", vital=True, most=25),
    Column("age_to", Kind.INTEGER, "Oldest age in the terms. Blank is 17.", vital=True, most=25),
    Column("sexes", Kind.CODES, "Sexes in the terms. Blank is any.", codes=v.Sex, vital=True),
    Column("exempt_children", Kind.TEXTS, "child_id of children named in an exemption from the usual limit."),
    Column(
        "connected_children",
        Kind.TEXTS,
        "child_id of the only children a connected person's home is open to.",
        vital=True,
    ),
    Column("bedrooms", Kind.INTEGER, "Bedrooms for children. Blank is as many as the places.", vital=True, most=200),
    Column("double_bedrooms", Kind.INTEGER, "How many of those bedrooms two can share. Blank is 0.", most=200),
    Column("weekly_fee", Kind.MONEY, "What a place costs in full.", True, example="915", vital=True),
    Column(
        "marginal_weekly_fee",
        Kind.MONEY,
        "What filling one more place adds. Blank: 0 for a block bed, else the full fee.",
        vital=True,
    ),
    Column("contract", Kind.CODE, "How it is paid for. Blank: own for in-house, else spot.", codes=v.Contract),
    Column("training", Kind.CODE, "Level of training.", codes=v.Training),
    Column("features", Kind.CODES, "Services offered.", codes=v.Feature),
    Column("access", Kind.CODES, "Adaptations of the building.", codes=v.Access),
    Column("languages", Kind.TEXTS, "Languages spoken by carers or staff."),
    Column("faiths", Kind.TEXTS, "Faiths the home can support."),
    Column(
        "pets",
        Kind.CODES,
        "Animals in the home; 'none' if there are none; blank if not known.",
        words=("none", *v.Pet),
        vital=True,
    ),
    Column("smoking", Kind.YES_NO, "Whether anyone smokes."),
    Column("maximum_age_gap", Kind.INTEGER, "The home's own rule on years between children.", vital=True, most=25),
    Column("grade", Kind.CODE, "Ofsted's overall judgement.", codes=v.Grade, vital=True),
    Column("registered", Kind.YES_NO, "Whether it is approved or registered. Blank is Y.", vital=True),
    Column("suspended", Kind.YES_NO, "Whether it is suspended. Blank is N.", vital=True),
    Column("closes_on", Kind.DATE, "The day it closes, if notice was given.", vital=True),
    Column("available_from", Kind.DATE, "The day its vacancy is free, if not now.", vital=True),
    Column(
        "not_available_places",
        Kind.INTEGER,
        "Approved places that are neither filled nor vacant.",
        vital=True,
        most=200,
    ),
    Column("not_available_reason", Kind.CODE, "Why.", codes=v.NotAvailable),
)


def homes_sheet(framework: NeedsFramework) -> Sheet:
    """The homes sheet for a needs framework: a column for each skill and each domain of skills."""
    needs = [(need.key, need.label) for need in framework.needs]
    needs += [(f"domain_{domain.key}", domain.label) for domain in framework.domains]
    top = framework.top_level
    skills = [Column(f"skill_{key}", Kind.LEVEL, f"Highest level met: {label}.", most=top) for key, label in needs]
    tags = Column("skill_tags", Kind.CODES, "Short words that stand for skills.", words=tuple(framework.tag_levels))
    return Sheet(
        "homes",
        "One row for each home.",
        ("home_id", "approved_places"),
        (*_HOME_COLUMNS, *skills, tags),
        ("home", "home_id"),
    )
