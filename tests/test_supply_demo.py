"""The demo's applications and homes that came and went: Ofsted's counts of 2017/18, and nothing that cannot be."""

import csv
import datetime as dt
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path

DEMO = Path(str(files("placewell_data"))) / "demo"
YEAR_START, AS_AT = dt.date(2017, 4, 1), dt.date(2018, 3, 31)


@cache
def table(name: str) -> list[dict[str, str]]:
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


def in_year(text: str) -> bool:
    return bool(text) and YEAR_START <= day(text) <= AS_AT


def test_applications_of_the_year_are_ofsteds() -> None:
    fostering = [row for row in table("approvals") if row["kind"] == "foster"]
    ended = Counter(row["outcome"] for row in fostering if in_year(row["outcome_on"]))
    assert ended == {"approved": 25, "withdrawn_by_applicant": 20, "ended_by_service": 15}
    going_on = [row for row in fostering if not row["outcome"]]
    assert len(going_on) == 15 and all(row["postcode"] for row in going_on)
    addresses = {row["postcode"] for row in table("homes")}
    assert not addresses & {row["postcode"] for row in going_on}


def test_households_that_closed_in_the_year_are_ofsteds() -> None:
    households = [row for row in table("home_history") if row["kind"] != "residential"]
    closed = Counter(row["why_closed"] for row in households if in_year(row["closed"]))
    assert closed == {"by_carer": 85, "by_service": 20}
    assert sum(in_year(row["opened"]) for row in households if row["kind"] == "foster") == 25
    assert sum(in_year(row["opened"]) for row in households if row["kind"] == "connected_person") == 20


def test_every_home_of_the_councils_own_is_on_the_list_and_nobody_lived_there_before_it_opened() -> None:
    open_now = {row["home_id"]: row for row in table("home_history") if not row["closed"]}
    own = {row["home_id"] for row in table("homes") if row["sector"] == "in_house"}
    assert open_now.keys() == own
    for row in table("placements"):
        listed = open_now.get(row["home_id"])
        if listed and listed["opened"]:
            assert day(listed["opened"]) <= day(row["started"])


def test_approvals_are_the_openings_of_mainstream_households() -> None:
    approved = Counter(row["outcome_on"] for row in table("approvals") if row["outcome"] == "approved")
    opened = Counter(row["opened"] for row in table("home_history") if row["kind"] == "foster" and row["opened"])
    assert approved == opened
