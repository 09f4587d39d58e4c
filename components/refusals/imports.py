"""What is said when a file cannot be read, a cell is wrong, or a batch cannot come in or go back."""

from collections.abc import Mapping

from components.wording import N_, _, side_by_side
from components.wording.terms import TABLES
from db.rules.imports.cells import Fault
from db.rules.imports.rows import CellFault
from db.rules.imports.sheet import MOST_BYTES, MOST_CELL, MOST_COLUMNS, MOST_ROWS, BadSheet, SheetTrouble

SENTENCES: dict[str, str] = {
    "import_faulty": N_("有 {count} 行还有问题（第一处在第 {first} 行），一行都没有导入。请改好后再导入。"),
    "import_same_file": N_("这份内容已经导入过（第 {batch} 批，{day}）。要重新导入，请先撤销那一批。"),
    "import_nothing_new": N_("{known} 行都已经在册，没有新内容，没有导入。"),
    "import_other_words": N_(
        "{known} 行的编号都已在册，其中 {count} 行的内容与登记的不同，没有导入。请核对编号是否完整。"
    ),
    "import_door_restricted": N_(
        "有 {count} 行的住户由专人联系（第一处在第 {first} 行），请交给专人登记；一行都没有导入。"
    ),
    "import_seat_taken": N_("第 {seat} 席已有成员，请改席位号，或先办理任期结束。一行都没有导入。"),
    "import_raced": N_("同事刚刚登记了同一户，一行都没有导入。请再点一次导入。"),
    "import_undone": N_("这一批已经撤销。"),
    "import_in_use": N_("不能撤销：已有 {count} 条后续记录用到了这一批（{nouns}）。请先处理这些记录。"),
    "import_changed": N_("不能撤销：这一批中有 {count} 条在导入后被修改过，撤销会丢掉这些修改。"),
}

_SHEET = {
    SheetTrouble.EMPTY: N_("文件是空的，没有可以导入的内容。"),
    SheetTrouble.TOO_BIG: N_("文件超过 {megabytes} MB。请删去图片和多余的工作表，或分成几个文件。"),
    SheetTrouble.BOMB: N_("这个文件解压后大得不正常，为安全起见没有打开。请用 WPS 或 Excel 另存一份再试。"),
    SheetTrouble.TOO_MANY_ROWS: N_("超过 {rows} 行。请分成几个文件导入；如果下面都是空行，请删掉空行再存。"),
    SheetTrouble.TOO_MANY_COLUMNS: N_("超过 {columns} 列。请只留下需要的栏目。"),
    SheetTrouble.TOO_LONG_CELL: N_("有的单元格超过 {letters} 个字（第 {where} 行）。请缩短后再试。"),
    SheetTrouble.ENCRYPTED: N_("文件有打开密码。请先去掉密码再上传。"),
    SheetTrouble.WEB_PAGE: N_("这其实是网页，只是扩展名像表格。请用 WPS 或 Excel 打开后另存为 .xlsx 再上传。"),
    SheetTrouble.NOT_A_SHEET: N_("这不是表格文件。可以上传 .xlsx、.xls、.ods 和 .csv。"),
    SheetTrouble.UNKNOWN_TEXT: N_("文字编码认不出来。请另存为 .xlsx，或 UTF-8 编码的 .csv。"),
    SheetTrouble.FORMULA: N_("单元格 {where} 是公式，但文件里没有算好的结果。请用 WPS 或 Excel 打开、保存一次再上传。"),
    SheetTrouble.BROKEN: N_("文件损坏，读不出来。请用 WPS 或 Excel 打开后另存一份再试。"),
    SheetTrouble.TOO_SLOW: N_("读这个文件用的时间太长，已停止。请分成几个小文件再试。"),
    SheetTrouble.TOO_MUCH: N_("读这个文件需要的内存太多，已停止。请删去多余的行列和图片再试。"),
}

_CELL = {
    Fault.EMPTY: N_("必填"),
    Fault.TOO_LONG: N_("最多 {most} 个字"),
    Fault.NOT_A_NUMBER: N_("应是数字"),
    Fault.OUT_OF_RANGE: N_("最大 {most}"),
    Fault.BAD_DATE: N_("不是日期"),
    Fault.IN_FUTURE: N_("日期在今天之后"),
    Fault.UNKNOWN_CHOICE: N_("名称不在册"),
    Fault.SAME_NUMBER: N_("编号与前面一行相同，内容不同"),
    Fault.CUT_DIGITS: N_("表格把末几位数字截掉了；请把这一列的格式改为“文本”，重新填写这个号码"),
    Fault.ERROR_VALUE: N_("单元格是错误值，没有内容"),
    Fault.WRONG: N_("格式不对"),
    Fault.UNREAD_DOOR: N_("门牌看不懂：{text}"),
    Fault.OTHER_DOOR: N_("地址和旁边的门牌不一致：{text}"),
}

_NOUNS = {
    "person": N_("人员"), "household": N_("住户"), "need": N_("需求"), "visit": N_("走访"), "volunteer": N_("志愿者"),
    "service_order": N_("订单"), "placement": N_("岗位成员"), "thread_entry": N_("办理记录"), "merge": N_("归并"),
    "screening": N_("需求筛选"), "answer": N_("回音"), "unit_event": N_("单位经过"),
}  # fmt: skip
"""Tables as the import calls them; the others have the words of the audit log."""


def nouns_words(nouns: Mapping[str, int]) -> str:
    """Rows by table in words: 走访 3 条、需求 1 条."""
    named = ((_(_NOUNS.get(noun) or TABLES.get(noun, noun)), count) for noun, count in nouns.items())
    return side_by_side(_("{noun} {count} 条", noun=noun, count=count) for noun, count in named)


def sheet_words(bad: BadSheet) -> str:
    """Why a file was not read, and what to do."""
    values: dict[str, object] = {
        "megabytes": MOST_BYTES // 1024**2,
        "rows": MOST_ROWS,
        "columns": MOST_COLUMNS,
        "letters": MOST_CELL,
        "where": bad.where or "?",
    }
    return _(_SHEET[bad.trouble], **values)


def cell_words(fault: CellFault) -> str:
    """What is wrong with one cell, in few words."""
    return _(_CELL[fault.fault], most=fault.most, text=fault.text[:60])
