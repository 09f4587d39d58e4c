"""Errors in words: what happened, and what to do next. The only place that knows both the code and the sentence."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

import streamlit as st

from components.forms import Pressed
from components.refusals import SENTENCES
from components.refusals.imports import nouns_words
from components.wording import N_, _, safe
from components.wording.dates import with_days
from components.wording.terms import term
from db.errors import (
    BadInput,
    Busy,
    Conflict,
    NotFound,
    NotPermitted,
    NotSignedIn,
    Problem,
    Refused,
    StorageFull,
    WrongStage,
    YiqilaiError,
)

_FIELD = {
    Problem.EMPTY: N_("请填写这一项。"),
    Problem.TOO_LONG: N_("太长了：最多 {most} 个字，现在 {length} 个字。"),
    Problem.TOO_SHORT: N_("太短了：至少 {least} 个字。"),
    Problem.TOO_MANY_BYTES: N_("太长了：最多 {most} 字节，约 24 个汉字。"),
    Problem.NOT_A_NUMBER: N_("请填写数字。"),
    Problem.OUT_OF_RANGE: N_("请填写 {least} 到 {most} 之间的数。"),
    Problem.BAD_DATE: N_("日期不对，请重新选择。"),
    Problem.TOO_EARLY: N_("请选 {day}或以后的日期。"),
    Problem.TOO_LATE: N_("请选 {day}或以前的日期。"),
    Problem.PAST: N_("这个时间已经过去，请选以后的时间。"),
    Problem.UNKNOWN_CHOICE: N_("请从列表中选择。"),
    Problem.TAKEN: N_("已经有了，请换一个。"),
    Problem.WRONG: N_("这里填得不对，请检查。"),
    Problem.WRONG_CODE: N_("代码不对。输错 5 次后终端会显示新的代码。"),
    Problem.LETTERS: N_("只能用英文字母和数字。"),
    Problem.NO_PHONE: N_("认不出电话号码：至少 5 位数字，后面可以写备注，例如 0571-88880000 转 801。"),
    Problem.DAY_FULL: N_("{number} 在 {day} 合计 {minutes} 分钟，超过 12 小时。这一天还有：{named}。请核对。"),
    Problem.DOUBTFUL: N_("{number}：{doubt}（{named}）。如属实，请写明原因再提交，由另一位工作人员核对后才计入。"),
    Problem.FAR_DAY: N_("这个日期在项目期限之后，或在一年以后。没有写错的话，请勾选“日期没有写错”再提交。"),
    Problem.UNCHANGED: N_("和原来一样：请改了再提交。"),
    Problem.PERSONAL: N_("这里会公开，不能写电话、证件号和门牌。请去掉：{found}。"),
    Problem.GUESSABLE: N_(
        "这个密码太容易被猜到。不要用常见密码、键盘顺序，也不要用姓名、用户名、单位名加年份或数字；可以用一句话。"
    ),
}


class Shown:
    """What `refusals_shown` yields: `ok` is False when an error was shown."""

    def __init__(self) -> None:
        self.ok = True


def sentence(error: YiqilaiError) -> str:
    """The error in the reader's language."""
    values: dict[str, Any] = {name: _value(value) for name, value in error.values.items()}
    if isinstance(error, BadInput):
        return _(_FIELD[error.problem], **values)
    if isinstance(error, Refused):
        return _(SENTENCES.get(error.rule, N_("现在不能这样做（{rule}）。")), **values)
    if isinstance(error, NotPermitted):
        return _("您的角色不能做这件事。如需办理，请联系社区书记或街道管理员。")
    if isinstance(error, NotFound):
        return _("没有找到这条记录：可能已被处理，或不属于您的社区。请返回列表刷新。")
    if isinstance(error, WrongStage):
        return _("这条记录现在处于“{stage}”，不能这样做。请刷新页面查看最新进展。", stage=values.get("stage", ""))
    if isinstance(error, Conflict):
        return _("刚刚有别人改了这条记录，您的内容没有保存、也没有丢：请核对最新内容后再提交。")
    if isinstance(error, StorageFull):
        return _("存储空间已满，这次没有保存。您填写的内容都在；请马上告诉管理员，腾出空间后再试一次。")
    if isinstance(error, Busy):
        return _("数据库暂时没有回应，这次没有保存。您填写的内容都在，请稍后再试一次。")
    return _("操作没有成功，请再试一次。")


def _value(value: Any) -> Any:
    """Words of an enumeration come as its term, rows counted by table in words, days as days."""
    if isinstance(value, Mapping):
        return nouns_words(value)
    if isinstance(value, StrEnum):
        return term(value)
    return with_days(value) if isinstance(value, str) else value


@contextmanager
def refusals_shown(at: Pressed | None = None) -> Iterator[Shown]:
    """Show our own errors in words, at the field or below the form, and go on; nothing typed is lost.

    Unexpected errors pass through to the shell, which logs them under a number.
    """
    shown = Shown()
    try:
        yield shown
    except NotSignedIn:
        raise
    except YiqilaiError as error:
        shown.ok = False
        problems = error.problems if isinstance(error, BadInput) else ()
        if at is None:
            st.error(safe(sentence(error)), icon=":material/error:")
        elif problems:
            at.wrong({one.field: sentence(one) for one in problems}, missing=all(map(_is_empty, problems)))
        else:
            at.problem("", sentence(error))


def _is_empty(one: BadInput) -> bool:
    return one.problem is Problem.EMPTY
