"""The whole chain by clicks: from a knock on a door to an accepted project and an answer at the same door.

Worker and council member hold a phone, the secretary sits at a desk, a display hangs in the meeting room. The chapters
are one story: each goes on where the one before ended, and weeks pass between them.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from db.terms import AnswerState, NeedStage, ProjectState
from tests.journeys.stage import Stage, chapter, stage_in

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

WORDS = "小区中间的凉亭顶漏雨，一下雨地上全是水，老人没处坐"
SAME_AGAIN = "凉亭顶漏雨好久了，下雨地上全是水，想坐一会儿都不行"
MOTION = "翻修中心凉亭顶棚，更换防水瓦120片，费用不超过8000元。"
PROJECT = "柳林小区凉亭翻修"
ANSWER = "凉亭顶棚已经翻修好了，下雨天也能坐。"

_stopped: list[str] = []


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    _stopped.clear()
    with stage_in(tmp_path_factory.mktemp("chain")) as stage:
        yield stage


@pytest.fixture(autouse=True)
def _story(request: pytest.FixtureRequest) -> Iterator[None]:
    with chapter(request, _stopped):
        yield


# --- the door ---------------------------------------------------------------------------------------------------------


def log_at_a_door(stage: Stage, building: str, words: str) -> str:
    """A visit on the phone with one need; returns the need's number."""
    worker = stage.person("shegong1").go("visit")
    worker.choose("小区或地点", "柳林小区").choose("楼栋", building).choose("单元", "1单元").choose("室")
    worker.pick("见到").submit("保存走访", "走访已保存")
    worker.fill("居民原话", words).pick("设施维修·安全").pick("小区").number("大约影响多少人", 300)
    worker.submit("登记需求", "已记下")
    ((number,),) = stage.ask("select number from need order by id desc limit 1")
    return str(number)


def test_a_worker_logs_a_need_at_a_door_with_one_hand(stage: Stage) -> None:
    stage.noted["need"] = log_at_a_door(stage, "3幢", WORDS)

    stage.person("shegong1").sees("刚登记的需求", "今天 1 户")


def test_the_same_words_behind_another_door_become_one_need_with_two_households(stage: Stage) -> None:
    log_at_a_door(stage, "5幢", SAME_AGAIN)

    worker = (
        stage.person("shegong1")
        .sees("可能和以下需求是同一件事", "用词相近")
        .picture("visit-phone", at="可能和以下需求")
    )
    worker.submit("就是同一件事", "现在 2 户")


# --- register and screening -------------------------------------------------------------------------------------------


def test_the_secretary_signs_the_week_a_week_later_and_everybody_is_still_signed_in(stage: Stage) -> None:
    monday = stage.today() - timedelta(days=stage.today().weekday())
    week = f"（{monday.month}/{monday.day}—"
    secretary = stage.person("shuji").go("register").choose("登记周", week).sees(stage.noted["need"])
    stage.wait_until(stage.today() + timedelta(days=7))

    secretary.go("register").choose("登记周", week).sees(stage.noted["need"])
    secretary.click("签字，转入筛选").submit("确认签字", "本周登记已签")


def score(stage: Stage, username: str, feasibility: int, reason: str) -> None:
    scorer = stage.person(username).go("screening").pick("评分中").open_row(stage.noted["need"])
    scorer.number("需求量（0–30）", 20).number("影响面（0–35）", 29).number("可行性（0–35）", feasibility)
    scorer.fill("理由", reason).submit("提交评分", "您的评分已保存")


def test_two_people_score_without_seeing_each_other_and_the_need_goes_to_the_council(stage: Stage) -> None:
    secretary = stage.person("shuji").go("screening").pick("待筛选").open_row(stage.noted["need"])
    secretary.submit("开始一轮评分").sees("第 1 轮评分")
    score(stage, "shuji", 31, "楼组长摸底，沿湖八十多户都想修，物业愿意配合")
    secretary.sees("您给了", "还要一位同事评分").sees_no("建议：")
    score(stage, "shegong1", 32, "经费不多，两个月能做完")

    secretary.go("screening").pick("待分流").open_row(stage.noted["need"]).sees("建议：提交议事会")
    secretary.picture("screening", height=1180)
    secretary.pick("提交议事会").fill("理由", "涉及全小区，请议事会定方案")
    secretary.submit("确定分流", "已分流")


# --- the council ------------------------------------------------------------------------------------------------------


def test_the_secretary_calls_a_meeting_with_the_need_on_its_agenda(stage: Stage) -> None:
    secretary = stage.person("shuji").go("meetings").click("新建会议")
    secretary.fill("会议名称", "凉亭翻修专题议事会").submit("新建会议", "会议已建好")
    secretary.open_row("凉亭翻修专题议事会").choose("待上会的需求", stage.noted["need"]).fill("动议", MOTION)
    secretary.submit("列入议程", "已列入议程").sees(MOTION)
    secretary.pick("列入其他事项").fill("议题名称", "凉亭使用公约").fill("动议", "凉亭每天 22 点后保持安静。")
    secretary.fill("提议人", "街道").submit("列入议程", "已列入议程")
    secretary.submit("通知已发出", "应到 16 人")
    stage.noted["meeting"] = secretary.page.url.rsplit("id=", 1)[1].split("&")[0]


def test_fourteen_of_sixteen_come_and_the_light_turns_green(stage: Stage) -> None:
    stage.wait_until(stage.today() + timedelta(days=5))
    screen = stage.person("pingmu").sees("柳林社区")  # on every slide of the rotation
    secretary = (
        stage.person("shuji")
        .go(f"meeting?id={stage.noted['meeting']}")
        .click("宣布开会")
        .submit("现在就开会", "会议开始")
    )

    members = [name for (name,) in stage.ask("select name from body_member where body_id = 1 order by id")]
    secretary.pick("签到").tick(members[:14]).submit("保存签到", "应到 16，实到 14").sees("到会有效")
    screen.sees("凉亭翻修专题议事会")


def count(stage: Stage, who: str, teller: str, name: str) -> None:
    person = stage.person(who).go(f"meeting?id={stage.noted['meeting']}").pick("议题")
    person.pick(teller).fill("姓名", name).number("赞成", 8).number("反对", 4).number("弃权", 2)
    person.submit("报数")


def test_hands_are_counted_twice_and_the_room_sees_the_result_when_the_chair_reveals_it(stage: Stage) -> None:
    screen, secretary = stage.person("pingmu"), stage.person("shuji").go(f"meeting?id={stage.noted['meeting']}")
    secretary.pick("议题").submit("开始讨论", "开始讨论")
    secretary.fill("要点", "先修顶，座椅明年再换").submit("记录", "已记录")
    secretary.submit("举手表决", "开始举手表决")
    screen.sees("请举手", "应到 16 · 实到 14 · 需 11，到会有效")
    count(stage, "shegong1", "计票人", "孟舒")
    screen.sees("1 / 2").sees_no("8票")
    count(stage, "yishi1", "监票人", "卢平")

    secretary.go(f"meeting?id={stage.noted['meeting']}").submit("宣布结果", "表决结果：通过")
    screen.sees("等待主持人宣布结果").sees_no("赞成 8 票")
    secretary.picture("chair")
    secretary.submit("在大屏上公布这个结果", "大屏已公布结果")
    screen.sees("赞成 8 票、反对 4 票、弃权 2 票", "通过").picture("screen-result")


def test_a_member_votes_by_name_on_a_phone_and_others_are_entered_as_they_say_it(stage: Stage) -> None:
    secretary = stage.person("shuji").go(f"meeting?id={stage.noted['meeting']}").pick("议题")
    secretary.submit("开始讨论", "开始讨论").unfold("其他表决方式").pick("线上记名表决")
    secretary.submit("开始表决", "开始记名表决")
    member = stage.person("yishi1").go("vote").sees("凉亭每天 22 点后保持安静。")
    member.pick("赞成").submit("确认赞成", "已记下您的表决").sees("您已表决：赞成")
    secretary.unfold("代录没有账号的成员").choose("成员（当场口头表示）").pick("赞成").submit("代录这一票", "已代录")
    stage.person("pingmu").sees("已投 2 / 14")

    secretary.submit("截止表决", "表决已截止").submit("宣布结果", "表决结果：未通过")
    secretary.sees("12 人未投票").pick("结果").click("宣布闭会").submit("现在闭会", "已闭会")


# --- the notice -------------------------------------------------------------------------------------------------------


def test_the_result_hangs_for_five_working_days(stage: Stage) -> None:
    secretary = stage.person("shuji").go("notices").choose("待公示的议题", "凉亭翻修专题议事会")
    secretary.check("已核对，没有个人信息或可以公开").submit("开始公示", "已开始公示")
    ((notice, ends_on),) = stage.ask("select id, ends_on from notice order by id desc limit 1")
    stage.wait_until(date.fromisoformat(ends_on) + timedelta(days=1))

    secretary.go(f"notices?id={notice}").click("结束公示，转入立项").submit("确认结束公示", "公示已结束")


# --- the project ------------------------------------------------------------------------------------------------------


def test_the_secretary_turns_the_need_into_a_project_with_a_goal_and_an_opening(stage: Stage) -> None:
    leader = stage.ask("select name from account where username = 'duizhang1'")[0][0]
    secretary = stage.person("shuji").go("set-up").choose_several("来自哪些需求", [stage.noted["need"]])
    secretary.fill("项目名称", PROJECT).choose("负责人", leader)
    secretary.fill("要解决什么问题", "凉亭顶漏雨，雨天没处坐").fill("怎么做", "更换防水瓦，物业供料，志愿者搭手")
    secretary.fill("谁受益", "柳林小区居民").number("约多少人", 300).number("预算（元）", 8000)
    secretary.submit("立项", "已立项").sees(PROJECT)
    stage.noted["project"] = secretary.page.url.rsplit("id=", 1)[1].split("&")[0]


def test_the_leader_sets_a_goal_and_looks_for_people(stage: Stage) -> None:
    leader = stage.person("duizhang1").go(f"project?id={stage.noted['project']}")
    leader.fill("目标名称", "更换防水瓦").fill("单位", "片").number("起点", 0).number("目标值", 120)
    leader.submit("写下目标", "目标已写下")
    leader.pick("团队").fill("岗位", "凉亭搬运助手").number("几个人", 2).submit("发布岗位", "岗位已发布")


def test_one_volunteer_claims_a_place_in_two_taps_and_another_is_accepted(stage: Stage) -> None:
    volunteer = stage.person("zhiyuan1").go("openings").fill("找岗位", PROJECT)
    volunteer.open_row("凉亭搬运助手").submit("认领", "已认领").sees("我的岗位")
    other = stage.person("zhiyuan2").go("openings").fill("找岗位", PROJECT)
    other.open_row("凉亭搬运助手").submit("报名，等队长确认", "已报名")

    leader = stage.person("duizhang1").go(f"project?id={stage.noted['project']}").sees("有 1 位志愿者在等您答复")
    leader.pick("团队").pick("答复等候者").submit("答复", "已加入团队").sees("满员")
    leader.click("团队到位，开始实施").submit("开始实施", "项目开始实施")


def team_of(stage: Stage) -> list[str]:
    """The numbers of those in the team, as the sheet names them."""
    return [
        number
        for (number,) in stage.ask(
            "select v.number from volunteer v join placement p on p.volunteer_id = v.id"
            " join opening o on o.id = p.opening_id where o.project_id = ? order by p.id",
            stage.noted["project"],
        )
    ]


def report(stage: Stage, title: str, people_served: int, reading: int) -> None:
    leader = stage.person("duizhang1").go(f"project?id={stage.noted['project']}").pick("活动").pick("安排活动")
    leader.fill("活动", title).fill("地点", "中心凉亭").submit("安排活动", "活动已安排")
    # Reported on the day after: shortly after midnight nobody can have served two hours yet.
    stage.wait_until(stage.today() + timedelta(days=1))
    leader.go(f"project?id={stage.noted['project']}").pick("活动").pick("汇报活动")
    leader.fill("做了什么", title + "，瓦片按计划换上").number("服务了多少人次", people_served)
    leader.tick(team_of(stage))
    leader.number("“更换防水瓦”现在是多少", reading).submit("汇报完成", "已汇报")


def test_activities_move_the_goal_until_it_is_reached(stage: Stage) -> None:
    report(stage, "拆旧瓦", 40, 45)
    stage.wait_until(stage.today() + timedelta(days=4))
    report(stage, "铺新瓦", 60, 120)

    page = f"project?id={stage.noted['project']}&part=goals"
    stage.person("duizhang1").go(page).sees("目标都达到了", "100%")
    stage.person("jiedao").go(page).sees("100%").picture("project")


# --- acceptance and the answer ----------------------------------------------------------------------------------------


def judge(stage: Stage, username: str, files: int) -> None:
    judging = stage.person(username).go(f"acceptance?id={stage.noted['project']}")
    for part, points in (
        ("目标完成", 30),
        ("群众受益与满意度", 23),
        ("推进规范", 14),
        ("党员作用", 8),
        ("可持续与推广", 8),
    ):
        judging.number(part, points)
    judging.number("资料归档", files).fill("评分理由", "现场看过，凉亭不漏了").submit("提交评分", "评分已提交")


def test_three_judges_score_and_the_secretary_accepts_with_an_answer(stage: Stage) -> None:
    leader = stage.person("duizhang1").go(f"acceptance?id={stage.noted['project']}")
    leader.fill("佐证", "防水瓦 120 片全部换完，验收照片和发票存社区档案柜第三格。").submit("提交验收", "已提交验收")
    for username, files in (("shegong1", 8), ("yishi1", 9), ("shuji", 10)):
        judge(stage, username, files)

    secretary = stage.person("shuji").sees("优秀").fill("验收意见", "按期完成，居民满意").fill("给提出人的答复", ANSWER)
    secretary.submit("通过验收", "已通过验收")


def test_every_household_that_asked_gets_its_answer_and_then_the_need_closes(stage: Stage) -> None:
    worker = stage.person("shegong1")
    for words, last in ((WORDS[:10], False), (SAME_AGAIN[:10], True)):
        worker.go("answers").open_row(words).sees(ANSWER)
        worker.pick("上门").pick("很满意").submit("已回音", "已全部回音，销号" if last else "已回音，谢谢")

    ((need_id,),) = stage.ask("select id from need where number = ?", stage.noted["need"])
    secretary = stage.person("shuji").go(f"need?id={need_id}").sees("已回音")
    expect(secretary.page.locator(".steps li").filter(has_text="立项：")).to_have_count(1)
    secretary.picture("thread", height=1900)
    secretary.go("funnel").sees("需求漏斗").picture("funnel").go("needs").sees(stage.noted["need"]).picture("ledger")
    stage.person("pingmu").sees("柳林社区")


def test_what_the_screens_said_is_what_is_stored(stage: Stage) -> None:
    ((need_id, need_stage),) = stage.ask("select id, stage from need where number = ?", stage.noted["need"])
    given = stage.ask(
        "select a.state from answer a join need n on n.id = a.need_id where n.id = ? or n.merged_into_id = ?",
        need_id, need_id,
    )  # fmt: skip
    ((project_state,),) = stage.ask("select state from project where id = ?", stage.noted["project"])
    said = stage.run("verify")

    assert need_stage == NeedStage.CLOSED
    assert [state for (state,) in given] == [AnswerState.GIVEN, AnswerState.GIVEN]
    assert project_state == ProjectState.ACCEPTED
    assert said.strip()
    assert not [url for person in stage.people.values() for url in person.foreign]
