"""Placewell beside what a user would otherwise pick, on the same problem.

``python -m benchmarks assignment [--size county region england] [--ratio 0.9 1.1 1.6] [--groups|--no-groups]
[--seconds S] [--growth] [--json|--markdown]`` gives everyone the same problem and the same time;
``python -m benchmarks scoring [--size county region england] [--json|--markdown]`` wants the same answer of everyone;
``python -m benchmarks encoding [--json]`` times how a case becomes arrays;
``python -m benchmarks adoption [--json|--markdown]`` screens a national pool of adopters both ways and links it;
``python -m benchmarks forecast [--histories N] [--json|--markdown]`` times the demand forecast, holds it to the truth;
``python -m benchmarks location [--seconds S] [--json|--markdown]`` chooses sites, beside programs and a library;
``python -m benchmarks scaling [--json|--markdown]`` spreads the same tasks over processes and a Dask cluster;
``python -m benchmarks adoption --demo [--weeks W] [--replications N] [--json|--markdown]`` simulates the demo's pool.
"""

import argparse
import json
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks import encoding
from benchmarks.adoption import report as adoption
from benchmarks.adoption import simulated
from benchmarks.assignment import report as planning
from benchmarks.assignment import tables as planning_tables
from benchmarks.assignment.instances import RATIOS
from benchmarks.forecast import report as forecasts
from benchmarks.location import report as location
from benchmarks.scaling import report as scaling
from benchmarks.scoring import report, tables
from benchmarks.scoring.instances import SIZES
from matcher.services.adoption.simulation_results import SimulationSettings


def _assignment(arguments: argparse.Namespace) -> None:
    ratios = list(dict.fromkeys(arguments.ratio))
    if arguments.growth:
        found = planning.grow(ratios, arguments.groups is not False, arguments.seconds)
    else:
        found = planning.compare(list(dict.fromkeys(arguments.size)), ratios, arguments.groups, arguments.seconds)
    _print(arguments, found, planning_tables.show, planning_tables.markdown)


def _scoring(arguments: argparse.Namespace) -> None:
    found = report.compare(list(dict.fromkeys(arguments.size)))
    _print(arguments, found, tables.show, tables.markdown)


def _adoption(arguments: argparse.Namespace) -> None:
    if arguments.demo:
        settings = SimulationSettings(weeks=arguments.weeks, replications=arguments.replications)
        _print(arguments, simulated.look(settings), simulated.show, simulated.markdown)
    else:
        _print(arguments, adoption.compare(), adoption.show, adoption.markdown)


def _forecast(arguments: argparse.Namespace) -> None:
    _print(arguments, forecasts.compare(arguments.histories), forecasts.show, forecasts.markdown)


def _location(arguments: argparse.Namespace) -> None:
    _print(arguments, location.compare(arguments.seconds), location.show, location.markdown)


def _scaling(arguments: argparse.Namespace) -> None:
    _print(arguments, scaling.measure(), scaling.show, scaling.markdown)


def _print(
    arguments: argparse.Namespace,
    found: Mapping[str, Any],
    show: Callable[[Mapping[str, Any]], None],
    markdown: Callable[[Mapping[str, Any]], str],
) -> None:
    if arguments.json:
        print(json.dumps(found, indent=1))
    elif arguments.markdown:
        print(markdown(found))
    else:
        show(found)


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
    names = "assignment|scoring|encoding|adoption|forecast|location|scaling"
    what = parser.add_subparsers(required=True, metavar=names)
    assignment = what.add_parser("assignment", help="plan who should live where")
    assignment.add_argument("--ratio", nargs="+", type=float, default=RATIOS, help="places a child; default all three")
    assignment.add_argument(
        "--groups",
        action=argparse.BooleanOptionalAction,
        help="with brothers and sisters or without; default with, and England both ways",
    )
    assignment.add_argument("--seconds", type=float, default=60, help="time each contender is given (default 60)")
    assignment.add_argument("--growth", action="store_true", help="Placewell alone, on counties of rising size")
    assignment.set_defaults(run=_assignment)
    scoring = what.add_parser("scoring", help="find each child's best homes")
    scoring.set_defaults(run=_scoring)
    for each in (assignment, scoring):
        each.add_argument("--size", nargs="+", choices=SIZES, default=["county"], help="one or more; default county")
        each.add_argument("--markdown", action="store_true", help="print the tables as README.md has them")
    pool = what.add_parser("adoption", help="screen and link a national pool of adopters")
    pool.add_argument("--markdown", action="store_true", help="print the tables as README.md has them")
    pool.add_argument("--demo", action="store_true", help="simulate the demo's pool and compare groups of children")
    pool.add_argument("--weeks", type=int, default=104, help="of a simulation (default 104)")
    pool.add_argument("--replications", type=int, default=100, help="of a simulation (default 100)")
    pool.set_defaults(run=_adoption)
    ahead = what.add_parser("forecast", help="forecast demand, beside the sector's own tool")
    ahead.add_argument("--histories", type=int, default=60, help="generated of each rate (default 60)")
    ahead.set_defaults(run=_forecast)
    sites = what.add_parser("location", help="choose sites, beside a plain program and the field's library")
    sites.add_argument("--seconds", type=float, default=location.SECONDS, help="time each is given (default 60)")
    sites.set_defaults(run=_location)
    spreading = what.add_parser("scaling", help="spread tasks over processes and a cluster")
    spreading.set_defaults(run=_scaling)
    for each in (ahead, sites, spreading):
        each.add_argument("--markdown", action="store_true", help="print the tables as README.md has them")
    arrays = what.add_parser("encoding", help="turn a case into arrays")
    arrays.set_defaults(run=_encoding)
    for each in (assignment, scoring, arrays, pool, ahead, sites, spreading):
        each.add_argument("--json", action="store_true", help="print JSON instead of a table")
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
