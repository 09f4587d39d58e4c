"""Word documents of an activity: notice before, sign-in sheet, record after, certificates of attendance.

Notice and record name nobody who takes part. A child is on none of them by name; of a sensitive group fewer than five
are not told outside.
"""

from collections.abc import Sequence
from fractions import Fraction

from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import RIGHT, Paper, Sheet, blank, built_in, headline, line, lines, mark, paper
from components.wording import _, in_a_row, labelled, side_by_side
from components.wording.dates import clock, day, long_day, month_day, percent_of, yuan
from components.wording.terms import term
from db.queries.activities.page import ActivityFacts, OnPaper, QuoteRow, SessionRow
from db.rules.activities.places import told
from db.terms import HostPart


def hosts_words(facts: ActivityFacts, part: HostPart) -> str:
    """The units of one part; the community itself stands first among those that lead."""
    named = facts.hosts_of(part)
    return side_by_side([facts.community, *named] if part is HostPart.LEAD else named) or "—"


def when_words(one: SessionRow) -> str:
    """3月5日 周四 14:00–16:00."""
    return _("{day} {begin}—{end}", day=long_day(one.on), begin=clock(one.starts_at), end=clock(one.ends_at))


def session_words(one: SessionRow) -> str:
    """What is done in a session: its title, its modules, who speaks."""
    words = [one.title, side_by_side(one.modules), _("主讲：{name}", name=one.speaker) if one.speaker else ""]
    return in_a_row(word for word in words if word) or "—"


def _count(count: int, facts: ActivityFacts) -> str:
    shown = told(count, sensitive=facts.sensitive)
    return _("不足 5") if shown is None else str(shown)


@replaceable("activity_notice")
def notice(facts: ActivityFacts, sessions: Sequence[SessionRow], address: str = "") -> Paper:
    """活动通知: what, for whom, when and where, how to sign up, what happens when it rains."""
    how = [_("电话或到社区窗口报名：{phone}", phone=facts.desk_phone or facts.community)]
    if address:
        how.insert(0, _("手机打开 {address} 报名", address=address))
    table = [
        [_("活动名称"), facts.title],
        [_("类型"), term(facts.kind)],
        [_("主办"), hosts_words(facts, HostPart.LEAD)],
        [_("协办"), side_by_side(facts.hosts_of(HostPart.CO))],
        [_("对象"), facts.target],
        [_("地点"), facts.place],
        [_("名额"), str(facts.places) if facts.places else _("不限")],
        [_("怎么报名"), "\n".join(how)],
        [_("天气预案"), facts.weather_plan],
        [_("安全员"), facts.safety_person],
    ]
    # Residents read it: a line that says nothing is not printed.
    table = [line for line in table if line[1]]
    if facts.moved_from:
        table.append([_("改期"), _("原定 {day}，{reason}", day=day(facts.moved_from), reason=facts.moved_reason)])
    if facts.minors:
        table.append([_("未成年人"), _("14 岁以下须监护人陪同；只登记人数，不登记姓名、不拍正脸。")])
    plan = [[when_words(one), session_words(one)] for one in sessions]
    return plain_paper(
        _("活动通知"),
        [],
        [],
        [_("{community}（盖章）    ____年__月__日", community=facts.community)],
        Layout({"sheet": (3.2, 12.6), "plan": (7.8, 8.0)}),
        sheet=([_("事项"), _("内容")], table),
        plan=([_("时间"), _("安排")], plan),
    )


@replaceable("activity_record")
def record(facts: ActivityFacts, sessions: Sequence[SessionRow], helpers: int, quotes: Sequence[QuoteRow]) -> Paper:
    """活动记录表 (fields of docs/domain.md 11.4), with who came to each session."""
    rate = _("未调查")
    if facts.asked:
        rate = _("询问 {asked} 人，满意 {satisfied} 人（{rate}）", asked=facts.asked, satisfied=facts.satisfied,
                 rate=percent_of(Fraction(facts.satisfied, facts.asked)))  # fmt: skip
    table = [
        [_("活动名称"), facts.title],
        [_("类型"), term(facts.kind)],
        [_("主办"), hosts_words(facts, HostPart.LEAD)],
        [_("协办"), hosts_words(facts, HostPart.CO)],
        [_("地点"), facts.place],
        [_("对象"), facts.target or "—"],
        [_("负责人"), facts.lead or "—"],
        [_("受益人次"), _count(facts.served, facts)],
        [_("志愿者"), str(helpers)],
        [_("内容纪要"), facts.report or "—"],
        [_("费用"), yuan(facts.cost_fen)],
        [_("满意度"), rate],
        [_("媒体报道"), facts.media or "—"],
    ]
    if quotes:
        table.append(
            [
                _("参加者的话（已同意引用）"),
                "\n".join(labelled(one.called, one.words) if one.called else one.words for one in quotes),
            ]
        )
    came = [
        [when_words(one), session_words(one), _count(one.came, facts), str(one.children) if one.children else ""]
        for one in sessions
    ]
    return plain_paper(
        _("活动记录表"),
        [],
        [_("照片可选，须经本人或监护人同意后另附。")],
        [_("负责人签字：____________    ____年__月__日")],
        Layout({"sheet": (3.6, 12.2), "came": (7.5, 4.1, 2.1, 2.1)}),
        sheet=([_("事项"), _("内容")], table),
        came=([_("场次"), _("安排"), _("实到人数"), _("其中儿童")], came),
    )


@replaceable("activity_sign_in")
def sign_in_sheet(facts: ActivityFacts, sessions: Sequence[SessionRow], people: Sequence[OnPaper]) -> Paper:
    """签到表: everybody who has a place, a column for every session."""
    shown = list(sessions)[:8]
    heads = [_("序号"), _("姓名"), *(f"{month_day(one.on)}\n{clock(one.starts_at)}" for one in shown)]
    filled = [[str(number), one.name, *("" for _one in shown)] for number, one in enumerate(people, 1)]
    filled += [["", "", *("" for _one in shown)] for _row in range(5)]
    return plain_paper(
        _("签到表"),
        [
            _("活动：{title}", title=facts.title),
            _("{community}　{place}", community=facts.community, place=facts.place),
        ],
        [_("14 岁以下只记人数：____ 人。")],
        [],
        Layout({"people": (1.4, 3.2, *(round(11.2 / max(1, len(shown)), 2) for _one in shown))}, high=0.85),
        people=(heads, filled),
    )


@built_in
def _certificate() -> Sheet:
    document = blank(size=15, line=30, pages=False)
    mark(document, "for one in people")
    headline(document, "{{ title }}")
    # Every certificate begins a page of its own; before the very first one nothing is broken.
    document.paragraphs[-1].paragraph_format.page_break_before = True
    line(document, "{{ one.to }}", before=18)
    line(document, "{{ one.text }}", indent=True)
    mark(document, "if one.modules")
    line(document, "{{ learnt }}", indent=True)
    lines(document, "one.modules", indent=True)
    mark(document, "endif")
    line(document, "{{ closing }}", indent=True)
    line(document, "{{ issuer }}", align=RIGHT, before=40)
    line(document, "{{ on }}", align=RIGHT)
    mark(document, "endfor")
    return document


@replaceable("attendance")
def certificates(facts: ActivityFacts, sessions: Sequence[SessionRow], people: Sequence[OnPaper]) -> Paper:
    """参加证明: a page for everybody who came, with the days and modules that were really attended."""
    pages = []
    for one in people:
        attended = [each for each in sessions if each.id in one.came]
        days = sorted({each.on for each in attended})
        pages.append(
            {
                "to": _("{name}：", name=one.name),
                "text": _(
                    "您于{first}至{last}参加了“{title}”，到会 {days} 天、{sessions} 场。",
                    first=day(days[0]), last=day(days[-1]), title=facts.title, days=len(days), sessions=len(attended),
                )
                if len(days) > 1
                else _("您于{first}参加了“{title}”，到会 {sessions} 场。",
                       first=day(days[0]), title=facts.title, sessions=len(attended)),
                "modules": [f"{n}. {module}" for n, module in enumerate(
                    (module for each in attended for module in each.modules), 1)],
            }
        )  # fmt: skip
    values = {
        "people": pages,
        "title": _("参加证明"),
        "learnt": _("学习内容："),
        "closing": _("特此证明。"),
        "issuer": side_by_side([facts.community, *facts.hosts_of(HostPart.LEAD)]),
        "on": day(max(one.on for one in sessions)),
    }
    return paper(_certificate(), values)
