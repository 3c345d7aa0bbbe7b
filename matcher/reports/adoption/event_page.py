"""Whom to invite to a matching event, and whom each child would meet."""

from matcher.reports.adoption.frame import banner, footer, subtitle
from matcher.reports.adoption.words import TIER_WORDS, approved_for, child_words, listed
from matcher.reports.document import Cell, Document, Fact, Facts, Paragraph, Section, Table
from matcher.reports.words import plural
from matcher.services.adoption.matching_event import Invitations
from matcher.services.adoption.screening import Screened

_HOW = "An invitation is to meet, not a match. Children are counted who would meet enough families eligible for them."


def event_document(screened: Screened, found: Invitations) -> Document:
    """The invitations, the children they serve, and who would meet whom."""
    case = screened.pool.case
    sections = (_summary(found), _families(screened, found), _children(screened, found))
    return Document("A matching event: whom to invite", subtitle(case), banner(case), sections, footer(case))


def _summary(found: Invitations) -> Section:
    facts = Facts(
        (
            Fact(str(len(found.families)), f"families to invite, for {plural(found.seats, 'seat')}"),
            Fact(
                str(len(found.children)),
                f"children would meet at least {plural(found.families_each, 'eligible family', 'eligible families')}",
            ),
            Fact(str(found.meetings), "pairs of families and children, or groups, would meet"),
        )
    )
    if len(found.children) == found.most_children:
        proof = "Proved: no other choice of as many families would do this for more children."
    else:
        proof = f"Not proved best: no choice could do this for more than {found.most_children} children."
    return Section("summary", "In short", (facts, Paragraph(proof), Paragraph(_HOW)))


def _families(screened: Screened, found: Invitations) -> Section:
    pool, rows = screened.pool, list[tuple[Cell, ...]]()
    column = {family.id: at for at, family in enumerate(pool.families)}
    for family in (pool.pool.family[each] for each in found.families):
        agency = pool.pool.agency[family.agency_id]
        may = screened.eligible[:, column[family.id]]
        meets = sum(len(unit) for unit, yes in zip(pool.units, may, strict=True) if yes)
        rows.append((family.id, f"{agency.name} ({TIER_WORDS[agency.tier]})", approved_for(family), meets))
    columns = ("Family", "Agency", "Approved for", "Children eligible for")
    return Section("families", "Families to invite", (Table("invited", "By identifier", columns, rows),))


def _children(screened: Screened, found: Invitations) -> Section:
    pool, rows = screened.pool, list[tuple[Cell, ...]]()
    column = {family.id: at for at, family in enumerate(pool.families)}
    for number, unit in enumerate(pool.units):
        if not set(unit) & set(found.children):
            continue
        met = [each for each in found.families if screened.eligible[number, column[each]]]
        plain = [each for each in met if not screened.stretch[number, column[each]]]
        who = "; ".join(child_words(pool.pool.child[child], pool.case.as_at) for child in unit)
        rows.append((who, listed(plain) or "-", listed(each for each in met if each not in plain) or "-"))
    columns = ("Who", "Would meet, within what they said", "With a stretch")
    return Section("children", "Whom they would meet", (Table("met", "In the order of the pool", columns, rows),))
