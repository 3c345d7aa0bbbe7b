"""The yearly SSDA903 returns: every table of each collection year."""

import datetime as dt
import random
from collections.abc import Iterable, Mapping

from . import figures as fig
from .adoption_plans import Plan
from .draw import day_between, days, pick
from .episodes import Episode, day, of_child
from .people import Child, Period

Rows = list[dict[str, str]]
HEADER = ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
EPISODES = (
    "CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE", "HOME_POST",
    "PL_POST", "URN",
)  # fmt: skip
COLUMNS = {
    "header": HEADER,
    "episodes": EPISODES,
    "reviews": ("CHILD", "DOB", "REVIEW", "REVIEW_CODE"),
    "uasc": ("CHILD", "SEX", "DOB", "DUC"),
    "oc2": (
        "CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON", "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK",
        "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED",
    ),
    "oc3": ("CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"),
    "ad1": ("CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"),
    "placed_for_adoption": ("CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"),
    "prev_perm": ("CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"),
    "missing": ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"),
}  # fmt: skip


def write_returns(rng: random.Random, children: list[Child], plans: Iterable[Plan] = ()) -> dict[int, dict[str, Rows]]:
    """All tables of all years; the children in order of id. ``plans`` say when matches and reversals were."""
    episodes = {child.id: of_child(child) for child in children}
    planned = {plan.child.id: plan for plan in plans}
    return {year: _one_year(rng, year, children, episodes, planned) for year in fig.YEARS}


def with_plans(
    before: dict[int, dict[str, Rows]], after: dict[int, dict[str, Rows]], plans: Iterable[Plan]
) -> dict[int, dict[str, Rows]]:
    """The returns of before, but of children with a plan as they are after: nobody else's rows are drawn anew."""
    planned = {plan.child.id for plan in plans}
    found: dict[int, dict[str, Rows]] = {}
    for year, tables in after.items():
        found[year] = {}
        for name, rows in tables.items():
            changed = [row for row in rows if row["CHILD"] in planned]
            if name == "oc2":
                changed = _same_health(changed, before[year][name])
            others = [row for row in before[year][name] if row["CHILD"] not in planned]
            found[year][name] = _in_order(others + changed)
    return found


def _same_health(rows: Rows, before: Rows) -> Rows:
    """The health of each child as it was drawn before, so that the year's plans do not change it."""
    known = {(row["CHILD"], row["DOB"]): row for row in before}
    return [known.get((row["CHILD"], row["DOB"]), row) for row in rows]


def _in_order(rows: Rows) -> Rows:
    """Rows by child, in the order of ids; those of a child stay as they are."""
    return sorted(rows, key=lambda row: row["CHILD"])


def _one_year(
    rng: random.Random, year: int, children: list[Child], episodes: dict[str, list[Episode]], plans: Mapping[str, Plan]
) -> dict[str, Rows]:
    first, last = dt.date(year - 1, 4, 1), dt.date(year, 3, 31)
    rows: Rows = []
    present: list[tuple[Child, Period]] = []
    for child in children:
        own = [e for e in episodes[child.id] if e.decom <= last and (e.dec is None or e.dec >= first)]
        rows += [episode.row(last) for episode in own]
        if own:
            present.append((child, [p for p in child.periods if p.entered <= last][-1]))
    some = [child for child, _ in present]
    return {
        "header": [_header(child) for child in some],
        "episodes": rows,
        "reviews": [r for child, period in present for r in _reviews(rng, child, period, first, last)],
        "uasc": [_uasc(child, first, last) for child in some if child.uasc],
        "oc2": [_oc2(rng, child, last) for child, period in present if _a_year(period, first, last)],
        "oc3": _care_leavers(rng, children, first, last),
        "ad1": [
            _adopted(rng, child, period, plans.get(child.id))
            for child, period in present
            if _is_adopted(period, first, last)
        ],
        "placed_for_adoption": [
            _plan(child, plans.get(child.id), last)
            for child in some
            if _plan_open(child, plans.get(child.id), first, last)
        ],
        "prev_perm": [_before(rng, child) for child, period in present if first <= period.entered],
        "missing": [r for child, period in present for r in _missing(rng, child, period, first, last)],
    }


def _who(child: Child) -> dict[str, str]:
    return {"CHILD": child.id, "DOB": day(child.born)}


def _sex(child: Child) -> str:
    return "1" if child.sex == "M" else "2"


def _header(child: Child) -> dict[str, str]:
    upn = f"A919{int(child.id[1:]):09d}" if (fig.AS_AT - child.born).days > 1700 and not child.uasc else "UN1"
    return _who(child) | {"SEX": _sex(child), "ETHNIC": child.ethnicity, "UPN": upn, "MOTHER": "", "MC_DOB": ""}


def _uasc(child: Child, first: dt.date, last: dt.date) -> dict[str, str]:
    ended = child.periods[-1].ended
    over = day(ended) if ended and first <= ended <= last else ""
    return _who(child) | {"SEX": _sex(child), "DUC": over}


def _reviews(
    rng: random.Random, child: Child, period: Period, first: dt.date, last: dt.date
) -> Iterable[dict[str, str]]:
    """Within 20 working days, three months later, then every six months."""
    when = period.entered + days(26)
    step = 85
    end = min(period.ended or last, last)
    while when <= end:
        if when >= first:
            age = (when - child.born).days / 365.25
            code = (
                "PN0"
                if age < 4
                else pick(rng, {"PN1": 60, "PN2": 4, "PN3": 5, "PN4": 5, "PN5": 4, "PN6": 17, "PN7": 5})
            )
            yield _who(child) | {"REVIEW": day(when), "REVIEW_CODE": code}
        when += days(step + rng.randint(-6, 4))
        step = 178


def _a_year(period: Period, first: dt.date, last: dt.date) -> bool:
    return period.entered <= first and (period.ended is None or period.ended > last)


def _oc2(rng: random.Random, child: Child, last: dt.date) -> dict[str, str]:
    age = (last - child.born).days / 365.25
    row = dict.fromkeys(COLUMNS["oc2"], "") | _who(child)
    asked = 4 <= age < 17
    if asked and rng.random() < 0.8:
        row["SDQ_SCORE"] = str(min(max(round(14 + 5.5 * child.latent + rng.gauss(0, 4)), 0), 40))
    else:
        row["SDQ_REASON"] = pick(rng, {"SDQ2": 40, "SDQ4": 40, "SDQ5": 20}) if asked else "SDQ1"
    misuse = age >= 12 and rng.random() < 0.05 * max(0.4, 1 + child.latent)
    row |= {
        "CONVICTED": str(int(age >= 10 and rng.random() < 0.03)),
        "HEALTH_CHECK": str(int(rng.random() < 0.9)) if age < 5 else "",
        "IMMUNISATIONS": str(int(rng.random() < 0.88)),
        "TEETH_CHECK": str(int(rng.random() < 0.85)),
        "HEALTH_ASSESSMENT": str(int(rng.random() < 0.92)),
        "SUBSTANCE_MISUSE": str(int(misuse)),
        "INTERVENTION_RECEIVED": "1" if misuse and rng.random() < 0.6 else "0" if misuse else "",
    }
    row["INTERVENTION_OFFERED"] = "1" if row["INTERVENTION_RECEIVED"] == "0" else ""
    return row


def _care_leavers(rng: random.Random, children: list[Child], first: dt.date, last: dt.date) -> Rows:
    """Those who left at 16 or over and had their 17th to 21st birthday in the year."""
    rows = []
    for child in children:
        ended = child.periods[-1].ended
        age = last.year - child.born.year - ((last.month, last.day) < (child.born.month, child.born.day))
        if ended is None or ended >= first or not 17 <= age <= 21 or (ended - child.born).days < 16 * 365:
            continue
        staying = child.periods[-1].rec == "E17" and age < 20
        accommodation = (
            {"Z1": 1} if staying else {"U1": 32, "D1": 28, "B1": 14, "K1": 8, "E1": 6, "U2": 4, "R2": 4, "X2": 3}
        )
        row = _who(child) | {
            "IN_TOUCH": pick(rng, {"YES": 91, "NO": 5, "REFU": 4}),
            "ACTIV": pick(rng, {"F2": 26, "F3": 24, "F1": 7, "P3": 6, "G5": 24, "G4": 6, "G6": 5, "0": 2}),
            "ACCOM": pick(rng, accommodation),
        }
        rows.append(row)
    return rows


def _is_adopted(period: Period, first: dt.date, last: dt.date) -> bool:
    return period.rec in ("E11", "E12") and period.ended is not None and first <= period.ended <= last


def _adopted(rng: random.Random, child: Child, period: Period, plan: Plan | None) -> dict[str, str]:
    decided = child.decided_adoption or period.entered
    matched = period.stays[-1].start - days(rng.randint(14, 45))
    if plan is not None and plan.matched is not None:
        matched = plan.matched
    sexes, status = pick(
        rng, {("MF", "L11"): 70, ("MF", "L3"): 10, ("F1", "L0"): 12, ("MM", "L12"): 5, ("FF", "L2"): 3}
    )
    return _who(child) | {
        "DATE_INT": day(decided),
        "DATE_MATCH": day(max(matched, decided)),
        "FOSTER_CARE": "1" if plan is not None and plan.carer_since is not None else "0",
        "NB_ADOPTR": "1" if status == "L0" else "2",
        "SEX_ADOPTR": sexes,
        "LS_ADOPTR": status,
    }


def _plan_open(child: Child, plan: Plan | None, first: dt.date, last: dt.date) -> bool:
    ended = plan.reversed if plan is not None and plan.reversed is not None else child.periods[-1].ended
    return child.decided_adoption is not None and child.decided_adoption <= last and (ended is None or ended >= first)


def _plan(child: Child, plan: Plan | None, last: dt.date) -> dict[str, str]:
    decided = child.decided_adoption or child.entered
    over = {"DATE_PLACED_CEASED": "", "REASON_PLACED_CEASED": ""}
    if plan is not None and plan.reversed is not None and plan.reversed <= last:
        over = {"DATE_PLACED_CEASED": day(plan.reversed), "REASON_PLACED_CEASED": plan.reason}
    return _who(child) | {"DATE_PLACED": day(decided)} | over


def _before(rng: random.Random, child: Child) -> dict[str, str]:
    kind = pick(rng, {"Z1": 96, "P2": 2, "P1": 1, "P3": 1}) if child.born < dt.date(2012, 1, 1) else "Z1"
    when = day_between(rng, child.born + days(300), child.born + days(900))
    known = {"LA_PERM": "919", "DATE_PERM": day(when)} if kind != "Z1" else {"LA_PERM": "", "DATE_PERM": ""}
    return _who(child) | {"PREV_PERM": kind} | known


def _missing(
    rng: random.Random, child: Child, period: Period, first: dt.date, last: dt.date
) -> Iterable[dict[str, str]]:
    start, end = max(first, period.entered), min(last, period.ended or last)
    if (end - start).days < 20 or (end - child.born).days < 12 * 365 or rng.random() > 0.09 + 0.05 * child.latent:
        return
    when = start
    for _ in range(rng.choices((1, 2, 4, 7), (50, 25, 15, 10))[0]):
        when = when + days(rng.randint(4, 40))
        back = when + days(rng.choices((1, 2, 5), (75, 18, 7))[0])
        if back >= end:
            return
        yield _who(child) | {"MISSING": pick(rng, {"M": 78, "A": 22}), "MIS_START": day(when), "MIS_END": day(back)}
        when = back
