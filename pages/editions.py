"""The edition of the matrix: which indicators it has, what came and went, what is proposed, what is lacking."""

from sqm.ui import page

viewer = page.begin("editions")
