"""Every rule of use has its words, in both languages, with its source, wherever it is refused."""

import pytest

from sqm.errors import SqmError
from sqm.rules import use_rules
from sqm.rules.use_rules import Rule
from sqm.ui.decisions import decision_texts, rule_texts
from sqm.ui.upload import problem_texts
from sqm.ui.words import use
from tests.words import HAN


@pytest.mark.parametrize("rule", list(Rule))
def test_a_refusal_names_the_rule_and_its_source(rule: Rule) -> None:
    source = use_rules.sources(rule)
    refused = SqmError("use_rule", rule=rule.value, source=source, object="STO-O07")
    with use("en"):
        english = decision_texts.sentence(refused)
        assert rule_texts.RULES[rule][0] in english and source in english
        assert problem_texts.sentence(refused) == english
    with use("zh"):
        chinese = decision_texts.sentence(refused)
        assert HAN.search(chinese) and source in chinese and chinese != english


def test_a_rule_that_nobody_knows_is_still_a_refusal() -> None:
    with use("en"):
        assert problem_texts.sentence(SqmError("use_rule")).startswith("A rule of use forbids this.")
