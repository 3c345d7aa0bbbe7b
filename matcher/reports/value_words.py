"""What one place more or fewer is worth, in words: one list of rows for the screen, the page and the files."""

from matcher.reports.unmet import listed
from matcher.reports.words import money, plural
from matcher.services.value_results import OneFewer, OneMore, PlaceValues

MORE_TITLE = "Where one more place would help most"
FEWER_TITLE = "Where losing one place would cost most"
MORE_COLUMNS = ("Home", "Kind", "Saves a week", "How sure", "What it would do")
FEWER_COLUMNS = ("Home", "Kind", "Costs a week", "How sure", "What it would do")


_SHOWN, _POUND = 10, 100


def more_rows(values: PlaceValues) -> list[tuple[str, ...]]:
    """A row for each of the first homes where a place more would save anything."""
    return [(one.home_id, one.kind_label, _pounds(one), _sure(one), _what_it_does(one)) for one in values.more[:_SHOWN]]


def fewer_rows(values: PlaceValues) -> list[tuple[str, ...]]:
    """A row for each of the first homes whose loss of a place would cost anything."""
    return [
        (one.home_id, one.kind_label, _pounds(one), _sure(one), _who_goes_without(one)) for one in values.fewer[:_SHOWN]
    ]


def value_notes(values: PlaceValues) -> tuple[str, ...]:
    """What the tables mean, and what they cannot say."""
    said = [
        "In pounds-equivalent a week: the plan solved again with one approved place and bedroom more, or "
        f"fewer, at that home alone. {plural(values.solved_again, 'home')} that promised most were tried with one more."
    ]
    if any(one.placed_more for one in values.more) or any(one.placed_fewer for one in values.fewer):
        said.append("Where a child gains or loses a home, most of the figure is the charge for having none, not money.")
    if values.at_limit:
        said.append(
            f"{plural(values.at_limit, 'fostering home')} could take nobody with one more place: that would pass the "
            "usual fostering limit."
        )
    if values.not_known:
        said.append(
            f"What losing a place at {listed(values.not_known)} would cost is not known: nobody there can move alone, "
            "and time ran out."
        )
    return tuple(said)


def _pounds(one: OneMore | OneFewer) -> str:
    return money(one.least_pence) if one.exact is False or one.least_pence >= _POUND else "under £1"


def _sure(one: OneMore | OneFewer) -> str:
    return "exact" if one.exact else f"at least; at most {money(one.most_pence)}"


def _who_goes_without(one: OneFewer) -> str:
    lost = one.placed_fewer
    return f"{plural(lost, 'child', 'children')} would have no home" if lost > 0 else "nobody more would go without"


def _what_it_does(one: OneMore) -> str:
    """Who would come to live there, and how many others would move to make the most of it."""
    here = [moved.child_id for moved in one.moved if moved.to_home_id == one.home_id]
    rest = len(one.moved) - len(here)
    said = [f"{plural(one.placed_more, 'more child has', 'more children have')} a home"] if one.placed_more > 0 else []
    said += [f"{listed(here)} would live here"] if here else []
    said += [f"{plural(rest, 'other')} would move"] if rest else []
    return "; ".join(said) or "nobody"
