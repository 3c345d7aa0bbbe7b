"""What a set of children has in common that bears on where they can live, in words."""

from collections.abc import Iterable, Sequence
from functools import reduce

from matcher.services.problem import Run
from models.child import Child
from models.vocabulary import KIND_LABELS, Solo


def what_they_share(run: Run, rows: Sequence[int]) -> tuple[str, ...]:
    """What all of some searching children need or were asked for, and their ages on the day of the case.

    Args:
        run: The run.
        rows: Who, one or more.
    """
    children = [run.children[row] for row in rows]
    return tuple([*_needs(children), *_kinds(run, rows), _ages(run, children)])


def _needs(children: Sequence[Child]) -> Iterable[str]:
    known = [child.circumstances for child in children]
    if all(circumstances.solo is Solo.REQUIRED for circumstances in known):
        yield "must be the only child in the home"
    for needed in ([set(c.access) for c in known], [set(c.features) for c in known]):
        for item in sorted(reduce(set.intersection, needed)):
            yield f"needs {str(item.value).replace('_', ' ')}"


def _kinds(run: Run, rows: Sequence[int]) -> Iterable[str]:
    asked = [{*r.preferred_kinds, *r.suitable_kinds} for r in (run.searches.referrals[row] for row in rows)]
    if all(asked) and all(kinds == asked[0] for kinds in asked):
        yield "asked for: " + " or ".join(KIND_LABELS[kind] for kind in sorted(asked[0]))


def _ages(run: Run, children: Sequence[Child]) -> str:
    ages = sorted(child.age_on(run.case.as_at) for child in children)
    return f"aged {ages[0]}" if ages[0] == ages[-1] else f"aged {ages[0]} to {ages[-1]}"
