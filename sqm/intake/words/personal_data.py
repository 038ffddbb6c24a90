"""What personal data looks like in free text. Patterns run over the half-width twin of a text (see masking)."""

import re

HAN_DIGITS = dict(
    zip("零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸两", "0001234567891123456789236" + "2", strict=True)
)
LOOKALIKES = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "О": "0", "о": "0"}
_HAN = "".join(HAN_DIGITS)
# What may stand between the digits of a number that somebody spells out, up to three of them.
_MARKS = r"\s\-‐‑–—_.·•/\\*,，、。~～^'\"“”\u200b\u20e3+"
S = rf"[{_MARKS}]{{0,3}}"
_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = r"(?<!\d)", r"(?!\d)"

# Every repetition is bounded or starts at one place only: a comment of 32,767 characters must not take a minute.
MAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9_][A-Za-z0-9._%+\-]{0,63}(?:"
    r"@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]{2,})+"
    r"|\s*(?:@|[(\[【{<]\s*(?:at|艾特|@)\s*[)\]】}>]|\sat\s|#at#|_at_|艾特|爱特)\s*[A-Za-z0-9\-]+"
    r"(?:\s*(?:\.|。|[(\[【{]\s*(?:dot|点)\s*[)\]】}]|\sdot\s|点)\s*[A-Za-z0-9\-]{2,})*?"
    r"\s*(?:\.|。|[(\[【{]\s*(?:dot|点)\s*[)\]】}]|\sdot\s|点)\s*"
    r"(?:com|cn|net|org|edu|gov|io|co|hk|tw|info|me)(?![A-Za-z]))",
    re.IGNORECASE,
)
ID18 = re.compile(
    rf"{_NO_DIGIT_BEFORE}[1-9](?:{S}\d){{5}}{S}(?:1{S}[89]|2{S}0)(?:{S}\d){{2}}(?:{S}\d){{4}}(?:{S}\d){{3}}{S}[\dXx×](?![\dA-Za-z])"
)
ID15 = re.compile(
    rf"{_NO_DIGIT_BEFORE}[1-9]\d{{5}}{S}\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]){S}\d{{3}}{_NO_DIGIT_AFTER}"
)
MOBILE = re.compile(
    rf"{_NO_DIGIT_BEFORE}(?:[(]?(?:\+|00)?{S}8{S}6[)]?{S})?0?[(\[]?1{S}[3-9]{S}\d[)\]]?(?:{S}\d){{8}}{_NO_DIGIT_AFTER}"
)
CARD = re.compile(rf"{_NO_DIGIT_BEFORE}[3-9](?:[\s\-–_.·\u200b]{{0,2}}\d){{15,18}}{_NO_DIGIT_AFTER}")
# An order or work-order number is as long as a card number and no secret.
NOT_CARD = re.compile(r"(?:订单|流水|工单|单号|受理|编号|业务号|order|ticket)[^\d]{0,8}$", re.IGNORECASE)
LANDLINE = re.compile(
    rf"(?<![\d.])[(]?0{S}[1-9](?:{S}\d){{1,2}}[)]?{S}[2-9]\d{{2,3}}{S}\d{{4}}(?:{S}(?:转|分机|ext\.?|-){S}\d{{1,6}})?{_NO_DIGIT_AFTER}",
    re.IGNORECASE,
)
LOCAL = re.compile(
    rf"(?:电话|座机|固话|家里|联系|回电|打到|致电|tel|phone|call)[^\d\n]{{0,6}}([2-9]\d{{2,3}}{S}\d{{4}}){_NO_DIGIT_AFTER}",
    re.IGNORECASE,
)
ACCOUNT = re.compile(
    r"(?:微信|薇信|威信|微 信|weixin|wechat|vx|v信|wx|QQ|扣扣|企鹅)(?:号码?|id|群)?\s*[:是为=]?\s*"
    r"(?:号码?)?[:\s]*([A-Za-z0-9_][A-Za-z0-9_\-]{4,19})",
    re.IGNORECASE,
)
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·\s]?"
    r"(?=[A-HJ-NP-Z0-9]*\d)[A-HJ-NP-Z0-9]{5,6}(?![A-Z0-9])"
)
PASSPORT = re.compile(r"(?:护照|通行证|passport)\D{0,6}([A-Za-z]{1,2}\d{7,9})", re.IGNORECASE)
# Names: only where a word beside them says that they are one. 高先生, 姓王, 我叫张伟, Mr Smith.
_SURNAMES = (
    "欧阳|司马|上官|诸葛|夏侯|司徒|皇甫|尉迟|公孙|慕容|令狐|端木|东方|"
    "[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤花俞任袁柳酆鲍史唐"
    "费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝臧计伏戴谈宋茅庞熊纪舒屈项祝董梁杜阮"
    "蓝闵席季麻贾路娄江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房裘缪解宗丁宣邓郁单杭洪包诸左石崔吉龚程嵇邢裴陆翁荀"
    "羊惠甄曲封储靳段焦侯班秋仲宁仇甘厉祖武符刘景詹龙叶司黎白蒲卓蔺屠池乔阴闻党翟谭申冉雍桑桂牛边温庄晏柴瞿阎慕连茹艾"
    "古易廖居衡耿匡寇广欧沃利蔚越师巩聂晁敖冷辛阚饶曾关游肖涂付詹覃区]"
)
_HAN_NAME = rf"(?:{_SURNAMES})[\u4e00-\u9fff]{{0,2}}?"
# Of 对方小姐, 保安先生, 对于女士 the last sign before the title is no name.
NAME_TITLE = re.compile(rf"(?!(?<=对)[方于]|(?<=保)安|(?<=最)高|(?<=[由关至])于)({_HAN_NAME})(?=先生|女士|小姐|太太)")
NAME_SAID = re.compile(
    rf"(?:姓名|名字)(?:[是为叫:\s]{{1,3}})((?:{_SURNAMES})[\u4e00-\u9fff]{{1,2}})"
    rf"|我(?:名)?叫((?:{_SURNAMES})[\u4e00-\u9fff]{{1,2}})(?=[,，。;；、!！?？\s的]|$)"
    rf"|(?<![百同])姓((?:{_SURNAMES}))"
)
NAME_ENGLISH = re.compile(
    r"\b(?:(?i:Mr|Mrs|Ms|Miss|Mister)\b\.?\s+|(?i:my name is)\s+)"
    r"([A-Z][A-Za-z'\-]{1,30}(?:\s+[A-Z][A-Za-z'\-]{1,30}){0,2})"
)
NAMES = (NAME_TITLE, NAME_SAID, NAME_ENGLISH)
WHOLE = (MAIL, ID18, MOBILE, CARD, ID15, LANDLINE, PLATE)  # the whole match is personal
PARTS = (LOCAL, ACCOUNT, PASSPORT)  # its first group is
# Long runs in which letters pass for digits: 138OO138OOO.
_LETTERS = "".join(LOOKALIKES)
MIXED = re.compile(rf"(?<![A-Za-z0-9])[0-9{_LETTERS}](?:[\s\-._]?[0-9{_LETTERS}]){{10,21}}(?![A-Za-z0-9])")
HAN_RUN = re.compile(rf"[\d{_HAN}](?:{S}[\d{_HAN}]){{6}}")
# A cheap test that Arrow's regular expressions share (\x{{...}}, no look-around): no match, nothing to mask.
_ANY_DIGIT = rf"0-9{_LETTERS}０-９{_HAN}①-⑨⓪⑴-⑼❶-❾"
SUSPECT = (
    r"(?i)[@＠]|\bat\b|_at_|艾特|爱特|微信|薇信|威信|微 信|weixin|wechat|vx|v信|wx|qq|扣扣|企鹅|护照|通行证|passport"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{5}"
    rf"|[{_ANY_DIGIT}](?:[^0-9０-９]{{0,4}}[{_ANY_DIGIT}]){{6}}"
    r"|[\x{1D7CE}-\x{1D7FF}]"
    r"|先生|女士|小姐|太太|姓|名字|我叫|我名叫|\b(?:mr|mrs|ms|miss|mister)\b|name is"
)
