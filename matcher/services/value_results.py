"""What places are worth and what they cost others, as services answer it; money in pence-equivalent a week."""

from matcher.services.why_results import Moved
from models.record import Record


class OneMore(Record):
    """What the plan would save if one home had one place and one bedroom more than it has, all else as it is.

    The truth lies from ``least_pence`` to ``most_pence``: exact where they are equal. Where ``placed_more``
    more children have a home, most of it is the charge for leaving one out. ``moved`` live elsewhere in the plan found.
    """

    home_id: str
    kind_label: str
    least_pence: int
    most_pence: int
    placed_more: int
    moved: tuple[Moved, ...]

    @property
    def exact(self) -> bool:
        """Whether the figure is known exactly."""
        return self.least_pence == self.most_pence


class OneFewer(Record):
    """What losing one place of a home used in the plan would cost; figures as in :class:`OneMore`."""

    home_id: str
    kind_label: str
    least_pence: int
    most_pence: int
    placed_fewer: int

    @property
    def exact(self) -> bool:
        """Whether the figure is known exactly."""
        return self.least_pence == self.most_pence


class PlaceValues(Record):
    """The homes where one place more would save most, and those where one fewer would cost most.

    The homes solved again are those that promised most, or seemed dearest to lose, by moves of single children:
    a good order, not a proved one. ``more`` and ``fewer`` hold those that change anything, dearest first; ``fewer`` is
    of homes that the plan uses. ``solved_again`` counts the homes tried with a place more. ``not_known``: nobody can
    leave these alone, and time ended before they were solved again. ``at_limit`` counts the fostering homes
    where a further place would pass the usual fostering limit, and so would help nobody.
    """

    more: tuple[OneMore, ...]
    fewer: tuple[OneFewer, ...]
    solved_again: int
    not_known: tuple[str, ...]
    at_limit: int


class CostToOthers(Record):
    """What the other children cost more, together, than in the best plan for all when one child must have a home.

    The truth lies from ``least_pence`` to ``most_pence``; less than 0 where the others gain. Both are None where a
    place agreed for somebody stands in the way, ``most_pence`` alone where no such plan was found in time.
    ``in_plan``: the plan gives the child this home, so it costs the others nothing. ``moved`` are the others who would
    live elsewhere than in the plan.
    """

    home_id: str
    in_plan: bool
    least_pence: int | None
    most_pence: int | None
    moved: tuple[Moved, ...]


class OthersWaiting(Record):
    """A child's homes as they bear on the ``children`` others who need a home now.

    ``plan_home_id`` is the home that the best plan for all gives the child, proved best or not.
    """

    children: int
    plan_home_id: str | None
    plan_is_proved: bool
    homes: tuple[CostToOthers, ...]
    not_looked_at: tuple[str, ...]
