"""Totals that should agree, side by side, whether they do or not; nothing is forced to add up."""

from collections.abc import Mapping

from matcher.services.figures import Figures
from matcher.services.results import Plan
from matcher.services.stock import looked_after, weekly_fee
from matcher.services.tabulation import CountTable
from models.case import Case
from models.record import Record


class Total(Record):
    """Two totals that should agree: what each is, its figure, and why they may differ."""

    first: str
    first_count: int
    second: str
    second_count: int
    why: str

    @property
    def difference(self) -> int:
        """The second less the first; 0 where they agree."""
        return self.second_count - self.first_count


class Missing(Record):
    """How many records lack something, of how many, and what is done without it."""

    what: str
    count: int
    out_of: int
    instead: str


def totals(case: Case, figures: Figures, clean_sheet: Plan) -> tuple[Total, ...]:
    """Sums that meet in more than one place of a statement."""
    children = looked_after(case)
    listed = sum(case.placement_of[child.id].home_id is not None for child in children if child.id in case.placement_of)
    filled, over = sum(row.filled for row in figures.occupancy), sum(row.over for row in figures.occupancy)
    others = sum(resident.takes_place for resident in case.residents)
    stay = sum(count for _, count in clean_sheet.staying)
    new = len(case.children) - len(children)
    spent = sum(row.vacant + row.not_available for row in figures.occupancy)
    return (
        Total(
            first="Children looked after, by the return",
            first_count=figures.children,
            second="Children by living arrangement, added up",
            second_count=sum(row.count for row in figures.living.rows),
            why="Every child has one living arrangement.",
        ),
        Total(
            first="Children in the clean sheet and children who stay",
            first_count=clean_sheet.after.children + stay,
            second="Children looked after and children only referred",
            second_count=figures.children + new,
            why="Everybody is in the clean sheet or stays for a reason that is told.",
        ),
        Total(
            first="Children and residents who fill a place",
            first_count=listed + others,
            second="Places filled, by the homes",
            second_count=filled,
            why="They differ where a child who is not looked after on the day has a place.",
        ),
        Total(
            first="Places approved or registered",
            first_count=sum(row.places for row in figures.occupancy),
            second="Places filled, vacant and not available",
            second_count=filled + spent,
            why=f"They differ by children above a home's number ({over}): exempt, siblings, or a fault in the data.",
        ),
    )


def missing(case: Case, tables: Mapping[str, CountTable]) -> tuple[Missing, ...]:
    """What is not known of the children looked after, and what the statement does without it."""
    children = looked_after(case)
    placed = [case.placement_of[child.id] for child in children if child.id in case.placement_of]
    everyone = len(children)
    return (
        Missing(
            what="Home address",
            count=sum(child.home is None for child in children),
            out_of=everyone,
            instead="No distance is counted; unaccompanied children have none",
        ),
        Missing(
            what="Where the child lives",
            count=tables["locality"].count("not_known") or 0,
            out_of=everyone,
            instead="Shown as not known",
        ),
        Missing(
            what="Needs assessment",
            count=sum(child.profile is None for child in children),
            out_of=everyone,
            instead="The level usual at that age is assumed, and said to be",
        ),
        Missing(
            what="Ethnic group",
            count=sum(child.ethnicity is None for child in children),
            out_of=everyone,
            instead="Shown as not known, in equality tables only",
        ),
        Missing(
            what="Weekly price of the placement",
            count=sum(weekly_fee(case, placement) is None for placement in placed),
            out_of=len(placed),
            instead="In no cost; the number is given beside each total",
        ),
        Missing(
            what="Listed home of a foster, residential or supported placement",
            count=sum(placement.home_id is None for placement in placed),
            out_of=len(placed),
            instead="Counted by the return's codes; with parents, relatives or adopters there is none",
        ),
    )
