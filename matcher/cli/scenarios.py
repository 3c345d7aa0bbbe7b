"""A scenario by its name, as several commands are asked for one."""

from typing import NoReturn

from models.case import Case
from models.forecast import BASELINE, Scenario


def scenario_named(case: Case, name: str | None) -> Scenario:
    """The case's scenario of a name, or none but what history shows; a name it has not ends the command, in words."""
    if name is None or name == BASELINE.name:
        return BASELINE
    named = {scenario.name: scenario for scenario in case.scenarios}
    if name not in named:
        _refuse(name, case)
    return named[name]


def _refuse(name: str, case: Case) -> NoReturn:
    from matcher.cli.screen import fail

    known = ", ".join(each.name for each in case.scenarios) or "none: write scenarios.toml in the case folder"
    fail(f"there is no scenario named {name}; there are: {known}.")
