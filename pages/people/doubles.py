"""Let the secretary find people, volunteers and households that stand in the records twice and make them one: at the
desk, a pair in ten seconds, say of others that they are two, and take either apart again when it was wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components.access import require
from components.acting import run
from components.address import pick
from components.people.doubles import (
    decided_list,
    different_form,
    merge_form,
    merged_list,
    pairs_table,
    turn_pages,
    which_page,
)
from components.wording import N_, _
from components.wording.terms import term
from db.actions.people.households import merge_households, undo_household_merge
from db.actions.people.merges import merge_persons, undo_person_merge
from db.actions.volunteers.merges import merge_volunteers, undo_volunteer_merge
from db.engine import reading
from db.queries.people.doubles import person_doubles, person_merges, person_sides
from db.queries.people.households import household_doubles, household_merges, household_sides
from db.queries.people.pairs import last_decided
from db.queries.volunteers.doubles import volunteer_doubles, volunteer_merges, volunteer_sides
from db.rules.permissions import Permission
from db.terms import DoubleKind


@dataclass(frozen=True)
class Kind:
    """How one kind of record is found twice, named, made one and taken apart."""

    found: Callable[..., Any]
    sides: Callable[..., dict[int, str]]
    merges: Callable[..., Any]
    merge: Callable[..., int]
    undo: Callable[..., int]
    why: str
    along: str


KINDS = {
    DoubleKind.PERSON: Kind(
        person_doubles, person_sides, person_merges, merge_persons, undo_person_merge,
        N_("电话相同，或同一户里姓名同音、只差一个字的，列在这里，最像的在前。是不是同一个人，由您核对。"),
        N_("同意和敏感信息一起转过去；保留的那条缺电话、关系的，从另一条补上。可以撤销。"),
    ),
    DoubleKind.VOLUNTEER: Kind(
        volunteer_doubles, volunteer_sides, volunteer_merges, merge_volunteers, undo_volunteer_merge,
        N_("电话相同，或姓名相同、同音的志愿者列在这里，最像的在前。是不是同一个人，由您核对。"),
        N_("岗位、时长、订单、结对、同意和账号一起转过去；保留的那条缺电话的，从另一条补上。可以撤销。"),
    ),
    DoubleKind.HOUSEHOLD: Kind(
        household_doubles, household_sides, household_merges, merge_households, undo_household_merge,
        N_("同一小区里室号相同，只是门牌写法不同的，列在这里，最像的在前。是不是同一户，由您核对。"),
        N_("人员、走访、需求、订单、投诉等一起转过去，同一户只算一次。可以撤销。"),
    ),
}  # fmt: skip

user = require(Permission.MERGE_PERSONS)
st.title(_("重复登记"))
chosen = pick("kind", _("看哪一类"), list(KINDS), term, read=DoubleKind, everything=term(DoubleKind.PERSON))
kind = chosen if chosen in KINDS else DoubleKind.PERSON
one, page = KINDS[kind], which_page()
with reading(user) as session:
    found = one.found(session, page)
    merged, decided = one.merges(session), last_decided(session, kind)
    sides = one.sides(session, {number for row in decided for number in (row.first_id, row.second_id)})
st.caption(_(one.why))
pairs_table(found.rows)
turn_pages(found, page)
request = merge_form(found.rows, one.merge, _(one.along))
request = different_form(kind, found.rows) or request
if decided:
    st.header(_("记为不同的"), anchor=False)
    request = decided_list(decided, sides) or request
if merged:
    st.header(_("已合并的"), anchor=False)
    request = merged_list(merged, one.undo) or request
run(user, request)
