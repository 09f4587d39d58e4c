"""The main script of every run: who is here, in which language, which menu, then the page or what stands in for it.

It has no address of its own and nothing lies beside it in a `pages` folder, so Streamlit can serve no page around it.
"""

import streamlit as st

from components.access import refuse, signed_in
from components.accounts.draft import change_of_person, give_back, put_by
from components.accounts.first_run import first_run_form
from components.accounts.foot import foot, leave_button
from components.accounts.password import password_form
from components.accounts.sign_in import sign_in_form
from components.acting import presses_sent, say_too_late, show_announcements
from components.address import stand_on
from components.language import tab_title
from components.menu import PAGES, PageEntry, entry_of
from components.menu_pages import choose, menu
from components.tabs import line_key, menu_titles, way
from components.wording import _, forget_language, heading, language, set_language
from db.errors import NotSignedIn
from db.queries.accounts.accounts import SignedIn, anybody_there
from db.rules.permissions import Permission

SCREEN = "screen/screen.py"
MARK, WORDMARK = (str(PAGES.parent / "components" / f"{name}.svg") for name in ("mark", "wordmark"))


def menu_of(visitor: SignedIn | None) -> tuple[tuple[PageEntry, str], ...]:
    """The first part of each noun, under the noun's name, in the order of the nouns."""
    actor = visitor.actor if visitor else None
    in_menu = actor is not None and actor.may(Permission.SEE_TODAY) and not actor.must_change_password
    return tuple(menu_titles(visitor).items()) if in_menu and visitor else ()


st.set_page_config(
    page_icon=MARK, layout="wide", initial_sidebar_state="collapsed"
)  # before the menu: its icons would be fetched as tab icons
here, sent = signed_in(), presses_sent()
owner = here.actor.id if here else None
left = change_of_person(owner)  # another person on the same connection finds nothing of the one before
if here is not None:
    st.session_state["_owner"] = owner
    set_language(here.actor.language)
else:
    forget_language()

seated = here is not None and here.actor.may(Permission.SEE_TODAY)  # a screen is not: it shows one page
chosen = choose(menu(menu_of(here), language()), on_top=seated)
entry = entry_of(chosen.url_path)
put_by(left, entry.url_path)
stand_on(entry.url_path, str(PAGES / entry.path), heading(entry.title))
if here is not None:
    give_back(here, entry.url_path)
st.set_page_config(page_title=tab_title(heading(entry.title) if here else _("登录")))
show_announcements(pressed=bool(sent))

if here is None and not anybody_there():
    first_run_form()
elif here is None:
    sign_in_form()
else:
    if not seated and not entry.url_path:
        st.switch_page(PAGES / SCREEN)
    if seated:
        st.logo(WORDMARK, icon_image=MARK, size="large")
        with st.container(key=line_key(entry, here), horizontal=True, gap="medium", vertical_alignment="bottom"):
            way(entry, here)
            leave_button(here)
    body, below = st.container(), st.container()
    if seated:
        with below:
            foot(here)  # drawn first: a page may end the run
    try:
        with body:
            if here.actor.must_change_password or not here.actor.may(entry.permission):
                say_too_late({} if left else sent)  # the page ends here: what was typed for it is said at least
            if here.actor.must_change_password:
                password_form(here.actor)  # in place of the page, so that its address is still open afterwards
                st.stop()
            if not here.actor.may(entry.permission):
                refuse(here.actor, entry.permission)
            chosen.run()
            say_too_late({} if left else sent)
    except NotSignedIn:
        st.rerun()
