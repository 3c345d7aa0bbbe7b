"""Adoption in the demo: the published year, recomputed from its CSV files with nothing of ours but the files."""

import csv
import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from statistics import mean

import pytest

DEMO = Path(str(files("placewell_data"))) / "demo"
OPENS, AS_AT = dt.date(2017, 3, 31), dt.date(2018, 3, 31)
MONTHS = [(2017, month) for month in range(4, 13)] + [(2018, month) for month in range(1, 4)]
ENDS = [dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1) for year, month in MONTHS]
Row = dict[str, str]

# As printed in the council's adoption summary for 2017/18.
CHILD_FLOWS = {
    "decided_on": (3, 4, 6, 2, 6, 2, 4, 11, 6, 5, 3, 1),
    "placement_order_on": (2, 1, 11, 0, 3, 2, 1, 5, 2, 11, 8, 0),
    "matched_on": (2, 3, 10, 6, 5, 0, 4, 1, 3, 3, 7, 6),
    "placed_on": (5, 3, 9, 9, 4, 3, 2, 3, 1, 4, 3, 7),
    "adopted_on": (4, 8, 8, 1, 6, 6, 5, 3, 5, 5, 3, 3),
    "reversed_on": (2, 0, 0, 2, 2, 1, 1, 0, 0, 0, 0, 4),
    "placement_ended_on": (0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0),
}
CHILD_STOCKS = {
    "order": (7, 10, 5, 6, 8, 7, 9, 15, 19, 13, 7, 6),
    "match": (33, 31, 32, 26, 24, 26, 23, 27, 26, 34, 36, 28),
    "placement": (4, 4, 5, 2, 3, 0, 2, 0, 2, 1, 5, 4),
    "adoption": (42, 37, 38, 45, 42, 39, 36, 36, 32, 31, 31, 35),
}
CHILD_TOTALS = (86, 82, 80, 79, 77, 72, 70, 78, 79, 79, 79, 73)
FAMILY_FLOWS = {
    "stage_1_start": (6, 8, 0, 10, 4, 4, 1, 6, 6, 6, 7, 7),
    "stage_1_end": (2, 6, 7, 5, 4, 2, 5, 0, 2, 5, 1, 0),
    "stage_2_start": (2, 2, 3, 5, 3, 3, 5, 4, 1, 2, 1, 3),
    "stage_2_end": (3, 6, 4, 4, 5, 2, 4, 5, 2, 4, 3, 7),
    "approved_on": (3, 6, 4, 4, 5, 2, 4, 5, 2, 4, 3, 7),
    "matched_on": (2, 5, 6, 5, 3, 3, 3, 2, 3, 3, 8, 5),
    "placed_on": (5, 5, 7, 6, 2, 3, 3, 3, 1, 4, 5, 6),
    "adopted_on": (3, 5, 3, 1, 5, 5, 6, 3, 1, 5, 3, 2),
    "left_on": (0, 2, 0, 1, 1, 4, 2, 3, 0, 0, 0, 1),
}
FAMILY_STOCKS = {
    "stage 1": (30, 32, 25, 29, 29, 30, 26, 29, 33, 34, 40, 47),
    "between": (0, 4, 8, 8, 9, 7, 7, 3, 4, 7, 7, 4),
    "stage 2": (19, 15, 14, 15, 13, 13, 14, 13, 12, 10, 9, 6),
    "approved": (30, 29, 27, 26, 27, 25, 24, 27, 26, 27, 22, 24),
    "matched": (3, 3, 2, 1, 2, 2, 2, 1, 3, 2, 5, 4),
    "placed": (28, 28, 32, 37, 34, 32, 29, 29, 29, 28, 30, 33),
}
FAMILY_TOTALS = (110, 111, 108, 116, 114, 109, 102, 102, 107, 108, 112, 116)


@cache
def sheet(name: str) -> list[Row]:
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


def happened(row: Row, column: str, by: dt.date) -> bool:
    return bool(row[column]) and day(row[column]) <= by


def first_of(row: Row, columns: Sequence[str]) -> dt.date:
    """The first of several days; far in the future if there is none."""
    return min((day(row[column]) for column in columns if row[column]), default=dt.date(2099, 1, 1))


@cache
def ours() -> list[Row]:
    return [row for row in sheet("adoption_children") if row["agency_id"] == "A01"]


@cache
def our_families() -> list[Row]:
    return [row for row in sheet("adopters") if row["agency_id"] == "A01"]


def flow(rows: list[Row], column: str) -> tuple[int, ...]:
    counts = Counter((day(row[column]).year, day(row[column]).month) for row in rows if row[column])
    return tuple(counts[month] for month in MONTHS)


def in_year(row: Row, column: str) -> bool:
    return happened(row, column, AS_AT) and not happened(row, column, OPENS)


def adopted() -> list[Row]:
    return [row for row in ours() if in_year(row, "adopted_on")]


def stock(rows: list[Row], start: str, stop: Sequence[str], on: dt.date) -> int:
    return sum(happened(row, start, on) and first_of(row, stop) > on for row in rows)


OVER = ("adopted_on", "reversed_on", "placement_ended_on")


def child_stocks(on: dt.date) -> dict[str, int]:
    return {
        "order": stock(ours(), "decided_on", ("placement_order_on", "placed_on", *OVER), on),
        "match": stock(ours(), "placement_order_on", ("matched_on", *OVER), on),
        "placement": stock(ours(), "matched_on", ("placed_on", *OVER), on),
        "adoption": stock(ours(), "placed_on", OVER, on),
    }


def family_stocks(on: dt.date) -> dict[str, int]:
    rows = our_families()
    return {
        "stage 1": stock(rows, "stage_1_start", ("stage_1_end", "left_on"), on),
        "between": stock(rows, "stage_1_end", ("stage_2_start", "left_on"), on),
        "stage 2": stock(rows, "stage_2_start", ("stage_2_end", "left_on"), on),
        "approved": stock(rows, "approved_on", ("matched_on", "left_on"), on),
        "matched": stock(rows, "matched_on", ("placed_on", "left_on"), on),
        "placed": stock(rows, "placed_on", ("adopted_on", "left_on"), on),
    }


# --- children -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", CHILD_FLOWS)
def test_children_month_by_month(column: str) -> None:
    assert flow(ours(), column) == CHILD_FLOWS[column]


def test_children_at_the_start_of_the_year() -> None:
    assert child_stocks(OPENS) == {"order": 7, "match": 34, "placement": 7, "adoption": 41}


@pytest.mark.parametrize("month", range(12))
def test_children_at_month_end(month: int) -> None:
    printed = {name: figures[month] for name, figures in CHILD_STOCKS.items()}
    if month == 10:
        # Eight placement orders were printed for February; the month-end figures are those of nine.
        assert (printed["order"], printed["match"]) == (7, 36)
        printed |= {"order": 8, "match": 35}
    assert child_stocks(ENDS[month]) == printed
    assert sum(printed.values()) == CHILD_TOTALS[month]


def test_a_step_follows_the_one_before() -> None:
    steps = ("decided_on", "placement_order_on", "matched_on", "placed_on", "adopted_on")
    for row in sheet("adoption_children"):
        days = [day(row[step]) for step in steps if row[step]]
        assert days == sorted(days), row["child_id"]
        assert max(days) <= AS_AT
        if row["placement_ended_on"]:
            assert day(row["placed_on"]) < day(row["reversed_on"]) < day(row["placement_ended_on"])


def test_reversals() -> None:
    reversed_ = [row for row in ours() if row["reversed_on"]]
    after_order = [row for row in reversed_ if row["placement_order_on"]]
    assert (len(reversed_), len(after_order)) == (12, 2)
    assert all(day(row["placement_order_on"]) < day(row["reversed_on"]) for row in after_order)
    assert all(row["reversal_reason"] for row in reversed_)
    ended = [row for row in ours() if row["placement_ended_on"]]
    assert len(ended) == 2
    assert all(row["reversed_on"] and not row["adopted_on"] for row in ended)


def test_early_permanence() -> None:
    early = [row for row in ours() if in_year(row, "placed_on") and row["early_permanence_on"]]
    assert len(early) == 6
    assert all(day(row["early_permanence_on"]) < day(row["placed_on"]) for row in early)
    dual = {row["family_id"]: row for row in sheet("adopters") if row["dual_approval"] == "Y"}
    for row in early:
        assert day(dual[row["family_id"]]["approved_on"]) < day(row["early_permanence_on"])


def test_timeliness_of_the_57_adopted() -> None:
    rows = adopted()
    entered = entries()
    assert len(rows) == 57
    to_home = [(day(row["placed_on"]) - entered[row["child_id"]]).days for row in rows]
    assert round(mean(to_home)) == 449
    assert sum(days < 426 for days in to_home) == 35
    searched = [
        max((day(row["matched_on"]) - day(row["placement_order_on"])).days, 0)
        for row in rows
        if row["placement_order_on"]
    ]
    assert len(searched) == 57
    assert round(mean(searched)) == 186
    assert sum((day(row["placed_on"]) - day(row["decided_on"])).days < 365 for row in rows) == 46


def test_adopted_by_their_foster_carers() -> None:
    rows = [row for row in adopted() if row["with_carer_since"]]
    assert len(rows) == 7
    assert all(row["carer_family_id"] == row["family_id"] for row in rows)
    assert all(day(row["with_carer_since"]) < day(row["placed_on"]) for row in rows)


# --- the return says the same -----------------------------------------------------------------------------------


@cache
def episodes() -> dict[str, list[Row]]:
    found: dict[tuple[str, str], Row] = {}
    for year in range(2014, 2019):
        for row in sheet(f"ssda903/{year}/episodes"):
            found[row["CHILD"], row["DECOM"]] = row
    by_child = defaultdict(list)
    for row in sorted(found.values(), key=lambda r: day(r["DECOM"])):
        by_child[row["CHILD"]].append(row)
    return by_child


@cache
def entries() -> dict[str, dt.date]:
    """When each child's latest time in care began, by the return."""
    # The first return shows those who were in care already without the day they came.
    starts = {child: [day(r["DECOM"]) for r in rows if r["RNE"] == "S"] for child, rows in episodes().items()}
    return {child: max(days, default=day(episodes()[child][0]["DECOM"])) for child, days in starts.items()}


def test_the_return_tells_the_same_days() -> None:
    ad1 = {row["CHILD"]: row for row in sheet("ssda903/2018/ad1")}
    plans = {row["CHILD"]: row for row in sheet("ssda903/2018/placed_for_adoption")}
    for row in ours():
        child = row["child_id"]
        own = [e for e in episodes()[child] if day(e["DECOM"]) >= entries()[child]]
        orders = [day(e["DECOM"]) for e in own if e["LS"] == "E1"]
        placed = [day(e["DECOM"]) for e in own if e["PLACE"] in ("A3", "A4", "A5", "A6")]
        assert min(orders, default=None) == (day(row["placement_order_on"]) if row["placement_order_on"] else None)
        assert min(placed, default=None) == (day(row["placed_on"]) if row["placed_on"] else None)
        assert plans[child]["DATE_PLACED"] == row["decided_on"]
        assert plans[child]["DATE_PLACED_CEASED"] == row["reversed_on"]
        assert plans[child]["REASON_PLACED_CEASED"] == row["reversal_reason"]
        if row["adopted_on"]:
            assert own[-1]["REC"] in ("E11", "E12")
            assert own[-1]["DEC"] == row["adopted_on"]
            assert ad1[child]["DATE_MATCH"] == row["matched_on"]
            assert ad1[child]["DATE_INT"] == row["decided_on"]
            assert ad1[child]["FOSTER_CARE"] == ("1" if row["with_carer_since"] else "0")
        else:
            assert child not in ad1
    assert {row["child_id"] for row in ours()} == plans.keys()


def test_early_permanence_is_in_the_episodes() -> None:
    for row in ours():
        starts = [day(e["DECOM"]) for e in episodes()[row["child_id"]] if e["PLACE"] in ("U2", "U5")]
        if row["early_permanence_on"]:
            assert min(starts) == day(row["early_permanence_on"])


def test_families_live_where_the_return_says() -> None:
    homes = {row["family_id"]: row["postcode"] for row in sheet("adopters")}
    for row in ours():
        if row["placed_on"]:
            there = next(e for e in episodes()[row["child_id"]] if e["DECOM"] == row["placed_on"])
            assert there["PL_POST"] == homes[row["family_id"]]


# --- families ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", FAMILY_FLOWS)
def test_families_month_by_month(column: str) -> None:
    printed = list(FAMILY_FLOWS[column])
    if column == "stage_2_start":
        # The month-end figures of stage 2 are those of one more start in February and one more in March.
        printed[10] += 1
        printed[11] += 1
    assert flow(our_families(), column) == tuple(printed)


@pytest.mark.parametrize("month", range(12))
def test_families_at_month_end(month: int) -> None:
    printed = {name: figures[month] for name, figures in FAMILY_STOCKS.items()}
    assert family_stocks(ENDS[month]) == printed
    out_by = {10: 1, 11: 2}.get(month, 0)
    assert sum(printed.values()) == FAMILY_TOTALS[month] + out_by


def test_a_stage_follows_the_one_before() -> None:
    steps = ("enquired_on", *FAMILY_FLOWS)
    for row in sheet("adopters"):
        days = [day(row[step]) for step in steps if row[step]]
        assert all(a <= b for a, b in pairwise(days)), row["family_id"]
        assert days[-1] <= AS_AT
        assert bool(row["left_on"]) == bool(row["left_reason"])


def test_approvals_of_the_year() -> None:
    approved = [row for row in our_families() if in_year(row, "approved_on")]
    assert len(approved) == 49
    assert sum(row["dual_approval"] == "Y" for row in approved) == 15


def test_placed_with_other_agencies_families() -> None:
    agency = {row["family_id"]: row["agency_id"] for row in sheet("adopters")}
    placed = [row for row in ours() if in_year(row, "placed_on")]
    assert len(placed) == 53
    assert sum(agency[row["family_id"]] != "A01" for row in placed) == 13


def test_our_families_who_took_others_children() -> None:
    paid = [row for row in sheet("adopters") if row["fee_received"]]
    assert len(paid) == 21
    assert sum(int(row["fee_received"]) for row in paid) == 346_145
    with_ours = {row["family_id"] for row in ours()}
    for row in paid:
        assert row["agency_id"] == "A01"
        assert in_year(row, "placed_on")
        assert row["family_id"] not in with_ours


def test_a_family_has_the_days_of_its_children() -> None:
    families = {row["family_id"]: row for row in sheet("adopters")}
    for row in ours():
        if row["family_id"]:
            for step in ("matched_on", "placed_on", "adopted_on", "placement_ended_on"):
                assert families[row["family_id"]][step] == row[step], row["child_id"]


# --- brothers and sisters ---------------------------------------------------------------------------------------


def test_sibling_assessments_of_the_year() -> None:
    mine = {row["child_id"] for row in ours()}
    groups = defaultdict(list)
    for row in sheet("adoption_siblings"):
        if row["child_id"] in mine and row["decided_on"] and OPENS < day(row["decided_on"]) <= AS_AT:
            assert row["decided_by"]
            groups[row["adoption_group_id"]].append(row)
    assert sorted(map(len, groups.values())) == [2, 2, 2, 2, 2, 7, 9]
    plans = {row["child_id"]: row for row in ours()}
    for rows in groups.values():
        matched = [day(plans[row["child_id"]]["matched_on"]) for row in rows if plans[row["child_id"]]["matched_on"]]
        assert day(rows[0]["decided_on"]) < min(matched)


def test_brothers_and_sisters_could_be() -> None:
    header = {row["CHILD"]: row for row in sheet("ssda903/2018/header")}
    groups = defaultdict(list)
    for row in sheet("adoption_siblings"):
        if row["child_id"] in header:
            groups[row["adoption_group_id"]].append(header[row["child_id"]])
    assert len(groups) > 12
    for rows in groups.values():
        born = sorted(day(row["DOB"]) for row in rows)
        assert all((b - a).days >= 270 for a, b in pairwise(born))
        assert len({row["ETHNIC"] for row in rows}) == 1


def test_units_move_together() -> None:
    plans = {row["child_id"]: row for row in sheet("adoption_children")}
    units = defaultdict(list)
    for row in sheet("adoption_siblings"):
        unit = row["unit"] if row["decision"] == "apart" else "all"
        if unit:
            units[row["adoption_group_id"], unit].append(plans[row["child_id"]])
    for rows in units.values():
        assert len(rows) > 1
        assert len({(row["family_id"], row["placed_on"]) for row in rows}) == 1


# --- what is known of those who wait ----------------------------------------------------------------------------


def waiting() -> list[Row]:
    return [row for row in ours() if row["placement_order_on"] and first_of(row, ("matched_on", *OVER)) > AS_AT]


def test_links() -> None:
    live = [row for row in sheet("adoption_links") if not row["ended_on"]]
    linked = {row["child_id"] for row in live if row["stage"] in ("linked", "panel_booked")}
    names = {row["child_id"] for row in waiting()}
    assert len(names) == 28
    assert len(linked & names) == 10
    matched = {row["child_id"] for row in ours() if row["matched_on"] and not row["placed_on"]}
    assert linked - names == matched
    ended = [row for row in sheet("adoption_links") if row["ended_on"]]
    assert len(ended) >= 10
    assert all(row["ended_by"] and row["reason"] and day(row["started_on"]) < day(row["ended_on"]) for row in ended)
    families = {row["family_id"]: row for row in sheet("adopters")}
    decided = {row["child_id"]: day(row["decided_on"]) for row in ours()}
    for row in sheet("adoption_links"):
        assert decided[row["child_id"]] < day(row["started_on"])
        assert happened(families[row["family_id"]], "approved_on", day(row["started_on"]))


def test_every_id_is_of_something() -> None:
    children = [row["child_id"] for row in sheet("adoption_children")]
    families = [row["family_id"] for row in sheet("adopters")]
    agencies = [row["agency_id"] for row in sheet("agencies")]
    for some in (children, families, agencies):
        assert len(set(some)) == len(some)
    assert {row["agency_id"] for name in ("adoption_children", "adopters") for row in sheet(name)} == set(agencies)
    links, siblings = sheet("adoption_links"), sheet("adoption_siblings")
    assert {row["child_id"] for row in (*links, *siblings)} <= set(children)
    named = {row["family_id"] for row in (*links, *sheet("adoption_children"))}
    named |= {row["carer_family_id"] for row in sheet("adoption_children")}
    assert named - {""} <= set(families)


def test_levels_and_answers_are_partly_unknown() -> None:
    questions = json.loads((DEMO.parent / "adoption" / "questions.json").read_text(encoding="utf-8"))["questions"]
    waits = [*waiting(), *(row for row in sheet("adoption_children") if row["born"])]
    levels = [row[f"q_{q['key']}"] for row in waits for q in questions]
    assert set(levels) == {"", "0", "1", "2", "3", "4"}
    assert 0.02 < levels.count("") / len(levels) < 0.2
    approved = [row for row in sheet("adopters") if row["approved_on"]]
    answers = [row[f"a_{q['key']}"] for row in approved for q in questions]
    assert 0.15 < answers.count("") / len(answers) < 0.25
    assert {"yes", "no", "discuss 1", "yes 1 discuss 2"} <= set(answers)


def test_the_region() -> None:
    partners = [row for row in sheet("adoption_children") if row["agency_id"] != "A01"]
    tiers = {row["agency_id"]: row["agency_tier"] for row in sheet("agencies")}
    assert len(partners) == 25
    assert {tiers[row["agency_id"]] for row in partners} == {"partner"}
    others = [row for row in sheet("adopters") if row["agency_id"] != "A01"]
    free = [row for row in others if first_of(row, ("matched_on", "placed_on", "left_on")) > AS_AT]
    assert len(free) == 60
    assert {tiers[row["agency_id"]] for row in free} == {"partner", "other_authority", "voluntary"}
