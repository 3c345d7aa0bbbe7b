"""Why a child has no home, as services answer it: what would open one, who has it, and which totals forbid it."""

from models.record import Record
from models.rules import RuleId


class RuleCount(Record):
    """How many homes a rule removes.

    ``alone``: nothing else stands in the way. ``in_all``: it fails, whatever else does. ``left``: homes that pass it
    and every rule before it, in the order of the rules, so that sorted by ``rule`` the counts are a funnel.
    """

    rule: RuleId
    title: str
    alone: int
    in_all: int
    left: int


class RelaxableRule(Record):
    """A rule that somebody may relax for one child: who, by what step, and for how many days (None: no limit)."""

    rule: RuleId
    title: str
    by: str
    step: str
    days: int | None


class OpenedHome(Record):
    """A home that relaxing some rules opens; ``room_in_plan``: it has room beside those whom the plan gives it."""

    home_id: str
    cost_pence: int
    room_in_plan: bool


class Opening(Record):
    """Rules that together open ``homes`` homes for a child, ``with_room`` of them without moving anybody in the plan.

    ``best`` are the first few, those with room first, then by cost, pence-equivalent a week.
    """

    rules: tuple[RelaxableRule, ...]
    homes: int
    with_room: int
    best: tuple[OpenedHome, ...]


class Moved(Record):
    """A child who would have another home, or none."""

    child_id: str
    from_home_id: str | None
    to_home_id: str | None


class Swap(Record):
    """What it would change to give a child one suitable home that the plan gives to others.

    ``cost_pence`` is what the home costs for the child. The best plan in which the child has it costs at least
    ``at_least_pence`` and at most ``change_pence`` a week more than the plan shown: the exact change where the two
    are equal. ``moved`` tells who would live elsewhere in the plan that costs ``change_pence`` more. Both are None
    where a place that is agreed stands in the way; ``change_pence`` alone where time ended before any plan was found.
    """

    home_id: str
    cost_pence: int
    held_by: tuple[str, ...]
    at_least_pence: int | None
    change_pence: int | None
    moved: tuple[Moved, ...]


class RoomFor(Record):
    """A home and the most children of a shortage who could live in it together."""

    home_id: str
    places: int


class Shortage(Record):
    """Children who cannot all have a home, whatever the plan: between them they can only live in ``homes``.

    ``places`` is the sum over ``homes`` and ``short`` = children - ``places``, at least 1. No smaller set of
    children is short by as many. ``shared`` says in words what all of them have in common, and ``rules`` count the
    homes that a rule bars to every one of them (alone: no other rule bars that home to them all). ``within`` are
    the smallest shortages seen among them, no child in two.
    """

    child_ids: tuple[str, ...]
    homes: tuple[RoomFor, ...]
    places: int
    short: int
    shared: tuple[str, ...]
    rules: tuple[RuleCount, ...]
    within: tuple["Shortage", ...] = ()
