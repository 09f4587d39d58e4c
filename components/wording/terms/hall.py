"""Words of the tables and permissions that serve every area."""

from components.wording import N_

TABLES: dict[str, str] = {
    "photo": N_("照片"),
    "export": N_("导出"),
}

PERMISSIONS: dict[str, str] = {
    "add_photo": N_("添加照片"),
    "see_photo": N_("看照片"),
    "unmask": N_("查看原值"),
    "export": N_("导出"),
}
