"""The demo authority's pool simulated and looked at for fairness, as tables with 95% intervals."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from benchmarks.scoring.instances import demo_case
from benchmarks.shown import Shown, as_markdown, print_tables
from matcher.services.adoption.fairness import IdentityAudit, audit_identity, fairness_table
from matcher.services.adoption.fairness_over_time import GroupWaits, waits_with_and_without
from matcher.services.adoption.linking import link_pool
from matcher.services.adoption.pool_case import pool_case
from matcher.services.adoption.screening import screen
from matcher.services.adoption.simulation import simulate
from matcher.services.adoption.simulation_results import (
    Measured,
    Outcome,
    Simulation,
    SimulationSettings,
    Strategy,
)
from matcher.services.equality import EqualityCell, EqualitySection

_WIDTH = 120
_NAMES = {
    Strategy.FIRST_COME: "first come",
    Strategy.CASEWORKER: "caseworker",
    Strategy.LINKING: "whole pool",
    Strategy.EXPECTED: "expected value",
}
_IDENTITY = "heritage, language and faith"
_NOT_SHOWN = "uasc"
Found = Mapping[str, Any]


def look(settings: SimulationSettings) -> dict[str, Any]:
    """Simulate the demo's pool, link it, and compare groups; plain values, for JSON."""
    case = demo_case()
    dear = case.adoption_policy.model_copy(update={"fee_per_mille": 1_000})
    return {
        "simulation": simulate(case, settings).model_dump(mode="json"),
        "fees_weighed_in_full": simulate(case, settings, policy=dear).model_dump(mode="json"),
        "fairness": fairness_table(link_pool(screen(pool_case(case)))).model_dump(mode="json"),
        "audit": audit_identity(case).model_dump(mode="json"),
        "waits": [each.model_dump(mode="json") for each in waits_with_and_without(case, settings)],
    }


def show(found: Found) -> None:
    """Print the tables."""
    print_tables(_first(found), _all(found), _WIDTH)


def markdown(found: Found) -> str:
    """The tables as README.md has them."""
    return as_markdown(_first(found), _all(found))


def _first(found: Found) -> str:
    run = Simulation.model_validate(found["simulation"])
    return (
        f"The demo's pool (synthetic), {run.settings.weeks} weeks, {run.settings.replications} replications, seed "
        f"{run.settings.seed}: {run.units_at_start} children or groups and {run.families_at_start} families at the "
        f"start, {run.units_a_week:.1f} and {run.families_a_week:.1f} join a week; {run.seconds:.0f} s"
    )


def _all(found: Found) -> Iterator[Shown]:
    run = Simulation.model_validate(found["simulation"])
    yield _means(run, "Means")
    for strategy in (Strategy.LINKING, Strategy.EXPECTED):
        yield _differences(run, strategy)
    yield _means(Simulation.model_validate(found["fees_weighed_in_full"]), "Means, fees weighed in full")
    yield from _fairness(EqualitySection.model_validate(found["fairness"]))
    audit = IdentityAudit.model_validate(found["audit"])
    yield Shown(
        f"Linked with {_IDENTITY} and without",
        ("", "children"),
        [
            ("waiting", str(audit.children_waiting)),
            ("for whom they still count", str(audit.still_counting)),
            ("linked with them", str(audit.linked_with)),
            ("linked without", str(audit.linked_without)),
            ("linked with another family", str(audit.other_family)),
            ("units left without a link because of them", str(len(audit.held_back))),
        ],
    )
    yield _waits([GroupWaits.model_validate(each) for each in found["waits"]])


def _means(run: Simulation, title: str) -> Shown:
    heads = ("", *(_NAMES[each.strategy] for each in run.strategies))
    return Shown(title, heads, _by_outcome([each.measured for each in run.strategies]))


def _differences(run: Simulation, strategy: Strategy) -> Shown:
    pairs = [each for each in run.differences if each.strategy is strategy]
    heads = ("", *(f"less {_NAMES[each.less]}" for each in pairs))
    title = f"Paired differences: {_NAMES[strategy]} less the others"
    return Shown(title, heads, _by_outcome([each.measured for each in pairs]))


def _by_outcome(columns: Sequence[Sequence[Measured]]) -> list[tuple[str, ...]]:
    return [
        (_WORDS[outcome], *(_told(column[row], _UNIT[outcome]) for column in columns))
        for row, outcome in enumerate(Outcome)
    ]


_WORDS = {outcome: outcome.value.replace("_", " ") for outcome in Outcome} | {Outcome.FEES_PENCE: "fees, £ thousand"}


def _plain(value: float) -> str:
    return f"{value:,.1f}"


_UNIT: dict[Outcome, Callable[[float], str]] = dict.fromkeys(Outcome, _plain) | {
    Outcome.FEES_PENCE: lambda pence: f"{pence / 100_000:,.0f}",
    Outcome.STRETCH_LEVELS: lambda levels: f"{levels:.2f}",
}


def _told(measured: Measured, words: Callable[[float], str]) -> str:
    return f"{words(measured.mean)} ({words(measured.interval.low)} to {words(measured.interval.high)})"


def _fairness(section: EqualitySection) -> Iterator[Shown]:
    for characteristic in section.characteristics:
        if characteristic.key == _NOT_SHOWN:
            continue
        tables = characteristic.tables
        rows = [
            (cell.label, str(len(cell.child_ids)), *(_cell(table.cells[at]) for table in tables))
            for at, cell in enumerate(tables[0].cells)
        ]
        heads = (characteristic.label, "children", *(table.key.replace("_", " ") for table in tables))
        yield Shown(characteristic.reading, heads, rows)


def _cell(cell: EqualityCell) -> str:
    if cell.value is None:
        return "-"
    return _plain(cell.value) if cell.low is None else f"{cell.value:.1f} ({cell.low:.1f} to {cell.high:.1f})"


def _waits(groups: Sequence[GroupWaits]) -> Shown:
    heads = ("Days to the match, simulated", "with them", "without them", "longer by")
    rows = [
        (
            each.label,
            _plain(each.days_with),
            _plain(each.days_without),
            _plain(each.longer_by)
            + (f" ({each.interval.low:.1f} to {each.interval.high:.1f})" if each.interval else ""),
        )
        for each in groups
    ]
    return Shown(f"Does any ethnic group wait longer for {_IDENTITY}?", heads, rows)
