"""A file on its way into the database: what is known of it so far, and the steps that lead on. No drawing here.

The draft lives in the viewer's session; the raw bytes are on disk from the first moment, and Streamlit's own copy in
memory is dropped at once (it would otherwise stay until long after the session).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from sqm import config
from sqm.database.batches import batches, register, rehearsal
from sqm.database.batches.batches import Batch
from sqm.database.batches.rehearsal import Rehearsal
from sqm.database.batches.uploads import Upload, Uploads
from sqm.database.connection import Database
from sqm.database.deciding import use_rules
from sqm.database.safety import space
from sqm.intake import limits
from sqm.intake.child import look_in_child, read_in_child
from sqm.intake.first_look.look import Look
from sqm.intake.problems import Level
from sqm.intake.proposals import known_study, proposal
from sqm.intake.reading import Reading
from sqm.intake.recipe import AUDITS, ColumnUse, Recipe, Template
from sqm.intake.words.dates import FIRST_DAY
from sqm.rules.access import Action
from sqm.rules.use_rules import Rule, sources
from sqm.ui.doors.data import database
from sqm.ui.signing import rights, sign_in
from sqm.ui.signing.sign_in import Viewer

_STATE = "upload.draft"
_GENERATION = "upload.generation"
STEPS = ("file", "columns", "check", "rehearse", "commit")


@dataclass(frozen=True)
class Draft:
    """Each later part is None until its step has been reached; going back empties the later parts. known: the earlier
    file of the same study, whose mapping the recipe takes over; '' when there is none or the analyst maps anew."""

    upload: Upload
    look: Look
    recipe: Recipe
    known: str = ""
    reading: Reading | None = None
    take_good_rows: bool = False
    replace_stored: bool = False
    rehearsal: Rehearsal | None = None
    batch: Batch | None = None

    @property
    def step(self) -> int:
        """Position in STEPS."""
        if self.batch is not None:
            return 4
        if self.rehearsal is not None:
            return 3
        return 2 if self.reading is not None or not self.look.readable else 1

    @property
    def may_go_on(self) -> bool:
        """Good rows are there, and none is left out without the analyst's word."""
        if self.reading is None or not self.reading.rows.num_rows:
            return False
        levels = {problem.level for problem in self.reading.problems}
        return Level.FILE not in levels and (Level.ROW not in levels or self.take_good_rows)


def current() -> Draft | None:
    """The draft of this session."""
    draft = st.session_state.get(_STATE)
    return draft if isinstance(draft, Draft) else None


def keep(draft: Draft) -> Draft:
    st.session_state[_STATE] = draft
    return draft


def generation() -> int:
    """Part of the key of the upload widgets: a new number gives empty ones."""
    return int(st.session_state.get(_GENERATION, 0))


def uploads() -> Uploads:
    return Uploads(config.load().uploads)


def receive(viewer: Viewer, sent: UploadedFile) -> None:
    """Copy the file to disk in chunks, forget it in memory, look into it, and propose what its columns are."""
    rights.require(viewer, Action.COMMIT_BATCH)
    settings = config.load()
    space.require(settings, sent.size)
    upload = uploads().receive(sent, sent.name, settings.upload_bytes)
    _drop_from_memory(sent.file_id)
    look = look_in_child(uploads().path(upload.upload_id), upload.file_name, limits.of(settings))
    draft = keep(Draft(upload, look, *_proposed(look)))
    if look.readable and draft.recipe.is_template:
        read(draft, draft.recipe)


def read(draft: Draft, recipe: Recipe) -> None:
    """Read the whole file with this recipe."""
    settings = config.load()
    known = register.read(database(), date.today())
    if recipe.template is Template.TARGETS:
        recipe = recipe.with_constant("targets_from", (known.targets_from or FIRST_DAY).isoformat())
    path = uploads().path(draft.upload.upload_id)
    reading = read_in_child(path, draft.upload.file_name, recipe, known, limits.of(settings))
    _note_persons(draft.upload.file_name, reading)
    keep(replace(draft, recipe=recipe, reading=reading, rehearsal=None, take_good_rows=False))


def _note_persons(file_name: str, reading: Reading) -> None:
    """An audit with a column of persons was refused; that somebody tried is written down, without what stood in it."""
    named = next((problem for problem in reading.problems if problem.code == "staff_column"), None)
    if named is not None:
        values = {"rule": Rule.NO_PERSON.value, "source": sources(Rule.NO_PERSON), "object": file_name}
        use_rules.log(database(), sign_in.viewer().name, {**values, "columns": named.value("columns")})


def rehearse(viewer: Viewer, draft: Draft, replace_stored: bool = False) -> None:
    """Find out what a commit would change. Raises the SqmError that the commit would raise."""
    reading = _reading(draft)
    recipe = replace(draft.recipe, accept_good_rows=draft.take_good_rows)
    found = rehearsal.rehearse(database(), draft.upload, recipe, reading, viewer.name, replace_stored)
    keep(replace(draft, recipe=recipe, rehearsal=found, replace_stored=replace_stored))


def commit(viewer: Viewer, draft: Draft) -> None:
    """Store it. The right is checked here and not only by who may see the button."""
    viewer = rights.require(viewer, Action.COMMIT_BATCH)
    reading = _reading(draft)
    told = draft.rehearsal.outcome if draft.rehearsal is not None else None
    batch = batches.commit(
        database(), uploads(), draft.upload, draft.recipe, reading, viewer.name, draft.replace_stored, told
    )
    if not draft.recipe.is_template:
        register.remember_columns(database(), draft.recipe.template, draft.recipe.columns)
    keep(replace(draft, batch=batch))


def undo(viewer: Viewer, batch_id: str) -> None:
    """Restore the state from before a batch."""
    viewer = rights.require(viewer, Action.UNDO_BATCH)
    batches.undo(database(), uploads(), batch_id, viewer.name)


def abandon() -> None:
    """Forget the draft. A raw file that was never committed goes too."""
    draft = current()
    if draft is not None and draft.batch is None:
        uploads().discard(draft.upload.upload_id)
    st.session_state.pop(_STATE, None)
    st.session_state[_GENERATION] = generation() + 1


def back_to(step: str) -> None:
    """Return to the columns or to the check."""
    draft = current()
    if draft is not None:
        keep(replace(draft, rehearsal=None, reading=None if step == "columns" else draft.reading))


def _proposed(look: Look) -> tuple[Recipe, str]:
    """The recipe, and the earlier file that it comes from when a study is known."""
    db = database()
    codes = register.read(db, date.today())
    others = (template for template in Template if template not in AUDITS)
    guessed = proposal.propose(look, codes, _remembered(db, others), _remembered(db, AUDITS))
    for file_name, recipe in batches.recipes(db):
        found = known_study.recalled(look, guessed, [recipe])
        if found is not None:
            return found, file_name
    return guessed, ""


def _remembered(db: Database, templates: Iterable[Template]) -> dict[str, ColumnUse]:
    return {header: use for template in templates for header, use in register.remembered_columns(db, template).items()}


def _reading(draft: Draft) -> Reading:
    if draft.reading is None:
        raise RuntimeError("the file has not been read")
    return draft.reading


def _drop_from_memory(file_id: str) -> None:
    """Streamlit keeps an upload until a later session ends after this one's time is up: remove it now."""
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file_id)
    st.session_state[_GENERATION] = generation() + 1
