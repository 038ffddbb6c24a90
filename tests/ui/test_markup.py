"""Plain text cannot become markup, whatever it holds and wherever it goes."""

import pytest

from sqm.ui import links
from sqm.ui.markup import Html, cell, el, join, picture
from sqm.ui.words import use

NASTY = '<img src=x onerror="alert(1)">\'&'


@pytest.mark.parametrize("made", [el("td", NASTY), el("td", "x", title=NASTY), cell(NASTY, NASTY), join([NASTY])])
def test_plain_text_is_escaped(made: Html) -> None:
    assert "<img" not in made
    assert "&lt;img" in made


def test_html_is_kept_and_plain_text_beside_it_is_not() -> None:
    assert el("p", el("b", "x"), "<i>") == "<p><b>x</b>&lt;i&gt;</p>"


def test_concatenated_html_loses_its_mark() -> None:
    """str + str is a plain str: forgetting Html(...) shows the tags instead of trusting them."""
    assert "&lt;b&gt;" in el("p", el("b", "x") + "<i>")


def test_alternative_text_of_a_picture_is_escaped() -> None:
    assert 'alt="&lt;img' in picture("<svg/>", NASTY)


def test_links_carry_language_and_escape_choices() -> None:
    with use("zh"):
        made = links.link(NASTY, "matrix", cell='a"><b>')
    assert 'href="matrix?lang=zh&amp;cell=a%22%3E%3Cb%3E"' in made
    assert "<img" not in made
