"""What stands around every page beside its menu: above it the way out, below it language and own account."""

import streamlit as st

from components.access import forget_run
from components.accounts.handover import clear_cookie
from components.forms import TYPED
from components.menu import PAGES
from components.wording import _, set_language
from db.actions.accounts.accounts import choose_language
from db.actions.accounts.sign_in import leave
from db.engine import carry_out, utc_now
from db.queries.accounts.accounts import SignedIn
from db.rules.permissions import Actor
from db.terms import Language


def leave_button(here: SignedIn) -> None:
    """The way out, beside who is here."""
    if st.button(_("退出"), key="foot.leave", type="tertiary", icon=":material/logout:", width="content"):
        if here.actor.sign_in_id is not None:
            leave(here.actor.sign_in_id, now=utc_now())
        forget_run()
        st.session_state.pop(TYPED, None)  # who leaves on purpose leaves nothing behind
        clear_cookie()
        st.stop()


def foot(here: SignedIn) -> None:
    """One quiet line below the page: what is needed once in a while."""
    with st.container(key="foot", horizontal=True, gap="medium", vertical_alignment="center"):
        _language_switch(here.actor)
        st.page_link(PAGES / "accounts/password.py", label=_("我的账号"), icon=":material/key:", width="content")


def _language_switch(actor: Actor) -> None:
    other = Language.ENGLISH if actor.language is Language.CHINESE else Language.CHINESE
    label = "English" if other is Language.ENGLISH else "中文"
    if st.button(label, key="foot.language", type="tertiary", icon=":material/translate:"):
        carry_out(actor, "", choose_language, language=other)
        set_language(other)
        st.rerun()
