"""Who gains what by pooling, in words and rows for people who decide on it."""

from matcher.reports.words import NONE, money, number, plural
from matcher.services.pool_results import Pool, PooledAuthority

COLUMNS = ("Authority", "Children", "Alone", "Together", "Borrows", "Lends", "Pays", "Is paid", "Gain", "Share")
MOVED_COLUMNS = ("Child", "Of", "Alone", "Together", "On the sheet of", "Place")
LEGEND = (
    "Alone, Together: children with a home in the plan on the authority's own sheet, and in the plan on all sheets. "
    "Pays, Is paid: pounds a week for borrowed places, beside their fees. Gain: pounds-equivalent a week by the "
    "policy's prices, beside the plan alone. Share: what the authority would get, or give, for all to gain alike."
)


def rows(pool: Pool) -> list[tuple[str, ...]]:
    """A row for each authority, and one for all, as :data:`COLUMNS`."""
    return [*map(_row, pool.authorities), _total(pool)]


def moved_rows(pool: Pool) -> list[tuple[str, ...]]:
    """A row for each child who is given a home on another authority's sheet, as :data:`MOVED_COLUMNS`."""
    return [
        (
            child.child_id,
            child.authority,
            child.home_alone or NONE,
            child.home_together or NONE,
            child.sheet,
            "borrowed" if child.borrowed else "independent",
        )
        for child in pool.children
        if child.sheet is not None and child.sheet != child.authority
    ]


def pool_words(pool: Pool) -> tuple[str, ...]:
    """What was allowed, what all gain, who would lose by it, a proposal, and the proof; as sentences."""
    notes = (f"Note: {note}" for note in pool.notes)
    return (_allowed(pool), _gained(pool), *_losers(pool), *_proposal(pool), *_not_proved(pool), *notes, *_proof(pool))


def _row(authority: PooledAuthority) -> tuple[str, ...]:
    return (
        authority.name,
        number(authority.children),
        number(authority.placed_alone),
        number(authority.placed_together),
        number(authority.borrowed),
        number(authority.lent),
        money(authority.paid_pence),
        money(authority.received_pence),
        money(authority.gain_pence),
        money(authority.proposed_pence),
    )


def _total(pool: Pool) -> tuple[str, ...]:
    every = pool.authorities
    return (
        "All",
        number(sum(each.children for each in every)),
        number(sum(each.placed_alone for each in every)),
        number(sum(each.placed_together for each in every)),
        number(sum(each.borrowed for each in every)),
        number(sum(each.lent for each in every)),
        money(sum(each.paid_pence for each in every)),
        money(sum(each.received_pence for each in every)),
        money(pool.total_gain_pence),
        NONE,
    )


def _allowed(pool: Pool) -> str:
    if pool.price_pence is None:
        return "Borrowing is forbidden: only independent homes are shared."
    return f"A borrowed place costs its fee and {money(pool.price_pence)} a week, paid to the authority whose it is."


def _gained(pool: Pool) -> str:
    return (
        f"Together they gain {money(pool.total_gain_pence)}-equivalent a week. In that a child without a home counts "
        f"as {money(pool.no_home_pence)}, and {money(100_000)} of fees or prices as {money(100 * pool.fee_per_mille)}."
    )


def _losers(pool: Pool) -> tuple[str, ...]:
    losers = [each for each in pool.authorities if each.worse_off]
    if not losers:
        return ("Nobody is worse off together than alone.",)
    said = "; ".join(f"{each.name} by {money(-each.gain_pence)}-equivalent a week" for each in losers)
    return (f"Worse off together than alone: {said}.",)


def _proposal(pool: Pool) -> tuple[str, ...]:
    changes = [each for each in pool.authorities if each.proposed_pence]
    if pool.total_gain_pence < 0 or not changes:
        return ()
    told = [
        f"{each.name} {'gets' if each.proposed_pence > 0 else 'gives'} {money(abs(each.proposed_pence))}"
        for each in changes
    ]
    share = money(pool.total_gain_pence // len(pool.authorities))
    return (
        "A proposal, to agree or replace: with equal shares nobody is worse off, and each gains "
        f"{share}-equivalent a week: {', '.join(told)}.",
    )


def _not_proved(pool: Pool) -> tuple[str, ...]:
    return tuple(
        f"{each.name}'s plan alone is not proved best: its gain is {money(each.least_gain_pence)} to "
        f"{money(each.gain_pence)}."
        for each in pool.authorities
        if not each.alone_proved
    )


def _proof(pool: Pool) -> tuple[str, ...]:
    proof = pool.certificate
    if proof.status == "optimal":
        best = "The plan together is proved best: no other costs less, prices for borrowing included."
    else:
        away = "" if proof.gap_percent is None else f", at most {proof.gap_percent:.2f}% less"
        best = (
            f"The plan together costs {money(proof.objective_pence)}-equivalent a week, prices for borrowing included; "
            f"none can cost less than {money(proof.bound_pence)}{away}."
        )
    return best, f"An independent check of every plan against the cases found no fault. {_took(pool)}"


def _took(pool: Pool) -> str:
    searches = plural(len(pool.authorities) + 1, "search", "searches")
    return f"{searches}, {pool.certificate.seconds:.1f} seconds, seed {pool.certificate.seed}."
