"""The words of doors, orders, complaints, files and personal data; the third page of `db.terms`."""

from enum import StrEnum

# --- the door ---------------------------------------------------------------------------------------


class DoorEntryKind(StrEnum):
    """What a paired phone sends (`/door`)."""

    VISIT = "visit"  # 走访
    NEED = "need"  # 需求
    FACTS = "facts"  # 户情更新


class DoorEntryState(StrEnum):
    """What the server answered to an entry of a phone."""

    STORED = "stored"  # 已入库
    REFUSED = "refused"  # 未入库,见原因
    CONFLICT = "conflict"  # 有冲突,待人工核对


# --- what residents send in without an account ------------------------------------------------------


class PosterKind(StrEnum):
    ORDER = "order"  # 点单海报
    REPORT = "report"  # 随手报(个人专属码)


class IntakeState(StrEnum):
    WAITING = "waiting"  # 待确认
    TAKEN = "taken"  # 已受理
    REFUSED = "refused"  # 不受理


class IntakeResult(StrEnum):
    """What a worker made of it."""

    NEED = "need"  # 转需求
    ORDER = "order"  # 转订单
    COMPLAINT = "complaint"  # 转投诉


# --- orders -----------------------------------------------------------------------------------------


class ServiceGroup(StrEnum):
    """Groups of the catalogue (DOMAIN B.7)."""

    HOME = "home"  # 家政(保姆介绍、洗衣、打扫)
    ERRAND = "errand"  # 代办(代买菜、代缴费)
    REPAIR = "repair"  # 维修
    CARRY = "carry"  # 搬运
    MEAL = "meal"  # 助餐
    HEALTH = "health"  # 助医(测血压、陪诊)
    COMPANY = "company"  # 陪聊与巡视探访
    LEARNING = "learning"  # 助学(手机课、兴趣课)


class FeeKind(StrEnum):
    FREE = "free"  # 免费
    LOW = "low"  # 低偿
    PAID = "paid"  # 有偿


class OrderChannel(StrEnum):
    PHONE = "phone"  # 电话
    DOOR = "door"  # 上门
    DESK = "desk"  # 服务窗口
    POSTER = "poster"  # 扫码
    NEED = "need"  # 需求转来
    SERIES = "series"  # 定期服务


class OrderState(StrEnum):
    """States of DOMAIN B.7, in their order."""

    WAITING = "waiting"  # 待受理
    TAKEN = "taken"  # 已受理(待派单)
    OFFERED = "offered"  # 已派单(待接单)
    ACCEPTED = "accepted"  # 已接单
    IN_SERVICE = "in_service"  # 服务中
    DONE = "done"  # 已完成(待双方确认)
    CONFIRMED = "confirmed"  # 双方已确认(待回访)
    REVISITED = "revisited"  # 已回访(已评单)
    CLOSED = "closed"  # 关闭
    CANCELLED = "cancelled"  # 取消


class AssignmentState(StrEnum):
    OFFERED = "offered"  # 待接单
    ACCEPTED = "accepted"  # 已接单
    DECLINED = "declined"  # 拒单
    WITHDRAWN = "withdrawn"  # 改派
    SWAPPED = "swapped"  # 换班


class ConfirmedBy(StrEnum):
    """How the resident's word came."""

    CODE = "code"  # 确认码
    CALL = "call"  # 电话回访
    PAPER = "paper"  # 纸质签字


class OrderCaseKind(StrEnum):
    FOLLOW_UP = "follow_up"  # 差评跟进
    REVIEW = "review"  # 争议复核


class Rhythm(StrEnum):
    WEEKLY = "weekly"  # 每周
    FORTNIGHTLY = "fortnightly"  # 每两周
    MONTHLY = "monthly"  # 每月


# --- complaints -------------------------------------------------------------------------------------


class ComplaintState(StrEnum):
    REGISTERED = "registered"  # 待交办
    HANDED_OVER = "handed_over"  # 办理中
    REPLIED = "replied"  # 已答复(待回访)
    CLOSED = "closed"  # 已办结
    REOPENED = "reopened"  # 反弹,重新办理
    VOID = "void"  # 作废


class ComplaintHaste(StrEnum):
    """What the due times of a complaint go by."""

    HOTLINE = "hotline"  # 一般,热线转来
    OWN = "own"  # 一般,社区自己收到
    URGENT = "urgent"  # 紧急
    SAFETY = "safety"  # 涉安全


class ResponsibleBody(StrEnum):
    """谁在台上: whose business it is; the community stands beside the stage (退到舞台旁边)."""

    COMMUNITY = "community"  # 社区
    OWNERS_COMMITTEE = "owners_committee"  # 业委会
    PROPERTY_COMPANY = "property_company"  # 物业公司
    DEPARTMENT = "department"  # 职能部门


class ComplaintStepKind(StrEnum):
    REGISTERED = "registered"  # 登记
    LINKED = "linked"  # 关联重复投诉
    UNLINKED = "unlinked"  # 取消关联
    HANDED_OVER = "handed_over"  # 交办
    CONTACTED = "contacted"  # 联系诉求人
    EXTENDED = "extended"  # 延期
    REPLIED = "replied"  # 答复
    REVISITED = "revisited"  # 回访
    CLOSED = "closed"  # 办结
    REOPENED = "reopened"  # 反弹
    MEDIATION = "mediation"  # 转协调会
    ESCALATED = "escalated"  # 上报
    PROJECT = "project"  # 关联项目
    NEED = "need"  # 转公共议题
    UNMASKED = "unmasked"  # 查看原值
    VOIDED = "voided"  # 作废


# --- files in and out -------------------------------------------------------------------------------


class ImportKind(StrEnum):
    HOUSEHOLDS = "households"  # 住户
    NEEDS = "needs"  # 需求
    VOLUNTEERS = "volunteers"  # 志愿者
    MEMBERS = "members"  # 议事会成员
    VISITS = "visits"  # 历史走访
    HOTLINE = "hotline"  # 12345 转办单
    SIGN_UPS = "sign_ups"  # 接龙名单


class LedgerKind(StrEnum):
    """What a form of the subdistrict can be filled from."""

    VISITS = "visits"  # 走访台账
    NEEDS = "needs"  # 需求台账
    REGISTER = "register"  # 一周一登
    TOPICS = "topics"  # 议题表
    ORDERS = "orders"  # 订单台账
    COMPLAINTS = "complaints"  # 投诉台账


# --- whose data -------------------------------------------------------------------------------------


class ConsentScope(StrEnum):
    CONTACT_CARD = "contact_card"  # 电话印在便民联系卡上
    SENSITIVE = "sensitive"  # 登记敏感信息
    HEALTH = "health"  # 记录健康数值
    STORY = "story"  # 公开事迹或引用原话
    PHOTO = "photo"  # 使用照片
    PROGRAMME = "programme"  # 加入专项帮扶


class ConsentWay(StrEnum):
    PAPER = "paper"  # 书面
    SPOKEN = "spoken"  # 口头(有见证人)
    GUARDIAN = "guardian"  # 监护人代为同意


class SensitiveKind(StrEnum):
    """Sensitive classes of DOMAIN B.8."""

    DISABILITY = "disability"  # 残疾、失能等级
    HEALTH = "health"  # 疾病、健康数值
    LOW_INCOME = "low_income"  # 低保、特困
    SINGLE_PARENT = "single_parent"  # 单亲
    CORRECTION = "correction"  # 社区矫正
    CHILD = "child"  # 不满十四周岁
    LIVES_ALONE = "lives_alone"  # 独居(与精确住址)
    RELIGION = "religion"  # 宗教信仰
