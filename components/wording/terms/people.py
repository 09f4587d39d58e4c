"""Words of `db.terms.people`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.ConsentScope: {
        t.ConsentScope.CONTACT_CARD: N_("电话印在便民联系卡上"),
        t.ConsentScope.SENSITIVE: N_("登记敏感信息"),
        t.ConsentScope.HEALTH: N_("记录健康数值"),
        t.ConsentScope.STORY: N_("公开事迹或引用原话"),
        t.ConsentScope.PHOTO: N_("使用照片"),
        t.ConsentScope.PROGRAMME: N_("加入专项帮扶"),
        t.ConsentScope.WALL: N_("在承诺墙上写全名"),
    },
    t.ConsentWay: {
        t.ConsentWay.PAPER: N_("书面"),
        t.ConsentWay.SPOKEN: N_("口头（有见证人）"),
        t.ConsentWay.GUARDIAN: N_("监护人代为同意"),
    },
    t.SensitiveKind: {
        t.SensitiveKind.DISABILITY: N_("残疾、失能等级"),
        t.SensitiveKind.HEALTH: N_("疾病、健康数值"),
        t.SensitiveKind.LOW_INCOME: N_("低保、特困"),
        t.SensitiveKind.SINGLE_PARENT: N_("单亲"),
        t.SensitiveKind.CORRECTION: N_("社区矫正"),
        t.SensitiveKind.CHILD: N_("不满十四周岁"),
        t.SensitiveKind.LIVES_ALONE: N_("独居（与精确住址）"),
        t.SensitiveKind.RELIGION: N_("宗教信仰"),
    },
    t.DoubleKind: {
        t.DoubleKind.PERSON: N_("人员"),
        t.DoubleKind.VOLUNTEER: N_("志愿者"),
        t.DoubleKind.HOUSEHOLD: N_("住户"),
    },
    t.Likeness: {
        t.Likeness.SAME: N_("同名，同一个电话"),
        t.Likeness.PHONE_AND_SOUND: N_("同一个电话，姓名相近"),
        t.Likeness.NAME: N_("同名"),
        t.Likeness.SOUND: N_("姓名相近"),
        t.Likeness.NAMESAKE: N_("同名，电话不同"),
        t.Likeness.PHONE: N_("同一个电话，姓名不同"),
        t.Likeness.DOOR: N_("写法不同，同一门牌"),
        t.Likeness.NO_STAIRWELL: N_("室号相同，一条没有单元"),
        t.Likeness.PART_OF_NAME: N_("室号相同，一条的楼栋名更全"),
        t.Likeness.OTHER_WORD: N_("室号相同，幢、号、座不同"),
    },
}

TABLES: dict[str, str] = {
    "household": N_("住户"),
    "person": N_("联系人"),
    "consent": N_("同意记录"),
    "sensitive_fact": N_("敏感信息"),
    "programme": N_("专项帮扶"),
    "programme_staff": N_("专项帮扶专人"),
    "programme_member": N_("专项帮扶对象"),
    "person_merge": N_("人员合并"),
    "household_merge": N_("住户合并"),
    "different_pair": N_("不是同一个"),
    "erasure": N_("个人信息删除"),
}

PERMISSIONS: dict[str, str] = {
    "see_people": N_("看联系人"),
    "manage_people": N_("管理联系人"),
    "record_consent": N_("登记同意"),
    "see_sensitive": N_("看敏感信息"),
    "merge_persons": N_("合并重复的人员和住户"),
    "erase_person": N_("删除个人信息"),
    "see_programmes": N_("看专项帮扶"),
    "run_programme": N_("办专项帮扶"),
    "name_staff": N_("指定专人"),
}
