"""Plain personal data is always masked, evasive mostly, clean comments hardly ever."""

import random

import pytest

from sqm.intake.words.masking import MASK, mask

PLAIN = (
    "请回电13812345678",
    "电话：139 0000 1234",
    "手机号138-1234-5678，谢谢",
    "+8613812345678",
    "+86 138 1234 5678",
    "0086-13812345678",
    "１３８１２３４５６７８",
    "call me 15912345678.",
    "13812345678/13987654321都可以",
    "打18612345678找我",
    "座机021-62345678",
    "(021)62345678",
    "0597-2234567转802",
    "021 6234 5678",
    "家里电话62345678",
    "（0597）2234567",
    "我的身份证310101199003077758",
    "身份证 31010119900307775X",
    "310101 19900307 7758",
    "身份证号310101900307775",
    "31010119900307775x",
    "卡号6222021234567890123",
    "6222 0212 3456 7890 123",
    "银行卡6222021234567890",
    "4392250012345678",
    "邮箱 zhang@example.com",
    "zhang.san+1@mail.example.com.cn",
    "联系ZHANG_3@163.com谢谢",
    "zhang＠example.com",
    "微信 wx_zhang2011",
    "QQ：123456789",
    "微信号：zhangsan_88",
    "wechat: zhang2011",
)
EVASIVE = (
    "一三八一二三四五六七八",
    "幺三八幺二三四五六七八",
    "1 3 8 1 2 3 4 5 6 7 8",
    "138.1234.5678",
    "138_1234_5678",
    "138*1234*5678",
    "１３８－１２３４－５６７８",
    "壹叁捌壹贰叁肆伍陆柒捌",
    "①③⑧①②③④⑤⑥⑦⑧",
    "138O0138OOO",
    "l38l2345678",
    "138\u200b1234\u200b5678",
    "1⃣3⃣8⃣1⃣2⃣3⃣4⃣5⃣6⃣7⃣8⃣",
    "𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖",
    "13八12三4567八",
    "138，1234，5678",
    "138、1234、5678",
    "(138)12345678",
    "138/1234/5678",
    "138 - 1234 - 5678",
    "zhang at example dot com",
    "zhang(at)example.com",
    "zhang[at]example[dot]com",
    "zhang 艾特 example 点 com",
    "zhang @ example . com",
    "3 1 0 1 0 1 1 9 9 0 0 3 0 7 7 7 5 8",
    "310101-19900307-7758",
    "三一零一零一一九九零零三零七七七五八",
    "6222-0212-3456-7890-123",
    "六二二二零二一二三四五六七八九零一二三",
    "138 12 34 56 78",
    "一 三 八 一 二 三 四 五 六 七 八",
    "1-3-8-1-2-3-4-5-6-7-8",
    "138~1234~5678",
    "幺叁捌12345678",
)
CLEAN = (
    "没有座位",
    "环境干净",
    "等了四十分钟",
    "办理很快，满意",
    "工号8866的小王态度差",
    "我是张伟，住中山路12号3楼",
    "没意见",
    "2011年6月5日上午10点30分去的",
    "2011-06-05 10:30办理",
    "套餐128元太贵，58元的呢",
    "打10086打了3次都占线",
    "100%满意",
    "100000分",
    "流量用了1024MB，还剩2048MB",
    "排队排到第138号",
    "一二三楼都没有座位",
    "三五分钟就办好了",
    "一共去了三次，等了一二十分钟",
    "订单号20110605123456789没人处理",
    "工单编号 2011060512345678 未回复",
    "1-10分我给8分",
    "从1999年用到2011年",
    "4G 5G 都慢",
    "iphone4 合约机 5299元",
    "账单 998.50 元，多扣 12.80 元",
    "营业时间8:30-17:30",
    "早上9点到11点 2个人 3个窗口",
    "http://127.0.0.1:8377/leak.png",
    "=cmd|'/c calc'!A0",
    "'); DROP TABLE survey;--",
    "<script>window.__xss=1</script>",
    "满意度 10,10,9,8",
    "上网速度 1.5 2.3 0.8 3.1 MB/s",
    "第一行\n第二行\n,第三行",
    "七八个人排队",
    "九五折优惠",
    "24小时自助厅",
    "积分 12345 分兑换",
    "看电视 IPTV 1080P 60帧",
    "一会儿说可以一会儿说不行",
    "一楼、二楼、三楼",
    "十五六分钟",
    "100元送100元",
    "good service, no queue at all",
    "waited at the counter for 20 minutes",
    "meet at noon. fine",
    "S001 最好",
)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_forms_are_always_masked(text: str) -> None:
    told = mask(text)
    assert MASK in told
    assert sum(character.isdigit() for character in told) <= 3
    assert "@" not in told and "wx_" not in told and "zhang" not in told.casefold()


def test_evasive_forms_are_mostly_masked() -> None:
    missed = [text for text in EVASIVE if MASK not in mask(text)]
    assert len(missed) <= 0.1 * len(EVASIVE), missed


NAMES = (
    ("王先生态度差", "***先生态度差"),
    ("对李先生不礼貌，对方先生也是", "对***先生不礼貌，对方先生也是"),
    ("欧阳女士很热情", "***女士很热情"),
    ("接待我的是李小红小姐", "接待我的是***小姐"),
    ("有个姓赵的营业员", "有个姓***的营业员"),
    ("我叫张伟，请回电", "我叫***，请回电"),
    ("姓名：陈小明 投诉", "姓名：*** 投诉"),
    ("ask for Mr. Smith please", "ask for Mr. *** please"),
    ("Ms Wang Li was rude", "Ms *** was rude"),
    ("my name is John Brown", "my name is ***"),
)
NO_NAMES = (
    "这位先生很有礼貌",
    "先生女士都排一个队",
    "老百姓高兴",
    "姓名要写三次",
    "我叫号叫了半天",
    "对方小姐没听懂",
    "最高先生说了算",
    "向女士们道歉",
    "保安先生帮了忙",
    "I miss the old plan",
    "miss you",
    "请问贵姓",
    "营业员小姐不理人",
    "那个小姐说不能办",
)


@pytest.mark.parametrize(("text", "told"), NAMES)
def test_names_are_masked_where_a_word_tells_them(text: str, told: str) -> None:
    assert mask(text) == told


@pytest.mark.parametrize("text", NO_NAMES)
def test_words_beside_which_no_name_stands_stay(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize("text", CLEAN)
def test_clean_comments_stay_as_they_are(text: str) -> None:
    assert mask(text) == text


def test_personal_data_is_found_in_the_middle_of_any_sentence() -> None:
    """Everything around the number stays, letter for letter."""
    random_ = random.Random(7)
    for number in ("13812345678", "310101199003077758", "6222021234567890123", "zhang@example.com"):
        for _ in range(50):
            before, after = random_.choice(CLEAN), random_.choice(CLEAN)
            assert mask(f"{before}。{number}，{after}") == f"{before}。{MASK}，{after}"


def test_several_numbers_are_masked_one_by_one() -> None:
    assert mask("打13812345678或13987654321，别打10086") == f"打{MASK}或{MASK}，别打10086"
