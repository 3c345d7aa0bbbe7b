"""Which rules fail, by kernel, explanation and oracle alike; and short words for who lives where."""

import datetime as dt
from typing import Any

from matcher.scoring import encode, explain, score_pairs
from models.case import Case
from models.child import SiblingGroup
from models.home import Resident
from models.needs import Skills
from models.placement import Placement
from models.referral import Offer
from models.rules import rules_in
from models.vocabulary import (
    ResidentKind,
)
from tests import oracle
from tests.make_case import (
    AS_AT,
    NEED_KEYS,
    make_case,
    make_child,
    make_home,
    make_placement,
    make_referral,
)

ABLE = Skills(levels=dict.fromkeys(NEED_KEYS, 4))
DAY = dt.timedelta(days=1)


def failed(case: Case, row: int = 0, column: int = 0) -> set[str]:
    """Names of the rules that fail, the same by all three."""
    encoded = encode(case, case.referrals)
    bits = int(score_pairs(encoded)[1][row, column])
    explanation = explain(case, encoded, row, column)
    assert explanation.bits == bits
    assert all(": " in rule.message and not rule.message.endswith(": ") for rule in explanation.failed)
    assert oracle.score(case, case.referrals, case.referrals[row], case.homes[column])[1] == {
        rule.id for rule in rules_in(bits)
    }
    return {rule.id.name for rule in rules_in(bits)}


def rules(child: Any = None, home: Any = None, referral: Any = None, **case: Any) -> set[str]:
    """The rules failed by a boy of ten at a home that could take him, but for what is changed."""
    subject = make_child(**({"levels": dict.fromkeys(NEED_KEYS, 1)} | (child or {})))
    place = make_home(**({"skills": ABLE} | (home or {})))
    children = (subject, *case.pop("more_children", ()))
    homes = (place, *case.pop("more_homes", ()))
    return failed(make_case(children, homes, **({"referrals": (make_referral(**(referral or {})),)} | case)))


def lives(*children: str, home: str = "H1", **fields: Any) -> tuple[Placement, ...]:
    return tuple(make_placement(child, home, **fields) for child in children)


def resident(kind: ResidentKind = ResidentKind.OTHER_AUTHORITY, number: int = 1, **fields: Any) -> Resident:
    return Resident(**({"id": f"X{number}", "home_id": "H1", "kind": kind, "born": dt.date(2008, 1, 1)} | fields))


def offer(child: str = "C2", **fields: Any) -> Offer:
    return Offer(**({"home_id": "H1", "child_id": child, "offered_on": AS_AT, "held_until": AS_AT} | fields))


def together(*children: str, **fields: Any) -> tuple[SiblingGroup, ...]:
    return (SiblingGroup(id="S1", children=children, **fields),)
