"""What the rules of rounds, doors and voices say when they say no."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "visit_not_yours": N_("这次走访是同事记的，只有本人可以撤回。"),
    "visit_too_old": N_("已经超过 10 分钟，不能撤回；请再记一次正确的走访。"),
    "patch_not_yours": N_("别人的片区由书记调整；您可以调整自己的。"),
    "not_your_patch": N_("这一户不在您的片区，门牌只对负责的社工显示。"),
    "visit_has_need": N_("这次走访已经记下需求，不能撤回。请到需求详情更正。"),
    "door_restricted": N_("这一户由专人走访，请联系社区书记。您填写的内容没有保存。"),
    "conflict_settled": N_("这处冲突已经有人核对过了。"),
}
