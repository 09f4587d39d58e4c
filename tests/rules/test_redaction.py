"""What residents' words hide, however it is written, and what they do not hide: two lists of 80 and more and of 100."""

import pytest

from db.rules.masking import PersonalKind, find_personal, redact

MOBILE, ID, CARD, LINE, ROOM = (
    PersonalKind.MOBILE,
    PersonalKind.ID_CARD,
    PersonalKind.BANK_CARD,
    PersonalKind.LANDLINE,
    PersonalKind.ROOM,
)

HIDDEN: list[tuple[PersonalKind, str]] = [
    (MOBILE, "138.0013.8000"), (MOBILE, "138．0013．8000"), (MOBILE, "138·0013·8000"), (MOBILE, "138•0013•8000"),
    (MOBILE, "138  0013  8000"), (MOBILE, "138　0013　8000"), (MOBILE, "138\u00a00013\u00a08000"),
    (MOBILE, "138\t0013\t8000"), (MOBILE, "138\n00138000"), (MOBILE, "1380013\r\n8000"), (MOBILE, "138\n0013\n8000"),
    (MOBILE, "138，0013，8000"), (MOBILE, "138,0013,8000"), (MOBILE, "138、0013、8000"), (MOBILE, "138/0013/8000"),
    (MOBILE, "138／0013／8000"), (MOBILE, "138_0013_8000"), (MOBILE, "138|0013|8000"), (MOBILE, "138~0013~8000"),
    (MOBILE, "138 - 0013 - 8000"), (MOBILE, "138—0013—8000"), (MOBILE, "138－0013－8000"), (MOBILE, "138--0013--8000"),
    (MOBILE, "1 3 8 0 0 1 3 8 0 0 0"), (MOBILE, "1.3.8.0.0.1.3.8.0.0.0"), (MOBILE, "1、3、8、0、0、1、3、8、0、0、0"),
    (MOBILE, "1380013.8000"), (MOBILE, "138.00138000"), (MOBILE, "1380 0138 000"), (MOBILE, "138.001.38000"),
    (MOBILE, "1、13800138000"), (MOBILE, "13800138000、13900139000"), (MOBILE, "13800138000张阿姨"),
    (MOBILE, "138)0013-8000"), (MOBILE, "138（0013）8000"), (MOBILE, "138；0013；8000"), (MOBILE, "138：0013：8000"),
    (MOBILE, "138。0013。8000"), (MOBILE, "138*0013*8000"), (MOBILE, "138=0013=8000"), (ID, "330203[19900101]1234"),
    (MOBILE, "+86 138.0013.8000"), (MOBILE, "0086-138-0013-8000"),
    (MOBILE, "86 138 0013 8000"), (MOBILE, "①③⑧⓪⓪①③⑧⓪⓪⓪"), (MOBILE, "１３８．００１３．８０００"),
    (MOBILE, "幺三八零零幺三八零零零"), (MOBILE, "幺三八，零零幺三，八零零零"), (MOBILE, "一三八〇〇一三八〇〇〇"),
    (MOBILE, "一三八 零零一三 八零零零"), (MOBILE, "一三八、〇〇一三、八〇〇〇"), (MOBILE, "壹叁捌零零壹叁捌零零零"),
    (MOBILE, "138零零幺三8000"), (MOBILE, "幺三八洞洞幺三八洞洞洞"), (MOBILE, "幺八八两两三三四四五五"),
    (MOBILE, "幺 三 八 零 零 幺 三 八 零 零 零"),
    (ID, "330203.19900101.1234"), (ID, "330203·19900101·1234"), (ID, "330203 1990 0101 1234"),
    (ID, "330203  19900101  1234"), (ID, "330203，19900101，1234"), (ID, "330203/19900101/123X"),
    (ID, "330203\n199001011234"), (ID, "３３０２０３．１９９００１０１．１２３Ｘ"), (ID, "330203.1990.01.01.1234"),
    (ID, "三三零二零三一九九零零一零一一二三四"), (ID, "三三〇二〇三，一九九〇〇一〇一，一二三四"),
    (ID, "330203.900101.123"),
    (CARD, "6222.0212.3456.7890.128"), (CARD, "6222,0212,3456,7890,128"), (CARD, "6222  0212  3456  7890  128"),
    (LINE, "0574.87654321"), (LINE, "0574  8765  4321"), (LINE, "0574、87654321"), (LINE, "零五七四，八七六五四三二一"),
    (ROOM, "3#501"), (ROOM, "3＃501"), (ROOM, "3#楼501"), (ROOM, "3#2单元501"), (ROOM, "3-501"), (ROOM, "3－501"),
    (ROOM, "12-1203"), (ROOM, "3#2-501"), (ROOM, "3 - 501"), (ROOM, "3幢2单元5楼东户"), (ROOM, "3幢5楼西边户"),
    (ROOM, "5楼东户"), (ROOM, "二单元东户"), (ROOM, "3号楼东套"), (ROOM, "3幢东单元501"), (ROOM, "3幢5楼501"),
    (ROOM, "5楼501"), (ROOM, "3幢501户"), (ROOM, "三幢五〇一"), (ROOM, "七号楼四零一"), (ROOM, "7幢202-1"),
    (ROOM, "A座1203"), (ROOM, "88弄12号502室"),
    (ROOM, "3幢2梯501"), (ROOM, "3幢顶楼东户"), (ROOM, "三单元五楼左手边"), (ROOM, "顶楼西户"), (ROOM, "5楼右手那家"),
    (ROOM, "401房"), (ROOM, "0401号房"),
]  # fmt: skip

HARMLESS = [
    # days and times
    "2026年3月5日上午9时", "2026-03-05 14:20", "2026/3/5", "2026.03.05", "20260305", "二〇二六年三月五日",
    "3月5日—3月12日",
    "13:30-15:30", "上午8:30至11:30", "14:30—16:30，周三", "2026.01.05-2026.02.10", "一九九八年建成",
    "2019、2020、2021三年",
    "每月1、15日", "1、3、5、7日", "第48周", "1949、1978、2026", "3-15晚会", "11-29 14:30:05", "9.30前完成",
    "12.4宪法日",
    # rooms, doors and households counted
    "3幢36户", "7幢64户签字", "5幢120户居民", "3号楼2单元12户", "6间活动室", "调解室3间", "501户居民", "共1200户3600人",
    "3幢楼下路灯坏了", "5幢2单元3楼漏水", "3幢东侧绿化", "2单元门禁坏了", "二楼活动室", "3楼200平方米", "三幢三十六户",
    "12幢北面围墙", "1-8幢屋顶漏水", "3、5、7幢", "1#、2#楼外墙", "3#楼门口", "一期12幢", "3号楼东边路灯", "88弄门口",
    "二楼左手边是活动室", "3幢左手边的车位", "2号梯坏了", "顶楼东边漏水", "3幢顶楼平台", "底楼12间",
    "共120房源", "300房产证",
    # amounts
    "预算138000元", "138,000元", "1,380,013元", "13,800,138,000元", "150、2000、3000元", "每户100-120元", "20-300人",
    "5-110平方米", "3-501元", "共计15.5、16.8、17.25万元", "13.8万元", "1380.05元", "12.5%", "0.4%", "3.1415926",
    "补助1500、1800、2000元不等", "维修基金1860000.00元", "15.05、160.08、35元", "单价138.00元，共8套", "1200×800毫米",
    # laws and files
    "《民法典》第278条", "第二百七十八条", "法释〔2019〕15号", "国发〔2026〕3号", "浙民发〔2021〕58号",
    "民法典第278、281条",
    "物业管理条例第11-15条", "第3-101条", "GB 50180-2018", "JGJ/T 450-2018", "表3-101", "附件1-3", "第12页第3行",
    # lines of the state, orders, numbers of things
    "拨打12345", "12345、110、119、120", "拨打96116", "12345热线", "400-820-8820", "95598报修", "12315、12333、12348",
    "编号 NT-2026-0012", "CL-2026-0031", "工单20260305001", "订单号202603050012345", "单号SF1234567", "车牌浙B12345",
    "路灯杆号 0312", "井盖编号 A0123", "192.168.100.25", "版本1.13.2", "微信群2群、3群", "邮编315000",
    "比例138:13", "(13)8000元", "13:30:00", "第1条；第3条；第5条", "138*80=11040元",
    # meetings and votes
    "应到16人，实到12人", "赞成11票、反对1票", "第3届第12次会议", "12/16", "11:1", "三分之二以上",
    "3个议题、16位议事员",
    "一二三四五六七", "三三两两", "七零八落", "二三十位老人",
    "1、2、3、4、5、6、7、8、9、10、11、12", "满意度98、97、95、99、100",
]  # fmt: skip


def test_the_lists_are_as_long_as_they_say() -> None:
    assert len({text for _kind, text in HIDDEN}) >= 80
    assert len(set(HARMLESS)) >= 100


@pytest.mark.parametrize(("kind", "text"), HIDDEN)
@pytest.mark.parametrize("frame", ["{}", "请联系：{}，谢谢", "住户说（{}）。"])
def test_what_hides_in_a_resident_s_words_is_found(kind: PersonalKind, text: str, frame: str) -> None:
    written = frame.format(text)

    found = find_personal(written)

    assert [finding.kind for finding in found][:1] == [kind]
    assert not find_personal(redact(written)) or kind is ROOM
    assert text not in redact(written)


@pytest.mark.parametrize("text", HARMLESS)
@pytest.mark.parametrize("frame", ["{}", "请联系：{}，谢谢", "住户说（{}）。"])
def test_harmless_numbers_stay_as_they_are(text: str, frame: str) -> None:
    assert redact(frame.format(text)) == frame.format(text)


@pytest.mark.parametrize(
    "written",
    ["138（0013）8000", "138(0013)8000", "138*0013*8000", "138；0013；8000", "138:0013:8000", "33020319900307123Ⅹ",
     "3幢5楼东首", "3幢5楼中间户", "3幢五楼中间那户"],
)  # fmt: skip
def test_other_marks_between_digits_and_other_words_for_a_side_are_found(written: str) -> None:
    assert len(find_personal(f"请找{written}商量")) == 1


@pytest.mark.parametrize("harmless", ["二层中间的平台漏水", "3楼中间的窗户坏了", "预算138（增加13）元",
                                      "12:30:15(3)开始", "13:30-15:00:800人", "评分3*5*8"])  # fmt: skip
def test_the_middle_of_a_floor_and_figures_with_marks_are_nobodys(harmless: str) -> None:
    assert find_personal(harmless) == []
