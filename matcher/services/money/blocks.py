"""Block contracts: places bought, used, sold to neighbours and unused, and when they beat buying one by one."""

from collections.abc import Iterable

from matcher.services.counts import mean, percent
from matcher.services.money.arithmetic import divided
from matcher.services.money.averages import own_price
from matcher.services.money.costs import paid_now
from matcher.services.money.service import Service, service_in
from matcher.services.stock import home_of
from models.case import Case
from models.commissioning import BlockContract
from models.money import WEEKS_A_YEAR
from models.record import Record
from models.ssda903.years import collection_year
from models.vocabulary import Contract

DEFINITION = (
    "Contracts in force on the day. Used: the authority's own children who live in the contract's homes, up to the "
    "places bought less those sold; unused: bought, neither used nor sold. Spot price: the authority's own price of "
    "this year for the kind of home, else the mean fee of its children in such homes outside block contracts. "
    "Break-even: how many of the places must be used, or sold at the spot price, for the contract to cost no more "
    f"than buying them one by one. A year is {WEEKS_A_YEAR} weeks"
)


class Block(Record):
    """One contract; money in pence a week.

    ``places`` = ``used`` + ``sold`` + ``unused``. ``children`` live in its homes; ``beyond`` of them have no place of
    the contract left and are bought apart. ``per_used_pence`` is the contract less what neighbours pay, over the
    places used. ``more_than_spot_pence`` is that net cost less the used places at the spot price: negative where
    the contract is the cheaper. What stands on the spot price is None where that is not known.
    """

    contract_id: str
    provider: str
    label: str
    places: int
    children: tuple[str, ...]
    used: int
    sold: int
    unused: int
    beyond: int
    weekly_pence: int
    income_pence: int
    per_used_pence: int | None
    occupancy_percent: float | None
    spot_pence: int | None
    spot_source: str
    break_even_places: int | None
    break_even_percent: float | None
    unused_pence: int
    more_than_spot_pence: int | None


class Blocks(Record):
    """Every block contract in force.

    ``not_in_force`` names the others, ``set_aside`` contracts whose rows could not be used,
    ``without_contract`` homes on the homes sheet that are paid as block beds and belong to none in force.
    """

    definition: str
    source: str
    contracts: tuple[Block, ...]
    weekly_pence: int
    income_pence: int
    unused_pence: int
    not_in_force: tuple[str, ...]
    set_aside: tuple[str, ...]
    without_contract: tuple[str, ...]


def block_contracts(case: Case) -> Blocks:
    """Use and price of the block contracts of a case on its as-at date; definition in :data:`DEFINITION`."""
    in_force = [c for c in case.contracts if _in_force(case, c)]
    told = tuple(_block(case, contract) for contract in in_force)
    covered = {home for contract in in_force for home in contract.home_ids}
    return Blocks(
        definition=DEFINITION,
        source="Contracts, homes, placements and prices sheets",
        contracts=told,
        weekly_pence=sum(block.weekly_pence for block in told),
        income_pence=sum(block.income_pence for block in told),
        unused_pence=sum(block.unused_pence for block in told),
        not_in_force=tuple(c.id for c in case.contracts if not _in_force(case, c)),
        set_aside=tuple(record.id for record in case.set_aside if record.what == "contract"),
        without_contract=tuple(h.id for h in case.homes if h.contract is Contract.BLOCK and h.id not in covered),
    )


def _in_force(case: Case, contract: BlockContract) -> bool:
    started = contract.starts is None or contract.starts <= case.as_at
    return started and (contract.ends is None or case.as_at <= contract.ends)


def _block(case: Case, contract: BlockContract) -> Block:
    children = tuple(p.child_id for p in case.placements if p.home_id in contract.home_ids)
    here = {service_in(case, case.home[home]) for home in contract.home_ids}
    services = sorted(here, key=lambda each: each.order)
    spot, spot_source = _spot_price(case, services)
    names = {provider.id: provider.name for provider in case.providers}
    open_to_us = max(contract.places - contract.sold_places, 0)
    used = min(len(children), open_to_us)
    net = contract.weekly_pence - contract.sold_weekly_pence
    return Block(
        contract_id=contract.id,
        provider=names.get(contract.provider_id or "", contract.provider_id or "not named"),
        label="; ".join(service.label for service in services),
        places=contract.places,
        children=children,
        used=used,
        sold=contract.sold_places,
        unused=open_to_us - used,
        beyond=len(children) - used,
        weekly_pence=contract.weekly_pence,
        income_pence=contract.sold_weekly_pence,
        per_used_pence=mean(net, used),
        occupancy_percent=percent(used + contract.sold_places, contract.places),
        spot_pence=spot,
        spot_source=spot_source,
        break_even_places=-(-contract.weekly_pence // spot) if spot else None,
        break_even_percent=percent(contract.weekly_pence, spot * contract.places) if spot else None,
        unused_pence=divided(contract.weekly_pence * (open_to_us - used), contract.places),
        more_than_spot_pence=net - used * spot if spot else None,
    )


def _spot_price(case: Case, services: Iterable[Service]) -> tuple[int | None, str]:
    """The weekly price of such a place bought alone and where it is from; None for homes of several services."""
    some = list(services)
    if len(some) != 1:
        return None, "not known: the contract's homes are of several kinds"
    price = own_price(case, some[0], collection_year(case.as_at))
    if price:
        return price.weekly_pence, f"own price of this year: {price.source}"
    covered = {home for contract in case.contracts for home in contract.home_ids}
    fees = []
    for paid in paid_now(case):
        home = home_of(case, case.placement_of.get(paid.child_id))
        block = home is not None and (home.contract is Contract.BLOCK or home.id in covered)
        if paid.fee_pence is not None and paid.service == some[0] and not block:
            fees.append(paid.fee_pence)
    found = mean(sum(fees), len(fees))
    return found, f"mean fee of {len(fees)} children outside block contracts" if fees else "not known"
