"""团队: openings with full, short and waiting in sight, members with their history, and the leader's forms."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.projects.frame import choose
from components.wording import N_, _, noted, side_by_side
from components.wording.dates import near
from components.wording.terms import term
from db.actions.volunteers.openings import change_places, close_opening, post_opening
from db.actions.volunteers.placements import (
    accept_placement,
    decline_placement,
    leave_team,
    recommend_volunteer,
    replace_member,
)
from db.queries.projects.page import ProjectHead
from db.queries.volunteers.openings import Candidate, Member, OpeningRow
from db.terms import PlacementState

DOINGS = {
    "post": N_("发布岗位"),
    "answer": N_("答复等候者"),
    "recommend": N_("推荐志愿者"),
    "leave": N_("办离队"),
    "replace": N_("换人"),
    "places": N_("增减人数"),
    "close": N_("停止招募"),
}
TAKING_IN = ("recommend", "replace")
"""Doings whose form offers volunteers of the registry."""


def opening_table(openings: Sequence[OpeningRow]) -> None:
    """What the project needs, what it has, and what is missing."""
    rows(
        [
            {
                "id": opening.id,
                "title": opening.title,
                "skill": opening.skill,
                "task": opening.task,
                "places": opening.places,
                "filled": opening.filled,
                "waiting": opening.waiting or "",
                "state": _standing(opening),
            }
            for opening in openings
        ],
        [
            Column("title", _("岗位")),
            *([Column("skill", _("技能"))] if any(opening.skill for opening in openings) else []),
            Column("task", _("做什么")),
            Column("places", _("需要"), "number", total=True),
            Column("filled", _("在岗"), "number", total=True),
            Column("waiting", _("等候"), "number", total=True),
            Column("state", _("状态"), "nowrap"),
        ],
        key="team.openings",
        empty=_("还没有招募岗位。写清做什么、几个人，志愿者在手机上就能认领。"),
        caption=_("招募岗位"),
    )


def _standing(opening: OpeningRow) -> str:
    if opening.closed:
        return _("已停止招募")
    return _("缺 {n} 人", n=opening.short) if opening.short else _("满员")


def member_table(members: Sequence[Member], *, past: bool = False) -> None:
    """Who is in the team or waits; with `past` who was in it and why no longer."""
    rows(
        [
            {
                "id": member.id,
                "who": f"{member.number} {member.name}",
                "opening": member.opening,
                "skills": side_by_side(member.skills),
                "method": _came(member),
                "state": member.state,
                "word": _word(member),
                "since": near((member.left_at or member.asked_at).date()),
            }
            for member in members
        ],
        [
            Column("who", _("志愿者"), "nowrap"),
            Column("opening", _("岗位")),
            Column("skills", _("特长")),
            Column("method", _("怎么来的")),
            Column("state", _("状态"), "nowrap"),
            *([Column("word", _("说明"))] if any(_word(member) for member in members) else []),
            Column("since", _("日期"), "nowrap"),
        ],
        key=f"team.members.{past}",
        empty=_("还没有人。"),
        caption=_("以前的成员") if past else _("团队成员"),
        short=True,
    )


def _came(member: Member) -> str:
    came = term(member.method)
    return noted(came, member.recommended_by) if member.recommended_by else came


def _word(member: Member) -> str:
    if member.replaced_by:
        return _("{reason}，由 {number} 接替", reason=member.left_reason, number=member.replaced_by)
    return member.left_reason or member.word


def past_members(members: Sequence[Member]) -> None:
    """Who was in the team, folded away."""
    if members:
        with st.expander(_("以前的成员"), icon=":material/history:"):
            member_table(members, past=True)


def find_candidates(head: ProjectHead) -> str:
    """What the leader looks for in the registry; drawn above the form that offers the volunteers found."""
    return st.text_input(
        _("找志愿者"),
        key=f"team.find.{head.id}",
        placeholder=_("编号或特长，例如：电工"),
        icon=":material/search:",
    )


def team_doing(head: ProjectHead, openings: Sequence[OpeningRow], members: Sequence[Member]) -> str:
    """What to do; only what is possible now is offered, an answer to a waiting volunteer first."""
    inside = any(member.state is PlacementState.ACCEPTED for member in members)
    waiting = any(member.state is PlacementState.WAITING for member in members)
    able = {
        "answer": waiting,
        "post": True,
        "recommend": any(not opening.closed for opening in openings),
        "leave": inside or waiting,
        "replace": inside,
        "places": any(not opening.closed for opening in openings),
        "close": any(not opening.closed for opening in openings),
    }
    offered = {code: DOINGS[code] for code, possible in able.items() if possible}
    return choose("do", offered, start=next(iter(offered)), key=f"team.do.{head.id}")


def team_form(
    doing: str,
    head: ProjectHead,
    openings: Sequence[OpeningRow],
    members: Sequence[Member],
    candidates: Sequence[Candidate],
) -> Request | None:
    """The one form that was chosen."""
    if doing == "answer":
        return _answer_form(members)
    if doing == "recommend":
        return recommend_form({o.id: o.title for o in openings if not o.closed}, candidates)
    if doing == "leave":
        return _leave_form(members)
    if doing == "replace":
        return _replace_form(members, candidates)
    if doing == "places":
        return _places_form(openings)
    if doing == "close":
        return _close_form(openings)
    return _post_form(head)


def _post_form(head: ProjectHead) -> Request | None:
    with form("post_opening") as filling:
        left, right = st.columns([3, 1])
        with left:
            title = filling.line("title", _("岗位"), help=_("例如：电工助手"))
        with right:
            places = filling.whole("places", _("几个人"), least=1, most=200, start=1)
        skill = filling.line("skill", _("需要的技能（可不填）"))
        task = filling.line("task", _("做什么、什么时候、有什么风险（可不填）"), most=200)
        pressed = filling.submit(_("发布岗位"))
    values = {"project_id": head.id, "title": title, "places": places, "skill": skill, "task": task}
    return Request(filling, post_opening, _("岗位已发布，志愿者现在就能认领"), values) if pressed else None


def _named(members: Sequence[Member], *states: PlacementState) -> dict[int, Member]:
    return {member.id: member for member in members if member.state in states}


def _show(members: dict[int, Member]) -> Callable[[int], str]:
    return lambda key: f"{members[key].number} {members[key].name} · {members[key].opening}"


def _answer_form(members: Sequence[Member]) -> Request | None:
    waiting = _named(members, PlacementState.WAITING)
    words = {"accept_placement": _("接受"), "decline_placement": _("不接受")}
    with form("answer_placement") as filling:
        first = next(iter(waiting))
        chosen = filling.choice("placement_id", _("等候的志愿者"), list(waiting), show=_show(waiting), start=first)
        act = filling.choice("act", _("答复"), list(words), show=words.__getitem__, few=True, start="accept_placement")
        word = filling.line("word", _("带一句话（不接受时必填）"), most=200)
        pressed = filling.submit(_("答复"))
    if not pressed or chosen is None:
        return None
    said = _("已加入团队") if act == "accept_placement" else _("已答复")
    values = {"placement_id": chosen, "version": waiting[chosen].version, "word": word}
    answer = decline_placement if act == "decline_placement" else accept_placement
    return Request(filling, answer, said, values)


def recommend_form(
    posts: dict[int, str], candidates: Sequence[Candidate], open_post: int | None = None
) -> Request | None:
    """Put a volunteer of the registry forward: for the leader, staff and council members; first for the open post."""
    people = {one.id: one for one in candidates}
    start = open_post if open_post in posts else None
    with form(f"recommend_volunteer.{start}" if start else "recommend_volunteer") as filling:
        opening_id = filling.choice("opening_id", _("岗位"), list(posts), start=start, show=posts.__getitem__)
        volunteer_id = filling.choice("volunteer_id", _("志愿者"), list(people), show=lambda key: _person(people[key]))
        by = filling.line("recommended_by", _("谁推荐的（不填就是您）"))
        pressed = filling.submit(_("推荐"))
    values = {"opening_id": opening_id, "volunteer_id": volunteer_id, "recommended_by": by}
    return Request(filling, recommend_volunteer, _("已推荐，等队长答复"), values) if pressed else None


def _person(one: Candidate) -> str:
    skills = side_by_side(one.skills)
    return f"{one.number} {one.name}" + (f" · {skills}" if skills else "")


def _leave_form(members: Sequence[Member]) -> Request | None:
    inside = _named(members, PlacementState.ACCEPTED, PlacementState.WAITING)
    with form("leave_team") as filling:
        chosen = filling.choice("placement_id", _("谁离队"), list(inside), show=_show(inside))
        reason = filling.line("reason", _("原因"), most=200)
        pressed = filling.submit(_("办离队"))
    values = {"placement_id": chosen, "reason": reason}
    return Request(filling, leave_team, _("已离队，位置空出；等候的人由您决定"), values) if pressed and chosen else None


def _replace_form(members: Sequence[Member], candidates: Sequence[Candidate]) -> Request | None:
    inside = _named(members, PlacementState.ACCEPTED)
    waiting = {member.volunteer_id: member for member in members if member.state is PlacementState.WAITING}
    people = {key: _("{number} {name} · 等候中", number=m.number, name=m.name) for key, m in waiting.items()}
    people |= {one.id: _person(one) for one in candidates if one.id not in people}
    with form("replace_member") as filling:
        chosen = filling.choice("placement_id", _("换下谁"), list(inside), show=_show(inside))
        volunteer_id = filling.choice("volunteer_id", _("换上谁"), list(people), show=people.__getitem__)
        reason = filling.line("reason", _("原因"), most=200)
        pressed = filling.submit(_("换人"))
    if not pressed or chosen is None:
        return None
    values = {
        "placement_id": chosen,
        "version": inside[chosen].version,
        "volunteer_id": volunteer_id,
        "reason": reason,
    }
    return Request(filling, replace_member, _("已换人，原成员留在记录里"), values)


def _places_form(openings: Sequence[OpeningRow]) -> Request | None:
    open_ones = {opening.id: opening for opening in openings if not opening.closed}

    def show(opening_id: int) -> str:
        one = open_ones[opening_id]
        return _("{title}（需要 {places} 人，在岗 {filled} 人）", title=one.title, places=one.places, filled=one.filled)

    with form("change_places") as filling:
        chosen = filling.choice("opening_id", _("哪个岗位"), list(open_ones), show=show)
        places = filling.whole("places", _("改为需要几人"), least=1, most=200)
        pressed = filling.submit(_("改人数"), icon=":material/group_add:")
    if not pressed:
        return None
    if chosen is None:
        filling.problem("opening_id", _("请从列表中选择。"))
        return None
    said = _("岗位人数已改，志愿者看到的缺额随之更新")
    return Request(filling, change_places, said, {"opening_id": chosen, "places": places})


def _close_form(openings: Sequence[OpeningRow]) -> Request | None:
    open_ones = {opening.id: opening.title for opening in openings if not opening.closed}
    with form("close_opening") as filling:
        chosen = filling.choice("opening_id", _("哪个岗位"), list(open_ones), show=open_ones.__getitem__)
        pressed = filling.submit(_("停止招募"))
    return Request(filling, close_opening, _("已停止招募"), {"opening_id": chosen}) if pressed and chosen else None
