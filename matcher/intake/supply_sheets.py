"""The sheets a supply forecast reads: homes on their way to approval, and homes that opened and closed."""

from matcher.intake.columns import HOME_ID, Column, Kind, Sheet
from models import vocabulary as v
from models.supply import Outcome, WhyClosed

_KIND = Column("kind", Kind.CODE, "What kind of home it is.", True, words=v.CARE_KINDS, vital=True)
_SECTOR = Column("sector", Kind.CODE, "Who runs it.", True, codes=v.Sector, vital=True)

SUPPLY_SHEETS = (
    Sheet(
        "approvals",
        "Households applying to foster and homes to be registered: those going on, and those that ended since the 1 "
        "April before the first outcome listed.",
        ("approval_id", "applied_on"),
        (
            Column("approval_id", Kind.ID, "The application.", True, example="A001", vital=True),
            _KIND,
            _SECTOR,
            Column(
                "applied_on",
                Kind.DATE,
                "The day stage 1 began, or work on opening a home.",
                True,
                example="08/01/2018",
                vital=True,
            ),
            Column("assessed_from", Kind.DATE, "The day stage 2 began, or registration was applied for.", vital=True),
            Column("panel_on", Kind.DATE, "The day of the panel, or of the registration visit.", vital=True),
            Column("outcome", Kind.CODE, "How it ended; blank while it goes on.", codes=Outcome, vital=True),
            Column("outcome_on", Kind.DATE, "The day of that decision, or of withdrawal.", vital=True),
            Column("expected_on", Kind.DATE, "When you expect it to open, if you know better than your history."),
            Column("postcode", Kind.POSTCODE, "Where it is; needed while it goes on.", vital=True),
            Column(
                "places",
                Kind.INTEGER,
                "Places applied for. Blank: as many as most of your homes of the kind.",
                vital=True,
                most=200,
            ),
            Column("age_from", Kind.INTEGER, "Youngest age. Blank is 0.", vital=True, most=25),
            Column("age_to", Kind.INTEGER, "Oldest age. Blank is 17.", vital=True, most=25),
            Column("training", Kind.CODE, "Level of training.", codes=v.Training),
            Column(
                "connected_children",
                Kind.TEXTS,
                "child_id of the only children a connected person's home would be open to.",
                vital=True,
            ),
            Column("weekly_fee", Kind.MONEY, "What a place will cost in full. Blank: as such homes do."),
        ),
        ("approval", "approval_id"),
    ),
    Sheet(
        "home_history",
        "Homes approved or registered at any time since the 1 April before the first closing listed: those that "
        "closed, and those open today.",
        ("home_id", "opened", "closed"),
        (
            HOME_ID,
            _KIND,
            _SECTOR,
            Column("opened", Kind.DATE, "The day it was approved or registered. Blank: before the list begins."),
            Column("closed", Kind.DATE, "The day it was de-registered or closed; blank if it is open.", vital=True),
            Column("why_closed", Kind.CODE, "Why it closed.", codes=WhyClosed),
            Column("places", Kind.INTEGER, "Its places.", most=200),
        ),
        ("closed home", "home_id"),
    ),
)
