"""What the rules of the roll and its branches say when they say no, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "member_known": N_(
        "党员名册里已有相近的人：{numbers}。确实不是同一个人，请勾选“不是同一个人”再登记；是同一个人，请打开原来那条。"
    ),
    "member_off_roll": N_("党员 {number} 已于 {day} 离册。要继续办理，请先办“回册”。"),
    "member_on_roll": N_("党员 {number} 还在册，请先办“离册”。"),
    "member_merged": N_("党员 {number} 的登记合并过，请刷新后在保留的那条上办理。"),
    "member_erased": N_("党员 {number} 的资料已经删除。"),
    "member_not_merged": N_("这条登记没有合并过，请刷新后再看。"),
    "members_same": N_("不能和自己合并，请另选一条。"),
    "branch_same": N_("已经在“{name}”了。"),
    "branch_closed": N_("“{name}”已经撤销，请刷新后另选一个党支部。"),
    "branch_open": N_("“{name}”没有撤销，请刷新后再看。"),
    "branch_has_members": N_("“{name}”还有 {count} 名党员（包括等待转入的）：请先给他们换支部，再撤销。"),
    "not_offered": N_("这位党员没有在转接，可能已经被接收或撤回，请刷新后再看。"),
    "member_linked": N_("这一项已经关联过，请先取消原来的关联。"),
    "link_taken": N_("那条记录已经是党员 {number} 的：是同一个人请合并两条党员登记，不是请先取消那边的关联。"),
    "member_not_linked": N_("这一项没有关联。"),
}
