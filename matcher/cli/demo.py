"""``placewell demo``: every command in turn on the bundled synthetic authority, ending with where the reports are."""

from pathlib import Path
from typing import TYPE_CHECKING

from matcher.cli.options import EACH_PLAN_SECONDS, EachPlanSecondsOption, JsonOption, OutOption

if TYPE_CHECKING:
    from matcher.intake.reading import Reading
    from models.case import Case


def demo(
    out: OutOption = Path("placewell-demo"),
    seconds: EachPlanSecondsOption = EACH_PLAN_SECONDS,
    as_json: JsonOption = False,
) -> None:
    """Run everything on the bundled synthetic case.

    Check, needs, match, allocate and sufficiency in turn; reports are written to DIR.
    """
    from matcher.cli.reading import DEMO, read
    from matcher.cli.screen import fail, folder, output, print_json, writing

    reading = read(DEMO, afresh=True)
    case = reading.case
    if case is None:
        fail("The bundled demo authority could not be read: this copy of Placewell is not whole; install it again.")
    folder(out)
    with writing(out):
        written = _run(reading, case, out, seconds, quiet=as_json)
    if as_json:
        print_json({"case": case.name, "synthetic": case.synthetic, "written": written})
        return
    console = output()
    console.rule("Reports of the demo authority (synthetic)", style="bold")
    for what, path in written.items():
        console.print(f"{what + ':':<34} {path}", markup=False, soft_wrap=True)


def _run(reading: "Reading", case: "Case", out: Path, seconds: float, *, quiet: bool) -> dict[str, str]:
    """Run every service once on the case, print what each command would, and return what was written where."""
    from rich.text import Text

    from matcher.cli import allocate, check, match, needs, sufficiency
    from matcher.cli.adopters_answers import adoption_of_demo
    from matcher.cli.documents import print_document
    from matcher.cli.screen import output, working
    from matcher.intake.findings_report import write_findings_xlsx
    from matcher.reports.match_files import matches_sheet
    from matcher.reports.needs_files import needs_sheet
    from matcher.reports.plan_files import write_plan
    from matcher.reports.sheets import write_csv
    from matcher.reports.statement.files import write_statement
    from matcher.services.match import match as match_
    from matcher.services.statement.build import make_statement

    console = output()

    def heading(command: str) -> None:
        if not quiet:
            console.rule(Text(f"placewell {command}"), style="bold")

    findings = out / "findings.xlsx"
    write_findings_xlsx(reading.findings, findings)
    heading("check demo")
    if not quiet:
        check.print_reading(reading, rows=5, xlsx=findings)
    referral = min(case.referrals, key=lambda request: (request.needed_by, request.id))
    with working("ranking homes"):
        matches = match_(case, referral)
    with working("making the statement") as tell:
        statement = make_statement(case, time_limit=seconds, progress=tell)
        pages = write_statement(statement, out, tell)
    scores = write_csv(needs_sheet(statement.needs), out / "needs.csv")
    ranked = write_csv(matches_sheet(case, matches), out / f"matches-{_file_name(referral.id)}.csv")
    proposed = statement.operational.plan
    plan = write_plan(proposed, out)
    waiting, adoption = adoption_of_demo(case, out / "adoption")
    if not quiet:
        heading("needs demo")
        needs.print_needs(statement.needs)
        heading(f"match demo --referral {referral.id}")
        match.print_matches(case, matches)
        heading("allocate demo")
        allocate.print_plan(proposed, plan)
        heading("sufficiency demo")
        sufficiency.print_statement(statement, pages)
        heading("adopters demo")
        print_document(waiting)
    return {
        "What was found in the files": str(findings),
        "Needs scores": str(scores),
        f"Homes for {referral.id}": str(ranked),
        "Plan, CSV": str(plan[0]),
        "Plan, Excel": str(plan[1]),
        "Sufficiency, internal": str(pages[0]),
        "Sufficiency, public": str(pages[4]),
        "Young people's copy": str(pages[-1]),
        **{what: str(path) for what, path in adoption.items()},
    }


def _file_name(text: str) -> str:
    """An identifier as part of a file name: anything but letters, digits, - and _ becomes _."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in text)
