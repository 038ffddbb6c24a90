"""What decisions on studies do to the tables: definitions, surveys that begin on the page, new methods."""

from collections.abc import Sequence

from sqm.database.connection import Cursor
from sqm.database.queries import query
from sqm.errors import SqmError
from sqm.rules.decisions import Decision, Kind
from sqm.rules.surveys import studies


def settle(cursor: Cursor, before: Sequence[Decision], after: Sequence[Decision]) -> None:
    """Let the tables say what stands, when it is something else than before."""
    if studies.studies(before) != studies.studies(after) or studies.methods(before) != studies.methods(after):
        restore(cursor, after)


def restore(cursor: Cursor, log: Sequence[Decision]) -> None:
    """All definitions and methods as the log says, also after a new catalogue. What the catalogue or a batch has under
    the same code stays theirs."""
    for name in ("take_studies", "take_surveys", "take_methods"):
        cursor.execute(query("studies", name))
    for study in studies.studies(log).values():
        facts = {
            "survey_code": study.survey_code,
            "name_en": study.name_en,
            "name_zh": study.name_zh,
            "batch_id": study.decision_id,
        }
        cursor.execute(
            query("studies", "add_study"),
            {
                **facts,
                "audience": study.audience,
                "mode": study.mode,
                "cadence": study.cadence,
                "population": study.population,
                "population_en": study.population_en,
                "population_zh": study.population_zh,
                "quota": study.quota,
            },
        )
        cursor.execute(query("studies", "add_survey"), {**facts, "representative": study.representative})
    for method in studies.methods(log):
        cursor.execute(
            query("studies", "add_method"),
            {
                "survey_code": method.survey_code,
                "method_code": method.method_code,
                "valid_from": method.valid_from,
                "note_en": method.note_en,
                "note_zh": method.note_zh,
                "batch_id": method.decision_id,
            },
        )


def refuse_impossible(cursor: Cursor, before: Sequence[Decision], after: Sequence[Decision]) -> None:
    """Raise SqmError: method_code_taken, study_unknown (a method of no survey), study_in_use (what is taken back is
    what answers were stored under)."""
    decision = after[-1]
    if decision.kind is Kind.METHOD_CHANGED:
        known = {row[0] for row in cursor.execute(query("studies", "known_surveys")).fetchall()}
        if decision.subject not in known:
            raise SqmError("study_unknown", study=decision.subject)
        taken = {row[0] for row in cursor.execute(query("studies", "known_methods")).fetchall()}
        if decision.facts["method_code"] in taken:
            raise SqmError("method_code_taken", method=decision.facts["method_code"])
    elif decision.kind is Kind.WITHDRAWN:
        _refuse_in_use(cursor, before, after)


def _refuse_in_use(cursor: Cursor, before: Sequence[Decision], after: Sequence[Decision]) -> None:
    kept = {each.method_code for each in studies.methods(after)}
    methods = [each.method_code for each in studies.methods(before) if each.method_code not in kept]
    gone = [code for code in studies.studies(before) if code not in studies.studies(after)]
    if cursor.execute(query("studies", "in_use"), {"methods": methods, "surveys": gone}).fetchone()[0]:
        raise SqmError("study_in_use", study=", ".join([*methods, *gone]))
