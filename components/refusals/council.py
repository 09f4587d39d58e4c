"""What the council's rules say when they say no, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "member_ended": N_("这位成员已于 {until} 卸任，不必再办。"),
    "ballot_open": N_("有一项表决正在进行：请先计票并宣布结果，或作废这次表决。"),
    "amendment_open": N_("还有一条修正动议没有处理：请先决定采纳或不采纳。"),
    "more_votes_than_present": N_("三项合计 {cast} 票，多于在场可表决的 {present} 人，请重新清点。"),
    "plan_same": N_("方案和现在的一样：请写出修改后的方案，或选“维持结果”。"),
    "notice_exists": N_("这个议题已经公示过了。"),
    "notice_over": N_("公示已于 {ends_on} 期满或撤回，不能再受理异议。可请对方作为新的需求登记。"),
    "notice_same": N_("公示的文字和现在挂出的一样：请改好再保存。"),
    "notice_running": N_("公示要到 {ends_on} 期满，第二天起才能结束公示。"),
    "objections_open": N_("还有 {count} 条异议没有处理：请先逐条答复，再结束公示。"),
    "personal_in_notice": N_("公示里好像有个人信息：{found}。请删去，或核对后勾选“已核对”再发布。"),
    "no_seat_to_sign": N_("您的账号没有关联议事会席位，不能以成员名义提案：请社区书记在“议事会与规则”里关联。"),
    "no_answer_owed_yet": N_("这项决议现在不能直接回音：要先公示期满，并且没有转成项目。"),
    "tasks_open": N_("还有 {count} 项任务没有办结：先办结或取消，再回音提出人。"),
    "nothing_to_correct": N_("这个议题还没有宣布结果，现在可以直接修改，不必更正。"),
    "record_changed": N_("记录里的文字已经变了，请刷新后按最新的文字再申请。"),
    "correction_waits": N_("这一处已有一条更正在等第二个人核对。"),
    "second_person_needed": N_("更正要由另一个人核对：申请人自己不能确认。"),
    "nothing_to_undo": N_("没有可以撤销的登记。"),
}
