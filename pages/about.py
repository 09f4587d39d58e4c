"""Tell anybody who wonders, in half a minute, what this software is for and what it deliberately does not do."""

import streamlit as st

from components.access import require
from components.wording import _
from db.rules.permissions import Permission

require(Permission.SEE_TODAY)

st.title(_("关于议起来"))
st.markdown(
    _(
        "**从敲门到验收，件件有回音。** 居民在家门口说的一句话，经过登记、归并、筛选、议事会表决、公示、"
        "立项、组队、实施、验收，"
        "最后回到说话的人那里。每一步谁做的、依据是什么、票是怎么数的，都查得到。"
    )
)
st.markdown(
    _(
        "**有意不做的事**（依据 2026 年关于防治形式主义的规定）：不要求工作人员打卡签到，不记录位置，不强制拍照，"
        "不排名次，默认不计积分，不统计在线时长；居民不需要注册账号。"
    )
)
st.markdown(
    _(
        "**个人信息**：姓名、电话、门牌默认遮蔽并加密保存；查看原值要写明理由并留下记录；"
        "会议室屏幕和公开页面上没有个人信息。"
    )
)
