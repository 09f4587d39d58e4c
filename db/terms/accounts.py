"""Words of accounts; `db.terms` names them all."""

from enum import StrEnum


class Role(StrEnum):
    SUBDISTRICT_ADMIN = "subdistrict_admin"  # 街道管理员
    SECRETARY = "secretary"  # 社区书记
    AREA_WORKER = "area_worker"  # 包片社工
    COUNCIL_MEMBER = "council_member"  # 议事会成员
    TEAM_LEADER = "team_leader"  # 志愿队长
    VOLUNTEER = "volunteer"  # 志愿者
    AUDITOR = "auditor"  # 审计员
    DISTRICT_VIEWER = "district_viewer"  # 区级查看
    DISPLAY = "display"  # 会议室屏幕


class OpenWork(StrEnum):
    """What somebody has in hand and leaves behind."""

    PATCHES = "patches"  # 片区
    PROJECTS = "projects"  # 牵头的项目
    PROGRAMMES = "programmes"  # 专项帮扶
    PLACES = "places"  # 项目团队里的岗位
    ORDERS = "orders"  # 已派给本人的订单
    SERIES = "series"  # 本人常去的定期服务
    BRANCHES = "branches"  # 任书记的党支部
    TURNS = "turns"  # 认领的班次


class Language(StrEnum):
    CHINESE = "zh_CN"
    ENGLISH = "en"
