"""A browser tab without a browser: speaks Streamlit's websocket protocol to a server on this machine.

async with Tab.open(base_url, "/needs", cookie=token) as tab:
    run = await tab.rerun()                       # Run(seconds, bytes, elements, ...)
    tab.fill("log_need.description", "楼道灯坏了")
    run = await tab.press("log_need.submit")
    ticks = await tab.sit(10)                     # fragments with run_every, as an open tab runs them
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

# Which field of a widget state carries the value of which element.
_STATE = {
    "button": "trigger_value",
    "checkbox": "bool_value",
    "number_input": "double_value",
    "text_input": "string_value",
    "text_area": "string_value",
    "selectbox": "string_value",
    "button_group": "string_array_value",
    "multiselect": "string_array_value",
    "date_input": "string_array_value",
    "time_input": "string_value",
}


@dataclass
class Run:
    """One run of the script, or of a fragment, as the tab saw it."""

    began: float
    seconds: float = 0.0
    bytes: int = 0
    elements: int = 0
    """Elements that the tab holds when the run is over, containers not counted."""
    widgets: int = 0
    problems: list[str] = field(default_factory=list)


class Tab:
    """One session with the server."""

    def __init__(self, base_url: str, path: str, query: str) -> None:
        if urlsplit(base_url).hostname not in ("127.0.0.1", "localhost"):
            raise ValueError("load goes to this machine only")
        self.base_url, self.path, self.query = base_url, path.strip("/"), query
        self.page_hash = ""
        self.drawn: dict[tuple[int, ...], Any] = {}
        self._marks: dict[tuple[int, ...], int] = {}
        self._fragment_of: dict[tuple[int, ...], str] = {}
        self.ids: dict[str, tuple[str, str, str]] = {}
        """key -> widget id, element kind, fragment"""
        self.states: dict[str, tuple[str, Any]] = {}
        self.clocks: dict[str, float] = {}
        self._cache: dict[str, bytes] = {}
        self._socket: aiohttp.ClientWebSocketResponse
        self.first: Run
        self._run: Run | None = None
        self._number = 0
        self._partial: set[str] = set()
        self._over = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def open(cls, base_url: str, path: str = "/", query: str = "", *, cookie: str = "") -> AsyncIterator["Tab"]:
        """Connect as a browser does and wait for the first run."""
        tab = cls(base_url, path, query)
        cookies = {"yiqilai": cookie} if cookie else {}
        async with aiohttp.ClientSession(cookies=cookies, cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            async with http.get(f"{base_url}/_stcore/host-config") as answer:
                await answer.read()
            secret = {cookie.key: cookie.value for cookie in http.cookie_jar}.get("_streamlit_xsrf", "")
            protocols = ["streamlit", secret] if secret else ["streamlit"]
            async with http.ws_connect(
                f"{base_url}/_stcore/stream", protocols=protocols, origin=base_url, max_msg_size=0
            ) as tab._socket:
                listener = asyncio.create_task(tab._listen())
                try:
                    tab.first = await tab.rerun()
                    yield tab
                finally:
                    listener.cancel()

    async def rerun(self, fragment: str = "", *, by_clock: bool = False, patience: float = 60) -> Run:
        """Run the script (or one fragment) with every widget's state, and wait for its end."""
        message = BackMsg()
        script = message.rerun_script
        script.query_string, script.page_script_hash = self.query, self.page_hash
        script.page_name = "" if self.page_hash else self.path
        script.fragment_id, script.is_auto_rerun = fragment, by_clock
        script.context_info.timezone, script.context_info.locale = "Asia/Shanghai", "zh-CN"
        script.context_info.url = f"{self.base_url}/{self.path}"
        script.cached_message_hashes.extend(self._cache)
        for widget_id, (kind, value) in list(self.states.items()):
            state = script.widget_states.widgets.add(id=widget_id)
            if kind.endswith("_array_value"):
                getattr(state, kind).data.extend(value)
            else:
                setattr(state, kind, value)
            if kind == "trigger_value":
                del self.states[widget_id]
        self._over.clear()
        self._run = run = Run(time.perf_counter())
        await self._socket.send_bytes(message.SerializeToString())
        await asyncio.wait_for(self._over.wait(), patience)
        run.seconds = time.perf_counter() - run.began
        kinds = [self.kind(element) for element in self.drawn.values()]
        run.elements = sum(kind not in ("", "empty") for kind in kinds)
        run.widgets = len(self.ids)
        return run

    def fill(self, key: str, value: Any) -> None:
        """Give a widget a value; it is sent with the next run."""
        widget_id, kind, _fragment = self._widget(key)
        self.states[widget_id] = (_STATE[kind], value)

    def choose_first(self, key: str) -> None:
        """Choose the first of several buttons or of a list."""
        widget_id, kind, _fragment = self._widget(key)
        element = next(e for e in self.drawn.values() if getattr(getattr(e, kind, None), "id", "") == widget_id)
        option = getattr(element, kind).options[0]
        content = getattr(option, "content", option)
        self.fill(key, [content] if _STATE[kind].endswith("_array_value") else content)

    async def press(self, key: str) -> Run:
        """Press a button, or submit the form it belongs to."""
        widget_id, _kind, fragment = self._widget(key)
        self.states[widget_id] = ("trigger_value", True)
        return await self.rerun(fragment)

    async def sit(self, seconds: float) -> list[Run]:
        """Leave the tab alone: its clocked fragments run; the runs of that time."""
        runs: list[Run] = []
        end = time.perf_counter() + seconds
        due = {fragment: time.perf_counter() + pause for fragment, pause in self.clocks.items()}
        while due:
            fragment = min(due, key=lambda name: due[name])
            at = due.pop(fragment)
            if at >= end:
                break
            await asyncio.sleep(max(0.0, at - time.perf_counter()))
            runs.append(await self.rerun(fragment, by_clock=True))
            for name, pause in self.clocks.items():
                due.setdefault(name, max(at + pause, time.perf_counter()))
        await asyncio.sleep(max(0.0, end - time.perf_counter()))
        return runs

    def words(self) -> str:
        """Everything that is drawn, as text, components' data included."""
        return "\n".join(str(element) for element in self.drawn.values())

    def _widget(self, key: str) -> tuple[str, str, str]:
        if key not in self.ids:
            raise KeyError(f"{key} is not on the page; there are {sorted(self.ids)}")
        return self.ids[key]

    @staticmethod
    def kind(element: Any) -> str:
        """What is drawn, in the words of Streamlit's protocol; nothing for a container."""
        return element.WhichOneof("type") or "" if element is not None else ""

    async def _listen(self) -> None:
        async for packet in self._socket:
            if packet.type is aiohttp.WSMsgType.BINARY:
                self._receive(packet.data)

    def _known(self, raw: bytes) -> ForwardMsg:
        """The message, taken from the browser's cache when the server sent only its hash."""
        message = ForwardMsg.FromString(raw)
        if message.ref_hash and message.ref_hash in self._cache:
            where = message.metadata
            message = ForwardMsg.FromString(self._cache[message.ref_hash])
            message.metadata.CopyFrom(where)
        elif message.metadata.cacheable and message.hash:
            self._cache[message.hash] = raw
        return message

    def _receive(self, raw: bytes) -> None:
        message = self._known(raw)
        if self._run:
            self._run.bytes += len(raw)
        match message.WhichOneof("type"):
            case "new_session":
                self._begin(message)
            case "navigation":
                self.page_hash = message.navigation.page_script_hash or self.page_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "auto_rerun":
                self.clocks[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            case "delta":
                self._draw(message)
            case "script_finished" if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self._sweep()
                self._over.set()

    def _begin(self, message: ForwardMsg) -> None:
        self._number += 1
        self.page_hash = message.new_session.page_script_hash or self.page_hash
        self._partial = set(message.metadata.run.fragment_ids)
        if not self._partial:
            self.clocks.clear()

    def _draw(self, message: ForwardMsg) -> None:
        path = tuple(message.metadata.delta_path)
        delta = message.delta
        self._marks[path], self._fragment_of[path] = self._number, delta.fragment_id
        if delta.WhichOneof("type") != "new_element":
            self.drawn[path] = None
            return
        element = delta.new_element
        self.drawn[path] = element
        kind = self.kind(element)
        part: Any = getattr(element, kind) if kind else None
        if kind == "exception" and self._run:
            self._run.problems.append(f"{part.type}: {part.message}")
        widget_id = getattr(part, "id", "")
        if kind in _STATE and widget_id:
            key = widget_id.split("-", 2)[-1]
            self.ids[key] = (widget_id, kind, delta.fragment_id)
            self._start(kind, widget_id, part)

    def _start(self, kind: str, widget_id: str, part: Any) -> None:
        """A widget nobody has touched reports its default, and what the script set by itself."""
        value: Any = None
        if getattr(part, "set_value", False):
            raw: Any = next(
                (getattr(part, name) for name in ("raw_value", "raw_values", "value") if hasattr(part, name)), None
            )
            value = list(raw) if _STATE[kind].endswith("_array_value") else raw
        elif widget_id in self.states or kind == "button":
            return
        elif kind == "selectbox":
            value = part.options[part.default] if part.HasField("default") and part.options else None
        elif kind in ("multiselect", "button_group"):
            value = [getattr(part.options[i], "content", part.options[i]) for i in part.default]
        elif kind == "date_input":
            value = list(part.default)
        elif kind != "number_input" or part.HasField("default"):
            value = part.default
        if value is not None:
            self.states[widget_id] = (_STATE[kind], value)

    def _sweep(self) -> None:
        """Forget what the run did not draw again; a fragment run touches only its own."""
        stale = [
            path
            for path, number in self._marks.items()
            if number != self._number and (not self._partial or self._fragment_of[path] in self._partial)
        ]
        for path in stale:
            self.drawn.pop(path, None), self._marks.pop(path), self._fragment_of.pop(path)
        if not self._partial:
            alive = {getattr(getattr(e, self.kind(e)), "id", "") for e in self.drawn.values() if self.kind(e)}
            self.ids = {key: entry for key, entry in self.ids.items() if entry[0] in alive}
            self.states = {widget_id: state for widget_id, state in self.states.items() if widget_id in alive}
