"""Let staff see at a desk what members promised, what waits for the branch and what is behind, in ten seconds."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import streamlit as st

from components.access import require
from components.acting import note, run
from components.address import filter_by, filter_switch, filter_view, filter_words, id_in_address, pager
from components.commitments.board_paper import board_document
from components.commitments.judging import follow_list, to_judge_hint
from components.commitments.list import choose_branch, commitment_list, late_list, publish_form, sums_line
from components.commitments.paper_buttons import word_button
from components.commitments.pledge_paper import pledges_document
from components.commitments.promise import write_form
from components.commitments.sheet_papers import letters_document
from components.commitments.wall_desk import board_buttons, wall_desk
from components.detail import new, title_row
from components.papers.word import Paper
from components.public_address import printed_address
from components.wording import _
from components.wording.dates import today
from db.actions.commitments.commitments import follow_the_days
from db.engine import reading, utc_now
from db.queries.commitments import commitments as asked
from db.queries.commitments.due import anything_moves
from db.queries.commitments.judging import open_follow_ups
from db.queries.commitments.letters import letters
from db.queries.commitments.pledges import pledges
from db.queries.commitments.wall import board, codes, home_of, scans_by_day
from db.queries.members.branches import branches
from db.rules.permissions import Actor, Permission
from db.terms import CommitmentState

ALL, REVIEW, WALL, LATE, JUDGE = "all", "review", "wall", "late", "judge"


def printed(find: Callable[[Any], Any], draw: Callable[[Any], Paper], actor: Actor) -> tuple[Paper, int]:
    """A paper of what this actor finds, and how many members stand on it."""
    with reading(actor) as asking:
        found = find(asking)
    return draw(found), len(found)


user = require(Permission.SEE_COMMITMENTS)
day, request = today(utc_now()), None
with reading(user) as session:
    moves = user.may(Permission.KEEP_COMMITMENT) and anything_moves(session, today=day)
    named = {one.id: one.name for one in branches(session)}
if moves:
    note(user, follow_the_days)
title = title_row(_("党员承诺"))
VIEWS = {ALL: _("承诺"), REVIEW: _("待审核与公示"), WALL: _("承诺墙"), LATE: _("跟踪问效"), JUDGE: _("评诺")}
view = filter_view("view", _("看哪些"), list(VIEWS), VIEWS.__getitem__, start=ALL, read=str)
branch_id, middle, right = choose_branch(named)
if view == LATE:
    with reading(user) as session:
        behind = asked.late(session, account_id=user.id, today=day, branch_id=branch_id)
    with middle:
        only = filter_switch("waiting", _("只看补记待核"))
    late_list([one for one in behind if one.waiting] if only else behind)
    if user.may(Permission.MANAGE_WALL) and behind:
        found = partial(letters, account_id=user.id, today=day, branch_id=branch_id)
        draw = partial(letters_document, today=day)
        word_button(user, _("打印提醒信（Word）"), "letters", partial(printed, found, draw), key="paper.letters")
elif view == JUDGE:
    with reading(user) as session:
        follow = open_follow_ups(session, today=day, branch_id=branch_id)
        judging = asked.CommitmentFilters((CommitmentState.TO_JUDGE,), branch_id)
        page = asked.commitments(session, judging, account_id=user.id, today=day, before=id_in_address("before"))
    to_judge_hint()
    follow_list(follow)
    commitment_list(page.rows)
    pager(page.rows, page.more)
elif view == WALL:
    with reading(user) as session:
        held, scans = codes(session, branch_id=branch_id), scans_by_day(session, since=day - timedelta(days=30))
        home = home_of(session, user.community_id)
    if user.may(Permission.MANAGE_WALL) and (address := printed_address(st.context.url)):
        hung = partial(board, today=day, branch_id=branch_id, codes=True)
        board_buttons(user, partial(printed, hung), partial(board_document, community=home, address=address, on=day))
    request = wall_desk(held, scans, manages=user.may(Permission.MANAGE_WALL))
elif view == REVIEW:
    with reading(user) as session:
        waiting = asked.CommitmentFilters(asked.TO_REVIEW, branch_id)
        page = asked.commitments(session, waiting, account_id=user.id, today=day, before=id_in_address("before"))
    commitment_list(page.rows)
    pager(page.rows, page.more)
    if user.may(Permission.REVIEW_COMMITMENT):
        request = publish_form([one for one in page.rows if one.state is CommitmentState.APPROVED])
else:
    with middle:
        state = filter_by("state", _("状态"), list(CommitmentState))
    with right:
        words = filter_words(_("查找"), _("内容、对象或编号"))
    narrowed = asked.CommitmentFilters((state,) if state else (), branch_id, id_in_address("member"), words=words)
    with reading(user) as session:
        counts = asked.counts_by_state(session)
        page = asked.commitments(session, narrowed, account_id=user.id, today=day, before=id_in_address("before"))
    sums_line(counts)
    commitment_list(page.rows)
    pager(page.rows, page.more)
    if user.may(Permission.MANAGE_WALL) and page.rows:
        signed = partial(
            printed, partial(pledges, year=day.year, branch_id=branch_id), partial(pledges_document, year=day.year)
        )
        word_button(user, _("打印承诺书（Word）"), "pledges", signed, key="paper.pledges")
    if user.may(Permission.MAKE_COMMITMENT):
        with title, new(_("替党员写一项承诺"), "edit_note") as menu:
            if menu.open:
                with reading(user) as session:
                    members = asked.members_to_choose(session)
                request = write_form(day, members)
run(user, request)
