"""Two hundred things that an address may say of a store or a district that is not the viewer's.

``{name}`` stands for the name of the choice. Some say it twice, or as a list.
"""

from urllib.parse import quote

_CODES = ("S2", "S3", "S6", "D2", "D3")
_SPELT = (
    "{}", " {}", "{} ", "\t{}", "{}\n", "\ufeff{}", "{}\u200b", "{}\u0000", "\u0000{}", "{}%00", "{};", "{},", "'{}'",
    '"{}"', "[{}]", '["{}"]', "({})", "{{{}}}", "{}.", "{}/", "/{}", "../{}", "{}\\", "{}#", "{}&", "{}|S1", "S1,{}",
    "S1;{}", "S1 {}", "S1~{}", "={}",
)  # fmt: skip
_SQL = (
    "' or '1'='1", "' or 1=1 --", "'; drop table stores; --", "S1' union select name_zh from stores --", "S1'||'",
    "1; attach 'x.db'", "$store", ":store", "?", "%s", "{0}", "${{7*7}}", "S1%", "S_", "%", "_", "*", "S*", "S?",
    "[S]*", "S[0-9]", ".*", "^S2$", "null", "None", "nan", "undefined", "true", "false", "0", "-1", "1e9", "NaN",
    "S1/**/or/**/1", "\\' or 1=1 --", "%27%20or%201%3D1", "read_csv('/etc/passwd')", "../../etc/passwd",
    "file:///etc/passwd", "S1\tor\tS2", "S1\r\nS2", "S1' limit 99 --", "0x5332", "U0Iy", "S2'--", "S1)or(1=1",
)  # fmt: skip
_WIDE = str.maketrans({**{chr(each): chr(each + 0xFEE0) for each in range(33, 127)}})
_NAMES = (
    "Store S2", "S2营业厅", "West district", "西区", "North <i>district</i>", "All districts", "全部区县", "all", "ALL",
    "S2 Store S2", "S2 S2营业厅", "any", "D2 West district", "第2营业厅", "own.large",
)  # fmt: skip
_SHAPES = (
    "{name}=S1&{name}=S2", "{name}=S2&{name}=S1", "{name}=S2&{name}=S3", "{name}[]=S2", "{name}%5B%5D=S2",
    "{name}[0]=S2", "{name}%00=S2", "{name}=", "{name}", "=S2", "{name}==S2", "{name}=S1%26{name}%3DS2",
    "{name}=S1;{name}=S2", "{name}.ne=S1", "{name}[ne]=S1", "{name}=%", "{name}=%zz", "{name}=%ff%fe",
    "{name}=%c0%80", "{name}=%u0053%u0032", "NAME=S2&{name}=S2", "{name}=S2&lang=zh", "{name}=S2&role=quality",
    "{name}=S2&SQM_ROLE=quality", "{name}=S2&look_as=1", "{name}=S2&embed=true", "{name}=S2&district=D2",
    "{name}=S2&stores=S2&districts=D2", "lang=S2&{name}=S2", "{name}={name}",
)  # fmt: skip


def _values() -> list[str]:
    texts = [shape.format(code) for code in _CODES[:3] for shape in _SPELT]
    texts += [each(code) for code in _CODES for each in (str.lower, lambda text: text.translate(_WIDE))]
    texts += [*_CODES[3:], *_SQL, *_NAMES, "S2" * 100, "S" * 3000, "二" * 2000, "S2," * 350_000]
    asked = [f"{{name}}={quote(each, safe='')}" for each in texts] + list(_SHAPES)
    return list(dict.fromkeys(asked))


VALUES = _values()
"""Queries of an address, each once."""
