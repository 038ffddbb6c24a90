"""A questionnaire of pairs through the upload page alone: proposed, corrected, committed, and read back in pairs."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from sqm.database.surveys import answers, surveys
from sqm.database.surveys.answers import Answers, Asked
from sqm.intake import child
from sqm.intake.recipe import ColumnUse
from sqm.rules.access import EVERYTHING
from sqm.rules.drivers import kano
from sqm.rules.gaps import servqual
from sqm.rules.surveys import instrument
from sqm.rules.surveys.instrument import Facet, Topic
from sqm.ui.doors import data
from sqm.ui.upload.columns import column_rows, question_roles
from sqm.ui.words import use as speaking
from tests.browser import tiny

ROOT = Path(__file__).resolve().parent.parent.parent
KOREAN = "servqual_kano_ipa_kiosk_kr_cp949.csv"
FILE = Path(os.environ.get("SQM_SHARED", "") or ROOT.parent / "shared") / "data" / KOREAN
CODE = KOREAN.removesuffix(".csv")
MONTH = date(2026, 9, 1)
needs_file = pytest.mark.skipif(not FILE.is_file(), reason="the shared data is not here")


@pytest.fixture(autouse=True)
def no_child_left() -> Iterator[None]:
    yield
    child.close()


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """An analyst on the upload page of a small database of its own."""
    monkeypatch.setenv("SQM_DATABASE", str(tiny.build(tmp_path)))
    monkeypatch.setenv("SQM_ROLE", "analyst")
    app = AppTest.from_file(str(ROOT / "sqm" / "main.py"), default_timeout=90).run()
    return app.switch_page(str(ROOT / "pages" / "upload.py")).run()


def words(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def send(app: AppTest) -> AppTest:
    return app.file_uploader[0].set_value((FILE.name, FILE.read_bytes(), "text/csv")).run()


def held(first: Facet, second: Facet) -> tuple[list[Topic], Answers]:
    """The pairs of the stored survey, and their answers person by person."""
    db = data.database()
    register = surveys.items(db)
    mine = register[register["item_code"].str.startswith(f"{CODE}.")]
    found = instrument.pairs(
        instrument.topics(mine[["item_code", "role", "process_code"]].itertuples(index=False, name=None)), first, second
    )
    asked = tuple(topic.items[facet] for topic in found for facet in (first, second))
    return found, answers.answers(db, EVERYTHING, Asked(CODE, asked, MONTH, MONTH))


@needs_file
def test_the_columns_step_tells_what_each_question_asks_for(page: AppTest) -> None:
    send(page)
    shown = words(page)
    assert "Which column is what?" in shown
    assert "24 pairs" in shown and "29 pairs" in shown and "no partner" not in shown
    table = page.dataframe[0]
    assert "Kano: with the feature" in str(table.proto.columns)
    kano_rows = table.value[table.value["role"] == "Kano: with the feature"]
    assert len(kano_rows) == 29 and "k05" in set(kano_rows["pair"])
    assert page.button(key="upload_map_done").disabled  # nobody said yet which month it is


@needs_file
def test_the_korean_questionnaire_is_stored_and_its_mean_gap_comes_out(page: AppTest) -> None:
    send(page)
    page.selectbox(key="upload_month_en").select("2026-09-01").run()
    page.button(key="upload_map_done").click().run()
    assert "211 rows are good, none to mend" in words(page)
    page.button(key="upload_rehearse").click().run()
    page.button(key="upload_commit").click().run()
    assert "211 rows are stored" in words(page) and not page.exception

    gaps, told = held(Facet.EXPECTATION, Facet.PERCEPTION)
    assert len(gaps) == 24 and len(told.people) == 211
    expected = told.people[[topic.items[Facet.EXPECTATION] for topic in gaps]].to_numpy()
    perceived = told.people[[topic.items[Facet.PERCEPTION] for topic in gaps]].to_numpy()
    assert (round(np.nanmean(expected), 2), round(np.nanmean(perceived), 2)) == (5.97, 4.87)
    gap = servqual.gap_five(servqual.Pairs(expected, perceived, ["all"] * 24, order=["all"])).unweighted
    assert gap is not None and round(gap.mean, 2) == -1.10

    features, told = held(Facet.FUNCTIONAL, Facet.DYSFUNCTIONAL)
    assert len(features) == 29
    refund = next(topic for topic in features if topic.stem.endswith(".k20"))
    found = kano.kano_of_answers(
        *(told.people[refund.items[facet]] for facet in (Facet.FUNCTIONAL, Facet.DYSFUNCTIONAL))
    )
    assert found.n == 207  # four stopped after the first answers

    rated, told = held(Facet.IMPORTANCE, Facet.PERCEPTION)
    assert len(rated) == 24
    assert {told.scales[code] for topic in rated for code in topic.items.values()} == {(1.0, 7.0)}


USE = ColumnUse("Was it good?", "item", "kiosk.q5", "item", 1.0, 7.0, position=4)


def corrected(use: ColumnUse, **changes: object) -> ColumnUse:
    """What the analyst's changes in the row make of a column."""
    row: dict[object, object] = {
        "field": "a question with a scale",
        "item": f"{use.header} ({use.item_code})",
        "role": question_roles.role_name(use.role),
        "pair": "",
        "low": use.scale_min,
        "high": use.scale_max,
        "missing": "",
    }
    fields = {"a question with a scale": "item", "leave out": "ignore"}
    items = {f"{use.header} ({use.item_code})": use.item_code, "Waiting (stores.waiting)": "stores.waiting"}
    return column_rows.use_of(use, {**row, **changes}, fields, items, question_roles.roles(), "kiosk")  # type: ignore[dict-item]


def test_an_analyst_makes_a_pair_by_role_and_pair(page: AppTest) -> None:
    with speaking("en"):
        assert corrected(USE) == USE
        half = corrected(USE, role="Kano: without the feature", pair="K 7")
        assert (half.item_code, half.role) == ("kiosk.k_7.dysfunctional", "dysfunctional")
        assert corrected(half, pair="K 7") == half or corrected(half, pair="k_7") == half
        alone = corrected(half, pair=None)
        assert (alone.item_code, alone.role) == ("kiosk.q5", "dysfunctional")
        known = corrected(USE, item="Waiting (stores.waiting)")
        assert (known.item_code, known.role) == ("stores.waiting", "item")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_role_has_words_of_its_own(language: str) -> None:
    with speaking(language):
        offered = question_roles.roles()
    assert set(offered.values()) >= {str(facet) for facet in Facet} | {"overall", "item", "recommend"}
