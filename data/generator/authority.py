"""The whole authority, room by room."""

import random
from dataclasses import dataclass
from pathlib import Path

from . import (
    adoption,
    circumstances,
    commissioning,
    dressing,
    families,
    fees,
    fostering,
    history,
    leavers,
    legal,
    needs,
    offers,
    people,
    providers,
    referrals,
    returns,
    settings,
    sheets,
    tenure,
    turnover,
    write,
)
from .draw import shuffled, stream
from .figures import Living
from .homes import Home, set_postcodes
from .people import Child
from .places import COUNTY, Postcodes
from .stays import Past


@dataclass
class Supply:
    """Every address where somebody lives or could: those on the list of homes first."""

    listed: list[Home]
    unlisted: list[Home]
    providers: list[tuple[str, str, str]]

    def home_of(self) -> dict[Child, Home]:
        """Where each child lives."""
        return {child: home for home in (*self.listed, *self.unlisted) for child in home.children}


def generate(folder: Path, seed: int) -> None:
    """Write the demo authority into a folder."""
    postcodes = Postcodes(stream(seed, "postcodes"))
    framework = needs.Framework()
    children, groups, units = _people(stream(seed, "people"))
    supply = _supply(stream(seed, "homes"), units, postcodes)
    home_of = supply.home_of()
    _origins(stream(seed, "origins"), children, home_of, postcodes)
    rng = stream(seed, "needs")
    circumstances.set_disabled(rng, children, home_of)
    needs.set_latent(rng, children, {child: home.zone for child, home in home_of.items()})
    needs.set_levels(rng, framework, children)
    gone = _history(stream(seed, "history"), children, groups, units, supply)
    _origins_of_leavers(stream(seed, "leavers"), gone, postcodes)
    everyone = _number(stream(seed, "ids"), children, gone, supply.listed)
    rng = stream(seed, "assessments")
    full, partial = needs.choose_assessed(rng, children)
    needs.tune(rng, framework, full)
    dressing.dress(stream(seed, "dressing"), framework, supply.listed)
    fees.set_fees(stream(seed, "fees"), children, supply.listed)
    present = [child for child in everyone if child.living is not None]
    desk = referrals.Desk(stream(seed, "referrals"), framework, postcodes, 1000 + len(everyone))
    week = referrals.busy_week(desk, present, groups, home_of)
    offers.answer(desk, supply.listed)
    rng = stream(seed, "circumstances")
    tables = {
        "needs": needs.rows(stream(seed, "assessments 2"), framework, full, partial) + week.needs,
        "homes": sheets.homes(supply.listed),
        "placements": sheets.placements(present, home_of, week.ends_on),
        "children": circumstances.rows(rng, present, home_of),
        "locations": circumstances.locations(rng, present, home_of, postcodes) + week.locations,
        "siblings": sheets.siblings(groups) + week.siblings,
        "referrals": week.referrals,
        "residents": sheets.residents(supply.listed),
        "offers": week.offers,
        "refusals": week.refusals,
        "providers": [dict(zip(("provider_id", "provider_name", "sector"), p, strict=True)) for p in supply.providers],
        "population": sheets.population(stream(seed, "population")),
        **commissioning.rows(supply.listed),
    }
    before = returns.write_returns(stream(seed, "returns"), everyone)
    known = adoption.Known({row["child_id"] for row in tables["needs"]}, {row["child_id"] for row in week.referrals})
    past = Past(stream(seed, "adoption past"), supply.listed + supply.unlisted)
    plans = adoption.make_plans(stream(seed, "adoption"), children, gone, known, past)
    adopters = stream(seed, "adopters")
    for name, rows in adoption.make_sheets(adopters, framework, plans, postcodes, tables["needs"]).items():
        tables[name] = tables.get(name, []) + rows
    # Last, so that the postcodes it takes are nobody else's.
    tables |= turnover.rows(stream(seed, "turnover"), supply.listed, postcodes)
    tables["placements"] = sheets.placements(present, home_of, week.ends_on)
    after = returns.write_returns(stream(seed, "returns"), everyone, plans)
    order = sheets.column_order(framework)
    write.write_case(folder, tables, order, returns.with_plans(before, after, plans), seed)


def _people(rng: random.Random) -> tuple[list[Child], list[families.Family], list[families.Unit]]:
    children = people.looked_after(rng)
    groups, units = families.form(rng, children)
    people.set_sexes(rng, children)
    people.set_birthdays(rng, children)
    people.set_ethnicity(rng, children)
    people.set_culture(rng, children)
    people.set_cin(rng, children)
    tenure.set_tenure(rng, children, groups)
    tenure.set_moves(rng, children, units)
    return children, groups, units


def _supply(rng: random.Random, units: list[families.Unit], postcodes: Postcodes) -> Supply:
    own = settings.own_homes(rng, units)
    listed = [
        *fostering.in_house(rng, units),
        *own,
        *fostering.agencies(rng, units),
        *settings.private_homes(rng, units),
        *settings.supported(rng, units),
        *settings.others(rng, units),
    ]
    settings.check(listed)
    unlisted = fostering.temporary_kin(rng, units) + fostering.adopters_and_parents(rng, units)
    names = providers.assign(rng, listed + unlisted)
    listed += providers.unnamed_agencies(rng, names)
    set_postcodes(postcodes, listed + unlisted)
    return Supply(shuffled(rng, listed), unlisted, names)


def _origins(rng: random.Random, children: list[Child], home_of: dict[Child, Home], postcodes: Postcodes) -> None:
    """Where each family lives: often in the district where the child lives now; not known for unaccompanied ones."""
    shared: dict[int, tuple[str, str]] = {}
    for child in children:
        home = home_of[child]
        if child.uasc:
            continue
        if child.family in shared:
            child.home_district, child.home_post = shared[child.family]
            continue
        near = home.district in COUNTY and rng.random() < 0.65
        child.home_district = home.district if near else postcodes.district(0 if rng.random() < 0.94 else 1)
        child.home_post = home.postcode if child.living is Living.PARENTS else postcodes.take(child.home_district)
        if child.family:
            shared[child.family] = child.home_district, child.home_post


def _origins_of_leavers(rng: random.Random, gone: list[Child], postcodes: Postcodes) -> None:
    for child in gone:
        if not child.uasc:
            child.home_district = postcodes.district(0 if rng.random() < 0.94 else 1)
            child.home_post = postcodes.take(child.home_district)


def _history(rng: random.Random, children: list[Child], groups: list[families.Family], units: list[families.Unit],
             supply: Supply) -> list[Child]:  # fmt: skip
    past = Past(rng, supply.listed + supply.unlisted)
    entered = history.enter_care(rng, children, groups)
    history.live(rng, units, supply.home_of(), entered, past)
    history.add_status_changes(rng, children)
    history.earlier_periods(rng, children, past)
    gone = leavers.form(rng, past)
    moves = sum(child.placements_in_year - 1 for child in children)
    leavers.add_changes(rng, gone, leavers.changes_left(moves), past)
    history.add_temporary(rng, children, past)
    history.set_reasons(rng, children + gone)
    for child in (*children, *gone):
        legal.set_legal(rng, child)
    return gone


def _number(rng: random.Random, children: list[Child], gone: list[Child], listed: list[Home]) -> list[Child]:
    """Ids for children in the order in which they first came, and for homes."""
    everyone = sorted(shuffled(rng, children + gone), key=lambda child: child.periods[0].entered)
    for number, child in enumerate(everyone, start=1001):
        child.id = f"C{number}"
    for number, home in enumerate(listed, start=1):
        home.id = f"H{number:04d}"
    return everyone
