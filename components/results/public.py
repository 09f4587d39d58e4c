"""公开进度页: the code at the desk, its poster, and what the page says; the template only places it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from components.acting import Request, note
from components.file_button import file_button
from components.forms import form, press
from components.lists import Column, rows
from components.papers.replaceable import replaceable
from components.papers.word import CENTRE, TITLE, WORD, Paper, Sheet, blank, built_in, line, paper, qr_picture
from components.public_address import letters
from components.wording import _, language
from components.wording.dates import day
from db.actions.exports import record_export
from db.actions.results.progress_code import issue_progress_code, revoke_progress_code
from db.queries.results.public import CodeRow, PublicProgress
from db.rules.permissions import Actor, Permission
from db.rules.printed_code import printed
from db.terms import Language


def few(number: int | None) -> str:
    """The number, or that it is fewer than five."""
    return _("少于 5") if number is None else str(number)


def public_words(view: PublicProgress) -> dict[str, Any]:
    """What was asked, decided and done in the quarter, and what each number counts."""
    english = language() is Language.ENGLISH
    due, kept = few(view.promises.due), few(view.promises.kept)
    done = [
        (_("项目通过验收"), _("{n} 个", n=few(view.accepted))),
        (_("服务订单办完"), _("{n} 单", n=few(view.orders))),
        (_("党员承诺到期"), _("{n} 次", n=due)),
        (_("其中已兑现"), _("{n} 次", n=kept)),
    ]
    return {
        "title": _("晒承诺、亮作为"),
        "community": view.community,
        "period": _("{since}至{until}（本季度）", since=day(view.since), until=day(view.until)),
        "parts": [
            (_("大家提了什么"), [(other if english and other else name, few(n)) for name, other, n in view.asked]),
            (_("议事会定了什么"), [(_("表决通过的事项"), _("{n} 项", n=few(view.passed)))]),
            (_("办了什么"), done),
        ],
        "notes": [
            _("“大家提了什么”按登记日数需求，作废的不算。"),
            _("“党员承诺到期”是本季度应做的次数，“其中已兑现”是其中做到的次数，停下休息的不算。"),
            _("不满 5 的数写作“少于 5”，一件没有也这样写。涉及隐私的事项不计入。页面不含任何人的姓名。"),
        ],
    }


def gone_words() -> tuple[str, str]:
    """The code is unknown or was taken back."""
    return _("这个码不能用了"), _("这个公开进度码已经停用。请到社区党群服务中心看最新的海报。")


def code_desk(codes: Sequence[CodeRow], *, manages: bool) -> Request | None:
    """The valid codes; give one, take one back."""
    request = None
    st.caption(_("居民扫码看本季度的总数：提了什么、定了什么、办了什么。只有数字，没有姓名，不满 5 的不显示。"))
    rows(
        [{"community": one.community, "state": _("可用"), "address": f"/p/{printed(one.code)}"} for one in codes],
        [
            Column("community", _("社区")),
            Column("state", _("状态"), "nowrap"),
            Column("address", _("网址的后半段")),
        ],
        key="progress.codes",
        empty=_("还没有公开进度码。"),
        caption=_("公开进度页"),
    )
    if not manages:
        return None
    if not codes:
        pressed = press("progress.issue", _("制作公开进度码"), primary=True, icon=":material/qr_code_2:")
        return Request(pressed, issue_progress_code, _("已制作，可以打印海报"), {}) if pressed else None
    for one in codes[:1]:
        with form(f"revoke_progress_code.{one.id}") as filling:
            st.caption(_("停用后再扫就看不到了，贴出去的海报要换。"))
            if filling.submit(_("停用这个码"), icon=":material/block:"):
                values = {"code_id": one.id, "version": one.version}
                request = Request(filling, revoke_progress_code, _("已停用，再扫就看不到了"), values)
    return request


@built_in
def _template() -> Sheet:
    """One sheet of A4, read from two metres."""
    document: Sheet = blank(size=18, line=26, margin=1.6, top=2.0, pages=False)
    line(document, "{{ community }}", size=24, align=CENTRE, spacing=34)
    line(document, _("晒承诺、亮作为"), size=48, font=TITLE, align=CENTRE, spacing=66)
    line(document, _("扫码看本季度办了什么，不用下载，不用注册"), size=20, align=CENTRE, spacing=30)
    line(document, "{{ qr }}", align=CENTRE, before=6).paragraph_format.line_spacing = 1.0
    line(document, "{{ address }}", size=13, align=CENTRE, spacing=20)
    return document


@replaceable("progress_poster")
def poster(one: CodeRow, address: str) -> Paper:
    """The poster of a code; `address` is the public address of the app."""
    base = address.rstrip("/")
    values: dict[str, object] = {
        "community": one.community,
        "qr": qr_picture(f"{base}/p/{one.code}", width=100),
        "address": letters(f"{base}/p/{printed(one.code)}"),
    }
    return paper(_template(), values)


def poster_buttons(user: Actor, codes: Sequence[CodeRow], address: str) -> None:
    """Print the poster of the own code once it is known where it leads; who printed it is written down."""
    for one in codes[:1] if address else ():
        file_button(
            user, Permission.PUBLISH_PROGRESS, _("打印海报（Word）"), "public-progress.docx", WORD,
            partial(_printed, one, address), key="paper.progress", icon=":material/print:",
        )  # fmt: skip


def _printed(one: CodeRow, address: str, actor: Actor) -> bytes:
    if actor.community_id is not None:
        note(actor, record_export, what="progress_code", rows={actor.community_id: 1}, filters={})
    return poster(one, address)()
