"""The groups of children that commissioners plan by: each one rule, in words and in code, with its source.

A child may be in several groups or in none. What is not known of a child puts it in no group.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from matcher.services.gap.searching import Searching
from models.ssda903.derive import is_on_remand
from models.vocabulary import Feature, HomeKind, ReferralReason, Solo, Urgency

_TEENAGERS = range(13, 18)
_SUPPORTED_FROM, _STAYING_PUT_AGE = 16, 17
_FAMILIES = (HomeKind.FOSTER, HomeKind.CONNECTED)


@dataclass(frozen=True)
class Group:
    """One group: who belongs to it, in words and in code, and who says so."""

    key: str
    label: str
    rule: str
    source: str
    holds: Callable[[Searching], bool]


def groups_of(one: Searching) -> tuple[str, ...]:
    """Keys of the groups a child belongs to, in the order of :data:`GROUPS`."""
    return tuple(group.key for group in GROUPS if group.holds(one))


def _siblings(number: int, one: Searching) -> bool:
    return one.together == number


def _disabled_or_send(one: Searching) -> bool:
    known = one.child.circumstances
    return bool(known.disabled) or bool(known.ehcp)


def _has_tag(one: Searching, tag: str) -> bool:
    """Whether the known levels reach all that a tag of the framework stands for; never where it has no such tag."""
    needs = one.framework.tag_levels.get(tag, {})
    return bool(needs) and all(one.levels.get(need, -1) >= level for need, level in needs.items())


def _autism_or_behaviour(one: Searching) -> bool:
    return _has_tag(one, "autism") or _has_tag(one, "challenging_behaviour")


def _parent_and_child(one: Searching) -> bool:
    asked = HomeKind.PARENT_AND_CHILD in one.kinds_asked or one.kind_now is HomeKind.PARENT_AND_CHILD
    return asked or Feature.PARENT_AND_CHILD in one.child.circumstances.features


def _remand(one: Searching) -> bool:
    status = one.child.legal_status
    asked = one.referral.reason is ReferralReason.REMAND or Feature.REMAND in one.child.circumstances.features
    return asked or (status is not None and is_on_remand(status))


def _secure(one: Searching) -> bool:
    until = one.child.circumstances.secure_order_until
    asked = HomeKind.SECURE in one.kinds_asked or one.kind_now is HomeKind.SECURE
    return asked or (until is not None and until >= one.referral.needed_by)


def _could_stay_put(one: Searching) -> bool:
    return one.age == _STAYING_PUT_AGE and one.kind_now in _FAMILIES


_TOGETHER = "Children Act 1989, section 22C(8)(c); a group nobody has assessed counts as together"
GROUPS: tuple[Group, ...] = (
    Group(
        "teenagers",
        "Teenagers",
        "aged 13 to 17 on the as-at date",
        "Local: a target group of most authorities' sufficiency statements",
        lambda one: one.age in _TEENAGERS,
    ),
    Group(
        "siblings_2",
        "Two brothers and sisters together",
        "one of exactly two children of a sibling unit searching in the run",
        _TOGETHER,
        partial(_siblings, 2),
    ),
    Group(
        "siblings_3",
        "Three brothers and sisters together",
        "one of exactly three children of a sibling unit searching in the run",
        _TOGETHER,
        partial(_siblings, 3),
    ),
    Group(
        "siblings_4_plus",
        "Four or more brothers and sisters together",
        "one of four or more children of a sibling unit searching in the run",
        _TOGETHER,
        lambda one: one.together >= 4,
    ),
    Group(
        "disabled_send",
        "Disabled children and children with SEND",
        "recorded as disabled, or with an education, health and care plan",
        "Children Act 1989, sections 17(11) and 22C(8)(d); Children and Families Act 2014, section 37",
        _disabled_or_send,
    ),
    Group(
        "autism_behaviour",
        "Autism, or behaviour that challenges",
        "known levels of need reach all that the needs framework's tag for autism, or its tag for behaviour that "
        "challenges, stands for (Placewell's own framework: communication and neurodiversity at 3 or more; or "
        "aggression and managing emotions both at 3 or more)",
        "Local: the needs framework's tags autism and challenging_behaviour",
        _autism_or_behaviour,
    ),
    Group(
        "uasc",
        "Unaccompanied asylum-seeking children",
        "in the return's UASC table, or said so by the referral",
        "SSDA903 guide, UASC; Children Act 1989, section 20",
        lambda one: one.child.uasc,
    ),
    Group(
        "parent_and_child",
        "Parent and child",
        "asks for or lives in a parent and child placement, or must have that service",
        "Residential Family Centres Regulations 2002; Fostering Services (England) Regulations 2011",
        _parent_and_child,
    ),
    Group(
        "solo",
        "Must be the only child in the home",
        "solo placement required",
        "Children's Homes (England) Regulations 2015, regulation 14; local matching",
        lambda one: one.child.circumstances.solo is Solo.REQUIRED,
    ),
    Group(
        "emergency",
        "Emergency: a home the same day",
        "the referral's urgency is the same day",
        "Local: the placement request's own urgency",
        lambda one: one.referral.urgency is Urgency.SAME_DAY,
    ),
    Group(
        "remand",
        "Remand",
        "remanded (legal status J1), referred for remand, or must have that service",
        "Legal Aid, Sentencing and Punishment of Offenders Act 2012, sections 91 to 104; SSDA903 guide, LS J1",
        _remand,
    ),
    Group(
        "secure",
        "Secure",
        "asks for or lives in a secure home, or a secure order is in force on the day needed",
        "Children Act 1989, section 25",
        _secure,
    ),
    Group(
        "sixteen_plus",
        "Aged 16 and over",
        "aged 16 or 17 on the as-at date",
        "Care Planning Regulations 2010, regulation 27A; Supported Accommodation (England) Regulations 2023",
        lambda one: one.age >= _SUPPORTED_FROM,
    ),
    Group(
        "staying_put",
        "Could stay put at 18",
        "aged 17 and living with foster carers or a connected person today",
        "Children Act 1989, section 23CZA",
        _could_stay_put,
    ),
    Group(
        "step_down",
        "Step-down candidates",
        "named by the step-down list: the profile fits a less intensive setting",
        "Placewell's step-down list; a list with evidence, never an instruction",
        lambda one: one.step_down,
    ),
)  # fmt: skip
