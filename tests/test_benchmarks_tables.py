"""What the scoring benchmark says about its figures: the limit, what was asked, tables."""

from typing import Any

import numpy as np
import pytest

from benchmarks.scoring.asked import asked_of
from benchmarks.scoring.contenders import CONTENDERS, EVERY_PAIR, OURS, TUNED
from benchmarks.scoring.instances import Size, draw
from benchmarks.scoring.limit import COST_OPS, RULE_OPS, WEIGHT_OPS, Limit, priced_share
from benchmarks.scoring.tables import markdown, show
from matcher.scoring import score_pairs


def limited(priced: float) -> Limit:
    return Limit(
        needs=1e9, distances=1e8, int_ops=1e10, bytes_read=76e9, needs_a_pair=10, high_needs_a_pair=2,
        weights_a_pair=4, distances_a_pair=2, priced=priced,
    )  # fmt: skip


def part(size: str, variant: str, **times_slower: float) -> dict[str, Any]:
    """A made-up instance; everybody took a second, or as many times as long as said."""
    slower = dict.fromkeys(CONTENDERS, 100.0) | {OURS: 1.0, EVERY_PAIR: 2.0} | times_slower
    limit = {
        "seconds_a_pair": {"needs": 3e-9, "distances": 1e-9, "everything_else": 1e-9},
        "pairs_a_second": 2e8,
        "priced": 0.75,
    }
    return {
        "size": size,
        "variant": variant,
        "children": 1_000,
        "homes": 2_000,
        "k": 5,
        "share_of_pairs_allowed": 0.5,
        "other_searches": [{"search": "some", "seconds": 1.25, "pairs": 1_234}],
        "limit": limit if variant == "open" else None,
        "contenders": [contender(name, times) for name, times in slower.items()],
    }


def contender(name: str, times: float) -> dict[str, Any]:
    return {
        "contender": name,
        "times_slower": times,
        "times_the_cpu": times,
        "pairs_a_second": 1.5e8 / times,
        "pairs": 2_000_000,
        "preparing": 0.25,
        "seconds": times,
        "cpu_seconds": times / 25,
        "children": 1_000,
        "megabytes": 2_100,
        "same": None,
        "skipped": 0.875,
    }


def found(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"machine": {"processor": "a processor", "cores": 2, "busy_before": 0.5}, "instances": list(parts)}


def test_the_limit_adds_up_what_each_sort_of_work_takes() -> None:
    taken = limited(priced=0.5).seconds_a_pair
    assert taken["needs"] == pytest.approx((2 + 0.5 * 10) / 1e9)
    assert taken["distances"] == pytest.approx(0.5 * 2 / 1e8)
    assert taken["everything_else"] == pytest.approx((RULE_OPS + 0.5 * (COST_OPS + 4 * WEIGHT_OPS)) / 1e10)
    assert limited(priced=0.5).pairs_a_second == pytest.approx(1 / sum(taken.values()))
    assert limited(priced=1).pairs_a_second < limited(priced=0.5).pairs_a_second
    assert limited(priced=1).pairs_a_second_read == pytest.approx(1e9)


def test_pairs_are_priced_where_the_child_may_have_some_home_of_the_block() -> None:
    encoded = draw(Size("county", 30, 600, 5), "as drawn")
    allowed = score_pairs(encoded)[1] == 0
    blocks = encoded.laid.lanes.block["column"].tolist()
    some = [any(allowed[i, j] for j in block if j >= 0) for i in range(30) for block in blocks]
    assert priced_share(encoded) == pytest.approx(np.mean(some))


def test_what_was_asked_is_met_or_said_not_to_be() -> None:
    rows = asked_of(
        [part("region", "as drawn", **{TUNED: 2.5}), part("region", "open"), part("england", "as drawn")], 2
    )
    assert [(reached, met) for _, _, reached, met in rows] == [
        ("100.0", "yes"),
        ("2.5", "NO"),
        ("75", "NO"),
        ("50", "NO"),
        ("25%", "NO"),
        ("1.2", "yes"),
        ("1.2", "yes"),
        ("2,100", "NO"),
    ]
    assert asked_of([part("county", "open")], 2) == []


def test_tables_fit_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    wide = {"pandas apply": 123_456.0}
    show(found(*(part("england", variant, **wide) for variant in ("as drawn", "open", "dense", "sparse"))))
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert not [line for line in lines if "\u2026" in line]


def test_markdown_has_the_same_figures() -> None:
    lines = markdown(found(part("region", "as drawn"), part("region", "open"))).splitlines()
    assert "| placewell, every pair | 2.0 | 2.0 | 75 | 0.25 | 2.0 | 1,000 | 2,100 | - |" in lines
    assert "| Region, open | 2.0 | 87.5% | 1.0 | 2.0 | 50% |" in lines
    assert "| Region, open | 38% | 25% | 75 | 200 | 60% | 20% | 20% | 75% |" in lines
    assert "| Region, as drawn | some | 1.2 | 1,234 |" in lines
