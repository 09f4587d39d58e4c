"""发言: who speaks now, who should be called next, who has not spoken yet (docs/domain.md 5.5).

机会均等: a member who has spoken less often on this item comes first. 立场明确, 正反交替: among equals, for and against
take turns, beginning with the side that did not speak last; questions and explanations keep their place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from db.rules.meetings.sitting import Seat, SpeakerInQueue
from db.rules.voting.house_rule import HouseRule
from db.terms import MemberPresence, SpeakerSide, SpeakerState

WARN_SECONDS = 15
"""Seconds before the end of a speech at which the speaker is warned."""
SPOKE = frozenset({SpeakerState.SPEAKING, SpeakerState.DONE})
"""Turns that count as a speech."""
OTHER_SIDE = {SpeakerSide.FOR: SpeakerSide.AGAINST, SpeakerSide.AGAINST: SpeakerSide.FOR}


@dataclass(frozen=True, slots=True)
class Floor:
    """The floor on one item."""

    speaking: SpeakerInQueue | None = None
    seconds_left: int | None = None
    """Of the speech that runs; negative when it is over its time, None when nobody speaks."""
    queue: tuple[SpeakerInQueue, ...] = ()
    """Those who wait, in the order in which they should be called."""
    not_yet: tuple[Seat, ...] = ()
    """Present members who have not spoken on this item, by seat."""
    spoken: dict[int, int] = field(default_factory=dict)
    """How often each member has spoken on this item; a member who has not spoken is not in it."""

    @property
    def next(self) -> SpeakerInQueue | None:
        """Whom to call next, or None when nobody waits."""
        return self.queue[0] if self.queue else None


def floor(
    speakers: Sequence[SpeakerInQueue],
    seats: Sequence[Seat],
    item_id: int,
    rule: HouseRule,
    now: datetime,
) -> Floor:
    """The floor on one item, from all turns of the meeting and the sign-in sheet."""
    here = [turn for turn in speakers if turn.item_id == item_id]
    spoken: dict[int, int] = {}
    for turn in here:
        if turn.state in SPOKE:
            spoken[turn.member_id] = spoken.get(turn.member_id, 0) + 1
    speaking = next((turn for turn in here if turn.state is SpeakerState.SPEAKING), None)
    return Floor(
        speaking=speaking,
        seconds_left=seconds_left(speaking, rule, now) if speaking else None,
        queue=_in_order([turn for turn in here if turn.state is SpeakerState.WAITING], spoken, _last_side(here)),
        not_yet=tuple(
            seat for seat in seats if seat.presence is MemberPresence.PRESENT and seat.member_id not in spoken
        ),
        spoken=spoken,
    )


def seconds_left(turn: SpeakerInQueue, rule: HouseRule, now: datetime) -> int:
    """Whole seconds that a running speech still has; negative when it is over its time."""
    allowed = rule.speech_seconds + turn.extra_seconds
    # A clock that was set back must not give more time than there is.
    elapsed = 0 if turn.began_at is None else max(0, int((now - turn.began_at).total_seconds()))
    return allowed - elapsed


def _last_side(turns: Sequence[SpeakerInQueue]) -> SpeakerSide | None:
    begun = [turn for turn in turns if turn.state in SPOKE and turn.side in OTHER_SIDE and turn.began_at is not None]
    return max(begun, key=lambda turn: (turn.began_at, turn.id)).side if begun else None


def _in_order(
    waiting: Sequence[SpeakerInQueue], spoken: dict[int, int], last: SpeakerSide | None
) -> tuple[SpeakerInQueue, ...]:
    def times(turn: SpeakerInQueue) -> int:
        return spoken.get(turn.member_id, 0)

    ordered: list[SpeakerInQueue] = []
    for _often, equals in groupby(sorted(waiting, key=lambda turn: (times(turn), turn.asked_at, turn.id)), times):
        turns, last = _alternating(list(equals), last)
        ordered += turns
    return tuple(ordered)


def _alternating(
    turns: list[SpeakerInQueue], last: SpeakerSide | None
) -> tuple[list[SpeakerInQueue], SpeakerSide | None]:
    """The turns with for and against exchanged among their own places; and which side comes last in them."""
    sides = {side: [turn for turn in turns if turn.side is side] for side in OTHER_SIDE}
    ordered = []
    for turn in turns:
        if turn.side not in OTHER_SIDE:
            ordered.append(turn)
            continue
        wanted = OTHER_SIDE[last] if last is not None else turn.side
        side = wanted if sides[wanted] else OTHER_SIDE[wanted]
        ordered.append(sides[side].pop(0))
        last = side
    return ordered, last


# --- an amendment put to the vote by hands -----------------------------------------------------------

_COUNT = re.compile(r"〔举手[:：]赞成\d+[,，]反对\d+〕$")


def with_count(words: str, votes_for: int, votes_against: int) -> str:
    """The words of an amendment with the count of hands behind them, as they stand in the minutes."""
    return f"{without_count(words)}〔举手：赞成{votes_for}，反对{votes_against}〕"


def without_count(words: str) -> str:
    """The words of an amendment as they were before it was voted on."""
    return _COUNT.sub("", words)
