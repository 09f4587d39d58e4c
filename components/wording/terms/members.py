"""Words and looks of `db.terms.members`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.BranchKind: {
        t.BranchKind.COMMUNITY: N_("社区党支部"),
        t.BranchKind.GRID: N_("网格党支部"),
        t.BranchKind.RETIRED: N_("离退休党支部"),
        t.BranchKind.UNIT: N_("单位党支部"),
        t.BranchKind.FLOATING: N_("流动党员党支部"),
    },
    t.MemberKind: {
        t.MemberKind.EMPLOYED: N_("在职党员"),
        t.MemberKind.RETIRED: N_("退休党员"),
        t.MemberKind.LOCAL: N_("本地居民党员"),
        t.MemberKind.NEW_RESIDENT: N_("新居民党员"),
        t.MemberKind.FLOATING: N_("流动党员"),
        t.MemberKind.PARTNER_UNIT: N_("共建单位党员"),
    },
    t.MemberLeave: {
        t.MemberLeave.TRANSFERRED: N_("组织关系转出"),
        t.MemberLeave.DIED: N_("去世"),
        t.MemberLeave.WITHDREW: N_("退党"),
        t.MemberLeave.NOT_ADMITTED: N_("取消预备党员资格"),
        t.MemberLeave.REMOVED: N_("除名或开除"),
    },
    t.MemberChange: {
        t.MemberChange.JOINED: N_("入册"),
        t.MemberChange.MOVED: N_("换支部"),
        t.MemberChange.OFFERED: N_("转往外社区"),
        t.MemberChange.TAKEN_BACK: N_("转出取消"),
        t.MemberChange.LEFT: N_("离册"),
        t.MemberChange.CAME_BACK: N_("回册"),
        t.MemberChange.FULL: N_("转正"),
        t.MemberChange.KIND_CHANGED: N_("换类型"),
        t.MemberChange.UNIT_CHANGED: N_("换单位"),
        t.MemberChange.RENAMED: N_("改名"),
        t.MemberChange.PHONE_CHANGED: N_("换电话"),
        t.MemberChange.LINKED: N_("关联"),
        t.MemberChange.UNLINKED: N_("取消关联"),
        t.MemberChange.MERGED: N_("合并登记"),
        t.MemberChange.UNMERGED: N_("撤销合并"),
        t.MemberChange.ERASED: N_("删除资料"),
    },
    t.MemberLink: {
        t.MemberLink.PERSON: N_("人员档案"),
        t.MemberLink.VOLUNTEER: N_("志愿者登记"),
        t.MemberLink.ACCOUNT: N_("登录账号"),
    },
    t.AgeBand: {
        t.AgeBand.UNDER_35: N_("35 岁及以下"),
        t.AgeBand.FROM_36: N_("36–45 岁"),
        t.AgeBand.FROM_46: N_("46–59 岁"),
        t.AgeBand.FROM_60: N_("60–69 岁"),
        t.AgeBand.FROM_70: N_("70 岁及以上"),
    },
}

TABLES: dict[str, str] = {
    "branch": N_("党支部"),
    "member": N_("党员"),
    "member_stay": N_("党员所在支部"),
    "member_event": N_("党员名册变动"),
}

PERMISSIONS: dict[str, str] = {
    "see_members": N_("看党员名册"),
    "manage_members": N_("管理党员名册"),
}
