"""Files that a page's uploader sends: only from somebody signed in, and so much in all for one session.

Streamlit takes a file of any open page into memory, also of the sign-in form's, and keeps it as long as the page is
there. What is refused here was not read.
"""

import re
from collections import Counter

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from components.access import cookie_name
from db.engine import utc_now
from db.errors import YiqilaiError
from db.queries.accounts.accounts import signed_in_by
from db.rules.limits import LONGEST_TOKEN

MOST_KEPT = 40_000_000
"""Bytes of one session: four files of the largest size, `server.maxUploadSize`."""
_PATH = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+")


class UploadGate:
    """Answers 401, 411, 413 or 503 in place of Streamlit's route, before a byte of the file is read."""

    def __init__(self, app: ASGIApp, most: int = MOST_KEPT) -> None:
        self.app, self.most = app, most
        self.arriving: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _PATH.fullmatch(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        request, session_id = Request(scope), found[1]
        length = request.headers.get("content-length", "")
        if not (length.isascii() and length.isdecimal() and len(length) <= 12):
            await _refused("length_required", 411)(scope, receive, send)
            return
        status = await run_in_threadpool(_status, request.cookies.get(cookie_name(), ""))
        if status:
            await _refused("sign_in_first" if status == 401 else "busy", status)(scope, receive, send)
        elif kept(session_id) + self.arriving[session_id] + int(length) > self.most:
            await _refused("too_much", 413)(scope, receive, send)
        else:
            await self._let_in(session_id, int(length), scope, receive, send)

    async def _let_in(self, session_id: str, size: int, scope: Scope, receive: Receive, send: Send) -> None:
        self.arriving[session_id] += size
        try:
            await self.app(scope, receive, send)
        finally:
            self.arriving[session_id] -= size
            self.arriving += Counter()  # forgets the sessions of which nothing arrives


def kept(session_id: str) -> int:
    """Bytes of the files that a session holds."""
    if not runtime.exists():
        return 0
    files = getattr(runtime.get_instance().uploaded_file_mgr, "file_storage", {}).get(session_id, {})
    return sum(len(file.data) for file in list(files.values()))


def _status(token: str) -> int:
    """0 for somebody signed in, otherwise the status of the answer."""
    try:
        found = signed_in_by(token, now=utc_now()) if 0 < len(token) <= LONGEST_TOKEN else None
    except YiqilaiError:
        return 503
    return 401 if found is None or found.actor.must_change_password else 0


def _refused(code: str, status: int) -> JSONResponse:
    return JSONResponse({"error": code}, status, headers={"Cache-Control": "no-store"})
