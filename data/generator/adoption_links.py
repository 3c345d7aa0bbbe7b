"""Links: families and children being considered for each other, and those that ended."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence

from . import adoption_figures as af
from . import figures as fig
from .adoption_families import Family
from .adoption_plans import Plan
from .adoption_profiles import agree
from .draw import day_between, days, insist, shuffled
from .episodes import day
from .needs import Framework

Row = dict[str, str]
_ENDED = 16
_APPROVED_BY = dt.date(2018, 3, 1)
"""Families approved later are linked with nobody yet."""
_REASONS = (
    ("family", "needs greater than the family can meet"),
    ("family", "the family was matched with another child"),
    ("agency", "contact plan could not be met"),
    ("agency", "lives too near the birth family"),
    ("agency", "another family meets more of the child's needs"),
    ("panel", "panel did not recommend the match"),
)


class Linking:
    """Who may be linked with whom.

    Args:
        rng: The stream.
        families: Every family of the pool, ours first.
        said: What each family is approved for and said, by id; a family that is linked with a child has said that it
            would consider what the child brings, so this is changed.
        known: The adoption sheet's row and the needs assessment of each child, where there is one, by id.
        framework: The needs framework.
    """

    def __init__(
        self,
        rng: random.Random,
        families: Sequence[Family],
        said: Mapping[str, Row],
        known: Mapping[str, tuple[Row, Row]],
        framework: Framework,
    ) -> None:
        self._rng, self._said, self._known, self._framework = rng, said, known, framework
        self._families = families
        self._free = [f for f in families if f.waits and f.days["approved_on"] < _APPROVED_BY]
        self._rows: list[Row] = []

    def rows(self, plans: Sequence[Plan]) -> list[Row]:
        """The four matched; ten waiting linked, some before panel; others considered; some ended."""
        for family in self._families:
            for plan in family.children:
                if plan.placed is None:
                    self._agree(family, [plan])
                    self._add(family, plan, self._start(plan, plan.matched or fig.AS_AT), "panel_booked")
        units = _units([plan for plan in plans if plan.waits and plan.ordered is not None])
        rest = self._link(units)
        for unit in rest[::2]:
            family = self._rng.choice(self._free)
            started, stage = self._start(unit[0], fig.AS_AT, family), self._rng.choice(("considered", "visited"))
            for plan in unit:
                self._add(family, plan, started, stage)
        for unit in shuffled(self._rng, units)[:_ENDED]:
            self._ended(unit)
        return self._rows

    def _link(self, units: Sequence[list[Plan]]) -> list[list[Plan]]:
        """Link units of ten children in all; those left over come back."""
        left, rest = af.LINKED_WAITING, []
        for unit in units:
            family = next((f for f in self._free if self._fits(f, unit)), None)
            if family is None or len(unit) > left:
                rest.append(unit)
                continue
            left -= len(unit)
            self._free.remove(family)
            self._agree(family, unit)
            stage = "panel_booked" if left % 2 else "linked"
            started = self._start(unit[0], fig.AS_AT, family)
            for plan in unit:
                self._add(family, plan, started, stage)
        insist(left == 0, "ten of the children who wait are linked")
        return rest

    def _ended(self, unit: Sequence[Plan]) -> None:
        """A link that ended some weeks after it began."""
        taken = {(row["family_id"], row["child_id"]) for row in self._rows}
        family = self._rng.choice([f for f in self._free if (f.id, unit[0].child.id) not in taken])
        started = self._start(unit[0], fig.AS_AT - days(12), family)
        ended_by, reason = self._rng.choice(_REASONS)
        ended = day_between(self._rng, started + days(4), min(started + days(60), fig.AS_AT - days(2)))
        stage = "panel_booked" if ended_by == "panel" else self._rng.choice(("considered", "visited", "linked"))
        for plan in unit:
            self._add(family, plan, started, stage)
            self._rows[-1] |= {"ended_on": day(ended), "ended_by": ended_by, "reason": reason}

    def _fits(self, family: Family, unit: Sequence[Plan]) -> bool:
        said = self._said[family.id]
        ages = all(int(said["age_from"]) <= plan.child.age <= int(said["age_to"]) for plan in unit)
        sexes = not said.get("sexes") or all(plan.child.sex in said["sexes"] for plan in unit)
        alone = all(not self._known[plan.child.id][0].get(name) for plan in unit for name in ("only_child", "youngest"))
        return ages and sexes and int(said["number"]) >= len(unit) and (alone or not said.get("household_born"))

    def _agree(self, family: Family, unit: Sequence[Plan]) -> None:
        for plan in unit:
            agree(self._said[family.id], *self._known[plan.child.id], self._framework)

    def _start(self, plan: Plan, before: dt.date, family: Family | None = None) -> dt.date:
        """When a link began: after the decision and the family's approval, in the three months before a day."""
        earliest = max(plan.decided + days(1), before - days(90))
        if family is not None:
            earliest = max(earliest, family.days["approved_on"] + days(1))
        return day_between(self._rng, earliest, max(before - days(8), earliest))

    def _add(self, family: Family, plan: Plan, started: dt.date, stage: str) -> None:
        started = max(started, plan.decided + days(1))
        self._rows.append(
            {"family_id": family.id, "child_id": plan.child.id, "started_on": day(started), "stage": stage}
        )


def _units(waiting: Sequence[Plan]) -> list[list[Plan]]:
    """Brothers and sisters who wait together and children alone; the youngest and longest-waiting first."""
    units: dict[int, list[Plan]] = {}
    for i, plan in enumerate(waiting):
        units.setdefault(900 if plan.nine else plan.child.family or -1 - i, []).append(plan)
    return sorted(units.values(), key=lambda u: (u[0].child.age > 5, u[0].ordered or fig.AS_AT, u[0].child.id))
