"""What the rules of topics, tasks and corrections say when they say no."""

from components.refusals.shown import explain
from components.wording import N_

explain(
    no_seat_to_sign=N_("您的账号没有关联议事会席位,不能以成员名义提案:请社区书记在“议事会与规则”里关联。"),
    no_answer_owed_yet=N_("这项决议现在不能直接回音:要先公示期满,并且没有转成项目。"),
    tasks_open=N_("还有 {count} 项任务没有办结:先办结或取消,再回音提出人。"),
    nothing_to_correct=N_("这个议题还没有宣布结果,现在可以直接修改,不必更正。"),
    record_changed=N_("记录里的文字已经变了,请刷新后按最新的文字再申请。"),
    correction_waits=N_("这一处已有一条更正在等第二个人核对。"),
    second_person_needed=N_("更正要由另一个人核对:申请人自己不能确认。"),
)
