"""Words of the figures that are reported."""

from enum import StrEnum

from components.wording import N_
from db.terms import (
    Datum,
    DiaryHappening,
    DiarySource,
    DiaryState,
    DiaryTrouble,
    MatterEnd,
    ResultFigure,
    ResultRow,
    VenueKind,
    WalkReach,
)

F, R, H, S = ResultFigure, ResultRow, DiaryHappening, DiaryState
LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    ResultFigure: {
        F.PARTICIPATION: N_("党员参与率"),
        F.SOLVED: N_("解决问题"),
        F.HOURS: N_("服务时长同比"),
        F.SATISFACTION: N_("群众满意率"),
        F.SESSIONS: N_("服务场次"),
        F.BENEFICIARIES: N_("受益居民"),
        F.LIVELIHOOD: N_("党员领办民生项目"),
    },
    ResultRow: {
        R.MEMBER: N_("党员"),
        R.NEED: N_("需求"),
        R.ORDER: N_("订单"),
        R.COMPLAINT: N_("投诉"),
        R.ACTIVITY: N_("活动"),
        R.SLOT: N_("班次"),
        R.PROJECT: N_("项目"),
    },
    MatterEnd: {
        MatterEnd.SOLVED: N_("确认解决"),
        MatterEnd.ANSWERED: N_("已办或已答复"),
        MatterEnd.REFERRED: N_("已转办"),
    },
    VenueKind: {
        VenueKind.CENTRE: N_("党群服务中心"),
        VenueKind.STATION: N_("党群服务站"),
        VenueKind.ROOM: N_("党群活动室"),
        VenueKind.POST: N_("驿站"),
        VenueKind.PARTNER: N_("共建单位场地"),
        VenueKind.OTHER: N_("其他阵地"),
    },
    Datum: {
        Datum.GCJ02: N_("国内地图坐标（国测局坐标）"),
        Datum.WGS84: N_("卫星定位坐标（手机、测绘设备）"),
    },
    WalkReach: {
        WalkReach.COVERED: N_("15 分钟内"),
        WalkReach.BEYOND: N_("超出 15 分钟"),
        WalkReach.UNKNOWN: N_("不清楚"),
    },
    DiarySource: {
        DiarySource.ACTIVITY: N_("活动"),
        DiarySource.ORDER: N_("订单"),
        DiarySource.KEEPING: N_("践诺记录"),
        DiarySource.PROJECT: N_("项目"),
    },
    DiaryState: {
        S.DRAFT: N_("草稿"),
        S.SUBMITTED: N_("待审核"),
        S.APPROVED: N_("可发布"),
        S.TAKEN: N_("已取用"),
        S.WITHDRAWN: N_("已撤下"),
    },
    DiaryHappening: {
        H.DRAFTED: N_("起草"),
        H.AMENDED: N_("修改"),
        H.SUBMITTED: N_("送审"),
        H.RETURNED: N_("退回"),
        H.APPROVED: N_("审核通过"),
        H.TAKEN: N_("取用"),
        H.TAKEN_DOWN: N_("已从刊登处撤下"),
        H.WITHDRAWN: N_("撤下"),
    },
    DiaryTrouble: {
        DiaryTrouble.CONSENT_GONE: N_("引用原话或使用照片的同意已撤回"),
        DiaryTrouble.SOURCE_REVERSED: N_("依据的记录已冲销、取消或改期"),
        DiaryTrouble.SOURCE_SENSITIVE: N_("依据的记录已列为敏感"),
    },
}
LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    MatterEnd: {
        MatterEnd.SOLVED: ("verified", "green"),
        MatterEnd.ANSWERED: ("reply", "blue"),
        MatterEnd.REFERRED: ("forward", "gray"),
    },
    WalkReach: {
        WalkReach.COVERED: ("directions_walk", "green"),
        WalkReach.BEYOND: ("social_distance", "orange"),
        WalkReach.UNKNOWN: ("help", "gray"),
    },
    DiaryState: {
        S.DRAFT: ("edit_note", "gray"),
        S.SUBMITTED: ("hourglass_empty", "orange"),
        S.APPROVED: ("verified", "blue"),
        S.TAKEN: ("campaign", "green"),
        S.WITHDRAWN: ("block", "gray"),
    },
}
TABLES: dict[str, str] = {
    "reported_figure": N_("报出的数"),
    "venue": N_("阵地"),
    "building_spot": N_("楼栋位置"),
    "venue_walk": N_("步行分钟数"),
    "walking_rule": N_("步行推算规则"),
    "diary_entry": N_("服务日志"),
    "diary_quote": N_("日志引用的原话"),
    "diary_outlet": N_("日志刊登处"),
    "diary_step": N_("日志经过"),
    "progress_code": N_("公开进度码"),
}
PERMISSIONS: dict[str, str] = {
    "see_results": N_("查看成效"),
    "report_result": N_("报出成效数字"),
    "manage_venues": N_("管理阵地与楼栋位置"),
    "set_walking": N_("设定步行推算规则"),
    "see_diary": N_("查看服务日志"),
    "write_diary": N_("写服务日志"),
    "publish_diary": N_("审核和发布服务日志"),
    "publish_progress": N_("公开社区进度"),
}
