"""What the front door (README) shows of doors, orders, complaints and files, seen by people; kept when asked for."""

from collections.abc import Iterator

import pytest

from tests.journeys.stage import Stage, stage_in

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("front")) as ready:
        yield ready


def test_a_worker_sees_the_door_in_hand_with_three_ways_to_note_it(stage: Stage) -> None:
    stage.person("shegong1").go("rounds").sees("未遇", "见到", "电话").picture("rounds-phone")


def test_a_helper_sees_what_is_asked_and_why(stage: Stage) -> None:
    stage.person("zhiyuan1").go("my-orders").sees("请您去", "为什么请您").picture("my-orders-phone")


def test_whoever_dispatches_sees_the_next_step_and_the_reasons(stage: Stage) -> None:
    order = stage.ask(
        "select id from service_order where community_id = 1 and state = 'taken' and restricted = 0"
        " and wanted_on is not null order by id desc limit 1"
    )[0][0]

    stage.person("shuji").go(f"order?id={order}").sees("下一步", "派给谁").picture("order", height=1000)


def test_the_trend_says_how_many_before_and_after(stage: Stage) -> None:
    stage.person("shuji").go("complaint-trend").sees("之前，每月平均", "之后，每月平均").picture("trend")


def test_a_form_of_the_subdistrict_is_looked_at_before_it_leaves(stage: Stage) -> None:
    stage.person("shuji").go("forms").sees("交哪张表", "下载").picture("forms", height=1000)
