"""Homes on their way to approval or registration, and homes that opened and closed: what a supply forecast reads."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from models.geography import Location
from models.home import Terms
from models.record import Record
from models.vocabulary import HomeKind, Sector, Training


class Outcome(StrEnum):
    """How an application ended."""

    APPROVED = "approved"
    WITHDRAWN_BY_APPLICANT = "withdrawn_by_applicant"
    ENDED_BY_SERVICE = "ended_by_service"
    REFUSED = "refused"


class WhyClosed(StrEnum):
    """Why a fostering household was de-registered or a home closed (Ofsted's fostering data set, own words)."""

    BY_CARER = "by_carer"
    BY_SERVICE = "by_service"
    TRANSFERRED = "transferred"
    BY_PROVIDER = "by_provider"
    BY_REGULATOR = "by_regulator"
    OTHER = "other"


class Approval(Record):
    """An application to foster, or to register a home: still going on where ``outcome`` is None.

    Households go through stage 1 (from ``applied_on``), stage 2 (from ``assessed_from``) and the panel and decision
    (from ``panel_on``); a home through setting up, the inspectorate's registration and the visit before its decision.
    ``expected_on`` is when the service expects it to open. ``connected_children`` are those a connected person's home
    would be open to. ``location`` is None only of applications that have ended.
    """

    id: str
    kind: HomeKind
    sector: Sector
    applied_on: dt.date
    assessed_from: dt.date | None = None
    panel_on: dt.date | None = None
    expected_on: dt.date | None = None
    outcome: Outcome | None = None
    outcome_on: dt.date | None = None
    location: Location | None = None
    terms: Terms
    training: Training = Training.UNKNOWN
    connected_children: frozenset[str] = frozenset()
    fee_pence: int | None = Field(default=None, ge=0)


class HomeSpell(Record):
    """The time one home was approved or registered: from ``opened`` (None: not known, long ago) up to ``closed``."""

    home_id: str
    kind: HomeKind
    sector: Sector
    places: int | None = Field(default=None, ge=0)
    opened: dt.date | None = None
    closed: dt.date | None = None
    why_closed: WhyClosed | None = None
