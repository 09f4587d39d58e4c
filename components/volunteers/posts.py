"""招募 on a volunteer's phone: what is free, one post to claim in two taps, and the own places."""

from collections.abc import Sequence

import streamlit as st

from components.acting import Request
from components.forms import form, press
from components.lists import Column, rows
from components.wording import _, safe
from components.wording.dates import hours, near
from db.actions.volunteers.placements import claim_place, leave_team, sign_up
from db.queries.volunteers.openings import Myself, OpenPost, OwnPlace
from db.rules.volunteers.squads import fitting
from db.terms import PlacementState


def own_entry(entry: Myself | None) -> None:
    """Number and hours of the user."""
    if entry is None:
        st.warning(_("您的账号还没有对应的志愿者登记：请联系社区社工登记并关联账号。"), icon=":material/person_alert:")
        return
    numbers = _("您的编号 {number}，累计服务 {time}。", number=entry.number, time=hours(entry.minutes))
    st.caption(safe(numbers))


def post_list(posts: Sequence[OpenPost], skills: Sequence[str]) -> None:
    """Open posts."""
    rows(
        [
            {
                "id": post.id,
                "title": post.title,
                "free": _standing(post),
                "match": why_fitting(post, skills),
                "task": post.task,
                "skill": post.skill,
                "project": post.project,
                "until": near(post.due_on),
            }
            for post in posts
        ],
        [
            Column("title", _("岗位")),
            Column("free", _("名额"), "nowrap"),
            Column("match", ""),
            Column("task", _("做什么")),
            Column("skill", _("技能")),
            Column("project", _("项目或队伍")),
            Column("until", _("截至"), "nowrap"),
        ],
        key="openings.posts",
        page="openings",
        empty=_("现在没有招募中的岗位。有新岗位时会出现在这里。"),
        caption=_("招募岗位"),
    )


def why_fitting(post: OpenPost, skills: Sequence[str]) -> str:
    """Why a post suits somebody: the own skill that it asks for or that is in what is done."""
    skill = fitting(post.skill, f"{post.title} {post.task}", skills)
    return _("用得上您的特长：{skill}", skill=skill) if skill else ""


def _standing(post: OpenPost) -> str:
    if post.mine is PlacementState.ACCEPTED:
        return _("您已在岗")
    if post.mine is PlacementState.WAITING:
        return _("等候队长答复")
    if post.full:
        return _("满员，可报名等候") if post.squad_id is None else _("满员")
    return _("缺 {n} 人（共 {places} 人）", n=post.places - post.filled, places=post.places)


def chosen_post(post: OpenPost, *, may_join: bool) -> Request | None:
    """The post that was tapped, with its two ways in."""
    with st.container(border=True):
        st.header(safe(post.title))
        st.text("\n".join(text for text in (post.task, post.skill, post.project, _standing(post)) if text))
        if not may_join or post.mine is not None:
            return None
        with st.container(horizontal=True):
            claim = None
            if not post.full:
                claim = press(
                    f"claim_place.{post.id}", _("认领"), primary=True, icon=":material/front_hand:", wide=True
                )
            ask = None
            if post.squad_id is None:
                ask = press(f"sign_up.{post.id}", _("报名，等队长确认"), icon=":material/schedule:", wide=True)
    if claim:
        return Request(claim, claim_place, _("已认领，您在岗了"), {"opening_id": post.id})
    if ask:
        return Request(ask, sign_up, _("已报名，等队长答复"), {"opening_id": post.id})
    return None


def own_list(places: Sequence[OwnPlace]) -> Request | None:
    """Where the user is or was, what the leader said, and the way out."""
    if not places:
        return None
    st.header(_("我的岗位"))
    rows(
        [
            {
                "id": place.id,
                "title": place.title,
                "project": place.project,
                "state": place.state,
                "word": place.word,
                "on": near(place.asked_at.date()),
            }
            for place in places
        ],
        [
            Column("title", _("岗位")),
            Column("project", _("项目或队伍")),
            Column("state", _("状态"), "nowrap"),
            Column("word", _("队长的话")),
            Column("on", _("日期"), "nowrap"),
        ],
        key="openings.mine",
        empty="",
        caption=_("我的岗位"),
    )
    active = {place.id: place for place in places if place.active}
    if not active:
        return None
    with st.expander(_("离队或撤回报名"), icon=":material/logout:"), form("leave_own", border=False) as filling:
        chosen = filling.choice(
            "placement_id",
            _("哪个岗位"),
            list(active),
            show=lambda key: f"{active[key].title} · {active[key].project}",
            start=next(iter(active)),
        )
        reason = filling.line("reason", _("原因"), most=200)
        pressed = filling.submit(_("离队或撤回"))
    values = {"placement_id": chosen, "reason": reason}
    return Request(filling, leave_team, _("已办好，位置已空出"), values) if pressed and chosen else None
