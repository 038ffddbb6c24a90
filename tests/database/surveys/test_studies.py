"""Studies on a real database: what the catalogue says, what an analyst changes, and what cannot be taken back."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sqm import config
from sqm.database import catalogue
from sqm.database.batches import rebuild
from sqm.database.batches.uploads import Uploads
from sqm.database.connection import Database
from sqm.database.deciding import decisions
from sqm.database.hashes import table_hashes
from sqm.database.surveys import studies, surveys
from sqm.errors import SqmError
from sqm.intake.limits import Limits
from sqm.rules.access import EVERYTHING, Scope
from sqm.rules.decisions import Decision, Draft, withdraw
from sqm.rules.surveys import studies as rules
from tests.database.batches.test_rebuild import send
from tests.database.conftest import open_tiny
from tests.database.files import survey_file

SAID = {"name_en": "Family plan panel", "audience": "customers", "mode": "sms", "cadence": "monthly", "quota": 500}


def decide(db: Database, uploads: Uploads, draft: Draft) -> Decision:
    return decisions.record(db, uploads, draft.kind, "ana", "analyst", draft.subject, draft.facts, date(2026, 11, 22))


def study(db: Database, code: str) -> dict[str, object]:
    rows = studies.studies(db)
    found: dict[str, object] = rows[rows["survey_code"] == code].to_dict("records")[0]
    return found


def test_the_catalogue_says_who_is_asked_how_and_how_often(db: Database) -> None:
    cati, web, groups = (study(db, code) for code in ("cati", "web", "focus_groups"))
    assert (cati["audience"], cati["mode"], cati["cadence"], cati["quota"]) == ("customers", "cati", "monthly", 3280)
    assert cati["name_zh"] == "月度CATI电话调查" and bool(cati["is_survey"]) and not cati["decision_id"]
    assert not web["representative"] and web["cadence"] == "open"
    assert groups["name_en"] == "Focus groups" and not groups["is_survey"]
    assert "focus_groups" not in set(surveys.surveys(db)["survey_code"])


def test_a_definition_comes_before_the_catalogue_until_it_is_taken_back(db: Database, uploads: Uploads) -> None:
    before = {name: each for name, each in table_hashes(db).items() if name != "decisions"}
    made = decide(db, uploads, rules.define("cati", {**SAID, "mode": "cati", "name_zh": "家庭套餐"}))
    assert (study(db, "cati")["quota"], study(db, "cati")["decision_id"]) == (500, made.decision_id)
    named = surveys.surveys(db).set_index("survey_code")["name_zh"]
    assert named["cati"] == "家庭套餐" and len(named) == len(set(named.index))
    with db.write() as cursor:  # a new catalogue leaves it
        catalogue.load(cursor, config.ROOT / "data" / "catalogue")
    assert study(db, "cati")["quota"] == 500
    decide(db, uploads, withdraw(made.decision_id))
    assert {name: each for name, each in table_hashes(db).items() if name != "decisions"} == before


def test_a_new_study_is_a_survey_that_answers_can_come_to(db: Database, uploads: Uploads) -> None:
    decide(db, uploads, rules.define("panel", {**SAID, "representative": False}))
    assert not surveys.surveys(db).set_index("survey_code")["representative"]["panel"]
    decide(db, uploads, rules.change_method("panel", "panel-1", date(2026, 9, 1), "first questionnaire", ""))
    assert "panel-1" in set(surveys.methods(db)["method_code"])
    with pytest.raises(SqmError, match="method_code_taken"):
        decide(db, uploads, rules.change_method("panel", "panel-1", date(2026, 9, 1), "again", ""))
    with pytest.raises(SqmError, match="study_unknown"):
        decide(db, uploads, rules.change_method("nobody", "nobody-1", date(2026, 9, 1), "new", ""))


def test_a_method_that_answers_were_given_by_cannot_be_taken_back(db: Database, uploads: Uploads) -> None:
    draft = rules.change_method("store_evaluation", "store_evaluation-2", date(2020, 1, 1), "five questions", "五题版")
    made = decide(db, uploads, draft)
    send(db, uploads, "june.csv", survey_file(np.random.default_rng(3), 60))
    assert set(studies.waves(db)["method_code"]) == {"store_evaluation-2"}
    with pytest.raises(SqmError, match="study_in_use"):
        decide(db, uploads, withdraw(made.decision_id))


def test_a_wave_is_counted_with_its_weights_and_its_parts(db: Database, uploads: Uploads) -> None:
    send(db, uploads, "june.csv", survey_file(np.random.default_rng(3), 60))
    rows = studies.waves(db)
    direct = db.frame("select month, count(*) as n, sum(weight) as w from responses group by month order by month")
    assert rows["n"].tolist() == direct["n"].tolist() and rows["w"].astype(float).tolist() == direct["w"].tolist()
    month = rows["month"].iloc[0].date()
    parts = studies.parts(db, EVERYTHING, "store_evaluation", month, "own")
    by_kind = parts.groupby("kind")["n"].sum()
    assert by_kind["channel"] == by_kind["operator"] == rows["n"].iloc[0]
    seen = studies.parts(db, Scope(frozenset(), None), "store_evaluation", month, "own")
    assert "district" not in set(seen["kind"]) and "channel" in set(seen["kind"])
    asked = studies.instrument(db)
    assert "stores.overall" in set(asked["item_code"])


def test_a_rebuild_gives_studies_and_methods_again(db: Database, uploads: Uploads, tmp_path: Path) -> None:
    decide(db, uploads, rules.define("panel", SAID))
    decide(db, uploads, rules.change_method("store_evaluation", "store_evaluation-2", date(2026, 5, 1), "shorter", ""))
    send(db, uploads, "june.csv", survey_file(np.random.default_rng(3), 60))
    rebuilt = open_tiny(tmp_path / "rebuilt.duckdb")
    rebuild.replay_all(rebuilt, uploads, Limits())
    assert table_hashes(rebuilt) == table_hashes(db)
    rebuilt.close()
