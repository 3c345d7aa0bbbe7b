"""Who may look for a home in a week to come: those who do now, and those who came or moved in the last year.

Nobody knows the children who will come. Their like are those who came: with the needs, the family, the school and the
brothers and sisters of somebody on file, at the age they have now.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from matcher.services.counts import AGE_BANDS
from matcher.services.searches import Searches, clean_sheet, operational
from models.case import Case
from models.referral import Referral
from models.ssda903.ages import age_at, age_band
from models.vocabulary import ReferralReason, Urgency

LAST_YEAR = dt.timedelta(days=365)
_TOGETHER = dt.timedelta(days=28)
NEW_REASONS = (ReferralReason.NEW_TO_CARE, ReferralReason.UASC_ARRIVAL, ReferralReason.REMAND)


@dataclass(frozen=True)
class Family:
    """Children who look for a home at the same time: one child, or brothers and sisters to be placed together.

    ``stream`` is that of the first by the forecast's age bands, the last for unaccompanied children. ``ending`` is the
    home of each that is ending, None for those new to care or whose home is not listed.
    """

    referrals: tuple[Referral, ...]
    stream: int
    ending: tuple[str | None, ...]


@dataclass(frozen=True)
class Looking:
    """Families like whom others will look for a home, and how many children look now.

    ``new`` come into care, ``moving`` are in care already. ``now_new`` and ``now_moving`` count children.
    """

    new: tuple[Family, ...]
    moving: tuple[Family, ...]
    now_new: int
    now_moving: int


def looking(case: Case) -> Looking:
    """Families on file like whom others will look for a home."""
    now = operational(case)
    new = tuple(referral for referral in now.referrals if _is_new(case, referral))
    moving = tuple(referral for referral in now.referrals if not _is_new(case, referral))
    since = case.as_at - LAST_YEAR
    came = tuple(_like_new(case, referral, new) for referral in _recent(case, now, since, entered=True))
    moved = tuple(_like_moving(referral, moving) for referral in _recent(case, now, since, entered=False))
    return Looking(
        tuple(_families(case, (*new, *came))), tuple(_families(case, (*moving, *moved))), len(new), len(moving)
    )


def _is_new(case: Case, referral: Referral) -> bool:
    return referral.reason in NEW_REASONS or referral.child_id not in case.placement_of


def _recent(case: Case, now: Searches, since: dt.date, *, entered: bool) -> Iterator[Referral]:
    """Searches, as the clean sheet words them, of children whose care, or else whose placement, began since a day."""
    for referral in clean_sheet(case).referrals:
        if referral.child_id in now.children or referral.reason is not ReferralReason.CLEAN_SHEET:
            continue
        child, placement = case.child[referral.child_id], case.placement_of[referral.child_id]
        came = child.entered_care is not None and child.entered_care >= since
        if came == entered and (came or placement.started >= since):
            yield referral


def _like_new(case: Case, referral: Referral, now: Sequence[Referral]) -> Referral:
    """As urgent as those who are new now, in turn: an entry is seldom planned."""
    child = case.child[referral.child_id]
    reason = ReferralReason.UASC_ARRIVAL if child.uasc else ReferralReason.NEW_TO_CARE
    return referral.model_copy(update={"reason": reason, "urgency": _urgency(referral, now)})


def _like_moving(referral: Referral, now: Sequence[Referral]) -> Referral:
    return referral.model_copy(update={"reason": ReferralReason.PLACEMENT_ENDING, "urgency": _urgency(referral, now)})


def _urgency(referral: Referral, now: Sequence[Referral]) -> Urgency:
    """That of one of those who look now, by the number in the child's id so that it does not change from run to run."""
    if not now:
        return Urgency.WITHIN_72_HOURS
    number = sum(ord(letter) * (at + 1) for at, letter in enumerate(referral.child_id))
    return now[number % len(now)].urgency


def _families(case: Case, referrals: Sequence[Referral]) -> Iterator[Family]:
    """Children who are to live together and began to look within four weeks of each other, else each alone."""
    unit_of = {
        child: (group.id, number)
        for group in case.sibling_groups
        for number, members in enumerate(group.planned_units)
        for child in members
    }
    alone = ("", -1)
    keyed = sorted(referrals, key=lambda r: (unit_of.get(r.child_id, alone), _began(case, r), r.child_id))
    for unit, members in groupby(keyed, key=lambda r: unit_of.get(r.child_id, alone)):
        if unit == alone:
            yield from (_family(case, (referral,)) for referral in members)
            continue
        together: list[Referral] = []
        for referral in members:
            if together and _began(case, referral) - _began(case, together[0]) > _TOGETHER:
                yield _family(case, tuple(together))
                together = []
            together.append(referral)
        yield _family(case, tuple(together))


def _began(case: Case, referral: Referral) -> dt.date:
    """The day a search began, or would have: of those not looking now, when they came where they are."""
    placement = case.placement_of.get(referral.child_id)
    if referral.received == case.as_at and placement is not None and placement.ends_on is None:
        return placement.started
    return referral.received


def _family(case: Case, referrals: tuple[Referral, ...]) -> Family:
    first = case.child[referrals[0].child_id]
    age = min(max(age_at(first.born, case.as_at), 0), 17)
    stream = len(AGE_BANDS) if first.uasc else AGE_BANDS.index(age_band(age))
    return Family(referrals, stream, tuple(_ending(case, referral) for referral in referrals))


def _ending(case: Case, referral: Referral) -> str | None:
    placement = case.placement_of.get(referral.child_id)
    ends = referral.reason is ReferralReason.PLACEMENT_ENDING
    return placement.home_id if placement is not None and ends else None
