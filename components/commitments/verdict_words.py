"""What the plain page of a 评诺码 says; the template only places it."""

from collections.abc import Mapping
from typing import Any

from components.refusals.shown import sentence
from components.wording import _
from components.wording.dates import day
from components.wording.terms import term
from db.errors import BadInput, YiqilaiError
from db.queries.commitments.verdict_page import VerdictView
from db.terms import Verdict

Words = dict[str, Any]


def verdict_words(view: VerdictView, code: str, typed: Mapping[str, str], failed: YiqilaiError | None = None) -> Words:
    """The form: what was promised, which visit, four words to choose from, one's own if wanted."""
    return {
        "title": _("{name}的承诺", name=view.member) if view.member else _("党员承诺"),
        "about": view.community,
        "what": view.what,
        "whom": _("为谁：{whom}", whom=view.whom),
        "on": _("这一次：{day}", day=day(view.on)),
        "code": code,
        "ask": _("这件事做得怎么样？"),
        "verdicts": [
            {"value": one.value, "label": term(one), "on": typed.get("verdict") == one.value} for one in Verdict
        ],
        "words_label": _("想说的话（可不填）"),
        "words_hint": _("请不要写姓名、电话和门牌。"),
        "typed": {name: typed.get(name, "")[:400] for name in ("words", "quotable")},
        "quotable": _("这句话可以不具名引用"),
        "field": failed.field if isinstance(failed, BadInput) else "",
        "problem": sentence(failed) if failed else "",
        "wrong": _("还没有提交，请看标红的地方。"),
        "go": _("提交评价"),
        "kept": _("不用登记姓名，只能评一次，计入“群众评”。评“差”的，社区会回访这件事。"),
    }


def enter_words(typed: str = "", problem: str = "") -> Words:
    """The field for a code that was read out."""
    return {
        "title": _("评一评这次服务"),
        "label": _("评诺码"),
        "hint": _("服务的人或社区给您的，10 个字母和数字，不分大小写。"),
        "typed": typed[:40],
        "problem": problem,
        "go": _("打开"),
    }


def unknown_sentence() -> str:
    """Nobody was given this code."""
    return _("没有这个评诺码。请核对一下，或问社区工作人员。")


def given_words() -> tuple[str, str]:
    """The word was taken, now or before; what it was stands nowhere here."""
    return _("谢谢，已经收到您的评价"), _("这个码用过了，不能再评一次。还有话要说，请找社区工作人员。")


def over_words(view: VerdictView) -> tuple[str, str]:
    """The code takes no word any more; how one is heard all the same."""
    text = _("可能过期、停用，或者承诺已经评定。有话要说，请联系{community}。", community=view.community)
    if view.desk_phone:
        text += _("电话：{phone}", phone=view.desk_phone)
    return _("这个码不能再评了"), text
