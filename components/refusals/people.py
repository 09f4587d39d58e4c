"""What the rules about people's data say when they say no, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "guardian_needed": N_("不满十四周岁，须由监护人代为同意：请把同意方式改为“监护人代为同意”。"),
    "already_withdrawn": N_("这份同意已经撤回，不必再办。"),
    "person_erased": N_("这个人的资料已按要求删除，不能再查看或修改。"),
    "consent_missing": N_("没有可用的同意，也没有写明法律依据：请先登记本人（或监护人）的同意，或写明依据。"),
    "consent_of_another": N_("这份同意不是这个人的，或已撤回、范围不符：请重新选择。"),
    "fact_erased": N_("这条敏感信息已经清除。"),
    "programme_ended": N_("这个专项帮扶已经结束，不能再改。"),
    "staff_full": N_("最多 {most} 名专人。请先撤下一名，再指定新的。"),
    "staff_not_cleared": N_("这个账号没有“可看受限个案”的资格：请街道管理员在“账号”页开通后再指定。"),
    "staff_not_yourself": N_("不能指定自己为专人：已有其他专人在管。如确需由您来管，请先由他们撤下。"),
    "staff_already": N_("这位同事已经是专人。"),
    "last_staff": N_("这是最后一名专人：请先指定接替的人，再撤下。"),
    "member_already": N_("这个人已经在名单上。"),
    "member_left": N_("这位成员已经退出，不能再改。"),
    "merge_same": N_("这是同一条记录，不必合并。"),
    "merge_merged": N_("其中一条记录已经合并过，请刷新后再看。"),
    "merge_restricted": N_("受限家庭与普通家庭不能合并。"),
    "merge_undone": N_("这次合并已经撤销。"),
    "merge_changed": N_("合并之后记录又有变动，不能原样撤销：{what}。"),
}
