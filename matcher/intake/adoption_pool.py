"""The adoption pool of a case: agencies, families, children with a plan, brothers and sisters, links."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from matcher.intake.adoption_children import WHAT, Known, build_plan_children
from matcher.intake.adoption_dates import dates_in_returns
from matcher.intake.adoption_families import build_agencies, build_families
from matcher.intake.circumstances import build_circumstances
from matcher.intake.context import Context
from matcher.intake.facts import Facts
from matcher.intake.findings import Log
from matcher.intake.levels import newest_profiles
from matcher.intake.others import first_of_each
from matcher.intake.return_rows import Returns
from matcher.intake.sheet_rows import Row
from matcher.intake.siblings import build_siblings
from models.adoption import AdoptionPool, EndedBy, Family, Link, LinkStage, PlanChild
from models.child import Child
from models.ssda903 import Episode

Rows = Mapping[str, Sequence[Row]]


def pool_children(rows: Rows) -> frozenset[str]:
    """Ids of the children whom the sheet of children with a plan names."""
    return frozenset(row.need("child_id") for row in rows["adoption_children"])


def build_pool(
    rows: Rows,
    returns: Returns,
    history: Mapping[str, Sequence[Episode]],
    facts: Mapping[str, Facts],
    children: Mapping[str, Child],
    authority: str,
    context: Context,
) -> AdoptionPool:
    """The pool of every good row; empty where neither sheets nor returns speak of adoption."""
    agencies = build_agencies(rows["agencies"], authority, context)
    families = build_families(rows["adopters"], agencies, context)
    named = pool_children(rows)
    quiet = replace(context, log=Log())  # faults of these rows are told where the case's own children are built
    profiles = newest_profiles([row for row in rows["needs"] if row.need("child_id") in named], quiet)
    about = build_circumstances([], [row for row in rows["locations"] if row.need("child_id") in named], quiet)
    known = Known(
        facts=facts,
        children=children,
        profiles={child: profile for child, (_, profile) in profiles.items()}
        | {child.id: child.profile for child in children.values()},
        about={child: own for child, (_, own) in about.items()},
        families=families.keys(),
    )
    plans = build_plan_children(rows["adoption_children"], dates_in_returns(returns, history), known, agencies, context)
    if not plans and not families:
        return AdoptionPool()
    return AdoptionPool(
        agencies=tuple(agencies.values()),
        children=tuple(plans.values()),
        families=tuple(families.values()),
        sibling_groups=tuple(build_siblings(rows["adoption_siblings"], plans, context, column="adoption_group_id")),
        links=tuple(_links(rows["adoption_links"], families, plans, context)),
    )


def _links(
    rows: Sequence[Row], families: Mapping[str, Family], children: Mapping[str, PlanChild], context: Context
) -> list[Link]:
    found = []
    for row in first_of_each(rows, ("family_id", "child_id", "started_on"), "link of", context):
        family, child, ended_by = row.need("family_id"), row.need("child_id"), row.text("ended_by")
        if family not in families or child not in children:
            _tell_stranger(row, "family_id" if family not in families else "child_id", context)
            continue
        _tell_backwards(row, context)
        found.append(
            Link(
                family_id=family,
                child_id=child,
                started_on=row.need_day("started_on"),
                stage=LinkStage(row.text("stage") or LinkStage.CONSIDERED),
                ended_on=row.day("ended_on"),
                ended_by=EndedBy(ended_by) if ended_by else None,
                reason=row.text("reason"),
            )
        )
    return found


def _tell_backwards(row: Row, context: Context) -> None:
    started, ended = row.need_day("started_on"), row.day("ended_on")
    if ended is not None and ended < started:
        context.log.warn(
            "link-ends-before-it-starts",
            row.at.in_column("ended_on"),
            f"the link of {row.need('family_id')} and {row.need('child_id')} ended on {ended:%d/%m/%Y}, before it "
            f"started on {started:%d/%m/%Y}",
            expected="ended_on of at least started_on",
            action="the dates are kept as read: the link counts as ended",
            value=f"{ended:%d/%m/%Y}",
            subject=row.need("child_id"),
        )


def _tell_stranger(row: Row, column: str, context: Context) -> None:
    name, sheet = row.need(column), "adopters" if column == "family_id" else "adoption_children"
    aside = context.log.is_aside("family" if column == "family_id" else WHAT, name)
    context.log.warn(
        "link-of-nobody",
        row.at.in_column(column),
        f"{name} is set aside" if aside else f"{name} is not in {sheet}",
        expected=f"a {column} of the {sheet} sheet",
        action="the link is left out",
        value=name,
    )
