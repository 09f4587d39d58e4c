"""Words of partner units and what they give."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.UnitKind: {
        t.UnitKind.OFFICE: N_("机关"),
        t.UnitKind.INSTITUTION: N_("事业单位"),
        t.UnitKind.ENTERPRISE: N_("企业"),
        t.UnitKind.SCHOOL: N_("学校"),
        t.UnitKind.HOSPITAL: N_("医疗机构"),
        t.UnitKind.PROPERTY: N_("物业企业"),
        t.UnitKind.SHOP: N_("商户"),
        t.UnitKind.SOCIAL: N_("社会组织"),
        t.UnitKind.MASS: N_("群团组织"),
    },
    t.ResourceKind: {
        t.ResourceKind.VENUE: N_("场地"),
        t.ResourceKind.SKILL: N_("人员技能"),
        t.ResourceKind.EQUIPMENT: N_("设备器材"),
        t.ResourceKind.GOODS: N_("物资"),
    },
    t.DayPart: {
        t.DayPart.MORNING: N_("上午"),
        t.DayPart.AFTERNOON: N_("下午"),
        t.DayPart.EVENING: N_("晚上"),
    },
    t.Weekday: {
        t.Weekday.MONDAY: N_("周一"),
        t.Weekday.TUESDAY: N_("周二"),
        t.Weekday.WEDNESDAY: N_("周三"),
        t.Weekday.THURSDAY: N_("周四"),
        t.Weekday.FRIDAY: N_("周五"),
        t.Weekday.SATURDAY: N_("周六"),
        t.Weekday.SUNDAY: N_("周日"),
    },
    t.RequestState: {
        t.RequestState.ASKED: N_("待单位答复"),
        t.RequestState.PROMISED: N_("单位已应允"),
        t.RequestState.USED: N_("已使用，待致谢"),
        t.RequestState.THANKED: N_("已致谢"),
        t.RequestState.DECLINED: N_("单位婉拒"),
        t.RequestState.WITHDRAWN: N_("单位收回"),
        t.RequestState.CANCELLED: N_("社区取消"),
    },
    t.UnitHappening: {
        t.UnitHappening.REGISTERED: N_("登记了单位"),
        t.UnitHappening.RENAMED: N_("更名"),
        t.UnitHappening.CHANGED: N_("修改资料"),
        t.UnitHappening.AGREED: N_("签订共建协议"),
        t.UnitHappening.ENDED: N_("终止了共建"),
        t.UnitHappening.CAME_BACK: N_("恢复了共建"),
        t.UnitHappening.UNMASKED: N_("查看原值"),
        t.UnitHappening.OFFERED: N_("登记资源"),
        t.UnitHappening.RESOURCE_CHANGED: N_("修改了资源"),
        t.UnitHappening.RESOURCE_CLOSED: N_("停用资源"),
        t.UnitHappening.RESOURCE_OPENED: N_("恢复资源"),
        t.UnitHappening.ASKED: N_("社区提出使用"),
        t.UnitHappening.PROMISED: N_("单位应允"),
        t.UnitHappening.USED: N_("社区登记了使用"),
        t.UnitHappening.THANKED: N_("致谢"),
        t.UnitHappening.DECLINED: N_("单位婉拒"),
        t.UnitHappening.WITHDRAWN: N_("单位收回应允"),
        t.UnitHappening.CANCELLED: N_("社区取消申请"),
    },
    t.MatchReason: {
        t.MatchReason.CATEGORY: N_("类别相同"),
        t.MatchReason.SKILL: N_("特长相符"),
        t.MatchReason.WORDS: N_("用语相近"),
        t.MatchReason.PLACE: N_("就在本社区"),
    },
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    t.RequestState: {
        t.RequestState.ASKED: ("hourglass_top", "orange"),
        t.RequestState.PROMISED: ("event_available", "blue"),
        t.RequestState.USED: ("task_alt", "green"),
        t.RequestState.THANKED: ("favorite", "green"),
        t.RequestState.DECLINED: ("do_not_disturb_on", "gray"),
        t.RequestState.WITHDRAWN: ("undo", "red"),
        t.RequestState.CANCELLED: ("event_busy", "gray"),
    },
}

TABLES: dict[str, str] = {
    "unit": N_("共建单位"),
    "unit_service": N_("服务项目的共建单位"),
    "resource": N_("共建资源"),
    "resource_request": N_("资源使用申请"),
}

PERMISSIONS: dict[str, str] = {
    "see_units": N_("看共建单位与资源"),
    "manage_units": N_("管共建单位与资源"),
    "ask_resource": N_("申请使用资源"),
}
