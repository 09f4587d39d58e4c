"""Words and looks of `db.terms.council`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.BodyKind: {
        t.BodyKind.COUNCIL: N_("居民议事会"),
        t.BodyKind.RESIDENTS_REPRESENTATIVES: N_("居民代表会议"),
        t.BodyKind.RESIDENTS: N_("居民会议"),
        t.BodyKind.VILLAGERS: N_("村民会议"),
        t.BodyKind.VILLAGERS_REPRESENTATIVES: N_("村民代表会议"),
        t.BodyKind.OWNERS_ADVISORY: N_("业主事项"),
    },
    t.PeriodKept: {
        t.PeriodKept.OVER: N_("期限已满，不再变动"),
        t.PeriodKept.PROMISED: N_("公示的截止日不提前"),
        t.PeriodKept.BY_HAND: N_("日期是人工定的，不随工作日变动"),
    },
    t.NoticeState: {
        t.NoticeState.RUNNING: N_("公示中"),
        t.NoticeState.FINISHED: N_("公示期满"),
        t.NoticeState.WITHDRAWN: N_("撤回"),
    },
    t.ObjectionState: {
        t.ObjectionState.OPEN: N_("待处理"),
        t.ObjectionState.UPHELD: N_("维持结果"),
        t.ObjectionState.CHANGED: N_("修改方案"),
        t.ObjectionState.REVOTE: N_("重新表决"),
    },
    t.TopicSource: {
        t.TopicSource.NEED: N_("筛选转来的需求"),
        t.TopicSource.MEMBER: N_("成员提案"),
        t.TopicSource.SUBDISTRICT: N_("街道交办"),
    },
    t.TopicState: {
        t.TopicState.SUBMITTED: N_("待审核"),
        t.TopicState.ACCEPTED: N_("受理"),
        t.TopicState.MERGED: N_("合并"),
        t.TopicState.REFERRED: N_("转办"),
        t.TopicState.DECLINED: N_("不予受理"),
        t.TopicState.ON_AGENDA: N_("已列议程"),
    },
    t.TopicGround: {
        t.TopicGround.ILLEGAL: N_("违反法律法规"),
        t.TopicGround.STATUTORY_DUTY: N_("属职能部门法定职责"),
        t.TopicGround.LITIGATION: N_("涉诉涉访"),
        t.TopicGround.PRIVACY: N_("涉及个人隐私"),
        t.TopicGround.DECIDED: N_("已有决议"),
        t.TopicGround.OTHER: N_("其他"),
    },
    t.TaskState: {
        t.TaskState.OPEN: N_("办理中"),
        t.TaskState.DONE: N_("已办结"),
        t.TaskState.CANCELLED: N_("取消"),
    },
    t.CorrectionField: {
        t.CorrectionField.TITLE: N_("议题名称"),
        t.CorrectionField.MOTION: N_("动议文字"),
        t.CorrectionField.POINT: N_("发言要点"),
        t.CorrectionField.TELLER: N_("计票人、监票人姓名"),
    },
    t.CorrectionState: {
        t.CorrectionState.ASKED: N_("待第二人核对"),
        t.CorrectionState.CONFIRMED: N_("已更正"),
        t.CorrectionState.REFUSED: N_("不予更正"),
    },
    t.VillageStep: {
        t.VillageStep.PROPOSAL: N_("党组织提议"),
        t.VillageStep.CONSULTATION: N_("“两委”会商议"),
        t.VillageStep.OPINIONS: N_("征求意见"),
        t.VillageStep.REVIEW: N_("党员大会审议"),
        t.VillageStep.RESOLUTION: N_("村民（代表）会议决议"),
        t.VillageStep.RESOLUTION_POSTED: N_("决议公开"),
        t.VillageStep.IMPLEMENTATION: N_("组织实施"),
        t.VillageStep.RESULT_POSTED: N_("实施结果公开"),
    },
    t.VillageState: {
        t.VillageState.RUNNING: N_("进行中"),
        t.VillageState.FINISHED: N_("已完成"),
        t.VillageState.STOPPED: N_("未通过或终止"),
    },
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    t.NoticeState: {
        t.NoticeState.RUNNING: ("campaign", "orange"),
        t.NoticeState.FINISHED: ("check_circle", "green"),
        t.NoticeState.WITHDRAWN: ("cancel", "gray"),
    },
    t.ObjectionState: {
        t.ObjectionState.OPEN: ("pending", "red"),
        t.ObjectionState.UPHELD: ("check_circle", "green"),
        t.ObjectionState.CHANGED: ("edit", "blue"),
        t.ObjectionState.REVOTE: ("how_to_vote", "orange"),
    },
    t.TopicState: {
        t.TopicState.SUBMITTED: ("schedule", "orange"),
        t.TopicState.ACCEPTED: ("check_circle", "green"),
        t.TopicState.MERGED: ("merge", "gray"),
        t.TopicState.REFERRED: ("forward", "blue"),
        t.TopicState.DECLINED: ("cancel", "red"),
        t.TopicState.ON_AGENDA: ("event", "blue"),
    },
    t.TaskState: {
        t.TaskState.OPEN: ("pending", "orange"),
        t.TaskState.DONE: ("check_circle", "green"),
        t.TaskState.CANCELLED: ("cancel", "gray"),
    },
    t.CorrectionState: {
        t.CorrectionState.ASKED: ("pending", "orange"),
        t.CorrectionState.CONFIRMED: ("check_circle", "green"),
        t.CorrectionState.REFUSED: ("cancel", "gray"),
    },
    t.VillageState: {
        t.VillageState.RUNNING: ("play_circle", "orange"),
        t.VillageState.FINISHED: ("check_circle", "green"),
        t.VillageState.STOPPED: ("cancel", "red"),
    },
}

TABLES: dict[str, str] = {
    "body": N_("议事机构"),
    "body_member": N_("议事成员"),
    "house_rules": N_("议事规则"),
    "topic": N_("议题提案"),
    "task": N_("决议事项"),
    "correction": N_("更正"),
    "notice": N_("公示"),
    "notice_version": N_("公示旧版本"),
    "objection": N_("异议"),
    "village_matter": N_("四议两公开事项"),
    "village_record": N_("四议两公开记录"),
}

PERMISSIONS: dict[str, str] = {
    "see_council": N_("看议事会"),
    "manage_council": N_("管理议事会"),
    "see_topics": N_("看议题"),
    "propose_topic": N_("提出议题"),
    "sign_own_topic": N_("在自己的提案上签字"),
    "sign_for_member": N_("代登成员签字"),
    "review_topic": N_("审议题"),
    "assign_task": N_("交办决议事项"),
    "finish_task": N_("办结决议事项"),
    "correct_record": N_("更正记录"),
    "see_village": N_("看四议两公开"),
    "run_village": N_("办四议两公开"),
    "see_notices": N_("看公示"),
    "post_notice": N_("发公示"),
    "receive_objection": N_("收异议"),
    "handle_objection": N_("答复异议"),
}
