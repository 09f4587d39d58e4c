"""Words of needs, from the door to the answer; `db.terms` names them all."""

from enum import StrEnum


class NeedSource(StrEnum):
    VISIT = "visit"  # 入户走访
    WALK_IN = "walk_in"  # 来访
    CALL = "call"  # 来电
    HOTLINE = "hotline"  # 12345 转办
    CHAT = "chat"  # 微信群/公众号
    COUNCIL = "council"  # 议事代表
    GRID = "grid"  # 网格/微网格上报
    RIDER = "rider"  # 红骑士随手报
    OTHER = "other"  # 其他


class Urgency(StrEnum):
    NORMAL = "normal"  # 一般
    URGENT = "urgent"  # 紧急
    SAFETY = "safety"  # 涉安全（即接即办）


class Reach(StrEnum):
    """How far a need reaches (影响面); the rubric of docs/domain.md 7.2 gives each its points."""

    COMMUNITY = "community"  # 全社区
    ESTATE = "estate"  # 小区
    BUILDING = "building"  # 楼栋
    STAIRWELL = "stairwell"  # 单元
    HOUSEHOLD = "household"  # 单户


class ReadingKind(StrEnum):
    """Where a reading of characters holds."""

    PLACE = "place"  # 地名: wherever the characters stand
    SURNAME = "surname"  # 姓氏: before 家, 巷, 弄 and what else follows a surname in the name of a place


class NeedStage(StrEnum):
    LOGGED = "logged"  # 待登记: entered, its week not signed yet
    HANDLING = "handling"  # 直办中: safety, handled at once (即接即办)
    REGISTERED = "registered"  # 待筛选: the week is signed
    SCREENING = "screening"  # 评分中
    SCREENED = "screened"  # 待分流: scores are in, the route is not chosen yet
    RESERVE = "reserve"  # 储备库
    FOR_COUNCIL = "for_council"  # 待上会
    ON_AGENDA = "on_agenda"  # 已列议程
    NOTICE = "notice"  # 公示中
    TO_PROJECT = "to_project"  # 待立项: passed and the notice is over
    IN_PROJECT = "in_project"  # 实施中
    ORDERED = "ordered"  # 个人服务中 (order for one household)
    ANSWERING = "answering"  # 待回音: only the answer to the asker is missing
    CLOSED = "closed"  # 已回音（销号）
    MERGED = "merged"  # 已归并: its voice counts with another need
    VOID = "void"  # 作废


class NeedStep(StrEnum):
    """What the community calls the way of a need: several stages each."""

    LOG = "log"  # 登记
    SCREEN = "screen"  # 筛选
    COUNCIL = "council"  # 议事
    NOTICE = "notice"  # 公示
    PROJECT = "project"  # 项目
    ANSWER = "answer"  # 回音


class Route(StrEnum):
    COUNCIL = "council"  # 提交议事会
    RESERVE = "reserve"  # 入储备库
    ORDER = "order"  # 转个人服务
    REFER = "refer"  # 转办
    ANSWER = "answer"  # 答复（不办）


class AnswerChannel(StrEnum):
    DOOR = "door"  # 上门
    PHONE = "phone"  # 电话
    CHAT = "chat"  # 微信
    POSTED = "posted"  # 张贴公告


class AnswerState(StrEnum):
    DUE = "due"  # 待回音
    GIVEN = "given"  # 已回音


class AnswerKind(StrEnum):
    """What became of the need, told to whoever asked (件件有回音)."""

    DONE = "done"  # 已办成
    NOT_PASSED = "not_passed"  # 议事会未通过
    REFERRED = "referred"  # 已转办
    DECLINED = "declined"  # 不办（附理由）
    SERVED = "served"  # 个人服务已完成
    HANDLED = "handled"  # 已直办


class Satisfaction(StrEnum):
    VERY_SATISFIED = "very_satisfied"  # 很满意
    SATISFIED = "satisfied"  # 满意
    FAIR = "fair"  # 一般
    DISSATISFIED = "dissatisfied"  # 不满意
    NO_REPLY = "no_reply"  # 未评价


class ScreeningState(StrEnum):
    OPEN = "open"  # 等待评分
    THIRD_NEEDED = "third_needed"  # 差距超过 20 分，需第三人
    SCORED = "scored"  # 评分完成
    ROUTED = "routed"  # 已分流


class Happening(StrEnum):
    """What one line of a thread says; `components.wording.happenings` holds the sentence of each."""

    LOGGED = "logged"  # 登记
    AMENDED = "amended"  # 修改: fields=[...], after_sign_off=bool
    VOIDED = "voided"  # 作废
    WEEK_SIGNED = "week_signed"  # 本周登记已签
    MERGED_INTO = "merged_into"  # 归并到: lead=number
    MERGED_IN = "merged_in"  # 并入: member=number, reasons=[...]
    MERGE_UNDONE = "merge_undone"  # 撤销归并: other=number
    NOT_TWINS = "not_twins"  # 判定不同: other=number
    HANDLING = "handling"  # 即接即办
    HANDLED = "handled"  # 直办完成
    SCREENING_OPENED = "screening_opened"  # 开始评分: round=n
    SCORED = "scored"  # 一名评分人已评: count=n
    THIRD_NEEDED = "third_needed"  # 分差过大: gap=n
    SCREENED = "screened"  # 评分完成: total="72.5"
    ROUTED = "routed"  # 分流: route=Route
    ORDER_DONE = "order_done"  # 个人服务完成
    ON_AGENDA = "on_agenda"  # 列入议程: meeting=title, item_id
    OFF_AGENDA = "off_agenda"  # 移出议程
    VOTED = "voted"  # 表决: outcome, votes_for, votes_against, votes_abstain, base_count
    NOTICE_POSTED = "notice_posted"  # 公示开始: ends_on
    NOTICE_MOVED = "notice_moved"  # 公示期随工作日调整: ends_on, on
    OBJECTION = "objection"  # 收到异议
    OBJECTION_HANDLED = "objection_handled"  # 异议已处理: result
    NOTICE_CORRECTED = "notice_corrected"  # 公示更正: ends_on
    NOTICE_WITHDRAWN = "notice_withdrawn"  # 公示撤回
    NOTICE_FINISHED = "notice_finished"  # 公示期满
    PROJECT_SET_UP = "project_set_up"  # 立项: project=number
    GOAL_ADDED = "goal_added"  # 新增目标: name, target, unit
    LEADER_CHANGED = "leader_changed"  # 牵头人更换: before, after
    TARGET_CHANGED = "target_changed"  # 目标调整: name, before, after
    READING = "reading"  # 进度: name, value, unit
    MILESTONE_DONE = "milestone_done"  # 里程碑完成: title
    RISK_RAISED = "risk_raised"  # 风险: risk
    RISK_CLOSED = "risk_closed"  # 风险解除: risk
    OPENING_POSTED = "opening_posted"  # 招募岗位: title, places
    OPENING_CLOSED = "opening_closed"  # 停止招募: title
    ASKED_TO_JOIN = "asked_to_join"  # 报名或被推荐，待队长确认: opening, method
    JOINED = "joined"  # 加入: opening, method
    PLACEMENT_DECLINED = "placement_declined"  # 未接受: opening
    LEFT_TEAM = "left_team"  # 离队: opening
    REPLACED = "replaced"  # 替换: opening
    TEAM_READY = "team_ready"  # 团队组成，开始实施
    ACTIVITY_PLANNED = "activity_planned"  # 计划活动: title, on
    ACTIVITY_DONE = "activity_done"  # 活动完成: title, served, minutes, people
    ACTIVITY_CANCELLED = "activity_cancelled"  # 活动取消: title
    SERVICE_CORRECTED = "service_corrected"  # 更正服务时长: title, number, before, after
    HANDED_IN = "handed_in"  # 提交验收: round
    JUDGED = "judged"  # 评委已评: count
    ACCEPTED = "accepted"  # 验收通过: grade, total
    SENT_BACK = "sent_back"  # 整改: recheck_on, total
    STOPPED = "stopped"  # 终止
    ANSWER_DUE = "answer_due"  # 待回音: kind, households
    ANSWER_TRIED = "answer_tried"  # 未联系上
    ANSWERED = "answered"  # 已回音: channel, satisfaction
    CLOSED = "closed"  # 销号
    UNMASKED = "unmasked"  # 查看原值
