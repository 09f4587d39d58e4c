"""Photos that go along with an entry of the diary: picked on this page, made small, never kept on the server."""

from collections.abc import Sequence

import streamlit as st

from components.forms import form
from components.photo_box import picked_photo
from components.refusals.shown import sentence
from components.results.diary_papers import Shown
from components.wording import _
from components.wording.dates import day
from db.errors import Refused
from db.photos import stripped
from db.queries.results.diary_photos import PhotoConsent
from db.rules.photo import MOST_PHOTOS

NOBODY, CONSENTED = "nobody", "consented"


def photos_to_take(number: int, consents: Sequence[PhotoConsent]) -> tuple[Shown, ...]:
    """Pick photos for this entry and say who is on each; what was said yes to, as long as the page is open."""
    kept: list[Shown] = st.session_state.setdefault(f"_diary.photos.{number}", [])
    waiting = f"_diary.waiting.{number}"
    with st.expander(
        _("配照片（可不配）"), icon=":material/add_a_photo:", expanded=waiting in st.session_state or bool(kept)
    ):
        st.caption(
            _("照片只用来做下面的文件，不存进系统，关掉页面就没有了。拍摄地点等隐藏信息会去掉。有孩子的照片不用。")
        )
        if kept:
            st.image([one.jpeg for one in kept], width=160)
            if st.button(_("都不用了"), key=f"diary.photos.clear.{number}", icon=":material/delete:"):
                kept.clear()
                st.rerun()
        if len(kept) < MOST_PHOTOS and waiting not in st.session_state:
            _pick(number, waiting, len(kept))
        if waiting in st.session_state and (shown := _who(number, st.session_state[waiting], consents, len(kept))):
            kept.append(shown)
            del st.session_state[waiting]
            st.rerun()
    return tuple(kept)


def _pick(number: int, waiting: str, at: int) -> None:
    picked = picked_photo(f"diary.photo.{number}.{at}")
    if picked is None:
        return
    try:
        st.session_state[waiting] = stripped(picked).jpeg
    except Refused as wrong:
        st.error(sentence(wrong), icon=":material/error:")
        return
    st.rerun()


def _who(number: int, jpeg: bytes, consents: Sequence[PhotoConsent], at: int) -> Shown | None:
    """Who is on it: nobody who can be recognised, or people whose consents are named; never a child."""
    st.image(jpeg, width=320)
    names = {one.id: f"{one.name} · {day(one.given_on)}" for one in consents}
    said = {NOBODY: _("认不出是谁（背影、物品、场景）"), CONSENTED: _("认得出，本人都同意用照片")}
    with form(f"diary_photo.{number}.{at}", border=False) as filling:
        seen = filling.choice("seen", _("照片里的人"), list(said), few=True, show=said.__getitem__)
        agreed = filling.several("consents", _("谁的同意（台账里“使用照片”）"), list(names), show=names.__getitem__)
        childless = filling.yes("childless", _("照片里没有孩子"))
        pressed = filling.submit(_("用这张"), icon=":material/check:")
    if st.button(_("换一张"), key=f"diary.photos.drop.{number}.{at}", icon=":material/undo:"):
        del st.session_state[f"_diary.waiting.{number}"]
        st.rerun()
    if not pressed:
        return None
    if seen is None:
        filling.problem("seen", _("请说明照片里的人认不认得出。"))
    elif seen == CONSENTED and not agreed:
        filling.problem("consents", _("请选出每个认得出的人的同意；台账里没有的，先请本人同意并登记。"))
    elif not childless:
        filling.problem("childless", _("有孩子的照片不用；没有孩子的，请勾上。"))
    else:
        return Shown(jpeg, tuple(sorted(agreed)) if seen == CONSENTED else ())
    return None
