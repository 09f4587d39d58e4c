"""A phone without a script engine: speaks to the plain pages over ASGI, keeps cookies, follows what it is told.

phone = Phone(slip.routes)
answer = phone.get("/v/7K3M9QXA2T")
answer = phone.send("/v/7K3M9QXA2T", choice="for", ballot=3)      # a form; follows the redirect
answer.bytes, phone.visit                                         # on the wire, headers and all
"""

import gzip
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from pages.public.middleware import middleware
from tests.support.browser import in_own_loop

HOST = "yiqilai.example"


@dataclass
class Answer:
    """One response."""

    status: int
    headers: dict[str, str]
    packed: bytes
    cookies: list[str] = field(default_factory=list)

    @property
    def html(self) -> str:
        body = gzip.decompress(self.packed) if self.headers.get("content-encoding") == "gzip" else self.packed
        return body.decode()

    @property
    def text(self) -> str:
        """What a person reads, on one line."""
        bare = re.sub(r"<(style|title)>.*?</\1>", "", self.html, flags=re.S)
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())

    @property
    def wire(self) -> int:
        """Bytes that come over the air: status line, headers, body."""
        lines = sum(len(name) + len(value) + 4 for name, value in self.headers.items())
        return 20 + lines + sum(len(cookie) + 14 for cookie in self.cookies) + len(self.packed)

    @property
    def raw(self) -> int:
        """Bytes of the document, unpacked."""
        return len(self.html.encode())


class Phone:
    """A browser of its own, with its own cookies."""

    def __init__(self, routes: Sequence[BaseRoute], *, language: str = "zh-CN,zh;q=0.9", **headers: str) -> None:
        self.app = Starlette(routes=list(routes), middleware=middleware)
        self.headers = {
            "host": HOST,
            "accept-encoding": "gzip",
            "accept-language": language,
            "user-agent": "Mozilla/5.0 (Linux; Android 8.1) Mobile MicroMessenger",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        self.more: dict[str, str] = {}
        """What the browser sends with a form."""
        self.address = "10.0.0.5"
        self.jar: dict[str, str] = {}
        self.answers: list[Answer] = []

    @property
    def visit(self) -> int:
        """Bytes of everything so far, both on the wire."""
        return sum(answer.wire for answer in self.answers)

    def get(self, path: str) -> Answer:
        return self._follow(path, self.ask("GET", path))

    def send(self, path: str, _fields: Sequence[tuple[str, Any]] = (), **fields: Any) -> Answer:
        """Send a form; a list of pairs for boxes that share a name."""
        return self._follow(path, self.post(path, _fields, **fields))

    def post(self, path: str, _fields: Sequence[tuple[str, Any]] = (), **fields: Any) -> Answer:
        """Send a form and do not follow."""
        body = urlencode([*_fields, *fields.items()]).encode()
        kind = {"content-type": "application/x-www-form-urlencoded"} | self.more
        return self.ask("POST", path, body, kind)

    def _follow(self, path: str, answer: Answer) -> Answer:
        while answer.status == 303:
            path = urljoin(path, answer.headers["location"])
            answer = self.ask("GET", path)
        return answer

    def ask(self, method: str, path: str, body: bytes = b"", more: dict[str, str] | None = None) -> Answer:
        """One request and its answer."""
        answer = in_own_loop(self.spoken(self.scope(method, path, len(body), more), body))
        for line in answer.cookies:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.jar.pop(name, None)
                else:
                    self.jar[name] = morsel.value
        self.answers.append(answer)
        return answer

    def scope(self, method: str, path: str, length: int, more: dict[str, str] | None = None) -> dict[str, Any]:
        """What the server is told of a request before its body."""
        headers = self.headers | {"content-length": str(length)} | (more or {})
        if self.jar:
            headers["cookie"] = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        parts = urlsplit(path)
        return {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": parts.path, "raw_path": parts.path.encode(), "root_path": "", "query_string": parts.query.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "client": (self.address, 40000), "server": (HOST, 80),
        }  # fmt: skip

    async def spoken(self, scope: dict[str, Any], body: bytes) -> Answer:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        pairs = [(name.decode().lower(), value.decode()) for name, value in sent[0]["headers"]]
        packed = b"".join(message.get("body", b"") for message in sent[1:])
        cookies = [value for name, value in pairs if name == "set-cookie"]
        return Answer(sent[0]["status"], {n: v for n, v in pairs if n != "set-cookie"}, packed, cookies)
