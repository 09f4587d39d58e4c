"""Words and looks of `db.terms.volunteers`, and of the area's tables and permissions."""

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
    t.VolunteerKind: {
        t.VolunteerKind.PARTY_MEMBER: N_("党员志愿者"),
        t.VolunteerKind.RESIDENT: N_("居民志愿者"),
    },
    t.ActivityState: {
        t.ActivityState.PLANNED: N_("计划中"),
        t.ActivityState.DONE: N_("已完成"),
        t.ActivityState.CANCELLED: N_("取消"),
    },
    t.HoursDoubt: {
        t.HoursDoubt.BEFORE_JOINED: N_("早于登记日"),
        t.HoursDoubt.AFTER_END: N_("晚于退出日"),
        t.HoursDoubt.LONG_AGO: N_("补记超过十天"),
        t.HoursDoubt.SINCE_START: N_("比开始以来的时间还长"),
        t.HoursDoubt.OVERLAP: N_("与另一项服务时间重叠"),
        t.HoursDoubt.LARGE_SHEET: N_("一张名单超过二十人"),
    },
    t.HoursFinding: {
        t.HoursFinding.OVERLAP: N_("同一时间两处服务"),
        t.HoursFinding.LONG_DAY: N_("一天超过八小时"),
        t.HoursFinding.BEFORE_JOINED: N_("登记之前的服务"),
        t.HoursFinding.AFTER_END: N_("退出之后的服务"),
        t.HoursFinding.BACKDATED: N_("补记超过十天"),
        t.HoursFinding.ONE_CONFIRMER: N_("大多由一人记录"),
        t.HoursFinding.OBJECTION: N_("本人有异议"),
    },
    t.HoursAnswer: {
        t.HoursAnswer.ASKED: N_("已询问"),
        t.HoursAnswer.CONFIRMED: N_("属实"),
        t.HoursAnswer.CORRECTED: N_("已另行更正"),
    },
    t.VolunteerChange: {
        t.VolunteerChange.RENAMED: N_("改名"),
        t.VolunteerChange.PHONE_CHANGED: N_("换电话"),
        t.VolunteerChange.ENDED: N_("退出"),
        t.VolunteerChange.CAME_BACK: N_("回来"),
        t.VolunteerChange.LINKED: N_("关联账号"),
        t.VolunteerChange.UNLINKED: N_("取消关联"),
        t.VolunteerChange.LEFT_SQUAD: N_("离开队伍"),
        t.VolunteerChange.MERGED: N_("合并登记"),
        t.VolunteerChange.UNMERGED: N_("撤销合并"),
        t.VolunteerChange.HOURS_CHECKED: N_("核对时长"),
        t.VolunteerChange.HOURS_CORRECTED: N_("更正订单时长"),
        t.VolunteerChange.PAUSED: N_("暂停服务"),
        t.VolunteerChange.RESUMED: N_("提前恢复"),
        t.VolunteerChange.GUARDIAN_AGREED: N_("监护人同意"),
        t.VolunteerChange.GUARDIAN_WITHDREW: N_("监护人撤回同意"),
        t.VolunteerChange.UNMASKED: N_("查看原值"),
    },
    t.Interest: {
        t.Interest.LECTURE: N_("理论宣讲"),
        t.Interest.CULTURE: N_("文化文艺"),
        t.Interest.TEACHING: N_("助学支教"),
        t.Interest.HEALTH: N_("医疗健身"),
        t.Interest.SCIENCE: N_("科学普及"),
        t.Interest.LAW: N_("法律服务"),
        t.Interest.ENVIRONMENT: N_("卫生环保"),
        t.Interest.ELDERS: N_("助老扶困"),
        t.Interest.EMERGENCY: N_("应急救援"),
        t.Interest.PATROL: N_("平安巡逻"),
    },
    t.ApplicationState: {
        t.ApplicationState.WAITING: N_("登记待确认"),
        t.ApplicationState.CONFIRMED: N_("已登记为志愿者"),
        t.ApplicationState.KNOWN: N_("并入已有登记"),
        t.ApplicationState.DECLINED: N_("未予登记"),
    },
    t.CertificateState: {
        t.CertificateState.ASKED: N_("已申请"),
        t.CertificateState.ACCEPTED: N_("申请已受理"),
        t.CertificateState.ISSUED: N_("已开具"),
        t.CertificateState.POSTED: N_("说明公示中"),
        t.CertificateState.HANDED_OUT: N_("已发出"),
        t.CertificateState.VOID: N_("说明已作废"),
    },
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    t.HoursAnswer: {
        t.HoursAnswer.ASKED: ("contact_support", "orange"),
        t.HoursAnswer.CONFIRMED: ("check_circle", "green"),
        t.HoursAnswer.CORRECTED: ("edit_note", "blue"),
    },
    t.PlacementState: {
        t.PlacementState.WAITING: ("hourglass_top", "orange"),
        t.PlacementState.ACCEPTED: ("check_circle", "green"),
        t.PlacementState.DECLINED: ("cancel", "gray"),
        t.PlacementState.LEFT: ("logout", "gray"),
        t.PlacementState.REPLACED: ("swap_horiz", "gray"),
    },
    t.ApplicationState: {
        t.ApplicationState.WAITING: ("hourglass_top", "orange"),
        t.ApplicationState.CONFIRMED: ("check_circle", "green"),
        t.ApplicationState.KNOWN: ("merge", "blue"),
        t.ApplicationState.DECLINED: ("cancel", "gray"),
    },
    t.CertificateState: {
        t.CertificateState.ASKED: ("inbox", "orange"),
        t.CertificateState.ACCEPTED: ("task", "blue"),
        t.CertificateState.ISSUED: ("description", "blue"),
        t.CertificateState.POSTED: ("campaign", "orange"),
        t.CertificateState.HANDED_OUT: ("check_circle", "green"),
        t.CertificateState.VOID: ("block", "gray"),
    },
    t.ActivityState: {
        t.ActivityState.PLANNED: ("event", "blue"),
        t.ActivityState.DONE: ("check_circle", "green"),
        t.ActivityState.CANCELLED: ("cancel", "gray"),
    },
}

TABLES: dict[str, str] = {
    "volunteer": N_("志愿者"),
    "squad": N_("志愿队伍"),
    "squad_member": N_("队伍成员"),
    "squad_theme": N_("队伍主题"),
    "squad_request": N_("入队申请"),
    "squad_story": N_("队伍风采"),
    "hours_change": N_("时长冲销与改记"),
    "hours_check": N_("时长核对"),
    "opening": N_("招募岗位"),
    "placement": N_("岗位报名"),
    "activity": N_("活动"),
    "service_record": N_("志愿服务记录"),
    "volunteer_event": N_("志愿者登记变动"),
    "volunteer_merge": N_("志愿者合并"),
    "hours_claim": N_("待核时长"),
    "volunteer_application": N_("志愿者登记申请"),
    "volunteer_training": N_("志愿者培训记录"),
    "volunteer_award": N_("志愿者表彰记录"),
    "volunteer_certificate": N_("志愿服务情况说明"),
}

PERMISSIONS: dict[str, str] = {
    "see_openings": N_("看招募"),
    "join_team": N_("报名入队"),
    "recommend_volunteer": N_("推荐志愿者"),
    "answer_placement": N_("答复报名"),
    "leave_team": N_("退出队伍"),
    "see_volunteers": N_("看志愿者"),
    "manage_volunteers": N_("管理志愿者"),
    "see_squads": N_("看队伍"),
    "join_squad": N_("申请入队"),
    "lead_squad": N_("带队伍"),
    "manage_squads": N_("管理队伍"),
    "see_hours": N_("看时长核对"),
    "answer_hours": N_("确认本人时长"),
}
