"""The address of this installation, as papers, codes and screens show it, and as it is typed."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

from components.wording import _, safe
from db.settings import settings

KEPT = "_printed_address"
LONGEST = 200


def own_address(url: str) -> str:
    """The address of this installation without a slash at its end: the configured one, else that of the open page."""
    if settings().public_address:
        return settings().public_address.rstrip("/")
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def letters(address: str) -> str:
    """The address as it is typed: without its scheme."""
    return address.partition("://")[2] or address


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_here(host: str) -> bool:
    """Whether a name means the machine on which it is opened."""
    try:
        number = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return number.is_loopback or number.is_unspecified


def reaches_phones(address: str) -> bool:
    """Whether a phone anywhere can open this address: a name with a dot, or a public number."""
    host = _host(address)
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not _is_here(host) and not host.endswith(".local")


def typed_address(text: str) -> str:
    """What was typed as an address without a slash at its end, "" where no phone could open it.

    An address of the own network is taken: in a hall with its own wireless network it is the right one.
    """
    plain = text.strip()
    plain = (plain if "://" in plain or not plain else f"https://{plain}").rstrip("/")
    host = _host(plain)
    good = plain.startswith(("http://", "https://")) and host and not _is_here(host) and not set(plain) & set(" ?#")
    return plain if good else ""


def printed_address(url: str | None) -> str:
    """The address that a QR on paper leads to, "" until somebody has said it; every paper with one asks here.

    Where the page is open under an address that phones cannot open, it is asked for first: a printed code cannot be
    put right. What was typed holds for this sign-in; an installation says it for good in its settings.
    """
    own = own_address(url or "")
    if settings().public_address or reaches_phones(own):
        return own
    kept: str = st.session_state.get(KEPT, "")
    if not kept:
        st.warning(
            _("您打开系统用的网址 {address} 只在这台电脑或本单位的网络里有效，印成二维码，居民的手机扫不开。"
              "请先填居民手机能打开的网址，再打印。", address=safe(letters(own) or "—")),
            icon=":material/qr_code_2:",
        )  # fmt: skip
    typed = st.text_input(
        _("印在纸上的网址"), value=kept, max_chars=LONGEST, key="printed_address",
        placeholder="https://yiqilai.example",
        help=_("填一次，这次登录都用它。请管理员设置 YIQILAI_PUBLIC_ADDRESS，以后就不再问。"),
    )  # fmt: skip
    found = typed_address(typed or "")
    if typed and not found:
        st.error(_("这个网址手机打不开。请照这样写：https://yiqilai.example"))
    st.session_state[KEPT] = found
    return found
