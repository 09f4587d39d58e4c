"""The papers besides those of a meeting whose template can be replaced: title, use, a specimen of invented values."""

from collections.abc import Callable
from dataclasses import dataclass

from components.activities.calendar import month_paper
from components.activities.market_papers import helper_slips, stall_list, stall_signs
from components.activities.outing_papers import pair_list
from components.activities.papers import certificates
from components.activities.papers import notice as activity_notice
from components.activities.papers import record as activity_record
from components.activities.papers import sign_in_sheet as activity_sign_in
from components.admin.document_invented import DAY, invented
from components.commitments.board_paper import board_document
from components.commitments.pledge_paper import pledges_document
from components.commitments.receipt_paper import receipt
from components.commitments.review_papers import notices, registers, summary
from components.commitments.sheet_papers import birthday_cards, letters_document, sheets_document
from components.complaints.mediation import mediation_paper
from components.council.village import village_paper
from components.intake.poster_paper import poster_document
from components.kpi import Kpi
from components.orders.card_templates import card_template, card_values, slip_template, slip_values, small_card_template
from components.orders.slip_paper import order_slip
from components.papers.field_names import ACTIVITY, PROJECT
from components.papers.own import own_templates
from components.papers.word import Paper, paper
from components.progress.month_paper import month_report
from components.projects.defence_papers import judges_sheets
from components.projects.defence_papers import result_sheet as defence_results
from components.projects.papers import acceptance_sheet, project_sheet, scoring_sheet
from components.results.board import results_paper
from components.results.circle import circle_paper
from components.results.diary_papers import diary_paper
from components.results.public import poster as progress_poster
from components.results.words import Told
from components.rota.papers import call_template, call_values, week_template, week_values
from components.units.papers import year_sheet
from components.volunteers.certificate_paper import certificate_sheet
from components.wording import N_, _
from db.queries.activities.activities import Dated
from db.queries.activities.market import MarketFacts
from db.queries.activities.outing import OutingFacts
from db.queries.activities.page import ActivityFacts, OnPaper, QuoteRow, SessionRow
from db.queries.commitments.birthdays import BirthdayList
from db.queries.commitments.letters import Letter
from db.queries.commitments.pledges import Pledge
from db.queries.commitments.quarter import SheetRow
from db.queries.commitments.review import ReviewCard, ReviewedRow
from db.queries.commitments.wall import WallMember
from db.queries.complaints.mediation import MediationFacts
from db.queries.council.village import StepRecord, VillageFacts
from db.queries.intake.posters import PosterPaper
from db.queries.orders.page import OrderFacts
from db.queries.orders.pairings import CardHome
from db.queries.progress.month import MonthFigures
from db.queries.projects.acceptance import Record, Round
from db.queries.projects.defence import DefenceFacts, EntryRow, JudgeRow
from db.queries.projects.duties import DutyRow
from db.queries.projects.indicators import Goal
from db.queries.projects.page import ProjectHead, RiskRow, SourceRow
from db.queries.projects.page import StepRow as Milestone
from db.queries.results.circle import Circle
from db.queries.results.diary import Entry
from db.queries.results.public import CodeRow
from db.queries.rota.rotas import GridSlot, RotaFacts
from db.queries.rota.slots import Named
from db.queries.units.units import GivenRow, UnitCard
from db.queries.volunteers.records import CertificatePaper
from db.terms import PoliticalDay, PosterKind, ResultFigure, SheetState

ADDRESS = "http://yiqilai.example"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document. `make` gives it with invented values in our own template."""

    title: str
    about: str
    make: Callable[[], Paper]
    must: tuple[str, ...] = ()
    """Fields without which the document is not what its name says; `a|b` wants one of the two."""

    def specimen(self, own: bytes | None) -> bytes:
        """A printed specimen in the template given, or in ours."""
        with own_templates(lambda _kind: own):
            return self.make()()

    def built_in(self) -> bytes:
        """Our own template."""
        return self.make().our_own


def _card() -> dict[str, object]:
    home = CardHome(1, 1, _("示例社区"), "0000-0000000", _("3 号楼 2 单元"), False, (_("示例单位"),))
    return card_values(home, home.label, [(_("成员{n}", n="01"), _("示例文字"), "0000-0000000")])


def _answer() -> dict[str, object]:
    home = CardHome(1, 1, _("示例社区"), "0000-0000000", _("3 号楼 2 单元"), False, ())
    matter = (_("楼道灯更换"), _("已办结"), _("示例文字"), "2026-001")
    return slip_values(home, home.label, _("示例文字"), [matter], DAY)


def _activity() -> tuple[ActivityFacts, list[SessionRow]]:
    return invented(ActivityFacts, asked=10, satisfied=9), [invented(SessionRow, on=DAY)]


def _village() -> VillageFacts:
    return invented(VillageFacts, rule=None, records=(invented(StepRecord, rule=None, round=1),))


def _defence() -> DefenceFacts:
    return invented(DefenceFacts, entries=(invented(EntryRow, sheets=()),))


def _calendar() -> Paper:
    return month_paper(DAY.replace(day=1), [invented(Dated, on=DAY)], several=False)


def _attendance() -> Paper:
    facts, sessions = _activity()
    return certificates(facts, sessions, [OnPaper(_("成员{n}", n="01"), frozenset({sessions[0].id}))])


def _review() -> tuple[ReviewCard, list[ReviewedRow]]:
    card = invented(ReviewCard)
    return card, list(card.members)


def _rota() -> dict[str, object]:
    facts, slot = invented(RotaFacts), invented(GridSlot)
    return week_values(facts, [slot], [invented(Named, slot_id=slot.id)], DAY)


def _wall(*, large: bool) -> Paper:
    return board_document([invented(WallMember)], _("示例社区"), ADDRESS, on=DAY, large=large)


def _poster(kind: PosterKind) -> Paper:
    return poster_document(invented(PosterPaper, kind=kind), ADDRESS)


def _month() -> Paper:
    months = [MonthFigures(DAY.replace(month=month, day=1), *range(4, 12)) for month in range(1, 7)]
    return month_report(months, community=_("示例社区"), today=DAY.replace(month=7, day=1))


PAPERS: dict[str, Kind] = {
    "village": Kind(N_("“四议两公开”工作记录表"), N_("四议两公开逐步记录，签字存档。"),
                    lambda: village_paper(_village()), ("steps", "signatures")),
    "mediation": Kind(N_("协调会（沟通会）记录"), N_("投诉协调会的各方、共识和整改。"),
                      lambda: mediation_paper(invented(MediationFacts)), ("facts", "text", "agreed")),
    "project": Kind(N_("项目立项表"), N_("项目立项时打印，负责人签字。"),
                    lambda: project_sheet(invented(ProjectHead), [invented(Goal)], [invented(Milestone)],
                                          [invented(RiskRow)], [invented(SourceRow)], [invented(DutyRow)]),
                    (PROJECT, "aims")),
    "scoring": Kind(N_("验收评分表"), N_("评委手写打分用。"),
                    lambda: scoring_sheet(invented(ProjectHead), invented(Round), [invented(Goal)]),
                    ("facts", "scored")),
    "acceptance": Kind(N_("项目验收表"), N_("验收结论，附目标、得分和佐证。"),
                       lambda: acceptance_sheet(invented(ProjectHead), invented(Round), invented(Record),
                                                [invented(Goal)]), ("facts", "text", "scored")),
    "judges": Kind(N_("答辩评委评分表"), N_("书记项目答辩，每位评委一页。"),
                   lambda: judges_sheets(_defence(), [invented(JudgeRow)]), ("pages", "projects")),
    "defence": Kind(N_("答辩结果"), N_("书记项目答辩的平均分，按出场顺序。"),
                    lambda: defence_results(_defence()), ("results",)),
    "dispatch": Kind(N_("志愿服务派遣受理回复单"), N_("随志愿者上门，双方签字。"),
                     lambda: order_slip(invented(OrderFacts)), ("number", "service", "for_whom", "helper")),
    "contact": Kind(N_("便民联系卡"), N_("写明找谁、打哪个电话；一户一张纸，印八张同样的小卡，裁开使用。"),
                    lambda: paper(small_card_template(), _card(), kind="contact"), ("helpers", "desk_phone")),
    "contact_large": Kind(N_("便民联系卡（大字）"), N_("给老人的大字版，一页一张。"),
                          lambda: paper(card_template(), _card(), kind="contact_large"), ("helpers", "desk_phone")),
    "answer": Kind(N_("回音单"), N_("把一户反映的事逐件答复。"),
                   lambda: paper(slip_template(), _answer(), kind="answer"), ("matters", "state", "result")),
    "order_poster": Kind(N_("点单海报"), N_("张贴在楼道，扫码点单。"), lambda: _poster(PosterKind.ORDER),
                         ("qr", "address", "desk_phone")),
    "report_card": Kind(N_("随手报专属码"), N_("给骑手和巡查员的小卡片。"), lambda: _poster(PosterKind.REPORT),
                        ("qr", "address")),
    "service_record": Kind(N_("志愿服务情况说明（内部）"), N_("志愿者申请的服务时长说明。"),
                           lambda: certificate_sheet(invented(CertificatePaper)),
                           ("name", "time", "told", "community", "issued_on")),
    "rota": Kind(N_("排班表"), N_("一周的班次和人员，A4、A3 共用。"),
                 lambda: paper(week_template(), _rota(), kind="rota"), ("rows", "who")),
    "rota_call": Kind(N_("招募启事"), N_("为排班招募志愿者，张贴用。"),
                      lambda: paper(call_template(), call_values(invented(RotaFacts)), kind="rota_call"),
                      ("title", "text")),
    "activity_notice": Kind(N_("活动通知"), N_("告诉居民什么活动、怎么报名。"),
                            lambda: activity_notice(*_activity(), ADDRESS), (ACTIVITY, "plan")),
    "activity_record": Kind(N_("活动记录表"), N_("活动结束后存档。"),
                            lambda: activity_record(*_activity(), 3, [invented(QuoteRow)]),
                            (ACTIVITY, "came")),
    "activity_sign_in": Kind(N_("活动签到表"), N_("活动现场签名用。"),
                             lambda: activity_sign_in(*_activity(), [invented(OnPaper)]), ("people",)),
    "attendance": Kind(N_("参加证明"), N_("参加活动的证明，每人一页。"), _attendance, ("people", "to", "text", "on")),
    "calendar": Kind(N_("活动月历"), N_("一个月的活动，张贴用。"), _calendar, ("month",)),
    "pairs": Kind(N_("结伴名单"), N_("外出活动的老人与陪访人。"),
                  lambda: pair_list(invented(OutingFacts), {3: "139 0000 2222"}), ("pairs",)),
    "stalls": Kind(N_("摊位表"), N_("集市各摊位的项目和服务者。"),
                   lambda: stall_list(invented(MarketFacts), {}), ("stalls",)),
    "stall_signs": Kind(N_("摊位牌"), N_("集市每个摊位一张。"),
                        lambda: stall_signs(invented(MarketFacts)), ("stalls", "item")),
    "stall_slips": Kind(N_("摊位计数条"), N_("给摊位志愿者扫码计数。"),
                        lambda: helper_slips(invented(MarketFacts), {}, ADDRESS), ("slips", "qr")),
    "pledge": Kind(N_("党员公开承诺书"), N_("每位党员一页，本人签字，支部写审核意见。"),
                   lambda: pledges_document([invented(Pledge)], 2026), ("pages", "rows", "what")),
    "wall_a3": Kind(N_("承诺墙（A3）"), N_("党员承诺上墙，横版 A3。"), lambda: _wall(large=True), ("rows", "what")),
    "wall_a4": Kind(N_("承诺墙（A4）"), N_("党员承诺上墙，竖版 A4。"), lambda: _wall(large=False), ("rows", "what")),
    "quarter": Kind(N_("季度亮绩表"), N_("党员季度亮绩，张贴用。"),
                    lambda: sheets_document([invented(SheetRow, state=SheetState.POSTED)], _("示例社区"), DAY),
                    ("title", "sheets")),
    "birthday": Kind(N_("政治生日贺卡"), N_("当月政治生日的党员，每人一页。"),
                     lambda: birthday_cards(invented(BirthdayList), next(iter(PoliticalDay))), ("pages", "lines")),
    "reminder": Kind(N_("承诺提醒"), N_("到期、漏记的承诺，每人一页。"),
                     lambda: letters_document([invented(Letter)], DAY), ("pages", "lines")),
    "review_register": Kind(N_("民主评议党员登记表"), N_("年度民主评议，每人一页。"),
                            lambda: registers(*_review(), {}), ("pages", "name", "graded")),
    "review_summary": Kind(N_("民主评议党员汇总表"), N_("支部的评议结果，按姓名排列。"),
                           lambda: summary(_review()[0]), ("members",)),
    "review_notice": Kind(N_("民主评议结果反馈通知"), N_("评议结果通知本人，每人一页。"),
                          lambda: notices(*_review()), ("pages", "title", "lines", "foot")),
    "unit_year": Kind(N_("共建单位年度贡献表"), N_("送给共建单位的年度记录。"),
                      lambda: year_sheet(invented(UnitCard), 2026, [invented(GivenRow)]), ("given",)),
    "figures": Kind(N_("服务成效表"), N_("成效页面的数字和口径。"),
                    lambda: results_paper({next(iter(ResultFigure)): Told(invented(Kpi), _("示例文字"))},
                                          _("示例社区"), "2026"), ("figures", "text")),
    "circle": Kind(N_("15 分钟服务圈表"), N_("覆盖率、缺口和阵地。"),
                   lambda: circle_paper(invented(Circle), _("示例社区")), ("communities",)),
    "diary": Kind(N_("服务日记"), N_("审核通过的日记，供发布。"),
                  lambda: diary_paper(invented(Entry)), ("title", "text")),
    "progress_poster": Kind(N_("公开进度海报"), N_("居民扫码看本季度进度。"),
                            lambda: progress_poster(invented(CodeRow), ADDRESS), ("qr", "address")),
    "month": Kind(N_("办事月报"), N_("一个月的数字，一页，附六个月的图。"), _month, ("rows", "community", "made")),
    "visit_code": Kind(N_("评诺小票"), N_("交给服务过的居民，扫码评一次。"),
                       lambda: receipt("ABCD2345", ADDRESS, what=_("示例文字"), on=DAY, until=DAY), ("qr", "code")),
}  # fmt: skip
"""In the order of `TEMPLATE_KINDS`, after those of a meeting."""
