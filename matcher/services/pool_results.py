"""What pooling several authorities answers with: plain frozen records for command line, files and JSON."""

from models.record import Record


class PooledChild(Record):
    """One child looking for a home, with the home in the authority's plan alone and in the plan together.

    ``sheet`` is the authority on whose sheet the home together is, ``borrowed`` whether the place is its own. Costs are
    pence-equivalent a week without prices for borrowing, the charge for no home where there is none.
    """

    authority: str
    referral_id: str
    child_id: str
    home_alone: str | None
    home_together: str | None
    sheet: str | None
    borrowed: bool
    cost_alone_pence: int
    cost_together_pence: int


class PooledAuthority(Record):
    """What one authority has alone and together; ``docs/pooling.md`` defines each figure.

    Fees are what filling the places adds, and ``paid_pence`` and ``received_pence`` what borrowing costs and brings:
    money, in pence a week. The last six figures are pence-equivalent a week, in which money weighs as the policy says.
    ``least_gain_pence`` is the gain however good the best plan alone is; ``proposed_pence`` what a proposed payment
    would give the authority (below 0: take), so that nobody is worse off.
    """

    name: str
    children: int
    placed_alone: int
    placed_together: int
    borrowed: int
    lent: int
    fees_alone_pence: int
    fees_together_pence: int
    paid_pence: int
    received_pence: int
    cost_alone_pence: int
    cost_together_pence: int
    gain_pence: int
    least_gain_pence: int
    proposed_pence: int
    worse_off: bool
    alone_proved: bool


class PoolProof(Record):
    """How good the plan together is proved to be, by what children cost and what borrowing is weighed at."""

    status: str
    objective_pence: int
    bound_pence: int
    gap_percent: float | None
    seconds: float
    seed: int
    checked: bool


class Pool(Record):
    """Several authorities' children and homes, each alone and all together.

    ``price_pence`` is what a borrowed place costs a week beside its fee, None where borrowing is forbidden.
    ``no_home_pence`` is what a child without a home counts as in every plan of this pool, ``fee_per_mille`` how much of
    each thousand pounds of money counts in costs and gains.
    """

    as_at: str
    synthetic: bool
    policy: str
    price_pence: int | None
    no_home_pence: int
    fee_per_mille: int
    total_gain_pence: int
    authorities: tuple[PooledAuthority, ...]
    children: tuple[PooledChild, ...]
    certificate: PoolProof
    notes: tuple[str, ...]
