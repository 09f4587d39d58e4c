"""The notice of a meeting as plain text, to be pasted into a chat group or printed."""

from components.meetings.changes import moved_words
from components.wording import _
from components.wording.dates import moment
from components.wording.telephones import telephone
from db.rules.meetings.sitting import Sitting
from db.rules.meetings.title import only_counts


def meeting_name(sitting: Sitting) -> str:
    """柳林社区居民议事会第3届第1次会议：三月议事会; a title that says no more than the number is not said again."""
    named = {"body": sitting.body_name, "term": sitting.term, "number": sitting.number}
    if only_counts(sitting.title, sitting.body_name):
        return _("{body}第{term}届第{number}次会议", **named)
    return _("{body}第{term}届第{number}次会议：{title}", **named, title=sitting.title)


def leave_words(sitting: Sitting) -> str:
    """How to ask for leave, with the telephone where there is one, and whether another may come instead."""
    asked = (
        _("不能到会请提前请假，电话 {phone}。", phone=telephone(sitting.desk_phone))
        if sitting.desk_phone
        else _("不能到会请提前向社区请假。")
    )
    proxies = sitting.rule is not None and sitting.rule.proxies_allowed
    return asked + (_("可以书面委托。") if proxies else _("议事会不接受委托表决。"))


def notice_text(sitting: Sitting) -> str:
    """Who meets, when, where, about what, and how to ask for leave."""
    lines = [
        _("各位成员："),
        _("兹定于{at}在{place}召开{name}，请准时参加。", at=moment(sitting.at), place=sitting.place,
          name=meeting_name(sitting)),
        *filter(None, [moved_words(sitting)]),
        _("议题："),
    ]  # fmt: skip
    for item in sitting.items:
        lines.append(f"{item.position}. {item.title}")
        lines.append(_("动议：{motion}", motion=item.motion))
        if item.owners_matter:
            lines.append(_("依法由业主共同决定，表决仅供业主大会参考。"))
    lines.append(leave_words(sitting))
    return "\n".join(lines)
