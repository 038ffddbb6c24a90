"""Made-up text files: values, dates, keys, totals and free text."""

from collections.abc import Iterator

from tests.badfiles.case import Case, Table, changed, indicator, mapped, survey, text, total

GOOD, GOOD12 = ("accept:20", "warn:20"), ("accept:12", "warn:12")


def _sums(table: Table, column: str = "整体满意度") -> dict[str, float]:
    return {column: total(table, column)}


def values() -> Iterator[Case]:
    table = survey(seed=11)
    one = ("reject", "warn:19")
    for number, wrong in enumerate(
        (
            "11",
            "0",
            "-1",
            "7.5",
            "非常满意",
            "8分",
            "七",
            "7/10",
            "1e1",
            "7,5",
            "=1+2",
            "#N/A",
            "#DIV/0!",
            "7²",
            "５０",
            "9 9",
            "70%",
            "13812345678",
            "+",
            "0x7",
            "inf",
            "7;8",
            "１１",
            "99",
            "TRUE",
            "2011-06-01",
            "8?",
            "(7)",
        )
    ):
        yield Case(
            f"val_score_{number:02d}.csv",
            text(changed(table, r7_整体满意度=wrong)),
            one,
            rows=(7,),
            columns=("整体满意度",),
        )
    for number, missing in enumerate(("-", "—", "N/A", "NULL", "空", "无", "/", "nan", "缺失", "#N/A ", "")):
        right = ("accept:20", "warn:20", "reject", "warn:19")
        yield Case(
            f"val_missing_{number:02d}.csv",
            text(changed(table, r7_环境=missing)),
            right,
            rows=(7,) if missing else (),
            columns=("环境",) if missing else (),
        )
    for number, fine in enumerate(("7.0", " 7 ", "７", "07", "+7", "7.", "7\u00a0", "\u200b7")):
        yield Case(
            f"val_fine_{number:02d}.csv",
            text(changed(table, r7_整体满意度=fine)),
            GOOD,
            sums=_sums(changed(table, r7_整体满意度="7")),
        )
    yield Case("val_channel.csv", text(changed(table, r7_渠道="网厅")), one, rows=(7,), columns=("渠道",))
    yield Case("val_blank_id.csv", text(changed(table, r7_受访者编号=" ")), one, rows=(7,), columns=("受访者编号",))
    yield Case("val_blank_date.csv", text(changed(table, r7_调查日期="")), one, rows=(7,), columns=("调查日期",))


def indicator_values() -> Iterator[Case]:
    table = indicator(seed=12)
    one = ("reject", "warn:11")
    for number, wrong in enumerate(
        ("-5", "0", "12.5", "abc", "", "1e3", "１２．５", "N/A", "1.5万", "12%", "5000000000")
    ):
        yield Case(
            f"val_n_{number:02d}.csv", text(changed(table, r6_样本量=wrong)), one, rows=(6,), columns=("样本量",)
        )
    for number, wrong in enumerate(("101", "-3", "abc", "", "6952", "170%", "69,520", "#REF!", "0.69", "6 9.5.2")):
        yield Case(
            f"val_rate_{number:02d}.csv", text(changed(table, r6_满意率=wrong)), one, rows=(6,), columns=("满意率",)
        )
    shares = mapped(table, "满意率", lambda rate: f"{float(rate) / 100:.4f}")
    yield Case(
        "val_rate_share.csv", text(shares), ("warn:12", "reject"), columns=("满意率",), sums=_sums(table, "满意率")
    )
    yield Case("val_rate_bounds.csv", text(changed(table, r6_满意率="0", r7_满意率="100")), GOOD12)
    yield Case("val_month_blank.csv", text(changed(table, r6_月份="")), one, rows=(6,), columns=("月份",))
    yield Case("val_indicator_blank.csv", text(changed(table, r6_指标=" ")), one, rows=(6,), columns=("指标",))
    wide = mapped(table, "样本量", lambda n: "".join(chr(ord(c) + 0xFEE0) for c in n))
    yield Case("val_wide_n.csv", text(wide), GOOD12, sums=_sums(table, "样本量"))
    spaced = mapped(table, "样本量", lambda n: f"1 {int(n) + 100}")
    yield Case(
        "val_space_thousands.csv",
        text(spaced),
        GOOD12,
        sums=_sums(mapped(table, "样本量", lambda n: f"1{int(n) + 100}"), "样本量"),
    )


def dates() -> Iterator[Case]:
    table = survey(seed=13)

    def column(told: object) -> Table:
        return mapped(table, "调查日期", told)  # type: ignore[arg-type]

    def parts(day: str) -> tuple[int, int, int]:
        year, month, number = day.split("-")
        return int(year), int(month), int(number)

    first = min(row[2] for row in table[1:])
    for name, told in (
        ("slash", lambda d: "{}/{}/{}".format(*parts(d))),
        ("dot", lambda d: d.replace("-", ".")),
        ("compact", lambda d: d.replace("-", "")),
        ("chinese", lambda d: "{}年{}月{}日".format(*parts(d))),
        ("time", lambda d: f"{d} 13:05:22"),
        ("iso_zone", lambda d: f"{d}T08:00:00+08:00"),
        ("iso_z", lambda d: f"{d}T02:00:00Z"),
        ("named", lambda d: f"{parts(d)[2]}-Jun-2011"),
        ("named_us", lambda d: f"June {parts(d)[2]}, 2011"),
        ("weekday", lambda d: f"{d} 星期三"),
        ("han", lambda d: d.replace("2011", "二〇一一").replace("-06-", "年六月").replace("0", "〇") if False else d),
        ("short_time", lambda d: f"{d} 8:05"),
        ("ampm", lambda d: f"{d} 8:05 PM"),
        ("midnight", lambda d: f"{d} 00:00:00.000"),
    ):
        yield Case(f"date_{name}.csv", text(column(told)), GOOD, sums=_sums(table), minima={"调查日期": first})
    for name, told in (
        ("two_digit", lambda d: d[2:]),
        ("two_digit_slash", lambda d: d[2:].replace("-", "/")),
        ("excel_short", lambda d: f"{parts(d)[2]}-Jun-11"),
        ("no_year", lambda d: d[5:]),
        ("epoch", lambda d: "1307232000"),
        ("month_only", lambda d: d[:7]),
        ("word", lambda d: "昨天"),
    ):
        yield Case(f"date_bad_{name}.csv", text(column(told)), ("reject",), rows=(2, 3, 4, 5), columns=("调查日期",))
    ambiguous = column(lambda d: f"06/{parts(d)[2] % 12 + 1:02d}/2011")
    yield Case("date_ambiguous.csv", text(ambiguous), ("reject",), columns=("调查日期",))
    proven = column(lambda d: f"06/{parts(d)[2]:02d}/2011")
    yield Case(
        "date_us.csv",
        text(changed(proven, r2_调查日期="06/25/2011")),
        ("warn:20", "accept:20", "reject"),
        columns=("调查日期",),
    )
    yield Case(
        "date_mixed_order.csv",
        text(changed(proven, r2_调查日期="06/25/2011", r3_调查日期="25/06/2011")),
        ("reject",),
        columns=("调查日期",),
        rows=(2, 3),
    )
    for number, wrong in enumerate(
        (
            "2011-02-30",
            "2011-13-01",
            "2012-06-31",
            "1999-12-31",
            "1900-01-00",
            "2099-06-01",
            "2011-00-10",
            "0000-00-00",
            "2011-06",
            "#VALUE!",
            "20110631",
            "2011-6-5-1",
            "1970-01-01",
        )
    ):
        yield Case(
            f"date_one_{number:02d}.csv",
            text(changed(table, r9_调查日期=wrong)),
            ("reject", "warn:19"),
            rows=(9,),
            columns=("调查日期",),
        )
    months = indicator(seed=13)
    for name, told in (
        ("compact", lambda m: m.replace("-", "")),
        ("slash", lambda m: f"{m[:4]}/{int(m[5:])}"),
        ("short", lambda m: f"{m[:4]}-{int(m[5:])}"),
        ("chinese", lambda m: f"{m[:4]}年{m[5:]}月"),
        ("first_day", lambda m: f"{m}-01"),
        ("reversed", lambda m: f"{m[5:]}/{m[:4]}"),
        (
            "named",
            lambda m: (
                ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][int(m[5:]) - 1]
                + "-2011"
            ),
        ),
        ("wide", lambda m: "".join(chr(ord(c) + 0xFEE0) for c in m)),
        ("dot", lambda m: m.replace("-", ".")),
    ):
        yield Case(
            f"month_{name}.csv",
            text(mapped(months, "月份", told)),
            GOOD12,
            sums=_sums(months, "满意率"),
            minima={"月份": "2011-01"},
        )
    for number, wrong in enumerate(
        ("2011-13", "2011-00", "2099-01", "六月", "Jun-11", "2011Q2", "2011", "11-06", "1999-12", "2011.1", "6月")
    ):
        yield Case(
            f"month_bad_{number:02d}.csv",
            text(changed(months, r6_月份=wrong)),
            ("reject", "warn:11"),
            rows=(6,),
            columns=("月份",),
        )


def keys() -> Iterator[Case]:
    table, rates = survey(seed=14), indicator(seed=14)
    yield Case(
        "id_zeros.csv",
        text(changed(table, r2_受访者编号="00123", r3_受访者编号="123")),
        GOOD,
        sums=_sums(table),
        cells={"2|受访者编号": "00123", "3|受访者编号": "123"},
    )
    yield Case(
        "id_case.csv",
        text(changed(table, r2_受访者编号="a1", r3_受访者编号="A1")),
        ("accept:20", "warn:20", "reject"),
        rows=(2, 3),
    )
    yield Case(
        "id_width.csv",
        text(changed(table, r2_受访者编号="A1", r3_受访者编号="Ａ1")),
        ("accept:20", "warn:20", "reject"),
        rows=(2, 3),
    )
    yield Case(
        "id_scientific.csv",
        text(changed(table, r5_受访者编号="1.38E+10")),
        ("reject", "warn:19"),
        rows=(5,),
        columns=("受访者编号",),
    )
    yield Case(
        "id_trimmed_double.csv",
        text(changed(table, r5_受访者编号=table[1][0] + " ")),
        ("reject", "warn:18"),
        rows=(2, 5),
    )
    yield Case(
        "id_excel_quote.csv",
        text(mapped(table, "受访者编号", lambda i: f'="{i}"')),
        GOOD,
        cells={"2|受访者编号": table[1][0]},
    )
    yield Case(
        "id_three_times.csv",
        text([*table, table[4], [*table[4][:4], "1", *table[4][5:]]]),
        ("reject", "warn:19"),
        rows=(5, 22, 23),
    )
    yield Case("store_lower.csv", text(mapped(table, "营业厅编码", str.lower)), GOOD, sums=_sums(table))
    yield Case("store_spaces.csv", text(mapped(table, "营业厅编码", lambda c: f" {c}\u3000")), GOOD, sums=_sums(table))
    for number, wrong in enumerate(("S21", "S1", "S999", "7", "中山路营业厅", "S01O", "=S001", "#N/A", "S001,S002")):
        yield Case(
            f"store_bad_{number}.csv",
            text(changed(table, r8_营业厅编码=wrong)),
            ("reject", "warn:19"),
            rows=(8,),
            columns=("营业厅编码",),
        )
    yield Case(
        "key_indicator_same.csv",
        text([*rates, rates[3]]),
        ("warn:12", "reject"),
        rows=(14,),
        sums=_sums(rates, "满意率"),
    )
    yield Case(
        "key_indicator_conflict.csv", text([*rates, [*rates[3][:4], "12.5", ""]]), ("reject", "warn:11"), rows=(4, 14)
    )
    for number, word in enumerate(("合计", "总计", "平均", "Total", "小计：", "合 计", "汇总")):
        yield Case(
            f"totals_{number}.csv",
            text([*rates, [word, "", "", "3334", "79.78", ""]]),
            ("warn:12", "reject"),
            rows=(14,),
            sums=_sums(rates, "满意率"),
        )
    yield Case(
        "totals_middle.csv",
        text([*rates[:6], ["小计", "", "", "900", "80.1", ""], *rates[6:]]),
        ("warn:12", "reject"),
        rows=(7,),
    )
    yield Case(
        "totals_survey.csv",
        text([*table, ["平均", "", "", "", "7.3", "7", "7", "7", "7", "", ""]]),
        ("warn:20", "reject"),
        rows=(22,),
    )
    yield Case(
        "notes_survey.csv",
        text([*table, [""] * 11, ["注：数据来源于第三方", *[""] * 10]]),
        ("warn:20", "reject"),
        rows=(23,),
    )


def free_text() -> Iterator[Case]:
    table = survey(seed=15)
    for number, words in enumerate(
        (
            "=cmd|'/c calc'!A0",
            "@SUM(1)",
            "\t=1+1",
            "<script>window.x=1</script>",
            "![x](http://127.0.0.1:8377/l.png)",
            "'); DROP TABLE x;--",
            "100%",
            "$1 ? :x",
            "{{7*7}}",
            "一" * 30000,
            'a "b" c',
            "第一行\n第二行,\n,第三行",
            "NULL",
            "-",
            "emoji 😀👨\u200d👩\u200d👧",
            "http://a.b/c?d=e&f=g",
            "\\N",
            "#N/A",
            "合计",
            "注：没有",
            "\u202eabc",
            "a\tb",
        )
    ):
        yield Case(
            f"text_{number:02d}.csv",
            text(changed(table, r5_意见=words)),
            GOOD,
            sums=_sums(table),
            cells={"5|意见": words},
        )
    yield Case(
        "text_too_long.csv",
        text(changed(table, r5_意见="长" * 40000)),
        ("reject", "warn:19", "warn:20"),
        rows=(5,),
        columns=("意见",),
    )
    yield Case("pii.csv", text(changed(table, r5_意见="请回电13812345678")), GOOD, cells={"5|意见": "请回电***"})
    yield Case(
        "pii_in_score.csv",
        text(changed(table, r5_环境="13812345678")),
        ("reject", "warn:19"),
        rows=(5,),
        columns=("环境",),
    )


def all_cases() -> list[Case]:
    return [*values(), *indicator_values(), *dates(), *keys(), *free_text()]
