"""One made-up upload and what must become of it. The base tables are drawn from a seed, nothing is copied."""

import csv
import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

SURVEY = [
    "受访者编号",
    "营业厅编码",
    "调查日期",
    "渠道",
    "整体满意度",
    "环境",
    "等候时间",
    "营业员",
    "办理速度",
    "手机号",
    "意见",
]
SURVEY_EN = [
    "respondent_id",
    "store_code",
    "survey_date",
    "channel",
    "overall",
    "env",
    "wait",
    "staff",
    "speed",
    "phone",
    "comment",
]
INDICATOR = ["月份", "营业厅编码", "指标", "样本量", "满意率", "备注"]
INDICATOR_EN = ["month", "store_code", "indicator", "n", "rate", "note"]
COMMENTS = ("没有座位", "环境干净", "排队太久了", "等了四十分钟", "办理很快，满意", "资费解释不清楚", "", "很好")
STORES = {f"S{number:03d}": f"D{(number - 1) // 4 + 1:02d}" for number in range(1, 21)}
Table = list[list[str]]


@dataclass(frozen=True)
class Case:
    """outcome: verdicts that are right, each with the rows stored ("warn:20"). rows, columns: what a message must
    name when the file is not simply accepted. sums: column -> sum that stored data must have when nothing is left
    out; cells: ``row|column`` -> text as stored."""

    name: str
    content: bytes
    outcome: tuple[str, ...]
    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    sums: dict[str, float] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    upload_as: str = ""
    minima: dict[str, str] = field(default_factory=dict)

    @property
    def file_name(self) -> str:
        return self.upload_as or self.name


def survey(rows: int = 20, seed: int = 1, month: int = 6) -> Table:
    """Header and clean rows of the survey template."""
    draw = random.Random(seed)
    table = [list(SURVEY)]
    for number in range(1, rows + 1):
        scores = [str(draw.randint(4, 10)) for _ in range(5)]
        day = f"2011-{month:02d}-{draw.randint(1, 28):02d}"
        phone = f"1380013{draw.randint(0, 9999):04d}"
        table.append(
            [
                f"R{seed:02d}{number:04d}",
                f"S{draw.randint(1, 20):03d}",
                day,
                draw.choice(("前台", "外呼", "短信")),
                *scores,
                phone,
                draw.choice(COMMENTS),
            ]
        )
    return table


def indicator(rows: int = 12, seed: int = 1) -> Table:
    """Header and clean rows of the indicator template."""
    draw = random.Random(seed)
    table = [list(INDICATOR)]
    for number in range(1, rows + 1):
        rate = f"{draw.randint(6000, 9799) / 100:.2f}"
        table.append(
            [
                f"2011-{number:02d}",
                f"S{draw.randint(1, 20):03d}",
                draw.choice(("营业员", "等候时间")),
                str(draw.randint(60, 400)),
                rate,
                "",
            ]
        )
    return table


def total(table: Table, column: str) -> float:
    """The sum of a column, blanks left out."""
    at = table[0].index(column)
    return round(sum(float(row[at]) for row in table[1:] if row[at]), 4)


def changed(table: Table, **cells: str) -> Table:
    """A copy with single cells changed: r5_整体满意度="11" (Excel row 5)."""
    copy = [list(row) for row in table]
    for place, text in cells.items():
        row, _, column = place.partition("_")
        copy[int(row[1:]) - 1][copy[0].index(column)] = text
    return copy


def mapped(table: Table, column: str, told: Callable[[str], str]) -> Table:
    """A copy with one column rewritten."""
    at = table[0].index(column)
    return [table[0], *[[*row[:at], told(row[at]), *row[at + 1 :]] for row in table[1:]]]


def text(
    table: Sequence[Sequence[str]],
    encoding: str = "utf-8",
    delimiter: str = ",",
    end: str = "\r\n",
    quoting: int = csv.QUOTE_MINIMAL,
) -> bytes:
    """The table as a delimited file."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(table)  # type: ignore[arg-type]
    return buffer.getvalue().encode(encoding)
