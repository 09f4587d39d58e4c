"""The words of the trade as enumerations; stored by value, shown by `components.wording`.

Chinese terms follow DOMAIN B.9; the comment beside a member is the term on the screen.
"""

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


# --- the door ---------------------------------------------------------------------------------------


class VisitOutcome(StrEnum):
    MET = "met"  # 见到
    NOT_IN = "not_in"  # 未遇
    PHONE = "phone"  # 电话


class HouseholdKind(StrEnum):
    ORDINARY = "ordinary"  # 普通户
    KEY = "key"  # 重点户
    HIGH_RISK = "high_risk"  # 高风险户


class PlaceKind(StrEnum):
    ESTATE = "estate"  # 小区
    STREET = "street"  # 街巷
    PUBLIC = "public"  # 公共场所


# --- the need ---------------------------------------------------------------------------------------


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
    SAFETY = "safety"  # 涉安全(即接即办)


class Reach(StrEnum):
    """How far a need reaches (影响面); the rubric of DOMAIN B.3 gives each its points."""

    COMMUNITY = "community"  # 全社区
    ESTATE = "estate"  # 小区
    BUILDING = "building"  # 楼栋
    STAIRWELL = "stairwell"  # 单元
    HOUSEHOLD = "household"  # 单户


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
    CLOSED = "closed"  # 已回音(销号)
    MERGED = "merged"  # 已归并: its voice counts with another need
    VOID = "void"  # 作废


class Route(StrEnum):
    COUNCIL = "council"  # 提交议事会
    RESERVE = "reserve"  # 入储备库
    ORDER = "order"  # 转个人服务
    REFER = "refer"  # 转办
    ANSWER = "answer"  # 答复(不办)


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
    DECLINED = "declined"  # 不办(附理由)
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
    THIRD_NEEDED = "third_needed"  # 差距超过 20 分,需第三人
    SCORED = "scored"  # 评分完成
    ROUTED = "routed"  # 已分流


# --- the council ------------------------------------------------------------------------------------


class BodyKind(StrEnum):
    COUNCIL = "council"  # 居民议事会
    RESIDENTS_REPRESENTATIVES = "residents_representatives"  # 居民代表会议
    RESIDENTS = "residents"  # 居民会议
    VILLAGERS = "villagers"  # 村民会议
    VILLAGERS_REPRESENTATIVES = "villagers_representatives"  # 村民代表会议
    OWNERS_ADVISORY = "owners_advisory"  # 业主事项(仅供参考)


class MajorityBase(StrEnum):
    """Whom a majority is counted of (基数)."""

    PRESENT = "present"  # 实到(含弃权)
    MEMBERS = "members"  # 全体成员
    VALID = "valid"  # 有效票
    PARTICIPATING = "participating"  # 参与表决


class TieRule(StrEnum):
    NOT_PASSED = "not_passed"  # 未通过
    BACK_TO_DISCUSSION = "back_to_discussion"  # 退回再议
    VOTE_AGAIN = "vote_again"  # 再表决一次


class MeetingState(StrEnum):
    DRAFT = "draft"  # 筹备
    CONVENED = "convened"  # 已通知
    OPEN = "open"  # 进行中
    CLOSED = "closed"  # 已闭会
    CANCELLED = "cancelled"  # 取消


class MemberPresence(StrEnum):
    DUE = "due"  # 应到(未报到)
    PRESENT = "present"  # 实到
    LEAVE = "leave"  # 请假
    ABSENT = "absent"  # 缺席
    LEFT_EARLY = "left_early"  # 中途离席


class ItemState(StrEnum):
    PENDING = "pending"  # 待议
    DISCUSSING = "discussing"  # 讨论中
    VOTING = "voting"  # 表决中
    PASSED = "passed"  # 通过
    NOT_PASSED = "not_passed"  # 未通过
    TIED = "tied"  # 同票
    POSTPONED = "postponed"  # 未表决(顺延)


class VoteMethod(StrEnum):
    HANDS = "hands"  # 举手表决
    NAMED = "named"  # 线上记名表决
    SLIP = "slip"  # 票码(无记名): a code on paper, cast on any phone
    PAPER = "paper"  # 纸质票(无记名)
    ASSISTED = "assisted"  # 协助填写(有见证人): said aloud, entered by staff before a witness; by name


class Choice(StrEnum):
    FOR = "for"  # 赞成
    AGAINST = "against"  # 反对
    ABSTAIN = "abstain"  # 弃权


class BallotState(StrEnum):
    """A stopped ballot takes no vote and shows nothing yet; the chair may resume it until it is announced."""

    OPEN = "open"  # 表决中
    STOPPED = "stopped"  # 已截止,待宣布
    CLOSED = "closed"  # 已计票
    CANCELLED = "cancelled"  # 作废


class Outcome(StrEnum):
    PASSED = "passed"  # 通过
    NOT_PASSED = "not_passed"  # 未通过
    TIE = "tie"  # 同票,未通过
    NO_QUORUM = "no_quorum"  # 到会不足,不得表决


class NoticeState(StrEnum):
    RUNNING = "running"  # 公示中
    FINISHED = "finished"  # 公示期满
    WITHDRAWN = "withdrawn"  # 撤回


class ObjectionState(StrEnum):
    OPEN = "open"  # 待处理
    UPHELD = "upheld"  # 维持结果
    CHANGED = "changed"  # 修改方案
    REVOTE = "revote"  # 重新表决


# --- the project ------------------------------------------------------------------------------------


class ProjectKind(StrEnum):
    COUNCIL = "council"  # 议事会项目
    SECRETARY_LED = "secretary_led"  # 书记领办
    LIVELIHOOD = "livelihood"  # 民生实事


class ProjectState(StrEnum):
    SET_UP = "set_up"  # 已立项(组队中)
    RUNNING = "running"  # 实施中
    HANDED_IN = "handed_in"  # 待验收
    REWORK = "rework"  # 整改中
    ACCEPTED = "accepted"  # 已验收
    STOPPED = "stopped"  # 终止


class IndicatorKind(StrEnum):
    QUANTITY = "quantity"  # 数量
    QUALITY = "quality"  # 质量
    TIME = "time"  # 时效
    REACH = "reach"  # 受益


class Light(StrEnum):
    """State of a project at a glance; always shown with its word and reason."""

    GREEN = "green"  # 正常
    AMBER = "amber"  # 关注
    RED = "red"  # 滞后


class RiskLevel(StrEnum):
    LOW = "low"  # 低
    MEDIUM = "medium"  # 中
    HIGH = "high"  # 高


class JoinMethod(StrEnum):
    CLAIM = "claim"  # 认领
    SIGN_UP = "sign_up"  # 报名
    RECOMMENDATION = "recommendation"  # 推荐


class PlacementState(StrEnum):
    """A volunteer in an opening of a project team."""

    WAITING = "waiting"  # 待队长确认
    ACCEPTED = "accepted"  # 在队
    DECLINED = "declined"  # 未接受
    LEFT = "left"  # 已离队
    REPLACED = "replaced"  # 已替换


class TeamTheme(StrEnum):
    CULTURE = "culture"  # 文化教育
    HEALTH = "health"  # 医疗卫生
    LAW = "law"  # 法律结对
    ENVIRONMENT = "environment"  # 环保宣传
    WATER = "water"  # 五水共治


class VolunteerKind(StrEnum):
    PARTY_MEMBER = "party_member"  # 党员志愿者
    RESIDENT = "resident"  # 居民志愿者


class ActivityState(StrEnum):
    PLANNED = "planned"  # 计划中
    DONE = "done"  # 已完成
    CANCELLED = "cancelled"  # 取消


class AcceptanceState(StrEnum):
    JUDGING = "judging"  # 评审中
    DECIDED = "decided"  # 已定等次


class Grade(StrEnum):
    EXCELLENT = "excellent"  # 优秀
    GOOD = "good"  # 良好
    PASS = "pass"  # 合格  # noqa: S105
    FAIL = "fail"  # 不合格


class ScreenMode(StrEnum):
    """What the meeting-room screen shows."""

    ROTATION = "rotation"  # 进度轮播
    MEETING = "meeting"  # 跟随会议


# --- the thread -------------------------------------------------------------------------------------


class Happening(StrEnum):
    """What one line of a thread says; `components.wording.terms` holds the sentence for each."""

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
    OBJECTION = "objection"  # 收到异议
    OBJECTION_HANDLED = "objection_handled"  # 异议已处理: result
    NOTICE_FINISHED = "notice_finished"  # 公示期满
    PROJECT_SET_UP = "project_set_up"  # 立项: project=number
    GOAL_ADDED = "goal_added"  # 新增目标: name, target, unit
    TARGET_CHANGED = "target_changed"  # 目标调整: name, before, after
    READING = "reading"  # 进度: name, value, unit
    MILESTONE_DONE = "milestone_done"  # 里程碑完成: title
    RISK_RAISED = "risk_raised"  # 风险: risk
    RISK_CLOSED = "risk_closed"  # 风险解除: risk
    OPENING_POSTED = "opening_posted"  # 招募岗位: title, places
    OPENING_CLOSED = "opening_closed"  # 停止招募: title
    ASKED_TO_JOIN = "asked_to_join"  # 报名或被推荐,待队长确认: opening, method
    JOINED = "joined"  # 加入: opening, method
    PLACEMENT_DECLINED = "placement_declined"  # 未接受: opening
    LEFT_TEAM = "left_team"  # 离队: opening
    REPLACED = "replaced"  # 替换: opening
    TEAM_READY = "team_ready"  # 团队组成,开始实施
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
