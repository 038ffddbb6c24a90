"""TRAI MyCall, September and October 2019, loaded on the upload page as an analyst of Airtel would: September mapped
by hand once, October as it maps itself."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sqm import config
from sqm.database import catalogue, migrations
from sqm.database.connection import Database
from sqm.ui.words import use
from tests.pages.conftest import MAIN, PAGES
from tests.pages.real_series import DATA

SEPTEMBER, OCTOBER = "trai_mycall_september_2019.csv", "trai_mycall_october_2019.csv"
OWN = "Airtel"
SURVEY = "Call quality (MyCall)"


def empty(folder: Path) -> Path:
    """The shipped catalogue with the operator's own name, no answers."""
    shipped = folder / "catalogue"
    shutil.copytree(config.ROOT / "data" / "catalogue", shipped)
    labels = (shipped / "labels.csv").read_text(encoding="utf-8")
    (shipped / "labels.csv").write_text(labels.replace("Our company,本公司", f"{OWN},{OWN}"), encoding="utf-8")
    db = Database.open(str(folder / "trai.duckdb"))
    migrations.migrate(db)
    with db.write() as cursor:
        catalogue.load(cursor, shipped)
    db.close()
    return folder / "trai.duckdb"


def page(patch: pytest.MonkeyPatch, file: Path, lang: str = "en") -> AppTest:
    """An analyst on the upload page."""
    patch.setenv("SQM_DATABASE", str(file))
    patch.setenv("SQM_ROLE", "analyst")
    app = AppTest.from_file(str(MAIN), default_timeout=90)
    app.query_params["lang"] = lang
    with use(lang):
        app.run()
        return app.switch_page(str(PAGES / "upload.py")).run()


def send(app: AppTest, name: str) -> AppTest:
    return app.file_uploader[0].set_value((name, (DATA / name).read_bytes(), "text/csv")).run()


def map_september(app: AppTest) -> None:
    """The proposal is right but for the survey's name and that nobody was drawn; the month is the file name's."""
    send(app, SEPTEMBER)
    app.text_input(key="upload_survey_name").set_value(SURVEY).run()
    app.button(key="upload_map_done").click().run()
    store(app)


def store(app: AppTest) -> None:
    """Rehearse and commit what was read."""
    app.button(key="upload_rehearse").click().run()
    app.button(key="upload_commit").click().run()
