"""The seven figures on the screen: with n and period, and no number of people under five can be told."""

from datetime import date

import pytest

from components.screen.figures import figures_slides
from db.queries.results.figures import Matters, Opinions, Results
from db.rules.results.figures import Growth, Share
from db.rules.results.period import Period

YEAR = Period("2026", date(2026, 1, 1), date(2026, 3, 5), running=True)


def shown(**more: object) -> dict[str, tuple[str, str]]:
    """Name of a tile → what it says and its base."""
    values: dict[str, object] = {
        "participation": Share(47, 96), "before": Share(0, 0), "left": 0, "matters": Matters(30, 12, 3),
        "minutes": Growth(620 * 60, 1023 * 60), "opinions": Opinions(Share(90, 100), 120),
        "of_orders": Opinions(Share(0, 0), 0), "activities": 12, "orders": 48, "people": 35, "wishes": 48,
        "livelihood": Share(2, 3),
    }  # fmt: skip
    shown = figures_slides(Results(**values | more), YEAR)  # type: ignore[arg-type]
    assert {slide["note"] for slide in shown} == {"2026 年至今；人数不足 5 的写作“<5”"}
    assert [len(slide["rows"]) for slide in shown] == [4, 3]
    return {tile["name"]: (tile["value"], tile["base"]) for slide in shown for tile in slide["rows"]}


def test_all_seven_stand_with_their_n() -> None:
    assert shown() == {
        "党员参与率": ("49%", "n=96"),
        "解决问题（件）": ("30", "n=45"),
        "服务时长同比": ("+65%", "去年同期 620 小时"),
        "群众满意率": ("90%", "n=100"),
        "服务场次（场）": ("60", "活动 12，订单 48"),
        "受益居民（户）": ("35", "心愿 48 个"),
        "党员领办民生项目（个）": ("2", "n=3"),
    }


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Share(4, 96), ("<5", "n=96")),
        (Share(0, 96), ("<5", "n=96")),
        (Share(2, 3), ("<5", "n<5")),
        (Share(18, 20), ("≥80%", "n=20")),
        (Share(20, 20), ("≥80%", "n=20")),
        (Share(15, 20), ("75%", "n=20")),
        (Share(0, 0), ("暂无数据", "")),
    ],
)
def test_neither_those_in_a_share_nor_those_outside_can_be_told_under_five(share: Share, said: tuple[str, str]) -> None:
    assert shown(participation=share)["党员参与率"] == said
    assert shown(opinions=Opinions(share, 200))["群众满意率"] == said


def test_few_households_are_hidden() -> None:
    assert shown(people=4, wishes=4)["受益居民（户）"] == ("<5", "心愿 <5 个")
