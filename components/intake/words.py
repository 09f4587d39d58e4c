"""What the plain pages of posters and personal codes say, state by state; the templates only place it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from components.needs.words import entry_name
from components.refusals.shown import sentence
from components.wording import N_, _, labelled
from components.wording.dates import day, short_day
from components.wording.terms import term
from db.errors import BadInput, Problem, Refused, YiqilaiError
from db.queries.intake.posters import PosterView, ReceiptView, ServiceChoice
from db.rules.intake.intake import DAYS_AHEAD
from db.rules.printed_code import printed
from db.terms import FeeKind, IntakeResult, IntakeState, ServiceGroup

Words = dict[str, Any]
"""What a template is filled with."""
Typed = Mapping[str, str]

HAZARDS: dict[str, str] = {
    "road": N_("路面坑洼、井盖松动"),
    "light": N_("路灯、楼道灯不亮"),
    "wire": N_("电线垂落、飞线充电"),
    "block": N_("消防通道被堵"),
    "rubbish": N_("垃圾堆积、污水"),
    "noise": N_("油烟、噪音扰民"),
    "person": N_("老人、孩子需要帮助"),
    "other": N_("其他"),
}
"""What riders see on their way, by code; the Chinese words are what is stored."""
TIMES: dict[str, str] = {"am": N_("上午"), "pm": N_("下午"), "eve": N_("晚上")}
"""Time of day by code; the Chinese words are what is stored."""


FIELDS = ("building", "stairwell", "room", "phone", "name", "words", "where", "urgent")
"""The fields that a form shows again as they were typed."""


def _choices(pairs: Sequence[tuple[str, str]], chosen: str) -> list[Words]:
    return [{"value": value, "text": text, "chosen": value == chosen} for value, text in pairs]


def _places(view: PosterView, typed: Typed) -> list[Words]:
    start = typed.get("place_id") or str(view.place_id or "")
    return _choices([("", _("请选择")), *((str(place.id), place.name) for place in view.places)], start)


def _problem(failed: YiqilaiError | None) -> Words:
    """The field of the problem ("" for the whole form) and its sentence."""
    if failed is None:
        return {"field": "", "problem": ""}
    if isinstance(failed, BadInput):
        said = sentence(failed)
        if failed.field == "phone" and failed.problem is Problem.EMPTY:
            said = _("请留一个电话，或者写清楼栋和室号，我们才能联系您。")
        elif failed.field == "where":
            said = _("请选择地点，或写几个字说明在哪里。")
        return {"field": failed.field, "problem": said}
    photo = isinstance(failed, Refused) and failed.rule.startswith("photo")
    return {"field": "photo" if photo else "", "problem": sentence(failed)}


def _common(view: PosterView, code: str, key: str, typed: Typed, failed: YiqilaiError | None) -> Words:
    return {
        "code": code,
        "key": key,
        "typed": {name: typed.get(name, "")[:1000] for name in FIELDS},
        "community": view.community,
        "places": _places(view, typed),
        "place_label": _("哪个小区、哪条街"),
        "trap": _("请不要填写这一栏"),
        "wrong": _("还没有提交，请看标红的地方。"),
        **_problem(failed),
    }


def by_group(services: Sequence[ServiceChoice]) -> list[tuple[ServiceGroup, list[ServiceChoice]]]:
    """The catalogue group by group, in the order of the groups; empty ones left out."""
    found = [(group, [one for one in services if one.group is group]) for group in ServiceGroup]
    return [(group, offered) for group, offered in found if offered]


def order_words(
    view: PosterView, code: str, key: str, today: date, typed: Typed, failed: YiqilaiError | None = None
) -> Words:
    """The form to order a service."""
    groups = [
        {
            "name": term(group),
            "services": [
                {
                    "value": str(one.id),
                    "text": entry_name(one),
                    "fee": "" if one.fee is FeeKind.FREE else term(one.fee),
                    "chosen": str(one.id) == typed.get("service_id"),
                }
                for one in services
            ],
        }
        for group, services in by_group(view.services)
    ]
    days = [(str(today + timedelta(days=n)), _day_words(today, n)) for n in range(DAYS_AHEAD + 1)]
    return _common(view, code, key, typed, failed) | {
        "title": _("点单：请社区帮忙"),
        "about": _("{community} · {name}", community=view.community, name=view.name),
        "service_label": _("要什么服务"),
        "groups": groups,
        "nothing": _("现在没有可以点的服务，请打电话或到社区窗口。"),
        "day_label": _("哪一天"),
        "days": _choices([("", _("哪天都可以")), *days], typed.get("wanted_on", "")),
        "time_label": _("什么时候"),
        "times": _choices(
            [("", _("都可以")), *((name, _(words)) for name, words in TIMES.items())], typed.get("wanted_time", "")
        ),
        "door_label": _("楼栋、单元、室号"),
        "building": _("楼栋"),
        "stairwell": _("单元"),
        "room": _("室号"),
        "name_label": _("怎么称呼您（可不填）"),
        "phone_label": _("联系电话"),
        "phone_hint": _("不留电话的，请写清楼栋和室号。"),
        "words_label": _("补充说明（可不填）"),
        "kept": _("只给社区工作人员办这件事用，处理后 30 天从来件里删除。"),
        "go": _("提交"),
    }


def _day_words(today: date, ahead: int) -> str:
    near = {0: _("今天"), 1: _("明天"), 2: _("后天")}
    words = short_day(today + timedelta(days=ahead))
    return _("{near}（{day}）", near=near[ahead], day=words) if ahead in near else words


def report_words(view: PosterView, code: str, key: str, typed: Typed, failed: YiqilaiError | None = None) -> Words:
    """The form of a quick report."""
    return _common(view, code, key, typed, failed) | {
        "title": _("随手报"),
        "about": _("{community} · 专属码 {name}", community=view.community, name=view.name),
        "kind_label": _("看到了什么"),
        "kinds": _choices([(name, _(words)) for name, words in HAZARDS.items()], typed.get("kind", "")),
        "words_label": _("多说几句（可不填）"),
        "where_label": _("具体位置"),
        "where_hint": _("例：3幢北门口、菜场对面。不用写姓名、电话。"),
        "photo_label": _("照片（可不加）"),
        "photo_hint": _("尽量不拍到人脸和车牌。拍摄地点等信息会自动去掉。"),
        "urgent": _("紧急：可能马上伤到人"),
        "urgent_hint": _("火情、燃气泄漏、有人受伤，请先打 119、110、120。"),
        "go": _("提交"),
    }


def hazard_text(kind: str, words: str) -> str:
    """The text that is stored of a report: the choice in Chinese and what was added; "" without a choice."""
    if kind not in HAZARDS:
        return ""
    added = words.strip()
    return labelled(HAZARDS[kind], added) if added else HAZARDS[kind]


OUTCOMES = {
    IntakeResult.NEED: N_("已记为需求 {number}"),
    IntakeResult.ORDER: N_("已登记为订单 {number}"),
    IntakeResult.COMPLAINT: N_("已登记为投诉 {number}"),
}


def receipt_words(view: ReceiptView) -> Words:
    """The page that says what became of a message."""
    said, stage = "", term(view.stage) if view.stage else ""
    if view.state is IntakeState.WAITING:
        title, said = _("已收到"), _("等社区工作人员确认，一般在一个工作日内。")
    elif view.state is IntakeState.REFUSED:
        title, said = _("没有受理"), _("原因：{reason}", reason=view.reason)
    else:
        title = _("已受理")
        said = _(OUTCOMES[view.result], number=view.number) if view.result else ""
    return {
        "title": title,
        "good": view.state is not IntakeState.REFUSED,
        "community": view.community,
        "label": _("受理编号"),
        "receipt": printed(view.receipt),
        "said": said,
        "stage": _("现在：{stage}", stage=stage) if stage else "",
        "reply": _("答复：{reply}", reply=view.reply) if view.reply else "",
        "on": _("{day} 收到", day=day(view.received_on)),
        "keep": _("要再看进展，请把这一页加到收藏，或记下受理编号问社区窗口。"),
        "again": _("刷新"),
    }


def revoked_words(view: PosterView) -> tuple[str, str]:
    """The answer to a code that was revoked, and what to do instead."""
    return (
        _("这个二维码已经停用"),
        _("请扫新的海报，或打电话、到{community}服务窗口办理。", community=view.community),
    )


def unknown_words() -> tuple[str, str]:
    """The answer to a code that does not exist."""
    return _("没有这个二维码"), _("请再扫一次；手工输入的，请对照纸上的网址核对。")


def many_words() -> tuple[str, str]:
    """The answer to too many messages."""
    return _("提交得太多了"), _("请过几分钟再试。急事请打电话或到社区窗口。")
