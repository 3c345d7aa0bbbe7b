"""Random cases some of whose homes are adoptive families: stated noes, heritage, fading support, authority to place."""

import random

from models.case import Case
from models.child import Child
from models.home import Home
from models.policy import Policy
from models.referral import Referral
from models.vocabulary import ADOPTIVE_KINDS, AuthorityToPlace, Training
from tests.make_case import NEED_KEYS

_HERITAGES = ("Black Caribbean", "Indian", "white british", "White British")


def with_families(case: Case, seed: int) -> Case:
    """The case with about half of its homes made adoptive families, and its children children with a plan."""
    dice = random.Random(seed)
    prior = case.framework.home_prior
    levels = {kind: {training: dice.randint(0, 4) for training in Training} for kind in ADOPTIVE_KINDS}
    framework = case.framework.model_copy(
        update={"home_prior": prior.model_copy(update={"levels": {**prior.levels, **levels}})}
    )
    # Made anew: a copy would keep the tables by id that the case has worked out already.
    return Case(
        **{name: getattr(case, name) for name in Case.model_fields}
        | {
            "framework": framework,
            "policy": _policy(dice, case.policy),
            "homes": tuple(_family(dice, home) if dice.random() < 0.6 else home for home in case.homes),
            "children": tuple(_child(dice, child) for child in case.children),
            "referrals": tuple(_referral(dice, referral) for referral in case.referrals),
        }
    )


def _policy(dice: random.Random, policy: Policy) -> Policy:
    changes = {"heritage_not_supported": dice.randint(0, 9_999), "identity_fades_over_days": dice.choice([0, 20, 333])}
    return policy.model_copy(update=changes)


def _some(dice: random.Random, words: tuple[str, ...], share: float) -> list[str]:
    return [word for word in words if dice.random() < share]


def _family(dice: random.Random, home: Home) -> Home:
    refused = _some(dice, tuple(NEED_KEYS), dice.choice([0.0, 0.05, 0.2]))
    changes = {
        "kind": dice.choice(ADOPTIVE_KINDS),
        "heritages": frozenset(_some(dice, _HERITAGES, 0.3)),
        "no_above": {key: dice.randint(0, 4) for key in refused},
    }
    return home.model_copy(update=changes)


def _child(dice: random.Random, child: Child) -> Child:
    heritage = tuple(_some(dice, _HERITAGES, 0.3))
    return child.model_copy(update={"circumstances": child.circumstances.model_copy(update={"heritage": heritage})})


def _referral(dice: random.Random, referral: Referral) -> Referral:
    return referral.model_copy(update={"authority": dice.choice(list(AuthorityToPlace))})
