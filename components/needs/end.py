"""The two ways in which a need ends by hand: done, or withdrawn with a reason."""

import streamlit as st

from components.acting import Request
from components.asking import says
from components.forms import form
from components.wording import _
from db.actions.needs.needs import finish_handling, void_need
from db.actions.needs.screening import finish_order
from db.queries.needs.life import NeedFacts
from db.terms import NeedStage


def finish_form(need: NeedFacts) -> Request | None:
    """What was done about a need that is handled at once or served as an order; the asker is told these words."""
    handled = need.stage is NeedStage.HANDLING
    act = finish_handling if handled else finish_order
    label = _("处理结果（会告诉提出人）") if handled else _("服务结果（会告诉提出人）")
    with form(f"finish.{need.id}") as filling:
        done = filling.words("done", label, height=90)
        pressed = filling.submit(_("办完了，去回音"), icon=":material/check:")
    values = {"need_id": need.id, "version": need.version, "done": done}
    return Request(filling, act, _("已办完，提出人进入回音名单"), values) if pressed else None


def void_form(need: NeedFacts) -> Request | None:
    """作废 with a reason."""
    with st.expander(_("作废"), icon=":material/block:"), form(f"void.{need.id}", border=False) as filling:
        why = filling.words("reason", _("作废理由（留在记录里）"), height=80)
        says(_("需求就此了结，不再办理，不能恢复；记录保留。"))
        pressed = filling.submit(_("确认作废"))
    values = {"need_id": need.id, "version": need.version, "reason": why}
    return Request(filling, void_need, _("已作废"), values) if pressed else None
