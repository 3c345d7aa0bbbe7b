"""Placewell beside what a user would otherwise pick, on the same problem.

``python -m benchmarks assignment [--seconds S] [--json]`` gives everyone the same time;
``python -m benchmarks scoring [--size county region england] [--json|--markdown]`` wants the same answer of everyone;
``python -m benchmarks encoding [--json]`` times how a case becomes arrays.
"""

import argparse
import json
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import encoding
from benchmarks.contenders import CONTENDERS, run
from benchmarks.instances import Instance, county
from benchmarks.scoring import report, tables
from benchmarks.scoring.instances import SIZES

RATIOS = (0.9, 1.1, 1.6)


def _one(contender: str, instance: Instance, seconds: float) -> dict[str, Any]:
    """Run one contender on one instance in a process of its own, so that memory and caches are its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        answer, megabytes = pool.submit(run, contender, instance.problem, seconds).result()
    gap = None if answer.objective is None or answer.bound is None else answer.objective - answer.bound
    return {
        "instance": instance.name,
        "contender": contender,
        "objective": answer.objective,
        "bound": answer.bound,
        "gap_percent": None if gap is None or not answer.objective else 100 * gap / answer.objective,
        "seconds": round(answer.seconds, 2),
        "megabytes": megabytes,
    }


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table(
        "instance", "contender", "objective", "bound", "gap, % of objective", "seconds", "MB", title="Assignment"
    )
    for row in rows:
        gap = "-" if row["gap_percent"] is None else f"{row['gap_percent']:.3f}"
        shown = (
            row["instance"],
            row["contender"],
            row["objective"],
            row["bound"],
            gap,
            row["seconds"],
            row["megabytes"],
        )
        table.add_row(*("-" if value is None else str(value) for value in shown))
    return table


def _assignment(arguments: argparse.Namespace) -> None:
    rows = []
    for instance in map(county, RATIOS):
        for contender in CONTENDERS:
            sys.stderr.write(f"{instance.name}: {contender}\n")
            rows.append(_one(contender, instance, arguments.seconds))
    if arguments.json:
        print(json.dumps(rows, indent=1))
    else:
        Console(width=110).print(_table(rows))


def _scoring(arguments: argparse.Namespace) -> None:
    found = report.compare(list(dict.fromkeys(arguments.size)))
    if arguments.json:
        print(json.dumps(found, indent=1))
    elif arguments.markdown:
        print(tables.markdown(found))
    else:
        tables.show(found)


def _encoding(arguments: argparse.Namespace) -> None:
    found = encoding.measure()
    if arguments.json:
        print(json.dumps(encoding.as_rows(found), indent=1))
    else:
        encoding.show(found)


def main() -> None:
    """Read the arguments, run every contender on every instance, print a table or JSON."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_subparsers(required=True, metavar="assignment|scoring|encoding")
    assignment = what.add_parser("assignment", help="plan who should live where")
    assignment.add_argument("--seconds", type=float, default=60, help="time each contender is given (default 60)")
    assignment.set_defaults(run=_assignment)
    scoring = what.add_parser("scoring", help="find each child's best homes")
    scoring.add_argument("--size", nargs="+", choices=SIZES, default=["county"], help="one or more; default county")
    scoring.add_argument("--markdown", action="store_true", help="print the tables as README.md has them")
    scoring.set_defaults(run=_scoring)
    arrays = what.add_parser("encoding", help="turn a case into arrays")
    arrays.set_defaults(run=_encoding)
    for each in (assignment, scoring, arrays):
        each.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
