"""Sentences of what is refused about reported figures."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "figure_without_base": N_("这个数现在没有基数，不能报出。请换一个时期，或先补记数据。"),
}
