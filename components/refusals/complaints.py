"""What the rules of complaints say when they say no."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "already_answered": N_("这次上报已经答复过了。"),
    "complaint_lacks_reply": N_("还没有答复：请先登记办理单位的答复，再办结。"),
    "complaint_lacks_revisit": N_(
        "还没有回访结果：请先回访；联系不上的，至少联系 {least} 次（现在 {tries} 次）才能办结。"
    ),
    "complaint_has_repeats": N_("有 {count} 件重复投诉关联在这一件上，请先取消关联，再作废。"),
    "complaint_circle": N_("这两件已经关联在一起，不能再反过来关联。"),
    "complaint_repeats_nothing": N_("这一件没有关联到别的投诉。"),
    "complaint_at_table": N_("这一件已经在协调会上，请到协调会里继续。"),
    "complaint_is_need": N_("这一件已经转为公共议题。"),
    "parties_missing": N_("至少要有 {least} 方，现在 {count} 方：请先登记各方，或勾选到场的各方。"),
    "talk_not_recorded": N_("请先写下争议焦点并保存记录，再结束协商。"),
    "nothing_agreed": N_("还没有整改事项：请先写明事项、责任人和期限，再按达成共识结束。"),
}
