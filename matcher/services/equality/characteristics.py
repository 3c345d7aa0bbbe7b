"""Whose outcomes are compared: children by sex, age, ethnic group, disability, and as unaccompanied or not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matcher.services.counts import AGE_BANDS
from matcher.services.figures_children import ETHNIC_LABELS, SEX_LABELS
from models.case import Case
from models.child import Child
from models.ssda903.ages import age_band
from models.ssda903.derive import EthnicGroup, ethnic_group
from models.vocabulary import Sex

NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Characteristic:
    """Something the Equality Act 2010 protects, or that an authority watches beside it.

    Attributes:
        key: For the machine.
        label: For people.
        by: In a sentence, what a difference is by.
        groups: Every group by key: its label, and its children in a sentence ("girls").
        of: The group of a child; ``NOT_KNOWN`` where it is not recorded.
    """

    key: str
    label: str
    by: str
    groups: Mapping[str, tuple[str, str]]
    of: Callable[[Case, Child], str]


def _ethnic(_case: Case, child: Child) -> str:
    group = ethnic_group(child.ethnicity) if child.ethnicity else EthnicGroup.NOT_KNOWN
    return NOT_KNOWN if group is EthnicGroup.NOT_KNOWN else group.value


def _disabled(_case: Case, child: Child) -> str:
    known = child.circumstances.disabled
    return NOT_KNOWN if known is None else "yes" if known else "no"


def _sex(_case: Case, child: Child) -> str:
    return NOT_KNOWN if child.sex is Sex.UNKNOWN else child.sex.value


_UNKNOWN = {NOT_KNOWN: ("Not known", "children of whom it is not known")}
CHARACTERISTICS = (
    Characteristic(
        "sex",
        "Sex",
        "sex",
        {
            Sex.FEMALE.value: (SEX_LABELS[Sex.FEMALE], "girls"),
            Sex.MALE.value: (SEX_LABELS[Sex.MALE], "boys"),
            **_UNKNOWN,
        },
        _sex,
    ),
    Characteristic(
        "age",
        "Age",
        "age",
        {band: (band, f"children aged {band}") for band in AGE_BANDS},
        lambda case, child: age_band(max(child.age_on(case.as_at), 0)),
    ),
    Characteristic(
        "ethnic_group",
        "Ethnic group",
        "ethnic group",
        {
            group.value: (label, f"children whose ethnic group is {label}")
            for group, label in ETHNIC_LABELS.items()
            if group is not EthnicGroup.NOT_KNOWN
        }
        | _UNKNOWN,
        _ethnic,
    ),
    Characteristic(
        "disabled",
        "Disability",
        "disability",
        {"yes": ("Disabled", "disabled children"), "no": ("Not disabled", "children not disabled"), **_UNKNOWN},
        _disabled,
    ),
    Characteristic(
        "uasc",
        "Unaccompanied asylum-seeking children",
        "being unaccompanied or not",
        {
            "yes": ("Unaccompanied", "unaccompanied children"),
            "no": ("All other children", "children not unaccompanied"),
        },
        lambda _case, child: "yes" if child.uasc else "no",
    ),
)
