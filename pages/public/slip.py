"""Let the holder of a slip vote on any phone: no account, one hand, fifteen seconds, a few kilobytes.

`/v` asks for the code, `/v/<code>` is what the slip's QR holds. The code is the whole secret: it is never logged, the
page is never stored and tells no other page its address. Everything works by links and one form.
"""

import secrets
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.refusals.shown import sentence
from components.voting.slip_form import entered, question_of
from components.voting.slip_words import ballot_words, enter_words, receipt_words, result_words, waiting_words
from db.actions.voting.slips import SlipReceipt, SlipVote, cast_by_slip, cast_by_slips
from db.crowd import Crowd
from db.engine import writes_together
from db.errors import BadInput, Busy, Refused, YiqilaiError
from db.queries.voting.slips import SlipView, slip_view
from db.rules.limits import LONGEST_TOKEN
from db.rules.voting.question import Question
from db.rules.voting.slip_code import understood
from db.settings import settings
from db.terms import MeetingState
from pages.public.plain import Fields, answer, fields_of, first, go_to, page, refused_form

AGAIN, LATER = 5, 15
"""Seconds after which a page asks by itself: for those who wait for a ballot and those who have voted."""
COOKIE, KNOWN_FOR = "yiqilai_v", 24 * 3600
"""The key of a phone, and for how many seconds: one evening's ballots."""
OVER = ("ballot_stopped", "ballot_closed")
MOST_DIGITS = 18

CASTING: Crowd[SlipVote, SlipReceipt] = Crowd(lambda votes: cast_by_slips(votes))


# --- what a request asks ------------------------------------------------------------------------------


async def enter(request: Request) -> Response:
    """The field for the code; a code that is somebody's leads on to its page."""
    here = "../v" if request.url.path.endswith("/") else "v"
    if request.method != "POST":
        return await answer(request, partial(_enter, "", "", here))
    fields = await fields_of(request)
    return await answer(request, refused_form if fields is None else partial(_find, first(fields, "code"), here))


async def slip(request: Request) -> Response:
    """What a slip's holder sees; with `?change=1` the form again. The phone gets a key by which it is known again."""
    code, known = request.path_params["code"], request.cookies.get(COOKIE, "")[:LONGEST_TOKEN]
    phone = known or secrets.token_urlsafe(16)
    if request.method != "POST":
        asked = request.query_params
        response = await answer(
            request, partial(_show, code, phone, change="change" in asked, late=asked.get("late", ""))
        )
    else:
        response = await _sent(request, code, phone)
    if not known:
        # With the form, before anything is sent: who sends it twice on a bad line is one phone.
        response.set_cookie(
            COOKIE, phone, max_age=KNOWN_FOR, path="/v", secure=settings().https, httponly=True, samesite="lax"
        )
    return response


async def _sent(request: Request, typed: str, phone: str) -> Response:
    """A whole hall sends its votes in one moment: what needs no look at the database first waits without a thread."""
    fields = await fields_of(request)
    if fields is None:
        return await answer(request, refused_form)
    vote = _vote(understood(typed), phone, fields, question_of(first(fields, "asks"))) if writes_together() else None
    if vote is None:
        return await answer(request, partial(_cast, typed, phone, fields))
    told = await CASTING.join(vote)
    if isinstance(told, SlipReceipt):
        return go_to(vote.code)
    return await answer(request, partial(_refused, vote.code, typed, fields, told))


# --- what it is answered ------------------------------------------------------------------------------


def _enter(typed: str, problem: str, action: str) -> Response:
    return page("slip_enter.html.j2", status=404 if problem else 200, action=action, **enter_words(typed, problem))


def _unknown(typed: str, action: str) -> Response:
    return _enter(typed, sentence(Refused("slip_unknown")), action)


def _find(typed: str, here: str) -> Response:
    code = understood(typed)
    if code is None or slip_view(code) is None:
        return _unknown(typed, here)
    return go_to(f"{here}/{code}")


def _show(typed: str, phone: str, *, change: bool = False, late: str = "") -> Response:
    """`late` is the ballot that a vote of this phone came too late for: said again for as long as nothing newer is."""
    code = understood(typed)
    view = slip_view(code, phone) if code else None
    if code is None or view is None:
        return _unknown(typed, "../v")
    if view.ballot is None:
        missed = _number(late)
        newer = view.result is not None and missed is not None and view.result.ballot_id > missed
        return _no_ballot(view, code, "" if missed is None or newer else sentence(Refused("ballot_stopped")))
    if view.ballot.cast and not change:
        return page("slip_receipt.html.j2", again_in=LATER, code=code, **receipt_words(view.meeting, view.ballot))
    return page("slip_vote.html.j2", **ballot_words(view.meeting, view.ballot, code, None))


def _no_ballot(view: SlipView, code: str, said: str = "", *, status: int = 200, late: str = "") -> Response:
    """Nothing to vote on: the last result, or why there is nothing, and the page asks again by itself.

    It asks with the ballot that a vote came too late for: what is `said` of it would be gone before it is read.
    """
    again_in = AGAIN if view.state in (MeetingState.CONVENED, MeetingState.OPEN) and not view.void else 0
    again_at = f"?late={late}" if _number(late) is not None else ""
    if view.result is not None and not view.void:
        words = result_words(view, view.result, said=said)
        return page("slip_result.html.j2", status=status, code=code, again_in=again_in, again_at=again_at, **words)
    return page(
        "slip_wait.html.j2",
        status=status,
        code=code,
        again_in=again_in,
        again_at=again_at,
        **waiting_words(view, said=said),
    )


def _cast(typed: str, phone: str, fields: Fields) -> Response:
    """One transaction when all is well; only what went wrong looks at the ballot again."""
    code = understood(typed)
    vote = _vote(code, phone, fields, question_of(first(fields, "asks")) or _question_now(code))
    if vote is None:
        return _not_taken(code, typed, fields)
    try:
        cast_by_slip(vote.code, ballot_id=vote.ballot_id, pattern=vote.pattern, witness=vote.witness, phone=vote.phone)
    except (Refused, BadInput, Busy) as failed:
        return _refused(vote.code, typed, fields, failed)
    return go_to(vote.code)


def _vote(code: str | None, phone: str, fields: Fields, question: Question | None) -> SlipVote | None:
    """The vote that was sent, None when something about it must be said."""
    number = _number(first(fields, "ballot"))
    if code is None or question is None or number is None:
        return None
    entry = entered(question, fields)
    return None if entry.problem else SlipVote(code, number, entry.pattern, entry.witness, phone)


def _number(ballot: str) -> int | None:
    return int(ballot) if ballot.isdecimal() and len(ballot) < MOST_DIGITS else None


def _refused(code: str, typed: str, fields: Fields, failed: Exception) -> Response:
    if not isinstance(failed, (Refused, BadInput, Busy)):
        raise failed
    return _not_taken(code, typed, fields, failed)


def _question_now(code: str | None) -> Question | None:
    view = slip_view(code) if code else None
    return view.ballot.question if view is not None and view.ballot is not None else None


def _not_taken(code: str | None, typed: str, fields: Fields, failed: YiqilaiError | None = None) -> Response:
    """Say what was wrong, with everything that was filled in, or what became of the ballot meanwhile."""
    view = slip_view(code) if code else None
    if code is None or view is None:
        return _unknown(typed, "../v")
    over = failed is None or (isinstance(failed, Refused) and failed.rule in OVER)
    if view.ballot is None:
        if over or failed is None:
            return _too_late(view, code, first(fields, "ballot"))
        return _no_ballot(view, code, sentence(failed), status=409)
    if first(fields, "ballot") != str(view.ballot.ballot_id):
        return _too_late(view, code, first(fields, "ballot"))
    entry = entered(view.ballot.question, fields)
    if failed is not None and not entry.problem:
        entry = entry.but(sentence(failed))
    return page("slip_vote.html.j2", status=422, **ballot_words(view.meeting, view.ballot, code, entry))


def _too_late(view: SlipView, code: str, ballot: str) -> Response:
    """The ballot that was on the phone is over; when the next one runs already, it is shown instead."""
    said = sentence(Refused("ballot_stopped"))
    if view.ballot is None:
        return _no_ballot(view, code, said, status=409, late=ballot)
    return page("slip_vote.html.j2", status=409, **ballot_words(view.meeting, view.ballot, code, None, said=said))


routes = [
    Route("/v", enter, methods=["GET", "POST"]),
    Route("/v/", enter, methods=["GET", "POST"]),
    Route("/v/{code}", slip, methods=["GET", "POST"]),
]
