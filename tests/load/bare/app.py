"""The form of a need with nothing behind it: what `measure_form` compares the real one with."""

from typing import Any

import streamlit as st
from starlette.responses import JSONResponse
from starlette.routing import Route


async def healthz(_request: Any) -> JSONResponse:
    return JSONResponse({"database": "none"})


app = st.App("screen.py", routes=[Route("/healthz", healthz)])
