"""Records written as sheets and read back are the same records; typed rows are the same rows."""

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from matcher.intake.archive import SourceFile
from matcher.intake.case import read_case
from matcher.intake.columns import Column, Kind, Sheet
from matcher.intake.findings import Log
from matcher.intake.postcodes import locate
from matcher.intake.sheet_rows import read_sheet
from matcher.intake.sheets import sheets
from matcher.intake.tables import read_tables
from matcher.intake.write import CellValue, write_sheet
from models import vocabulary as v
from models.child import Child, Circumstances, PlaceToAvoid, SiblingGroup, Visit, Wishes
from models.geography import Location
from models.home import Home, Resident, Terms
from models.needs import NeedsProfile, Skills, default_framework
from models.referral import Referral
from tests.make_files import serious
from tests.record_rows import (
    circumstances_row,
    home_row,
    location_rows,
    needs_row,
    referral_row,
    resident_row,
    sibling_rows,
)

FRAMEWORK = default_framework()
SHEETS = sheets(FRAMEWORK)
AS_AT = dt.date(2018, 3, 31)
POSTCODES = ("SG13 8DQ", "AL1 3JE", "WD17 3EX", "SG1 1XX", "N1 9GU")
CHILDREN, HOMES = ("C1", "C2", "C3"), ("H1", "H2")
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]  # shrinking whole cases takes minutes
PLAIN = settings(max_examples=10, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow])


@cache
def places() -> tuple[Location, ...]:
    return tuple(place for place in locate(POSTCODES) if place is not None)


PLACES = st.sampled_from(range(len(POSTCODES))).map(lambda index: places()[index])
VISITS = st.builds(Visit, location=PLACES, visits_a_week=st.integers(0, 14))
PLACES_TO_AVOID = st.builds(PlaceToAvoid, location=PLACES, within_miles=st.integers(0, 400))
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31))
HOSTILE = st.sampled_from(["=1+1", "@SUM(A1)", "<script>", 'said "no", left', "Zoë 你好", "'", "- a -", "00123", "1e5"])
TEXTS = HOSTILE | st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=";"), min_size=1, max_size=8)
LEVELS = st.integers(0, 4)
NEEDS = st.dictionaries(st.sampled_from([need.key for need in FRAMEWORK.needs]), LEVELS, max_size=4)
DOMAINS = st.dictionaries(st.sampled_from([domain.key for domain in FRAMEWORK.domains]), LEVELS, max_size=2)
TAGS = st.lists(st.sampled_from([tag.key for tag in FRAMEWORK.tags]), unique=True, max_size=2).map(tuple)
KINDS = st.lists(st.sampled_from(v.CARE_KINDS), unique=True, max_size=2).map(tuple)
HOMES_NAMED = st.lists(st.sampled_from(HOMES), unique=True, max_size=2).map(tuple)


def some(words: type[v.Feature] | type[v.Access] | type[v.Pet] | type[v.Risk]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(words), max_size=3)


@st.composite
def homes(draw: st.DrawFn, name: str) -> Home:
    ages = sorted((draw(st.integers(0, 25)), draw(st.integers(0, 25))))
    kind = draw(st.sampled_from([kind for kind in v.CARE_KINDS if kind is not v.HomeKind.CONNECTED]))
    plan: dict[str, object] = {
        "id": name,
        "provider_id": "P1",
        "kind": kind,
        "sector": draw(st.sampled_from(v.Sector)),
        "location": draw(PLACES),
        "terms": Terms(
            places=draw(st.integers(0, 6)),
            sibling_places=draw(st.none() | st.integers(6, 8)),
            age_from=ages[0],
            age_to=ages[1],
            sexes=draw(st.frozensets(st.sampled_from(v.Sex), min_size=1)),
            exempt_children=draw(st.frozensets(st.sampled_from(CHILDREN))),
        ),
        "bedrooms": draw(st.integers(2, 4)),
        "double_bedrooms": draw(st.integers(0, 2)),
        "fee_pence": draw(st.integers(50_000, 500_000)),
        "marginal_fee_pence": draw(st.integers(0, 50_000)),
        "urn": draw(st.none() | TEXTS),
        "named": draw(st.booleans()),
        "contract": draw(st.sampled_from(v.Contract)),
        "connected_children": draw(st.frozensets(st.sampled_from(CHILDREN))),
        "training": draw(st.sampled_from(v.Training)),
        "skills": Skills(levels=draw(NEEDS), domain_levels=draw(DOMAINS), tags=draw(TAGS)),
        "features": draw(some(v.Feature)),
        "access": draw(some(v.Access)),
        "languages": draw(st.frozensets(TEXTS, max_size=2)),
        "faiths": draw(st.frozensets(TEXTS, max_size=2)),
        "pets": draw(st.none() | some(v.Pet)),
        "smoking": draw(st.none() | st.booleans()),
        "maximum_age_gap": draw(st.none() | st.integers(0, 8)),
        "grade": draw(st.sampled_from(v.Grade)),
        "registered": draw(st.booleans()),
        "suspended": draw(st.booleans()),
        "closes_on": draw(st.none() | DAYS),
        "available_from": draw(st.none() | DAYS),
        "not_available_places": 0,
        "not_available_reason": draw(st.none() | st.sampled_from(v.NotAvailable)),
    }
    return Home.model_validate(plan)


@st.composite
def circumstances(draw: st.DrawFn) -> Circumstances:
    return Circumstances.model_validate(
        {
            "disabled": draw(st.none() | st.booleans()),
            "religion": draw(st.none() | TEXTS),
            "languages": draw(st.lists(TEXTS, unique=True, max_size=3).map(tuple)),
            "ehcp": draw(st.none() | st.booleans()),
            "school": draw(st.none() | PLACES),
            "family_time": draw(st.lists(VISITS, max_size=2, unique=True).map(tuple)),
            "avoid": draw(st.lists(PLACES_TO_AVOID, max_size=2, unique=True).map(tuple)),
            "access": draw(some(v.Access)),
            "allergies": draw(some(v.Pet)),
            "pets": draw(st.none() | st.sampled_from(v.PetsWish)),
            "smoke_free": draw(st.booleans()),
            "solo": draw(st.none() | st.sampled_from(v.Solo)),
            "alongside": draw(st.none() | st.sampled_from(v.Alongside)),
            "risks_to_others": draw(some(v.Risk)),
            "risks_from_others": draw(some(v.Risk)),
            "features": draw(some(v.Feature)),
            "secure_order_until": draw(st.none() | DAYS),
            "secretary_of_state_approval": draw(st.booleans()),
            "wishes": Wishes(
                kinds=draw(KINDS),
                homes_wanted=draw(HOMES_NAMED),
                homes_not_wanted=draw(HOMES_NAMED),
                away_from_home_area=draw(st.booleans()),
                own_words=draw(st.none() | TEXTS),
            ),
        }
    )


@st.composite
def children(draw: st.DrawFn, name: str) -> Child:
    levels, domains, tags = draw(NEEDS), draw(DOMAINS), draw(TAGS)
    profile = NeedsProfile(
        child_id=name,
        assessed_on=draw(st.none() | st.dates(dt.date(2010, 1, 1), AS_AT)),
        assessor=draw(st.none() | TEXTS),
        confidence=draw(st.none() | st.sampled_from(["low", "medium", "high"])),
        levels=levels,
        domain_levels=domains,
        tags=tags,
        strengths=draw(st.none() | TEXTS),
    )
    return Child(
        id=name,
        sex=draw(st.sampled_from(v.Sex)),
        born=draw(st.dates(dt.date(2000, 4, 1), AS_AT)),
        ethnicity=draw(st.none() | st.sampled_from(["WBRI", "BAFR"])),
        uasc=draw(st.booleans()),
        legal_status=draw(st.none() | st.sampled_from(["C2", "V2"])),
        home=draw(st.none() | PLACES),
        circumstances=draw(circumstances()),
        profile=profile if levels or domains or tags else None,
    )


@st.composite
def referrals(draw: st.DrawFn, name: str) -> Referral:
    days = sorted((draw(st.dates(dt.date(2018, 1, 1), AS_AT)), draw(st.dates(dt.date(2018, 1, 1), AS_AT))))
    kinds = draw(st.permutations(list(v.CARE_KINDS)))
    return Referral(
        id=f"R-{name}",
        child_id=name,
        received=days[0],
        needed_by=days[1],
        urgency=draw(st.sampled_from(v.Urgency)),
        reason=draw(st.sampled_from(v.ReferralReason)),
        preferred_kinds=tuple(kinds[:2]),
        suitable_kinds=tuple(kinds[2 : draw(st.integers(2, 4))]),
        unsuitable_kinds=tuple(kinds[4 : draw(st.integers(4, 6))]),
    )


@st.composite
def residents(draw: st.DrawFn, name: str) -> Resident:
    kinds = [kind for kind in v.ResidentKind if kind is not v.ResidentKind.OWN_CHILD_SET_ASIDE]
    return Resident(
        id=name,
        home_id=draw(st.sampled_from(HOMES)),
        kind=draw(st.sampled_from(kinds)),
        born=draw(st.none() | DAYS),
        sex=draw(st.sampled_from(v.Sex)),
        risks_to_others=frozenset(map(v.Risk, draw(some(v.Risk)))),
        risks_from_others=frozenset(map(v.Risk, draw(some(v.Risk)))),
        until=draw(st.none() | st.dates(AS_AT, dt.date(2030, 1, 1))),
    )


@st.composite
def groups(draw: st.DrawFn) -> SiblingGroup:
    decision = draw(st.sampled_from(v.SiblingDecision))
    units = draw(st.sampled_from([(CHILDREN,), (CHILDREN[:2],), (CHILDREN[1:],)]))
    return SiblingGroup(
        id="G1",
        children=CHILDREN,
        decision=decision,
        units=() if decision is v.SiblingDecision.APART and draw(st.booleans()) else units,
        decided_on=draw(st.none() | DAYS),
        decided_by=draw(st.none() | TEXTS),
    )


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@PLAIN
@given(data=st.data())
def test_records_written_as_sheets_are_read_back_as_they_were(suffix: str, data: st.DataObject) -> None:
    made_homes = [data.draw(homes(name)) for name in HOMES]
    made_children = [data.draw(children(name)) for name in CHILDREN]
    made_referrals = [data.draw(referrals(name)) for name in CHILDREN]
    made_residents = [data.draw(residents(name)) for name in ("X1", "X2")]
    group = data.draw(groups())
    rows: dict[str, list[dict[str, CellValue]]] = {
        "homes": [home_row(home) for home in made_homes],
        "children": [{"child_id": child.id} | circumstances_row(child.circumstances) for child in made_children],
        "locations": [row for child in made_children for row in location_rows(child)],
        "needs": [needs_row(child.profile) for child in made_children if child.profile],
        "referrals": [referral_row(r, child) for r, child in zip(made_referrals, made_children, strict=True)],
        "residents": [resident_row(resident) for resident in made_residents],
        "siblings": list(sibling_rows(group)),
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "case.toml").write_text('authority = "E10000015"\nas_at = 2018-03-31\n')
        for sheet, written in rows.items():
            write_sheet(folder / f"{sheet}{suffix}", SHEETS[sheet], written)
        reading = read_case(folder)
    case = reading.case
    assert case is not None
    assert list(case.homes) == made_homes
    assert list(case.children) == made_children
    assert list(case.referrals) == made_referrals
    assert list(case.residents) == made_residents
    assert [g.model_dump() for g in case.sibling_groups] == [group.model_dump()]
    assert {f.code for f in serious(reading)} <= {"home-overfull"}


def values(column: Column) -> st.SearchStrategy[CellValue]:
    """Any value the column may hold."""
    strategies: dict[Kind, st.SearchStrategy[CellValue]] = {
        Kind.ID: st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True),
        Kind.TEXT: TEXTS,
        Kind.TEXTS: st.lists(TEXTS, min_size=1, max_size=3, unique=True).map(tuple),
        Kind.DATE: st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)),
        Kind.YES_NO: st.booleans(),
        Kind.INTEGER: st.integers(0, column.most or 1000),
        Kind.LEVEL: LEVELS,
        Kind.MONEY: st.integers(0, 100_000_000),
        Kind.AMOUNT: st.integers(0, 1_000_000_000_000),
        Kind.HUNDREDTHS: st.integers(-999_999_999, 999_999_999),
        Kind.POSTCODE: st.sampled_from(POSTCODES),
        Kind.ANSWER: st.sampled_from([f"{yes} {discuss}" for yes in range(5) for discuss in range(yes, 5)]),
        Kind.CODE: st.sampled_from(column.allowed or ("",)).map(str),
        Kind.CODES: st.lists(st.sampled_from(column.allowed or ("",)), min_size=1, max_size=3, unique=True).map(
            lambda words: tuple(map(str, words))
        ),
    }
    return strategies[column.kind]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("name", list(SHEETS))
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_every_column_of_every_sheet_is_read_as_it_was_written(suffix: str, name: str, data: st.DataObject) -> None:
    sheet: Sheet = SHEETS[name]
    needed = {column.name: values(column) for column in sheet.columns if column.required}
    others = {column.name: values(column) for column in sheet.columns if not column.required}
    row: dict[str, CellValue] = data.draw(st.fixed_dictionaries(needed, optional=others))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        write_sheet(path, sheet, [row])
        source = SourceFile(path.name, path.read_bytes())
    log = Log()
    read = read_sheet(read_tables([source], SHEETS, log).of_sheet(name), log)
    assert [dict(found.values) for found in read] == [row]
    assert log.findings == []


def test_a_row_with_a_column_the_sheet_has_not_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no column colour"):
        write_sheet(tmp_path / "x.csv", SHEETS["offers"], [{"colour": "red"}])
    with pytest.raises(ValueError, match="written as"):
        write_sheet(tmp_path / "x.pdf", SHEETS["offers"], [])


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for suffix in (".csv", ".xlsx"):
        for name in ("a", "b"):
            write_sheet(tmp_path / f"{name}{suffix}", SHEETS["offers"], [{"home_id": "H1"}])
        assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()
