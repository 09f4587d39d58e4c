"""What changed between the notice of a meeting and its opening, as lines of its papers and its page."""

from components.wording import _
from components.wording.dates import moment
from db.rules.meetings.sitting import Change, Sitting
from db.terms import MeetingChangeKind


def change_lines(sitting: Sitting) -> list[str]:
    """Every change with its time and who noted it, oldest first."""
    return [
        _("{at} {words}（{by}登记）", at=moment(change.at), words=_words(change), by=change.by)
        for change in sitting.changes
    ]


def moved_words(sitting: Sitting) -> str:
    """Where and when the meeting was to be before it was moved last, and why; empty for one that was not moved."""
    moves = [change for change in sitting.changes if change.kind is MeetingChangeKind.MOVED]
    return _words(moves[-1]) if moves else ""


def _words(change: Change) -> str:
    if change.kind is MeetingChangeKind.MOVED and change.at_before and change.at_after:
        return _(
            "会议改期：原定{was}在{before}，改为{now}在{after}。原因：{reason}。",
            was=moment(change.at_before),
            before=change.before,
            now=moment(change.at_after),
            after=change.after,
            reason=change.reason,
        )
    if change.kind is MeetingChangeKind.JOINED:
        return _("第{seat}席 {name} 在任，增加为应到", seat=change.seat, name=change.after)
    if change.kind is MeetingChangeKind.LEFT:
        return _("第{seat}席 {name} 已不在任，不再应到", seat=change.seat, name=change.before)
    return _("第{seat}席 更正：{before}改为{after}", seat=change.seat, before=change.before, after=change.after)
