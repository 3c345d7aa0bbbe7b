"""The families for some children without scores and in no order, so that a view can be written down first."""

from collections.abc import Sequence

from matcher.reports.adoption.brings import about_children, so_far
from matcher.reports.adoption.frame import banner, footer, subtitle
from matcher.reports.adoption.words import TIER_WORDS, approved_for, hopes_for, household_words, listed
from matcher.reports.document import Bullets, Cell, Document, Paragraph, Section, Table, Tone
from matcher.services.adoption.screening import NotInPoolError, Screened

_HOW = (
    "Read the families' reports, then write down a view of each that you would or would not pursue: placewell adopters "
    "CASE --child {child} --view FAMILY=yes --view FAMILY=no:reason. Nothing here says what the score is: the families "
    "are in the order of their identifiers."
)


def blind_families(screened: Screened, child_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The children to be placed together, and the families that no rule leaves out, in the order of their ids.

    Raises:
        NotInPoolError: the child does not wait for a family.
    """
    unit = screened.pool.unit_of(child_id)
    if unit is None:
        raise NotInPoolError(f"Child {child_id} is not waiting for a family in this pool on the day of the case.")
    open_to = [family.id for family, may in zip(screened.pool.families, screened.eligible[unit], strict=True) if may]
    return screened.pool.units[unit], tuple(sorted(open_to))


def blind_document(screened: Screened, children: Sequence[str], families: Sequence[str]) -> Document:
    """Families with what they said of themselves, and no more."""
    pool = screened.pool
    case, held = pool.case, pool.pool
    rows: list[tuple[Cell, ...]] = []
    for family in (held.family[each] for each in families):
        agency = held.agency[family.agency_id]
        early = "yes" if family.dual_approval else "no"
        home = household_words(family, case.as_at)
        whose = f"{agency.name} ({TIER_WORDS[agency.tier]})"
        rows.append((family.id, whose, approved_for(family), hopes_for(family), home, early))
    columns = ("Family", "Agency", "Approved for", "Hopes for", "At home", "Early permanence")
    table = Table("blind", "Families that no rule leaves out, by identifier", columns, rows)
    how = _HOW.format(child=children[0])
    sections = (
        Section(
            "children",
            "The child" if len(children) == 1 else "The children",
            (so_far(pool, children), Bullets(about_children(pool, children))),
        ),
        Section("blind", "Families to read", (Paragraph(how, Tone.NOTE), table)),
    )
    title = f"Families for {listed(children)}, without scores"
    return Document(title, subtitle(case), banner(case), sections, footer(case))
