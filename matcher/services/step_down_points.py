"""What a move to a certain home would do to a child's stability points, factor by factor."""

from matcher.services.stability_factors import Found, Present
from matcher.services.stability_score import PlacementStability
from matcher.services.step_down_results import PointChange
from matcher.services.step_down_settings import Way
from models.home import Home
from models.ssda903.derive import PlacementKind
from models.stability_points import Factor


def changes_at(present: Present, score: PlacementStability, home: Home, way: Way) -> tuple[PointChange, ...]:
    """The factors whose points would change, in the published order.

    One more move, and from a children's home that it was one; the rest as if the child lived in the home, placed
    there by plan. A factor that is not known now, or would not be there, is in no change.
    """
    case = present.case
    kind = PlacementKind.KINSHIP if home.connected else PlacementKind.IN_HOUSE_FOSTERING
    there = case.placement_of[score.child_id].model_copy(
        update={"home_id": home.id, "kind": kind, "started": case.as_at, "postcode": None}
    )
    found = present.factors(there)
    moves = score.factor(Factor.MOVES).steps
    found[Factor.MOVES] = Found(None if moves is None else moves + 1, "one move more")
    if way is not Way.NEARER:
        found[Factor.RESIDENTIAL] = Found(1, "leaving a children's home")
    changes = []
    for each in score.factors:
        steps = found[each.factor].steps
        if each.points is None or steps is None:
            continue
        by = present.points.of(each.factor).of(steps) - each.points
        if by:
            changes.append(PointChange(factor=each.factor, label=each.label, points=by))
    return tuple(changes)
