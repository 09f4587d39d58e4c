"""What the meeting-room screen says: from public numbers to slides in words. No name ever comes in here."""

from typing import Any

from components.decision_sentence import decision_sentence, quorum_words
from components.told_progress import light_reason, light_word
from components.wording import _
from components.wording.dates import day, moment
from components.wording.terms import look, term
from db.rules.decision import HouseRule
from db.rules.decision_json import decision_from_json
from db.terms import Choice, ItemState, Light, VoteMethod

Slide = dict[str, Any]


def slides(scene: Any) -> list[Slide]:
    """The slides of a scene: three of the rotation, or the one that the meeting is at."""
    if scene.meeting is not None:
        return [_meeting(scene.meeting)]
    return _rotation(scene.rotation) if scene.rotation is not None else [_nothing()]


def _nothing() -> Slide:
    return {"kind": "tiles", "what": "", "title": _("这块屏幕还没有指定社区"), "rows": []}


def _rotation(rotation: Any) -> list[Slide]:
    month = rotation.month
    this_month = _("{day}至今", day=day(month.first))
    stages = [{"name": term(stage), "value": needs} for stage, needs in rotation.stages]
    projects = [
        {
            "state": light_word(one.result.light),
            "colour": look(one.result.light)[1],
            "name": one.title,
            "reason": light_reason(one.result),
        }
        for one in rotation.projects
    ]
    order = (Light.RED, Light.AMBER, Light.GREEN)
    lights = " · ".join(f"{light_word(light)} {rotation.lights[light]}" for light in order)
    tiles = [
        {"value": str(month.logged), "name": _("新登记需求(件)")},
        {"value": str(month.answered), "name": _("已回音(件)")},
        {"value": str(month.accepted), "name": _("通过验收的项目(个)")},
        {"value": str(month.activities), "name": _("完成的活动(场)")},
        {"value": str(month.served), "name": _("受益(人次)")},
        {"value": _hours(month.minutes), "name": _("志愿服务(小时)")},
    ]
    return [
        {
            "kind": "bars",
            "what": _("件件有回音"),
            "title": _("需求办到哪一步"),
            "rows": stages,
            "note": _("数字是在办件数;累计已回音 {n} 件", n=rotation.closed),
        },
        {
            "kind": "list",
            "what": _("件件有回音"),
            "title": _("项目进度"),
            "summary": lights,
            "rows": projects,
            "empty": _("现在没有在办的项目"),
            "note": _("按计划时间和指标完成比例判断"),
        },
        {"kind": "tiles", "what": _("件件有回音"), "title": _("本月数字"), "rows": tiles, "note": this_month},
    ]


def _hours(minutes: int) -> str:
    half_hours = minutes // 30
    return f"{half_hours // 2}.5" if half_hours % 2 else str(half_hours // 2)


def _meeting(meeting: Any) -> Slide:
    light = None
    if meeting.quorum is not None:
        light = {"colour": "green" if meeting.quorum.met else "red", "words": quorum_words(meeting.quorum)}
    item = meeting.item
    if item is None:
        return {
            "kind": "list",
            "what": term(meeting.state),
            "title": meeting.title,
            "summary": light["words"] if light else "",
            "rows": [
                {"state": str(position), "colour": "", "name": title, "reason": term(state)}
                for position, title, state in meeting.agenda
            ],
            "empty": _("议程还没有列出"),
            "note": f"{moment(meeting.at)} · {meeting.place}",
        }
    slide: Slide = {
        "kind": "item",
        "what": meeting.title,
        "title": _("议题 {n}:{title}", n=item.position, title=item.title),
        "motion": item.motion,
        "light": light,
        "note": _("业主共同决定的事项,表决结果仅供参考") if item.owners_matter else "",
    }
    if item.ballot is not None:
        return slide | _voting(item.ballot)
    if item.decision is not None:
        return slide | _result(item, meeting.rule)
    if item.decided:
        return slide | {"hint": _("表决已结束,等待主持人宣布结果")}
    return slide | {"hint": term(item.state) if item.state is not ItemState.PENDING else _("即将讨论")}


def _voting(ballot: Any) -> Slide:
    if ballot.method is VoteMethod.HANDS:
        return {
            "method": term(ballot.method),
            "turnout": _("请举手"),
            "hint": _("计票人、监票人已录入 {cast} / {of}", cast=ballot.cast, of=ballot.of),
        }
    return {
        "method": term(ballot.method),
        "turnout": _("已投 {cast} / {of}", cast=ballot.cast, of=ballot.of),
        "hint": _("结果在表决结束后宣布"),
    }


def _result(item: Any, rule: dict[str, Any]) -> Slide:
    decision = decision_from_json(item.decision)
    colours = {Choice.FOR: "green", Choice.AGAINST: "red", Choice.ABSTAIN: "gray"}
    votes = {
        Choice.FOR: decision.votes_for,
        Choice.AGAINST: decision.votes_against,
        Choice.ABSTAIN: decision.votes_abstain,
    }
    return {
        "motion": "",
        "light": None,
        "verdict": {"word": term(decision.outcome), "colour": look(decision.outcome)[1]},
        "votes": [{"name": term(choice), "value": n, "colour": colours[choice]} for choice, n in votes.items()],
        "sentence": decision_sentence(decision, HouseRule.from_json(rule)),
    }
