"""The sentence of every line of a life: `happening(kind, values)`, with the values that `db.terms.Happening` names."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from string import Formatter
from typing import Any

from components.wording import N_, _, side_by_side
from components.wording.dates import dated, hours
from components.wording.terms import term
from db import terms as t
from db.rules.needs.twins import TwinReason
from db.terms import Happening as H
from db.terms import Outcome

SENTENCES: dict[H, str] = {
    H.LOGGED: N_("登记需求（来源：{source}）"),
    H.AMENDED: N_("修改了 {fields}"),
    H.VOIDED: N_("作废"),
    H.WEEK_SIGNED: N_("本周登记已签字，转入筛选"),
    H.MERGED_INTO: N_("归并到 {lead}"),
    H.MERGED_IN: N_("并入 {member}（{reasons}）"),
    H.MERGE_UNDONE: N_("撤销与 {other} 的归并"),
    H.NOT_TWINS: N_("判定与 {other} 不是同一件事"),
    H.HANDLING: N_("涉安全，即接即办"),
    H.HANDLED: N_("即办完成"),
    H.SCREENING_OPENED: N_("开始第 {round} 轮评分"),
    H.SCORED: N_("第 {count} 位评分人已评分"),
    H.THIRD_NEEDED: N_("两人相差 {gap} 分，超过 20 分，请第三人评分"),
    H.SCREENED: N_("评分完成：{total} 分"),
    H.ROUTED: N_("分流：{route}"),
    H.ORDER_DONE: N_("个人服务完成"),
    H.ON_AGENDA: N_("列入议程：{meeting}"),
    H.OFF_AGENDA: N_("移出议程，等待下次会议"),
    H.VOTED: N_("表决：{outcome}（赞成 {votes_for}、反对 {votes_against}、弃权 {votes_abstain}，基数 {base_count}）"),
    H.NOTICE_POSTED: N_("开始公示，至 {ends_on}"),
    H.NOTICE_MOVED: N_("{on} 的工作日安排有调整，公示截止日改为 {ends_on}"),
    H.OBJECTION: N_("收到异议"),
    H.OBJECTION_HANDLED: N_("异议已处理：{result}"),
    H.NOTICE_CORRECTED: N_("公示更正，重新公示至 {ends_on}"),
    H.NOTICE_WITHDRAWN: N_("撤回公示"),
    H.NOTICE_FINISHED: N_("公示期满"),
    H.PROJECT_SET_UP: N_("立项：{project}"),
    H.GOAL_ADDED: N_("新增目标：{name}，{target} {unit}"),
    H.LEADER_CHANGED: N_("牵头人由 {before} 改为 {after}"),
    H.TARGET_CHANGED: N_("目标调整：{name}，由 {before} 改为 {after}"),
    H.READING: N_("进度：{name} {value} {unit}"),
    H.MILESTONE_DONE: N_("里程碑完成：{title}"),
    H.RISK_RAISED: N_("发现风险：{risk}"),
    H.RISK_CLOSED: N_("风险解除：{risk}"),
    H.OPENING_POSTED: N_("招募岗位：{title}，{places} 人"),
    H.OPENING_CLOSED: N_("停止招募：{title}"),
    H.ASKED_TO_JOIN: N_("{method}：{opening}，等待队长确认"),
    H.JOINED: N_("{method}入队：{opening}"),
    H.PLACEMENT_DECLINED: N_("未接受：{opening}"),
    H.LEFT_TEAM: N_("离队：{opening}"),
    H.REPLACED: N_("替换：{opening}"),
    H.TEAM_READY: N_("团队组成，开始实施"),
    H.ACTIVITY_PLANNED: N_("计划活动：{title}，{on}"),
    H.ACTIVITY_DONE: N_("活动完成：{title}，服务 {served} 人次，{people} 人参加，共 {minutes}"),
    H.ACTIVITY_CANCELLED: N_("活动取消：{title}"),
    H.SERVICE_CORRECTED: N_("更正服务时长：{title}，由 {before} 改为 {after}"),
    H.HANDED_IN: N_("第 {round} 次提交验收"),
    H.JUDGED: N_("第 {count} 位评委已评分"),
    H.ACCEPTED: N_("验收通过：{grade}，{total} 分"),
    H.SENT_BACK: N_("退回整改（{total} 分），{recheck_on} 复验"),
    H.STOPPED: N_("项目终止"),
    H.ANSWER_DUE: N_("待回音：{kind}，{households} 户"),
    H.ANSWER_TRIED: N_("未联系上，下次再试"),
    H.ANSWERED: N_("已回音：{channel}，{satisfaction}"),
    H.CLOSED: N_("销号：提出人都已得到回音"),
    H.UNMASKED: N_("查看了原值"),
}
"""One sentence for each happening; what the person typed stands below it as the note."""

FIELDS: dict[str, str] = {
    "title": N_("标题"),
    "description": N_("居民原话"),
    "category_id": N_("类别"),
    "place_id": N_("地点"),
    "building": N_("楼栋"),
    "reach": N_("影响面"),
    "people": N_("影响人数"),
    "urgency": N_("紧急程度"),
    "special_group": N_("涉及特殊群体"),
}
"""Names of the fields of a need that can be amended."""

TWIN_REASONS: dict[TwinReason, str] = {
    TwinReason.SAME_WORDS: N_("用词相近"),
    TwinReason.SAME_SOUND: N_("读音相近"),
    TwinReason.SAME_BUILDING: N_("同一楼栋"),
    TwinReason.SAME_PLACE: N_("同一地点"),
    TwinReason.SAME_CATEGORY: N_("同一类别"),
    TwinReason.CLOSE_IN_TIME: N_("时间相近"),
}

_ENUMERATIONS: dict[str, type[StrEnum]] = {
    "source": t.NeedSource,
    "route": t.Route,
    "outcome": t.Outcome,
    "result": t.ObjectionState,
    "method": t.JoinMethod,
    "grade": t.Grade,
    "kind": t.AnswerKind,
    "channel": t.AnswerChannel,
    "satisfaction": t.Satisfaction,
}


def reasons(found: Iterable[str]) -> str:
    """Why two needs may be one, in words."""
    known = {reason.value for reason in TwinReason}
    return side_by_side(_(TWIN_REASONS[TwinReason(reason)]) for reason in found if str(reason) in known)


def _day(value: object) -> str:
    return dated(date.fromisoformat(str(value)))


_SHOWN: dict[str, Callable[[Any], str]] = {
    "fields": lambda names: side_by_side(_(FIELDS[name]) if name in FIELDS else str(name) for name in names),
    "reasons": reasons,
    "ends_on": _day,
    "on": _day,
    "recheck_on": _day,
    "minutes": lambda minutes: hours(int(minutes)),
    "winners": lambda titles: side_by_side(map(str, titles)),
}
VOTED_ON_OPTIONS = N_("表决：{outcome}（入选：{winners}）")
"""Instead of the counts of a motion, when the item asked for a choice."""
VOTED_IN_PART = N_("表决：{winners}入选，余下名额同票")
"""A tie for some of several places is none for those who were chosen."""


def happening(kind: str, values: Mapping[str, Any]) -> str:
    """The sentence of one line in the reader's language; a value that an older line lacks is a dash."""
    try:
        sentence = SENTENCES[H(kind)]
    except ValueError:
        return kind
    if kind == H.VOTED and "winners" in values:
        sentence = VOTED_IN_PART if values["winners"] and values.get("outcome") == Outcome.TIE else VOTED_ON_OPTIONS
    holes = {name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name}
    said = _(sentence, **{name: _shown(kind, name, values.get(name)) for name in holes})
    if values.get("after_sign_off"):
        said += _("（登记签字之后）")
    if values.get("arrived"):
        said += _("（没有网络时在手机上写下，{at}传到）", at=dated(datetime.fromisoformat(values["arrived"])))
    if kind == H.ROUTED and values.get("referred_to"):
        said += f" → {values['referred_to']}"
    return said


def _shown(kind: str, name: str, value: Any) -> str:
    if value is None or value == "" or value == []:
        return "—"
    if kind == H.SERVICE_CORRECTED and name in ("before", "after"):
        return hours(int(value))
    try:
        if name in _ENUMERATIONS:
            return term(_ENUMERATIONS[name](value))
        return _SHOWN[name](value) if name in _SHOWN else str(value)
    except (ValueError, TypeError):
        return str(value)
