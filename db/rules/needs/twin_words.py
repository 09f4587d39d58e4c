"""The trade's words for what needs are about: things (路灯, 电梯…) and what is the matter with them (坏, 少, 吵…).

Two needs about another thing are seldom the same need, however alike their sentences are. A row: the name, then the
words that speak of it, dialect and everyday speech included. Words of two and more characters are also known by
their sound, because homophones are the usual slip of Chinese input.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache

Say = Callable[[str], tuple[str, ...]]
"""Gives the syllables of a text."""

THINGS = """
楼道灯 楼道灯 楼道的灯 楼道里的灯 楼梯灯 声控灯 感应灯 楼道没有灯 楼道照明 摸黑 楼道里灯
路灯 路灯 散步看不 路黑 主路上黑 黑灯瞎火
电梯 电梯 爬不动 爬楼
垃圾 垃圾
停车 停车位 停车 车位 泊位 停不进 没位子
消防通道 消防通道 救护车 消防车进
充电 充电 充电桩 冲电
飞线 飞线 拉电线 接线板
上楼充电 推进楼道 拿上楼 扛上楼 上楼充电 楼道里有电动车 楼道停电瓶车 楼道里停电瓶车
杂物 杂物 纸箱 纸板箱 旧家具 废品 堆放
漏水 漏水 渗水 滴水 天花板 漏脱 漏雨
空调 空调
下水道 下水道 阴沟 返水 管道堵 污水 化粪池
积水 积水 变河 冒水
狗绳 牵绳 栓绳 拴绳 绳子
狗粪 狗粪 狗屎 粪便
狗叫 狗叫
猫 流浪猫 野猫
鸟禽 鹅叫 鸡叫 鸽子
油烟 油烟 排烟
广场舞 广场舞 跳舞 音箱 音响
装修 装修 电钻 敲墙
麻将 麻将 棋牌
楼上声音 拖凳子 桌椅 走路声
邻居声音 打游戏 大喊
健身 健身 锻炼器 单杠 运动器
滑梯 滑梯 游乐 沙坑
凉亭 凉亭 亭子 长廊 廊架
树 树 修剪 挡光 遮光
草 草坪 草地 绿化
种菜 种菜 浇粪
单元门 单元门 门禁 大门坏 门坏 刷卡 刷不开 门关不
对讲 对讲
监控 监控 摄像头
快递 快递
外卖 外卖
凳子 凳子 长凳 长椅 石凳 座椅 歇脚 没地方坐 没处坐
晾衣 晾衣 晾衣服 晒衣 晾晒
水质 自来水 水龙头 水发黄 发黄 锈味 铁锈
水压 水压 水太小 热水器 水小
停水 停水 停电
外墙 外墙 墙皮 墙面脱落
屋顶 屋顶 楼顶 顶楼
井盖 井盖
路面 路面 路不平 坑坑 坑太多 地砖 道砖
减速带 减速带
开门 天天锁 开放北门 开放小门 小门能不能开 锁着 绕路 绕一大圈 开小门
代买 买菜 代买 采购
聊天 聊天 讲讲话 说说话 讲话 陪聊 解闷
食堂 食堂
送餐 送餐 送饭 订餐 做饭
理发 理发 剪头
洗衣 洗衣 汰衣裳
血压 血压
体检 体检
手机 手机
微信 微信
手机挂号 挂号
付钱 付钱 付款 支付
拍照 拍照
电脑 电脑
诈骗 诈骗 骗子 防骗 骗去 被骗 上当 转账
健康课 健康讲座
托管 托管 没人带 没人接 没人管 没地方去 没人看
作业 作业没人
游泳 游泳
找工作 工作 失业 下岗 份工 就业
月嫂 月嫂 保姆
书法 书法
剪纸 剪纸
唱歌 唱歌 合唱
太极 太极
插花 插花
烘焙 烘焙
做菜 做菜
下棋 下棋 活动室 看报
大学 老年大学
租房 押金 房租 租客 房东
法律 法律
鞋柜 鞋柜
物业费 物业费 收费不透明 账目 收支 物业涨价 物业费涨
物业态度 态度
打扫 保洁 扫楼 打扫 积灰
老鼠 老鼠 灭鼠 蟑螂
白蚁 白蚁
水池 水池 池水 池子 鱼池
厕所 公厕 公共厕所
占道 占道 占用人行道
盲道 盲道
广告牌 广告牌
小广告 小广告
陪诊 陪诊 陪去医院 看病没人陪 陪看病
散步 散步没人陪
栏杆 栏杆 扶手
窗户 窗户玻璃
公交 公交
图书 图书
喷泉 喷泉
幼儿园 幼儿园
红绿灯 红绿灯
"""
ASPECTS = """
少 太少 不够 不足 紧张 多划 多装 增加 抢不到 没地方 找不到 停车难 没有车位 没位子 加一 多几 满
坏 坏 锈 松 断 裂 破 停运 失灵 脱落 没反应 关不 不工作 不响
臭 臭 异味 味
吵 吵 太响 噪 扰民 大喊 睡不着
贵 收费高 太贵 涨 太高
学 学 教 讲座 培训 课
漏 漏 渗 滴
"""


def _table(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((row[0], tuple(row[1:])) for row in (line.split() for line in text.split("\n")) if row)


_ASPECTS = _table(ASPECTS)
_THING_OF = {word: name for name, words in _table(THINGS) for word in words}


def _anywhere(words: Iterable[str]) -> "re.Pattern[str]":
    """Finds every word, the longest at each beginning, also where words overlap."""
    return re.compile("(?=(" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + "))")


_SEEN = _anywhere(_THING_OF)


@cache
def _by_sound(say: Say) -> tuple[dict[str, str], "re.Pattern[str]"]:
    """Things by the sound of their words of two and more characters."""
    sounds = {f" {' '.join(say(word))} ": name for word, name in _THING_OF.items() if len(word) > 1}
    return sounds, _anywhere(sounds)


def things(text: str, say: Say) -> frozenset[str]:
    """What a plain text speaks of; `say` gives its syllables."""
    sounds, heard = _by_sound(say)
    return frozenset(
        [_THING_OF[word] for word in _SEEN.findall(text)]
        + [sounds[sound] for sound in heard.findall(f" {' '.join(say(text))} ")]
    )


def aspects(text: str) -> frozenset[str]:
    """What is the matter, as far as the words say."""
    return frozenset(name for name, words in _ASPECTS if any(word in text for word in words))


IN_ONE_BUILDING = frozenset(
    ("楼道灯", "电梯", "上楼充电", "杂物", "漏水", "空调", "楼上声音", "邻居声音", "单元门", "对讲", "水压", "屋顶",
     "外墙", "下水道")
)  # fmt: skip
"""Things of a building: the same words from the next building speak of another lamp."""
