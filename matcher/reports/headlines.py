"""The few figures and sentences that open the sufficiency report."""

from dataclasses import dataclass

from matcher.reports.certificate import unplaced
from matcher.reports.words import money, number, plural, share
from matcher.services.counts import percent
from matcher.services.sufficiency import SufficiencyReport
from models.geography import Locality


@dataclass(frozen=True)
class Tile:
    """One headline figure; ``alert`` marks what somebody must act on."""

    figure: str
    words: str
    alert: bool = False


def tiles(report: SufficiencyReport) -> tuple[Tile, ...]:
    """The headline figures, in the order a director asks for them."""
    figures, week, clean = report.figures, report.operational, report.clean_sheet
    inside = next((row for row in figures.locality.rows if row.key == Locality.IN_AREA), None)
    weekly = sum(cost.total_pence for cost in figures.costs)
    here, priced = number(inside.count if inside else 0), number(sum(cost.priced for cost in figures.costs))
    rate = figures.rate.per_10_000
    total = next(iter(report.clean_sheet_gap.total), None)
    return (
        Tile(
            number(figures.children),
            "children looked after" + (f", {rate} for every 10,000 children under 18 who live here" if rate else ""),
        ),
        Tile(share(inside.percent if inside else None), f"of them live in the authority's own area ({here})"),
        Tile(money(weekly), f"a week for the {priced} placements whose price is known"),
        Tile(number(figures.fostering.total.vacant), "vacant places in the authority's own fostering households"),
        Tile(
            f"{unplaced(week):,} of {week.after.children:,}",
            "children who need a home now have none in the best plan",
            unplaced(week) > 0,
        ),
        Tile(
            f"{total.short_in_area if total else 0:,} of {clean.after.children:,}",
            "children who could move would live outside the area, or nowhere, even if every home were filled afresh",
            total is not None and total.short_in_area > 0,
        ),
    )


def sentences(report: SufficiencyReport) -> tuple[str, ...]:
    """What the figures come to, in words: the largest gaps, what is shut, what is unknown."""
    found = [*_gap_sentences(report), *_supply_sentences(report), *_knowledge_sentences(report)]
    return tuple(found)


def who_is_in_the_clean_sheet(report: SufficiencyReport) -> str:
    """How the children of the clean sheet come from those looked after and those only referred: one sum."""
    clean, children = report.clean_sheet, report.figures.children
    stay = sum(count for _, count in clean.staying)
    new = clean.after.children + stay - children
    referred = f" and {number(new)} referred but not yet looked after" if new > 0 else ""
    why = f" ({', '.join(f'{number(count)} {reason}' for reason, count in clean.staying)})" if stay else ""
    return (
        f"Of {number(children)} children looked after{referred}, {number(clean.after.children)} are in the clean sheet "
        f"and {number(stay)} stay where they are{why}."
    )


def _gap_sentences(report: SufficiencyReport) -> list[str]:
    cells = sorted(report.clean_sheet_gap.by_kind_and_age, key=lambda row: -row.short_in_area)
    worst = [
        f"{row.kind_label} for ages {row.age_band} ({row.short_in_area} of {row.children})"
        for row in cells[:4]
        if row.short_in_area
    ]
    if not worst:
        return ["Homes in the area could meet the needs of every child who can move, above the suitability floor."]
    total = report.clean_sheet_gap.total[0]
    shortages = f"The largest shortages of homes in the area are {', '.join(worst)}."
    outside = f"{total.matched_out_of_area:,} outside the area"
    if not total.unmet:
        return [shortages, f"The clean sheet finds a home for all {total.children:,} who could move, {outside}."]
    why = f"{total.why[0].label[:1].lower()}{total.why[0].label[1:]} ({total.why[0].children:,})"
    unmet = f"The commonest reason why {total.unmet:,} have no home: {why}."
    return [shortages, f"Of {total.children:,} who could move, the clean sheet places {outside}. {unmet}"]


def _supply_sentences(report: SufficiencyReport) -> list[str]:
    total = report.figures.fostering.total
    if not total.places:
        return []
    reasons = sorted(report.figures.fostering.not_available_by_reason, key=lambda row: -row.places)
    why = f"; the commonest reason is “{reasons[0].label.lower()}” ({reasons[0].places})" if reasons else ""
    return [
        f"Of {total.places:,} places in in-house fostering households, {total.not_available:,} "
        f"({share(total.not_available_percent)}) are neither filled nor vacant{why}."
    ]


def _knowledge_sentences(report: SufficiencyReport) -> list[str]:
    everyone = next((row for row in report.needs.groups if row.characteristic == "Everyone"), None)
    found = []
    if everyone is not None:
        found.append(
            f"{plural(everyone.full, 'child', 'children')} of {everyone.children:,} "
            f"({share(percent(everyone.full, everyone.children))}) have a full needs assessment; where an answer is "
            "missing the plans assume the level usual at that age, and say so."
        )
    if report.set_aside:
        found.append(
            f"{plural(len(report.set_aside), 'record')} could not be used and are in no figure: see Records set aside."
        )
    return found
