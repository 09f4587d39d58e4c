"""One squad: who leads it, its people in figures, what it did and shows; and what members and leaders can do."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from components.acting import Request
from components.detail import fact_list, head
from components.forms import form, press
from components.lists import Column, rows
from components.projects.frame import choose
from components.volunteers.squads import theme_name, theme_names
from components.wording import N_, _, labelled, safe, side_by_side
from components.wording.dates import dated, hours, month, near
from components.wording.terms import term
from db.actions.volunteers.showcase import add_story, close_squad_opening, post_squad_opening, take_down_story
from db.actions.volunteers.squads import (
    answer_request,
    ask_to_join,
    change_squad,
    dissolve_squad,
    leave_own_squad,
    name_leaders,
    take_back_request,
    take_out_member,
)
from db.queries.volunteers.deeds import Deeds
from db.queries.volunteers.squads import MemberRow, RequestRow, SquadPage, SquadPost, Story, Theme

PARTS = {"about": N_("概况"), "members": N_("队员"), "posts": N_("岗位"), "run": N_("管理")}
DOINGS = {
    "about": N_("队伍资料"),
    "leaders": N_("队长"),
    "out": N_("请人离队"),
    "show": N_("风采"),
    "dissolve": N_("解散"),
}
NOBODY = 0


def squad_part(*, people: bool, leads: bool, asked: bool) -> str:
    """The part that was chosen, of those that the reader may see; who comes for requests begins at the members."""
    able = {"members": people, "run": leads}
    offered = {code: name for code, name in PARTS.items() if able.get(code, True)}
    return choose("part", offered, start="members" if asked and people else "about", key="squads.part")


def squad_head(squad: SquadPage) -> None:
    """Name, theme and slogan, and what is to be known first."""
    head(squad.name, about=" · ".join(part for part in (theme_name(squad), squad.slogan) if part))
    if squad.dissolved_on is not None:
        why = _("已于 {day} 解散：{reason}", day=dated(squad.dissolved_on), reason=safe(squad.dissolved_reason))
        st.info(why, icon=":material/group_off:")
    elif not squad.leader:
        st.warning(_("队长空缺：请社区指定新队长。"), icon=":material/person_alert:")
    elif not squad.leader_answers:
        st.warning(_("队长的账号已停用或换岗：请社区指定新队长。"), icon=":material/person_alert:")


def squad_facts(squad: SquadPage) -> None:
    """Who leads, since when, and the people in figures."""
    people = squad.people
    age = ""
    if people.mean_age is not None:
        age = _("{age} 岁（按 {n} 人的出生年份）", age=people.mean_age, n=people.of_known_age)
    lines = [
        (_("队长"), squad.leader or "—"),
        (_("副队长"), squad.deputy or "—"),
        (_("队员"), _("{n} 人", n=people.people)),
        (_("平均年龄"), age),
        (_("党员志愿者"), f"{people.party_percent}%" if people.party_percent is not None else ""),
        (_("成立"), near(squad.founded_on)),
    ]
    fact_list(lines, key="squad.facts", caption=squad.name)
    if squad.charter:
        with st.expander(_("章程"), icon=":material/article:"):
            st.text(squad.charter)


def own_part(squad: SquadPage, *, joins: bool) -> Request | None:
    """What somebody with a phone does here: ask, take back, leave."""
    if squad.dissolved_on is not None or not joins:
        return None
    if squad.i_asked:
        waits = _("已申请入队，等队长答复。") if squad.leader else _("已申请入队，等社区答复。")
        st.info(waits, icon=":material/hourglass_top:")
        pressed = press(f"take_back.{squad.id}", _("撤回申请"), icon=":material/undo:", wide=True)
        return Request(pressed, take_back_request, _("已撤回"), {"squad_id": squad.id}) if pressed else None
    if not squad.i_am_in:
        pressed = press(f"ask_to_join.{squad.id}", _("申请入队"), primary=True, icon=":material/group_add:", wide=True)
        said = _("已申请，等队长答复") if squad.leader else _("已申请，等社区答复")
        return Request(pressed, ask_to_join, said, {"squad_id": squad.id}) if pressed else None
    with (
        st.expander(_("您在队里 · 离队"), icon=":material/logout:"),
        form(f"leave.{squad.id}", border=False) as filling,
    ):
        reason = filling.line("reason", _("原因"), most=200)
        left = filling.submit(_("离队"))
    values = {"squad_id": squad.id, "reason": reason}
    return Request(filling, leave_own_squad, _("已离队"), values) if left else None


def requests_part(requests: Sequence[RequestRow]) -> Request | None:
    """Who asks to come in; one tap takes somebody, a no has its reason."""
    if not requests:
        return None
    st.header(_("申请入队（{n} 人）", n=len(requests)))
    rows(
        [
            {
                "who": f"{one.number} {one.name}", "skills": side_by_side(one.skills), "word": one.word,
                "at": near(one.asked_at),
            }
            for one in requests
        ],
        [
            Column("who", _("志愿者"), "nowrap"),
            Column("skills", _("特长")),
            Column("word", _("留言")),
            Column("at", _("时间"), "nowrap"),
        ],
        key="squads.requests",
        empty="",
        caption=_("申请入队"),
    )  # fmt: skip
    named = {one.id: f"{one.number} {one.name}" for one in requests}
    answers = {True: _("同意入队"), False: _("暂不接收")}
    with form("answer_request") as filling:
        who = filling.choice("request_id", _("哪一位"), list(named), show=_of(named), start=next(iter(named)))
        yes = filling.choice("accepted", _("答复"), list(answers), show=answers.__getitem__, few=True, start=True)
        word = filling.line("answer", _("留言（不接收时必填）"), most=200)
        pressed = filling.submit(_("答复"), icon=":material/how_to_reg:")
    values = {"request_id": who, "accepted": yes, "answer": word}
    return Request(filling, answer_request, _("已答复"), values) if pressed and who else None


def member_list(members: Sequence[MemberRow], *, past: bool, opens: bool) -> None:
    """Who is in the squad, or was; `opens`: the reader may open the registry."""
    more = [Column("left", _("离队"), "nowrap"), Column("why", _("原因"))] if past else []
    rows(
        [
            {
                "id": one.volunteer_id, "number": one.number, "name": one.name, "kind": term(one.kind),
                "skills": side_by_side(one.skills), "joined": near(one.joined_on), "left": near(one.left_on),
                "why": one.left_reason,
            }
            for one in members
        ],
        [
            Column("number", _("编号"), "nowrap"),
            Column("name", _("姓名"), "nowrap"),
            Column("kind", _("类型"), "nowrap"),
            Column("skills", _("特长")),
            Column("joined", _("入队"), "nowrap"),
            *more,
        ],
        key="squads.members",
        page="volunteers" if opens else "",
        empty=_("还没有队员。") if not past else _("没有离队的人。"),
        caption=_("队员"),
    )  # fmt: skip


def deeds_part(deeds: Deeds) -> None:
    """What members served while they were in the squad: by month, and the last occasions."""
    st.header(_("做了什么"))
    st.caption(_("口径：队员在队期间的活动、班次和订单；一人在两支队伍的，两队都算。"))
    rows(
        [
            {
                "month": month(one.first),
                "sessions": one.sessions, "orders": one.orders, "turns": one.turns,
                "time": hours(one.minutes),
            }
            for one in deeds.months
        ],
        [
            Column("month", _("月份"), "nowrap"),
            Column("sessions", _("活动、班次"), "number", total=True),
            Column("orders", _("订单"), "number", total=True),
            Column("turns", _("人次"), "number", total=True),
            Column("time", _("时长"), "number"),
        ],
        key="squads.months",
        empty=_("最近一年还没有服务记录。"),
        caption=_("各月服务"),
    )  # fmt: skip
    if not deeds.last:
        return
    rows(
        [
            {"what": one.what, "on": near(one.on), "people": one.people, "time": hours(one.minutes)}
            for one in deeds.last
        ],
        [
            Column("what", _("活动或班次")),
            Column("on", _("日期"), "nowrap"),
            Column("people", _("本队人数"), "number"),
            Column("time", _("时长"), "number"),
        ],
        key="squads.deeds",
        empty="",
        caption=_("最近的服务"),
    )


def posts_part(posts: Sequence[SquadPost], *, leads: bool) -> None:
    """The squad's own posts; a tap leads to where they are claimed."""
    rows(
        [
            {
                "id": one.id, "title": one.title, "skill": one.skill, "task": one.task,
                "free": _("已停止") if one.closed else _("缺 {n} 人（共 {places} 人）", n=one.places - one.filled,
                                                      places=one.places),
                "held": side_by_side(one.held),
            }
            for one in posts
        ],
        [
            Column("title", _("岗位")),
            Column("free", _("名额"), "nowrap"),
            Column("skill", _("技能")),
            Column("task", _("做什么")),
            *([Column("held", _("在岗"))] if leads else []),
        ],
        key="squads.posts",
        page="openings",
        empty=_("队伍现在没有招募岗位。"),
        caption=_("队伍的岗位"),
    )  # fmt: skip


def stories_part(stories: Sequence[Story]) -> None:
    """风采: words whose speakers agreed to it."""
    st.header(_("风采"))
    for one in stories:
        with st.container(border=True):
            st.text(f"“{one.words}”")
            st.caption(
                safe(" · ".join(part for part in (one.who, one.activity, near(one.on) if one.on else "") if part))
            )
    if not stories:
        st.caption(_("还没有风采。经本人同意公开的话会出现在这里。"))


def showcase_forms(squad: SquadPage, people: Mapping[int, str], stories: Sequence[Story]) -> Request | None:
    """Add words of a member who agreed, or take words down."""
    request = None
    if not people:
        st.caption(_("队员里还没有人同意“公开事迹或引用原话”：请先登记本人的同意。"))
    else:
        with form(f"add_story.{squad.id}") as filling:
            who = filling.choice("volunteer_id", _("谁的话"), list(people), show=_of(people))
            said = filling.words("words", _("原话"))
            pressed = filling.submit(_("放上风采"), icon=":material/format_quote:")
        values = {"squad_id": squad.id, "volunteer_id": who, "words": said}
        request = Request(filling, add_story, _("已放上"), values) if pressed else None
    if stories:
        named = {one.id: labelled(one.who, one.words[:20]) for one in stories}
        with form(f"take_down.{squad.id}") as taking:
            which = taking.choice("story_id", _("撤下哪一条"), list(named), show=_of(named))
            taken = taking.submit(_("撤下"))
        if taken and which:
            return Request(taking, take_down_story, _("已撤下"), {"story_id": which})
    return request


def post_form(squad: SquadPage, posts: Sequence[SquadPost]) -> Request | None:
    """A new post of the squad, or the end of one."""
    with form(f"squad_post.{squad.id}") as filling:
        title = filling.line("title", _("岗位"), most=60)
        skill = filling.line("skill", _("技能"), most=60)
        task = filling.line("task", _("做什么"), most=200)
        places = filling.whole("places", _("人数"), least=1, most=200, start=1)
        pressed = filling.submit(_("发布岗位"))
    values = {"squad_id": squad.id, "title": title, "skill": skill, "task": task, "places": places}
    request = Request(filling, post_squad_opening, _("岗位已发布"), values) if pressed else None
    open_ones = {one.id: one.title for one in posts if not one.closed}
    if open_ones:
        with form(f"close_post.{squad.id}") as closing:
            which = closing.choice("opening_id", _("停止招募哪个岗位"), list(open_ones), show=_of(open_ones))
            closed = closing.submit(_("停止招募"))
        if closed and which:
            return Request(closing, close_squad_opening, _("已停止招募"), {"opening_id": which})
    return request


def squad_doing(squad: SquadPage, *, manages: bool, people: bool) -> str:
    """What to do with the squad: only what the reader may and can do is offered."""
    offered = dict(DOINGS)
    for code, able in (("leaders", manages and people), ("dissolve", manages), ("out", people)):
        if not able:
            del offered[code]
    return choose("do", offered, start="about", key=f"squads.do.{squad.id}")


def squad_form(doing: str, squad: SquadPage, themes: Sequence[Theme], members: Sequence[MemberRow]) -> Request | None:
    """The one form that was chosen; words for the showcase have `showcase_forms`."""
    forms: Mapping[str, Callable[[], Request | None]] = {
        "about": lambda: _about_form(squad, themes),
        "out": lambda: _out_form(squad, members),
        "leaders": lambda: _leaders_form(squad, members),
        "dissolve": lambda: _dissolve_form(squad),
    }
    return forms[doing]()


def _about_form(squad: SquadPage, themes: Sequence[Theme]) -> Request | None:
    names = theme_names(themes, also=squad.theme_id)
    with form(f"change_squad.{squad.id}") as filling:
        name = filling.line("name", _("队名"), start=squad.name, most=30)
        slogan = filling.line("slogan", _("口号"), start=squad.slogan, most=60)
        theme = filling.choice("theme_id", _("主题"), list(names), show=_of(names), start=squad.theme_id)
        charter = filling.words("charter", _("章程"), start=squad.charter)
        pressed = filling.submit(_("保存"))
    values = {
        "squad_id": squad.id, "version": squad.version, "name": name, "slogan": slogan, "theme_id": theme,
        "charter": charter,
    }  # fmt: skip
    return Request(filling, change_squad, _("已保存"), values) if pressed else None


def _out_form(squad: SquadPage, members: Sequence[MemberRow]) -> Request | None:
    inside = {one.id: f"{one.number} {one.name}" for one in members}
    with form(f"take_out.{squad.id}") as filling:
        who = filling.choice("member_id", _("请谁离队"), list(inside), show=_of(inside))
        reason = filling.line("reason", _("原因"), most=200)
        pressed = filling.submit(_("办离队"))
    if pressed and who is None:
        filling.problem("member_id", _("请从列表中选择。"))
        return None
    return Request(filling, take_out_member, _("已离队"), {"member_id": who, "reason": reason}) if pressed else None


def _leaders_form(squad: SquadPage, members: Sequence[MemberRow]) -> Request | None:
    people = {NOBODY: _("空缺")} | {one.volunteer_id: f"{one.number} {one.name}" for one in members}
    with form(f"name_leaders.{squad.id}") as filling:
        left, right = st.columns(2)
        with left:
            leader = filling.choice(
                "leader_id", _("队长"), list(people), show=_of(people), start=squad.leader_id or NOBODY
            )
        with right:
            deputy = filling.choice(
                "deputy_id", _("副队长"), list(people), show=_of(people), start=squad.deputy_id or NOBODY
            )
        pressed = filling.submit(_("定队长"), icon=":material/star:")
    values = {
        "squad_id": squad.id, "version": squad.version, "leader_id": leader or None, "deputy_id": deputy or None,
    }  # fmt: skip
    return Request(filling, name_leaders, _("队长已定"), values) if pressed else None


def _dissolve_form(squad: SquadPage) -> Request | None:
    with form(f"dissolve.{squad.id}") as filling:
        st.caption(_("解散后队员全部离队，岗位停止招募；做过的服务都留着。"))
        reason = filling.line("reason", _("解散原因"), most=200)
        pressed = filling.submit(_("解散队伍"))
    values = {"squad_id": squad.id, "version": squad.version, "reason": reason}
    return Request(filling, dissolve_squad, _("队伍已解散"), values) if pressed else None


def _of(names: Mapping[int, str]) -> Callable[[int], str]:
    """Shows one of these, also one that was chosen before and is in the list no longer."""
    return lambda key: names.get(key, str(key))
