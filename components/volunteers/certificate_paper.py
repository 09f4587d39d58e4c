"""《志愿服务情况说明（内部）》: not the certificate of law, which the national platform alone gives."""

from docx.document import Document

from components.papers.replaceable import replaceable
from components.papers.word import RIGHT, Column, Paper, blank, built_in, form, headline, line, paper, table, when
from components.wording import _
from components.wording.dates import day, hours
from db.queries.volunteers.records import CertificatePaper

FIELDS = ("number", "volunteer_number", "name", "days", "time", "purpose")


@built_in
def _template() -> Document:
    document: Document = blank(size=13, line=22, margin=2.4, top=2.0)
    headline(document, _("志愿服务情况说明（内部）"))
    asked = (_("说明编号"), _("志愿者编号"), _("姓名"), _("服务日期"), _("服务时间"), _("用途"))
    form(document, [(label, f"{{{{ {name} }}}}") for label, name in zip(asked, FIELDS, strict=True)])
    table(
        document,
        "lines",
        [
            Column(_("日期"), "{{ row.on }}", 4.8),
            Column(_("服务内容"), "{{ row.what }}", 8.8),
            Column(_("小时"), "{{ row.hours }}", 2.2),
        ],
        size=12,
    )
    line(document, "{{ told }}", size=12, before=8, indent=True)
    when(document, "posted", "{{ posted }}", size=12, indent=True)
    line(document, _("出具单位（章）：{{ community }}"), size=13, before=14, align=RIGHT)
    line(document, _("负责人签字：____________　经办人：{{ issued_by }}"), size=13, align=RIGHT)
    line(document, "{{ contact }}", size=13, align=RIGHT)
    line(document, "{{ issued_on }}", size=13, align=RIGHT)
    return document


@replaceable("service_record")
def certificate_sheet(facts: CertificatePaper) -> Paper:
    """The sheet of an issued paper."""
    posted = ""
    if facts.posted_on is not None and facts.ends_on is not None:
        posted = _("公示期：{start}至{end}。", start=day(facts.posted_on), end=day(facts.ends_on))
    values: dict[str, object] = {
        "number": facts.number,
        "volunteer_number": facts.volunteer_number,
        "name": facts.name,
        "days": _("{start}至{end}", start=day(facts.since), end=day(facts.until)),
        "time": hours(facts.minutes),
        "purpose": facts.purpose,
        "lines": [{"on": day(one.on), "what": one.what, "hours": f"{one.minutes / 60:g}"} for one in facts.lines],
        "told": _(
            "以上时长只计已确认的实际服务时间，不含路途，谁记录谁负责。"
            "本说明供内部使用，正式志愿服务证明以全国志愿服务信息系统出具的为准。"
        ),
        "posted": posted,
        "community": facts.community,
        "issued_by": facts.issued_by,
        "contact": _("联系电话：{phone}", phone=facts.desk_phone) if facts.desk_phone else "",
        "issued_on": day(facts.issued_on),
    }
    return paper(_template(), values)
