"""Words of the figures that are reported."""

from enum import StrEnum

from components.wording import N_
from db.terms import MatterEnd, ResultFigure, ResultRow

F, R = ResultFigure, ResultRow
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
}
LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    MatterEnd: {
        MatterEnd.SOLVED: ("verified", "green"),
        MatterEnd.ANSWERED: ("reply", "blue"),
        MatterEnd.REFERRED: ("forward", "gray"),
    },
}
TABLES: dict[str, str] = {"reported_figure": N_("报出的数")}
PERMISSIONS: dict[str, str] = {"see_results": N_("查看成效"), "report_result": N_("报出成效数字")}
