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


class Language(StrEnum):
    CHINESE = "zh_CN"
    ENGLISH = "en"
