"""The audit log in words: what was done to what, by number or name, from what to what, as people call it."""

from collections.abc import Sequence
from datetime import date, datetime

from components.admin.audit_columns import COLUMNS, SILENT
from components.admin.audit_reasons import reason_words
from components.wording import N_, _, in_a_row, labelled, side_by_side
from components.wording.dates import near
from components.wording.terms import TABLES, term
from db.queries.admin.audit_log import AuditRow, Change, Covered, Several, Value

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
            "at": near(row.at),
            "actor": _("系统") if row.actor == "system" else row.actor,
            "what": _what(row),
            "community": row.community,
            "changes": _changes(row),
            "reason": reason_words(row.reason),
        }
        for row in rows
    ]


def _what(row: AuditRow) -> str:
    """What was done to what, by its number or name; a row without one is told by its place in the table."""
    kind = table_word(row.table)
    called = row.called or (f"#{row.row_id}" if row.row_id is not None else "")
    if called == kind:
        called = ""
    return f"{_(OPERATIONS.get(row.operation, row.operation))} {kind} {called}".strip()


def _changes(row: AuditRow) -> str:
    """The first changes as 项目：原值 → 新值; what nobody reads is left out."""
    if row.operation == "read":
        return side_by_side(_column(one.column) for one in row.changes)
    told = [change for change in row.changes if not SILENT.fullmatch(change.column)]
    if row.operation == "insert":
        told = [change for change in told if change.after not in ("", False)]
    changed = [_change(change, new=row.operation != "update" and change.before == "") for change in told[:MOST_CHANGES]]
    if len(told) > MOST_CHANGES:
        changed.append(_("等 {n} 项", n=len(told)))
    return in_a_row(changed)


def _change(change: Change, *, new: bool) -> str:
    column = _column(change.column)
    if new:
        return labelled(column, _said(change.after))
    return labelled(column, f"{_said(change.before)} → {_said(change.after)}")


def _column(name: str) -> str:
    """What a column is called; a look in clear names what was looked at."""
    return _((LOOKED_AT | COLUMNS).get(name, N_("其他")))


def _said(value: Value) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime | date):
        return near(value)
    if isinstance(value, Covered):
        return _("不显示，校验码 {code}", code=value.proof) if value.proof else _("不显示")
    if isinstance(value, Several):
        return _("{n} 项", n=value.entries)
    return term(value) or _("空")
