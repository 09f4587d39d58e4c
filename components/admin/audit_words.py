"""The audit log in words: tables, operations, columns and permissions as people call them."""

from collections.abc import Sequence

from components.admin.audit_reasons import reason_words
from components.wording import N_, _, in_a_row, labelled
from components.wording.dates import moment
from components.wording.terms import TABLES
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
