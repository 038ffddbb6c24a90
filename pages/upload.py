"""Upload: file, columns, check, rehearse, commit; and the history of batches with undo."""

from sqm.ui import blocks, page
from sqm.ui.decisions import told
from sqm.ui.upload import upload_check, upload_draft, upload_file, upload_history
from sqm.ui.upload.columns import upload_columns, upload_known
from sqm.ui.upload.rehearsed import upload_rehearsal
from sqm.ui.words import _

viewer = page.begin("upload", needs_data=False)
draft = upload_draft.current()
step = 0 if draft is None else draft.step
blocks.steps([_("File"), _("Columns"), _("Check"), _("Rehearse"), _("Commit")], step)

told.say()

if draft is None:
    upload_file.choose(viewer)
elif step == 1 and draft.known:
    upload_known.confirm(draft)
elif step == 1:
    upload_columns.map_columns(draft)
elif step == 2:
    upload_check.check(viewer, draft)
elif step == 3:
    upload_rehearsal.rehearse(viewer, draft)
else:
    upload_rehearsal.done(viewer, draft)

upload_history.show(viewer)
