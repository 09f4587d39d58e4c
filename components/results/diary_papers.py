"""An approved entry of the service diary as a Word page; that it left the house is written down."""

from collections.abc import Callable

from components.file_button import file_button
from components.papers.replaceable import replaceable
from components.papers.word import WORD, Paper, plain_paper
from components.results.diary_words import paste_text
from components.wording import _
from db.queries.results.diary import Entry
from db.rules.permissions import Actor, Permission


@replaceable("diary")
def diary_paper(entry: Entry) -> Paper:
    """The same words as those that are pasted."""
    title, facts, *text = paste_text(entry).split("\n")
    return plain_paper(title, [facts], [one for one in text if one], [])


def diary_button(user: Actor, number: int, make: Callable[[Actor], Paper]) -> None:
    """`make` reads the entry as the actor of the moment of the press, whose consents may have ended since."""
    file_button(
        user, Permission.PUBLISH_DIARY, _("下载为 Word"), f"diary-{number}.docx", WORD, lambda actor: make(actor)(),
        key="diary.paper", icon=":material/description:",
    )  # fmt: skip
