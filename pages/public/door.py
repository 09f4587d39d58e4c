"""The page that works without a network, for a worker in a stairwell: one hand, one tap a visit, nothing lost.

`/door` is a small app of our own script and style, kept by the browser: it opens in a lift. The holder of the phone
sees doors, no names and no telephone numbers, and sends entries that are each answered. The cookie of a paired phone
opens this and nothing else; it is no sign-in. What the phone keeps and what that means:
docs/decisions/0019-the-door-page.md
"""

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.offline.words import choices, in_words, named, page_words
from components.refusals.shown import sentence
from components.screen.stage_files import milliseconds
from components.wording import _, speaking
from components.wording.dates import today
from db.actions.offline.entries import take_entry
from db.actions.offline.phones import pair_phone, seen, unpair
from db.engine import carry_out, reading, utc_now
from db.errors import BadInput, Busy, Conflict, NotSignedIn, Refused, YiqilaiError
from db.queries.offline.doors import DoorRow, taken_along
from db.queries.offline.phones import PhoneAtDoor, phone_by, ticket_of
from db.rules.accounts.device import system_of
from db.rules.limits import PHONE_LIFE
from db.rules.offline.sync import moment_of
from db.settings import settings
from pages.public.kept import ASKED_AGAIN, NOT_STORED, KeptPage, answered, entries_of
from pages.public.limits import WrongCodes, address_of
from pages.public.plain import (
    Fields,
    answer,
    fields_of,
    first,
    go_to,
    is_own_script,
    logged_mishap,
    notice,
    page,
    reads,
    refused_form,
)

COOKIE = "yiqilai_door"
MOST_BODY, MOST_ENTRIES = 8_000, 8
TICKETS = WrongCodes("pairing", 30)


# --- the page ----------------------------------------------------------------------------------------


PAGE = KeptPage("door", "/door", "/door", lambda: _("上门走访"), page_words, manifest="/door/manifest.webmanifest")


async def manifest(request: Request) -> Response:
    with speaking(reads(request.headers.get("accept-language", ""))):
        values = {
            "name": _("上门走访"),
            "short_name": _("上门走访"),
            "start_url": "/door",
            "scope": "/door",
            "display": "standalone",
            "background_color": "#FBFAF7",
            "theme_color": "#1F6F78",
            "icons": [{"src": "/door/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable"}],
        }
    body = json.dumps(values, ensure_ascii=False)
    return Response(body, media_type="application/manifest+json", headers=ASKED_AGAIN)


# --- pairing ------------------------------------------------------------------------------------------


async def pair(request: Request) -> Response:
    """A page with one button, so that a preview of the link uses nothing up; pressed, this phone is paired."""
    ticket = request.path_params["ticket"]
    where = address_of(request)
    if request.method != "POST":
        device = request.headers.get("user-agent", "")
        return await answer(request, partial(_ask, ticket, where, system_of(device)))
    fields = await fields_of(request)
    return await answer(request, refused_form if fields is None else partial(_pair, ticket, where, fields))


def _over() -> Response:
    return notice(_("二维码已失效"), _("二维码五分钟内有效，只能用一次。请在电脑上重新生成，再扫一次。"), 404)


def _ask(ticket: str, where: str, name: str, problem: str = "", status: int = 200) -> Response:
    if TICKETS.reached(where):
        return notice(_("请稍后再试"), _("试错的次数太多，请过十秒钟再扫码。"), 429)
    whose = ticket_of(ticket, now=utc_now())
    if whose is None:
        TICKETS.count(where)
        return _over()
    return page(
        "door_pair.html.j2",
        status=status,
        title=_("把这部手机配对给 {name}", name=whose),
        text=_("配对后，这部手机没有网络也能登记走访，联网后自动上传。"),
        limits=_("它只能打开走访页，三十天有效，在电脑上可以随时停用。"),
        label=_("给这部手机起个名字"),
        name=name or _("我的手机"),
        problem=problem,
        go=_("配对这部手机"),
    )


def _pair(ticket: str, where: str, fields: Fields) -> Response:
    if TICKETS.reached(where):
        return notice(_("请稍后再试"), _("试错的次数太多，请过十秒钟再扫码。"), 429)
    name = first(fields, "name")
    try:
        token = pair_phone(ticket, name=name, now=utc_now())
    except (BadInput, Refused) as no:
        return _ask(ticket, where, name[:60], sentence(no), 422)
    if token is None:
        TICKETS.count(where)
        return _over()
    response = go_to("/door")
    response.set_cookie(
        COOKIE, token, max_age=int(PHONE_LIFE.total_seconds()), path="/door",
        secure=settings().https, httponly=True, samesite="strict",
    )  # fmt: skip
    return response


# --- what goes to the phone, and what comes from it ---------------------------------------------------


async def doors(request: Request) -> Response:
    """The doors that are due for this person, and the words of a form."""
    return await _for_phone(request, _doors)


async def entries(request: Request) -> Response:
    """Entries in their order, each stored by itself and answered by itself; what is not answered was not looked at."""
    body = await entries_of(request, most=MOST_ENTRIES, size=MOST_BODY)
    if body is None:
        return JSONResponse({"error": "bad_request"}, 400, headers=NOT_STORED)
    return await _for_phone(request, partial(_take_all, body))


async def leave(request: Request) -> Response:
    """The phone gives its key back."""
    if not is_own_script(request):
        return JSONResponse({"error": "forbidden"}, 403, headers=NOT_STORED)
    return await _for_phone(request, _leave)


async def _for_phone(request: Request, work: Callable[[PhoneAtDoor], Response]) -> Response:
    """Run it for the phone whose key this is; without one: 401, with one that holds no longer: 410."""
    token = request.cookies.get(COOKIE, "")

    def run() -> Response:
        phone = phone_by(token, now=utc_now())
        if phone is None:
            return JSONResponse({"ended": True}, 410 if token else 401, headers=NOT_STORED)
        seen(phone.id, now=utc_now())
        return work(phone)

    return await answered(request, run, "door.failed")


def _doors(phone: PhoneAtDoor) -> Response:
    now = utc_now()
    with reading(phone.actor) as session:
        along = taken_along(session, phone.actor.id, today=today(now))
    values = {
        "owner": str(phone.actor.id),
        "day": today(now).isoformat(),
        "at": milliseconds(now),
        "doors": [_door(row) for row in along.doors],
        "places": [named(row) for row in along.places],
        "categories": [named(row) for row in along.categories],
        **choices(),
    }
    return JSONResponse(values, headers=NOT_STORED)


def _door(row: DoorRow) -> dict[str, object]:
    """Short names: the list goes over a thin line."""
    return {
        "id": row.id,
        "p": row.place_id,
        "b": row.building,
        "s": row.stairwell,
        "r": row.room,
        "alias": row.alias,
        "k": row.kind.value,
        "n": row.door_note,
        "m": row.met_on.isoformat() if row.met_on else "",
        "t": row.tries,
        "e": row.evening,
    }


def _take_all(body: dict[str, Any], phone: PhoneAtDoor) -> Response:
    if body.get("owner") != str(phone.actor.id):
        return JSONResponse({"other": True}, 409, headers=NOT_STORED)
    sent = moment_of(body.get("sent")) or utc_now()
    answers: list[dict[str, Any]] = []
    more: dict[str, object] = {}
    for entry in body["entries"]:
        try:
            answers.append({"key": entry["key"], **in_words(_take(phone, entry, sent))})
        except NotSignedIn:
            more = {"ended": True}
            break
        except (Busy, Conflict):
            if answers:
                break
            raise
        except Exception as error:  # noqa: BLE001 - one entry that breaks must not hold back the answers before it
            more = {"mishap": {"key": entry["key"], "number": logged_mishap(error, "door.failed")}}
            break
    if more.get("ended") and not answers:
        return JSONResponse(more, 410, headers=NOT_STORED)
    return JSONResponse({"at": milliseconds(utc_now()), "answers": answers, **more}, headers=NOT_STORED)


def _take(phone: PhoneAtDoor, entry: dict[str, Any], sent: datetime) -> dict[str, Any]:
    values = entry.get("values")
    try:
        return carry_out(
            phone.actor,
            "",  # the key of an entry does what a request key does, for as long as the entry is there
            take_entry,
            phone_id=phone.id,
            key=entry["key"],
            kind=entry.get("kind"),
            values=values if isinstance(values, dict) else {},
            said=moment_of(entry.get("made")) or sent,
            sent=sent,
            after=entry["after"] if isinstance(entry.get("after"), str) else "",
        )
    except (NotSignedIn, Busy, Conflict):
        raise
    except YiqilaiError as error:
        return {"state": "refused", "error": error.code, "values": error.values}


def _leave(phone: PhoneAtDoor) -> Response:
    unpair(phone.id, now=utc_now())
    response = JSONResponse({"ok": True}, headers=NOT_STORED)
    response.delete_cookie(COOKIE, path="/door", secure=settings().https, httponly=True, samesite="strict")
    return response


routes = [
    *PAGE.routes(),
    Route("/door/manifest.webmanifest", manifest),
    Route("/door/pair/{ticket}", pair, methods=["GET", "POST"]),
    Route("/door/doors", doors),
    Route("/door/entries", entries, methods=["POST"]),
    Route("/door/leave", leave, methods=["POST"]),
]
