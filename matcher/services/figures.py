"""The stock figures of a case: who the children are, where they live, what the homes hold and cost.

Every figure is worked out afresh from the ``Case``; each table carries its definition and its source.
"""

from matcher.services import figures_children as children_
from matcher.services import figures_supply as supply_
from matcher.services.counts import Breakdown
from matcher.services.figures_siblings import SiblingFigures, sibling_figures
from matcher.services.figures_week import ReferralFigures, referral_figures
from matcher.services.stock import Living, for_disability, living, looked_after
from models.case import Case
from models.record import Record


class SetAsideCount(Record):
    """How many records of one sort could not be used; they are in no other figure."""

    what: str
    count: int


class Figures(Record):
    """The stock figures on the as-at date."""

    case: str
    authority: str
    as_at: str
    synthetic: bool
    children: int
    age: Breakdown
    sex: Breakdown
    ethnic_group: Breakdown
    uasc: Breakdown
    locality: Breakdown
    living: Breakdown
    carers: Breakdown
    ifa_disability: int
    three_or_more_placements: children_.Share
    long_term_stability: children_.Share
    rate: children_.Rate
    costs: tuple[supply_.Cost, ...]
    occupancy: tuple[supply_.Places, ...]
    fostering: supply_.FosteringSupply
    in_house_residential: supply_.ResidentialSupply
    others: supply_.Others
    siblings: SiblingFigures
    referrals: ReferralFigures
    set_aside: tuple[SetAsideCount, ...]


def stock_figures(case: Case) -> Figures:
    """Work out every stock figure of a case; the definitions are those of the functions called."""
    children = looked_after(case)
    placements = [case.placement_of.get(child.id) for child in children]
    kinds = sorted({record.what for record in case.set_aside})
    return Figures(
        case=case.name,
        authority=case.authority,
        as_at=case.as_at.isoformat(),
        synthetic=case.synthetic,
        children=len(children),
        age=children_.by_age(case, children),
        sex=children_.by_sex(children),
        ethnic_group=children_.by_ethnic_group(children),
        uasc=children_.by_uasc(children),
        locality=children_.by_locality(case, children),
        living=children_.by_living(case, children),
        carers=children_.by_carers(case, children),
        ifa_disability=sum(living(p) is Living.IFA and for_disability(case, p) for p in placements),
        three_or_more_placements=children_.many_placements(case),
        long_term_stability=children_.stability(case),
        rate=children_.rate(case, children),
        costs=supply_.costs(case, children),
        occupancy=supply_.occupancy(case),
        fostering=supply_.fostering_supply(case),
        in_house_residential=supply_.residential_supply(case),
        others=supply_.others(case),
        siblings=sibling_figures(case, children),
        referrals=referral_figures(case),
        set_aside=tuple(SetAsideCount(what=what, count=sum(r.what == what for r in case.set_aside)) for what in kinds),
    )
