"""What the children need, from their assessments."""

from matcher.reports.document import Block, Cell, Heading, Mark, Paragraph, Section, Table
from matcher.reports.statement.copies import Copy, ShownDecimal, ShownNumber, ShownPercent
from matcher.services.counts import percent
from matcher.services.indicators.bees import BeeScore
from matcher.services.needs import GroupScores, NeedsReport, Prevalence
from matcher.services.statement.statement import Statement

_SHOWN_APART = ("Age", "Sex", "Living arrangement", "Area")


def what_they_need(statement: Statement, copy: Copy) -> Section:
    """How much the children need, how common each need is, and how sure that is."""
    needs = statement.needs
    blocks: list[Block] = [Paragraph(f"{needs.framework}. {needs.definition}"), _scores(needs, copy)]
    blocks.append(_all_children(statement, copy))
    if copy.internal:
        blocks += [Heading("Outcome Bees"), _bees(statement), Heading("Who has which high needs")]
        blocks += [_apart(needs, each) for each in needs.prevalence if each.characteristic in _SHOWN_APART]
    return Section("needs", "What they need", tuple(blocks))


def _scores(needs: NeedsReport, copy: Copy) -> Table:
    by: dict[str, list[GroupScores]] = {}
    for group in needs.groups:
        by.setdefault(group.characteristic, []).append(group)
    rows: list[tuple[Cell, ...]] = []
    for characteristic, groups in by.items():
        score = copy.averages([(g.mean_score_tenths, g.full) for g in groups], _tenths)
        number = copy.averages([(g.mean_needs_tenths, g.full) for g in groups], _tenths)
        high = copy.averages([(g.mean_high_needs_tenths, g.full) for g in groups], _tenths)
        sdq = copy.averages([(g.mean_sdq_tenths, g.sdq_children) for g in groups], _tenths)
        known = [(ShownNumber(g.children), ShownNumber(g.full)) for g in groups]
        for i, group in enumerate(groups):
            counts = known[i] if copy.internal else ()
            rows.append((characteristic, group.group, *counts, score[i], number[i], high[i], sdq[i]))
    counted = ("Children", "Fully assessed") if copy.internal else ()
    return Table(
        key="needs_scores",
        title="Needs scores by group",
        columns=("Divided by", "Group", *counted, "Mean score", "Mean number of needs", "of them high", "Mean SDQ"),
        rows=rows,
        note=needs.definition,
        source="Needs sheet; SSDA903 OC2",
    )


def _all_children(statement: Statement, copy: Copy) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for domain, key, label in statement.need_labels:
        known = [copy.tables[f"need_{key}"].count(each) for each in ("high", "lower")]
        high, unknown = (copy.count(f"need_{key}", each) for each in ("high", "not_known"))
        rows.append((domain, label, high, unknown, _share(known)))
    return Table(
        key="high_needs",
        title="How many children have each need at a high level",
        columns=("Domain", "Need", "High", "Not known", "High, share of those known"),
        rows=rows,
        note=f"High: level {statement.needs.high_level} or more. Not known is not none",
        source="Needs sheet",
    )


def _share(known: list[int | None]) -> Cell:
    high, lower = known
    if high is None or lower is None:
        return Mark.HIDDEN
    of = percent(high, high + lower)
    return Mark.NOT_APPLICABLE if of is None else ShownPercent(of)


def _bees(statement: Statement) -> Table:
    profiles = statement.bees
    rows: list[tuple[Cell, ...]] = []
    for profile in profiles:
        levels = [_level(bee, len(profile.children)) for bee in profile.bees]
        rows.append((profile.characteristic, profile.group, len(profile.children), *levels))
    names = [bee.label for bee in profiles[0].bees] if profiles else []
    note = (
        "Mean level of need in each Bee over the children for whom every need of it is known; (of 3): so many of them"
    )
    return Table(
        "bees", "Outcome Bees: how great the needs are", ("Divided by", "Group", "Children", *names), rows, note
    )


def _level(bee: BeeScore, children: int) -> Cell:
    """The mean level, with the number of children it is over where that is not all of them."""
    if bee.mean_level is None:
        return Mark.NOT_AVAILABLE
    return f"{bee.mean_level:.2f}" + ("" if len(bee.assessed) == children else f" (of {len(bee.assessed)})")


def _apart(needs: NeedsReport, table: Prevalence) -> Table:
    rows = []
    for row in table.rows:
        cells: list[Cell] = [row.label + (" *" if row.breakdown_flag else "")]
        cells += [f"{c.high_percent:.0f}% of {c.known}" if c.high_percent is not None else "-" for c in row.cells]
        rows.append(tuple(cells))
    name = table.characteristic.lower()
    return Table(
        key=f"high_needs_by_{name.replace(' ', '_')}",
        title=f"High needs by {name}: share of the children for whom the need is known",
        columns=("Need", *table.groups),
        rows=rows,
        note=f"High: level {needs.high_level} or more. * a high level is a sign that a placement may break down",
        source="Needs sheet",
    )


def _tenths(value: float) -> Cell:
    return ShownDecimal(value / 10)
