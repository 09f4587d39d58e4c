"""Let a member sign in at the door with the code on the own card: scan the screen's QR, type eight characters, done.

`/s/<key>` is what the screen's QR holds while a meeting is in session. The page shows a seat and nothing else. A phone
remembers its member's card only when asked to, in a cookie that no script and no other page can read.
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.refusals.shown import sentence
from components.wording import _
from db.actions.meetings.cards import sign_in_by_card
from db.engine import utc_now
from db.errors import Busy, Refused
from db.queries.meetings.cards import meeting_of_key
from db.rules.voting.card_code import printed, understood
from db.settings import settings
from pages.public.limits import WrongCodes, address_of
from pages.public.plain import Fields, answer, fields_of, first, notice, page, refused_form

COOKIE, COOKIE_DAYS = "yiqilai_card", 400
GUESSES = WrongCodes("card", 60, pause=2)
"""Wrong codes of one address at one meeting. All phones of a hall may share it: beyond, they are slowed down."""


async def sign_in(request: Request) -> Response:
    """The field for the card's code; sent, the member is there."""
    key, card = request.path_params["key"], understood(request.cookies.get(COOKIE, "")) or ""
    if request.method != "POST":
        return await answer(request, partial(_ask, key, card))
    fields, address = await fields_of(request), address_of(request)
    return await answer(request, refused_form if fields is None else partial(_take, key, card, fields, address))


def _closed() -> Response:
    return notice(_("现在不能签到"), _("会议还没有开始，或已经结束。请看大屏上的二维码。"), 404)


def _ask(key: str, card: str, typed: str = "", problem: str = "", remember: bool = False) -> Response:
    meeting = meeting_of_key(key)
    if meeting is None:
        return _closed()
    return page(
        "sign_in_card.html.j2",
        status=422 if problem else 200,
        key=key,
        meeting=meeting,
        title=_("签到"),
        known=_("这部手机记住了一张成员卡：{card}", card=f"{printed(card)[:2]}••-••{card[-2:]}") if card else "",
        forget=_("忘记这张卡，换一张"),
        label=_("成员卡号"),
        hint=_("印在成员卡上，8 个字母和数字，不分大小写。"),
        typed=typed[:40],
        problem=problem,
        remember=remember,
        remember_label=_("在这部手机上记住我的卡（只在自己的手机上勾选）"),
        go=_("签到"),
    )


def _take(key: str, card: str, fields: Fields, address: str) -> Response:
    if "forget" in fields:
        response = _ask(key, "")
        response.delete_cookie(COOKIE, path="/s", secure=settings().https, httponly=True, samesite="lax")
        return response
    typed, known = first(fields, "code"), "known" in fields and bool(card)
    remember = "remember" in fields
    meeting = meeting_of_key(key)
    if meeting is None:
        return _closed()
    if GUESSES.reached(f"{key} {address}"):
        return _ask(key, "", typed, _("输错的次数太多，请过几秒再试，或请工作人员登记签到。"), remember)
    try:
        signed = sign_in_by_card(key, card if known else typed, now=utc_now())
    except Refused as refused:
        if refused.rule == "card_unknown":
            GUESSES.count(f"{key} {address}")
        return _ask(key, "", typed, sentence(refused), remember)
    except Busy as busy:
        return _ask(key, card, typed, sentence(busy), remember)
    text = _("您已经签到过了，请入座。") if signed.before else _("请入座。这一页可以关闭。")
    seat = _("{seat}号席", seat=signed.seat)
    response = page("sign_in_done.html.j2", meeting=meeting, title=_("签到成功"), seat=seat, text=text)
    if remember and not known:
        response.set_cookie(
            COOKIE, understood(typed) or "", max_age=COOKIE_DAYS * 86_400, path="/s",
            secure=settings().https, httponly=True, samesite="lax",
        )  # fmt: skip
    return response


routes = [Route("/s/{key}", sign_in, methods=["GET", "POST"])]
