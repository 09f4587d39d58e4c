"""Words of the roll of party members and its branches; `db.terms` names them all."""

from enum import StrEnum


class BranchKind(StrEnum):
    """党支部 by whom it gathers."""

    COMMUNITY = "community"  # 社区党支部
    GRID = "grid"  # 网格党支部
    RETIRED = "retired"  # 离退休党支部
    UNIT = "unit"  # 单位党支部
    FLOATING = "floating"  # 流动党员党支部


class MemberKind(StrEnum):
    """A member by how they live here (docs/domain.md 2, A1-03 and A1-18)."""

    EMPLOYED = "employed"  # 在职党员
    RETIRED = "retired"  # 退休党员
    LOCAL = "local"  # 本地居民党员
    NEW_RESIDENT = "new_resident"  # 新居民党员
    FLOATING = "floating"  # 流动党员
    PARTNER_UNIT = "partner_unit"  # 共建单位党员


class MemberLeave(StrEnum):
    """Why somebody stands on the roll no more."""

    TRANSFERRED = "transferred"  # 组织关系转出
    DIED = "died"  # 去世
    WITHDREW = "withdrew"  # 退党
    NOT_ADMITTED = "not_admitted"  # 取消预备党员资格
    REMOVED = "removed"  # 除名或开除


class MemberChange(StrEnum):
    """What happened to an entry of the roll."""

    JOINED = "joined"  # 入册
    MOVED = "moved"  # 换支部
    OFFERED = "offered"  # 转往外社区
    TAKEN_BACK = "taken_back"  # 转出取消
    LEFT = "left"  # 离册
    CAME_BACK = "came_back"  # 回册
    FULL = "full"  # 转正
    KIND_CHANGED = "kind_changed"  # 换类别
    UNIT_CHANGED = "unit_changed"  # 换单位
    RENAMED = "renamed"  # 改名
    PHONE_CHANGED = "phone_changed"  # 换电话
    LINKED = "linked"  # 关联
    UNLINKED = "unlinked"  # 取消关联
    MERGED = "merged"  # 合并
    UNMERGED = "unmerged"  # 撤销合并
    ERASED = "erased"  # 删除资料


class MemberLink(StrEnum):
    """Of which other record a member may be the same human being."""

    PERSON = "person"  # 人员档案
    VOLUNTEER = "volunteer"  # 志愿者登记
    ACCOUNT = "account"  # 登录账号


class AgeBand(StrEnum):
    """Age as it is shown: never a year, never a date."""

    UNDER_35 = "under_35"  # 35 岁及以下
    FROM_36 = "from_36"  # 36–45 岁
    FROM_46 = "from_46"  # 46–59 岁
    FROM_60 = "from_60"  # 60–69 岁
    FROM_70 = "from_70"  # 70 岁及以上
