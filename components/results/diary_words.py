"""The words of the service diary: what a draft begins with, the text that is pasted, why an entry cannot stand."""

from fractions import Fraction

from components.wording import _, side_by_side, speaking
from components.wording.dates import dated, day, number, percent_of
from db.queries.results.diary import Entry
from db.queries.results.diary_sources import Goal, Told
from db.rules.masking import PersonalKind
from db.rules.results.diary import MOST_BODY, MOST_TITLE, NAME, DiaryInput, Pointer
from db.terms import DiarySource, Language


def draft_words(told: Told) -> DiaryInput:
    """What an entry about a record begins with: title, day, what was done, the numbers. In Chinese, whoever asks."""
    with speaking(Language.CHINESE):
        lines = [_opening(told), *told.words, _numbers(told)]
        body = "\n".join(one for one in lines if one)
        return DiaryInput(told.title[:MOST_TITLE], told.on, body[:MOST_BODY])


def _opening(told: Told) -> str:
    when = day(told.on)
    if told.source is DiarySource.ACTIVITY:
        where = _("{when}，在{place}开展“{title}”。", when=when, place=told.place, title=told.title)
        return where if told.place else _("{when}，开展“{title}”。", when=when, title=told.title)
    if told.source is DiarySource.ORDER:
        return _("{when}，上门完成一次“{title}”服务。", when=when, title=told.title)
    if told.source is DiarySource.KEEPING:
        return _("{when}，一位党员兑现承诺：{title}（对象：{whom}）。", when=when, title=told.title, whom=told.whom)
    return _("{when}，项目“{title}”通过验收。", when=when, title=told.title)


def _numbers(told: Told) -> str:
    parts = []
    if told.whom and told.source is not DiarySource.KEEPING:
        parts.append(_("面向{whom}", whom=told.whom))
    if told.people:
        project = told.source is DiarySource.PROJECT
        parts.append(_("受益约 {n} 人", n=told.people) if project else _("服务 {n} 人次", n=told.people))
    if told.helpers:
        parts.append(_("{n} 名志愿者参加", n=told.helpers))
    if told.minutes:
        parts.append(_("服务时长 {hours} 小时", hours=number(Fraction(told.minutes, 60))))
    if told.asked:
        share = percent_of(Fraction(told.satisfied, told.asked))
        parts.append(_("回访 {n} 人，满意 {share}", n=told.asked, share=share))
    parts += [_goal(one) for one in told.goals]
    return _("{parts}。", parts=_("，").join(parts)) if parts else ""


def _goal(one: Goal) -> str:
    return _("{name}由 {before} {unit}到 {now} {unit}", name=one.name, before=number(one.before), now=number(one.now),
             unit=one.unit)  # fmt: skip


def paste_text(entry: Entry) -> str:
    """The entry as it is pasted: title, day and community, the words, the quotes whose consent holds."""
    with speaking(Language.CHINESE):
        lines = [entry.row.title, f"{entry.community} · {day(entry.row.on)}", "", entry.body]
        return "\n".join([*lines, *quote_lines(entry)])


def quote_lines(entry: Entry) -> list[str]:
    """“…”——一位学员: the quotes whose consent holds."""
    with speaking(Language.CHINESE):
        return [_("“{words}”——{who}", words=one.words, who=one.called or _("一位居民")) for one in entry.quotes]


def foot_line(entry: Entry) -> str:
    """What stands at the foot of the long picture."""
    with speaking(Language.CHINESE):
        return _("{community} · 服务日志", community=entry.community)


def pointer_words(one: Pointer) -> str:
    """第 2 行第 5 个字起：手机号码 139****0001; the first line is the title."""
    kind = {
        NAME: _("姓名"),
        PersonalKind.MOBILE: _("手机号码"),
        PersonalKind.ID_CARD: _("身份证号"),
        PersonalKind.BANK_CARD: _("银行卡号"),
        PersonalKind.LANDLINE: _("固定电话"),
        PersonalKind.ROOM: _("门牌"),
    }[one.kind]
    where = _("标题") if one.line == 1 else _("正文第 {n} 行", n=one.line - 1)
    return _("{where}第 {place} 个字起：{kind} {masked}", where=where, place=one.place, kind=kind, masked=one.masked)


def outlets_line(entry: Entry) -> str:
    """Where it still stands, with the days."""
    return side_by_side(_("{outlet}（{day}）", outlet=one.outlet, day=dated(one.went_on)) for one in entry.standing)
