"""Words of `db.terms.accounts`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.Role: {
        t.Role.SUBDISTRICT_ADMIN: N_("街道管理员"),
        t.Role.SECRETARY: N_("社区书记"),
        t.Role.AREA_WORKER: N_("包片社工"),
        t.Role.COUNCIL_MEMBER: N_("议事会成员"),
        t.Role.TEAM_LEADER: N_("志愿队长"),
        t.Role.VOLUNTEER: N_("志愿者"),
        t.Role.AUDITOR: N_("审计员"),
        t.Role.DISTRICT_VIEWER: N_("区级查看"),
        t.Role.DISPLAY: N_("会议室屏幕"),
    },
    t.OpenWork: {
        t.OpenWork.PATCHES: N_("片区"),
        t.OpenWork.PROJECTS: N_("牵头的项目"),
        t.OpenWork.PROGRAMMES: N_("专项帮扶"),
        t.OpenWork.PLACES: N_("项目团队里的岗位"),
        t.OpenWork.ORDERS: N_("派给本人的订单"),
        t.OpenWork.SERIES: N_("本人常去的定期服务"),
        t.OpenWork.BRANCHES: N_("任书记的党支部"),
        t.OpenWork.TURNS: N_("认领的班次"),
    },
}

TABLES: dict[str, str] = {
    "account": N_("账号"),
    "second_factor": N_("二次验证"),
    "recovery_code": N_("备用码"),
}

PERMISSIONS: dict[str, str] = {
    "change_own_password": N_("改自己的密码"),
    "use_second_factor": N_("用二次验证"),
    "manage_accounts": N_("管理账号"),
}
