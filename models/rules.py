"""The hard rules as objects: what each means, where it comes from, since when, and who may relax it.

Each rule owns one bit. A child and a home that fail carry the bits of every rule they fail, so a nearly
matched home is one whose failed bits are few and all relaxable. A rule binds a case only if it was in force
on the case's as-at date.
"""

import datetime as dt
from collections.abc import Iterable
from enum import IntEnum

from models.record import Record


class RuleId(IntEnum):
    """The bit each rule owns; numbers are never reused, because saved plans carry them."""

    KIND = 0
    REGISTERED = 1
    AGE = 2
    SEX = 3
    FULL = 4
    USUAL_LIMIT = 5
    BEDROOM = 6
    UNDER_16 = 7
    SUPPORTED_REGISTERED = 8
    SECURE = 9
    CONNECTED = 10
    SOLO = 11
    FLOOR = 12
    RESIDENTS = 13
    ALONGSIDE = 14
    AVOID = 15
    ACCESS = 16
    HOUSEHOLD = 17
    SUSPENDED = 18
    INADEQUATE = 19
    AVAILABLE_FROM = 20
    NOT_AVAILABLE = 21
    DECLINED = 22
    FEATURES = 23
    HELD = 24
    SPECIALIST = 25
    STATED_NO = 26
    AUTHORITY_TO_PLACE = 27


class Relaxation(Record):
    """Who may relax a rule for one child, for how long, and by what step."""

    by: str
    step: str
    days: int | None = None


class Rule(Record):
    """One hard rule."""

    id: RuleId
    title: str
    message: str
    source: str
    from_day: dt.date | None = None
    to_day: dt.date | None = None
    relaxation: Relaxation | None = None

    @property
    def bit(self) -> int:
        """The rule's bit in a mask of failed rules."""
        return 1 << self.id

    def in_force(self, day: dt.date) -> bool:
        """Whether the rule binds on ``day``."""
        return (self.from_day is None or self.from_day <= day) and (self.to_day is None or day <= self.to_day)


def _rule(
    id_: RuleId,
    title: str,
    message: str,
    source: str,
    relaxation: Relaxation | None = None,
    from_day: dt.date | None = None,
) -> Rule:
    return Rule(id=id_, title=title, message=message, source=source, relaxation=relaxation, from_day=from_day)


_SIX_DAYS = "an emergency placement outside the terms, or a change of terms"
RULES: tuple[Rule, ...] = (
    _rule(
        RuleId.KIND,
        "kind of home asked for",
        "the referral did not ask for this kind of home, or calls it unsuitable",
        "Local: the social worker's placement request",
        Relaxation(by="team manager", step="agree another kind of home with the social worker"),
    ),
    _rule(
        RuleId.REGISTERED,
        "approved or registered",
        "the home is not approved or registered",
        "Care Standards Act 2000 s11; Fostering Services (England) Regulations 2011 reg 27",
    ),
    _rule(
        RuleId.AGE,
        "age within terms",
        "the child's age is outside the home's terms of approval or statement of purpose",
        "Fostering Services (England) Regulations 2011 reg 27(5); Children's Homes (England) Regulations 2015 reg 16",
        Relaxation(by="fostering service's decision maker or registered manager", step=_SIX_DAYS, days=6),
    ),
    _rule(
        RuleId.SEX,
        "sex within terms",
        "the home's terms of approval or statement of purpose are for the other sex",
        "Fostering Services (England) Regulations 2011 reg 27(5); Children's Homes (England) Regulations 2015 reg 16",
        Relaxation(by="fostering service's decision maker or registered manager", step=_SIX_DAYS, days=6),
    ),
    _rule(
        RuleId.FULL,
        "a place within the number approved",
        "every approved place is filled",
        "Fostering Services (England) Regulations 2011 reg 27(5); Care Standards Act 2000 registration",
        Relaxation(by="fostering service's decision maker", step=_SIX_DAYS, days=6),
    ),
    _rule(
        RuleId.USUAL_LIMIT,
        "usual fostering limit",
        "one more child would pass the usual fostering limit of three",
        "Children Act 1989 Schedule 7",
        Relaxation(by="the authority where the carer lives", step="an exemption naming the child"),
    ),
    _rule(
        RuleId.BEDROOM,
        "bedroom",
        "no bedroom is free and the child cannot share",
        "Fostering Services: National Minimum Standards (2011), standard 10",
        Relaxation(by="fostering service", step="a risk-assessed agreement to share"),
    ),
    _rule(
        RuleId.UNDER_16,
        "under 16 in supported accommodation",
        "a child under 16 may not live in supported accommodation",
        "Care Planning, Placement and Case Review (England) Regulations 2010 reg 27A, from 9 September 2021",
        from_day=dt.date(2021, 9, 9),
    ),
    _rule(
        RuleId.SUPPORTED_REGISTERED,
        "supported accommodation registered",
        "the provider of supported accommodation is not registered with Ofsted",
        "Supported Accommodation (England) Regulations 2023, from 28 October 2023",
        from_day=dt.date(2023, 10, 28),
    ),
    _rule(
        RuleId.SECURE,
        "secure criteria",
        "a secure home needs a court order in force and, under 13, the Secretary of State's approval",
        "Children Act 1989 s25; Children (Secure Accommodation) Regulations 1991",
    ),
    _rule(
        RuleId.CONNECTED,
        "connected person",
        "the carers are approved only for the children they are connected with",
        "Children Act 1989 s22C(6)(a); Care Planning Regulations 2010 reg 24",
    ),
    _rule(
        RuleId.SOLO,
        "solo placement",
        "the child, or somebody who lives there, must be the only child in the home",
        "Children's Homes (England) Regulations 2015 reg 14; local matching",
        Relaxation(by="service manager", step="reassess whether the child must live without other children"),
    ),
    _rule(
        RuleId.FLOOR,
        "suitability floor",
        "a high need would be met two or more levels short",
        "Children Act 1989 s22C(5), the most appropriate placement available; policy",
        Relaxation(by="head of service", step="fund extra support that meets the need"),
    ),
    _rule(
        RuleId.RESIDENTS,
        "safe with those who live there",
        "there is a live risk between the child and somebody who lives there",
        "Children's Homes (England) Regulations 2015 reg 12 and 14; Fostering NMS 15",
        Relaxation(by="head of service", step="an impact assessment that shows how the risk is managed"),
    ),
    _rule(
        RuleId.ALONGSIDE,
        "ages of the children living together",
        "the ages of the child and those who live there do not fit what either needs",
        "Local: the referral's and the home's own rule",
        Relaxation(by="team manager", step="agree with the home and the social workers of the others"),
    ),
    _rule(
        RuleId.AVOID,
        "place to avoid",
        "the home is inside an area the child must avoid",
        "Children Act 1989 s22C(8)(d) and s22(3), safeguarding",
    ),
    _rule(
        RuleId.ACCESS,
        "accessible home",
        "the home lacks an adaptation the child needs",
        "Children Act 1989 s22C(8)(d), suited to the child's disability",
        Relaxation(by="commissioning", step="fund the adaptation"),
    ),
    _rule(
        RuleId.HOUSEHOLD,
        "animals and smoking",
        "an animal in the home, the lack of one, or smoking rules it out for this child",
        "Fostering NMS 6 and 10; local health policy",
        Relaxation(by="team manager", step="agree with the carers and, for an allergy, with health"),
    ),
    _rule(
        RuleId.SUSPENDED,
        "suspended or closing",
        "the home is suspended, or closes before the child would move in",
        "Care Standards Act 2000 s14-14A; provider's notice",
    ),
    _rule(
        RuleId.INADEQUATE,
        "judged inadequate",
        "Ofsted judges the home inadequate",
        "Local gateway rule, used by several authorities",
        Relaxation(by="head of service", step="a recorded decision after a visit"),
    ),
    _rule(
        RuleId.AVAILABLE_FROM,
        "free by the day needed",
        "the home is free only after the child needs it",
        "Local: the home's own date",
        Relaxation(by="team manager", step="a short bridging arrangement"),
    ),
    _rule(
        RuleId.NOT_AVAILABLE,
        "approved but not available",
        "places are free on paper but the home is not taking a child now",
        "Ofsted's fostering data set: places not available, by reason",
        Relaxation(by="fostering service", step="ask the carers whether the reason still holds"),
    ),
    _rule(
        RuleId.DECLINED,
        "declined",
        "the home or the child has said no",
        "Local: recorded refusal",
    ),
    _rule(
        RuleId.FEATURES,
        "needed service",
        "the home does not offer a service the child must have",
        "Children Act 1989 s22C(5); the home's statement of purpose",
        Relaxation(by="commissioning", step="buy the service in"),
    ),
    _rule(
        RuleId.HELD,
        "held for another child",
        "the last place is held for another child",
        "Local: offer on record",
        Relaxation(by="team manager", step="agree which child the place is for"),
    ),
    _rule(
        RuleId.SPECIALIST,
        "specialist home not asked for",
        "a parent and child unit, a residential school or a secure home must be asked for by name",
        "Residential Family Centres Regulations 2002; Children and Families Act 2014 s42; Children Act 1989 s25",
    ),
    _rule(
        RuleId.STATED_NO,
        "what the family said no to",
        "the family said no to something this child brings",
        "Adoption and Children Act 2002 s1, the child's welfare throughout life; what adopters said they could not do",
        Relaxation(by="family finder and the family's social worker", step="ask the family again; never assume a yes"),
    ),
    _rule(
        RuleId.AUTHORITY_TO_PLACE,
        "authority to place for adoption",
        "no placement order or consent yet, and the family is not approved for early permanence",
        "Adoption and Children Act 2002 s18-21; Care Planning Regulations 2010 reg 25A",
        Relaxation(by="the court, or parents by formal consent", step="wait for the placement order or consent"),
    ),
)
ALL_BITS = sum(rule.bit for rule in RULES)


def bits_in_force(day: dt.date) -> int:
    """The mask of rules that bind on ``day``."""
    return sum(rule.bit for rule in RULES if rule.in_force(day))


def rules_in(bits: int) -> tuple[Rule, ...]:
    """The rules whose bits are set, in order."""
    return tuple(rule for rule in RULES if bits & rule.bit)


def relaxable(rules: Iterable[Rule]) -> bool:
    """Whether every one of these rules can be relaxed by somebody."""
    return all(rule.relaxation is not None for rule in rules)
