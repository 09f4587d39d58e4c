"""Choose a month and take its report away as one page of Word."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from components.file_button import file_button
from components.papers.word import WORD
from components.progress.month_paper import month_report
from components.wording import _
from components.wording.dates import month
from db.queries.progress.month import MonthFigures
from db.rules.permissions import Actor, Permission
from db.rules.progress.months import months_until

BACK = 12
"""So many months back."""


def month_desk(
    user: Actor, community: str, today: date,
    read: Callable[[Actor, date], tuple[MonthFigures, ...]], record: Callable[[Actor, date], object],
) -> None:  # fmt: skip
    """The last full month first; `read` gives its figures when the file is fetched, `record` notes that it left."""
    months = list(reversed(months_until(today.replace(day=1), BACK)))
    chosen: date = st.selectbox(_("哪个月"), months, index=1, format_func=month, key="month_report")

    def made(actor: Actor) -> bytes:
        paper = month_report(read(actor, chosen), community=community, today=today)
        record(actor, chosen)
        return paper()

    file_button(user, Permission.EXPORT, _("月报（Word，一页）"), f"{_('办事月报')}-{chosen:%Y-%m}.docx", WORD, made,
                key="month_report.take", icon=":material/description:")  # fmt: skip
