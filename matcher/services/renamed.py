"""The same authority with every id marked, so that ids of several authorities cannot clash."""

from models.case import Case
from models.child import Child, Circumstances
from models.home import Home
from models.referral import Referral


def mark(position: int) -> str:
    """What is put before every id of the authority in this position, counted from 0: no two begin alike."""
    return f"{position + 1}:"


def position_of(marked: str) -> int:
    """The position of the authority whose id this is."""
    return int(marked.partition(":")[0]) - 1


def own_id(marked: str) -> str:
    """An id as it is in the authority's own files."""
    return marked.partition(":")[2]


def renamed(case: Case, position: int) -> Case:
    """What a plan needs of a case, every id of a child, home, person, group or referral marked.

    Names on terms of approval and in wishes are marked as well, whether they name anybody of the case or not.
    """
    return _Renaming(mark(position)).case(case)


class _Renaming:
    def __init__(self, marked: str) -> None:
        self.marked = marked

    def one(self, name: str) -> str:
        return self.marked + name

    def some(self, names: frozenset[str]) -> frozenset[str]:
        return frozenset(map(self.one, names))

    def row(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(self.one, names))

    def case(self, case: Case) -> Case:
        return Case(
            name=case.name,
            authority=case.authority,
            as_at=case.as_at,
            synthetic=case.synthetic,
            framework=case.framework,
            policy=case.policy,
            children=tuple(map(self.child, case.children)),
            homes=tuple(map(self.home, case.homes)),
            residents=tuple(
                r.model_copy(update={"id": self.one(r.id), "home_id": self.one(r.home_id)}) for r in case.residents
            ),
            placements=tuple(
                p.model_copy(
                    update={"child_id": self.one(p.child_id), "home_id": self.one(p.home_id) if p.home_id else None}
                )
                for p in case.placements
            ),
            sibling_groups=tuple(
                g.model_copy(
                    update={
                        "id": self.one(g.id),
                        "children": self.row(g.children),
                        "units": tuple(map(self.row, g.units)),
                    }
                )
                for g in case.sibling_groups
            ),
            referrals=tuple(map(self.referral, case.referrals)),
            offers=tuple(
                o.model_copy(update={"child_id": self.one(o.child_id), "home_id": self.one(o.home_id)})
                for o in case.offers
            ),
            refusals=tuple(
                r.model_copy(update={"child_id": self.one(r.child_id), "home_id": self.one(r.home_id)})
                for r in case.refusals
            ),
        )

    def child(self, child: Child) -> Child:
        profile = child.profile and child.profile.model_copy(update={"child_id": self.one(child.id)})
        known = self.circumstances(child.circumstances)
        return child.model_copy(update={"id": self.one(child.id), "profile": profile, "circumstances": known})

    def circumstances(self, known: Circumstances) -> Circumstances:
        wishes = known.wishes
        homes = {name: self.row(getattr(wishes, name)) for name in ("homes_wanted", "homes_not_wanted")}
        return known.model_copy(update={"wishes": wishes.model_copy(update=homes)})

    def home(self, home: Home) -> Home:
        exempt = self.some(home.terms.exempt_children)
        return home.model_copy(
            update={
                "id": self.one(home.id),
                "provider_id": self.one(home.provider_id),
                "connected_children": self.some(home.connected_children),
                "terms": home.terms.model_copy(update={"exempt_children": exempt}),
            }
        )

    def referral(self, referral: Referral) -> Referral:
        known = referral.circumstances and self.circumstances(referral.circumstances)
        names = {"id": self.one(referral.id), "child_id": self.one(referral.child_id), "circumstances": known}
        return referral.model_copy(update=names)
