"""What can be imported, field by field: our heading, other people's names for it, how its cells are read."""

from collections.abc import Mapping
from types import MappingProxyType

from db.rules.imports.cells import (
    any_day,
    door_part,
    entry,
    name,
    named,
    past_day,
    phone,
    skills,
    text,
    whole,
    yes,
)
from db.rules.imports.field import ImportField as ImportField
from db.rules.imports.party import party_fields
from db.rules.imports.venues import venue_fields
from db.rules.limits import PEOPLE_MOST
from db.terms import HouseholdKind, ImportKind, NeedSource, Reach, UnitKind, Urgency, VisitOutcome, VolunteerKind

KINDS_OF_HOUSEHOLD = {
    "普通户": HouseholdKind.ORDINARY,
    "重点户": HouseholdKind.KEY,
    "高风险户": HouseholdKind.HIGH_RISK,
    "普通": HouseholdKind.ORDINARY,
    "一般户": HouseholdKind.ORDINARY,
    "重点": HouseholdKind.KEY,
    "高风险": HouseholdKind.HIGH_RISK,
}
REACHES = {
    "单户": Reach.HOUSEHOLD,
    "单元": Reach.STAIRWELL,
    "楼栋": Reach.BUILDING,
    "小区": Reach.ESTATE,
    "全社区": Reach.COMMUNITY,
    "个人": Reach.HOUSEHOLD,
    "楼道": Reach.STAIRWELL,
    "整栋": Reach.BUILDING,
    "社区": Reach.COMMUNITY,
}
URGENCIES = {
    "一般": Urgency.NORMAL,
    "紧急": Urgency.URGENT,
    "涉安全": Urgency.SAFETY,
    "普通": Urgency.NORMAL,
    "不急": Urgency.NORMAL,
    "急": Urgency.URGENT,
    "安全": Urgency.SAFETY,
}
SOURCES = {
    "入户走访": NeedSource.VISIT,
    "来访": NeedSource.WALK_IN,
    "来电": NeedSource.CALL,
    "12345": NeedSource.HOTLINE,
    "微信群": NeedSource.CHAT,
    "议事代表": NeedSource.COUNCIL,
    "网格上报": NeedSource.GRID,
    "红骑士": NeedSource.RIDER,
    "其他": NeedSource.OTHER,
    "走访": NeedSource.VISIT,
    "入户": NeedSource.VISIT,
    "电话": NeedSource.CALL,
    "12345转办": NeedSource.HOTLINE,
    "微信": NeedSource.CHAT,
    "网格": NeedSource.GRID,
}
OUTCOMES = {
    "见到": VisitOutcome.MET,
    "未遇": VisitOutcome.NOT_IN,
    "电话": VisitOutcome.PHONE,
    "已见": VisitOutcome.MET,
    "在家": VisitOutcome.MET,
    "入户": VisitOutcome.MET,
    "不在家": VisitOutcome.NOT_IN,
    "无人": VisitOutcome.NOT_IN,
    "电话联系": VisitOutcome.PHONE,
}
VOLUNTEERS = {
    "居民志愿者": VolunteerKind.RESIDENT,
    "党员志愿者": VolunteerKind.PARTY_MEMBER,
    "党员": VolunteerKind.PARTY_MEMBER,
    "居民": VolunteerKind.RESIDENT,
    "群众": VolunteerKind.RESIDENT,
    "中共党员": VolunteerKind.PARTY_MEMBER,
    "预备党员": VolunteerKind.PARTY_MEMBER,
    "共青团员": VolunteerKind.RESIDENT,
    "团员": VolunteerKind.RESIDENT,
}

UNITS = {
    "机关": UnitKind.OFFICE,
    "事业单位": UnitKind.INSTITUTION,
    "企业": UnitKind.ENTERPRISE,
    "学校": UnitKind.SCHOOL,
    "医疗机构": UnitKind.HOSPITAL,
    "物业企业": UnitKind.PROPERTY,
    "商户": UnitKind.SHOP,
    "社会组织": UnitKind.SOCIAL,
    "群团组织": UnitKind.MASS,
    "机关单位": UnitKind.OFFICE,
    "国企": UnitKind.ENTERPRISE,
    "民企": UnitKind.ENTERPRISE,
    "医院": UnitKind.HOSPITAL,
    "物业": UnitKind.PROPERTY,
    "物业公司": UnitKind.PROPERTY,
    "群团": UnitKind.MASS,
}

_F = ImportField
_PLACE = _F(
    "place",
    "小区",
    entry("places"),
    also="小区名称 地点 所在小区 街巷 小区/街巷 place",
    from_book="places",
    start=None,
    example="柳林小区",
)
_BUILDING = _F("building", "楼栋", door_part, also="幢 栋 楼号 幢号 栋号 楼幢 楼栋号 building", example="3幢")
_STAIRWELL = _F("stairwell", "单元", door_part, also="单元号 梯 unit", example="2单元")
_ROOM = _F("room", "室号", door_part, also="室 房号 门牌 门牌号 房间号 户号 门号 room", example="401")
_ADDRESS = _F(
    "address", "地址", text(200), also="住址 家庭住址 详细地址 居住地址 现住址 诉求地址 事发地址 address", example=""
)
_DOOR = (_PLACE, _BUILDING, _STAIRWELL, _ROOM, _ADDRESS)
_CATEGORY = _F(
    "category",
    "需求类别",
    entry("categories"),
    needed=True,
    from_book="categories",
    start=None,
    also="类别 分类 需求分类 诉求类型 问题类型 诉求类别 问题分类 category",
)
_NEED = _F(
    "description",
    "居民原话",
    text(1000, lines=True),
    needed=True,
    example="楼道灯坏了半个月，老人晚上下楼看不见",
    also="需求内容 内容 诉求内容 问题描述 需求描述 反映内容 主要诉求 诉求描述",
)
_ASKER = _F("name", "提出人", name, also="姓名 来电人 诉求人 反映人 联系人 居民姓名 来电人姓名")
_PHONE_OF = _F(
    "phone",
    "联系电话",
    phone,
    also="电话 手机 手机号 手机号码 联系方式 来电号码 电话号码 phone",
)

FIELDS: Mapping[ImportKind, tuple[ImportField, ...]] = MappingProxyType(
    {
        ImportKind.HOUSEHOLDS: (
            *_DOOR,
            _F(
                "kind",
                "户类型",
                named(KINDS_OF_HOUSEHOLD),
                also="类型 户别 分类 关注等级",
                start=HouseholdKind.ORDINARY,
                options=("普通户", "重点户", "高风险户"),
                example="普通户",
            ),
            _F("door_note", "上门提示", text(200), also="备注 说明 提示", example="晚七点后在家"),
            _F(
                "name",
                "姓名",
                name,
                also="户主 户主姓名 居民姓名 家庭成员 联系人 业主 业主姓名 name",
                example="张测试",
            ),
            _PHONE_OF,
            _F("relation", "与户主关系", text(60), also="关系 家庭关系", example="户主"),
        ),
        ImportKind.NEEDS: (
            _NEED,
            _CATEGORY,
            *_DOOR,
            _F(
                "reach",
                "影响面",
                named(REACHES),
                also="影响范围 范围",
                start=Reach.HOUSEHOLD,
                options=("单户", "单元", "楼栋", "小区", "全社区"),
                example="楼栋",
            ),
            _F("people", "影响人数", whole(1, PEOPLE_MOST), also="人数 涉及人数 受益人数", start=1, example="30"),
            _F(
                "urgency",
                "紧急程度",
                named(URGENCIES),
                also="紧急 缓急",
                start=Urgency.NORMAL,
                options=("一般", "紧急", "涉安全"),
                example="一般",
            ),
            _F(
                "source",
                "来源",
                named(SOURCES),
                also="需求来源 来源渠道 渠道",
                start=NeedSource.OTHER,
                options=tuple(SOURCES)[:9],
                example="入户走访",
            ),
            _F(
                "on",
                "登记日期",
                past_day,
                also="日期 时间 登记时间 反映时间 收集日期 提出日期",
                start=None,
                example="2026-03-05",
            ),
            _ASKER,
            _PHONE_OF,
            _F("special_group", "涉及特殊群体", yes, also="特殊群体", start=False, options=("是", "否"), example="否"),
            _F("title", "标题", text(60), also="需求标题 事项 主题"),
        ),
        ImportKind.VOLUNTEERS: (
            _F("name", "姓名", name, needed=True, also="志愿者姓名 志愿者 name", example="李测试"),
            _PHONE_OF,
            _F(
                "kind",
                "类型",
                named(VOLUNTEERS),
                also="政治面貌 志愿者类型 身份",
                start=VolunteerKind.RESIDENT,
                options=("居民志愿者", "党员志愿者"),
                example="居民志愿者",
            ),
            _F("skills", "特长", skills, also="技能 专长 服务特长 服务项目", start=(), example="电工、理发"),
            _F("free_times", "可服务时间", text(60), also="服务时间 空闲时间 时间", example="周末"),
            _PLACE,
            _BUILDING,
            _F(
                "since",
                "登记日期",
                past_day,
                also="注册日期 加入日期 注册时间 加入时间 入队时间",
                start=None,
                example="2026-03-05",
            ),
        ),
        ImportKind.MEMBERS: (
            _F("name", "姓名", name, needed=True, also="成员姓名 议事员 代表姓名 name", example="王测试"),
            _F("capacity", "身份", text(60), needed=True, also="代表身份 类别 职务 代表类型", example="居民代表"),
            _F("seat", "席位", whole(1, 999), also="席位号 座位 编号 序号", start=None, example="17"),
            _F("since", "任职日期", past_day, also="当选日期 任职时间 当选时间 日期", start=None, example="2026-03-05"),
        ),
        ImportKind.PARTY_MEMBERS: party_fields(_PHONE_OF),
        ImportKind.VENUES: venue_fields(),
        ImportKind.VISITS: (
            _F(
                "on",
                "走访日期",
                past_day,
                needed=True,
                also="日期 走访时间 时间 入户时间 入户日期",
                example="2026-03-05",
            ),
            _F(
                "outcome",
                "结果",
                named(OUTCOMES),
                needed=True,
                also="走访结果 见到 是否见到 走访方式",
                options=("见到", "未遇", "电话"),
                example="见到",
            ),
            *_DOOR,
            _F("where_text", "其他地点", text(200), also="地点说明 走访地点"),
            _F(
                "worker",
                "走访人",
                entry("workers"),
                also="社工 走访人员 网格员 责任人 入户人员",
                from_book="workers",
                start=None,
            ),
            _F(
                "note", "走访记录", text(500, lines=True), also="记录 备注 走访情况 情况 走访内容", example="老人身体好"
            ),
        ),
        ImportKind.HOTLINE: (
            _F(
                "source_number",
                "工单编号",
                text(60),
                needed=True,
                also="工单号 编号 诉求编号 受理编号 派单编号",
                example="12345-20260305-001",
            ),
            _NEED,
            _CATEGORY,
            *_DOOR,
            _ASKER,
            _PHONE_OF,
            _F(
                "on",
                "派单时间",
                past_day,
                also="受理时间 来电时间 转办时间 派单日期 受理日期 日期",
                start=None,
                example="2026-03-05",
            ),
            _F(
                "due",
                "办结时限",
                any_day,
                also="办理时限 截止时间 到期时间 处理时限 期限 截止日期",
                start=None,
                example="2026-03-12",
            ),
            _F("title", "标题", text(60), also="诉求标题 工单标题 主题 事项"),
        ),
        ImportKind.UNITS: (
            _F(
                "unit_name",
                "单位名称",
                text(60),
                needed=True,
                also="单位 共建单位 名称 单位全称",
                example="澄湖供电服务站",
            ),
            _F(
                "unit_kind",
                "单位性质",
                named(UNITS),
                needed=True,
                also="性质 类型 单位类型 类别",
                options=tuple(UNITS)[:9],
                example="企业",
            ),
            _F("name", "联系人", name, also="联系人姓名 负责人 姓名", example="周测试"),
            _PHONE_OF,
            _F("unit_address", "单位地址", text(200), also="地址 所在地"),
            _F(
                "agreed_on",
                "协议签订日期",
                any_day,
                also="签订日期 签约日期 共建日期",
                start=None,
                example="2026-01-05",
            ),
            _F(
                "agreed_until",
                "协议到期日期",
                any_day,
                also="到期日期 截止日期 有效期至",
                start=None,
                example="2026-12-31",
            ),
        ),
    }
)
"""The fields of each kind of file, in the order of the template."""

NEEDS_PLACE = (ImportKind.HOUSEHOLDS, ImportKind.NEEDS, ImportKind.VISITS, ImportKind.HOTLINE)
"""Kinds whose rows stand somewhere."""
