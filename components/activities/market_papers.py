"""Papers of a market day: the list of stalls, a sign for each table, a slip with the tally's QR for each helper."""

from collections.abc import Mapping

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_BREAK
from docx.shared import Cm

from components.activities.market import stall_name
from components.activities.market_staff import times_words
from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import (
    CENTRE,
    HEAD,
    TITLE,
    Paper,
    blank,
    built_in,
    cell,
    drawn,
    grid,
    line,
    mark,
    paper,
    qr_picture,
)
from components.public_address import letters
from components.wording import _
from components.wording.dates import day
from db.queries.activities.market import HelperLine, MarketFacts
from db.rules.activities.market import spoken
from db.terms import VolunteerKind


@replaceable("stalls")
def stall_list(facts: MarketFacts, names: Mapping[int, str]) -> Paper:
    """One sheet of A4: number, item, who serves, what is needed. Whole names with a consent, else surnames."""
    table = [
        [
            str(stall.number),
            stall.item,
            "\n".join(_served_by(one, names) for one in stall.there) or "—",
            stall.material or "—",
            stall.description or "—",
        ]
        for stall in facts.live
    ]
    members = _("党员 {n} 名", n=facts.members)
    return plain_paper(
        _("{title}摊位表", title=facts.title),
        [
            _("{community}　{place}", community=facts.community, place=facts.place),
            _when(facts),
            _("摊位 {stalls} 个，服务者 {people} 人，其中{members}。全部免费。", stalls=len(facts.live),
              people=facts.helpers, members=members),
        ],
        [],
        [_("集市负责人：____________    安全员：____________")],
        Layout({"stalls": (1.3, 2.3, 6.4, 2.9, 2.9)}),
        stalls=([_("编号"), _("项目"), _("谁来服务"), _("所需物资"), _("说明")], table),
    )  # fmt: skip


def _when(facts: MarketFacts) -> str:
    return _("{day} {opens}–{closes}", day=day(facts.on), opens=spoken(facts.opens), closes=spoken(facts.closes))


def _served_by(one: HelperLine, names: Mapping[int, str]) -> str:
    mark_ = _("（党员）") if one.kind is VolunteerKind.PARTY_MEMBER else ""
    return f"{names.get(one.volunteer_id, one.name)}{mark_} {spoken(one.starts)}–{spoken(one.ends)}"


@built_in
def _sign_template() -> Document:
    """A sign that is read from five metres: number, item, free of charge."""
    document: Document = blank(size=20, line=30, margin=1.5, top=1.5, pages=False)
    mark(document, "for stall in stalls")
    line(document, "{{ stall.number }}", size=190, font=HEAD, align=CENTRE, spacing=230)
    line(document, "{{ stall.item }}", size=88, font=TITLE, align=CENTRE, spacing=120)
    line(document, "{{ stall.description }}", size=30, align=CENTRE, spacing=44)
    line(document, _("免 费"), size=60, font=HEAD, align=CENTRE, spacing=90)
    line(document, "{{ stall.where }}", size=20, align=CENTRE, spacing=30)
    mark(document, "if not loop.last")
    line(document, "").runs[0].add_break(WD_BREAK.PAGE)
    mark(document, "endif")
    mark(document, "endfor")
    return document


@replaceable("stall_signs")
def stall_signs(facts: MarketFacts) -> Paper:
    """A page for each stall."""
    where = f"{facts.title} · {day(facts.on)}"
    signs = [
        {"number": stall.number, "item": stall.item, "description": stall.description, "where": where}
        for stall in facts.live
    ]
    return paper(_sign_template(), {"stalls": signs})


@built_in
def _slip_template() -> Document:
    """Slips to cut apart, one a stall: who, when, and the code to count with."""
    document: Document = blank(size=13, line=20, margin=1.6, top=1.2, pages=False)
    mark(document, "for slip in slips")
    made = grid(document, 1, [5.4, 12.0])
    made.rows[0].height, made.rows[0].height_rule = Cm(5.6), WD_ROW_HEIGHT_RULE.AT_LEAST
    drawn(made.cell(0, 0), "{{ slip.qr }}")
    cell(made.cell(0, 1), "{{ slip.stall }}", size=20, font=HEAD)
    line(made.cell(0, 1), "{{ slip.people }}", size=13, spacing=20)
    line(made.cell(0, 1), "{{ slip.how }}", size=12, spacing=18, before=4)
    line(made.cell(0, 1), "{{ slip.address }}", size=12, spacing=17, before=4)
    line(document, "", size=4, spacing=6)
    mark(document, "endfor")
    return document


@replaceable("stall_slips")
def helper_slips(facts: MarketFacts, names: Mapping[int, str], address: str) -> Paper:
    """The slips of stalls that have an address; they are for helpers, never for a stall's front."""
    how = _("扫码打开计数页：来一位按一次 +1，多按了按 −1。没有网络照常按。只在本摊用，不给居民扫。")
    slips = [
        {
            "qr": qr_picture(f"{address}/m/{stall.code}", width=46),
            "stall": stall_name(stall),
            "people": "\n".join(_turn(one, names) for one in stall.there),
            "how": how,
            "address": letters(f"{address}/m/{stall.code}"),
        }
        for stall in facts.live
        if stall.code
    ]
    return paper(_slip_template(), {"slips": slips})


def _turn(one: HelperLine, names: Mapping[int, str]) -> str:
    return f"{_served_by(one, names)} · {times_words(one)}"


def has_slips(facts: MarketFacts) -> bool:
    """Whether any stall has an address to print."""
    return any(stall.code for stall in facts.live)
