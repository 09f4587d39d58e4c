"""What is said to whoever holds a voting slip or a member's card when it cannot be used, and what to do next."""

from components.refusals.shown import explain
from components.wording import N_

explain(
    slip_unknown=N_("没有找到这张票:请对照纸票再输一次。仍不行,请工作人员换一张。"),
    slip_void=N_("这张票已作废,刚才的选择没有收下。请工作人员换一张。"),
    slip_set_aside=N_("这项表决不用这张票,刚才的选择没有收下。请留好票,下一项还会用到。"),
    ballot_stopped=N_("这次表决已经截止,刚才的选择没有收下。"),
    sign_in_closed=N_("现在不能签到:会议还没有开始,或已经结束。请看大屏上的二维码。"),
    card_unknown=N_("没有找到这张卡,或这次会议不应到会:请对照卡片再输一次。仍不行,请工作人员登记签到。"),
    card_missing=N_("这位成员现在没有卡。"),
)
