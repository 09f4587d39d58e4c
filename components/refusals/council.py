"""What the council's rules say when they say no, and what to do next."""

from components.refusals.shown import explain
from components.wording import N_

explain(
    member_ended=N_("这位成员已于 {until} 卸任,不必再办。"),
    agenda_empty=N_("还没有议题:请先列入至少一个议题,再发会议通知。"),
    no_house_rules=N_("这个机构还没有生效的议事规则:请先到“议事会与规则”设定,再发会议通知。"),
    nobody_in_office=N_("开会那天没有在任的成员:请先到“议事会与规则”登记成员。"),
    need_is_restricted=N_("受限个案不上议事会,请改为个人服务。"),
    ballot_open=N_("有一项表决正在进行:请先计票并宣布结果,或作废这次表决。"),
    ballot_closed=N_("这次表决已经结束,不能再投票或更改。"),
    item_done=N_("这个议题本次会议已有结论。"),
    words_owed=N_("“{title}”没有通过,还没有给提出人一个说法:请先选择“回音提出人”或“入储备库”,再闭会。"),
    no_words_owed=N_("这个议题现在不需要答复:没有被否决,或已经答复过。"),
    amendment_open=N_("还有一条修正动议没有处理:请先决定采纳或不采纳。"),
    amendment_same=N_("新的表述和现在的动议一样,请修改后再提。"),
    amendment_settled=N_("这条修正动议已经处理过了。"),
    quorum_missing=N_(
        "到会不足,不得表决:应到 {due} 人,实到 {present} 人,需 {needed} 人,还差 {missing} 人。"
        "请等人到齐后更新签到,或将议题顺延到下次会议。"
    ),
    more_votes_than_present=N_("三项合计 {cast} 票,多于在场可表决的 {present} 人,请重新清点。"),
    teller_is_proposer=N_("提议人不能计票或监票,请换一位。"),
    teller_twice=N_("计票人和监票人必须是两个人:{name} 已经报过一次。"),
    count_is_in=N_("这一位已经报过数,正在等另一位。"),
    counts_missing=N_("两位计票监票人都报数并且一致后,才能宣布结果。现在已报 {entered} 位。"),
    no_vote_here=N_("您不在这次表决的名单里:没有签到、已回避,或您的账号没有关联议事会席位。请告诉主持人。"),
    member_votes_alone=N_("这位成员有自己的账号,请本人在手机上表决。"),
    meeting_not_on_screen=N_("会议通知发出后,才能放到大屏上。"),
    nothing_to_reveal=N_("这个议题还没有结果,宣布后才能放到大屏上。"),
    no_screen_of_its_own=N_("您的账号不属于某个社区,没有自己的大屏。"),
    proxies_not_allowed=N_("本次会议的议事规则不允许委托:请本人到会,或记为请假。"),
    votes_by_proxy=N_("您已委托别人出席本次会议,由受托人在现场表决。要自己投票,请主持人把您改为本人到会。"),
    proxy_is_member=N_("受托人自己是本次会议的成员,不能再替别人表决:请换一位受托人。"),
    plan_same=N_("方案和现在的一样:请写出修改后的方案,或选“结果维持”。"),
    notice_exists=N_("这个议题已经公示过了。"),
    notice_over=N_("公示已于 {ends_on} 期满或撤回,不能再受理异议。可请对方作为新的需求登记。"),
    notice_running=N_("公示要到 {ends_on} 期满,第二天起才能结束公示。"),
    objections_open=N_("还有 {count} 条异议没有处理:请先逐条答复,再结束公示。"),
    personal_in_notice=N_("公示里好像有个人信息:{found}。请删去,或核对后勾选“已核对,可以公开”再发布。"),
)
