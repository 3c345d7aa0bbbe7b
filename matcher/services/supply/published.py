"""What is published of homes that come and go: the belief before an authority's own history is counted."""

import math
from typing import NamedTuple

from matcher.services.supply.groups import HOUSEHOLDS, Group
from models.vocabulary import HomeKind, Sector

_FOSTERING = "Ofsted, Fostering in England 1 April 2017 to 31 March 2018, data set"
_PROVIDERS = (
    "Ofsted, Children's social care in England, provider level, 31 March 2018 and 31 March 2025, by number (URN)"
)
_HOMES = "Ofsted, Children's social care data in England 2017 to 2018, main findings"
_LEAVERS = (
    "DfE, Children looked after in England, reporting year 2020, care leavers who left foster care aged 18, for 2018"
)
_DURATION = "Fosterline, assessment process (four to six months; National Minimum Standard 14.4: eight at most)"
_REGISTERING = "17 weeks for registration on average, as Ofsted told Stephensons Solicitors"
_REVIEW = "Fostering Services (England) Regulations 2011, regulation 28 (a review at least once a year)"

AUTHORITIES_DIFFER = 5.9
"""How much a published rate weighs, in events: rates of authorities' own services differ as draws of a gamma of this
shape do (144 services with figures, de-registrations a household in 2017/18, method of moments, chance taken off)."""


class Leaving(NamedTuple):
    """Homes that closed, home-years they closed in, and the change of the number of homes a year (-0.01: 1% fewer)."""

    closed: float
    home_years: float
    growth: float
    source: str

    @property
    def a_year(self) -> float:
        """Closings a home a year."""
        return self.closed / self.home_years


def _gone(closed: int, of: int, growth: float, source: str) -> Leaving:
    """A rate from how many of some homes were gone after seven years, as if homes closed at one rate throughout."""
    return Leaving(closed, 7 * closed / -math.log(1 - closed / of), growth, source)


# Households of England: 43,710 on 31 March 2017, 43,475 a year later. A service's own are the sum of the nine regions'
# 8,740 and 43,475 less those are the agencies'. Kin are among them.
_FEWER = 43_475 / 43_710 - 1
_OWN_SERVICE = Leaving(6_580, 28_725, _FEWER, f"{_FOSTERING}: local authorities")
_AGENCIES = Leaving(2_160, 14_750, _FEWER, f"{_FOSTERING}: England less local authorities, so agencies")
# Homes of a number that is gone seven years later; one that was sold and registered anew counts as gone.
_OWN_HOMES = _gone(108, 401, 423 / 434 - 1, f"{_PROVIDERS}: local authorities' homes; growth: {_HOMES}")
_HOMES_OF_OTHERS = _gone(
    466, 1_627, 1_786 / 1_711 - 1, f"{_PROVIDERS}: private and voluntary homes; growth: {_HOMES}, less authorities' own"
)
_SCHOOLS = _gone(99, 221, 0.0, f"{_PROVIDERS}: residential special schools; no growth is taken")
_SECURE = _gone(1, 14, 0.0, f"{_PROVIDERS}: secure children's homes; no growth is taken")
_FAMILIES = _gone(8, 37, 0.0, f"{_PROVIDERS}: residential family centres; no growth is taken")
_SUPPORTED = _HOMES_OF_OTHERS._replace(
    growth=0.0,
    source="nothing is published of supported accommodation, not registered until 2023: private and voluntary "
    f"children's homes stand in ({_PROVIDERS}); no growth is taken",
)
_BY_KIND = {
    HomeKind.SCHOOL: _SCHOOLS,
    HomeKind.SECURE: _SECURE,
    HomeKind.PARENT_AND_CHILD: _FAMILIES,
    HomeKind.SUPPORTED: _SUPPORTED,
}


def leaving_of(group: Group) -> Leaving:
    """What is published of homes of a group closing."""
    independent = group.sector is Sector.PRIVATE
    if group.kind in HOUSEHOLDS:
        return _AGENCIES if independent else _OWN_SERVICE
    if group.kind is HomeKind.RESIDENTIAL:
        return _HOMES_OF_OTHERS if independent else _OWN_HOMES
    return _BY_KIND[group.kind]


class Stage(NamedTuple):
    """One stage of an application: the share that goes on to the next or is approved, and the mean days it takes."""

    goes_on: float
    days: float


# 4,920 approved, 5,265 withdrawn by either side, 230 refused after a panel: 4,920 of 5,150 are approved at panel and
# 4,920 of 10,415 in all. How withdrawals fall on stages 1 and 2 is not published: alike. Five months in all, the middle
# of four to six; their split over stages is ours.
_AT_PANEL = 4_920 / 5_150
_BEFORE = (5_150 / 10_415) ** 0.5
HOUSEHOLD_STAGES = (Stage(_BEFORE, 60.0), Stage(_BEFORE, 77.0), Stage(_AT_PANEL, 15.0))
HOUSEHOLD_STAGES_SOURCE = f"{_FOSTERING} (4,920 of 10,415 applications that ended were approved); {_DURATION}"
HOME_STAGES = (Stage(_BEFORE, 119.0), Stage(_BEFORE, 105.0), Stage(_AT_PANEL, 14.0))
HOME_STAGES_SOURCE = (
    "nothing is published of homes to be registered that come to nothing: fostering applications stand in "
    f"({_FOSTERING}); {_REGISTERING}, and as long again before"
)


class Stayed(NamedTuple):
    """Young people who turned 18 with foster carers, and those who stayed."""

    stayed: int
    turned_18: int
    source: str


OWN_SERVICE_STAYED = Stayed(1_065, 1_830, f"{_FOSTERING}: local authorities, 58%")
AGENCIES_STAYED = Stayed(630, 1_605, f"{_FOSTERING}: England less local authorities, so agencies, 39%")
STILL_THERE = ((1_810, 3_300), (970, 3_170), (650, 3_160))
"""Of those who left foster care at 18: with the former carer, and all, aged 18, 19 and 20 in 2017/18."""
STILL_THERE_SOURCE = _LEAVERS
STAYING_PUT_ENDS = 21
"""The birthday until which an authority must support it (Children Act 1989, section 23CZA)."""
SHORTEST_PAUSE, LONGEST_PAUSE = 30.4, 365.25
"""Days between which the mean length of a break, review, want of staff or building work is taken to lie, for want of
any publication: the longest is the time between reviews."""
PAUSE_SOURCE = _REVIEW
