"""The roll of party members: 308 in twelve communities, 185 of them linked with a volunteer (docs/domain.md 2, A2-13).

Some are probationary, some moved, left and came back; one is on the way to another community, one was entered twice.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, or_, select

from db.demo import days
from db.demo.frame import Area, Demo
from db.demo.names import phone, resident
from db.demo.volunteers.volunteers import SKILLS
from db.models import Branch, Consent, Member, MemberEvent, MemberStay, Unit, Volunteer
from db.queries.members.found_by import name_keys, phone_key
from db.rules.half_days import SLOTS
from db.rules.members.standing import KEPT_AFTER, a_year_after
from db.terms import (
    BranchKind,
    ConsentScope,
    ConsentWay,
    MemberChange,
    MemberKind,
    MemberLeave,
    MemberLink,
    UnitKind,
    VolunteerKind,
)

RICH, QUIET = 154, 14
"""Members of the rich community and of each of the others: 154 + 11 x 14 = 308."""
LINKED_RICH, LINKED_QUIET = 130, 5
"""Linked with a volunteer's entry: 130 + 11 x 5 = 185."""
GONE = 7
"""Who left the rich community in the last two years, beside the 308."""
BRANCHES = (
    ("柳林社区第一党支部", BranchKind.COMMUNITY),
    ("柳林社区第二党支部", BranchKind.GRID),
    ("柳林社区离退休党支部", BranchKind.RETIRED),
    ("柳林社区流动党员党支部", BranchKind.FLOATING),
    ("柳林物业联合党支部", BranchKind.UNIT),
)
KINDS = {
    BranchKind.COMMUNITY: (MemberKind.LOCAL, MemberKind.EMPLOYED, MemberKind.NEW_RESIDENT),
    BranchKind.GRID: (MemberKind.EMPLOYED, MemberKind.NEW_RESIDENT, MemberKind.LOCAL, MemberKind.EMPLOYED),
    BranchKind.RETIRED: (MemberKind.RETIRED,),
    BranchKind.FLOATING: (MemberKind.FLOATING,),
    BranchKind.UNIT: (MemberKind.PARTNER_UNIT,),
}
SHARES = (4, 4, 4, 1, 1)
"""How the members of the rich community spread over its branches."""


def tell(demo: Demo) -> None:
    """Write it, after the volunteers and the partner units."""
    demo.bulk.flush()
    first = {area.id: Roll(demo, area).tell() for area in demo.areas}
    rich, quiet = demo.areas[0], demo.areas[1]
    _on_the_way(demo, rich, quiet, first[quiet.id])


def _joined(year: int, member: int, today: date) -> date:
    """A day of that year: for one of four the first of July, as was the custom; at least a year ago."""
    month, day = (7, 1) if member % 4 == 0 else (1 + member % 12, 1 + member * 7 % 28)
    last = today.year - 1 if (month, day) <= (today.month, today.day) else today.year - 2
    return date(min(year, last), month, day)


class Roll:
    """The roll of one community."""

    def __init__(self, demo: Demo, area: Area) -> None:
        self.demo, self.area = demo, area
        self.rng = demo.rng("members", area.code)
        self.people = self._volunteers()
        self.units = self._units()
        self.found: list[dict[str, Any]] = []
        self.names: dict[int, str] = {}
        """Branches of the community by id."""

    def tell(self) -> int:
        """Branches and members; the id of the first branch."""
        branches = self._branches()
        count, linked = (RICH, LINKED_RICH) if self.area.rich else (QUIET, LINKED_QUIET)
        spread = [one for one, share in zip(branches, SHARES, strict=False) for _ in range(share)]
        for at in range(count):
            self._member(*spread[at % len(spread)], next(self.people, None) if at < linked else None)
        if self.area.rich:
            self._stories(branches)
        return branches[0][0]

    def _volunteers(self) -> Iterator[Any]:
        """Party members among the volunteers who serve, those with an account first: the names are theirs.

        The first is who signs in as zhiyuan1, though the registry calls them a resident: the two lists differ in life.
        """
        own = self.area.volunteers[0] if self.area.volunteers else 0
        query = (
            select(Volunteer.id, Volunteer.name, Volunteer.phone, Volunteer.account_id, Volunteer.skills)
            .where(
                Volunteer.community_id == self.area.id,
                or_(Volunteer.kind == VolunteerKind.PARTY_MEMBER, Volunteer.account_id == own),
                Volunteer.ended_on.is_(None),
                Volunteer.merged_into_id.is_(None),
            )
            .order_by(
                case((Volunteer.account_id == own, 0), (Volunteer.account_id.is_not(None), 1), else_=2), Volunteer.id
            )
        )
        return iter(self.demo.bulk.connection.execute(query).all())

    def _units(self) -> Sequence[Any]:
        query = select(Unit.id, Unit.kind).where(Unit.ended_on.is_(None)).order_by(Unit.id)
        return self.demo.bulk.connection.execute(query).all()

    def _branches(self) -> list[tuple[int, BranchKind]]:
        plan = BRANCHES if self.area.rich else ((f"{self.area.name}党支部", BranchKind.COMMUNITY),)
        leads = [self.area.secretary, *self.area.workers]
        found = []
        for at, (name, kind) in enumerate(plan):
            branch = self.demo.bulk.add(
                Branch,
                community_id=self.area.id,
                name=name,
                kind=kind,
                secretary_id=leads[at % len(leads)] if kind is not BranchKind.FLOATING else None,
                since=self.demo.first - timedelta(days=1500 + 100 * at),
            )
            self.names[branch] = name
            found.append((branch, kind))
        return found

    def _member(self, branch: int, of: BranchKind, volunteer: Any) -> dict[str, Any]:
        rng, today = self.rng, self.demo.today
        kind = rng.choice(KINDS[of])
        old = kind is MemberKind.RETIRED
        born = today.year - (rng.randrange(61, 88) if old else rng.randrange(24, 59))
        new = not old and rng.random() < 0.07
        member = self.demo.bulk.new_id(Member)
        if new:
            joined = today - timedelta(days=rng.randrange(30, 330))
        else:
            joined = _joined(born + rng.randrange(20, 24), member, today)
        since = max(joined, self.demo.first - timedelta(days=rng.randrange(60, 1400)))
        name, call = (volunteer.name, volunteer.phone) if volunteer else (resident(rng), phone(rng))
        number = self.area.number("DY", since.year)
        values: dict[str, Any] = {
            "id": member,
            "community_id": self.area.id,
            "number": number,
            "name": name,
            "phone": call,
            "phone_index": phone_key(call),
            **name_keys(name),
            "branch_id": branch,
            "kind": kind,
            "joined_on": joined,
            "full_on": None if new else a_year_after(joined),
            "birth_year": str(born),
            "unit_id": self._unit(kind),
            "skills": list(volunteer.skills) if volunteer else rng.sample(SKILLS, rng.choice((0, 0, 1, 2))),
            "free_slots": sorted(rng.sample(SLOTS, rng.choice((0, 1, 2, 3))), key=SLOTS.index),
            "volunteer_id": volunteer.id if volunteer else None,
            "account_id": volunteer.account_id if volunteer else None,
        }
        self.demo.bulk.add(Member, **values)
        stay = {"member_id": values["id"], "branch_id": branch, "since": since, "until": None}
        stay["id"] = self.demo.bulk.add(MemberStay, community_id=self.area.id, **stay)
        self._event(values, MemberChange.JOINED, since, after=self.names[branch])
        self.found.append(values | {"stay": stay})
        return self.found[-1]

    def _unit(self, kind: MemberKind) -> int | None:
        if kind is not MemberKind.PARTNER_UNIT or not self.units:
            return None
        property_firms = [one.id for one in self.units if one.kind is UnitKind.PROPERTY]
        of_firm = sum(one["unit_id"] in property_firms for one in self.found)
        # Three of the property company join in (docs/domain.md A2-25).
        if property_firms and of_firm < 3:
            return int(property_firms[0])
        return int(self.rng.choice(self.units).id)

    def _event(self, member: dict[str, Any], kind: MemberChange, on: date, **more: str) -> None:
        self.demo.bulk.add(
            MemberEvent,
            community_id=self.area.id,
            member_id=member["id"],
            kind=kind,
            on=on,
            at=days.at(max(on, self.demo.first), 15),
            by=self.area.workers[0],
            **more,
        )

    def _stories(self, branches: Sequence[tuple[int, BranchKind]]) -> None:
        """Who left, moved, was renamed, came back, was entered twice, and what two of them consented to."""
        causes = (MemberLeave.TRANSFERRED, MemberLeave.DIED, MemberLeave.TRANSFERRED, MemberLeave.WITHDREW)
        self.demo.bulk.flush()
        for at in range(GONE):
            self._gone(self._member(*branches[at % 3], None), causes[at % len(causes)], 40 + 90 * at)
        calm = [one for one in self.found if not one["volunteer_id"] and one["stay"]["since"] < self.demo.first][:5]
        for one, ago in zip(calm[:3], (33, 120, 250), strict=False):
            self._moved(one, branches[1 if one["branch_id"] == branches[0][0] else 0], ago)
        if len(calm) > 3:
            self._event(calm[3], MemberChange.RENAMED, self._ago(70), before=resident(self.rng), after=calm[3]["name"])
        self._twice(self.found[0])
        for one in self.found[:3]:
            self._event(one, MemberChange.LINKED, self._ago(90), after=MemberLink.VOLUNTEER.value)
            self._consent(one)

    def _ago(self, number: int) -> date:
        return self.demo.today - timedelta(days=number)

    def _gone(self, member: dict[str, Any], cause: MemberLeave, ago: int) -> None:
        last = max(self._ago(ago), member["stay"]["since"])
        until = max(last, self._ago(ago)) + KEPT_AFTER
        self._change(Member, member["id"], ended_on=last, ended_as=cause, keep_until=until)
        self._change(MemberStay, member["stay"]["id"], until=last)
        self._event(member, MemberChange.LEFT, last, after=cause.value)

    def _moved(self, member: dict[str, Any], to: tuple[int, BranchKind], ago: int) -> None:
        on = self._ago(ago)
        self._change(MemberStay, member["stay"]["id"], until=on - timedelta(days=1))
        self.demo.bulk.flush()
        stay = {"community_id": self.area.id, "member_id": member["id"], "branch_id": to[0], "since": on}
        self.demo.bulk.add(MemberStay, **stay, until=None)
        self._change(Member, member["id"], branch_id=to[0])
        self._event(member, MemberChange.MOVED, on, before=self.names[member["branch_id"]], after=self.names[to[0]])

    def _twice(self, kept: dict[str, Any]) -> None:
        """Entered by two colleagues, and made one."""
        other = self._member(kept["branch_id"], BranchKind.COMMUNITY, None)
        # The second entry was typed from paper: the registry of volunteers knows one of the two.
        one = {"name": kept["name"], "merged_into_id": kept["id"], "volunteer_id": None, "account_id": None}
        self._change(Member, other["id"], **one, **name_keys(kept["name"]))
        given = json.dumps({"filled": [], "skills": []})
        self._event(kept, MemberChange.MERGED, self._ago(12), before=other["number"], after=kept["number"])
        self._event(other, MemberChange.MERGED, self._ago(12), before=kept["number"], after=given)

    def _consent(self, member: dict[str, Any]) -> None:
        on = self._ago(60)
        self.demo.bulk.add(
            Consent,
            community_id=self.area.id,
            restricted=False,
            member_id=member["id"],
            scope=ConsentScope.PHOTO,
            given_on=on,
            way=ConsentWay.PAPER,
            told="已告知用途、必要性、对本人的影响，以及可随时撤回。",
            recorded_by=self.area.workers[0],
            recorded_at=days.at(on, 10),
        )

    def _change(self, model: Any, number: int, **values: object) -> None:
        self.demo.bulk.flush()
        table = model.__table__
        self.demo.bulk.connection.execute(table.update().where(table.c.id == number).values(**values))


def _on_the_way(demo: Demo, rich: Area, quiet: Area, branch: int) -> None:
    """One of the rich community is to come to another, which has not taken them in yet."""
    demo.bulk.flush()
    table: Any = Member.__table__
    last = select(table.c.id).where(
        table.c.community_id == rich.id, table.c.ended_on.is_(None), table.c.merged_into_id.is_(None),
        table.c.volunteer_id.is_(None),
    ).order_by(table.c.id.desc()).limit(1)  # fmt: skip
    member = demo.bulk.connection.execute(last).scalar_one()
    demo.bulk.connection.execute(table.update().where(table.c.id == member).values(offered_branch_id=branch))
    on = demo.today - timedelta(days=4)
    demo.bulk.add(
        MemberEvent, community_id=rich.id, member_id=member, kind=MemberChange.OFFERED, on=on,
        after=f"{quiet.name} · {quiet.name}党支部", at=days.at(on, 9), by=rich.workers[0],
    )  # fmt: skip
