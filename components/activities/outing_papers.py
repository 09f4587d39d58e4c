"""结伴名单 for who leads the outing: masked, with the telephone of those escorts only who agreed to have it printed."""

from collections.abc import Mapping

from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import Paper
from components.wording import _
from components.wording.dates import day
from db.queries.activities.outing import OutingFacts


@replaceable("pairs")
def pair_list(facts: OutingFacts, phones: Mapping[int, str]) -> Paper:
    """One sheet of A4 with room for the times, for when a telephone is empty."""
    table = [
        [
            str(place),
            pair.elder,
            f"{pair.number}\n{pair.escort}".strip() or "—",
            phones.get(pair.id, "—"),
            "",
            "",
        ]
        for place, pair in enumerate(facts.going, 1)
    ]
    return plain_paper(
        _("{title}结伴名单", title=facts.title),
        [
            _("{community}　{day}", community=facts.community, day=day(facts.on)),
            _("去哪里：{place}", place=facts.place),
            _("集合：{place}", place=facts.meeting_point or "—"),
            _("老人 {n} 位。社区服务台 {phone}", n=len(facts.going), phone=facts.desk_phone or "—"),
        ],
        [
            _(
                "出发前核对：药品、证件、手机与电话、本人说身体可以、家属知道。返回后核对：送到家门口、物品、身体、告诉家属。"
            ),
            _("紧急联系人不印在纸上：当天由陪访人或带队人在手机上查看。用完请交回社区销毁。"),
        ],
        [_("带队人：____________    收队时间：____________")],
        Layout({"pairs": (1.4, 2.4, 3.8, 3.6, 2.3, 2.3)}, high=1.2),
        pairs=([_("序号"), _("老人"), _("陪访人"), _("陪访人电话"), _("出发"), _("返回")], table),
    )
