"""Words on the screen: Chinese in the source, other languages from gettext catalogues (`<language>/*.po`).

`_("第 {n} 条", n=3)` gives the text in the reader's language. The message id is the Chinese text itself, so the code
reads as the screen does; `tests/house/test_wording.py` fails on a message without a translation, on a translation that
no code uses, and on placeholders that differ. English says `{n} {n:need|needs}` where the word changes with the number;
what names a thing in a column and all of them in the menu has both words in gettext's own form (`msgid_plural`).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TypeVar

import streamlit as st

from db.terms import Language

_HERE = Path(__file__).parent
_SPOKEN: ContextVar[Language | None] = ContextVar("spoken", default=None)
_OF_RUN: ContextVar[Language | None] = ContextVar("language of this run", default=None)
"""What the shell or the guard of a page said in this thread: asking the session for every word costs a twentieth of a
page. A thread of Streamlit's serves one session and begins without one."""


@cache
def catalogue(language: Language) -> dict[str, str]:
    """All messages of a language; one file an area, `core.po` for what several share."""
    return {message: words[0] for message, words in _entries(language).items()}


@cache
def _entries(language: Language) -> dict[str, tuple[str, ...]]:
    """The words of each message: for one, and for many where that is another word."""
    from babel.messages.pofile import read_po  # for the first reader of another language

    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((_HERE / language.value).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, abort_invalid=True):
                if message.id and message.string:
                    several = isinstance(message.id, tuple | list)
                    name = message.id[0] if several else message.id
                    found[str(name)] = tuple(message.string) if several else (str(message.string),)
    return found


@contextmanager
def speaking(chosen: Language) -> Iterator[None]:
    """Inside, words are for a reader who has no session with Streamlit: on a plain page, for instance."""
    token = _SPOKEN.set(chosen)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def language() -> Language:
    """The language of the reader of this run."""
    if (spoken := _SPOKEN.get() or _OF_RUN.get()) is not None:
        return spoken
    chosen: Language = st.session_state.get("_language", Language.CHINESE)
    return chosen


def set_language(chosen: Language) -> None:
    """From here on, and in the runs to come of this session."""
    _OF_RUN.set(chosen)
    st.session_state["_language"] = chosen


def forget_language() -> None:
    """Nobody is signed in: the session says in which language the way in is drawn."""
    _OF_RUN.set(None)


class _Forms(Formatter):
    """`{n:need|needs}` is the word that goes with the number: gettext's own plurals know one number a sentence."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if bar:
            return one if str(value) == "1" else many
        return str(super().format_field(value, format_spec))


_FORMS = _Forms()


def translate(text: str, into: Language, /, **values: object) -> str:
    """The text in a given language; an untranslated one stays Chinese rather than empty."""
    if into is not Language.CHINESE:
        text = catalogue(into).get(text, text)
    if not values:
        return text
    return _FORMS.format(text, **values) if "|" in text else text.format(**values)


def _(text: str, /, **values: object) -> str:
    """The text in the reader's language, placeholders filled in."""
    return translate(text, language(), **values)


def heading_in(text: str, into: Language) -> str:
    """The name of a page or a place in the menu, in a given language: all of a kind are there, so English says many."""
    if into is Language.CHINESE:
        return text
    return _entries(into).get(text, (text,))[-1]


def heading(text: str) -> str:
    """The name of a page, as its title, its tab and the way back to it say it, in the reader's language."""
    return heading_in(text, language())


def N_(text: str) -> str:
    """Mark a message for translation where it is defined, not where it is shown."""
    return text


def labelled(label: str, value: str) -> str:
    """What something is and what is said of it: 来源：热线 / Source: hotline."""
    return _("{label}：{value}", label=label, value=value)


def noted(name: str, note: str) -> str:
    """A name and what helps to tell it apart: 柳林小区（东区） / Willow Court (east)."""
    return _("{name}（{note}）", name=name, note=note)


def in_a_row(parts: Iterable[str]) -> str:
    """Parts of one sentence, each complete in itself: 一；二；三 / one; two; three."""
    return _("；").join(parts)


def side_by_side(names: Iterable[str]) -> str:
    """Names and words of one kind: 一、二、三 / one, two, three."""
    return _("、").join(names)


_TOUCHING = re.compile(r"“[^”]*”|(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9])(?=[\u4e00-\u9fff])")


def spaced(text: str) -> str:
    """A sentence that papers share, as a screen says it: 应到 16 人 for 应到16人; what is quoted stays as it was."""
    return _TOUCHING.sub(lambda found: found[0] or " ", text)


T = TypeVar("T")
_MARKDOWN = str.maketrans({character: f"\\{character}" for character in r"\`*_{}[]()#+-.!|~$:<>&"})


# Streamlit makes links of bare addresses after Markdown's escapes are gone (docs/parts.md 1.4); a character that nobody
# sees keeps it from recognising one.
_ADDRESS = re.compile(r"https?(?=://)|www(?=\.)|@", re.IGNORECASE)
_UNSEEN = "\u2060"


def safe(text: str) -> str:
    """User text made harmless for a Markdown context: no link, image, formula, colour or HTML in it works."""
    return _ADDRESS.sub(lambda found: found[0] + _UNSEEN, text).translate(_MARKDOWN).replace("\n", "  \n")


def bare(text: str) -> str:
    """User text for the label of a field, which is drawn as Markdown and read aloud as it is: without its marks."""
    unlinked = _ADDRESS.sub(lambda found: found[0] + _UNSEEN, text)
    return "".join(one for one in unlinked if ord(one) not in _MARKDOWN or one in "+-.()")


def listed(options: Sequence[T], show: Callable[[T], str]) -> Callable[[T], str]:
    """`show` for a list that opens; raises LookupError for text that is none of the options.

    Streamlit takes the words that an option had a moment ago for a value, and hands them to the page instead of the
    option when `show` gives them back. When `show` fails, it looks for the option that bears these words.
    """
    shown = apart(options, show)

    def words(one: T) -> str:
        if isinstance(one, str) and one not in options:
            raise LookupError(one)
        return shown(one)

    return words


def apart(options: Sequence[T], show: Callable[[T], str]) -> Callable[[T], str]:
    """`show`, with a number where several options bear the same words: 王芳（1）, 王芳（2）.

    The browser answers with the words, and Streamlit takes the last option that bears them: of two residents called
    王芳 the first could never be chosen (findings/streamlit-options-of-one-name-are-one.sh).
    """
    words = [show(one) for one in options]
    if len(set(words)) == len(words):
        return show

    def numbered(one: T) -> str:
        mine = show(one)
        if words.count(mine) < 2 or one not in options:
            return mine
        return noted(mine, str(words[: options.index(one) + 1].count(mine)))

    return numbered


def plainly(show: Callable[[T], str]) -> Callable[[T], str]:
    """`show` for buttons, which read their options as Markdown."""
    return lambda one: safe(show(one))
