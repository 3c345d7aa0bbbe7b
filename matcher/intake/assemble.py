"""From typed rows to one cross-checked case: each record is built after those it leans on."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matcher.intake import fallbacks
from matcher.intake.adoption_pool import build_pool, pool_children
from matcher.intake.care_leavers import build_care_leavers
from matcher.intake.cells import CellError, read_postcode
from matcher.intake.children import ChildSheets, build_children
from matcher.intake.commissioning import build_comparators, build_prices, build_savings, build_uplifts
from matcher.intake.context import Context, located
from matcher.intake.contracts import build_contracts
from matcher.intake.episodes import close_lost_episodes, merge_episodes, tell_later_dates, tell_overlaps
from matcher.intake.facts import Facts, child_facts, tell_unused_headers, unaccompanied
from matcher.intake.findings import At, Log
from matcher.intake.homes import build_homes
from matcher.intake.links import end_as_referred, tell_overfull, tell_unknown_names
from matcher.intake.others import build_offers, build_population, build_providers, build_refusals, build_residents
from matcher.intake.placements import build_placements
from matcher.intake.reading import Progress
from matcher.intake.referrals import build_referrals, one_each
from matcher.intake.return_rows import Returns
from matcher.intake.returns import read_returns
from matcher.intake.settings import Settings
from matcher.intake.sheet_rows import Row, read_sheet
from matcher.intake.sheets import sheets
from matcher.intake.siblings import build_siblings
from matcher.intake.supply import build_approvals, build_home_history
from matcher.intake.tables import Tables
from models import ssda903
from models.case import Case
from models.ssda903 import Episode

_POSTCODES = (
    ("homes", "postcode"),
    ("locations", "postcode"),
    ("referrals", "home_postcode"),
    ("adoption_children", "home_postcode"),
    ("adopters", "postcode"),
    ("approvals", "postcode"),
)

_ENOUGH = ("homes", "referrals", "adopters", "adoption_children")
"""Sheets any of which makes a case; a regional adoption agency has no return of its own."""

Rows = Mapping[str, Sequence[Row]]
History = Mapping[str, Sequence[Episode]]


@dataclass(frozen=True)
class _Read:
    """Everything read, before records are built."""

    settings: Settings
    returns: Returns
    history: History
    rows: Rows
    tables: Tables


def assemble(settings: Settings, tables: Tables, log: Log, progress: Progress) -> Case | None:
    """The case made of every good row; None, and told why, if nothing in it can be used."""
    progress("reading returns")
    returns = read_returns(tables.returns, log)
    history = close_lost_episodes(merge_episodes(returns, log), returns, log)
    tell_overlaps(history, log)
    progress("reading sheets")
    rows = {name: read_sheet(tables.of_sheet(name), log) for name in sheets(settings.framework)}
    rows["referrals"] = one_each(rows["referrals"], log)
    if not (history or any(rows[name] for name in _ENOUGH)):
        _tell_nothing(tables, log)
        return None
    return _case(_Read(settings, returns, history, rows, tables), log, progress)


def _tell_nothing(tables: Tables, log: Log) -> None:
    """Tell that no case can be made: an error, unless the files are templates nobody has filled in yet."""
    expected = "an SSDA903 return (Header and Episodes) and the sheets that `placewell template` writes"
    at, every = At("the case"), [*(t.raw for t in tables.returns), *(t.raw for t in tables.sheets)]
    if every and not any(raw.rows for raw in every):
        log.warn("nothing-in-it", at, "every file is still blank", expected=expected, action="no case is made")
    else:
        message = "there is no child, no referral and no home that can be used"
        log.error("nothing-usable", at, message, expected=expected, action="no case is made")


def _case(read: _Read, log: Log, progress: Progress) -> Case | None:
    settings, rows = read.settings, read.rows
    as_at = settings.as_at or fallbacks.day_of(read.returns, rows["referrals"], log)
    if as_at is None:
        return None
    tell_later_dates(read.history, read.returns, as_at, log)
    now = {child: e for child, known in read.history.items() if (e := ssda903.episode_on(known, as_at))}
    progress("looking up postcodes")
    places = located(_postcodes(rows, now.values(), read.history, as_at))
    authority = settings.authority or fallbacks.authority_of(now.values(), rows["homes"], places, log)
    if authority is None:
        return None
    progress("building records")
    facts = child_facts(read.returns, now, as_at, log)
    left = frozenset({*read.history, *facts} - set(now))
    context = Context(log, as_at, settings.framework, places, left)
    _tell_short_breaks(read.history, now, context)
    tell_unused_headers(read.returns, read.history, {row.need("child_id") for row in rows["referrals"]}, log)
    return _with_records(read, facts, authority, context)


def _postcodes(rows: Rows, now: Iterable[Episode], history: History, as_at: dt.date) -> Iterator[str | None]:
    """Every postcode that a record will need."""
    for episode in now:
        yield episode.home_post
        lived = ssda903.placement_on(history[episode.child], as_at)
        yield lived.usual.pl_post if lived else None
    for sheet, column in _POSTCODES:
        for row in rows[sheet]:
            yield row.text(column)
    for row in rows["adopters"]:
        yield from filter(None, map(_postcode, row.words("avoid_postcodes")))


def _postcode(text: str) -> str | None:
    """A postcode of a list, as it is looked up; what is none is told of later."""
    try:
        return read_postcode(text)
    except CellError:
        return None


def _tell_short_breaks(history: History, now: Mapping[str, Episode], context: Context) -> None:
    """Count children who have an open episode on the day, but of short breaks only."""
    only = [
        child
        for child, rows in history.items()
        if child not in now and any(episode.covers(context.as_at) for episode in rows)
    ]
    if only:
        first = next(episode for episode in history[only[0]] if episode.covers(context.as_at))
        context.log.note(
            "short-breaks-only",
            At(first.file),
            f"{len(only)} children are in short breaks only (V3, V4) on {context.as_at:%d/%m/%Y}",
            expected="children looked after otherwise",
            action="they do not count as looked after, as in the national statistics",
        )


def _with_records(read: _Read, facts: Mapping[str, Facts], authority: str, context: Context) -> Case | None:
    rows, log, settings = read.rows, context.log, read.settings
    homes = build_homes(rows["homes"], context)
    home_rows = {row.need("home_id"): row.at for row in rows["homes"]}
    about = ChildSheets(rows["children"], rows["locations"], rows["needs"], rows["referrals"], pool_children(rows))
    children = build_children(about, read.history, facts, homes, context)
    pool = build_pool(rows, read.returns, read.history, facts, children, authority, context)
    if not (children or homes or pool.children or pool.families):
        _tell_nothing(read.tables, log)
        return None
    placements, aside = build_placements(rows["placements"], children, read.history, homes, context)
    residents = [*build_residents(rows["residents"], homes, children, context), *aside]
    tell_overfull(homes, placements, residents, home_rows, context)
    tell_unknown_names(homes, children, home_rows, context)
    referrals = build_referrals(rows["referrals"], children, homes, context)
    referral_rows = {row.need("referral_id"): row.at for row in rows["referrals"]}
    placements = end_as_referred(placements, referrals, referral_rows, context)
    offers = build_offers(rows["offers"], homes, children, context)
    refusals = build_refusals(rows["refusals"], homes, children, offers, context)
    providers = build_providers(rows["providers"], homes, context)
    groups = build_siblings(rows["siblings"], children, context)
    episodes = {child: tuple(found) for child, found in read.history.items() if not log.is_aside("child", child)}
    return Case(
        name=settings.name or fallbacks.name_of(authority, log),
        authority=authority,
        as_at=context.as_at,
        synthetic=fallbacks.is_synthetic(log) if settings.synthetic is None else settings.synthetic,
        framework=settings.framework,
        policy=settings.policy,
        children=tuple(children.values()),
        homes=tuple(homes.values()),
        providers=tuple(providers),
        residents=tuple(residents),
        placements=tuple(placements),
        sibling_groups=tuple(groups),
        referrals=tuple(referrals),
        offers=tuple(offers),
        refusals=tuple(refusals),
        population=tuple(build_population(rows["population"], context)),
        comparators=tuple(build_comparators(rows["comparators"], context)),
        prices=tuple(build_prices(rows["prices"], context)),
        uplifts=tuple(build_uplifts(rows["uplifts"], context)),
        contracts=tuple(build_contracts(rows["contracts"], homes, {each.id for each in providers}, context)),
        savings=tuple(build_savings(rows["savings"], context)),
        care_leavers=tuple(build_care_leavers(read.returns, context.as_at, log)),
        adoption=pool,
        adoption_policy=settings.adoption_policy,
        scenarios=settings.scenarios,
        menu=settings.menu,
        approvals=tuple(build_approvals(rows["approvals"], homes, context)),
        home_history=tuple(build_home_history(rows["home_history"], homes, context)),
        episodes=episodes,
        births={child: facts[child].born for child in episodes if child in facts},
        unaccompanied={child: day for child, day in unaccompanied(read.returns).items() if child in episodes},
        set_aside=log.records_aside,
    )
