"""The words of the plain page `/door` of a paired phone, and the server's answers to its entries in words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from components.needs.words import entry_name
from components.refusals.shown import sentence
from components.wording import _
from components.wording.terms import term
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused, WrongStage, YiqilaiError
from db.queries.offline.doors import Named
from db.terms import HouseholdKind, Reach, Urgency, VisitOutcome

ERRORS: dict[str, type[YiqilaiError]] = {error.code: error for error in (NotFound, NotPermitted, WrongStage, Conflict)}


def page_words() -> dict[str, str]:
    """Every text of the page by its name in `door_files`; placeholders are filled in on the phone."""
    return _list_words() | _form_words() | _record_words() | _end_words()


def _list_words() -> dict[str, str]:
    return {
        "title": _("上门走访"),
        "left": _("还有 {n} 户，共 {all} 户"),
        "as_of": _("名单更新于 {at}"),
        "no_doors": _("今天没有到期要走访的户。"),
        "named": _("专人联系户"),
        "met": _("上次见到 {day}"),
        "never": _("还没见到过"),
        "tries": _("未遇 {n} 次"),
        "evening": _("建议晚七点后再来"),
        "undo": _("撤销"),
        "more": _("记需求"),
        "other_door": _("名单以外的门"),
        "refresh": _("更新名单"),
        "back": _("返回"),
        "loading": _("正在取名单。第一次打开需要网络。"),
        "expired": _("名单已超过七天，已从手机删除。连上网络后会重新取。"),
        "try_again": _("再试一次"),
        "no_network": _("没有网络，照常登记，联网后自动上传"),
    }


def _form_words() -> dict[str, str]:
    return {
        "any_need": _("已记下。有什么需求吗？"),
        "nothing": _("没有需求，下一户"),
        "category": _("类别"),
        "urgency": _("紧急程度"),
        "reach": _("影响面"),
        "people": _("大约影响多少人"),
        "words": _("居民原话"),
        "words_hint": _("照居民的话写，不写姓名和电话"),
        "save_need": _("保存需求"),
        "missing": _("请补上：{fields}"),
        "facts": _("户情"),
        "kind": _("家庭类型"),
        "note": _("敲门提示"),
        "note_hint": _("例：晚七点后在家，敲门要重"),
        "save_facts": _("保存户情"),
        "place": _("地点"),
        "building": _("楼栋"),
        "stairwell": _("单元"),
        "room": _("室"),
        "drafted": _("没写完的需求"),
        "drafted_at": _("没写完的需求：{where}"),
        "written": _("这一户刚记下的"),
    }


def _record_words() -> dict[str, str]:
    return {
        "visit": _("走访"),
        "need": _("需求"),
        "record": _("上传记录"),
        "unsent": _("待上传 {n} 条"),
        "all_sent": _("全部已上传"),
        "refused_n": _("{n} 条未入库"),
        "waiting": _("待上传"),
        "aside": _("暂时放到后面，会再试"),
        "stored": _("已入库"),
        "stored_number": _("已入库 {number}"),
        "refused": _("未入库"),
        "conflict": _("冲突，待核对"),
        "conflict_hint": _("同事也改了这一项。两边都留着，请在“离线走访手机”页面核对。"),
        "correct": _("更正后再送"),
        "drop": _("不送了"),
        "drop_sure": _("这一条从手机删除，不再上传。确定吗？"),
        "send_now": _("现在上传"),
        "nothing_yet": _("还没有记过。"),
        "seen": _("知道了"),
        "gone": _("有 {n} 条超过七天没有上传，已从手机删除："),
        "soon_gone": _("有 {n} 条快满七天，请尽快连上网络，否则会删除"),
    }


def _end_words() -> dict[str, str]:
    return {
        "this_phone": _("这部手机"),
        "kept_here": _(
            "手机里只有门牌、敲门提示和没上传的记录，七天后自动删除。请设锁屏密码；手机丢了，在电脑上停用它。"
        ),
        "unpair": _("解除配对"),
        "leave_unsent": _("还有 {n} 条没有入库，解除后会从手机删除。请先上传或更正："),
        "leave_clean": _("解除后，手机里的走访名单和记录会删除。要再用，请重新扫码配对。"),
        "leave_now": _("解除配对并删除本机资料"),
        "leave_offline": _("现在没有网络，不能解除。请联网后再试，或在电脑上停用这部手机。"),
        "stopped": _("这部手机已停用或配对到期。名单已删除。"),
        "unpaired": _("这部手机还没有配对。请在电脑上打开“离线走访手机”，用手机扫二维码。"),
        "other": _("这部手机现在配对给了另一个账号。"),
        "last_look": _("有 {n} 条还没有入库。本人重新配对后会接着上传；否则请抄下来，一天后自动删除："),
        "copied": _("已抄下，从手机删除"),
        "copied_sure": _("没有入库的内容会删除，不能恢复。确定吗？"),
    }


def choices() -> dict[str, list[list[str]]]:
    """The enumerations of the forms, each value with its word."""
    lists: dict[str, type[StrEnum]] = {
        "outcomes": VisitOutcome,
        "urgency": Urgency,
        "reach": Reach,
        "kinds": HouseholdKind,
    }
    return {name: [[one.value, term(one)] for one in kind] for name, kind in lists.items()}


def named(row: Named) -> dict[str, int | str]:
    """A choice of a form in the reader's language."""
    return {"id": row.id, "name": entry_name(row)}


def in_words(answer: Mapping[str, Any]) -> dict[str, object]:
    """The answer as the phone shows it: a refusal with its sentence, and no ids."""
    shown: dict[str, object] = {
        name: answer[name] for name in ("state", "number", "facts", "conflicts", "field") if name in answer
    }
    if "error" in answer:
        shown["said"] = sentence(error_of(answer["error"], answer.get("values", {})))
    return shown


def error_of(code: str, values: Mapping[str, Any]) -> YiqilaiError:
    """The error that a stored answer stands for."""
    given = dict(values)
    if code == BadInput.code:
        return BadInput(str(given.pop("field", "")), Problem(given.pop("problem", Problem.WRONG)), **given)
    if code == Refused.code:
        return Refused(str(given.pop("rule", "")), **given)
    return ERRORS.get(code, YiqilaiError)(**given)
