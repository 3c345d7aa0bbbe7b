"""The sufficiency report: figures, needs, both plans and the gap between children and places, with provenance."""

from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version

from matcher.intake.postcode_directory import DISTRIBUTION, directory_version
from matcher.services.allocate import CLEAN_SHEET_SECONDS, allocate, clean_sheet
from matcher.services.beside import beside_for
from matcher.services.districts import Districts, district_figures
from matcher.services.figures import Figures, stock_figures
from matcher.services.gap import By, GapRow, gap_table
from matcher.services.needs import NeedsReport, needs_report
from matcher.services.results import Plan
from models.case import Case
from models.finding import SetAside
from models.record import Record


class Provenance(Record):
    """What a report was made from and with: enough to make it again. ``sources`` are hashes of the files read."""

    as_at: str
    policy: str
    framework: str
    sources: Mapping[str, str]
    postcodes: str
    software: str


class Gap(Record):
    """A plan's gap table, whole and by each of its dimensions; all of them hold the same children."""

    run: str
    children: int
    cells: tuple[GapRow, ...]
    by_kind: tuple[GapRow, ...]
    by_kind_and_age: tuple[GapRow, ...]
    by_district: tuple[GapRow, ...]
    total: tuple[GapRow, ...]


class SufficiencyReport(Record):
    """Everything the sufficiency page shows. The clean sheet is what today's homes could do at best."""

    title: str
    figures: Figures
    needs: NeedsReport
    operational: Plan
    clean_sheet: Plan
    operational_gap: Gap
    clean_sheet_gap: Gap
    districts: Districts | None
    set_aside: tuple[SetAside, ...]
    provenance: Provenance


def sufficiency(
    case: Case, *, time_limit: float | None = CLEAN_SHEET_SECONDS, progress: Callable[[str], None] | None = None
) -> SufficiencyReport:
    """Make the sufficiency report of a case (section 22G, Children Act 1989).

    Args:
        case: The authority.
        time_limit: Seconds for the solver in each of the two runs; None lets each run until it is proved.
        progress: Told, in words, what is going on.
    """
    tell = progress or (lambda _words: None)
    tell("counting children, homes and costs")
    figures = stock_figures(case)
    tell("scoring needs")
    needs = needs_report(case)
    beside = beside_for(time_limit, values=True, trade_off=True)
    operational = allocate(
        case, time_limit=time_limit, progress=lambda words: tell(f"this week's referrals: {words}"), beside=beside
    )
    clean = clean_sheet(case, time_limit=time_limit, progress=lambda words: tell(f"clean sheet: {words}"))
    tell("measuring the gap")
    return SufficiencyReport(
        title=f"Sufficiency report: {case.name}",
        figures=figures,
        needs=needs,
        operational=operational,
        clean_sheet=clean,
        operational_gap=gap_of(case, operational),
        clean_sheet_gap=gap_of(case, clean),
        districts=district_figures(case, clean),
        set_aside=case.set_aside,
        provenance=provenance(case),
    )


def gap_of(case: Case, plan: Plan) -> Gap:
    """A plan's gap table, whole and by kind, kind and age, district, and in total."""
    return Gap(
        run=plan.run,
        children=len(plan.rows),
        cells=gap_table(case, plan),
        by_kind=gap_table(case, plan, (By.KIND,)),
        by_kind_and_age=gap_table(case, plan, (By.KIND, By.AGE)),
        by_district=gap_table(case, plan, (By.DISTRICT,)),
        total=gap_table(case, plan, ()),
    )


def provenance(case: Case) -> Provenance:
    """What was read and what read it."""
    return Provenance(
        as_at=case.as_at.isoformat(),
        policy=f"{case.policy.name} {case.policy.version}",
        framework=f"{case.framework.id} {case.framework.version}",
        sources=case.sources,
        postcodes=f"{DISTRIBUTION} {directory_version()}",
        software=f"Placewell {_software_version()}",
    )


def _software_version() -> str:
    try:
        return version("placewell")
    except PackageNotFoundError:
        return "(run from a folder, version not known)"
