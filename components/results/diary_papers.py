"""An approved entry of the service diary as it is taken away: Word, one long picture, words with pictures to paste.

That it left the house is written down when the file is fetched, with the consents on which its photos rest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import streamlit as st
from PIL import Image

from components.file_button import file_button
from components.papers.replaceable import replaceable
from components.papers.word import (
    CENTRE,
    WORD,
    Paper,
    Picture,
    Sheet,
    blank,
    built_in,
    headline,
    line,
    lines,
    mark,
    paper,
)
from components.results.diary_picture import chinese_font, long_picture
from components.results.diary_words import foot_line, paste_text, quote_lines
from components.wording import _
from db.queries.results.diary import Entry
from db.rules.permissions import Actor, Permission

PNG, ZIP = "image/png", "application/zip"
WIDEST, HIGHEST = 150.0, 180.0
"""Millimetres of a photo on the sheet."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo to be taken along, and the consents of those who can be recognised on it."""

    jpeg: bytes
    consents: tuple[int, ...] = ()


@built_in
def _template() -> Sheet:
    document = blank(size=12, line=22)
    headline(document, "{{ title }}")
    lines(document, "facts")
    lines(document, "text")
    mark(document, "for photo in photos")
    line(document, "{{ photo }}", align=CENTRE, before=8).paragraph_format.line_spacing = 1.0
    mark(document, "endfor")
    lines(document, "quotes", before=6)
    return document


def _body(entry: Entry) -> list[str]:
    return [one for one in entry.body.splitlines() if one.strip()]


@replaceable("diary")
def diary_paper(entry: Entry, photos: Sequence[Shown] = ()) -> Paper:
    """The same words as those that are pasted, and the photos between words and quotes."""
    title, facts, *_text = paste_text(entry).split("\n")
    values = {
        "title": title,
        "facts": [facts],
        "text": _body(entry),
        "photos": [Picture(one.jpeg, _width(one.jpeg)) for one in photos],
        "quotes": quote_lines(entry),
    }
    return paper(_template(), values)


def _width(jpeg: bytes) -> float:
    with Image.open(BytesIO(jpeg)) as opened:
        return min(WIDEST, HIGHEST * opened.width / opened.height)


def diary_picture(entry: Entry, photos: Sequence[Shown] = ()) -> bytes:
    """The same as one long picture. Raises LookupError without a Chinese font."""
    title, facts, *_text = paste_text(entry).split("\n")
    pictures = [one.jpeg for one in photos]
    return long_picture(title, facts, _body(entry), quote_lines(entry), pictures, foot_line(entry))


def diary_bundle(entry: Entry, photos: Sequence[Shown]) -> bytes:
    """Words and photos one by one, in the order in which they go into an editor."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as bundle:
        bundle.writestr(_("文字.txt"), paste_text(entry).encode("utf-8-sig"))
        for number, one in enumerate(photos, 1):
            bundle.writestr(_("照片{n}.jpg", n=number), one.jpeg)
        if chinese_font() is not None:
            bundle.writestr(_("长图.png"), diary_picture(entry, photos))
    return out.getvalue()


def take_buttons(user: Actor, number: int, photos: Sequence[Shown], make: Callable[[Actor], Entry]) -> None:
    """`make` reads the entry as the actor of the moment of the press, whose consents may have ended since."""
    may = Permission.PUBLISH_DIARY
    with st.container(horizontal=True):
        file_button(
            user, may, _("下载为 Word"), f"diary-{number}.docx", WORD,
            lambda actor: diary_paper(make(actor), photos)(), key="diary.paper", icon=":material/description:",
        )  # fmt: skip
        if chinese_font() is not None:
            file_button(
                user, may, _("下载为一张长图"), f"diary-{number}.png", PNG,
                lambda actor: diary_picture(make(actor), photos), key="diary.picture", icon=":material/image:",
            )  # fmt: skip
        file_button(
            user, may, _("下载图文素材（压缩包）"), f"diary-{number}.zip", ZIP,
            lambda actor: diary_bundle(make(actor), photos), key="diary.bundle", icon=":material/folder_zip:",
        )  # fmt: skip
    if chinese_font() is None:
        st.warning(
            _("这台服务器上没有中文字体，画不了长图。请管理员安装字体（如 fonts-noto-cjk）后重启；其他下载不受影响。"),
            icon=":material/font_download_off:",
        )
