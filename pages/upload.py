from sqm.ui import page

viewer = page.begin("upload")
