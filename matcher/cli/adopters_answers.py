"""What ``placewell adopters`` answers to each question: records for machines, a page for people, files to keep."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.cli.adopters_views import ViewsFile, near
from matcher.cli.reading import DEMO
from matcher.cli.screen import fail, notes, working
from matcher.reports.adoption.blind_page import blind_document, blind_families
from matcher.reports.adoption.child_page import child_document, family_finding_sheet
from matcher.reports.adoption.due import clock_of_units
from matcher.reports.adoption.event_page import event_document
from matcher.reports.adoption.fairness_section import fairness_section
from matcher.reports.adoption.family_page import family_document
from matcher.reports.adoption.files import write_page, write_report, write_sheet
from matcher.reports.adoption.overview_page import overview_document
from matcher.reports.adoption.pool_page import pool_document
from matcher.reports.adoption.recruitment_section import recruitment_section
from matcher.reports.adoption.scorecard_page import scorecard_document
from matcher.reports.document import Document
from matcher.reports.statement.copies import Audience
from matcher.reports.words import day
from matcher.services.adoption.acceptance import likelihood
from matcher.services.adoption.annual_report import adoption_report
from matcher.services.adoption.clock import clocks
from matcher.services.adoption.fairness import audit_identity, fairness_table
from matcher.services.adoption.linking import link_pool
from matcher.services.adoption.links_told import told
from matcher.services.adoption.matching_event import SECONDS, invitations
from matcher.services.adoption.pool_case import PoolCase, pool_case
from matcher.services.adoption.recruitment import recruitment_list
from matcher.services.adoption.screening import Screened, children_for, families_for, screen
from matcher.services.adoption.widening import widenings
from models.case import Case
from models.record import Record

Progress = Callable[[str], None]
Writer = Callable[[Path, Progress], list[Path]]


@dataclass(frozen=True)
class Answer:
    """One answer: ``record`` for ``--json``, ``document`` for the screen, ``write`` for a folder."""

    record: Record | Mapping[str, object]
    document: Document
    write: Writer


def record_views(pool: PoolCase, child: str, texts: Sequence[str], kept: ViewsFile) -> None:
    """Add views to the file and say how many there are now."""
    given = kept.record(_unit(pool, child), texts, [family.id for family in pool.pool.families])
    notes().print(f"{len(texts)} recorded in {kept.path}; {len(given)} in all.", markup=False, soft_wrap=True)


def without_scores(screened: Screened, child: str, kept: ViewsFile) -> Answer:
    """The families for a child, by identifier, and a note in the file of views that they were shown."""
    _unit(screened.pool, child)
    children, families = blind_families(screened, child)
    kept.listed(children)
    made = blind_document(screened, children, families)
    name = f"families-without-scores-{'-'.join(children)}"
    return Answer({"children": children, "families": families}, made, lambda out, _: write_page(made, out, name))


def for_child(screened: Screened, child: str, top: int, kept: ViewsFile) -> Answer:
    """The families for a child, beside the views given, with a sheet to print."""
    children = _unit(screened.pool, child)
    found, views = families_for(screened, child, top=top), kept.views(children)
    kept.scores_shown(children)
    made, name = child_document(screened, found, views=views), "-".join(children)
    sheet = family_finding_sheet(screened, found, views=views)
    record = found.model_dump(mode="json") | {"views": [view.model_dump(mode="json") for view in views]}
    return Answer(
        record,
        made,
        lambda out, _: [
            *write_page(made, out, f"families-{name}"),
            *write_sheet(sheet, out, f"family-finding-{name}"),
        ],
    )


def for_family(screened: Screened, family: str, top: int, kept: ViewsFile) -> Answer:
    """The children for a family."""
    pool = screened.pool
    if family not in pool.pool.family:
        fail(f"There is no family {family} in this pool.{near(family, [each.id for each in pool.pool.families])}")
    if family not in {each.id for each in pool.families}:
        today = day(pool.case.as_at.isoformat())
        fail(f"Family {family} is not open to children on {today}: {_why_closed(pool, family)}.")
    found = children_for(screened, family, top=top)
    kept.scores_shown([child for unit in found.units for child in unit.children])
    made = family_document(screened, found)
    return Answer(found, made, lambda out, _: write_page(made, out, f"children-{family}"))


def for_pool(screened: Screened, seconds: float | None, kept: ViewsFile, *, likely: bool) -> Answer:
    """Proposed links for everybody who waits; ``likely`` weighs each by how likely the family is to say yes."""
    with working("linking the pool") as tell:
        chances = likelihood(screened) if likely else None
        linking = link_pool(screened, likelihood=chances, time_limit=seconds)
        links = told(linking)
        tell("comparing families to recruit")
        recruits = recruitment_list(link_pool(screened) if likely else linking)
        tell("comparing groups of children")
        audit, groups = audit_identity(screened.pool.case), fairness_table(linking)
    kept.scores_shown([child for unit in screened.pool.units for child in unit])
    sections = (recruitment_section(recruits), fairness_section(audit, groups))
    made = pool_document(screened.pool.case, links, sections, likely=likely)
    told_ = {"links": links, "recruitment": recruits, "heritage_audit": audit, "equality": groups}
    record = {name: each.model_dump(mode="json") for name, each in told_.items()}
    return Answer(record, made, lambda out, _: write_page(made, out, "links"))


def _unit(pool: PoolCase, child: str) -> tuple[str, ...]:
    """The children to be placed together with this one; ends the command where the child does not wait."""
    if child not in pool.pool.child:
        known = [each.id for each in pool.pool.children]
        fail(f"There is no child {child} with a plan for adoption in this case.{near(child, known)}")
    unit = pool.unit_of(child)
    if unit is None:
        today = day(pool.case.as_at.isoformat())
        fail(f"Child {child} does not wait for a family on {today}: {_why_not_waiting(pool, child)}.")
    return pool.units[unit]


def _why_not_waiting(pool: PoolCase, child: str) -> str:
    dates = pool.pool.child[child].dates
    steps = (
        (dates.adopted_on, "adopted"),
        (dates.reversed_on, "the plan was changed"),
        (dates.placement_ended_on, "the placement ended before an order"),
        (dates.placed_on, "placed"),
        (dates.matched_on, "matched"),
    )
    told_ = [f"{words} on {day(on.isoformat())}" for on, words in steps if on and on <= pool.case.as_at]
    return told_[0] if told_ else f"the decision is of {day(dates.decided_on.isoformat())}"


def _why_closed(pool: PoolCase, family: str) -> str:
    dates = pool.pool.family[family].dates
    steps = (
        (dates.left_on, "they left"),
        (dates.adopted_on, "they adopted"),
        (dates.placed_on, "a child was placed with them"),
        (dates.matched_on, "they were matched"),
    )
    told_ = [f"{words} on {day(on.isoformat())}" for on, words in steps if on and on <= pool.case.as_at]
    return told_[0] if told_ else "they are not approved yet"


def overview(screened: Screened, kept: ViewsFile) -> Answer:
    """Who waits and what is under way; in a folder, a sheet to print for everybody who waits as well."""
    made = overview_document(screened)
    case, pool = screened.pool.case, screened.pool.pool
    record = {
        "waiting": [
            {"children": unit, "eligible": int(may.sum()), "with_a_stretch": int((may & (over > 0)).sum())}
            for unit, may, over in zip(screened.pool.units, screened.eligible, screened.stretch, strict=True)
        ],
        "clocks": [clock.model_dump(mode="json") for clock in clocks(pool, case.as_at, everybody=True)],
        "due": [each.model_dump(mode="json") for each in widenings(pool, case.as_at)],
    }

    def write(out: Path, tell: Progress) -> list[Path]:
        kept.scores_shown([child for unit in screened.pool.units for child in unit])
        sheets = out / "family-finding"
        sheets.mkdir(exist_ok=True)
        written = write_page(made, out, "children-who-wait")
        for unit in screened.pool.units:
            tell(f"writing the sheet of {unit[0]}")
            sheet = family_finding_sheet(screened, families_for(screened, unit[0]), views=kept.views(unit))
            written += write_sheet(sheet, sheets, f"family-finding-{'-'.join(unit)}")
        return written

    return Answer(record, made, write)


def for_event(screened: Screened, seats: int, seconds: float | None, kept: ViewsFile) -> Answer:
    """Whom to invite to a matching event."""
    with working("choosing whom to invite"):
        found = invitations(screened, seats, seconds=SECONDS if seconds is None else seconds)
    kept.scores_shown([child for unit in screened.pool.units for child in unit])
    made = event_document(screened, found)
    return Answer(found, made, lambda out, _: write_page(made, out, "matching-event"))


def report(case: Case) -> Answer:
    """The report of the year, in an internal and a public copy."""
    with working("making the report of the year") as tell:
        found = adoption_report(case, progress=tell)
    copies = {audience: scorecard_document(case, found, audience) for audience in Audience}

    def write(out: Path, tell: Progress) -> list[Path]:
        written = []
        for audience, made in copies.items():
            tell(f"writing the {audience.value} copy")
            written += write_report(made, out / audience.value, "adoption-report")
        return written

    return Answer(found, copies[Audience.INTERNAL], write)


def adoption_of_demo(case: Case, out: Path) -> tuple[Document, dict[str, Path]]:
    """Who waits, as a page, and where that, one child's sheet, the links and the report of the year were written."""
    out.mkdir(parents=True, exist_ok=True)
    kept = ViewsFile(DEMO, None)
    with working("screening the pool"):
        screened = screen(pool_case(case))
    waiting, links = overview(screened, kept).document, for_pool(screened, None, kept, likely=False).document
    child = clock_of_units(screened.pool)[0][0][0]
    sheet = family_finding_sheet(screened, families_for(screened, child))
    copies = report(case).write(out, lambda _words: None)
    return waiting, {
        "Children who wait to be adopted": write_page(waiting, out, "children-who-wait")[0],
        f"Family-finding sheet of {child}": write_sheet(sheet, out, f"family-finding-{child}")[0],
        "Proposed links": write_page(links, out, "links")[0],
        "Adoption report, internal": copies[0],
        "Adoption report, public": copies[len(copies) // 2],
    }
