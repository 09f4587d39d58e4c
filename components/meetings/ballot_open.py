"""Put an item to the vote: the usual way by one press, any other one, or several ways side by side, behind a fold."""

import streamlit as st

from components.acting import Request
from components.forms import Filling, form, press
from components.voting.outcome import quorum_words
from components.wording import _
from components.wording.terms import term
from db.actions.voting.voting import open_ballot
from db.queries.voting.ballots import SlipStanding
from db.rules.meetings.sitting import Item, Seat, Sitting
from db.terms import MemberPresence, QuestionKind, VoteMethod

ICONS = {
    VoteMethod.HANDS: ":material/front_hand:",
    VoteMethod.NAMED: ":material/how_to_vote:",
    VoteMethod.SLIP: ":material/qr_code_2:",
    VoteMethod.PAPER: ":material/ballot:",
    VoteMethod.ASSISTED: ":material/record_voice_over:",
}


def ways_for(sitting: Sitting, item: Item) -> list[VoteMethod]:
    """Main ways in which this item can be voted on, the usual one first: the way of the last vote, if it fits."""
    ways = [VoteMethod.HANDS] if item.question.kind is QuestionKind.MOTION else []
    if sitting.phones_allowed and sitting.slips:
        ways.append(VoteMethod.SLIP)
    ways += [VoteMethod.NAMED, VoteMethod.PAPER]
    if sitting.phones_allowed and not sitting.slips:
        ways.append(VoteMethod.SLIP)
    last = sitting.counts[-1].method if sitting.counts else None
    return sorted(ways, key=lambda way: way is not last)


def may_vote_now(sitting: Sitting, item: Item) -> bool:
    """Whether enough are there; says why not."""
    check = sitting.quorum_for(item.id)
    if check is not None and check.met:
        return True
    words = quorum_words(check) if check else ""
    st.error(_("不得表决：{words}", words=words), icon=":material/group_off:")
    return False


def usual_way(sitting: Sitting, item: Item, *, primary: bool = True, shortcut: str | None = None) -> Request | None:
    """One press opens the ballot in the usual way."""
    way = ways_for(sitting, item)[0]
    hit = press(f"{way.value}.{item.id}", term(way), icon=ICONS[way], primary=primary, shortcut=shortcut)
    return Request(hit, open_ballot, said_of_opening(way), {"item_id": item.id, "method": way}) if hit else None


def said_of_opening(way: VoteMethod) -> str:
    """What the chair tells the room."""
    return {
        VoteMethod.HANDS: _("开始举手表决"),
        VoteMethod.NAMED: _("开始记名表决：请成员打开“我的表决”"),
        VoteMethod.SLIP: _("开始票码表决：请成员扫手里的票"),
        VoteMethod.PAPER: _("开始纸质票表决：请发票"),
        VoteMethod.ASSISTED: _("开始协助填写"),
    }[way]


def other_ways(sitting: Sitting, item: Item, slips: SlipStanding) -> Request | None:
    """Any way, some members in another one, some slips put aside."""
    with st.expander(_("其他表决方式"), icon=":material/tune:"):
        ways = ways_for(sitting, item)
        way = st.segmented_control(
            _("大家用"), ways, default=ways[0], format_func=term, required=True, key=f"main_way.{item.id}"
        )
        st.caption(_hint(way, sitting))
        with form(f"open_ballot.{item.id}", border=False) as filling:
            apart = _apart(filling, sitting, item, ways, way)
            aside = _aside(filling, slips)
            pressed = filling.submit(_("开始表决"), icon=":material/how_to_vote:")
    if not pressed:
        return None
    values = {"item_id": item.id, "method": way, "apart": apart, "aside": aside}
    return Request(filling, open_ballot, said_of_opening(way), values)


def _hint(way: VoteMethod, sitting: Sitting) -> str:
    if way is VoteMethod.SLIP:
        return _(
            "无记名。一人一张票码，用任何手机扫码投票，可改投，以最后一次为准。现有可用票 {n} 张。", n=sitting.slips
        )
    return {
        VoteMethod.HANDS: _("公开。两位计票监票人分别点数，一致才算数。"),
        VoteMethod.NAMED: _("记名。成员在自己手机的“我的表决”里投票。"),
        VoteMethod.PAPER: _("无记名。发票、收票，两人分别录入，一致才算数。"),
    }.get(way, "")


def _voters(sitting: Sitting, item: Item) -> list[Seat]:
    out = {recused.member_id for recused in sitting.recusals if recused.item_id == item.id}
    return [s for s in sitting.seats if s.presence is MemberPresence.PRESENT and s.member_id not in out]


def _apart(
    filling: Filling, sitting: Sitting, item: Item, ways: list[VoteMethod], main: VoteMethod
) -> dict[str, list[int]] | None:
    """Who votes otherwise, by way; None when nobody does."""
    voters = _voters(sitting, item)
    chosen: dict[str, list[int]] = {}
    for way in [VoteMethod.ASSISTED, *sorted(ways)]:
        if way is main:
            continue
        members = filling.several(f"apart_{way.value}", _("改用{way}的成员", way=term(way)), voters, show=_label)
        if members:
            chosen[way.value] = [seat.member_id for seat in members]
    return chosen or None


def _aside(filling: Filling, slips: SlipStanding) -> list[int]:
    """Serials of slips that do not count this time."""
    if not slips.ready:
        return []
    return filling.several(
        "aside",
        _("本次不用的票号"),
        list(slips.ready),
        show=lambda serial: f"{serial:03d}",
        help=_("回避的成员、改用其他方式的成员手里的票，本次不计。可用票数要和用票码的人数一样多。"),
    )


def _label(seat: Seat) -> str:
    return seat.label
