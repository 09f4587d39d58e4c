"""Posters, riders' codes, what came in by them, and a few drawn photos, in the rich community."""

from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image, ImageDraw
from sqlalchemy import select

from db.demo import days
from db.demo.frame import Area, Demo
from db.demo.names import phone
from db.models import Intake, Need, Order, Photo, Poster, Service, Squad, SquadMember, Volunteer, blind_index
from db.photos import store, stripped
from db.rules.intake.intake import door_words
from db.rules.printed_code import CODE, RECEIPT
from db.rules.voting.card_code import ALPHABET
from db.terms import IntakeResult, IntakeState, NeedSource, NeedStage, OrderChannel, PosterKind

RIDERS = "红骑士随手报队"
WAITING_ORDERS = (
    ("血压", "早饭前量，老伴也想一起量", "上午", 1),
    ("打扫", "厨房油烟机和窗户", "", 3),
    ("修", "阳台水龙头一直滴水", "下午", 1),
    ("买菜", "腿脚不便，买两天的菜", "上午", 0),
)
"""What the service's name may hold, the note, time of day, days ahead."""
REPORTS: tuple[tuple[str, str, bool, str], ...] = (
    ("路面坑洼、井盖松动：井盖翘起一角，电动车过会翻", "柳林巷菜场北门", True, "hole"),
    ("消防通道被堵：两辆面包车停了一上午", "桥头新村2幢东侧", False, "cars"),
    ("路灯、楼道灯不亮：整条巷子三盏都不亮", "柳林巷中段", False, "lamp"),
    ("电线垂落、飞线充电：二楼窗口拉线给电瓶车充电", "柳林东苑5幢", True, ""),
    ("垃圾堆积、污水：夜宵摊收摊后污水横流", "澄湖东街公交站旁", False, "rubbish"),
)
REFUSED = (
    ("其他：平台派单太多了", "", "外卖平台的派单不归社区管，已告知可向平台工会反映。"),
    ("其他：测试一下", "柳荫广场", "测试信息。"),
)


def tell(demo: Demo) -> None:
    """Everything of it; what came of older messages are needs and orders that are there already."""
    area = next(area for area in demo.areas if area.rich)
    demo.bulk.flush()
    rng = demo.rng("intake")
    made = days.at(days.next_workday(demo.today - timedelta(days=60)), 10, 5)
    posters = [
        _poster(demo, area, rng, PosterKind.ORDER, f"{place.name}宣传栏", made, place_id=place.id)
        for place in area.places[:2]
    ]
    riders = [
        _poster(demo, area, rng, PosterKind.REPORT, number, made, volunteer_id=volunteer)
        for volunteer, number in _riders(demo, area)
    ]
    if not riders:
        return
    _taken(demo, area, rng, posters, riders)
    for n, (what, where, reason) in enumerate(REFUSED):
        at = days.at(days.next_workday(demo.today - timedelta(days=9 + n)), 12, 20 + n)
        _message(
            demo, area, rng, riders[n], PosterKind.REPORT, at, what=what, where_text=where or None,
            state=IntakeState.REFUSED, reason=reason, decided_by=area.workers[0], decided_at=at + timedelta(hours=3),
        )  # fmt: skip
    _waiting(demo, area, rng, posters, riders)
    _photos_of_needs(demo, area, rng)


def _riders(demo: Demo, area: Area) -> list[tuple[int, str]]:
    found = demo.bulk.connection.execute(
        select(Volunteer.id, Volunteer.number)
        .join(SquadMember, SquadMember.volunteer_id == Volunteer.id)
        .join(Squad, Squad.id == SquadMember.squad_id)
        .where(Squad.community_id == area.id, Squad.name == RIDERS, SquadMember.left_on.is_(None))
        .order_by(Volunteer.id)
        .limit(4)
    )
    return [(row.id, row.number) for row in found]


def _letters(rng: Random, length: int) -> str:
    return "".join(rng.choice(ALPHABET) for _ in range(length))


def _poster(demo: Demo, area: Area, rng: Random, kind: PosterKind, name: str, at: datetime, **more: Any) -> int:
    code = _letters(rng, CODE)
    return demo.bulk.add(
        Poster, community_id=area.id, kind=kind, name=name, code=code, code_index=blind_index(f"poster:{code}"),
        made_by=area.secretary, made_at=at, **more,
    )  # fmt: skip


def _message(
    demo: Demo, area: Area, rng: Random, poster: int, kind: PosterKind, at: datetime, *, drawn: str = "", **more: Any
) -> int:
    intake = demo.bulk.add(
        Intake, community_id=area.id, poster_id=poster, kind=kind, request_key=_letters(rng, 32),
        receipt=_letters(rng, RECEIPT), received_at=at, **more,
    )  # fmt: skip
    if drawn:
        _photo(demo, area, drawn, at, rng.randrange(1000), intake_id=intake)
    return intake


def _waiting(demo: Demo, area: Area, rng: Random, posters: list[int], riders: list[int]) -> None:
    services = demo.bulk.connection.execute(select(Service.id, Service.name).order_by(Service.position)).all()
    for n, (word, note, time, ahead) in reversed(list(enumerate(WAITING_ORDERS))):
        usual = services[n % len(services)].id if services else None
        service = next((one.id for one in services if word in one.name), usual)
        _message(
            demo, area, rng, posters[n % 2], PosterKind.ORDER, _minutes_ago(demo, 40 + 75 * n), what=note,
            service_id=service, wanted_on=demo.today + timedelta(days=ahead), wanted_time=time,
            place_id=area.places[n % 2].id, where_text=door_words(f"{3 + 2 * n}幢", f"{1 + n % 2}单元", f"{3 + n}01"),
            asker_name=("沈阿姨", "陆大爷", "顾女士", "章奶奶")[n], asker_phone=phone(rng),
        )  # fmt: skip
    for n, (what, where, urgent, drawn) in reversed(list(enumerate(REPORTS))):
        _message(
            demo, area, rng, riders[n % len(riders)], PosterKind.REPORT, _minutes_ago(demo, 15 + 55 * n), what=what,
            where_text=where, urgent=urgent, drawn=drawn,
        )  # fmt: skip


def _minutes_ago(demo: Demo, minutes: int) -> datetime:
    return demo.now - timedelta(hours=5, minutes=minutes)


def _taken(demo: Demo, area: Area, rng: Random, posters: list[int], riders: list[int]) -> None:
    """Older messages, which became needs and orders."""
    ask = demo.bulk.connection.execute
    needs = ask(
        select(Need.id, Need.description, Need.logged_at, Need.worker_id)
        .where(Need.community_id == area.id, Need.source == NeedSource.RIDER, Need.stage != NeedStage.MERGED)
        .order_by(Need.id.desc())
        .limit(4)
    ).all()
    for n, need in enumerate(needs):
        _message(
            demo, area, rng, riders[n % len(riders)], PosterKind.REPORT, need.logged_at - timedelta(minutes=50),
            what=need.description, where_text="", state=IntakeState.TAKEN, result=IntakeResult.NEED, need_id=need.id,
            decided_by=need.worker_id, decided_at=need.logged_at,
        )  # fmt: skip
    orders = ask(
        select(Order.id, Order.service_id, Order.place_id, Order.made_at, Order.made_by, Order.note)
        .where(Order.community_id == area.id, Order.channel == OrderChannel.POSTER)
        .order_by(Order.id.desc())
        .limit(3)
    ).all()
    for n, order in enumerate(orders):
        _message(
            demo, area, rng, posters[n % 2], PosterKind.ORDER, order.made_at - timedelta(minutes=35), what=order.note,
            service_id=order.service_id, place_id=order.place_id, asker_name="何阿姨", asker_phone=phone(rng),
            state=IntakeState.TAKEN, result=IntakeResult.ORDER, order_id=order.id, decided_by=order.made_by,
            decided_at=order.made_at,
        )  # fmt: skip


def _photos_of_needs(demo: Demo, area: Area, rng: Random) -> None:
    """Two photos for each of the newest three needs about streets and stairwells."""
    words = (("井盖", "hole"), ("路灯", "lamp"), ("停车", "cars"), ("垃圾", "rubbish"), ("灯", "lamp"))
    found = demo.bulk.connection.execute(
        select(Need.id, Need.description, Need.logged_at, Need.worker_id)
        .where(Need.community_id == area.id, Need.restricted.is_(False))
        .order_by(Need.id.desc())
        .limit(150)
    ).all()
    shown = 0
    for need in found:
        drawn = next((kind for word, kind in words if word in need.description), "")
        if drawn and shown < 3:
            shown += 1
            for n in range(2):
                at = need.logged_at + timedelta(minutes=4 + n)
                _photo(demo, area, drawn, at, rng.randrange(1000), need_id=need.id, added_by=need.worker_id)


def _photo(demo: Demo, area: Area, drawn: str, at: datetime, seed: int, **subject: int) -> None:
    picture = stripped(draw(drawn, seed))
    store(picture)
    demo.bulk.add(
        Photo, community_id=area.id, sha256=picture.sha256, size=len(picture.jpeg), width=picture.width,
        height=picture.height, added_at=at, **subject,
    )  # fmt: skip


# --- drawn, so that nobody is on them -------------------------------------------------------------------


def draw(what: str, seed: int) -> bytes:
    """A street with a hole, a dark lamp, cars or rubbish, a little different for every seed."""
    rng = Random(seed)
    width, height = 960, 720
    picture = Image.new("RGB", (width, height), (196, 214, 226))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 430, width, height), fill=(118, 118, 114))
    for x in range(-40 + rng.randrange(80), width, 190):
        top = 120 + rng.randrange(90)
        pen.rectangle((x, top, x + 150, 430), fill=(214 - rng.randrange(30), 198, 176))
        for floor in range(top + 24, 400, 62):
            pen.rectangle((x + 22, floor, x + 60, floor + 34), fill=(108, 128, 140))
            pen.rectangle((x + 92, floor, x + 130, floor + 34), fill=(108, 128, 140))
    pen.line((0, 430, width, 430), fill=(90, 90, 88), width=8)
    DRAWN[what](pen, 300 + rng.randrange(240), rng)
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _hole(pen: Any, x: int, rng: Random) -> None:
    pen.ellipse((x - 150, 520, x + 170, 660), fill=(70, 68, 66))
    pen.ellipse((x - 110, 545, x + 120, 640), fill=(34, 33, 32))
    pen.polygon(((x + 60, 500), (x + 230, 540), (x + 190, 580), (x + 30, 545)), fill=(88, 90, 94))
    for _ in range(9):
        at, down = x - 190 + rng.randrange(420), 600 + rng.randrange(90)
        pen.ellipse((at, down, at + 22, down + 14), fill=(140, 138, 132))


def _lamp(pen: Any, x: int, _rng: Random) -> None:
    pen.rectangle((0, 0, 960, 720), fill=(28, 32, 46))
    pen.rectangle((0, 470, 960, 720), fill=(40, 42, 48))
    pen.rectangle((x, 150, x + 16, 560), fill=(96, 100, 108))
    pen.line((x + 8, 156, x + 130, 130), fill=(96, 100, 108), width=12)
    pen.ellipse((x + 100, 118, x + 170, 158), fill=(62, 66, 74))
    pen.rectangle((x - 220, 300, x - 170, 350), fill=(226, 196, 118))


def _cars(pen: Any, x: int, rng: Random) -> None:
    for at in (x - 260, x + 90):
        body = (rng.randrange(90, 210), rng.randrange(90, 200), rng.randrange(90, 200))
        pen.rounded_rectangle((at, 500, at + 290, 610), 22, fill=body)
        pen.rounded_rectangle((at + 40, 440, at + 250, 520), 18, fill=body)
        pen.rectangle((at + 60, 456, at + 140, 505), fill=(62, 74, 86))
        pen.ellipse((at + 30, 580, at + 96, 646), fill=(24, 24, 26))
        pen.ellipse((at + 196, 580, at + 262, 646), fill=(24, 24, 26))
    pen.rectangle((0, 668, 960, 680), fill=(232, 190, 60))


def _rubbish(pen: Any, x: int, rng: Random) -> None:
    pen.ellipse((x - 260, 600, x + 320, 690), fill=(86, 92, 82))
    for _ in range(14):
        at, down, size = x - 200 + rng.randrange(400), 500 + rng.randrange(120), 40 + rng.randrange(60)
        colour = (rng.randrange(40, 220), rng.randrange(60, 200), rng.randrange(60, 200))
        pen.ellipse((at, down, at + size, down + size), fill=colour)


DRAWN = {"hole": _hole, "lamp": _lamp, "cars": _cars, "rubbish": _rubbish}
