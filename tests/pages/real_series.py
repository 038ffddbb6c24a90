"""Real published series, loaded as an analyst would: mapped, checked and committed through the product's own code.

The months are long past. Targets of their time go into an empty database by the target template: nothing was judged
yet, so no verdict changes. Once values are there, the template takes targets from the current month on only.
"""

import csv
import io
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqm import config
from sqm.database import catalogue, migrations
from sqm.database.batches import batches, register
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.intake import child
from sqm.intake.limits import Limits
from sqm.intake.problems import Level, Problem
from sqm.intake.proposals import proposal, remap
from sqm.intake.recipe import Recipe, Template

DATA = Path(os.environ.get("SQM_SHARED", "") or config.ROOT.parent / "shared") / "data"
NHS = "nhs_ae_4hour_by_trust_2016_2019.csv"
ANATEL = "anatel_ida_mobile_2013_2019_long.csv"
SHANGHAI = "shanghai_complaint_rate_by_operator_2016_2017.csv"
HCAHPS = "hcahps/state_results.csv"
_TARGETS = "indicator,effective_month,low,high,tolerance,agreed_by,reason\n"


@dataclass(frozen=True)
class Series:
    """A database file with one real series. problems: what the check of its values said, notes left out."""

    file: Path
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Desk:
    db: Database
    uploads: Uploads

    def send(
        self, name: str, content: bytes, mapped: Callable[[Recipe], Recipe] = lambda recipe: recipe
    ) -> list[Problem]:
        """From bytes to a committed batch. mapped: what the analyst corrects in the proposal."""
        upload = self.uploads.receive(io.BytesIO(content), name, Limits().file_bytes)
        path, known = self.uploads.path(upload.upload_id), register.read(self.db, date.today())
        look = child.look_in_child(path, name, Limits())
        recipe = proposal.propose(look, known)
        if recipe.is_template:
            assert recipe.template in (Template.STORES, Template.TARGETS)
        else:
            recipe = replace(mapped(remap.with_template(recipe, Template.INDICATOR, look)), confirmed=True)
        reading = child.read_in_child(path, name, recipe, known, Limits())
        batches.commit(self.db, self.uploads, upload, recipe, reading, "analyst")
        return [problem for problem in reading.problems if problem.level is not Level.NOTE]


def nhs(folder: Path) -> Series:
    """Waits of at most 4 hours in major departments (type 1) by trust, agreed at 95 %. A trust is a store; trusts whose
    codes begin with the same two characters are a district. The file mixes types: an analyst keeps the rows of one."""
    rows = [row for row in _rows(NHS) if row["type"] == "1"]
    trusts = sorted({row["org_code"] for row in rows})
    meanings = {"period": "month", "org_code": "store_code", "attendances": "n", "pct_within_4h": "rate"}
    desk = _desk(folder, [_indicator("AE4H", "Seen within 4 hours", "四小时内就诊率", "%", "higher", "share")], {})
    stores = "store_code,store_name,district_code\n" + "".join(f"{code},Trust {code},{code[:2]}\n" for code in trusts)
    assert not desk.send("trusts.csv", stores.encode())
    assert not desk.send("targets.csv", f"{_TARGETS}AE4H,2016-04,95,,0,customer_service,NHS constitution\n".encode())
    said = desk.send("ae.csv", _text(rows), _meanings(meanings, indicator="AE4H"))
    return _finished(desk, said)


def anatel(folder: Path) -> Series:
    """Service of Brazilian operators; Vivo is ours. Operators changed their names in these years, and the indicators
    their sets: 17 in all, without targets."""
    names = sorted({row["indicator"] for row in _rows(ANATEL)})
    indicators = [_anatel_indicator(place, name) for place, name in enumerate(names, 1)]
    operators = {"own": "Vivo", "CLARO": "Claro", "OI": "OI Celular", "TIM": "TIM GSM", "ALGAR": "CTBC Celular"}
    desk = _desk(folder, indicators, {**operators, "SERCOMTEL": "Sercomtel Celular", "NEXTEL": "Nextel"}, {"OI": "Oi"})
    return _finished(desk, desk.send(ANATEL, (DATA / ANATEL).read_bytes()))


def shanghai(folder: Path) -> Series:
    """Complaints to the regulator per million users, agreed at 50 and 5; China Mobile is ours, the industry is a row of
    its own. The targets are meant for a whole year, the values are monthly: all of them are met."""
    rate = ("per_million", "lower", "rate", 1_000_000)
    indicators = [
        _indicator("APPEAL", "Appeals per million users", "百万用户申诉率", *rate),
        _indicator("UNKNOWN_FEE", "Appeals about unknown charges", "不明扣费申诉率", *rate),
    ]
    desk = _desk(folder, indicators, {"own": "移动", "telecom": "电信", "unicom": "联通", "industry": "行业"})
    agreed = ("百万用户申诉率,2016-01,,50,0,customer_service", "不明扣费申诉率,2016-01,,5,0,billing_centre")
    lines = "".join(f"{line},regulator\n" for line in agreed)
    assert not desk.send("targets.csv", f"{_TARGETS}{lines}".encode())
    return _finished(desk, desk.send(SHANGHAI, (DATA / SHANGHAI).read_bytes()))


def hcahps(folder: Path) -> Series:
    """What patients say of hospitals: state x measure x yearly release, the share of best answers. A state is a
    district. The file maps itself: release periods like 07_2015 are months, measure codes are indicators."""
    with (DATA / "hcahps" / "measures.csv").open(encoding="utf-8", newline="") as file:
        measures = [(row["Measure ID"], row["Measure"]) for row in csv.DictReader(file)]
    desk = _desk(folder, [_indicator(code, name, name, "%", "higher", "share") for code, name in measures], {})
    return _finished(desk, desk.send("state_results.csv", (DATA / HCAHPS).read_bytes()))


def _desk(
    folder: Path, indicators: list[dict[str, str]], operators: Mapping[str, str], more: Mapping[str, str] | None = None
) -> _Desk:
    """A fresh database with the shipped catalogue, in which these indicators stand instead of the 151, without targets.

    operators: code -> the name that the file uses; more: a second name.
    """
    shipped = folder / "catalogue"
    shutil.copytree(config.ROOT / "data" / "catalogue", shipped)
    with (shipped / "indicators.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(indicators[0]))
        writer.writeheader()
        writer.writerows({**row, "position": str(place)} for place, row in enumerate(indicators, 1))
    for name in ("targets.csv", "drivers.csv"):
        head = (shipped / name).read_text(encoding="utf-8").splitlines()[0]
        (shipped / name).write_text(f"{head}\n", encoding="utf-8")
    if operators:
        lines = (shipped / "labels.csv").read_text(encoding="utf-8").splitlines()
        kept = [line for line in lines if not line.startswith("operator,")]
        named = [
            f"operator,{code},{place},{name},{(more or {}).get(code, name)}"
            for place, (code, name) in enumerate(operators.items(), 1)
        ]
        (shipped / "labels.csv").write_text("\n".join([*kept, *named]) + "\n", encoding="utf-8")
    db = Database.open(str(folder / "real.duckdb"))
    migrations.migrate(db)
    with db.write() as cursor:
        catalogue.load(cursor, shipped)
    return _Desk(db, Uploads(folder / "real.uploads"))


def _finished(desk: _Desk, problems: list[Problem]) -> Series:
    desk.db.close()
    child.close()
    return Series(Path(desk.db.path), tuple(problems))


def _indicator(
    code: str, english: str, chinese: str, unit: str, direction: str, kind: str, per: int = 1
) -> dict[str, str]:
    """A row of indicators.csv: an operations indicator of the hotline."""
    with (config.ROOT / "data" / "catalogue" / "indicators.csv").open(encoding="utf-8") as file:
        columns = next(csv.reader(file))
    known = {
        "indicator_code": code, "process_code": "hotline", "dimension_code": "operations", "name_en": english,
        "name_zh": chinese, "unit": unit, "decimals": "2", "direction": direction, "kind": kind, "per": str(per),
        "department_code": "customer_service", "source_system": "complaint_system", "appraised": "true",
        "control_stage": "result", "valid_from": "2006-01-01",
    }  # fmt: skip
    return {column: known.get(column, "") for column in columns}


def _anatel_indicator(place: int, name: str) -> dict[str, str]:
    lower = name in ("Taxa de Reabertas", "Índice de Reclamações") or "reclamações" in name.casefold()
    unit, kind = ("count", "count") if name.startswith("Quantidade") else ("score", "mean")
    return _indicator(f"IDA{place:02d}", name, name, unit, "lower" if lower else "higher", kind)


def _meanings(fields: Mapping[str, str], **constants: str) -> Callable[[Recipe], Recipe]:
    """The analyst's word on every column: those that are not named are left out."""

    def mapped(recipe: Recipe) -> Recipe:
        columns = tuple(replace(use, field=fields.get(use.header, "ignore")) for use in recipe.columns)
        recipe = replace(recipe, columns=columns)
        for name, value in constants.items():
            recipe = recipe.with_constant(name, value)
        return recipe

    return mapped


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _text(rows: list[dict[str, str]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()
