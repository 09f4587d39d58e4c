"""Words and looks of `db.terms.volunteers`."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.JoinMethod: {
        t.JoinMethod.CLAIM: N_("认领"),
        t.JoinMethod.SIGN_UP: N_("报名"),
        t.JoinMethod.RECOMMENDATION: N_("推荐"),
    },
    t.PlacementState: {
        t.PlacementState.WAITING: N_("待队长确认"),
        t.PlacementState.ACCEPTED: N_("在队"),
        t.PlacementState.DECLINED: N_("未接受"),
        t.PlacementState.LEFT: N_("已离队"),
        t.PlacementState.REPLACED: N_("已替换"),
    },
    t.TeamTheme: {
        t.TeamTheme.CULTURE: N_("文化教育"),
        t.TeamTheme.HEALTH: N_("医疗卫生"),
        t.TeamTheme.LAW: N_("法律结对"),
        t.TeamTheme.ENVIRONMENT: N_("环保宣传"),
        t.TeamTheme.WATER: N_("五水共治"),
    },
    t.VolunteerKind: {
        t.VolunteerKind.PARTY_MEMBER: N_("党员志愿者"),
        t.VolunteerKind.RESIDENT: N_("居民志愿者"),
    },
    t.ActivityState: {
        t.ActivityState.PLANNED: N_("计划中"),
        t.ActivityState.DONE: N_("已完成"),
        t.ActivityState.CANCELLED: N_("取消"),
    },
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    t.PlacementState: {
        t.PlacementState.WAITING: ("hourglass_top", "orange"),
        t.PlacementState.ACCEPTED: ("check_circle", "green"),
        t.PlacementState.DECLINED: ("cancel", "gray"),
        t.PlacementState.LEFT: ("logout", "gray"),
        t.PlacementState.REPLACED: ("swap_horiz", "gray"),
    },
    t.ActivityState: {
        t.ActivityState.PLANNED: ("event", "blue"),
        t.ActivityState.DONE: ("check_circle", "green"),
        t.ActivityState.CANCELLED: ("cancel", "gray"),
    },
}
