"""How far each factor of the stability score is there in a child's present placement, or that it is not known."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from matcher.scoring.levels import Levels, child_levels, home_levels
from matcher.services.stability_history import TESTED, history_on
from models.case import Case
from models.child import Child, Wishes
from models.geography import miles_tenths
from models.home import Home
from models.placement import Placement
from models.ssda903.derive import PlacementKind
from models.stability_points import Factor, StabilityPoints
from models.vocabulary import RefusalReason, Training

_EMERGENCY_STATUSES = frozenset({"L1", "L2"})


class Found(NamedTuple):
    """How many steps of a factor are there (None: not known), why, and whether something could still change it."""

    steps: int | None
    detail: str
    can_change: bool = True


@dataclass(frozen=True)
class Present:
    """A case looked at placement by placement; levels of needs and skills are worked out once."""

    case: Case
    points: StabilityPoints

    @cached_property
    def _children(self) -> tuple[dict[str, int], Levels]:
        return {child.id: row for row, child in enumerate(self.case.children)}, child_levels(self.case)

    @cached_property
    def _homes(self) -> tuple[dict[str, int], Levels]:
        homes = self.case.homes
        return {home.id: row for row, home in enumerate(homes)}, home_levels(homes, self.case.framework)

    @cached_property
    def _wishes(self) -> dict[str, Wishes]:
        """What the newest referral that says anything of a child says they want."""
        by_age = sorted(self.case.referrals, key=lambda referral: (referral.received, referral.id))
        return {referral.child_id: referral.circumstances.wishes for referral in by_age if referral.circumstances}

    def factors(self, placement: Placement) -> dict[Factor, Found]:
        """Every factor of one placement."""
        child = self.case.child[placement.child_id]
        home = self.case.home[placement.home_id] if placement.home_id else None
        return {
            **self._history(child, placement),
            Factor.BEHAVIOUR: self._behaviour(child),
            **self._siblings(child, placement),
            Factor.CARER_MATCH: self._match(child, home),
            Factor.DISTANCE: self._distance(child, home),
            Factor.EMERGENCY: self._emergency(child, placement),
            Factor.DISAGREED: self._disagreed(child, placement, home),
            Factor.SOCIAL_WORKERS: Found(None, "no file tells who the social workers were"),
        }

    def _history(self, child: Child, placement: Placement) -> dict[Factor, Found]:
        rows, case = self.case.episodes.get(child.id, ()), self.case
        history = history_on(rows, child.born, case.as_at, self.points)
        steps = history.steps if history else dict.fromkeys(TESTED)
        age = max(child.age_on(case.as_at), 0)
        kin = placement.kind is PlacementKind.KINSHIP
        moves = steps[Factor.MOVES]
        before = steps[Factor.RESIDENTIAL]
        short = "the return does not reach back far enough"
        months = self.points.moves_months
        return {
            Factor.AGE: Found(max(age - self.points.age_over, 0), f"aged {age}"),
            Factor.MOVES: Found(moves, short if moves is None else f"{moves} in the last {months} months"),
            Factor.RESIDENTIAL: Found(before, short if before is None else ("yes" if before else "no")),
            Factor.NOT_KIN: Found(int(not kin), "with a connected person" if kin else "not with a connected person"),
        }

    def _behaviour(self, child: Child) -> Found:
        """The highest level of the needs that are behaviour; else the SDQ; else not known."""
        framework, level = self.case.framework, self.points.behaviour_level
        at, levels = self._children
        columns = [framework.need_index[key] for key in self.points.behaviour_needs if key in framework.need_index]
        row = at[child.id]
        known = [column for column in columns if levels.known[row, column]]
        highest = max((int(levels.level[row, column]) for column in known), default=0)
        if highest >= level:
            return Found(highest - level + 1, f"assessed at level {highest}")
        if columns and len(known) == len(columns):
            return Found(0, f"assessed at level {highest}")
        if child.sdq is not None:
            return Found(int(child.sdq >= self.points.behaviour_sdq), f"SDQ {child.sdq}, behaviour not fully assessed")
        return Found(None, "neither behaviour assessed nor an SDQ")

    def _siblings(self, child: Child, placement: Placement) -> dict[Factor, Found]:
        """Brothers and sisters of the child's planned unit who are placed: with the child, or elsewhere."""
        if not self.case.sibling_groups:
            nothing = Found(None, "no siblings sheet")
            return {Factor.APART: nothing, Factor.TOGETHER: nothing}
        group = self.case.siblings_of.get(child.id)
        unit = next((unit for unit in group.planned_units if child.id in unit), ()) if group else ()
        placed = [self.case.placement_of[c] for c in unit if c != child.id and c in self.case.placement_of]
        if not placed:
            nobody = Found(0, "no brother or sister in care to live with by the plan", can_change=False)
            return {Factor.APART: nobody, Factor.TOGETHER: nobody}
        where = [_same_place(placement, other) for other in placed]
        together, apart = where.count(True), where.count(False)
        unsure = None if None in where else 0
        said = f"{together} of {len(placed)} brothers and sisters of the plan live there"
        return {
            Factor.APART: Found(1 if apart else unsure, said),
            Factor.TOGETHER: Found(1 if together else unsure, said),
        }

    def _match(self, child: Child, home: Home | None) -> Found:
        """Whether the home can meet every need of some weight; only a full assessment can say that it does."""
        if home is None:
            return Found(None, "the home is not on the homes sheet")
        (child_at, needs), (home_at, skills) = self._children, self._homes
        row, column = child_at[child.id], home_at[home.id]
        asks = needs.known[row] & (needs.level[row] >= self.points.match_from_level)
        told = skills.known[column] | (home.training is not Training.UNKNOWN)
        short = asks & told & (skills.level[column] < needs.level[row])
        if short.any():
            labels = [self.case.framework.needs[need].label for need in np.flatnonzero(short).tolist()]
            more = f" and {len(labels) - 3} more" if len(labels) > 3 else ""
            return Found(0, f"falls short in {', '.join(labels[:3])}{more}")
        if not needs.known[row].all():
            return Found(None, "needs not fully assessed")
        if (asks & ~told).any():
            return Found(None, "skills of the home not known")
        return Found(1, "no need assessed is above what the home can meet")

    def _distance(self, child: Child, home: Home | None) -> Found:
        if child.home is None or home is None:
            return Found(None, "the child's home or the placement's address is not known")
        tenths = miles_tenths(child.home, home.location)
        return Found(int(tenths > self.points.far_tenth_miles), f"{tenths / 10:.1f} miles")

    def _emergency(self, child: Child, placement: Placement) -> Found:
        """Only police protection or an emergency order when it began says so; nothing says that it was not."""
        rows = self.case.episodes.get(child.id, ())
        if any(row.decom == placement.started and row.ls in _EMERGENCY_STATUSES for row in rows):
            return Found(1, "it began under police protection or an emergency protection order")
        return Found(None, "no file tells how the placement was made")

    def _disagreed(self, child: Child, placement: Placement, home: Home | None) -> Found:
        wishes = self._wishes.get(child.id, child.circumstances.wishes)
        declined = home is not None and any(
            refusal.child_id == child.id
            and refusal.home_id == home.id
            and refusal.reason is RefusalReason.CHILD_DECLINED
            and refusal.refused_on >= placement.started
            for refusal in self.case.refusals
        )
        if declined or (home is not None and home.id in wishes.homes_not_wanted):
            return Found(1, "the child has said so")
        if home is not None and home.id in wishes.homes_wanted:
            return Found(0, "the child wants to live there")
        if wishes.kinds and home is not None:
            return Found(int(home.kind not in wishes.kinds), "by the kind of home the child wishes for")
        return Found(None, "the child's wish is not recorded")


def _same_place(one: Placement, other: Placement) -> bool | None:
    """Whether two placements are in one place; None where that is not known."""
    if one.home_id and other.home_id:
        return one.home_id == other.home_id
    if one.postcode and other.postcode:
        return one.kind is other.kind and _bare(one.postcode) == _bare(other.postcode)
    return None


def _bare(postcode: str) -> str:
    return postcode.replace(" ", "").upper()
