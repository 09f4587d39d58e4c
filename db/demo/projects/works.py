"""One invented project, told step by step: goals, team, activities, acceptance. The stories are in `projects`."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from db.counters import day_of
from db.demo import days
from db.demo.frame import Area, Demo
from db.demo.needs.lives import Life
from db.models import (
    Activity,
    Indicator,
    Milestone,
    Model,
    Opening,
    Placement,
    Project,
    ProjectSource,
    Reading,
    Risk,
    ServiceRecord,
    TargetChange,
    ThreadEntry,
)
from db.terms import (
    ActivityState,
    Happening,
    IndicatorKind,
    JoinMethod,
    NeedStage,
    PlacementState,
    ProjectKind,
    ProjectState,
    RiskLevel,
)


@dataclass(frozen=True, slots=True)
class Helper:
    """A volunteer as projects see one."""

    id: int
    account_id: int | None


@dataclass
class Work:
    """A project whose rows wait until its story is told."""

    demo: Demo
    area: Area
    rng: Random
    row: dict[str, Any]
    sources: list[Life] = field(default_factory=list)
    rows: list[tuple[type[Model], dict[str, Any]]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    grounded: bool = False

    @property
    def id(self) -> int:
        number: int = self.row["id"]
        return number

    @property
    def leader(self) -> int:
        number: int = self.row["leader_id"]
        return number

    @property
    def starts_on(self) -> date:
        day: date = self.row["starts_on"]
        return day

    def at(self, share: float) -> datetime:
        """A moment in office hours, so far along the planned time; 1 is the due day."""
        due: date = self.row["due_on"]
        day = self.starts_on + timedelta(days=round((due - self.starts_on).days * share))
        return days.in_office(self.rng, days.next_workday(day))

    def say(self, kind: Happening, moment: datetime, actor: int, note: str = "", /, **values: Any) -> None:
        self.entries.append(
            {"at": moment, "actor_id": actor, "kind": kind.value, "values": values, "note": note, "project_id": self.id}
        )

    def keep(self, model: type[Model], **values: Any) -> dict[str, Any]:
        """Keep a row for later; it can still be changed."""
        row = {"id": self.demo.bulk.new_id(model), "community_id": self.area.id, **values}
        self.rows.append((model, row))
        return row

    def ground(self) -> None:
        """Hand the project and its activities over before the rest: service records will refer to them."""
        self.demo.bulk.add(Project, **self.row)
        for model, values in self.rows:
            if model is Activity:
                self.demo.bulk.add(model, **values)
        self.rows = [(model, values) for model, values in self.rows if model is not Activity]
        self.grounded = True

    def release(self) -> None:
        """Hand everything over."""
        bulk = self.demo.bulk
        if not self.grounded:
            bulk.add(Project, **self.row)
        for model, values in self.rows:
            bulk.add(model, **values)
        for entry in sorted(self.entries, key=lambda entry: entry["at"]):
            bulk.add(ThreadEntry, community_id=self.area.id, **entry)

    def sources_from(self, passed: list[tuple[Life, int]]) -> None:
        """The needs and the items by which they were passed."""
        moment, by = self.row["set_up_at"], self.row["set_up_by"]
        for life, item_id in passed:
            self.sources.append(life)
            self.keep(ProjectSource, project_id=self.id, need_id=life.id, item_id=item_id)
            life.enter(NeedStage.IN_PROJECT, moment)
            life.say(Happening.PROJECT_SET_UP, moment, by, project=self.row["number"])

    # --- goals ------------------------------------------------------------------------------------------

    def goal(
        self,
        name: str,
        unit: str,
        kind: IndicatorKind,
        baseline: int,
        target: int,
        readings: list[tuple[datetime, int]],
    ) -> dict[str, Any]:
        """A goal with what it stood at on some days; the row."""
        moment = self.row["set_up_at"] + timedelta(minutes=20)
        goal = self.keep(
            Indicator,
            project_id=self.id,
            name=name,
            unit=unit,
            kind=kind,
            baseline=Decimal(baseline),
            target=Decimal(target),
            actual=Decimal(baseline),
        )
        self.say(Happening.GOAL_ADDED, moment, self.leader, name=name, target=str(target), unit=unit)
        for when, value in readings:
            if when >= self.demo.now:
                break
            self.keep(Reading, indicator_id=goal["id"], on=day_of(when), value=Decimal(value), read_by=self.leader)
            goal["actual"] = Decimal(value)
            self.say(Happening.READING, when, self.leader, name=name, value=str(value), unit=unit)
        return goal

    def climb(self, upto: float, baseline: int, last: int, steps: int = 6) -> list[tuple[datetime, int]]:
        """Readings from the baseline to the last value, slow at first, up to a share of the planned time."""
        found = []
        for step in range(1, steps + 1):
            share = step / steps
            found.append((self.at(upto * share), baseline + round((last - baseline) * share**1.25)))
        return found

    def retarget(self, goal: dict[str, Any], before: int, moment: datetime, reason: str) -> None:
        """The goal once aimed at another target."""
        self.keep(
            TargetChange,
            indicator_id=goal["id"],
            before=Decimal(before),
            after=goal["target"],
            reason=reason,
            changed_at=moment,
            changed_by=self.leader,
        )
        for entry in self.entries:
            if entry["kind"] == Happening.GOAL_ADDED.value and entry["values"]["name"] == goal["name"]:
                entry["values"]["target"] = str(before)
        values = {"name": goal["name"], "before": str(before), "after": str(goal["target"])}
        self.say(Happening.TARGET_CHANGED, moment, self.leader, reason, **values)

    def milestone(self, title: str, due: float, done: float | None) -> None:
        """A step, due at a share of the planned time, and when it was done."""
        moment = self.at(done) if done is not None else None
        finished = moment is not None and moment < self.demo.now
        self.keep(
            Milestone,
            project_id=self.id,
            title=title,
            due_on=day_of(self.at(due)),
            done_on=day_of(moment) if moment is not None and finished else None,
        )
        if moment is not None and finished:
            self.say(Happening.MILESTONE_DONE, moment, self.leader, title=title)

    def risk(self, what: str, measure: str, level: RiskLevel, *, raised: float, closed: float | None = None) -> None:
        """Something that may go wrong."""
        over = self.at(closed) if closed is not None else None
        ended = over if over is not None and over < self.demo.now else None
        self.keep(
            Risk,
            project_id=self.id,
            what=what,
            measure=measure,
            level=level,
            closed_on=day_of(ended) if ended else None,
        )
        self.say(Happening.RISK_RAISED, self.at(raised), self.leader, risk=what)
        if ended:
            self.say(Happening.RISK_CLOSED, ended, self.leader, risk=what)

    # --- people -----------------------------------------------------------------------------------------

    def opening(self, title: str, skill: str, task: str, places: int, *, closed: bool = False) -> dict[str, Any]:
        """A post to be filled; the row."""
        moment = self.row["set_up_at"] + timedelta(hours=2)
        self.say(Happening.OPENING_POSTED, moment, self.leader, title=title, places=places)
        return self.keep(
            Opening, project_id=self.id, title=title, skill=skill, task=task, places=places, filled=0, closed=closed
        )

    def place(
        self,
        opening: dict[str, Any],
        helper: Helper,
        method: JoinMethod,
        state: PlacementState,
        moment: datetime,
        *,
        word: str = "",
    ) -> dict[str, Any]:
        """Somebody comes to an opening by one of the three ways; the row."""
        answered = moment if method is JoinMethod.CLAIM else moment + timedelta(hours=20)
        waits = state is PlacementState.WAITING or answered >= self.demo.now
        by = self.demo.account_names[self.area.workers[0]] if method is JoinMethod.RECOMMENDATION else ""
        row = self.keep(
            Placement,
            account_id=helper.account_id,
            opening_id=opening["id"],
            volunteer_id=helper.id,
            method=method,
            recommended_by=by,
            state=PlacementState.WAITING if waits else state,
            asked_at=moment,
            answered_at=None if waits else answered,
            word="" if waits else word,
        )
        values = {"opening": opening["title"], "method": method.value}
        if method is not JoinMethod.CLAIM:
            asked = {**values, "by": by} if by else values
            self.say(Happening.ASKED_TO_JOIN, moment, self.area.workers[0] if by else self.leader, **asked)
        if row["state"] is PlacementState.ACCEPTED:
            opening["filled"] += 1
            self.say(Happening.JOINED, answered, self.leader, **values)
        elif row["state"] is PlacementState.DECLINED:
            self.say(Happening.PLACEMENT_DECLINED, answered, self.leader, word, opening=opening["title"])
        return row

    def leave(self, row: dict[str, Any], opening: dict[str, Any], moment: datetime, why: str) -> None:
        """Somebody who was in the team leaves it."""
        row |= {"state": PlacementState.LEFT, "left_at": moment, "left_reason": why}
        opening["filled"] -= 1
        self.say(Happening.LEFT_TEAM, moment, self.leader, why, opening=opening["title"])

    def replace(
        self, row: dict[str, Any], opening: dict[str, Any], helper: Helper, moment: datetime, why: str
    ) -> dict[str, Any]:
        """Somebody else takes the place over."""
        new = self.place(opening, helper, JoinMethod.CLAIM, PlacementState.ACCEPTED, moment)
        opening["filled"] -= 1
        row |= {
            "state": PlacementState.REPLACED,
            "left_at": moment,
            "left_reason": why,
            "replaced_by_id": new["id"],
        }
        self.say(Happening.REPLACED, moment, self.leader, why, opening=opening["title"])
        return new

    # --- what is done -----------------------------------------------------------------------------------

    def start(self, moment: datetime, people: int) -> None:
        """The team stands."""
        self.row["state"] = ProjectState.RUNNING
        self.say(Happening.TEAM_READY, moment, self.leader, people=people)

    def activity(self, title: str, on: date, where: str, needed: int, served: int, report: str) -> dict[str, Any]:
        """An activity: done when its day is over, planned when it is to come; the row."""
        done = on < self.demo.today
        planned = max(self.row["set_up_at"] + timedelta(hours=3), days.at(on - timedelta(days=12), 10))
        planned = min(planned, self.demo.now - timedelta(hours=9))
        reported = days.at(on, 17, 30)
        self.say(Happening.ACTIVITY_PLANNED, planned, self.leader, title=title, on=on.isoformat())
        return self.keep(
            Activity,
            project_id=self.id,
            title=title,
            on=on,
            place=where,
            needed=needed,
            state=ActivityState.DONE if done else ActivityState.PLANNED,
            served=served if done else 0,
            report=report if done else "",
            reported_at=reported if done else None,
            reported_by=self.leader if done else None,
        )

    def reported(self, activity: dict[str, Any], minutes: int, people: int) -> None:
        """The line in the thread that says what an activity brought."""
        if activity["state"] is ActivityState.DONE:
            values = {"title": activity["title"], "served": activity["served"], "minutes": minutes, "people": people}
            self.say(Happening.ACTIVITY_DONE, activity["reported_at"], self.leader, **values)

    def serve(self, activity: dict[str, Any], helper: Helper, minutes: int) -> int:
        """Somebody gave time to a done activity; the minutes."""
        on: date = activity["on"]
        self.keep(
            ServiceRecord,
            account_id=helper.account_id,
            activity_id=activity["id"],
            volunteer_id=helper.id,
            on=on,
            minutes=minutes,
            recorded_at=activity["reported_at"],
            recorded_by=self.leader,
        )
        self.demo.minutes[helper.id] += minutes
        self.demo.given[self.area.id, on.replace(day=1)] += minutes
        return minutes

    def cancel(self, activity: dict[str, Any], why: str) -> None:
        """A planned activity did not take place."""
        moment = days.at(activity["on"] - timedelta(days=1), 15)
        activity |= {
            "state": ActivityState.CANCELLED,
            "served": 0,
            "report": why,
            "reported_at": moment,
            "reported_by": self.leader,
        }
        self.say(Happening.ACTIVITY_CANCELLED, moment, self.leader, why, title=activity["title"])


def set_up(
    demo: Demo,
    area: Area,
    *,
    title: str,
    kind: ProjectKind,
    leader: int,
    words: tuple[str, str, str],
    count: int,
    yuan: int,
    funding: str,
    set_up_at: datetime,
    length: int,
    begins_in: int = 3,
) -> Work:
    """Set a project up, to begin some days later; `sources_from` names the needs behind it."""
    number = area.number("P", day_of(set_up_at).year)
    problem, measures, beneficiaries = words
    by = area.secretary if kind is ProjectKind.COUNCIL else demo.admins[0]
    starts_on = day_of(set_up_at) + timedelta(days=begins_in)
    row = {
        "id": demo.bulk.new_id(Project),
        "community_id": area.id,
        "number": number,
        "title": title,
        "kind": kind,
        "state": ProjectState.SET_UP,
        "leader_id": leader,
        "problem": problem,
        "measures": measures,
        "beneficiaries": beneficiaries,
        "beneficiary_count": count,
        "budget_fen": yuan * 100,
        "funding": funding,
        "starts_on": starts_on,
        "due_on": starts_on + timedelta(days=length),
        "set_up_at": set_up_at,
        "set_up_by": by,
    }
    work = Work(demo, area, demo.rng("project", area.code, title), row)
    work.say(Happening.PROJECT_SET_UP, set_up_at, by, project=number)
    return work
