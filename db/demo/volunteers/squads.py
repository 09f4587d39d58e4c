"""What squads are besides their names: who leads, who left and asks, their posts, the words they show; and what
volunteers say to their hours.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update

from db.demo import days
from db.demo.frame import Area, Demo
from db.models import (
    Consent,
    HoursChange,
    HoursCheck,
    Opening,
    Placement,
    ServiceRecord,
    Squad,
    SquadMember,
    SquadRequest,
    SquadStory,
    Volunteer,
)
from db.terms import ConsentScope, ConsentWay, HoursAnswer, HoursFinding, JoinMethod, PlacementState

SILVER, LEADERLESS = "银发夕阳合唱队", "节水宣传队"
SLOGANS = ("邻里的事，我们的事", "伸把手，暖一楼", "小队伍，大邻里", "人人搭把手", "有空就来，来了就干")
CHARTER = (
    "一、自愿报名，量力而行。二、每月至少一次活动，提前三天通知。三、服务不收费，不留名。四、队长由队员推选，社区备案。"
)
POSTS = (
    ("合唱伴奏", "电子琴", "周三下午排练时伴奏", 1),
    ("读书角值班", "", "周六上午整理图书、登记借还", 4),
    ("楼道小修", "电工", "换灯、修门锁，随叫随到", 3),
    ("急救演示", "急救", "每季度一次，在小区广场演示", 2),
)
WORDS = (
    "退休以后最怕闲着，队里一喊我就来。",
    "教孩子写一个下午的字，比什么都高兴。",
    "修好一盏灯，整个楼道都亮堂。",
)
LEFT = ("搬到女儿家附近住", "膝盖不好，先歇一阵", "找到了全职工作")


def tell(demo: Demo) -> None:
    """Write it, when squads, members and hours are there."""
    demo.bulk.flush()
    area = next(one for one in demo.areas if one.rich)
    squads = _squads(demo, area)
    members = {squad.id: _members(demo, squad.id) for squad in squads}
    _ages(demo, squads, members)
    _join_after_founding(demo, squads)
    _lead(demo, area, squads, members)
    _leave(demo, area, members)
    _ask(demo, area, squads, members)
    _posts(demo, area, squads)
    _show(demo, area, squads, members)
    _hours(demo, area)
    demo.bulk.flush()


def _squads(demo: Demo, area: Area) -> Sequence[Any]:
    query = select(Squad.id, Squad.name, Squad.founded_on).where(Squad.community_id == area.id).order_by(Squad.id)
    return demo.bulk.connection.execute(query).all()


def _members(demo: Demo, squad_id: int) -> Sequence[Any]:
    query = (
        select(SquadMember.id, SquadMember.volunteer_id, Volunteer.account_id, Volunteer.since)
        .join(Volunteer, Volunteer.id == SquadMember.volunteer_id)
        .where(SquadMember.squad_id == squad_id, Volunteer.ended_on.is_(None), Volunteer.merged_into_id.is_(None))
        .order_by(SquadMember.id)
    )
    return demo.bulk.connection.execute(query).all()


def _ages(demo: Demo, squads: Sequence[Any], members: dict[int, Sequence[Any]]) -> None:
    """Years of birth: the choir is older than 65 on average, as A2-10 has it; a tenth said nothing."""
    rng = demo.rng("ages")
    ids = demo.bulk.connection.execute(select(Volunteer.id).order_by(Volunteer.id)).scalars().all()
    old = {one.volunteer_id for squad in squads if squad.name == SILVER for one in members[squad.id]}
    years = [
        {"key": key, "year": demo.today.year - (rng.randrange(61, 79) if key in old else rng.randrange(24, 76))}
        for key in ids
        if key in old or rng.random() > 0.1
    ]
    born = update(Volunteer).where(Volunteer.id == bindparam("key")).values(birth_year=bindparam("year"))
    demo.bulk.connection.execute(born, years)


def _join_after_founding(demo: Demo, squads: Sequence[Any]) -> None:
    for squad in squads:
        late = update(SquadMember).where(SquadMember.squad_id == squad.id, SquadMember.joined_on < squad.founded_on)
        demo.bulk.connection.execute(late.values(joined_on=squad.founded_on))


def _lead(demo: Demo, area: Area, squads: Sequence[Any], members: dict[int, Sequence[Any]]) -> None:
    """The one with a leader's account leads, else whoever came first; one squad looks for its leader."""
    for at, squad in enumerate(squads):
        first, *others = sorted(members[squad.id], key=lambda one: (one.account_id not in area.leaders, one.id))
        deputy = next((one for one in others if one.account_id is None), None)
        values: dict[str, Any] = {"slogan": SLOGANS[at % len(SLOGANS)], "charter": CHARTER if at % 3 == 0 else ""}
        if squad.name != LEADERLESS:
            values |= {"leader_id": first.volunteer_id, "deputy_id": deputy.volunteer_id if deputy else None}
        demo.bulk.connection.execute(update(Squad).where(Squad.id == squad.id).values(**values))


def _leave(demo: Demo, area: Area, members: dict[int, Sequence[Any]]) -> None:
    """Three were in another squad before; one of them left it and came back."""
    groups = list(members.items())
    for at, why in enumerate(LEFT):
        squad, _ = groups[at]
        _, people = groups[at + 6]
        one, left = people[-1], demo.today - timedelta(days=400 - 40 * at)
        _membership(demo, area, squad, one.volunteer_id, left - timedelta(days=200), left, why)
        if at == 0:
            _membership(demo, area, squad, one.volunteer_id, left + timedelta(days=90), None, "")


def _membership(demo: Demo, area: Area, squad: int, who: int, joined: date, left: date | None, why: str) -> None:
    demo.bulk.add(
        SquadMember, community_id=area.id, squad_id=squad, volunteer_id=who, joined_on=joined, left_on=left,
        left_reason=why,
    )  # fmt: skip


def _ask(demo: Demo, area: Area, squads: Sequence[Any], members: dict[int, Sequence[Any]]) -> None:
    """Some ask to come into each squad that an account leads; one was told no."""
    led = [squad.id for squad in squads if any(one.account_id in area.leaders for one in members[squad.id])]
    outside = [one.volunteer_id for squad in squads if squad.id not in led for one in members[squad.id][3:5]]
    for at, squad_id in enumerate(led):
        for place, word in enumerate(("周末都有空", "想学一门手艺")):
            demo.bulk.add(
                SquadRequest, community_id=area.id, squad_id=squad_id, volunteer_id=outside[2 * at + place], word=word,
                asked_at=days.at(demo.today - timedelta(days=2 + place), 19, 10 + place),
            )  # fmt: skip
    demo.bulk.add(
        SquadRequest, community_id=area.id, squad_id=led[0], volunteer_id=outside[-1], word="",
        asked_at=days.at(demo.today - timedelta(days=30), 9), answered_at=days.at(demo.today - timedelta(days=29), 20),
        answered_by=area.leaders[0], accepted=False, answer="队里人已经够了，推荐您去读书角管理队",
    )  # fmt: skip


def _posts(demo: Demo, area: Area, squads: Sequence[Any]) -> None:
    for at, (title, skill, task, places) in enumerate(POSTS):
        squad = next(one for one in squads if one.name == SILVER) if at == 0 else squads[at * 5]
        opening = demo.bulk.add(
            Opening, community_id=area.id, squad_id=squad.id, title=title, skill=skill, task=task, places=places,
            filled=1 if at == 1 else 0,
        )  # fmt: skip
        if at != 1:
            continue
        account, moment = area.volunteers[1], days.at(demo.today - timedelta(days=12), 20)
        holder = demo.bulk.connection.execute(select(Volunteer.id).where(Volunteer.account_id == account)).scalar_one()
        demo.bulk.add(
            Placement, community_id=area.id, account_id=account, opening_id=opening, volunteer_id=holder,
            method=JoinMethod.CLAIM, state=PlacementState.ACCEPTED,
            asked_at=moment, answered_at=moment,
        )  # fmt: skip


def _show(demo: Demo, area: Area, squads: Sequence[Any], members: dict[int, Sequence[Any]]) -> None:
    """Words with a consent; the last one took theirs back, and the words are gone from the page."""
    for at, words in enumerate(WORDS):
        squad = squads[at]
        speaker = members[squad.id][2]
        gone = at == len(WORDS) - 1
        demo.bulk.add(
            Consent, community_id=area.id, volunteer_id=speaker.volunteer_id, scope=ConsentScope.STORY,
            given_on=demo.today - timedelta(days=60), way=ConsentWay.PAPER, told="写明登在队伍风采里，可随时撤回",
            withdrawn_on=demo.today - timedelta(days=5) if gone else None,
            withdrawn_reason="不想再登了" if gone else "",
            recorded_by=area.workers[0], recorded_at=days.at(demo.today - timedelta(days=60), 10),
        )  # fmt: skip
        demo.bulk.add(
            SquadStory, community_id=area.id, squad_id=squad.id, volunteer_id=speaker.volunteer_id, words=words,
            added_by=area.workers[0], added_at=days.at(demo.today - timedelta(days=50 - at), 15),
        )  # fmt: skip


# --- hours -----------------------------------------------------------------------------------------------------


def _hours(demo: Demo, area: Area) -> None:
    """Volunteers with a phone say yes to what is older, one objects; a correction has its line in the trail."""
    connection = demo.bulk.connection
    said = ServiceRecord.account_id.is_not(None) & (ServiceRecord.on < demo.today - timedelta(days=14))
    connection.execute(
        update(ServiceRecord)
        .where(ServiceRecord.community_id == area.id, said)
        .values(agreed=True, agreed_at=days.at(demo.today - timedelta(days=7), 20))
    )
    latest = select(func.max(ServiceRecord.id)).where(ServiceRecord.account_id == area.volunteers[0])
    connection.execute(
        update(ServiceRecord)
        .where(ServiceRecord.id == latest.scalar_subquery())
        .values(
            agreed=False,
            objection="那天我五点才走，少记了半小时",
            agreed_at=days.at(demo.today - timedelta(days=1), 21),
        )
    )
    corrected = select(ServiceRecord).where(ServiceRecord.first_minutes.is_not(None))
    for one in connection.execute(corrected).all():
        demo.bulk.add(
            HoursChange, community_id=one.community_id, account_id=one.account_id, volunteer_id=one.volunteer_id,
            record_id=one.id, before=one.first_minutes, after=one.minutes, reason=one.correction,
            at=one.recorded_at + timedelta(days=2), by=area.workers[0],
        )  # fmt: skip
    month = (demo.today.replace(day=1) - timedelta(days=1)).replace(day=1)
    demo.bulk.add(
        HoursCheck, community_id=area.id, key=f"{HoursFinding.ONE_CONFIRMER}:{month:%Y-%m}:{area.leaders[0]}",
        kind=HoursFinding.ONE_CONFIRMER, month=month, facts="一位队长记了大半", answer=HoursAnswer.CONFIRMED,
        word="队长带的项目活动最多，抽查了三张签到表，都对",
        at=days.at(demo.today - timedelta(days=3), 10), by=area.secretary,
    )  # fmt: skip
