"""The resident's six digits, shown once to whoever tells them."""

import streamlit as st

from components.wording import _


def show_code(code: str) -> None:
    """Large, with what to say; it is kept nowhere and comes back by no reload."""
    with st.container(border=True):
        st.metric(_("确认码（只显示这一次）"), f"{code[:3]} {code[3:]}")
        st.text(_("请告诉居民：“服务做完、您满意了，再把这六位数报给志愿者；记不住也没关系，我们会打电话问您。”"))
