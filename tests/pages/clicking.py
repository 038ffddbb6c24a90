"""Buttons of a page under AppTest, by their words."""

from streamlit.testing.v1 import AppTest


def click(app: AppTest, label: str) -> AppTest:
    """Press the first button of this name."""
    next(each for each in app.button if each.label == label).click()
    return app.run()


def labels(app: AppTest) -> set[str]:
    return {each.label for each in app.button}
