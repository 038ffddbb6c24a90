"""Made-up text files: encodings, delimiters, headers, structure, names and types."""

import csv
import json
from collections.abc import Iterator

from tests.badfiles.case import (
    INDICATOR_EN,
    SURVEY,
    SURVEY_EN,
    Case,
    Table,
    changed,
    indicator,
    mapped,
    survey,
    text,
    total,
)

GOOD = ("accept:20", "warn:20")
_TRADITIONAL = [
    "受訪者編號",
    "營業廳編碼",
    "調查日期",
    "渠道",
    "整體滿意度",
    "環境",
    "等候時間",
    "營業員",
    "辦理速度",
    "手機號",
    "意見",
]


def _sums(table: Table, column: str = "整体满意度") -> dict[str, float]:
    return {column: total(table, column)}


def encodings() -> Iterator[Case]:
    table = survey(seed=2)
    for name in ("gb18030", "gbk", "utf-16", "utf-8-sig", "utf-32"):
        yield Case(f"enc_{name}.csv", text(table, name), GOOD, sums=_sums(table))
    yield Case("enc_utf16_tab.csv", text(table, "utf-16", "\t"), GOOD, sums=_sums(table))
    yield Case("enc_utf16be.csv", b"\xfe\xff" + text(table, "utf-16-be"), GOOD, sums=_sums(table))
    yield Case("enc_utf16le_no_mark.csv", text(table, "utf-16-le"), GOOD, sums=_sums(table))
    yield Case("enc_double_mark.csv", b"\xef\xbb\xbf" * 2 + text(table), GOOD, sums=_sums(table))
    traditional = [_TRADITIONAL, *[[*row[:10], "滿意"] for row in table[1:]]]
    english = mapped(traditional, "渠道", lambda _: "sms")
    yield Case("enc_big5.csv", text(english, "big5"), GOOD, sums=_sums(table))
    latin = [SURVEY_EN, *[[*row[:3], "sms", *row[4:10], "café très bien"] for row in table[1:]]]
    yield Case(
        "enc_latin1.csv",
        text(latin, "cp1252"),
        GOOD,
        sums={"整体满意度": total(table, "整体满意度")},
        cells={"2|意见": "café très bien"},
    )
    mixed = text(table).split(b"\r\n")
    mixed[5] = mixed[5].decode().replace(mixed[5].decode().split(",")[3], "前台").encode("gbk")
    yield Case("enc_mixed_lines.csv", b"\r\n".join(mixed), ("reject", "warn:19"), rows=(6,))
    damaged = text(changed(table, r4_意见="很好\ufffd\ufffd"))
    yield Case("enc_replacement.csv", damaged, ("warn:20", "reject", "accept:20"), rows=(4,))
    wide = mapped(
        mapped(table, "营业厅编码", lambda code: "".join(chr(ord(c) + 0xFEE0) for c in code)),
        "调查日期",
        lambda day: "".join(chr(ord(c) + 0xFEE0) for c in day),
    )
    yield Case("enc_fullwidth_codes.csv", text(wide), GOOD, sums=_sums(table))
    hidden = [
        [f"\u200b{word}\u200d" for word in table[0]],
        *[[f"\ufeff{row[0]}", f"{row[1]}\u200b", *row[2:]] for row in table[1:]],
    ]
    yield Case("enc_zero_width.csv", text(hidden), GOOD, sums=_sums(table), cells={"2|受访者编号": table[1][0]})


def delimiters() -> Iterator[Case]:
    table, values = survey(seed=3), indicator(seed=3)
    for name, mark in (("semicolon", ";"), ("tab", "\t"), ("pipe", "|"), ("wide_comma", "，")):
        clean = mapped(table, "意见", lambda word: word.replace("，", " "))
        yield Case(f"delim_{name}.csv", text(clean, delimiter=mark), GOOD, sums=_sums(table))
    german = mapped(values, "满意率", lambda rate: rate.replace(".", ","))
    yield Case(
        "delim_semicolon_comma.csv",
        text(german, delimiter=";"),
        ("warn:12", "accept:12"),
        columns=("满意率",),
        sums=_sums(values, "满意率"),
    )
    grouped = mapped(values, "样本量", lambda n: f"1,{int(n) + 100}")
    big = mapped(values, "样本量", lambda n: f"1{int(n) + 100}")
    yield Case("delim_thousands.csv", text(grouped), ("accept:12", "warn:12"), sums=_sums(big, "样本量"))
    yield Case("delim_sep_line.csv", b"sep=;\r\n" + text(table, delimiter=";"), GOOD, sums=_sums(table))
    yield Case("delim_trailing.csv", text([[*row, ""] for row in table]), GOOD, sums=_sums(table))
    yield Case(
        "delim_trailing_rows_only.csv",
        text([table[0], *[[*row, "", ""] for row in table[1:]]]),
        GOOD,
        sums=_sums(table),
    )
    yield Case("eol_cr.csv", text(table, end="\r"), GOOD, sums=_sums(table))
    yield Case("eol_lf_no_last.csv", text(table, end="\n").rstrip(), GOOD, sums=_sums(table))


def headers() -> Iterator[Case]:
    table, values = survey(seed=4), indicator(seed=4)
    yield Case("hdr_english.csv", text([SURVEY_EN, *table[1:]]), GOOD, sums=_sums(table))
    yield Case(
        "hdr_english_words.csv",
        text([[w.replace("_", " ").title() for w in SURVEY_EN], *table[1:]]),
        GOOD,
        sums=_sums(table),
    )
    yield Case(
        "hdr_indicator_english.csv",
        text([INDICATOR_EN, *values[1:]]),
        ("accept:12", "warn:12"),
        sums=_sums(values, "满意率"),
    )
    spaced = [[f" {word}　" for word in SURVEY], *table[1:]]
    yield Case("hdr_spaces.csv", text(spaced), GOOD, sums=_sums(table))
    noted = [
        ["受访者编号*", "营业厅编码（必填）", "调查日期(YYYY-MM-DD)", "渠道", "整体满意度（1-10分）", *SURVEY[5:]],
        *table[1:],
    ]
    yield Case("hdr_notes_in_names.csv", text(noted), GOOD, sums=_sums(table))
    yield Case(
        "hdr_title_rows.csv", text([["2011年6月营业厅调查"] + [""] * 10, [""] * 11, *table]), GOOD, sums=_sums(table)
    )
    yield Case(
        "hdr_misspelt.csv",
        text([["受访者编号", "营业厅编码", "调查日期", "渠道", "整体满意渡", *SURVEY[5:]], *table[1:]]),
        ("reject",),
        columns=("整体满意度",),
    )
    yield Case("hdr_none.csv", text(table[1:]), ("reject",))
    yield Case("hdr_only.csv", text(table[:1]), ("reject",))
    yield Case(
        "hdr_doubled_language.csv",
        text([[*row, "overall" if at == 0 else "5"] for at, row in enumerate(table)]),
        ("reject",),
        columns=("整体满意度", "overall"),
    )
    yield Case(
        "hdr_doubled_width.csv",
        text([[*row, "整体满意度 " if at == 0 else "5"] for at, row in enumerate(table)]),
        ("reject",),
        columns=("整体满意度",),
    )
    units = [values[0], ["", "", "", "个", "%", ""], *values[1:]]
    yield Case("hdr_unit_row.csv", text(units), ("accept:12", "warn:12"), sums=_sums(values, "满意率"))
    twice = [*table[:11], table[0], *table[11:]]
    yield Case("hdr_repeated.csv", text(twice), ("accept:20", "warn:20", "reject"), rows=(12,), sums=_sums(table))
    ids = [[f"Q{at}" for at in range(1, 12)], *table]
    yield Case("hdr_qualtrics_2rows.csv", text(ids), GOOD, sums=_sums(table))
    unnamed = [[*row, "" if at == 0 else "x"] for at, row in enumerate(table)]
    yield Case("hdr_unnamed.csv", text(unnamed), ("warn:20", "accept:20", "reject"), sums=_sums(table))
    broken = [[word.replace("满意度", "\n满意度") for word in SURVEY], *table[1:]]
    yield Case("hdr_line_break.csv", text(broken), GOOD, sums=_sums(table))
    yield Case("hdr_foreign.csv", text([["name", "age", "city"], ["a", "5", "b"], ["c", "6", "d"]]), ("reject",))


def structure() -> Iterator[Case]:
    table = survey(seed=5)
    lines = text(table).split(b"\r\n")
    yield Case(
        "csv_row_long.csv",
        b"\r\n".join([*lines[:6], lines[6] + ",多了".encode(), *lines[7:]]),
        ("reject", "warn:19"),
        rows=(7,),
    )
    short = [*lines[:8], b",".join(lines[8].split(b",")[:6]), *lines[9:]]
    yield Case("csv_row_short.csv", b"\r\n".join(short), ("reject", "warn:19", "warn:20"), rows=(9,))
    stray = changed(table, r6_意见="没座位")
    body = text(stray).replace("没座位".encode(), '他说"不行"了'.encode())
    yield Case("csv_quote_inside.csv", body, GOOD, sums=_sums(table), cells={"6|意见": '他说"不行"了'})
    doubled = text(changed(table, r6_意见="AAA", r12_意见="BBB"))
    yield Case(
        "csv_two_open_quotes.csv",
        doubled.replace(b"AAA", b'"AAA').replace(b"BBB", b'"BBB'),
        ("reject", "warn:18", "warn:19"),
        rows=(6,),
    )
    yield Case(
        "csv_open_quote_legal_later.csv",
        doubled.replace(b"AAA", b'"AAA').replace(b"BBB", b'"B,B"'),
        ("reject", "warn:19"),
        rows=(6,),
    )
    yield Case("csv_nul_tail.csv", text(table) + b"\x00" * 20, ("reject", "warn:20", "accept:20"))
    yield Case("csv_cut_last_row.csv", text(table)[:-30].rsplit(b",", 4)[0], ("reject", "warn:19"), rows=(21,))
    yield Case("csv_all_quoted.csv", text(table, quoting=csv.QUOTE_ALL), GOOD, sums=_sums(table))
    yield Case(
        "csv_unquoted_comma.csv",
        text(changed(table, r8_意见="XX")).replace(b"XX", b"a,b"),
        ("reject", "warn:19"),
        rows=(8,),
    )
    blank = [*lines[:4], b"", b"", *lines[4:]]
    yield Case("empty_lines.csv", b"\r\n".join(blank), GOOD, sums=_sums(table), cells={"7|受访者编号": table[4][0]})
    bad = text(changed(table, r5_整体满意度="11")).split(b"\r\n")
    content = b"\r\n".join([*bad[:4], b"", b"", *bad[4:]])
    yield Case("empty_lines_bad_row.csv", content, ("reject", "warn:19"), rows=(7,))
    yield Case("empty_spaces.csv", b" \r\n \n\t\n", ("reject",))
    yield Case("empty_mark_only.csv", b"\xef\xbb\xbf", ("reject",))
    yield Case(
        "control_in_comment.csv",
        text(changed(table, r3_意见="坏\x1b[31m\x07的")),
        ("warn:20", "accept:20", "reject"),
        rows=(3,),
    )
    multi = changed(table, r3_意见="一\n二\n三", r9_整体满意度="12")
    yield Case("rows_after_line_breaks.csv", text(multi), ("reject", "warn:19"), rows=(9,), columns=("整体满意度",))


def names() -> Iterator[Case]:
    table = survey(5, seed=6)
    content, right = text(table), ("accept:5", "warn:5", "reject")
    for number, name in enumerate(
        (
            "..\\..\\evil.csv",
            "a\r\nSet-Cookie: x=1.csv",
            "=cmd|' /C calc'!A0.csv",
            "'; DROP TABLE x;--.csv",
            "CON.csv",
            "a" * 300 + ".csv",
            "调查 数据（最终）.csv",
            ".csv",
            "a.csv.",
            "%2e%2e%2fevil.csv",
            "C:\\Windows\\x.csv",
            "survey.CSV",
            "\u202ecsv.csv",
            "a b\tc.csv",
            "<script>alert(1)</script>.csv",
        )
    ):
        yield Case(f"name_{number:02d}.csv", content, right, upload_as=name)
    for number, name in enumerate(("a.csv.exe", "a.csv\x00.exe", "evil\u202evsc.exe", "x.html", "x.php", "x.csv.js")):
        yield Case(f"name_bad_{number:02d}.csv", content, ("reject",), upload_as=name)


def types() -> Iterator[Case]:
    table = survey(seed=7)
    for name, content in (
        ("png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4),
        ("exe", b"MZ\x90\x00\x03\x00\x00\x00" + bytes(500)),
        ("gzip", b"\x1f\x8b\x08" + bytes(range(200))),
        ("jpeg", b"\xff\xd8\xff\xe0" + bytes(range(200))),
        ("json", json.dumps([{"受访者编号": "R1", "整体满意度": 5}], ensure_ascii=False).encode()),
        ("html", "<!DOCTYPE html><html><body><table><tr><td>受访者编号</td></tr></table></body></html>".encode()),
        ("xml", "<?xml version='1.0'?><a>受访者编号</a>".encode()),
        ("zip", b"PK\x03\x04" + bytes(200)),
        ("ole", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)),
        ("sqlite", b"SQLite format 3\x00" + bytes(500)),
        ("random", bytes((at * 7919) % 251 for at in range(4000))),
        ("prose", "这是一段文字，没有表格。".encode() * 30),
        ("elf", b"\x7fELF\x02\x01" + bytes(200)),
        ("rtf", b"{\\rtf1 abc}"),
    ):
        yield Case(f"type_{name}.csv", content, ("reject",))
    yield Case("type_csv_as_xlsx.xlsx", text(table), ("reject",))
    yield Case("type_csv_as_sav.sav", text(table), ("reject",))
    yield Case("type_txt.txt", text(table, delimiter="\t"), GOOD, sums=_sums(table))
    yield Case("type_tsv.tsv", text(table, delimiter="\t"), GOOD, sums=_sums(table))
    yield Case("type_sav_cut.sav", b"$FL2@(#) SPSS DATA FILE" + bytes(40), ("reject",))
    yield Case("size_columns.csv", text([[*row, *["x"] * 5000] for row in table]), ("reject",))


def all_cases() -> list[Case]:
    return [*encodings(), *delimiters(), *headers(), *structure(), *names(), *types()]
