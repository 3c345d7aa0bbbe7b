"""A request for a home for one child, and what happened when homes were asked."""

import datetime as dt

from models.child import Circumstances
from models.record import Record
from models.vocabulary import AuthorityToPlace, HomeKind, ReferralReason, RefusalReason, Urgency


class Referral(Record):
    """One open request for a home.

    Kinds in none of the three lists were not asked for, and are barred by a rule that can be relaxed; with
    all three lists empty any lawful kind will do but a specialist one (parent and child, residential school,
    secure), which must be asked for. ``authority`` is for adoption alone.
    ``circumstances`` replaces the child's own where the form says something newer.
    """

    id: str
    child_id: str
    received: dt.date
    needed_by: dt.date
    urgency: Urgency
    reason: ReferralReason
    preferred_kinds: tuple[HomeKind, ...] = ()
    suitable_kinds: tuple[HomeKind, ...] = ()
    unsuitable_kinds: tuple[HomeKind, ...] = ()
    circumstances: Circumstances | None = None
    authority: AuthorityToPlace = AuthorityToPlace.FULL


class Offer(Record):
    """A place held for a child until a day; ``agreed`` makes it a lock that every plan keeps."""

    home_id: str
    child_id: str
    offered_on: dt.date
    held_until: dt.date
    agreed: bool = False


class Refusal(Record):
    """A home, its agency or the child said no: a ban on the pair, with the coded reason."""

    home_id: str
    child_id: str
    refused_on: dt.date
    reason: RefusalReason
