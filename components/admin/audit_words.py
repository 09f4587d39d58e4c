"""The audit log in words: tables, operations, columns and permissions as people call them."""

from collections.abc import Sequence

from components.admin.audit_reasons import reason_words
from components.wording import N_, _, in_a_row, labelled
from components.wording.dates import moment
from db.queries.admin.audit_log import AuditRow

OPERATIONS = {
    "insert": N_("新增"),
    "update": N_("修改"),
    "delete": N_("删除"),
    "read": N_("查看原值"),
    "sign_in": N_("登录"),
    "sign_out": N_("退出"),
    "restore": N_("恢复备份"),
    "recount": N_("两次清点不一致"),
}
TABLES = {
    "acceptance": N_("验收"),
    "acceptance_score": N_("验收评分"),
    "account": N_("账号"),
    "activity": N_("活动"),
    "agenda_item": N_("议题"),
    "answer": N_("回音"),
    "attendance": N_("签到"),
    "ballot": N_("表决"),
    "ballot_voter": N_("表决名册"),
    "ballot_way": N_("表决账目"),
    "body": N_("议事机构"),
    "body_member": N_("议事成员"),
    "category": N_("需求类别"),
    "community": N_("社区"),
    "complaint": N_("投诉"),
    "consent": N_("同意记录"),
    "correction": N_("更正"),
    "discussion_point": N_("发言要点"),
    "display_link": N_("显示链接"),
    "document_template": N_("文书模板"),
    "door_conflict": N_("门户信息冲突"),
    "door_phone": N_("已配对手机"),
    "erasure": N_("个人信息删除"),
    "export": N_("导出"),
    "hand_count": N_("举手计票"),
    "holiday_override": N_("工作日调整"),
    "house_preset": N_("街道规则范本"),
    "house_rules": N_("议事规则"),
    "household": N_("住户"),
    "import_batch": N_("导入批次"),
    "indicator": N_("指标"),
    "intake": N_("扫码来件"),
    "mediation": N_("协调会"),
    "mediation_action": N_("整改事项"),
    "mediation_check": N_("复查"),
    "mediation_party": N_("协调会各方"),
    "meeting": N_("会议"),
    "merge": N_("归并"),
    "milestone": N_("节点"),
    "named_vote": N_("记名票"),
    "need": N_("需求"),
    "notice": N_("公示"),
    "objection": N_("异议"),
    "opening": N_("招募岗位"),
    "order_case": N_("评单跟进"),
    "order_offer": N_("派单"),
    "order_series": N_("定期服务单"),
    "pairing": N_("结对"),
    "paper_count": N_("纸质票录入"),
    "patch": N_("片区"),
    "person": N_("联系人"),
    "person_merge": N_("人员合并"),
    "photo": N_("照片"),
    "place": N_("地点"),
    "placement": N_("岗位报名"),
    "poster": N_("海报与专属码"),
    "programme": N_("专项帮扶"),
    "programme_member": N_("专项帮扶对象"),
    "programme_staff": N_("专项帮扶专人"),
    "project": N_("项目"),
    "project_source": N_("项目来源"),
    "reading": N_("进度填报"),
    "recusal": N_("回避"),
    "report_form": N_("表样"),
    "risk": N_("风险"),
    "screening": N_("筛选"),
    "screening_score": N_("筛选评分"),
    "screening_weights": N_("评分权重"),
    "sensitive_fact": N_("敏感信息"),
    "service": N_("服务项目"),
    "service_order": N_("订单"),
    "service_record": N_("志愿服务记录"),
    "slip": N_("票码"),
    "slip_aside": N_("暂扣票号"),
    "speaker_turn": N_("发言"),
    "squad": N_("志愿队伍"),
    "squad_member": N_("队伍成员"),
    "subdistrict": N_("街道"),
    "target_change": N_("目标调整"),
    "task": N_("决议事项"),
    "topic": N_("议题提案"),
    "twin_verdict": N_("判定不同"),
    "village_matter": N_("四议两公开事项"),
    "village_record": N_("四议两公开记录"),
    "visit": N_("走访"),
    "visit_rhythm": N_("走访频次"),
    "complaint_time": N_("投诉时限"),
    "volunteer": N_("志愿者"),
    "week_sign_off": N_("周登记签字"),
}
"""A test holds that every table of the log has its word."""
LOOKED_AT = {
    "name": N_("姓名"),
    "phone": N_("电话"),
    "words": N_("内容"),
    "sensitive": N_("敏感信息"),
    "look": N_("查看凭据"),
}
"""What a look in clear was at: keys of the entries that no change makes."""

MOST_CHANGES = 4


def table_word(table: str) -> str:
    """What a table of the log is called."""
    return _(TABLES[table]) if table in TABLES else table


def audit_lines(rows: Sequence[AuditRow]) -> list[dict[str, object]]:
    """Rows of the list: when, who, what, where, and the first changes from → to."""
    return [
        {
            "id": row.id,
            "number": row.id,
            "at": moment(row.at),
            "actor": _("系统") if row.actor == "system" else row.actor,
            "what": f"{_(OPERATIONS.get(row.operation, row.operation))} {table_word(row.table)}"
            + (f" #{row.row_id}" if row.row_id is not None else ""),
            "community": row.community,
            "changes": _changes(row),
            "reason": reason_words(row.reason),
        }
        for row in rows
    ]


def _changes(row: AuditRow) -> str:
    if row.operation == "read":
        return "、".join(_(LOOKED_AT[one.column]) if one.column in LOOKED_AT else one.column for one in row.changes)
    changed = [
        labelled(change.column, change.after) if row.operation == "insert" else
        labelled(change.column, f"{change.before or '∅'} → {change.after or '∅'}")
        for change in row.changes[:MOST_CHANGES]
    ]  # fmt: skip
    left = len(row.changes) - MOST_CHANGES
    if left > 0:
        changed.append(_("等 {n} 项", n=len(row.changes)))
    return in_a_row(changed)
