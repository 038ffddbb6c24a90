"""What customers wrote: by process, store and score, searchable, masked, small groups hidden."""

from sqm.ui import blocks, page
from sqm.ui.comments import comments_body, comments_choice, reveal_form
from sqm.ui.doors import data_names
from sqm.ui.words import _

viewer = page.begin("comments")
choice = comments_choice.choose(viewer, data_names.names())

if choice is None:
    blocks.empty(
        _("No survey holds any comments yet."), _("An analyst uploads a survey file with a column of comments.")
    )
else:
    reveal_form.show(viewer, choice)
    blocks.html(comments_body.body(viewer, choice))
