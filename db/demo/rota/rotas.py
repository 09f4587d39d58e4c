"""Rotas of the rich community: the travel rush to come, civilised traffic every week, a visit at each month's end."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import holidays

from db.demo import days
from db.demo.frame import Demo
from db.models import Rota, RotaPost, ServiceRecord, Slot, SlotTemplate, Turn, TurnSwap
from db.rules.rota.recurrence import days_of, rule_of
from db.rules.rota.shifts import Shift, shift_of
from db.rules.workdays import week_of
from db.terms import DaysOff, MonthEnd, RotaState, SlotRhythm, SwapState, TurnNews, TurnState

RUSH = "春天使者服务号·春运志愿服务"
RUSH_POSTS = (
    ("进站口", "引导乘客、帮提行李", ""),
    ("售票厅", "教用自助售票机", ""),
    ("候车厅服务台", "问询、热水、针线包", ""),
    ("地铁换乘通道", "指路、维持秩序", ""),
    ("急救点", "守急救箱、陪护", "急救"),
)
TRAFFIC_POSTS = (
    ("柳林路口东", "劝导非机动车停在线后", ""),
    ("柳林路口西", "劝导行人走斑马线", ""),
    ("桥头公交站", "引导排队上车", ""),
    ("学校门口", "护送孩子过马路", ""),
)
VISIT_POSTS = (("柳林小区一线", "给老党员送学上门", ""), ("望柳花园一线", "给老党员送学上门", ""))
WHY = ("临时出差", "孩子发烧", "家里老人住院", "单位加班")
CREW = 130
"""Young members who take turns at the crossings (A1-05 speaks of more than a hundred)."""


@dataclass(slots=True)
class _Laid:
    """A slot that is being told."""

    row: dict[str, Any]
    past: bool
    skill: str


class Duties:
    """Rotas: planned before hours are added up, written when the volunteers are."""

    def __init__(self, demo: Demo, volunteers: Sequence[dict[str, Any]]) -> None:
        self.demo, self.area = demo, next(area for area in demo.areas if area.rich)
        self.rng = demo.rng("rota")
        self.people = list(volunteers)
        self.busy: dict[date, set[int]] = defaultdict(set)
        self.rows: list[tuple[Any, dict[str, Any]]] = []
        self._traffic()
        self._visits()
        self._rush()

    def tell(self) -> None:
        """Write all of it."""
        for model, row in self.rows:
            self.demo.bulk.add(model, **row)

    # --- the three rotas -----------------------------------------------------------------------------------

    def _rush(self) -> None:
        begins = rush_after(self.demo.today)
        shifts = [shift_of(one) for one in ("06:00-11:00", "11:00-16:00", "16:00-21:00")]
        slots = self._rota(
            RUSH, "柳林车站南广场志愿者之家", RUSH_POSTS, begins, begins + timedelta(days=39), shifts, places=2,
            rhythm=SlotRhythm.DAILY, squad=None,
            call="春运四十天，车站需要您。每班五小时，有培训、有热水、有保险；自己选日子，临时有事可以换班。",
        )  # fmt: skip
        crew = self.people[:400]
        for number, slot in enumerate(slots):
            wanted = self.rng.choices((2, 1, 0), (6, 3, 1))[0]
            self._fill(slot, crew, wanted, start=number * 2)
        for slot in slots[4:40:12]:
            self._drop_out(slot, crew)

    def _traffic(self) -> None:
        begins = week_of(self.demo.today) - timedelta(weeks=4)
        shifts = [shift_of(one) for one in ("07:30-08:30", "17:00-18:00")]
        slots = self._rota(
            "文明交通劝导", "柳林路口岗亭", TRAFFIC_POSTS, begins, begins + timedelta(weeks=12, days=-1), shifts,
            places=3, rhythm=SlotRhythm.WEEKLY, squad=None, days_off=DaysOff.NO_FESTIVALS,
            call="有空就来站一小时：红马甲在岗亭领，带水就行。",
        )  # fmt: skip
        crew = self.people[:CREW]
        ahead: list[dict[str, Any]] = []
        for number, slot in enumerate(slots):
            wanted = 3 if slot.past else (3, 2, 3, 1)[number % 4]
            if slot.row["on"] > self.demo.today + timedelta(days=21):
                wanted = number % 2
            ahead += self._fill(slot, crew, wanted, start=number * 3)
        soon = [slot for slot in slots if not slot.past]
        self._drop_out(soon[0], crew)
        self._swaps([turn for turn in ahead if turn["state"] is TurnState.TAKEN and turn["account_id"]])

    def _visits(self) -> None:
        begins = self.demo.today.replace(day=1)
        slots = self._rota(
            "每月送学上门", "社区党群服务中心门口", VISIT_POSTS, begins, begins + timedelta(days=364),
            [shift_of("14:00-16:30")], places=2, rhythm=SlotRhythm.MONTHLY, squad=None,
            call="每月最后一天，给行动不便的老党员送学上门。",
        )  # fmt: skip
        for number, slot in enumerate(slots[:8]):
            if not slot.past:
                self._fill(slot, self.people[200:260], 2 if number < 3 else 1, start=number * 2)

    # --- laying and filling ----------------------------------------------------------------------------------

    def _rota(
        self, title: str, place: str, posts: Sequence[tuple[str, str, str]], first: date, last: date,
        shifts: Sequence[Shift], *, places: int, rhythm: SlotRhythm, squad: int | None, call: str,
        days_off: DaysOff = DaysOff.ALSO,
    ) -> list[_Laid]:  # fmt: skip
        made = days.at(min(first, self.demo.today) - timedelta(days=12), 10)
        rota = self._add(
            Rota, title=title, place=place, place_id=self.area.places[0].id, call=call, state=RotaState.OPEN,
            starts_on=first, ends_on=last, give_back_hours=24, squad_id=squad, made_by=self.area.secretary,
            made_at=made,
        )  # fmt: skip
        rule = rule_of(rhythm, weekdays=(2, 5), month_day=31, month_end=MonthEnd.LAST_DAY)
        laid = []
        kinds = []
        for position, (name, task, skill) in enumerate(posts, 1):
            post = self._add(RotaPost, rota_id=rota["id"], name=name, task=task, skill=skill, position=position)
            kinds.append((post, skill, self._add(
                SlotTemplate, rota_id=rota["id"], post_id=post["id"], rule=rule, starts_on=first, until=last,
                days_off=days_off, shifts=[str(one) for one in shifts], places=places, made_by=self.area.secretary,
                made_at=made,
            )))  # fmt: skip
        for day in days_of(rule, first, last, days_off, {}):
            for shift in shifts:
                begins, ends = shift.on(day)
                for post, skill, template in kinds:
                    row = self._add(
                        Slot, rota_id=rota["id"], post_id=post["id"], template_id=template["id"], on=day,
                        starts_at=begins, ends_at=ends, places=places, filled=0,
                    )  # fmt: skip
                    laid.append(_Laid(row, ends <= self.demo.now, skill))
        return laid

    def _add(self, model: Any, **row: Any) -> dict[str, Any]:
        row |= {"id": self.demo.bulk.new_id(model), "community_id": self.area.id}
        self.rows.append((model, row))
        return row

    def _fill(self, slot: _Laid, crew: Sequence[dict[str, Any]], wanted: int, *, start: int) -> list[dict[str, Any]]:
        """So many of the crew take the slot; nobody twice on a day. What is past was served, but for yesterday's."""
        on: date = slot.row["on"]
        able = [row for row in crew if not slot.skill or slot.skill in row["skills"]]
        chosen: list[dict[str, Any]] = []
        for step in range(len(able)):
            row = able[(start + step) % len(able)]
            if len(chosen) == wanted:
                break
            if row["id"] not in self.busy[on]:
                chosen.append(row)
                self.busy[on].add(row["id"])
        marked = slot.past and on < self.demo.today - timedelta(days=4)
        slot.row["filled"] = len(chosen)
        return [self._turn(slot, row, marked=marked, missed=marked and at == 2 and on.day % 9 == 0)
                for at, row in enumerate(chosen)]  # fmt: skip

    def _turn(self, slot: _Laid, person: dict[str, Any], *, marked: bool, missed: bool = False) -> dict[str, Any]:
        taken = min(slot.row["starts_at"] - timedelta(days=self.rng.randrange(3, 9)), self.demo.now)
        state = (TurnState.MISSED if missed else TurnState.SERVED) if marked else TurnState.TAKEN
        if state is TurnState.SERVED:
            self._serve(slot, person)
        return self._add(
            Turn, slot_id=slot.row["id"], volunteer_id=person["id"], account_id=person["account_id"], state=state,
            taken_at=taken, taken_by=person["account_id"] or self.area.workers[0],
            reason=self.rng.choice(WHY) if missed else "",
        )  # fmt: skip

    def _serve(self, slot: _Laid, person: dict[str, Any]) -> None:
        minutes = int((slot.row["ends_at"] - slot.row["starts_at"]).total_seconds()) // 60
        self.demo.minutes[person["id"]] += minutes
        self.demo.given[self.area.id, slot.row["on"].replace(day=1)] += minutes
        self._add(
            ServiceRecord, slot_id=slot.row["id"], volunteer_id=person["id"], account_id=person["account_id"],
            on=slot.row["on"], minutes=minutes, recorded_at=slot.row["ends_at"] + timedelta(minutes=20),
            recorded_by=self.area.leaders[0],
        )  # fmt: skip

    def _drop_out(self, slot: _Laid, crew: Sequence[dict[str, Any]]) -> None:
        """Somebody gave the turn back when it was near, and the place is open."""
        slot.row["filled"] = min(slot.row["filled"], slot.row["places"] - 1)
        held = [row for model, row in self.rows if model is Turn and row["slot_id"] == slot.row["id"]]
        person = next(row for row in crew[::-1] if row["id"] not in self.busy[slot.row["on"]])
        self.busy[slot.row["on"]].add(person["id"])
        turn = held[slot.row["filled"]] if len(held) > slot.row["filled"] else self._turn(slot, person, marked=False)
        late = max(turn["taken_at"], self.demo.now - timedelta(hours=2))
        turn |= {"state": TurnState.GIVEN_BACK, "ended_at": late, "reason": self.rng.choice(WHY)}

    def _swaps(self, turns: Sequence[dict[str, Any]]) -> None:
        """One asks the volunteer of the demonstration, one offers to everybody, one was put in and must be told."""
        mine = [turn for turn in turns if turn["account_id"] == self.people[0]["account_id"]]
        others = [turn for turn in turns if turn["account_id"] != self.people[0]["account_id"]]
        asked = self.demo.now - timedelta(hours=3)
        if mine and others:
            self._add(TurnSwap, turn_id=others[0]["id"], wanted_id=mine[0]["id"], state=SwapState.ASKED, asked_at=asked)
        if len(others) > 1:
            self._add(TurnSwap, turn_id=others[1]["id"], wanted_id=None, state=SwapState.ASKED, asked_at=asked)
        for turn in others[2:5]:
            turn |= {"news": TurnNews.PUT_IN, "taken_by": self.area.secretary}


def rush_after(today: date) -> date:
    """The first day of the next travel rush: fifteen days before a Spring Festival, and still ahead."""
    for year in (today.year, today.year + 1, today.year + 2):
        found = [day for day, name in holidays.country_holidays("CN", years=year, language="en_US").items()
                 if "Spring Festival" in name and "observed" not in name]  # fmt: skip
        if found and min(found) - timedelta(days=15) > today:
            return min(found) - timedelta(days=15)
    return today + timedelta(days=30)
