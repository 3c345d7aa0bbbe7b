"""The data contract in ``docs/``, made from the same definitions that files are read by.

``python -m matcher.intake.contract docs/data-contract.md`` writes it anew.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from matcher.intake import archive, cells
from matcher.intake.columns import Column, Kind, Sheet
from matcher.intake.return_rows import VITAL
from matcher.intake.sheets import sheets
from matcher.intake.template import must_be_filled, what_to_write
from matcher.intake.workbook import MOST_CELLS
from models import ssda903
from models.adoption_policy import AdoptionPolicy
from models.needs import Domain, default_framework
from models.policy import Policy

_INTRODUCTION = """\
# Data contract

What Placewell reads, made by `python -m matcher.intake.contract` from the definitions it reads by.

## A case
A case is a folder or a zip. Its files may lie in folders and have any names: tables are known by their headings.

{files_table}
A file of any other kind, or a table with headings that are none of these, is told of and left out.
"""
_FILES = (
    (
        "`case.toml`",
        "`name`, `authority` (ONS code of the upper tier), `as_at` (the day), `synthetic` (true or false). "
        "All may be left out: a note then says what was assumed",
    ),
    ("`policy.toml`", "settings of the policy that differ from the defaults below"),
    ("`adoption_policy.toml`", "the same for adoption"),
    ("`scenarios.toml`", "named scenarios for the demand forecast (`docs/forecast.md`)"),
    ("`menu.toml`", "what could be opened or changed, with costs, lead times and limits (`docs/menu.md`)"),
    ("`framework.json`", "a council's own needs framework, described below; left out, Placewell's own"),
    (
        "`.csv`, `.tsv`, `.txt`, `.xlsx`, `.xlsm`, `.xls`",
        "tables of SSDA903 returns and the sheets below; every sheet of a workbook is looked at",
    ),
    ("`.md`, `.pdf`, `.docx`, `.html`", "documents: passed over"),
)
_SEVERITIES = (
    (
        "error",
        "a child, home or other record is set aside by name and counted in every later total, or a file or setting "
        "could not be used; `placewell check` exits with 1",
    ),
    ("warning", "something was read as blank, kept although odd, or a row was left out"),
    ("note", "nothing is wrong, but a reader should know"),
)
_LIMITS = """\
Text may be UTF-8, UTF-16 or Windows-1252, separated by commas, semicolons, tabs or bars. Headings are read without
regard to case, spaces and hyphens; columns in any order; extra columns are told of and not read. Dates are dd/mm/yyyy,
yyyy-mm-dd, 31 Mar 2018, or Excel's own. Formulas are never evaluated. At most {files:,} files, {each} MB each and
{all_} MB together, {cells:,} cells in a spreadsheet; identifiers of at most {identifier} characters.
"""
_FINDINGS = """\
## Findings
Nothing stops at the first fault and nothing is dropped in silence. Every problem is a finding: severity, code, file,
row (the heading is row 1), column, value, what is wrong, what was expected and what was done.

{severities}
Rows that name a child or home which was set aside are told of in turn. A child set aside who lives in a listed home
still takes a place and a bedroom there.
"""
_RETURNS = """\
## SSDA903 returns
One annual return or several, in any year's form. The collection year of a row is what its `YEAR` column says, else
the one its folder is named by (`ssda903/2018/` is 2017/18), else the latest year that at least one in a hundred of its
episode dates falls in, else the one its file is named by. Codes are judged by the list of their own year; a code that
was listed when the episode began is right for as long as it is open. An episode is known by child and first day: of
several returns the latest counts. An episode left open by one return and not in the next counts as ended. Children in
short breaks only (V3, V4) are not counted as looked after. *Vital* columns set a child aside when they cannot be read.
"""
_FRAMEWORK = """\
## Needs framework
`framework.json` replaces Placewell's own framework ({id}, version {version}; `data/needs/framework.json` is the
pattern to start from) and with it the columns of the needs and homes sheets: `placewell template --framework FILE`
writes blank files for it. The score is level x `points_per_level` x `weight_percent` of the domain / 100, summed over
the needs known. A framework holds

- `id`, `version`, `title` and `source`, in your own words;
- `top_level` (4 or less), a word for each level from 0 to it in `levels`, and `points_per_level`, a multiple of 10;
- `high_level`, from which a need counts as high, and `flag_level`, from which one marked `breakdown_flag` is a sign
  that a placement may break down;
- `bees` (groups of domains), `domains` with their `weight_percent` and 1 to 32 `needs` in all, and `bands` of the
  score, the first from 0. Keys are small letters, digits and underscores: the columns are `need_` and the key;
- `tags`, words that stand for levels of needs; the list may be empty;
- `child_prior` and `home_prior`: what is assumed of a child or home that nobody assessed, the latter for every kind of
  home and training.

The domains and needs of Placewell's own (* a high level is a sign that a placement may break down):

"""


def data_contract() -> str:
    """The whole contract as Markdown."""
    limits = _LIMITS.format(
        files=archive.MOST_FILES,
        each=archive.MOST_FILE_BYTES // 1_000_000,
        all_=archive.MOST_BYTES // 1_000_000,
        cells=MOST_CELLS,
        identifier=cells.LONGEST_ID,
    )
    introduction = _INTRODUCTION.format(files_table=_table(("file", "holds"), _FILES))
    findings = _FINDINGS.format(severities=_table(("severity", "means"), _SEVERITIES))
    parts = [introduction, limits, findings, _RETURNS, *_return_tables(), "## Sheets beside the return\n"]
    parts += [_sheet(sheet) for sheet in sheets(default_framework()).values()]
    parts += [_framework(), _policy("Policy", Policy), _policy("Adoption policy", AdoptionPolicy)]
    return "\n".join(parts)


def _table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(headings)
    lines = [names, ["---"] * len(names), *(list(row) for row in rows)]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _return_tables() -> Iterator[str]:
    for table in ssda903.all_tables():
        since = f", from {ssda903.year_label(table.since)}" if table.since else ""
        vital = VITAL.get(table.name, frozenset())
        rows = (
            (f"`{c.name}`", _kind(c), "vital" if c.name in vital else "yes" if c.required else "", _years(c))
            for c in table.columns
        )
        yield (
            f"### {table.name}\n{table.about}{since}. Known by CHILD, {', '.join(table.known_by)}.\n\n"
            + _table(("column", "holds", "needed", "collected"), rows)
        )


def _kind(column: ssda903.Column) -> str:
    if column.code_set:
        latest = ssda903.codes(column.code_set, ssda903.known_years()[-1])
        return f"a code of {column.code_set}; in {ssda903.year_label(ssda903.known_years()[-1])}: {', '.join(latest)}"
    limits = f" from {column.low} to {column.high}" if column.low is not None else ""
    return column.kind.value.replace("_", " ") + limits


def _years(column: ssda903.Column) -> str:
    since = f"from {ssda903.year_label(column.since)}" if column.since else ""
    until = f"until {ssda903.year_label(column.until)}" if column.until else ""
    return " ".join(filter(None, (since, until)))


def _sheet(sheet: Sheet) -> str:
    columns: list[tuple[str, str, str, str]] = []
    for column in sheet.columns:
        needed = ", ".join(filter(None, (must_be_filled(column), "vital" if column.vital else "")))
        columns.append((f"`{column.name}`", column.help, what_to_write(column) + _limit(column), needed))
    known = ", ".join(f"`{name}`" for name in sheet.key)
    return (
        f"### {sheet.name}\n{sheet.purpose} Known by {known}. A cell of a *vital* column that cannot be read sets "
        f"the {sheet.about[0]} aside.\n\n" + _table(("column", "means", "what to write", "needed"), columns)
    )


def _limit(column: Column) -> str:
    return f", at most {column.most:,}" if column.most is not None and column.kind is not Kind.LEVEL else ""


def _framework() -> str:
    """What ``framework.json`` holds, and Placewell's own in short."""
    own = default_framework()
    needs = ((f"`{d.key}`", d.label, f"{d.weight_percent}%", _needs_of(d)) for d in own.domains)
    return _FRAMEWORK.format(id=own.id, version=own.version) + _table(("domain", "label", "weight", "needs"), needs)


def _needs_of(domain: Domain) -> str:
    return ", ".join(f"`{need.key}`{' *' if need.breakdown_flag else ''}" for need in domain.needs)


def _policy(title: str, kind: type[Policy]) -> str:
    rows = ((f"`{name}`", str(field.default), field.description or "") for name, field in kind.model_fields.items())
    return f"## {title}\nPrices are pence-equivalent a week.\n\n" + _table(("setting", "default", "why"), rows)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(data_contract(), encoding="utf-8")
