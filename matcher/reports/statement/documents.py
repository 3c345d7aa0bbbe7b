"""The documents a statement becomes: the internal copy, the public copy, and the young people's."""

import datetime as dt

from matcher.reports.document import Document
from matcher.reports.statement.copies import Audience, Copy, checked
from matcher.reports.statement.sections.children import the_children, where_they_live
from matcher.reports.statement.sections.equality import equality
from matcher.reports.statement.sections.gap import missing_places
from matcher.reports.statement.sections.method import data_quality, how_it_was_made
from matcher.reports.statement.sections.money import commissioning, costs
from matcher.reports.statement.sections.needs import what_they_need
from matcher.reports.statement.sections.overview import duty, summary
from matcher.reports.statement.sections.stability import stability
from matcher.reports.statement.sections.step_down import step_down
from matcher.reports.statement.sections.supply import the_homes
from matcher.reports.statement.sections.trends import indicators
from matcher.reports.statement.sections.voice import voice
from matcher.reports.statement.sections.week import children_who_wait
from matcher.reports.statement.young import for_young_people
from matcher.reports.words import day
from matcher.services.statement.statement import Statement

_SYNTHETIC = "SYNTHETIC DATA"
_INTERNAL = "INTERNAL: names single children by their identifiers. Not for publication"
SECTIONS = (
    summary,
    duty,
    missing_places,
    children_who_wait,
    the_children,
    where_they_live,
    what_they_need,
    the_homes,
    indicators,
    stability,
    step_down,
    costs,
    commissioning,
    equality,
    voice,
    data_quality,
    how_it_was_made,
)


def copy_for(statement: Statement, audience: Audience) -> Copy:
    """What an audience may see of a statement."""
    if audience is Audience.INTERNAL:
        return Copy(audience, statement.tables, statement.fewest)
    rounding = statement.rounding
    if rounding is None:
        return Copy(audience, statement.public_tables, statement.fewest)
    return Copy(audience, statement.public_tables, statement.fewest, rounding.base, frozenset(rounding.nothing))


def document(statement: Statement, audience: Audience) -> Document:
    """The whole statement for an audience.

    Raises:
        ValueError: a table of the public copy shows a number that was not let through; see :func:`checked`.
    """
    copy = copy_for(statement, audience)
    made = Document(
        title=statement.title,
        subtitle=f"As at {day(statement.provenance.as_at)}",
        banner=_banner(statement, internal=copy.internal),
        sections=tuple(section(statement, copy) for section in SECTIONS),
        footer=_footer(statement),
        of=dt.date.fromisoformat(statement.provenance.as_at),
    )
    return checked(made, audience)


def young_peoples_document(statement: Statement) -> Document:
    """The two-page copy for children and young people; it is public."""
    return Document(
        title="Homes for children and young people",
        subtitle=f"{statement.figures.case}, {day(statement.provenance.as_at)}",
        banner=_banner(statement, internal=False),
        sections=for_young_people(statement, copy_for(statement, Audience.PUBLIC)),
        footer=_footer(statement),
        of=dt.date.fromisoformat(statement.provenance.as_at),
    )


def _banner(statement: Statement, *, internal: bool) -> str | None:
    said = [words for words, holds in ((_SYNTHETIC, statement.figures.synthetic), (_INTERNAL, internal)) if holds]
    return ". ".join(said) or None


def _footer(statement: Statement) -> str:
    made = statement.provenance
    synthetic = " All data are synthetic." if statement.figures.synthetic else ""
    return f"Made by {made.software} from {statement.figures.case} as at {day(made.as_at)}.{synthetic}"
