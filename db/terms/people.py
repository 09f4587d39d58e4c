"""Words of consents and sensitive facts; `db.terms` names them all."""

from enum import StrEnum


class ConsentScope(StrEnum):
    CONTACT_CARD = "contact_card"  # 电话印在便民联系卡上
    SENSITIVE = "sensitive"  # 登记敏感信息
    HEALTH = "health"  # 记录健康数值
    STORY = "story"  # 公开事迹或引用原话
    PHOTO = "photo"  # 使用照片
    PROGRAMME = "programme"  # 加入专项帮扶
    WALL = "wall"  # 在承诺墙上写全名


class ConsentWay(StrEnum):
    PAPER = "paper"  # 书面
    SPOKEN = "spoken"  # 口头（有见证人）
    GUARDIAN = "guardian"  # 监护人代为同意


class SensitiveKind(StrEnum):
    """Sensitive classes of docs/domain.md 12.2."""

    DISABILITY = "disability"  # 残疾、失能等级
    HEALTH = "health"  # 疾病、健康数值
    LOW_INCOME = "low_income"  # 低保、特困
    SINGLE_PARENT = "single_parent"  # 单亲
    CORRECTION = "correction"  # 社区矫正
    CHILD = "child"  # 不满十四周岁
    LIVES_ALONE = "lives_alone"  # 独居（与精确住址）
    RELIGION = "religion"  # 宗教信仰


class DoubleKind(StrEnum):
    """What may stand in the records twice."""

    PERSON = "person"  # 人员
    VOLUNTEER = "volunteer"  # 志愿者
    HOUSEHOLD = "household"  # 住户


class Likeness(StrEnum):
    """Why two records may be one, the strongest reason first: of people and volunteers, then of doors."""

    SAME = "same"  # 同名，同一个电话
    PHONE_AND_SOUND = "phone_and_sound"  # 同一个电话，姓名相近
    NAME = "name"  # 同名
    SOUND = "sound"  # 姓名相近
    NAMESAKE = "namesake"  # 同名，电话不同
    PHONE = "phone"  # 同一个电话，姓名不同
    DOOR = "door"  # 写法不同，同一门牌
    NO_STAIRWELL = "no_stairwell"  # 室号相同，一条没有单元
    PART_OF_NAME = "part_of_name"  # 室号相同，一条的楼栋名更全
    OTHER_WORD = "other_word"  # 室号相同，幢、号、座不同
