"""``placewell adopters``: what it prints, what it writes, its JSON, and what it says where it cannot answer."""

import datetime as dt
import json
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner, Result

import matcher.cli.reading
from matcher.cli import app
from matcher.cli.adopters_answers import adoption_of_demo
from matcher.services.adoption.pool_case import pool_case
from matcher.services.adoption.screening import Screened, families_for, screen
from models.adoption import Answer, Criteria, FamilyDates, Link, LinkStage, PlanDates
from models.case import Case
from models.child import SiblingGroup
from models.vocabulary import SiblingDecision
from tests.make_pool import as_case, family, plan_child

MATCHED = PlanDates(decided_on=dt.date(2017, 8, 1), matched_on=dt.date(2018, 2, 1))


def a_pool() -> Case:
    """A girl alone and a pair: F1 said yes to all, F2 less, F3 no to alcohol, F4 takes two, F5 has left."""
    known = {"prenatal_alcohol": 3, "unknown_father": 0}
    pair = [plan_child(name, background=known, ethnicity="BCRB", heritage=("Zandrian",)) for name in ("P1", "P2")]
    yes, some = Answer(yes=4, discuss=4), Answer(yes=1, discuss=3)
    families = (
        family("F1", criteria=Criteria(answers={"prenatal_alcohol": yes}), agency_id="voluntary"),
        family("F2", criteria=Criteria(answers={"prenatal_alcohol": some})),
        family("F3", criteria=Criteria(answers={"prenatal_alcohol": Answer(yes=0, discuss=0)})),
        family("F4", criteria=Criteria(number=2, hoped_number=1, answers={"prenatal_alcohol": some})),
        family("F5", dates=FamilyDates(approved_on=dt.date(2017, 1, 1), left_on=dt.date(2018, 1, 2))),
    )
    group = SiblingGroup(
        id="S", children=("P1", "P2"), decision=SiblingDecision.TOGETHER, decided_on=dt.date(2017, 9, 1),
        decided_by="Team manager",
    )  # fmt: skip
    children = (plan_child("C1", background=known), *pair, plan_child("M1", dates=MATCHED))
    links = (Link(family_id="F2", child_id="C1", started_on=dt.date(2018, 3, 1)),)
    return as_case(children, families, (group,), links)


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "herts"
    folder.mkdir()
    monkeypatch.setattr(matcher.cli.reading, "usable", lambda _case: a_pool())
    monkeypatch.setattr("getpass.getuser", lambda: "ann")
    return folder


@pytest.fixture
def screened() -> Screened:
    return screen(pool_case(a_pool()))


def run(*words: str | Path) -> Result:
    runner = CliRunner(env={"COLUMNS": "160"})
    return runner.invoke(app, ["adopters", *(str(word) for word in words)], catch_exceptions=False)


def test_a_childs_list_says_stretch_plainly_and_why_a_family_is_left_out(case: Path) -> None:
    done = run(case, "--child", "C1")
    assert done.exit_code == 0
    said = " ".join(done.output.split())
    assert "3 of 4 families are eligible: 1 within what they said, 2 with a stretch beyond it." in said
    assert "Alcohol before birth: level 3, they said yes up to 1" in said
    assert "what the family said no to: Alcohol before birth (level 3, no beyond 0)" in said
    assert "C1 and family F2: being considered, since 1 March 2018." in said
    assert "A list to read, not a winner" in said
    assert "Nobody has looked yet, as far as is on record: partner agencies' families (136 days)" in said
    assert "Family finding for child C1, 31/03/2018" in said
    assert "voluntary £39,245" in said


def test_no_wider_search_is_due_while_a_panel_is_booked(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = a_pool().adoption
    booked = [link.model_copy(update={"stage": LinkStage.PANEL_BOOKED}) for link in pool.links]
    found = as_case(pool.children, pool.families, pool.sibling_groups, booked)
    monkeypatch.setattr(matcher.cli.reading, "usable", lambda _case: found)
    said = " ".join(run(case, "--child", "C1").output.split())
    assert "A panel is booked: no wider search is due meanwhile." in said
    assert "A note to a manager" not in said
    assert "C1" not in " ".join(run(case).output.split()).partition("Our children who wait")[0]


def test_another_agencys_search_has_dates_of_its_own(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = a_pool().adoption
    theirs = [child.model_copy(update={"agency_id": "partner"}) for child in pool.children]
    found = as_case(theirs, pool.families, pool.sibling_groups, pool.links)
    monkeypatch.setattr(matcher.cli.reading, "usable", lambda _case: found)
    said = " ".join(run(case, "--child", "C1").output.split())
    assert "Looked for by Agency partner, which keeps its own dates." in said
    assert "A note to a manager" not in said
    everybody = " ".join(run(case).output.split())
    assert "0 of our children wait for a family; 3 of other agencies do" in everybody
    assert "Other agencies' children who wait" in everybody


def test_brothers_and_sisters_are_looked_for_together_with_who_decided_it(case: Path) -> None:
    said = " ".join(run(case, "--child", "P2").output.split())
    assert "Families for P1 and P2" in said
    assert "to be placed together on 1 September 2017 by Team manager" in said
    assert "1 of 4 families are eligible: 0 within what they said, 1 with a stretch" in said


def test_ethnicity_is_never_printed_and_heritage_is_never_a_reason_to_wait(case: Path) -> None:
    said = run(case, "--child", "P1").output
    assert "BCRB" not in said
    assert "To be supported, never a reason to wait: Zandrian." in " ".join(said.split())


def test_json_is_the_records(case: Path, screened: Screened) -> None:
    found = json.loads(run(case, "--child", "C1", "--top", "2", "--json").stdout)
    assert found.pop("views") == []
    assert found == families_for(screened, "C1", top=2).model_dump(mode="json")
    assert json.loads(run(case, "--family", "F4", "--json").stdout)["units_considered"] == 2
    links = json.loads(run(case, "--pool", "--json").stdout)["links"]
    assert links["children_linked"] == 3
    assert links["objective_pence"] == links["bound_pence"]
    everybody = json.loads(run(case, "--json").stdout)
    assert [clock["child_id"] for clock in everybody["clocks"]] == ["C1", "P1", "P2"]
    assert {each["child_id"] for each in everybody["due"]} == {"C1", "P1", "P2"}
    assert everybody["waiting"] == [
        {"children": ["C1"], "eligible": 3, "with_a_stretch": 2},
        {"children": ["P1", "P2"], "eligible": 1, "with_a_stretch": 1},
    ]


def test_a_familys_list_has_its_place_in_theirs(case: Path) -> None:
    said = " ".join(run(case, "--family", "F4").output.split())
    assert "Eligible for 2 of 2 children or groups: 0 within what they said, 2 with a stretch beyond it." in said
    assert "up to 2 children, girls or boys, aged 0 to 18" in said
    assert "Hopes for: one child" in said


def test_the_pool_says_what_is_proved_and_whose_list_it_is_beside(case: Path) -> None:
    said = " ".join(run(case, "--pool").output.split())
    assert "3 of 3 children who wait have a proposed link" in said
    assert "Proved: no lawful set of links gives more children a family" in said
    assert "1 of 1" in said
    assert "every child who waits has a proposed link" in said


def test_the_pool_says_whether_heritage_cost_anybody_a_link(case: Path) -> None:
    said = " ".join(run(case, "--pool").output.split())
    assert "No child is left without a link because of them." in said
    assert "Waiting for a family: days since the decision" in said
    record = json.loads(run(case, "--pool", "--json").stdout)
    assert set(record) == {"links", "recruitment", "heritage_audit", "equality"}
    assert record["heritage_audit"]["held_back"] == []


def test_the_pool_says_in_words_whom_to_recruit(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = a_pool()
    few = [each for each in found.adoption.families if each.id != "F4"]
    pool = found.adoption
    lacking = as_case(pool.children, few, pool.sibling_groups, pool.links)
    monkeypatch.setattr(matcher.cli.reading, "usable", lambda _case: lacking)
    said = " ".join(run(case, "--pool").output.split())
    assert "1 of 3 children who wait have a proposed link" in said
    assert "no family is eligible" in said or "none is eligible" in said
    assert "One family for two brothers or sisters aged" in said
    assert "would give 2 children a link." in said


def test_links_weighed_by_how_likely_a_yes_is_say_so(case: Path) -> None:
    said = " ".join(run(case, "--pool", "--likely").output.split())
    assert "3 of 3 children who wait have a proposed link" in said
    assert "more children a family on average" in said
    assert "by assumptions a council can replace" in said


def test_an_event_names_whom_to_invite_and_whom_children_would_meet(case: Path, tmp_path: Path) -> None:
    said = " ".join(run(case, "--events", "2", "--out", tmp_path).output.split())
    assert "2 families to invite, for 2 seats" in said
    assert "1 children would meet at least 2 eligible families" in said
    assert "Proved: no other choice of as many families" in said
    assert (tmp_path / "matching-event.xlsx").exists()
    found = json.loads(run(case, "--events", "2", "--json").stdout)
    assert found["children"] == ["C1"]
    assert len(found["families"]) == found["meetings"] - found["families"].count("F4") == 2


def test_the_overview_says_who_waits_and_what_is_under_way(case: Path) -> None:
    said = " ".join(run(case).output.split())
    assert "3 of our children wait for a family; 0 of other agencies do" in said
    assert "being considered (F2)" in said
    assert "P1 and P2 our own families, partner agencies' families and families of every agency" in said
    assert "tell a manager" in said
    assert "M1" not in said


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--child", "C9"), "no child C9 with a plan for adoption in this case. Did you mean C1?"),
        (("--child", "M1"), "does not wait for a family on 31 March 2018: matched on 1 February 2018"),
        (("--family", "F99"), "no family F99 in this pool"),
        (("--family", "F5"), "not open to children on 31 March 2018: they left on 2 January 2018"),
        (("--child", "C1", "--pool"), "Ask for one thing at a time: --child or --pool"),
        (("--blind",), "give --child ID too"),
        (("--likely",), "give --pool too"),
        (("--events", "3", "--pool"), "Ask for one thing at a time: --pool or --events"),
        (("--child", "C1", "--blind", "--view", "F1=yes"), "Look with --blind first"),
        (("--child", "C1", "--view", "F1"), "is not of the form"),
        (("--child", "C1", "--view", "F77=yes"), "no family F77 in this pool"),
    ],
)
def test_what_cannot_be_answered_ends_with_2_and_says_why(case: Path, words: tuple[str, ...], message: str) -> None:
    done = run(case, *words)
    assert done.exit_code == 2
    assert message in " ".join(done.output.split())


def test_a_case_without_a_pool_says_which_sheets_to_fill_in(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher.cli.reading, "usable", lambda _case: as_case())
    done = run(case)
    assert done.exit_code == 2
    assert "adoption_children and adopters" in done.output


def test_a_blind_list_has_no_score_no_order_and_no_stretch(case: Path) -> None:
    done = run(case, "--child", "C1", "--blind")
    assert "£" not in done.output
    assert "they said yes up to" not in done.output
    families = [line.split()[0] for line in done.output.splitlines() if line.startswith("F") and line[1:2].isdigit()]
    assert families == ["F1", "F2", "F4"]


def test_a_view_given_before_the_score_stands_beside_it_afterwards(case: Path) -> None:
    file = case.parent / "herts-views.csv"
    assert not file.exists()
    run(case, "--child", "C1", "--blind")
    recorded = run(case, "--child", "C1", "--view", "F1=no:far from school", "--view", "F2=yes")
    assert "2 recorded in" in recorded.output
    after = " ".join(run(case, "--child", "C1").output.split())
    assert "far from school" in after
    assert "before scores" in after
    assert "after scores" not in after
    late = run(case, "--child", "C1", "--view", "F4=maybe:ask")
    assert late.exit_code == 0
    views = json.loads(run(case, "--child", "C1", "--json").stdout)["views"]
    assert [(view["family_id"], view["user"], view["when"]) for view in views] == [
        ("F1", "ann", "before scores"), ("F2", "ann", "before scores"), ("F4", "ann", "after scores"),
    ]  # fmt: skip
    assert "2018" not in file.read_text(encoding="utf-8")  # when it was said, not the day of the case


def test_no_view_is_kept_if_one_of_them_is_wrong(case: Path) -> None:
    assert run(case, "--child", "C1", "--view", "F1=yes", "--view", "F2=no").exit_code == 2
    assert not (case.parent / "herts-views.csv").exists()


def test_scores_alone_leave_no_file(case: Path) -> None:
    run(case, "--child", "C1")
    assert not (case.parent / "herts-views.csv").exists()


def test_a_file_of_views_that_is_none_of_ours_is_left_alone(case: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("my,notes\n", encoding="utf-8")
    done = run(case, "--child", "C1", "--views", other, "--view", "F1=yes")
    assert done.exit_code == 2
    assert "row 1 is not a line that Placewell wrote" in " ".join(done.output.split())
    assert other.read_text(encoding="utf-8") == "my,notes\n"


def test_the_sheet_of_a_child_fits_two_pages_and_can_be_edited(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run(case, "--child", "C1", "--out", out)
    assert done.exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == [
        "families-C1.html", "families-C1.xlsx", "family-finding-C1.docx", "family-finding-C1.pdf",
    ]  # fmt: skip
    pages = PdfReader(out / "family-finding-C1.pdf").pages
    assert len(pages) <= 2
    assert all("SYNTHETIC DATA" in page.extract_text() for page in pages)
    with zipfile.ZipFile(out / "family-finding-C1.docx") as word:
        text = word.read("word/document.xml").decode()
    assert "What we decided" in text
    assert "Contents" not in text
    book = CalamineWorkbook.from_path(str(out / "families-C1.xlsx"))
    rows = book.get_sheet_by_name("Families, closest first").to_python()
    assert rows[0][:4] == ["Family", "Place", "Agency", "Score"]
    assert len(rows) == 4


def test_the_overview_writes_a_sheet_for_everybody_who_waits(case: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(case, "--out", out).exit_code == 0
    assert sorted(path.name for path in (out / "family-finding").glob("*.pdf")) == [
        "family-finding-C1.pdf", "family-finding-P1-P2.pdf",
    ]  # fmt: skip
    assert (out / "children-who-wait.xlsx").exists()


def test_the_demo_writes_who_waits_a_sheet_the_links_and_both_reports(tmp_path: Path) -> None:
    page, written = adoption_of_demo(a_pool(), tmp_path / "adoption")
    assert page.title == "Children who wait for a family"
    assert [path.relative_to(tmp_path).as_posix() for path in written.values()] == [
        "adoption/children-who-wait.html",
        "adoption/family-finding-C1.pdf",
        "adoption/links.html",
        "adoption/internal/adoption-report.html",
        "adoption/public/adoption-report.html",
    ]
    assert all(path.exists() for path in written.values())


def test_a_question_that_can_no_longer_change_the_order_is_not_asked() -> None:
    """A school that is not priced, and a religion whose weight has faded to nothing; while it counts, it is asked."""
    dates = plan_child().dates
    newly = dates.model_copy(update={"decided_on": dt.date(2018, 3, 1), "placement_order_on": dt.date(2018, 3, 20)})
    asked = {}
    for name, plan in (("waited", dates), ("new", newly)):
        case = as_case([plan_child("C1", born=dt.date(2012, 1, 1), dates=plan)], [family("F1"), family("F2")])
        found = families_for(screen(pool_case(case)), "C1")
        asked[name] = {question.key for question in found.questions}
    assert not {"school", "religion", "languages"} & asked["waited"]
    assert "school" not in asked["new"]
    assert {"religion", "languages"} <= asked["new"]
