"""A busy week: 40 open referrals."""

import datetime as dt
import random
from dataclasses import dataclass, field

from . import figures as fig
from .draw import days, insist, pick, shuffled
from .episodes import day
from .families import Family
from .figures import Living
from .homes import Home
from .needs import Framework
from .people import Child, birthday
from .places import Postcodes

Row = dict[str, str]
_FOSTER, _HOME, _SUPPORTED = "foster", "residential", "supported_accommodation"


@dataclass
class Week:
    """The sheets that the week's referrals fill or add to."""

    referrals: list[Row] = field(default_factory=list)
    ends_on: dict[str, dt.date] = field(default_factory=dict)
    siblings: list[Row] = field(default_factory=list)
    needs: list[Row] = field(default_factory=list)
    locations: list[Row] = field(default_factory=list)
    offers: list[Row] = field(default_factory=list)
    refusals: list[Row] = field(default_factory=list)


class Desk:
    """Takes in referrals one by one."""

    def __init__(self, rng: random.Random, framework: Framework, postcodes: Postcodes, first_id: int) -> None:
        self.rng, self.framework, self.postcodes = rng, framework, postcodes
        self.next_id = first_id
        self.week = Week()
        self.known: set[str] = set()
        self.ages: dict[str, int] = {}

    def take(
        self, child_id: str, reason: str, urgency: str, needed: dt.date, kinds: tuple[str, ...], **more: str
    ) -> None:
        """One referral; ``kinds`` is preferred and, after it, suitable kinds."""
        ahead = {"same_day": 0, "within_72_hours": 1, "within_4_weeks": 5, "planned": 12}[urgency]
        row = {
            "referral_id": f"R{len(self.week.referrals) + 1:03d}",
            "child_id": child_id,
            "received": day(fig.AS_AT - days(self.rng.randint(0, ahead))),
            "needed_by": day(needed),
            "urgency": urgency,
            "reason": reason,
            "preferred_kinds": kinds[0] if kinds else "",
            "suitable_kinds": ";".join(kinds[1:]),
        }
        self.week.referrals.append(row | more)
        self.known.add(child_id)

    def present(self, child: Child, reason: str, urgency: str, wait: int, kinds: tuple[str, ...], *,
                ends: bool = False, **more: str) -> None:  # fmt: skip
        """A referral of a child already looked after."""
        needed = fig.AS_AT + days(wait)
        self.ages[child.id] = child.age
        if ends:
            self.week.ends_on[child.id] = needed
        self.take(child.id, reason, urgency, needed, kinds, **more)

    def new(self, age: int, sex: str, reason: str, urgency: str, kinds: tuple[str, ...], *, district: str = "",
            **more: str) -> str:  # fmt: skip
        """A referral that introduces a child; gives the child's id."""
        self.next_id += 1
        child_id = f"C{self.next_id}"
        self.ages[child_id] = age
        wait = {"same_day": 0, "within_72_hours": 2, "within_4_weeks": 14, "planned": 30}[urgency]
        about = {
            "sex": sex,
            "born": day(birthday(age, self.rng.randint(20, 340))),
            "ethnicity": pick(self.rng, {"WBRI": 70, "MWBC": 10, "BAFR": 8, "APKN": 6, "WOTH": 6}),
            "uasc": "N",
            "legal_status": "V2" if age > 12 else "C1",
            "home_postcode": self.postcodes.take(district or self.postcodes.district(0)),
            "languages": "English",
            "smoke_free": "Y" if age < 5 else "",
        }
        self.take(child_id, reason, urgency, fig.AS_AT + days(wait), kinds, **(about | more))
        self._partly_assessed(child_id, age)
        if 5 <= age <= 16 and not more.get("uasc"):
            school = self.postcodes.take(district or self.postcodes.district(0))
            self.week.locations.append({"child_id": child_id, "purpose": "school", "postcode": school})
        return child_id

    def _partly_assessed(self, child_id: str, age: int) -> None:
        """A social worker's first impression: some needs only."""
        some = self.rng.sample(self.framework.needs, self.rng.randint(5, 12))
        weights = (45, 25, 18, 11, 1) if age < 10 else (32, 24, 24, 18, 2)
        cells = {f"need_{need}": str(self.rng.choices(range(5), weights)[0]) for need in some}
        about = {
            "child_id": child_id,
            "assessed_on": day(fig.AS_AT),
            "assessor": "duty social worker",
            "confidence": "low",
        }
        self.week.needs.append(about | cells)


def busy_week(desk: Desk, children: list[Child], families: list[Family], home_of: dict[Child, Home]) -> Week:
    """All 40 referrals: 21 of children on the return, 19 of children whom they introduce."""
    _endings(desk, children, families, home_of)
    _step_downs(desk, children)
    _moves(desk, children, families)
    _new_to_care(desk)
    _unaccompanied(desk)
    insist(len(desk.week.referrals) == 40)
    return desk.week


def _choose(desk: Desk, children: list[Child], living: Living, count: int, low: int, high: int) -> list[Child]:
    fits = [c for c in children if c.living is living and low <= c.age <= high and not c.family]
    settled = [c for c in fits if not c.stable and c.id not in desk.known and c.periods[-1].stays[-1].place != "U4"]
    return shuffled(desk.rng, settled)[:count]


def _endings(desk: Desk, children: list[Child], families: list[Family], home_of: dict[Child, Home]) -> None:
    """Eleven: two of them brothers or sisters who should move together, two who must live alone."""
    pairs = [f for f in families if f.decision == "together" and len(f.children) == 2 and len(f.units) == 1]
    pairs = [
        f for f in pairs if home_of[f.children[0]].living is Living.IN_HOUSE and max(c.age for c in f.children) < 13
    ]
    pair = next(f for f in pairs if f.children[0].periods[-1].stays[-1].place != "U4")
    for child in pair.children:
        desk.present(child, "placement_ending", "within_4_weeks", 21, (_FOSTER,), ends=True)
    urgencies = ("within_72_hours", "within_4_weeks", "within_4_weeks", "planned")
    for child, urgency in zip(_choose(desk, children, Living.IN_HOUSE, 4, 9, 16), urgencies, strict=True):
        wait = {"within_72_hours": 3, "within_4_weeks": 18, "planned": 40}[urgency]
        desk.present(child, "placement_ending", urgency, wait, (_FOSTER, _HOME), ends=True)
    for child in _choose(desk, children, Living.IFA, 3, 7, 15):
        desk.present(child, "placement_ending", "within_4_weeks", 25, (_FOSTER,), ends=True)
    # Homes that have given notice: each of these two should be the only child where they go next.
    for child in _choose(desk, children, Living.PRIVATE_HOME, 1, 12, 16):
        desk.present(child, "placement_ending", "within_4_weeks", 24, (_HOME, _FOSTER), ends=True, solo="required",
                     features="therapeutic;waking_night")  # fmt: skip
    for child in _choose(desk, children, Living.IFA, 1, 10, 15):
        desk.present(child, "placement_ending", "within_72_hours", 3, (_FOSTER, _HOME), ends=True, solo="required")


def _step_downs(desk: Desk, children: list[Child]) -> None:
    """Six boys in homes who could live with the right foster carer."""
    for living, count in ((Living.PRIVATE_HOME, 4), (Living.IN_HOUSE_HOME, 2)):
        fits = [c for c in children if c.living is living and c.sex == "M" and 10 <= c.age <= 15 and not c.family]
        for child in sorted(fits, key=lambda c: (c.id in desk.known, c.latent))[:count]:
            desk.present(child, "step_down", "planned", 45, (_FOSTER,))


def _moves(desk: Desk, children: list[Child], families: list[Family]) -> None:
    """Two who wish to be nearer home; a pair, living apart against the plan, to be brought together."""
    fits = [c for c in children if c.living is Living.IFA and not c.uasc and not c.family and 8 <= c.age <= 16]
    far = [c for c in fits if c.id not in desk.known and not c.stable]
    for child in shuffled(desk.rng, far)[:2]:
        desk.present(child, "move_closer", "planned", 60, (_FOSTER,), wishes_words="I want to live nearer my mum.")
    apart = [f for f in families if f.decision == "together" and len(f.units) == 2 and len(f.children) == 2]
    young = [f for f in apart if all(c.living in (Living.IN_HOUSE, Living.IFA) and c.age < 14 for c in f.children)]
    for child in young[0].children:
        desk.present(child, "unite_siblings", "planned", 42, (_FOSTER,))


def _new_to_care(desk: Desk) -> None:
    """Fifteen children no return knows yet: three sibling groups, one on remand, one to live with a parent."""
    for number, ages in enumerate(((3, 5, 8), (1, 4), (7, 11))):
        district = desk.postcodes.district(0)
        urgency = ("same_day", "within_72_hours", "within_4_weeks")[number]
        ids = [
            desk.new(
                age, desk.rng.choice("MF"), "new_to_care", urgency, (_FOSTER, "connected_person"), district=district
            )
            for age in ages
        ]
        post = {row["child_id"]: row for row in desk.week.referrals}
        for child_id in ids[1:]:
            for column in ("home_postcode", "ethnicity"):
                post[child_id][column] = post[ids[0]][column]
        group = f"G{141 + number}"
        desk.week.siblings += [
            {"group_id": group, "child_id": child_id, "decision": "not_assessed"} for child_id in ids
        ]
    desk.new(0, "F", "new_to_care", "within_72_hours", (_FOSTER,), features="early_permanence")
    desk.new(2, "M", "new_to_care", "same_day", (_FOSTER,))
    desk.new(6, "M", "new_to_care", "within_72_hours", (_FOSTER,), allergies="dog")
    desk.new(12, "F", "new_to_care", "same_day", (_FOSTER, _HOME), risks_from_others="exploitation")
    desk.new(14, "M", "new_to_care", "same_day", (_FOSTER, _HOME), solo="required", risks_to_others="violence")
    desk.new(15, "F", "new_to_care", "within_4_weeks", (_FOSTER, _HOME), disabled="Y", access="step_free")
    desk.new(0, "M", "new_to_care", "within_4_weeks", ("parent_and_child",), features="parent_and_child")
    desk.new(16, "M", "remand", "same_day", (_FOSTER, _HOME, _SUPPORTED), legal_status="J1")


def _unaccompanied(desk: Desk) -> None:
    """Four arrivals."""
    arrivals = (
        (17, "Tigrinya", "Christian", "BAFR"),
        (16, "Kurdish", "Muslim", "OOTH"),
        (16, "Pashto", "Muslim", "AOTH"),
        (15, "Farsi", "Muslim", "OOTH"),
    )
    for (age, language, religion, code), urgency in zip(
        arrivals, ("same_day", "same_day", "within_72_hours", "within_4_weeks"), strict=True
    ):
        kinds = (_SUPPORTED, _FOSTER) if age > 15 else (_FOSTER,)
        about = {"languages": language, "religion": religion, "ethnicity": code, "uasc": "Y", "home_postcode": ""}
        desk.new(age, "M", "uasc_arrival", urgency, kinds, **(about | {"legal_status": "V2"}))
