"""Hands a ticket to the route that may set or clear the HttpOnly cookie, then loads the same address anew."""

import streamlit as st

from components.wording import _
from db.actions.accounts.sign_in import enter
from db.engine import utc_now

# location.reload() keeps path, query and fragment: the deep link that the user came by is still open afterwards.
_JS = """
const started = new Set()

export default function ({ data, parentElement }) {
  const { route, body, after, failed } = data
  const mark = route + JSON.stringify(body)
  if (started.has(mark)) return
  started.add(mark)
  const root = new URL(document.querySelector('base')?.href ?? '/', location.origin)
  fetch(new URL(route, root), {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
    .then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status))
      if (after) location.replace(after)
      else location.reload()
    })
    .catch(() => {
      const line = parentElement.querySelector('p')
      if (line) line.textContent = failed
    })
}
"""

_handover = st.components.v2.component(
    "yiqilai_handover",
    html="<p role='status'></p>",
    css="p { margin: 0; color: var(--st-text-color); font-family: var(--st-font); }",
    js=_JS,
)


def trade(ticket: str, device: str, mark: str, inside: bool) -> str | None:
    """What the route does with it: the token for the cookie, or None when the ticket is not valid any more."""
    return enter(ticket, device=device, mark=mark, inside=inside, now=utc_now())


def hand_over(ticket: str) -> None:
    """Trade the ticket for a cookie and open the page that was asked for."""
    _handover(
        key="handover.enter",
        data={
            "route": "auth/enter",
            "body": {"ticket": ticket},
            "after": "",
            "failed": _("登录没有完成，请再点一次“进入”。"),
        },
    )


def clear_cookie() -> None:
    """Clear the cookie and go to the start page; the sign-in was already ended on the server."""
    _handover(
        key="handover.leave",
        data={"route": "auth/leave", "body": {}, "after": "/", "failed": _("已退出。请关闭这个页面。")},
    )
