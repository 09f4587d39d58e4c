"""Words of the area's tables and permissions."""

from components.wording import N_

TABLES: dict[str, str] = {
    "subdistrict": N_("街道"),
    "community": N_("社区"),
    "place": N_("地点"),
    "name_reading": N_("读音"),
    "holiday_override": N_("工作日调整"),
    "moved_period": N_("随工作日调整的期限"),
    "document_template": N_("文书模板"),
    "house_preset": N_("街道规则范本"),
}

PERMISSIONS: dict[str, str] = {
    "manage_settings": N_("管理设置"),
    "manage_templates": N_("管理文书模板"),
    "manage_presets": N_("管理规则范本"),
    "read_audit": N_("查阅操作记录"),
}
