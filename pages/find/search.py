"""Let anybody who looks for one thing come to it in three seconds, from any page: a number on a slip, a name on the
telephone, a door, or a word that somebody remembers.
"""

import streamlit as st

from components.access import require
from components.address import filter_words
from components.find.hits import hits
from components.wording import _, in_a_row, safe
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.find.asking import LOOKED_THROUGH
from db.queries.find.found import found
from db.rules.find.asked import Kind, asked
from db.rules.find.reach import kinds_for
from db.rules.permissions import Permission

user = require(Permission.SEE_SEARCH)
kinds = kinds_for(user)
st.title(_("查找"))
known = (
    _("编号、词语、拼音或首字母、门牌；姓名和电话要写完整") if Kind.PERSON in kinds else _("编号、词语、拼音或首字母")
)
words = filter_words(_("查找"), known)
wanted = asked(words)
if wanted is None:
    st.caption(
        in_a_row(
            [
                _("在任何一页按 / 键，光标就到右上角的查找框"),
                _("↓ ↑ 选一条，回车打开"),
                _("只找得到您能打开的内容，姓名和门牌按规定遮盖"),
            ]
        )
    )
    st.stop()
with reading(user) as session:
    groups = found(session, wanted, kinds, today=today(utc_now()))
if groups:
    hits(groups, words)
    if wanted.loose:
        st.caption(_("每一类只在最近的 {count} 条里找词语；更早的请在它的清单里找。", count=LOOKED_THROUGH))
else:
    st.info(_("没有找到“{words}”。", words=safe(words)), icon=":material/search_off:")
    st.caption(
        _("换个短些的词，或只写编号的后四位。姓名和电话要写完整；门牌写到楼栋，例如 8 幢，或 8-2-401。")
        if Kind.PERSON in kinds
        else _("换个短些的词，或只写编号的后四位。")
    )
