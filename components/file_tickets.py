"""Files that hold personal data leave by a ticket: for one person, once, within two minutes (`pages/public/file.py`).

Streamlit serves what a page offers for download to every holder of the address (docs/parts.md 1.4). Here the address
is worth nothing without the sign-in of the same account, and nothing is kept: the file is made when it is fetched, and
its maker writes down that it was taken. What makes it lives in one process; the ticket names that process, sealed, so
that any other one can ask it.
"""

import hashlib
import re
import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import streamlit as st

from components.wording import _, language
from db.engine import utc_now
from db.passwords import sealed, unsealed
from db.rules.permissions import Actor
from db.terms import Language

LIVES = timedelta(minutes=2)
MOST, MOST_EACH = 400, 6
"""Tickets in all, and of one account: an older one gives way."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORM = re.compile(r"[A-Za-z0-9_-]+~[A-Za-z0-9_-]+")
"""A ticket becomes part of an address: nothing else may come with it."""
CSV = "text/csv; charset=utf-8"

_JS = """
const taken = new Set()

export default function ({ data, parentElement }) {
  const link = parentElement.querySelector('a')
  const root = new URL(document.querySelector('base')?.href ?? '/', location.origin)
  link.href = new URL(data.route, root)
  link.textContent = data.label
  parentElement.querySelector('span').textContent = data.hint
  if (taken.has(data.route)) return
  taken.add(data.route)
  link.click()
}
"""
_handover = st.components.v2.component(
    "yiqilai_file",
    html="<p role='status'><a target='_self'></a> <span></span></p>",
    css="p { margin: 0; font-family: var(--st-font); color: var(--st-text-color); font-size: 0.9rem; }"
    " a { color: var(--st-link-color); display: inline-block; padding: 0.8rem 0.4rem 0.8rem 0; }",
    js=_JS,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a ticket stands for; `make` reads, writes the export down and gives the bytes, as this actor."""

    account_id: int
    name: str
    mime: str
    make: Callable[[Actor], bytes]
    expires_at: datetime
    language: Language = field(default=Language.CHINESE)


class Tickets:
    """The tickets of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, Offer] = {}

    def issue(self, offer: Offer, now: datetime) -> str:
        """A new ticket; the oldest of this account, or of all, gives way when there are too many."""
        ticket = f"{secrets.token_urlsafe(32)}~{sealed(own_address())}"
        with self._lock:
            for key in [key for key, held in self._held.items() if held.expires_at <= now]:
                del self._held[key]
            own = [key for key, held in self._held.items() if held.account_id == offer.account_id]
            for key in own[: len(own) + 1 - MOST_EACH] if len(own) >= MOST_EACH else []:
                del self._held[key]
            while len(self._held) >= MOST:
                del self._held[next(iter(self._held))]
            self._held[_digest(ticket)] = offer
        return ticket

    def take(self, ticket: str, account_id: int, now: datetime) -> Offer | None:
        """What a ticket stands for, once; None when it is over, unknown, or of another account, which keeps it."""
        key = _digest(ticket)
        with self._lock:
            offer = self._held.get(key)
            if offer is None or offer.account_id != account_id:
                return None
            del self._held[key]
        return offer if offer.expires_at > now else None

    def __len__(self) -> int:
        return len(self._held)


def own_address() -> str:
    """Where the other processes reach this one."""
    host, port = st.get_option("server.address"), st.get_option("server.port")
    return f"{socket.gethostname() if host in (None, '', '0.0.0.0', '::') else host}:{port}"  # noqa: S104 - compared


def maker_of(ticket: str) -> str | None:
    """The process that issued a ticket; None when no process of this installation did."""
    return unsealed(ticket.partition("~")[2]) if _FORM.fullmatch(ticket) else None


def _digest(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()


TICKETS = Tickets()


def hand_out(user: Actor, name: str, mime: str, make: Callable[[Actor], bytes]) -> None:
    """Give this person the file: the download begins by itself, a link stays for two minutes in case it did not.

    Call it in the run of the press; `make` runs later, in another thread, and gets the actor of that moment.
    """
    now = utc_now()
    offer = Offer(user.id, name, mime, make, now + LIVES, language())
    st.session_state["_file.route"] = (f"file/{TICKETS.issue(offer, now)}", name, offer.expires_at)


def show_file() -> None:
    """Draw the link to what was handed out in this session, while it lives."""
    held = st.session_state.get("_file.route")
    if held is None or held[2] <= utc_now():
        return
    _handover(
        key="file.handover",
        data={
            "route": held[0],
            "label": held[1],
            "hint": _("正在下载；没有自动开始时请点文件名。链接两分钟内有效，只能用一次。"),
        },
    )
