"""志愿服务派遣受理回复单 (DOMAIN B.5): goes with the helper, both sides sign it. Names are masked."""

from typing import Any

from components.documents import Paper, plain_paper
from components.order_words import reason_words, service_name, when
from components.wording import _
from components.wording.dates import moment
from components.wording.terms import term


def order_slip(facts: Any) -> Paper:
    """What was ordered, who goes and why, what was done, the resident's word, both signatures."""
    live = facts.live
    asked = [
        [_("编号"), facts.number],
        [_("服务项目"), service_name(facts)],
        [_("服务对象"), f"{facts.asker} {facts.door}".strip()],
        [_("什么时候"), when(facts.wanted_on, facts.wanted_time)],
        [_("要求"), facts.note or "—"],
        [_("特别提醒"), facts.caution or "—"],
        [_("受理"), f"{facts.made_by} {moment(facts.made_at)}"],
    ]
    going = [
        [_("志愿者"), f"{live.number} {live.name}({term(live.kind)})" if live else "____"],
        [_("派单理由"), reason_words(live.reasons) if live else "—"],
        [_("接单时间"), moment(live.answered_at) if live else "—"],
        [_("做了什么"), facts.done_words or "____"],
        [_("时长"), _("{n} 分钟", n=facts.minutes) if facts.minutes else "____"],
        [_("居民评价"), term(facts.rating) if facts.rating else _("□很满意 □满意 □基本满意 □不满意")],
        [_("居民意见"), facts.rating_words or "____"],
    ]
    signs = [
        _("志愿者签字:____________    日期:____________"),
        _("居民或家属签字:____________    日期:____________"),
        _("社区经办人签字:____________    日期:____________"),
    ]
    return plain_paper(
        _("志愿服务派遣受理回复单"),
        [_("社区:{name}", name=facts.community)],
        [_("志愿服务不收取报酬;低偿、有偿项目的费用按服务目录公示。")],
        signs,
        asked=([_("点单与受理"), _("内容")], asked),
        going=([_("派单与回复"), _("内容")], going),
    )
