"""A real tiny database: the shipped catalogue, 20 stores in 5 districts, no mocks."""

import datetime
import hashlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from sqm import config
from sqm.database import catalogue, migrations
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.intake.reading import INDICATOR_SCHEMA, SURVEY_SCHEMA, Question, Reading
from sqm.intake.recipe import ColumnUse, Recipe, Template

STORE_ITEMS = ("stores.overall", "stores.environment", "stores.waiting", "stores.staff", "stores.handling")
SURVEY_RECIPE = Recipe(
    Template.SURVEY,
    columns=(ColumnUse("respondent_id", "respondent_id"),),
    survey_code="store_evaluation",
    is_template=True,
)
INDICATOR_RECIPE = Recipe(Template.INDICATOR, is_template=True)


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = open_tiny(tmp_path / "tiny.duckdb")
    yield database
    database.close()


def open_tiny(path: Path) -> Database:
    database = Database.open(str(path))
    migrations.migrate(database)
    with database.write() as cursor:
        catalogue.load(cursor, config.ROOT / "data" / "catalogue")
        for number in range(1, 6):
            cursor.execute(
                "insert into districts values ($code, $position, $code, $code, null, '')",
                {"code": f"D{number:02d}", "position": number},
            )
        for number in range(1, 21):
            cursor.execute(
                "insert into stores values ($code, $code, $code, $district, 'own', 'large', null, null, '2000-01-01', "
                "null, '')",
                {"code": f"S{number:03d}", "district": f"D{(number - 1) // 4 + 1:02d}"},
            )
    return database


def survey_reading(
    answers: list[tuple[str, datetime.date, str, list[int | None]]], first_row: int = 2, content: str = ""
) -> Reading:
    """answers: respondent, day, store, the five scores."""
    rows = pa.Table.from_pylist(
        [
            {
                "source_row": first_row + place,
                "respondent_id": respondent,
                "answered_on": day,
                "month": day.replace(day=1),
                "store_code": store,
                "district_code": f"D{(int(store[1:]) - 1) // 4 + 1:02d}",
                "operator_code": "own",
                "channel_code": "sms",
                "brand_code": "",
                "weight": Decimal(1),
                "scores": [None if score is None else Decimal(score) for score in scores],
                "comment": "queue" if place % 7 == 0 else None,
            }
            for place, (respondent, day, store, scores) in enumerate(answers)
        ],
        schema=SURVEY_SCHEMA,
    )
    questions = tuple(
        Question(i + 1, code, code, 1.0, 10.0, "", "item", "stores") for i, code in enumerate(STORE_ITEMS)
    )
    months = tuple(sorted({day.replace(day=1) for _, day, _, _ in answers}))
    rejected = pa.table({"source_row": pa.array([], pa.int32()), "reasons": pa.array([], pa.string())})
    return Reading(
        Template.SURVEY,
        rows,
        (),
        rejected,
        content or hashlib.sha256(repr(rows.to_pylist()).encode()).hexdigest(),
        questions,
        months,
    )


def indicator_reading(
    values: list[tuple[str, datetime.date, str, float, float]], first_row: int = 2, content: str = ""
) -> Reading:
    """values: indicator, month, store, numerator, denominator."""
    rows = pa.Table.from_pylist(
        [
            {
                "source_row": first_row + place,
                "indicator_code": code,
                "month": month,
                "level": "store",
                "scope_code": store,
                "district_code": f"D{(int(store[1:]) - 1) // 4 + 1:02d}",
                "numerator": Decimal(str(numerator)),
                "denominator": Decimal(str(denominator)),
                "n": int(denominator),
                "note": "",
            }
            for place, (code, month, store, numerator, denominator) in enumerate(values)
        ],
        schema=INDICATOR_SCHEMA,
    )
    months = tuple(sorted({month for _, month, _, _, _ in values}))
    rejected = pa.table({"source_row": pa.array([], pa.int32()), "reasons": pa.array([], pa.string())})
    return Reading(
        Template.INDICATOR,
        rows,
        (),
        rejected,
        content or hashlib.sha256(repr(rows.to_pylist()).encode()).hexdigest(),
        (),
        months,
    )
