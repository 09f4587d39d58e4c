"""As many and as long texts as on the emptiest page of the app."""

import streamlit as st

TEXT = (
    "**从敲门到验收，件件有回音。** 居民在家门口说的一句话，经过登记、归并、筛选、议事会表决、公示、"
    "立项、组队、实施、验收，最后回到说话的人那里。"
)

st.title("关于")
for _text in range(3):
    st.markdown(TEXT)
