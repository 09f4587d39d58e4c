"""Read who changed what, newest first: the auditor or the administrator, on a question; values are masked."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.access import require
from components.address import from_address, id_in_address, text_in_address, to_address
from components.admin.audit_heads import heads_table, paper_form, paper_verdict
from components.admin.audit_words import audit_lines, table_word
from components.forms import press
from components.lists import Column, rows
from components.wording import _, apart
from db.engine import reading
from db.queries.admin.audit_log import Filters, audit_rows, chain_head, choices, first_broken, log_has, printed_heads
from db.rules.permissions import Permission

user = require(Permission.READ_AUDIT)
st.title(_("审计日志"))
with reading(user) as session:
    known = choices(session, user)


def at(options: Sequence[object], value: object) -> int | None:
    """Where the value of the address stands among the options."""
    return options.index(value) if value in options else None


people, places = dict(known.actors), dict(known.communities)
ids, tables, homes = list(people), list(known.tables), list(places)
columns = st.columns(4)
actor_id = columns[0].selectbox(
    _("谁"), ids, index=at(ids, id_in_address("who")), format_func=apart(ids, people.__getitem__),
    placeholder=_("所有人"), key="audit.who",
)  # fmt: skip
table = columns[1].selectbox(
    _("什么"), tables, index=at(tables, text_in_address("table")), format_func=table_word,
    placeholder=_("全部内容"), key="audit.table",
)  # fmt: skip
community_id = columns[2].selectbox(
    _("社区"), homes, index=at(homes, id_in_address("community")), format_func=places.__getitem__,
    placeholder=_("全部社区"), key="audit.community",
)  # fmt: skip
day = columns[3].date_input(
    _("哪一天"), value=from_address("day", date.fromisoformat), key="audit.day", format="YYYY-MM-DD"
)
filters = Filters(actor_id, table or "", community_id, day if isinstance(day, date) else None)
before = id_in_address("before")
wanted = {"who": actor_id, "table": table, "community": community_id, "day": filters.day}
if any(text_in_address(name) != str(value or "") for name, value in wanted.items()):
    before = None
for name, value in (wanted | {"before": before}).items():
    to_address(name, value)

with reading(user) as session:
    page = audit_rows(session, user, filters, before=before)
    head = chain_head(session)
    heads = printed_heads(session)
listed = [
    Column("number", _("序号"), "nowrap"),
    Column("at", _("时间"), "nowrap"),
    Column("actor", _("操作人")),
    Column("what", _("做了什么")),
    Column("community", _("社区")),
    Column("changes", _("改动（原值 → 新值）")),
    Column("reason", _("权限或理由")),
]
nothing = _("没有符合条件的记录。请放宽上面的条件。")
rows(audit_lines(page.rows), listed, key="audit.rows", empty=nothing, caption=_("审计日志"))
with st.container(horizontal=True):
    if before is not None and st.button(_("回到开头"), icon=":material/first_page:", key="audit.first"):
        to_address("before", None)
        st.rerun()
    if page.more and st.button(_("更早的 50 条"), icon=":material/arrow_forward:", key="audit.more"):
        to_address("before", page.rows[-1].id)
        st.rerun()

st.header(_("链条核验"))
st.caption(
    _("共 {n} 条，末条校验码 {hash}…。每条都包含前一条的校验码，改动或删除任何一条都会被发现；个人信息在写入时已遮盖。",
      n=head.entries, hash=head.hash[:16])
)  # fmt: skip
if press("audit.verify", _("核验整条链"), icon=":material/verified_user:"):
    with st.spinner(_("正在逐条核验…")), reading(user) as session:
        broken = first_broken(session)
    if broken is None:
        st.success(_("链条完整：{n} 条记录都没有被改动过。", n=head.entries), icon=":material/verified:")
    else:
        st.error(_("第 {n} 条与链条不符，请保留现场并联系系统管理人员。", n=broken), icon=":material/error:")

st.header(_("核对会议纪要"))
heads_table(heads)
if printed := paper_form():
    with reading(user) as session:
        held = log_has(session, printed.entries, printed.code)
    paper_verdict(printed, held)
