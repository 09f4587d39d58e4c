"""The order service of the invented subdistrict: its catalogue, a year of orders in every state, two series."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from db.demo import days
from db.demo.frame import Demo, Door, Ordered
from db.demo.orders.homes import homes
from db.demo.orders.words import CANCELLED, CATALOGUE, CAUTIONS, DECLINED, GOOD, NOTES, SERVICE_OF_NEED, TOLD
from db.models import Order, OrderCase, OrderOffer, OrderSeries, Service, blind_index
from db.rules.orders.dispatch import Asked, Helper, suggestions
from db.rules.orders.life import answer_due, finish_due
from db.rules.workdays import add_working_days
from db.rules.zone import CHINA
from db.terms import (
    AssignmentState,
    ConfirmedBy,
    FeeKind,
    OrderCaseKind,
    OrderChannel,
    OrderState,
    Rhythm,
    Satisfaction,
    VolunteerKind,
)

F, S, R = FeeKind, OrderState, Satisfaction
CODE = "365365"
"""The resident's code of the order that the demonstration volunteer accepted for today."""
PER_YEAR = 170  # orders of the rich community, beside those that its two series bring
CLOSING = timedelta(hours=21)
"""From the end of a service to the call-back after which its order is closed."""
LATELY = (S.TAKEN, S.OFFERED, S.ACCEPTED, S.WAITING, S.TAKEN, S.DONE, S.OFFERED, S.CONFIRMED)


@dataclass
class _Story:
    """One order that is being told."""

    made_at: datetime
    service: int
    door: Door
    end: OrderState
    channel: OrderChannel
    wanted_on: date | None = None
    wanted_time: str = ""
    helper: dict[str, Any] | None = None
    series: int | None = None
    declined_by: dict[str, Any] | None = None
    taken_back: bool = False
    rating: Satisfaction | None = None
    said: str = ""
    contested: bool = False
    case_open: bool = False
    code: str = ""
    need: Ordered | None = None
    reasons: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


class Orders:
    """The orders of the rich community: settled before hours are added up, written when the helpers are."""

    def __init__(self, demo: Demo, volunteers: list[dict[str, Any]]) -> None:
        self.demo, self.area = demo, next(area for area in demo.areas if area.rich)
        self.rng = demo.rng("orders")
        self.helpers = volunteers[:160]
        self.turns = Counter[int]()
        homes(demo, self.area, volunteers)
        self.services: list[int] = []
        self.stories = [*self._year(), *self._now(), *self._special(), *self._series(), *self._needs()]
        self.stories.sort(key=lambda story: story.made_at)
        for story in self.stories:
            if story.helper is not None and story.end in (S.CONFIRMED, S.REVISITED, S.CLOSED):
                demo.minutes[story.helper["id"]] += self._minutes(story)

    # --- who, what, when ---------------------------------------------------------------------------------

    def _minutes(self, story: _Story) -> int:
        return max(30, round(CATALOGUE[story.service][7] / 30) * 30)

    def _pick(self, story: _Story) -> dict[str, Any] | None:
        """Whom dispatch would have asked, by the rule itself."""
        asked = Asked(
            CATALOGUE[story.service][3],
            self.area.places[story.door.place].id,
            story.door.building,
            story.wanted_on,
            story.wanted_time,
        )
        found = [
            Helper(
                row["id"],
                row["skills"],
                row["place_id"],
                row["building"],
                row["free_slots"],
                row["kind"] is VolunteerKind.PARTY_MEMBER,
                recent=self.turns[row["id"]],
                declined=story.declined_by is not None and row["id"] == story.declined_by["id"],
            )
            for row in self.helpers
        ]
        chosen = suggestions(asked, found, most=1)
        if not chosen:
            return None
        story.reasons = [reason.value for reason in chosen[0].reasons]
        self.turns[chosen[0].helper_id] += 1
        return next(row for row in self.helpers if row["id"] == chosen[0].helper_id)

    def _door(self) -> Door:
        open_doors = [door for door in self.area.doors if not door.restricted and door.every > 2]
        return self.rng.choice(open_doors)

    def _story(self, made_at: datetime, end: OrderState, **more: Any) -> _Story:
        rng = self.rng
        service = rng.choices(range(len(CATALOGUE)), [one[8] for one in CATALOGUE])[0]
        channels = (OrderChannel.PHONE, OrderChannel.DESK, OrderChannel.DOOR, OrderChannel.POSTER)
        channel = OrderChannel.POSTER if end is S.WAITING else rng.choices(channels, (6, 3, 3, 1))[0]
        values: dict[str, Any] = {"service": service, "door": self._door(), "channel": channel}
        if rng.random() < 0.6:
            ahead = rng.randrange(1, CATALOGUE[service][6] + 1)
            values |= {"wanted_on": made_at.date() + timedelta(days=ahead), "wanted_time": rng.choice(("am", "pm", ""))}
        story = _Story(made_at=made_at, end=end, **values | more)
        if story.helper is None and end not in (S.WAITING, S.TAKEN, S.CANCELLED):
            story.helper = self._pick(story)
            if story.helper is None:
                story.end = S.TAKEN
        return story

    def _year(self) -> list[_Story]:
        """Eleven months and more, all of it ended."""
        demo, rng = self.demo, self.rng
        span = (demo.first + timedelta(days=ahead) for ahead in range(days.BACK - 16))
        found = []
        for number, made_at in enumerate(days.spread(rng, span, PER_YEAR * demo.scale)):
            if number % 19 == 7:
                found.append(self._story(made_at, S.CANCELLED))
                continue
            declined = self.rng.choice(self.helpers) if number % 11 == 3 or number % 29 == 5 else None
            story = self._story(made_at, S.CLOSED, declined_by=declined, taken_back=number % 29 == 5)
            story.rating = rng.choices((R.VERY_SATISFIED, R.SATISFIED, R.FAIR, R.NO_REPLY), (62, 24, 4, 10))[0]
            story.said = rng.choice(GOOD) if story.rating in (R.VERY_SATISFIED, R.SATISFIED) else ""
            found.append(story)
        return found

    def _now(self) -> list[_Story]:
        """The last days: every state, some of them late."""
        found = []
        for number in range(14):
            back = timedelta(days=1 + number // 2, hours=-9 - number % 7, minutes=-7 * number)
            made_at = self.demo.now - back
            story = self._story(made_at, LATELY[number % 8])
            if story.wanted_on and story.wanted_on < self.demo.today and number % 3:
                story.wanted_on = self.demo.today + timedelta(days=1 + number % 3)
            found.append(story)
        return found

    def _special(self) -> list[_Story]:
        """A bad rating that is followed up, a contested one, and what the demonstration volunteer has at hand."""
        demo = self.demo
        me = self.helpers[0]
        offer = self._story(demo.now - timedelta(hours=8), S.OFFERED, service=1, helper=me)
        today = self._story(demo.now - timedelta(days=1, hours=7), S.ACCEPTED, service=11, helper=me)
        offer.wanted_on, offer.wanted_time, offer.reasons = demo.today + timedelta(days=1), "am", ["same_place", "free"]
        today.wanted_on, today.wanted_time, today.reasons = demo.today, "pm", ["helped_before", "same_place"]
        today.code = CODE
        past = self._story(
            demo.now - timedelta(days=24, hours=6), S.CLOSED, service=1, helper=me, rating=R.VERY_SATISFIED
        )
        past.said = "买的菜很新鲜"
        bad = self._story(demo.now - timedelta(days=6, hours=6), S.REVISITED, service=3, rating=R.DISSATISFIED)
        bad.said, bad.case_open = "厨房没有擦到，说好两小时一小时就走了", True
        unjust = self._story(demo.now - timedelta(days=9, hours=5), S.CLOSED, service=4, rating=R.FAIR)
        unjust.said, unjust.contested, unjust.case_open = "来得晚", True, True
        settled = self._story(demo.now - timedelta(days=70, hours=5), S.CLOSED, service=7, rating=R.SATISFIED)
        settled.after = ["汤洒了，送晚了", "队长上门致歉，改由同楼志愿者送，再次回访表示满意"]
        running = self._story(demo.now - timedelta(days=2, hours=9), S.IN_SERVICE, service=10)
        running.wanted_on, running.wanted_time = demo.today - timedelta(days=1), "pm"
        return [offer, today, past, bad, unjust, settled, running]

    def _series(self) -> list[_Story]:
        """Weekly blood pressure and a monthly lesson, with the turns that became orders."""
        demo, found = self.demo, []
        nurse = next(row for row in self.helpers if "护理" in row["skills"])
        teacher = next(row for row in self.helpers if "电脑" in row["skills"])
        plans = ((9, nurse, Rhythm.WEEKLY, 12, 7, "am"), (14, teacher, Rhythm.MONTHLY, 4, 30, "pm"))
        for series, (service, helper, _rhythm, turns, gap, half) in enumerate(plans):
            door = self._door()
            for turn in range(turns):
                on = demo.today + timedelta(days=3) - timedelta(days=gap * (turns - 1 - turn))
                ended = on < demo.today - timedelta(days=3)
                made_at = days.at(on - timedelta(days=7), 8, 40)
                story = self._story(
                    min(made_at, demo.now - timedelta(hours=16)),
                    S.CLOSED if ended else S.DONE if on < demo.today else S.ACCEPTED,
                    service=service,
                    helper=helper,
                    channel=OrderChannel.SERIES,
                    door=door,
                )
                story.wanted_on, story.wanted_time, story.series, story.reasons = on, half, series, ["usual"]
                story.rating = R.VERY_SATISFIED if ended else None
                found.append(story)
        return found

    def _needs(self) -> list[_Story]:
        """What the council's desk routed to personal service: the order ends as the need did, a day before it."""
        found = []
        for asked in self.demo.ordered:
            story = self._story(
                asked.routed + timedelta(minutes=50),
                S.CLOSED if asked.done else S.ACCEPTED,
                service=SERVICE_OF_NEED[asked.title],
                door=asked.door,
                channel=OrderChannel.NEED,
                need=asked,
                wanted_on=(asked.done - CLOSING).astimezone(CHINA).date() if asked.done else self.demo.today,
                wanted_time="",
                rating=R.VERY_SATISFIED if asked.done else None,
            )
            found.append(story)
        return found

    # --- writing it --------------------------------------------------------------------------------------

    def tell(self) -> None:
        """Write the catalogue and the orders; the helpers are in the basket by now."""
        demo = self.demo
        for position, (name, english, group, skill, fee, answer, finish, minutes, _often) in enumerate(CATALOGUE, 1):
            self.services.append(
                demo.bulk.add(
                    Service,
                    subdistrict_id=demo.subdistrict,
                    name=name,
                    name_en=english,
                    group=group,
                    skill=skill,
                    fee=fee,
                    answer_hours=answer,
                    finish_days=finish,
                    minutes=minutes,
                    position=position,
                )
            )
        series: dict[int, int] = {}
        for story in self.stories:
            if story.series is not None and story.series not in series:
                series[story.series] = self._begin(story)
        for story in self.stories:
            self._write(story, series)

    def _begin(self, story: _Story) -> int:
        weekly = story.series == 0
        return self.demo.bulk.add(
            OrderSeries,
            community_id=self.area.id,
            service_id=self.services[story.service],
            household_id=story.door.id,
            volunteer_id=story.helper["id"] if story.helper else None,
            rhythm=Rhythm.WEEKLY if weekly else Rhythm.MONTHLY,
            starts_on=story.wanted_on or self.demo.today,
            wanted_time=story.wanted_time,
            note="量完记在小本上" if weekly else "教发图片和视频通话",
            next_on=self.demo.today + timedelta(days=10 if weekly else 33),
            made_by=self.area.workers[0],
            made_at=story.made_at,
        )

    def _write(self, story: _Story, series: dict[int, int]) -> None:
        demo, rng = self.demo, self.rng
        service = CATALOGUE[story.service]
        asks, does = TOLD[story.service]
        done_at = self._done_at(story)
        was_done = story.end in (S.DONE, S.CONFIRMED, S.REVISITED, S.CLOSED)
        revisited = done_at + timedelta(hours=20) if story.end in (S.CONFIRMED, S.REVISITED, S.CLOSED) else None
        rated = story.end in (S.REVISITED, S.CLOSED)
        since = {S.CLOSED: done_at + CLOSING, S.DONE: done_at}.get(story.end, revisited or story.made_at)
        if was_done and story.rating is None and rated:
            story.rating = R.SATISFIED
        number = demo.bulk.new_id(Order)
        demo.bulk.add(
            Order,
            id=number,
            code_hash=blind_index(f"order-code|{number}|{story.code}") if story.code else None,
            community_id=self.area.id,
            number=self.area.number("D", story.made_at.year),
            service_id=self.services[story.service],
            household_id=story.door.id,
            place_id=self.area.places[story.door.place].id,
            building=story.door.building,
            need_id=story.need.need if story.need else None,
            series_id=series[story.series] if story.series is not None else None,
            asker_name=story.door.name,
            asker_phone=story.door.phone,
            channel=story.channel,
            wanted_on=story.wanted_on,
            wanted_time=story.wanted_time,
            note=rng.choice((*asks, *NOTES)),
            caution=rng.choice(CAUTIONS),
            state=story.end,
            state_since=min(since, demo.now),
            answer_due_at=answer_due(story.made_at, service[5], demo.overrides),
            finish_due_on=finish_due(story.made_at.date(), service[6], story.wanted_on),
            made_by=story.door.worker,
            made_at=story.made_at,
            started_at=self._started_at(story, done_at) if was_done or story.end is S.IN_SERVICE else None,
            ended_at=done_at if was_done else None,
            minutes=self._minutes(story) if was_done else None,
            done_words=(story.need.said if story.need else rng.choice(does)) if was_done else "",
            fee_fen=1500 if was_done and service[4] is F.LOW else 0,
            helper_confirmed_at=done_at if was_done else None,
            resident_confirmed_at=revisited,
            resident_confirmed_by=(ConfirmedBy.CALL, ConfirmedBy.CODE)[rng.random() < 0.4] if revisited else None,
            rating=story.rating if rated else None,
            rating_words=story.said if rated else "",
            rated_at=revisited if rated else None,
            contested=story.contested,
            cancel_reason=rng.choice(CANCELLED) if story.end is S.CANCELLED else "",
        )
        self._offers(story, number)
        self._cases(story, number, done_at + timedelta(hours=20))

    def _done_at(self, story: _Story) -> datetime:
        """Some days after it was asked for, on the wanted day when there is one, and never after the story's end."""
        if story.need and story.need.done:
            return story.need.done - CLOSING
        late = timedelta(days=CATALOGUE[story.service][6] * 0.6)
        day = story.wanted_on or days.next_workday((story.made_at + late).date())
        moment = days.at(day, {"am": 10, "pm": 15}.get(story.wanted_time, 14), self.rng.randrange(60))
        latest = self.demo.now - timedelta(hours=22 if story.end is not S.DONE else 7)
        if moment > latest:  # never at night: the afternoon of the last day that is over by then
            moment = days.at(latest.astimezone(CHINA).date() - timedelta(days=1), 16, moment.minute)
        return max(moment, story.made_at + timedelta(minutes=90 + self._minutes(story)))

    def _started_at(self, story: _Story, done_at: datetime) -> datetime:
        """When the helper rang the bell: their minutes before the end, or this afternoon."""
        if story.end is S.IN_SERVICE:
            return days.at((self.demo.now - timedelta(minutes=1)).astimezone(CHINA).date(), 16, 10)
        return done_at - timedelta(minutes=self._minutes(story))

    def _offers(self, story: _Story, number: int) -> None:
        if story.helper is None:
            return
        asked_at = story.made_at + timedelta(minutes=25)
        for row, state, why in (
            (None if story.taken_back else story.declined_by, AssignmentState.DECLINED, self.rng.choice(DECLINED)),
            (story.declined_by if story.taken_back else None, AssignmentState.WITHDRAWN, "志愿者临时有事，改派"),
        ):
            if row is not None and row["id"] != story.helper["id"]:
                self._offer(number, row, state, asked_at, ["same_place"], why)
                asked_at += timedelta(minutes=40)
        state = AssignmentState.OFFERED if story.end is S.OFFERED else AssignmentState.ACCEPTED
        self._offer(number, story.helper, state, asked_at, story.reasons or ["chosen"])

    def _offer(
        self, order: int, row: dict[str, Any], state: AssignmentState, at: datetime, reasons: list[str], why: str = ""
    ) -> None:
        self.demo.bulk.add(
            OrderOffer,
            community_id=self.area.id,
            account_id=row["account_id"],
            order_id=order,
            volunteer_id=row["id"],
            state=state,
            reasons=reasons,
            offered_by=self.area.workers[0],
            offered_at=at,
            answered_at=None if state is AssignmentState.OFFERED else at + timedelta(minutes=30),
            reason=why,
        )

    def _cases(self, story: _Story, number: int, at: datetime) -> None:
        if story.after:
            self._case(number, OrderCaseKind.FOLLOW_UP, story.after[0], at, result=story.after[1], after=story.rating)
        elif story.contested:
            self._case(number, OrderCaseKind.REVIEW, "居民改过一次时间，我按新的时间到的", at + timedelta(days=1))
        elif story.case_open:
            self._case(number, OrderCaseKind.FOLLOW_UP, story.said, at)

    def _case(
        self, order: int, kind: OrderCaseKind, words: str, at: datetime, *, result: str = "", after: Any = None
    ) -> None:
        closed = bool(result)
        self.demo.bulk.add(
            OrderCase,
            community_id=self.area.id,
            order_id=order,
            kind=kind,
            words=words,
            due_on=add_working_days(at.date(), 5, self.demo.overrides).ends_on,
            opened_by=self.area.workers[0],
            opened_at=at,
            result=result,
            rating_after=after,
            closed_by=self.area.secretary if closed else None,
            closed_at=at + timedelta(days=2) if closed else None,
        )
