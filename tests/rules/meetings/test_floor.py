"""The floor: everybody gets a turn, first-time speakers first, for and against in turns."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.rules.meetings.floor import OTHER_SIDE, Floor, floor, with_count, without_count
from db.rules.meetings.sitting import Seat, SpeakerInQueue
from db.rules.voting.decision import PRESETS
from db.terms import MemberPresence, SpeakerSide, SpeakerState
from tests.builders.world import NOW

RULE = next(iter(PRESETS.values()))
FOR, AGAINST, NEUTRAL = SpeakerSide.FOR, SpeakerSide.AGAINST, SpeakerSide.NEUTRAL
WAITING, SPEAKING, DONE = SpeakerState.WAITING, SpeakerState.SPEAKING, SpeakerState.DONE


def turn(
    n: int,
    side: SpeakerSide = FOR,
    state: SpeakerState = WAITING,
    *,
    member: int | None = None,
    item: int = 1,
    asked: int | None = None,
    began: int | None = None,
    extra: int = 0,
) -> SpeakerInQueue:
    """Turn n, asked for n seconds (or `asked`) after NOW; it began `began` seconds after NOW."""
    begun = state in (SPEAKING, DONE)
    return SpeakerInQueue(
        id=n,
        version=1,
        item_id=item,
        member_id=n if member is None else member,
        seat=n,
        name=f"议事员{n}",
        side=side,
        state=state,
        asked_at=NOW + timedelta(seconds=n if asked is None else asked),
        began_at=NOW + timedelta(seconds=n if began is None else began) if begun else None,
        ended_at=NOW + timedelta(seconds=n) if state is DONE else None,
        extra_seconds=extra,
    )


def seat(n: int, presence: MemberPresence = MemberPresence.PRESENT) -> Seat:
    return Seat(n, n, f"议事员{n}", "居民代表", False, presence)


def of(*turns: SpeakerInQueue, seats: tuple[Seat, ...] = (), after: int = 0) -> Floor:
    return floor(turns, seats, 1, RULE, NOW + timedelta(seconds=after))


def order(*turns: SpeakerInQueue) -> list[int]:
    return [waiting.id for waiting in of(*turns).queue]


def test_for_and_against_take_turns_in_the_order_of_asking() -> None:
    assert order(turn(1), turn(2), turn(3), turn(4, AGAINST), turn(5, AGAINST)) == [1, 4, 2, 5, 3]


def test_the_side_that_did_not_speak_last_comes_first() -> None:
    spoke = turn(9, FOR, DONE, began=0)

    assert order(spoke, turn(1), turn(2), turn(3, AGAINST)) == [3, 1, 2]


def test_the_speech_that_runs_counts_as_the_last_one() -> None:
    turns = (turn(8, FOR, DONE, began=0), turn(9, AGAINST, SPEAKING, began=5), turn(1, AGAINST), turn(2, FOR))

    assert order(*turns) == [2, 1]


def test_a_question_keeps_its_place() -> None:
    assert order(turn(1), turn(2, NEUTRAL), turn(3), turn(4, AGAINST)) == [1, 2, 4, 3]


def test_a_question_in_between_does_not_change_whose_turn_it_is() -> None:
    spoke = (turn(8, FOR, DONE, began=0), turn(9, NEUTRAL, DONE, began=5))

    assert order(*spoke, turn(1), turn(2, AGAINST)) == [2, 1]


def test_who_has_not_spoken_comes_before_who_has() -> None:
    spoke = turn(9, FOR, DONE, member=1, began=0)

    assert order(spoke, turn(1, AGAINST), turn(2, FOR), turn(3, FOR)) == [2, 3, 1]


def test_other_items_and_withdrawn_turns_play_no_part() -> None:
    found = of(turn(1, item=2), turn(2, state=SpeakerState.WITHDRAWN), turn(3, state=DONE, item=2))

    assert found == Floor()
    assert found.next is None


def test_the_clock_counts_down_from_the_rule_and_what_was_granted() -> None:
    speaking = turn(1, state=SPEAKING, began=0, extra=60)

    left = [of(speaking, after=after).seconds_left for after in (0, 10, 180, 195, -30)]

    assert RULE.speech_seconds == 120
    assert left == [180, 170, 0, -15, 180]


def test_who_is_present_and_has_not_spoken_is_named() -> None:
    seats = (seat(1), seat(2), seat(3, MemberPresence.LEFT_EARLY), seat(4))
    turns = (turn(1, state=DONE), turn(2), turn(10, state=SPEAKING, member=4), turn(11, state=DONE, member=1))

    found = of(*turns, seats=seats)

    assert [one.member_id for one in found.not_yet] == [2]
    assert found.spoken == {1: 2, 4: 1}
    assert found.speaking is not None
    assert found.speaking.member_id == 4


def test_the_count_of_an_amendment_is_added_and_taken_away_again() -> None:
    counted = with_count("稳妥些", 9, 3)

    assert counted == "稳妥些〔举手：赞成9，反对3〕"
    assert with_count(counted, 10, 2) == "稳妥些〔举手：赞成10，反对2〕"
    assert without_count(counted) == "稳妥些"


# --- properties ---------------------------------------------------------------------------------------

SIDES = st.sampled_from(list(SpeakerSide))


@st.composite
def meetings(draw: st.DrawFn) -> list[SpeakerInQueue]:
    """Turns of up to eight members on two items, everybody waiting at most once on an item."""
    turns: list[SpeakerInQueue] = []
    for member in range(1, draw(st.integers(1, 8)) + 1):
        for item in (1, 2):
            spoken = draw(st.integers(0, 2))
            states = [DONE] * spoken + [WAITING] * draw(st.integers(0, 1))
            for state in states:
                turns.append(
                    turn(
                        len(turns) + 1,
                        draw(SIDES),
                        state,
                        member=member,
                        item=item,
                        asked=draw(st.integers(0, 3)),
                        began=draw(st.integers(0, 5)),
                    )
                )
    return turns


@given(meetings())
def test_nobody_who_waits_is_lost_or_doubled(turns: list[SpeakerInQueue]) -> None:
    waiting = sorted(one.id for one in turns if one.item_id == 1 and one.state is WAITING)

    assert sorted(order(*turns)) == waiting


@given(meetings())
def test_whoever_has_spoken_less_is_never_behind(turns: list[SpeakerInQueue]) -> None:
    found = of(*turns)

    often = [found.spoken.get(one.member_id, 0) for one in found.queue]

    assert often == sorted(often)


@given(meetings())
def test_as_long_as_both_sides_wait_they_take_turns(turns: list[SpeakerInQueue]) -> None:
    found = of(*turns)
    for often in set(found.spoken.values()) | {0}:
        equals = [one for one in found.queue if found.spoken.get(one.member_id, 0) == often and one.side in OTHER_SIDE]
        for place, one in enumerate(equals[:-1]):
            if {later.side for later in equals[place:]} == set(OTHER_SIDE):
                both_wait_after = {later.side for later in equals[place + 1 :]} == set(OTHER_SIDE)
                assert not both_wait_after or equals[place + 1].side is OTHER_SIDE[one.side]


@given(meetings())
def test_a_side_is_called_in_the_order_of_asking(turns: list[SpeakerInQueue]) -> None:
    found = of(*turns)
    for side in SpeakerSide:
        for often in set(found.spoken.values()) | {0}:
            asked = [
                (one.asked_at, one.id)
                for one in found.queue
                if one.side is side and found.spoken.get(one.member_id, 0) == often
            ]
            assert asked == sorted(asked)


@given(meetings(), st.randoms())
def test_the_order_in_which_the_turns_are_read_makes_no_difference(turns: list[SpeakerInQueue], chance: object) -> None:
    mixed = list(turns)
    chance.shuffle(mixed)  # type: ignore[attr-defined]

    assert of(*mixed).queue == of(*turns).queue


@given(meetings())
def test_the_queue_goes_on_as_it_was_announced(turns: list[SpeakerInQueue]) -> None:
    """Calling the first leaves the others in the same order, as long as nobody else asks."""
    announced = of(*turns).queue
    if not announced or any(one.item_id == 1 and one.state is DONE for one in turns):
        return
    first = announced[0]
    begun = [one if one.id != first.id else turn(one.id, one.side, SPEAKING, member=one.member_id) for one in turns]

    assert [one.id for one in of(*begun).queue] == [one.id for one in announced[1:]]
