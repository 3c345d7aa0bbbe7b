"""The sheets on adoption: agencies, children with a plan, brothers and sisters, adopters, links."""

from matcher.intake.columns import CHILD_ID, Column, Kind, Sheet
from models import vocabulary as v
from models.adopter_questions import AdopterQuestion, adopter_questions
from models.adoption import AgencyTier, EndedBy, LeftReason, LinkStage
from models.needs import NeedsFramework

_FAMILY_ID = Column("family_id", Kind.ID, "The family's identifier.", True, example="F001")
_AGENCY_ID = Column("agency_id", Kind.ID, "Whose they are. Blank: your own agency.")

PLAN_DATES = (
    ("entered_care", "Start of the latest period of care. Blank: as the return says."),
    ("decided_on", "The agency decision that the child should be placed for adoption. Blank: as the return says."),
    ("placement_order_on", "The placement order. Blank: as the return says."),
    ("consent_on", "Parents' consent to placement."),
    ("early_permanence_on", "When the child moved to foster carers who are approved to adopt."),
    ("with_carer_since", "When the child moved to the foster carer who adopts."),
    ("matched_on", "The agency decision on the match. Blank: as the return says."),
    ("placed_on", "When the child moved in with the family. Blank: as the return says."),
    ("placement_ended_on", "When the placement ended before an order."),
    ("adopted_on", "The adoption order. Blank: as the return says."),
    ("reversed_on", "The decision that the child should not be placed for adoption. Blank: as the return says."),
)
FAMILY_DATES = (
    ("enquired_on", "The enquiry."),
    ("stage_1_start", "Stage 1 began."),
    ("stage_1_end", "Stage 1 ended."),
    ("stage_2_start", "Stage 2 began."),
    ("stage_2_end", "Stage 2 ended."),
    ("applied_on", "The application was made."),
    ("approved_on", "The decision to approve."),
    ("matched_on", "The decision on the match."),
    ("placed_on", "A child moved in."),
    ("placement_ended_on", "A placement ended before an order."),
    ("adopted_on", "The adoption order."),
    ("left_on", "The family left."),
)


def adoption_sheets(framework: NeedsFramework) -> tuple[Sheet, ...]:
    """The sheets on adoption, with a column for each need and question."""
    return (_AGENCIES, _children(), _SIBLINGS, _adopters(framework), _LINKS)


def answer_columns(framework: NeedsFramework) -> tuple[Column, ...]:
    """A column for a family's answer to each need, each domain and each further question."""
    asked = [(f"a_{need.key}", need.label) for need in framework.needs]
    asked += [
        (f"a_domain_{domain.key}", f"{domain.label}: used for its needs that are blank") for domain in framework.domains
    ]
    asked += [(f"a_{question.key}", question.label) for question in _questions()]
    return tuple(Column(name, Kind.ANSWER, f"{label}.") for name, label in asked)


def _questions() -> tuple[AdopterQuestion, ...]:
    return adopter_questions().questions


_AGENCIES = Sheet(
    "agencies",
    "Adoption agencies whose children or families share the pool.",
    ("agency_id", "agency_tier"),
    (
        Column("agency_id", Kind.ID, "The agency.", True, example="ADOPT-EAST"),
        Column("agency_name", Kind.TEXT, "Its name.", True),
        Column("agency_tier", Kind.CODE, "What it is to you.", True, codes=AgencyTier),
    ),
    ("agency", "agency_id"),
)


def _children() -> Sheet:
    return Sheet(
        "adoption_children",
        "Children with a plan for adoption, yours and those of agencies who share the pool.",
        ("child_id", "decided_on", "placement_order_on"),
        (
            CHILD_ID,
            _AGENCY_ID,
            *(Column(name, Kind.DATE, text) for name, text in PLAN_DATES),
            Column("reversal_reason", Kind.CODE, "Why it was reversed.", words=("RD1", "RD2", "RD3", "RD4")),
            Column("family_id", Kind.ID, "The family the child is matched with."),
            Column("carer_family_id", Kind.ID, "The foster carer who may adopt, as a family of adopters."),
            Column("early_permanence", Kind.YES_NO, "Whether foster carers who may adopt are sought now."),
            Column("sex", Kind.CODE, "For a child no return knows.", codes=v.Sex),
            Column("born", Kind.DATE, "For a child no return knows."),
            Column("ethnicity", Kind.TEXT, "SSDA903 code, for a child no return knows. Equality tables only."),
            Column("disabled", Kind.YES_NO, "Whether the child is disabled."),
            Column("heritage", Kind.TEXTS, "Heritage, in your words. Weighed, less as the child waits; never a bar."),
            Column("languages", Kind.TEXTS, "Languages the child speaks."),
            Column("religion", Kind.TEXT, "The child's religion, if any."),
            Column("only_child", Kind.YES_NO, "Whether the child must be the only child.", vital=True),
            Column("youngest", Kind.YES_NO, "Whether the child must be the youngest.", vital=True),
            Column("access", Kind.CODES, "Adaptations the child needs.", codes=v.Access, vital=True),
            Column("allergies", Kind.CODES, "Animals the child is allergic to.", codes=v.Pet, vital=True),
            Column("pets", Kind.CODE, "Whether the child can live with animals.", codes=v.PetsWish, vital=True),
            Column("smoke_free", Kind.YES_NO, "Whether the home must be smoke-free.", vital=True),
            Column("home_postcode", Kind.POSTCODE, "The birth family's home, for a child no return knows."),
            *(Column(f"q_{q.key}", Kind.LEVEL, f"{q.label}.", most=4) for q in _questions()),
        ),
        ("child with a plan for adoption", "child_id"),
    )


_SIBLINGS = Sheet(
    "adoption_siblings",
    "Brothers and sisters with a plan for adoption, and the decision to place them together or apart.",
    ("adoption_group_id", "child_id"),
    (
        Column("adoption_group_id", Kind.ID, "The group.", True),
        CHILD_ID,
        Column("unit", Kind.TEXT, "Children of a group with the same unit are placed together. Blank: all of them."),
        Column("decision", Kind.CODE, "The assessed decision. Blank: not assessed.", codes=v.SiblingDecision),
        Column("decided_on", Kind.DATE, "When it was decided."),
        Column("decided_by", Kind.TEXT, "Who decided it."),
    ),
    ("group of brothers and sisters", "adoption_group_id"),
)


def _adopters(framework: NeedsFramework) -> Sheet:
    return Sheet(
        "adopters",
        "Adoptive families and carers who may adopt: dates, what they are approved for, hope for and said.",
        ("family_id", "approved_on", "dual_approval"),
        (
            _FAMILY_ID,
            _AGENCY_ID,
            Column("postcode", Kind.POSTCODE, "Where they live. Without it they are counted, not screened."),
            *(Column(name, Kind.DATE, text) for name, text in FAMILY_DATES),
            Column("left_reason", Kind.CODE, "Why they left.", codes=LeftReason),
            Column("dual_approval", Kind.YES_NO, "Whether they are approved to foster too. Blank is N.", vital=True),
            Column("age_from", Kind.INTEGER, "Youngest age approved for. Blank is 0.", most=18, vital=True),
            Column("age_to", Kind.INTEGER, "Oldest age approved for. Blank is 18.", most=18, vital=True),
            Column("hoped_age_from", Kind.INTEGER, "Youngest age they hope for.", most=18),
            Column("hoped_age_to", Kind.INTEGER, "Oldest age they hope for.", most=18),
            Column("sexes", Kind.CODES, "Sexes they would take. Blank: either.", codes=v.Sex, vital=True),
            Column("number", Kind.INTEGER, "Most children they would take. Blank is 1.", most=9, vital=True),
            Column("hoped_number", Kind.INTEGER, "How many they hope for.", most=9),
            Column("heritage", Kind.TEXTS, "Their own heritage and what they can support."),
            Column("languages", Kind.TEXTS, "Languages spoken at home."),
            Column("faiths", Kind.TEXTS, "Their own faiths and those they can support."),
            Column("ethnicity", Kind.TEXTS, "SSDA903 code of each adopter. Equality tables only."),
            Column("disabled", Kind.YES_NO, "Whether an adopter is disabled. Equality tables only."),
            Column("household_born", Kind.TEXTS, "Birth dates of children who live there, separated by ;", vital=True),
            Column("pets", Kind.CODES, "Animals; write none if there are none.", words=("none", *v.Pet)),
            Column("smoking", Kind.YES_NO, "Whether anybody smokes."),
            Column("access", Kind.CODES, "Adaptations the home has.", codes=v.Access),
            Column("avoid_postcodes", Kind.TEXTS, "Places from near which they will not take a child.", vital=True),
            Column("avoid_within_miles", Kind.INTEGER, "How near that is. Blank is 5.", most=400),
            Column("fee_received", Kind.AMOUNT, "Inter-agency fee received for them from another agency."),
            *answer_columns(framework),
        ),
        ("family", "family_id"),
    )


_LINKS = Sheet(
    "adoption_links",
    "Families and children who are, or were, being considered for each other.",
    ("family_id", "child_id", "started_on"),
    (
        _FAMILY_ID,
        CHILD_ID,
        Column("started_on", Kind.DATE, "When it began.", True),
        Column("stage", Kind.CODE, "How far it has come. Blank: considered.", codes=LinkStage),
        Column("ended_on", Kind.DATE, "When it ended."),
        Column("ended_by", Kind.CODE, "Who ended it.", codes=EndedBy),
        Column("reason", Kind.TEXT, "Why."),
    ),
    ("link", "child_id"),
)
