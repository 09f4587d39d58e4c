"""What the plain page of registration and its receipt say; the templates only place it."""

from collections.abc import Mapping, Sequence
from typing import Any

from components.refusals.shown import sentence
from components.volunteers.half_days import HALF_WORDS, WEEKDAY_WORDS
from components.wording import N_, _
from components.wording.dates import day
from components.wording.terms import term
from db.errors import BadInput, Problem, YiqilaiError
from db.queries.volunteers.applications import JoinReceipt, JoinView
from db.rules.printed_code import printed
from db.terms import ApplicationState, Interest

Words = dict[str, Any]
SKILL_NAMES = (
    N_("电工"), N_("木工"), N_("水管维修"), N_("家电维修"), N_("理发"), N_("缝纫"), N_("做饭"), N_("医护急救"),
    N_("法律"), N_("心理陪伴"), N_("教学辅导"), N_("书法文艺"), N_("摄影"), N_("手机电脑"), N_("驾驶"),
    N_("手语外语"),
)  # fmt: skip
"""`SKILLS` as messages; the register keeps the Chinese name."""
TYPED = ("name", "phone", "birth_year", "other_skills", "guardian", "guardian_phone")
TICKED = ("skills", "interests", "free_slots")
PROBLEMS: dict[tuple[str, Problem], str] = {
    ("phone", Problem.EMPTY): N_("请留一个电话，社区要打给您确认。"),
    ("birth_year", Problem.EMPTY): N_("请填出生年份，例如 1968。"),
    ("birth_year", Problem.WRONG): N_("请填四位数的年份，例如 1968。"),
    ("birth_year", Problem.BAD_DATE): N_("这个年份不像出生年份，请再看一下。"),
    ("guardian", Problem.EMPTY): N_("未满 18 岁的，请写监护人的姓名。"),
    ("guardian_phone", Problem.EMPTY): N_("未满 18 岁的，请写监护人的电话。"),
    ("guardian_agrees", Problem.EMPTY): N_("未满 18 岁的，要监护人同意才能登记。"),
    ("promise", Problem.EMPTY): N_("请看过承诺后打勾。"),
}


def join_words(
    view: JoinView, key: str, fields: Mapping[str, Sequence[str]], failed: YiqilaiError | None = None
) -> Words:
    """The form, with everything that was typed and ticked in it."""
    typed = {name: (fields.get(name) or [""])[0][:200] for name in TYPED}
    ticked = {name: set(fields.get(name, ())) for name in (*TICKED, "guardian_agrees", "promise")}
    return {
        "code": view.code,
        "key": key,
        "typed": typed,
        "title": _("志愿者登记"),
        "about": view.community,
        "trap": _("请不要填写这一栏"),
        "wrong": _("还没有提交，请看标红的地方。"),
        "phone_label": _("您的电话"),
        "name_label": _("您的姓名"),
        "birth_label": _("出生年份（四位数）"),
        "birth_hint": _("只用来知道是否未满 18 岁，名册里只显示年龄段。"),
        "skills_label": _("会做什么（可多选）"),
        "skills": [{"value": one, "text": _(one), "on": one in ticked["skills"]} for one in SKILL_NAMES],
        "other_label": _("别的特长（用顿号隔开，可不填）"),
        "interests_label": _("想参加哪一类（可多选）"),
        "interests": [
            {"value": one.value, "text": term(one), "on": one.value in ticked["interests"]} for one in Interest
        ],
        "slots_label": _("一般什么时候有空（可多选）"),
        "halves": [_(words) for words in HALF_WORDS.values()],
        "days": [
            {
                "text": _(words),
                "slots": [
                    {
                        "value": f"{name}-{half}",
                        "text": f"{_(words)}{_(part)}",
                        "on": f"{name}-{half}" in ticked["free_slots"],
                    }
                    for half, part in HALF_WORDS.items()
                ],
            }
            for name, words in WEEKDAY_WORDS.items()
        ],
        "minor_label": _("未满 18 岁的，请监护人填写"),
        "guardian_label": _("监护人姓名"),
        "guardian_phone_label": _("监护人电话"),
        "guardian_agrees": _("我是监护人，同意孩子参加志愿服务"),
        "guardian_on": bool(ticked["guardian_agrees"]),
        "promise": _("我自愿、无偿参加志愿服务，遵守约定，尊重并保守服务对象的隐私。"),
        "promise_on": bool(ticked["promise"]),
        "kept": _("姓名和电话只给社区办理志愿服务用，加密保存，不经您同意不公开。"),
        "go": _("提交登记"),
        **_problem(failed),
    }


def _problem(failed: YiqilaiError | None) -> Words:
    """The field of the problem ("" for the whole form) and its sentence."""
    if failed is None:
        return {"field": "", "problem": ""}
    if not isinstance(failed, BadInput):
        return {"field": "", "problem": sentence(failed)}
    own = PROBLEMS.get((failed.field, failed.problem))
    return {"field": failed.field, "problem": _(own) if own else sentence(failed)}


def join_receipt_words(view: JoinReceipt) -> Words:
    """The page that says what became of a registration: nothing of who it is."""
    states = {
        ApplicationState.WAITING: (_("已收到登记"), _("社区工作人员会打电话给您确认，一般在三个工作日内。")),
        ApplicationState.CONFIRMED: (_("已登记为志愿者"), _("您的编号：{number}", number=view.number)),
        ApplicationState.KNOWN: (
            _("您已经是志愿者"), _("这次填写的已并入原来的登记 {number}。", number=view.number)
        ),
        ApplicationState.DECLINED: (_("没有登记"), _("原因：{reason}", reason=view.reason)),
    }  # fmt: skip
    title, said = states[view.state]
    return {
        "title": title,
        "good": view.state is not ApplicationState.DECLINED,
        "community": view.community,
        "label": _("登记回执"),
        "receipt": printed(view.receipt),
        "said": said,
        "stage": "",
        "reply": "",
        "on": _("{day} 收到", day=day(view.received_on)),
        "keep": _("要再看结果，请把这一页加到收藏，或记下回执号问社区窗口。"),
        "again": _("刷新"),
    }
