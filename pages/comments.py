"""What customers wrote: by process, store and score, searchable, masked, small groups hidden."""

from sqm.ui import page

viewer = page.begin("comments")
