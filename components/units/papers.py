"""What a unit gave in a year as one page of Word: no contact, no resident's name is in it."""

from collections import Counter
from collections.abc import Callable, Sequence

from components.file_button import file_button
from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import WORD, Paper
from components.wording import _, noted
from components.wording.dates import day
from components.wording.terms import term
from db.queries.units.units import GivenRow, UnitCard
from db.rules.permissions import Actor, Permission


@replaceable("unit_year")
def year_sheet(card: UnitCard, year: int, given: Sequence[GivenRow]) -> Paper:
    """共建单位年度贡献表."""
    homes = Counter(one.home for one in given)
    facts = [
        _("单位：{name}（{kind}）", name=card.name, kind=term(card.kind)),
        _("年度：{year} 年，共 {n} 次，支持 {homes} 个社区。", year=year, n=len(given), homes=len(homes)),
    ]
    lines = [
        [
            day(one.on),
            one.resource,
            f"{one.amount} {one.measure}",
            one.home,
            one.purpose,
            noted(one.words, _("已致谢")) if one.thanked else one.words,
        ]
        for one in given
    ]
    sums: Counter[tuple[str, str]] = Counter()
    for one in given:
        sums[one.resource, one.measure] += one.amount
    total = [[name, _("{n} 次", n=sum(one.resource == name for one in given)), f"{amount} {measure}"]
             for (name, measure), amount in sorted(sums.items())]  # fmt: skip
    return plain_paper(
        _("共建单位年度贡献表"),
        facts,
        [_("感谢贵单位对社区的支持。")],
        [_("社区（盖章）：____________    ____年__月__日")],
        Layout({"given": (4.0, 2.5, 1.8, 2.2, 2.3, 3.0), "total": (8.0, 3.4, 4.4)}),
        given=([_("日期"), _("资源"), _("数量"), _("社区"), _("用途"), _("效果")], lines),
        total=([_("资源"), _("次数"), _("合计")], total),
    )


def year_button(
    user: Actor, card: UnitCard, year: int, given: Sequence[GivenRow], record: Callable[[Actor], object]
) -> None:
    """The page is made when it is pressed; `record` writes down that it left the house."""
    sheet = year_sheet(card, year, given)

    def made(actor: Actor) -> bytes:
        content = sheet()
        record(actor)
        return content

    label = _("{year} 年贡献表（Word）", year=year)
    file_button(user, Permission.EXPORT, label, f"unit-{card.id}-{year}.docx", WORD, made, key=f"unit.year.{year}",
                icon=":material/description:")  # fmt: skip
