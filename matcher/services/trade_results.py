"""What else could be weighed differently, as services answer it: money against welfare, and weights. Pence a week."""

from typing import Literal

from models.record import Record


class TradeOffPoint(Record):
    """One plan between least welfare cost and least fees.

    ``welfare_pence`` is what the homes cost the children without their fees, brothers and sisters apart included, in
    pence-equivalent; ``fees_pence`` the full fees. No plan with as many children placed and no higher fees has a
    welfare cost below ``least_welfare_pence``; ``gap_percent`` says how far above it this one is. ``efficient``: proved
    that no plan is better by one and as good by the other. ``homes`` are the home of each child, None for none.
    """

    placed: int
    welfare_pence: int
    fees_pence: int
    least_welfare_pence: int
    gap_percent: float
    efficient: bool
    homes: tuple[tuple[str, str | None], ...]


class TradeOff(Record):
    """Plans that trade money for welfare, least welfare cost first, all placing as many children as can be.

    ``plan_welfare_pence`` and ``plan_fees_pence`` are of the plan itself, which weighs fees by the policy. ``left_out``
    counts points where children would share who may not.
    """

    plan_welfare_pence: int
    plan_fees_pence: int
    points: tuple[TradeOffPoint, ...]
    left_out: int


class WeightChange(Record):
    """A weight that, ``side`` (less or more) by the share asked for, gives a child another home, or none.

    ``turns_at_percent``: the first weight, in percent of today's, at which the child has another home in every best
    plan; None where that was not looked for in time or not found.
    """

    label: str
    side: Literal["less", "more"]
    to_home_id: str | None
    proved: bool
    turns_at_percent: float | None = None


class Unsteady(Record):
    """A child whose home does not survive every weight moved by the share asked for."""

    child_id: str
    home_id: str | None
    changes: tuple[WeightChange, ...]


class BothRather(Record):
    """A child and a home that would both rather have each other than what the plan gives them, by the same scores.

    ``child_gain_pence``: how much less the pair costs than the child's place in the plan. ``instead_of`` is the child
    there whom the home suits less, by ``home_gain_pence``; None where it has room.
    """

    child_id: str
    now_home_id: str | None
    home_id: str
    child_gain_pence: int
    instead_of: str | None
    home_gain_pence: int


class Sensitivity(Record):
    """Which homes would change were one weight a share more or less, and who would both rather have each other.

    ``steady`` of ``children`` keep their home in every case. ``cases_left_out`` are weights, by name and side, whose
    best plan has children share who may not. ``with_siblings`` counts further pairs of child and home of children
    planned with brothers and sisters, who might be parted by them.
    """

    share_percent: float
    children: int
    steady: int
    unsteady: tuple[Unsteady, ...]
    cases_left_out: tuple[str, ...]
    both_rather: tuple[BothRather, ...]
    with_siblings: int
