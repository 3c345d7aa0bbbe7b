"""Tables that may be published, attacked: by hand, beside every table there could be, and on a large linked family."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.services.disclosure import DisclosureRule, protect
from matcher.services.disclosure_attack import ShownShare, attack, narrowed
from matcher.services.disclosure_cells import DisclosureError, Figure, Known
from matcher.services.disclosure_rounding import round_tables
from matcher.services.disclosure_shares import mean, share, share_of
from matcher.services.tabulation import ALL, CountTable, Dimension, Universe, Value, Where, tabulate

RULE = DisclosureRule()


def _dimension(key: str, size: int) -> Dimension:
    return Dimension(key=key, title=key, values=tuple(Value(key=str(n), label=str(n)) for n in range(size)))


def _universe(sizes: dict[str, int], members: Sequence[Sequence[int]], key: str = "children") -> Universe:
    return Universe(
        key=key,
        title=key,
        dimensions=tuple(_dimension(name, size) for name, size in sizes.items()),
        members={
            f"C{n}": {name: str(value) for name, value in zip(sizes, member, strict=True)}
            for n, member in enumerate(members)
        },
    )


def _counted(universe: Universe, *families: Sequence[str]) -> list[CountTable]:
    return [
        tabulate(universe, names, key=f"{universe.key} {'-'.join(names)}", title="", definition="", source="")
        for names in families
    ]


def _two_by_two(a: int, b: int, c: int, d: int) -> CountTable:
    members = [
        pair for pair, n in zip(itertools.product(range(2), repeat=2), (a, b, c, d), strict=True) for _ in range(n)
    ]
    return _counted(_universe({"row": 2, "column": 2}, members), ["row", "column"])[0]


def _hidden(table: CountTable) -> set[Where]:
    return {where for where, count in table.cells.items() if count is None}


INNER = {("0", "0"), ("0", "1"), ("1", "0"), ("1", "1")}


# by hand


def test_one_small_count_takes_three_others_and_they_can_be_anything_from_one_to_five() -> None:
    table = _two_by_two(2, 20, 30, 40)
    found = protect([table], RULE)
    assert _hidden(found.tables[0]) == INNER
    assert found.tables[0].count(ALL, ALL) == 92
    assert {(each.figure.where, each.least, each.most) for each in attack(found.tables)} == {
        (("0", "0"), 0, 22),
        (("0", "1"), 0, 22),
        (("1", "0"), 10, 32),
        (("1", "1"), 38, 60),
    }
    told = found.certificate
    assert (told.figures, told.counts, told.small_counts, told.hidden_counts, told.at_least) == (9, 9, 1, 4, 4)
    assert told.fewest and told.checked and not told.everything


def test_the_attack_works_out_what_is_badly_hidden() -> None:
    table = _two_by_two(2, 20, 30, 40)
    alone = table.model_copy(update={"cells": {**table.cells, ("0", "0"): None, ("0", "1"): None}})
    found = attack([alone])
    assert [(each.least, each.most, each.width) for each in found] == [(2, 2, 0), (20, 20, 0)]
    assert narrowed(found, [table], RULE) == found


def test_another_table_of_the_same_children_must_not_give_it_away() -> None:
    # By row, the same counts stand in a second table: hidden in one, they are hidden in both.
    members = [(0, n % 3) for n in range(3)] + [(1, n % 3) for n in range(40)] + [(2, n % 3) for n in range(60)]
    universe = _universe({"row": 3, "column": 3}, members)
    both = _counted(universe, ["row"], ["row", "column"])
    found = protect(both, RULE)
    one, two = found.tables
    assert one.count("0") is None
    assert {where[0] for where in _hidden(one)} == {where[0] for where in _hidden(two) if where[1] == ALL}
    assert narrowed(attack(found.tables), both, RULE) == ()


def test_tables_protected_apart_are_not_safe_together() -> None:
    # Apart, a table of three things hides totals that a table of two of them shows.
    tables = [
        table for table in _county(300) if table.key.removeprefix("children kind-") in ("age", "band", "age-band")
    ]
    apart = [protect([table], DisclosureRule(seconds=0.2)).tables[0] for table in tables]
    for table, before in zip(apart, tables, strict=True):
        assert narrowed(attack([table]), [before], RULE) == ()
    assert len(narrowed(attack(apart), tables, RULE)) > 10
    together = protect(tables, DisclosureRule(seconds=0.2))
    assert narrowed(attack(together.tables), tables, RULE) == ()


def test_a_universe_of_three_shows_noughts_only_and_says_so() -> None:
    found = protect([_two_by_two(2, 0, 1, 0)], RULE)
    assert {count for count in found.tables[0].cells.values() if count is not None} == {0}
    assert found.certificate.everything
    assert all(each.most is None for each in attack(found.tables))


def test_nothing_small_hides_nothing() -> None:
    table = _two_by_two(6, 0, 30, 40)
    found = protect([table], RULE)
    assert found.tables == (table,)
    assert found.certificate.hidden_figures == found.certificate.at_least == 0
    assert attack(found.tables) == ()
    empty = protect([_two_by_two(0, 0, 0, 0)], RULE)
    assert (empty.certificate.hidden_figures, empty.certificate.everything) == (0, False)
    assert protect([], RULE).tables == ()


def test_what_is_small_can_be_set() -> None:
    table = _two_by_two(8, 20, 30, 0)
    assert _hidden(protect([table], RULE).tables[0]) == set()
    ten = DisclosureRule(low=1, high=10, spread=10)
    found = protect([table], ten)
    assert None is found.tables[0].count("0", "0")
    assert narrowed(attack(found.tables), [table], ten) == ()
    nobody = DisclosureRule(low=0, high=4)
    assert protect([table], nobody).tables[0].count("1", "1") is None
    with pytest.raises(ValueError, match="low 6 is more than high 5"):
        DisclosureRule(low=6)


def test_a_figure_equal_by_definition_is_hidden_with_it() -> None:
    table = _two_by_two(2, 20, 30, 40)
    quoted = _counted(_universe({}, [()] * 20, "indicator"), [])[0]
    same = Known(equal=((Figure(table=table.key, where=("0", "1")), Figure(table=quoted.key, where=())),))
    apart, together = protect([table, quoted], RULE), protect([table, quoted], RULE, same)
    assert apart.tables[1].count() == 20
    assert len(narrowed(attack(apart.tables, same), [table, quoted], RULE)) == 4
    assert narrowed(attack(together.tables, same), [table, quoted], RULE) == ()


def test_sums_that_readers_know_are_reckoned_with() -> None:
    # Years and a band of two of them, which the tables do not say are the same children.
    years = _counted(_universe({"year": 3}, [(n,) for n in [0] * 3 + [1] * 9 + [2] * 20]), ["year"])[0]
    band = _counted(_universe({"band": 2}, [(n,) for n in [0] * 12 + [1] * 20], "bands"), ["band"])[0]
    of = Figure(table=band.key, where=("0",)), tuple(Figure(table=years.key, where=(n,)) for n in "01")
    same = Figure(table=band.key, where=("1",)), Figure(table=years.key, where=("2",))
    known = Known(sums=(of,), equal=(same,))
    found = protect([years, band], RULE, known)
    assert narrowed(attack(found.tables, known), [years, band], RULE) == ()
    assert _hidden(years.model_copy(update={"cells": found.tables[0].cells})) == {("0",), ("1",)}


def test_a_small_count_without_a_cell_is_protected_too() -> None:
    table = _two_by_two(2, 20, 30, 40)
    cells = {where: count for where, count in table.cells.items() if where != ("0", "0")}
    found = protect([table.model_copy(update={"cells": cells})], RULE)
    assert _hidden(found.tables[0]) == INNER - {("0", "0")}
    assert ("0", "0") not in found.tables[0].cells
    assert (found.certificate.figures, found.certificate.small_figures) == (8, 0)


def test_figures_that_contradict_each_other_are_refused() -> None:
    table = _two_by_two(2, 20, 30, 40)
    wrong = table.model_copy(update={"cells": {**table.cells, ("0", "0"): 3}})
    with pytest.raises(DisclosureError, match=r"does not add up: .*0 / 0"):
        protect([wrong], RULE)
    with pytest.raises(DisclosureError, match=r"is 3, but .* the same, is 2"):
        protect([table, wrong.model_copy(update={"key": "other"})], RULE)
    with pytest.raises(DisclosureError, match="two tables have the same key"):
        protect([table, table], RULE)
    with pytest.raises(DisclosureError, match="0 / 0 is hidden already"):
        protect([table.model_copy(update={"cells": {**table.cells, ("0", "0"): None}})], RULE)
    with pytest.raises(DisclosureError, match="there is no figure nowhere: 0"):
        protect([table], RULE, Known(equal=((Figure(table="nowhere", where=("0",)),),)))
    few = {where: count for where, count in table.cells.items() if ALL in where}
    with pytest.raises(DisclosureError, match="is not given and cannot be worked out"):
        protect([table.model_copy(update={"cells": few})], RULE)
    with pytest.raises(ValueError, match="contradict each other"):
        attack([wrong.model_copy(update={"cells": {**wrong.cells, ("0", "1"): None}})])


def test_what_cannot_be_protected_is_refused() -> None:
    # Girls are as many as boys, by definition: then all children are an even number, and 3 can be ruled out.
    table = _counted(_universe({"sex": 2}, [(0,), (1,)]), ["sex"])[0]
    pairs = Known(equal=((Figure(table=table.key, where=("0",)), Figure(table=table.key, where=("1",))),))
    with pytest.raises(DisclosureError, match="no way of hiding protects children sex"):
        protect([table], RULE, pairs)


# whole numbers


def test_the_attack_reckons_in_whole_numbers() -> None:
    # Half of 15 shown as 47% to 48%: with fractions 7.0 to 7.3, in whole numbers 7.
    table = _counted(_universe({"sex": 2}, [(0,)] * 7 + [(1,)] * 8), ["sex"])[0]
    hidden = table.model_copy(update={"cells": {**table.cells, ("0",): None, ("1",): None}})
    told = ShownShare(
        part=Figure(table=table.key, where=("0",)), whole=Figure(table=table.key, where=(ALL,)), percent=47
    )
    assert [(each.least, each.most) for each in attack([hidden])] == [(0, 15), (0, 15)]
    assert [(each.least, each.most) for each in attack([hidden], shares=[told])] == [(7, 7), (8, 8)]


# shares


def test_a_share_is_shown_only_if_its_part_and_its_whole_are() -> None:
    found = protect([_two_by_two(2, 20, 30, 40)], RULE).tables[0]
    assert share(found, ("0", ALL), (ALL, ALL)) == pytest.approx(100 * 22 / 92)
    assert share(found, ("0", "0"), ("0", ALL)) is None
    assert share(found, ("0", ALL), ("0", "0")) is None
    assert share_of(0, 20) == 0
    assert share_of(0, 0) is share_of(None, None) is share_of(3, None) is None


def test_shares_that_are_shown_give_nothing_away_and_others_would() -> None:
    table = _two_by_two(2, 20, 30, 40)
    published = protect([table], RULE).tables[0]

    def told(of: CountTable) -> list[ShownShare]:
        rows = {where: (where[0], ALL) for where in of.cells}
        shown = {where: share(of, where, whole) for where, whole in rows.items()}
        return [
            ShownShare(
                part=Figure(table=of.key, where=where),
                whole=Figure(table=of.key, where=rows[where]),
                percent=round(percent),
            )
            for where, percent in shown.items()
            if percent is not None
        ]

    assert len(told(published)) == 5
    assert narrowed(attack([published], shares=told(published)), [table], RULE) == ()
    careless = attack([published], shares=told(table))
    assert {each.figure.where: (each.least, each.most) for each in careless}["0", "0"] == (2, 2)


def test_means_of_few_are_not_shown() -> None:
    assert mean(900.0, 6, RULE) == 150
    assert mean(900.0, 5, RULE) is mean(900.0, None, RULE) is mean(0.0, 0, RULE) is None


# rounding


def test_rounding_by_hand_and_what_it_leaves() -> None:
    table = _two_by_two(2, 8, 30, 0)
    found = round_tables([table])
    shown = found.tables[0]
    assert (shown.count("0", "0"), shown.count("0", "1"), shown.count("0"), shown.count()) == (0, 10, 10, 40)
    assert [each.where for each in found.small] == [("0", "0"), (ALL, "0")][:1]
    # 2 is marked as more than nobody: 1 or 2. Nobody is shown as nobody.
    assert [(each.figure.where, each.least, each.most) for each in found.ranges] == [(("0", "0"), 1, 2)]
    assert (found.narrowest, found.narrowed) == (1, 1)
    with pytest.raises(ValueError, match="base is 1"):
        round_tables([table], base=1)
    with pytest.raises(ValueError, match="0 / 0 is hidden"):
        round_tables([table.model_copy(update={"cells": {**table.cells, ("0", "0"): None}})])


@pytest.mark.parametrize("base", [2, 5, 10])
def test_rounded_counts_are_nearest_and_their_ranges_hold_them(base: int) -> None:
    for count in range(25):
        table = _counted(_universe({}, [()] * count), [])[0]
        found = round_tables([table], base=base)
        shown = found.tables[0].count()
        assert shown is not None
        assert abs(shown - count) * 2 <= base
        assert (len(found.small) == 1) == (shown == 0 and count > 0)
        for each in found.ranges:
            assert each.most is not None
            alike = [n for n in range(1, 60) if (n + base // 2) // base * base == shown]
            assert (each.least, each.most) == (min(alike), max(alike))


def test_rounding_may_give_a_count_away_where_many_tables_are_read_together() -> None:
    # 3 of 3 parts of 1: all round to nought but are not; whole of 3 rounds to 5, so 3 to 7; the parts are 1 or 2 each.
    table = _counted(_universe({"part": 3}, [(n,) for n in range(3)]), ["part"])[0]
    left = {each.figure.where: (each.least, each.most) for each in round_tables([table]).ranges}
    assert left == {("0",): (1, 2), ("1",): (1, 2), ("2",): (1, 2), (ALL,): (3, 6)}


# beside every table there could be


def _every_two_by_two(most: int) -> dict[Where, npt.NDArray[np.int64]]:
    """The cells of every 2 x 2 table of counts to ``most``."""
    a, b, c, d = np.array(list(itertools.product(range(most + 1), repeat=4))).T
    return {
        ("0", "0"): a, ("0", "1"): b, ("0", ALL): a + b, ("1", "0"): c, ("1", "1"): d, ("1", ALL): c + d,
        (ALL, "0"): a + c, (ALL, "1"): b + d, (ALL, ALL): a + b + c + d,
    }  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=4, max_size=4), st.lists(st.booleans(), min_size=9, max_size=9))
def test_the_attack_is_exact(inner: list[int], hide: list[bool]) -> None:
    a, b, c, d = inner
    truth = _two_by_two(a, b, c, d)
    cells = {where: None if hide[n] else count for n, (where, count) in enumerate(truth.cells.items())}
    every = _every_two_by_two(13)
    agree = np.ones(14**4, dtype=bool)
    for where, count in cells.items():
        agree &= count is None or every[where] == count
    for each in attack([truth.model_copy(update={"cells": cells})]):
        values = every[each.figure.where][agree]
        assert each.least == values.min()
        # What is limited cannot be more than 12, the most that all can be together.
        assert each.most == (values.max() if values.max() <= 12 else None)


# families


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(1, 60),
    st.lists(st.sampled_from(["a", "b", "c", "ab", "bc", "ac", "abc", ""]), min_size=1, max_size=5, unique=True),
    st.tuples(st.integers(0, 2), st.integers(2, 7), st.integers(1, 8)),
)
def test_linked_tables_are_safe_whatever_the_children_and_the_rule(
    seed: int, children: int, families: list[str], widths: tuple[int, int, int]
) -> None:
    rule = DisclosureRule(low=widths[0], high=widths[1], spread=widths[2], seconds=0.5)
    sizes = {"a": 2, "b": 3, "c": 3}
    members = np.random.default_rng(seed).integers(0, list(sizes.values()), (children, 3)).tolist()
    tables = _counted(_universe(sizes, members), *families)
    found = protect(tables, rule)
    for before, after in zip(tables, found.tables, strict=True):
        for where, count in before.cells.items():
            assert after.cells[where] in (None, count)
            assert not (rule.small(count or 0) and after.cells[where] is not None)
    told = found.certificate
    assert told.hidden_figures == sum(len(_hidden(table)) for table in found.tables)
    assert told.small_figures <= told.at_least <= told.hidden_figures
    assert told.fewest == (told.at_least == told.hidden_figures)
    assert narrowed(attack(found.tables), tables, rule) == ()


SIZES = {"kind": 7, "age": 5, "band": 4, "district": 12, "outcome": 6, "sex": 2, "ethnic": 6, "disabled": 2}
FAMILY = [
    "kind age", "kind band", "kind district", "age band", "age district", "district outcome", "kind outcome",
    "kind age band", "kind age outcome", "age sex", "age ethnic", "ethnic outcome", "sex outcome", "disabled outcome",
    "kind sex", "kind ethnic", "disabled kind", "band outcome", "band district", "sex ethnic", "age outcome",
    "age sex outcome", "kind band outcome", "district", "",
]  # fmt: skip


def _county(children: int) -> list[CountTable]:
    draw = np.random.default_rng(22)
    columns = [draw.choice(size, children, p=draw.dirichlet(np.full(size, 1.5))) for size in SIZES.values()]
    return _counted(_universe(SIZES, np.array(columns).T.tolist()), *(each.split() for each in FAMILY))


def test_a_county_of_linked_tables_withstands_the_attack() -> None:
    tables = _county(900)
    found = protect(tables, DisclosureRule(seconds=4))
    told = found.certificate
    assert told.figures > 1500
    assert told.small_figures > 200
    assert told.checked
    assert found.tables[-1].count() == 900
    # Proved on the way: hardly fewer could be hidden.
    assert told.hidden_figures <= 1.15 * told.at_least
    ranges = attack(found.tables)
    assert len(ranges) == told.hidden_figures
    assert narrowed(ranges, tables, RULE) == ()
    # Hiding the small ones alone would have done no good.
    alone = [_small_hidden(table) for table in tables]
    assert len(narrowed(attack(alone), tables, RULE)) > 100


def _small_hidden(table: CountTable) -> CountTable:
    cells = {where: None if RULE.small(count or 0) else count for where, count in table.cells.items()}
    return table.model_copy(update={"cells": cells})
