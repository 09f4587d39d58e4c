"""The words of the plain page `/m/<code>`, on which one hand counts at a stall."""

from components.wording import _
from components.wording.terms import term
from db.terms import QueueLength


def page_words() -> dict[str, str]:
    """Every text of the page by its name in `market_files`; placeholders are filled in on the phone."""
    return {
        "title": _("摊位计数"),
        "stall": _("{number} 号摊 {item}"),
        "hours": _("{title} · {opens}–{closes}"),
        "served": _("已服务（人次）"),
        "plus": _("来了一位"),
        "plus_five": _("来了五位"),
        "minus": _("多按了，减一"),
        "counted": _("刚才 {amount}"),
        "queue": _("现在排队"),
        "note": _("收摊小记"),
        "note_hint": _("例：磨刀石用完了，下次多带。不写姓名和电话"),
        "save_note": _("记下"),
        "noted": _("已记下"),
        "all_sent": _("全部已上传"),
        "unsent": _("待上传 {n} 条"),
        "no_network": _("没有网络，照常按，联网后自动上传"),
        "not_kept": _("这个浏览器不能保存：请保持联网，不要关闭页面。"),
        "loading": _("正在打开。第一次打开需要网络。"),
        "ahead": _("{day} 集市那天开始计数。现在可以先把这一页存到桌面。"),
        "closed": _("社区已经关账。之后上传的另记，由社区核对。"),
        "ended": _("这个计数地址已停用。请向社区要新的二维码。"),
        "left_over": _("还有 {n} 条没有上传，合计 {amount} 人次。请念给社区工作人员。"),
        "refused": _("有 {n} 条没有记下，请向社区核对人次。"),
        "try_again": _("再试一次"),
    }


def queue_words() -> list[list[str]]:
    """How long the queue is, each value with its word."""
    return [[one.value, term(one)] for one in QueueLength]
