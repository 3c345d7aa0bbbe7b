"""A placement: a child actually living somewhere on the case's as-at date."""

import datetime as dt

from pydantic import Field

from models.record import Record
from models.ssda903.derive import PlacementKind


class Funding(Record):
    """Who pays for a placement, in pence a week."""

    social_care_pence: int = Field(default=0, ge=0)
    education_pence: int = Field(default=0, ge=0)
    health_pence: int = Field(default=0, ge=0)


class Placement(Record):
    """Where a child lives now.

    ``home_id`` is None for a placement outside any listed home: with parents, placed for adoption, with a
    connected person under temporary approval, or where the sheet does not say. ``ends_on`` is set when notice
    was given: the child then needs a home. ``long_term`` is a confirmed long-term match.
    """

    child_id: str
    kind: PlacementKind
    started: dt.date
    home_id: str | None = None
    place_code: str | None = None
    fee_pence: int | None = Field(default=None, ge=0)
    funding: Funding | None = None
    long_term: bool = False
    ends_on: dt.date | None = None
    postcode: str | None = None
    utla: str | None = None
