"""What a plan's certificate says, in plain words for people who decide on it."""

from matcher.reports.words import money, plural
from matcher.services.results import Certificate, Plan


def certificate_words(proof: Certificate, *, seconds: bool = True) -> tuple[str, ...]:
    """The proof as sentences: how good the plan is, over what, and who checked it.

    ``seconds``: whether to say how long it took, which is another number on each run.
    """
    first = {
        "optimal": "Proved best: no other plan costs less by the policy's prices",
        "feasible": "Good, not proved best: the solver stopped at its time limit",
        "cancelled": "Stopped early: this is the best plan found so far",
    }.get(proof.status, f"The solver ended as {proof.status}")
    price = f"{money(proof.objective_pence)}-equivalent a week, with charges for no home and for siblings apart"
    if proof.status == "optimal":
        bound = f"It costs {price}; nothing lower is possible."
    else:
        away = "" if proof.gap_percent is None else f", so at most {proof.gap_percent:.2f}% better is possible"
        bound = f"It costs {price}. No plan can cost less than {money(proof.bound_pence)}{away}."
    most = proof.most_that_could_be_placed
    largest = "" if most is None else f" No plan could place more than {plural(most, 'child', 'children')}."
    checked = "An independent check against the case found no fault." if proof.checked else "It has not been checked."
    others = {
        "unique": "; every other plan costs more",
        "tied": "; at least one other plan costs exactly as little",
    }.get(proof.uniqueness, "")
    took = f"{proof.seconds:.1f} seconds, " if seconds else ""
    return (
        f"{first}{others}.",
        bound + largest,
        f"Proved over {proof.proved_over}: {proof.pairs_scored:,} pairs of child and home scored, "
        f"{proof.pairs_allowed:,} allowed; {took}seed {proof.seed}.",
        checked,
    )


def unplaced(plan: Plan) -> int:
    """How many children the plan has no home for."""
    return plan.after.children - plan.after.placed
