"""The desk from which the screens are looked after: make a display link, see which hold, revoke one, preview."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.acting import Request
from components.forms import Filling, form
from components.lists import Column, rows
from components.public_address import letters
from components.qr import picture
from components.wording import _
from components.wording.dates import near
from db.actions.screen.displays import make_display, new_display_code, revoke_display
from db.actions.screen.parts import choose_parts
from db.queries.screen.displays import LinkRow
from db.queries.screen.parts import NOBODY_CHOSE, PartsRow
from db.terms import ScreenPart

_MADE = "_screen.made"


def _code_for(request_key: str) -> str:
    """The code of one submit: a repeated submit must not show another one than was stored."""
    drawn: str = st.session_state.setdefault(f"_display.{request_key}", new_display_code())
    return drawn


def _remember_made(request_key: str, name: str) -> None:
    """Show the address until it is put away; it cannot be read again later."""
    st.session_state[_MADE] = (name, st.session_state.pop(f"_display.{request_key}"))


def show_made(address: str) -> None:
    """The address of the link that was just made, to type with a remote or to scan."""
    made: tuple[str, str] | None = st.session_state.get(_MADE)
    if made is None:
        return
    link = f"{address}/d/{made[1]}"
    with st.container(border=True, key="screen.made"):
        st.header(_("屏幕地址，只显示这一次"))
        st.text(_("在“{name}”的浏览器里打开这个地址，再按 F11 全屏。停用以前一直有效，不用登录。", name=made[0]))
        code, words = st.columns([1, 2], vertical_alignment="center")
        code.image(picture(link), width=220, alt=_("屏幕地址的二维码"))
        with words:
            st.code(letters(link), language=None)
            st.caption(_("字母不分大小写。地址末尾加 ?theme=dark 是深色，加 ?theme=light 是浅色。"))
            if st.button(_("已在屏幕上打开"), key="screen.made.done", icon=":material/check:"):
                del st.session_state[_MADE]
                st.rerun()


def choose_preview(screens: Sequence[tuple[int, str]]) -> bool:
    """A preview of the own screen, or links to those of communities; True when the own one is asked for."""
    st.header(_("预览"))
    if len(screens) == 1:
        return st.button(_("预览大屏"), key="screen.preview", icon=":material/tv:")
    st.caption(_("选一个社区，预览它会议室的屏幕。除了承诺墙，屏幕上没有姓名；没有电话和门牌。"))
    lines = [{"id": one, "name": name} for one, name in screens]
    columns, empty = [Column("name", _("社区"))], _("还没有社区。")
    rows(lines, columns, key="screen.choice", empty=empty, page="screen", name="community")
    return False


def link_list(links: Sequence[LinkRow], *, with_community: bool) -> None:
    """The links that hold."""
    st.header(_("显示链接"))
    columns = [Column("name", _("哪块屏幕"), "wide")]
    if with_community:
        columns.append(Column("community", _("社区")))
    columns.append(Column("made", _("生成时间"), "nowrap"))
    lines = [{"name": link.name, "community": link.community, "made": near(link.made_at)} for link in links]
    empty = _("还没有显示链接。给每块屏幕生成一个，打开就能用，不用账号；换屏或遗失时停用。")
    rows(lines, columns, key="screen.links", empty=empty)


def link_form(homes: Mapping[int, str]) -> Request | None:
    """Make a link; a user with one community only is not asked for it."""
    with st.expander(_("新建显示链接"), icon=":material/add_link:"), form("display_new", border=False) as filling:
        name = filling.line("name", _("哪块屏幕"), placeholder=_("例如：一楼议事厅"))
        community = None
        if len(homes) > 1:
            community = filling.choice("community_id", _("社区"), list(homes), show=lambda one: homes[one])
        pressed = filling.submit(_("生成链接"), icon=":material/add_link:")
    if not pressed:
        return None
    key = filling.request_key
    return Request(
        filling,
        make_display,
        values={"name": name, "code": _code_for(key), "community_id": community},
        after=lambda _link_id: _remember_made(key, name),
    )


def revoke_form(links: Sequence[LinkRow]) -> Request | None:
    """Revoke one of the links."""
    if not links:
        return None
    names = {link.id: f"{link.name} · {link.community}" for link in links}
    with st.expander(_("停用显示链接"), icon=":material/link_off:"), form("display_revoke", border=False) as filling:
        chosen = filling.choice("link_id", _("停用哪一个"), list(names), show=lambda one: names[one])
        st.text(_("停用后，那块屏幕一秒内变为“链接已停用”，地址不能再用。"))
        pressed = filling.submit(_("停用"), icon=":material/link_off:")
    return Request(filling, revoke_display, _("已停用。"), {"link_id": chosen}) if pressed else None


def parts_form(
    homes: Mapping[int, str], choices: Mapping[int, PartsRow], rotas: Mapping[int, Mapping[int, str]]
) -> Request | None:
    """Choose what rotates; a user with several communities says first which one."""
    if not homes:
        return None
    with st.expander(_("轮播内容"), icon=":material/view_carousel:"):
        home = next(iter(homes))
        if len(homes) > 1:
            home = st.selectbox(_("哪个社区的屏幕"), list(homes), format_func=lambda one: homes[one], key="parts.home")
        held = choices.get(home, NOBODY_CHOSE)
        with form(f"screen_parts.{home}", border=False) as filling:
            version = filling.seen("parts", held.version)
            parts = filling.ticks("parts", _("屏幕轮流放哪些"), list(ScreenPart), start=held.parts)
            st.text(
                _(
                    "承诺墙写承诺、频次和姓氏；本人同意写全名的写全名。没有电话和照片，撤回同意或承诺终止，下一页就不再出现。"
                )
            )
            titles = rotas.get(home, {})
            which = _station(filling, titles, [one for one in held.rotas if one in titles]) if titles else []
            pressed = filling.submit(_("保存轮播内容"), icon=":material/save:")
    values = {"community_id": home, "parts": parts, "rotas": which, "version": version}
    return Request(filling, choose_parts, _("已保存，屏幕马上换。"), values) if pressed else None


def _station(filling: Filling, titles: Mapping[int, str], held: Sequence[int]) -> list[int]:
    """Which of the open rotas the station shows."""
    which = filling.several("rotas", _("班次缺口放哪些排班"), list(titles), start=held, show=lambda one: titles[one])
    st.text(_("不选就放人次最多的两个。选了的都结束以后，也回到人次最多的两个。"))
    return which
