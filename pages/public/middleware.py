"""What every answer of the server gets: security headers, and compression of what the browser loads first."""

import base64
import gzip
import hashlib
import re
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.file_util import get_static_dir

from components.wording import speaking
from db.settings import settings
from pages.public.plain import mishap, reads
from pages.public.uploads import UploadGate

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)
_TEXT = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json"}
_FOR_EVER = "public, immutable, max-age=31536000"


@cache
def content_security_policy() -> str:
    """Nothing from a foreign host. What is allowed beyond 'self' is what Streamlit's own frontend needs."""
    page = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")
    inline = [hashlib.sha256(script.encode()).digest() for script in _INLINE_SCRIPT.findall(page)]
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in inline]
    return "; ".join(
        (
            "default-src 'self'",
            # blob: is how Streamlit starts the script of a components.v2 component. Charts need no eval: its Vega
            # interprets expressions. st.graphviz_chart alone would need 'wasm-unsafe-eval', and is not used.
            " ".join(["script-src 'self' blob:", *hashes]),
            "style-src 'self' 'unsafe-inline'",  # its style library writes style elements
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "media-src 'self' data: blob:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


class SecurityHeaders:
    """Headers on every answer, also on errors and on what other middleware answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", content_security_policy())
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "SAMEORIGIN"
                headers.setdefault("Referrer-Policy", "same-origin")  # a page with a code in its address says less
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"
                if settings().https:
                    headers["Strict-Transport-Security"] = "max-age=31536000"
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Answered:
    """Whatever a route does not catch itself becomes a page with a sentence, and a line in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            if begun:
                raise
            with speaking(reads(Headers(scope=scope).get("accept-language", ""))):
                response = mishap(error)
            await response(scope, receive, send)


class PackedAssets:
    """Serves Streamlit's own script and style files packed; each is packed once and then kept (about 5 MB in all)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.root = Path(get_static_dir()).resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        packed = await self._packed(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        if packed is None:
            await self.app(scope, receive, send)
            return
        body, kind = packed
        headers = [
            (b"content-type", f"{kind}; charset=utf-8".encode()),
            (b"content-encoding", b"gzip"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", _FOR_EVER.encode()),
            (b"vary", b"Accept-Encoding"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _packed(self, scope: Scope) -> tuple[bytes, str] | None:
        path = scope["path"]
        kind = _TEXT.get(Path(path).suffix)
        headers = Headers(scope=scope)
        if not path.startswith("/static/") or kind is None or "range" in headers:
            return None
        if "gzip" not in headers.get("accept-encoding", ""):
            return None
        file = (self.root / path.lstrip("/")).resolve()
        # Only what exists below the folder is kept, so strangers cannot fill the memory with made-up names.
        if not file.is_relative_to(self.root) or not file.is_file():
            return None
        return await run_in_threadpool(_pack, file), kind


@cache
def _pack(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 9, mtime=0)


middleware = [
    Middleware(SecurityHeaders),
    Middleware(UploadGate),
    Middleware(PackedAssets),
    Middleware(GZipMiddleware, minimum_size=500, compresslevel=6),
    Middleware(Answered),
]
