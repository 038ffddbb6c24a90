"""The rules of use of store audits in words: what each says, and what is refused because of it."""

from sqm.rules.use_rules import Rule
from sqm.ui.words import N_, _

RULES = {
    Rule.NO_PERSON: (
        N_("An audit is charged to nobody"),
        N_("Audits in the appraisal or pay of a person; pages of store audits for personnel"),
    ),
    Rule.NOT_SOLE_BASIS: (
        N_("An audit is never the only basis of an appraisal"),
        N_("The appraisal of a store by audits without customers' answers beside them"),
    ),
    Rule.BULLETIN_ONLY: (
        N_("Process measures are made known in the bulletin, and are no KPI"),
        N_("An appraised indicator from audits; composite or audit as a KPI, in an appraisal or in pay"),
    ),
    Rule.NO_LOCAL_RAISING: (
        N_("Pass marks are the province's: nobody below raises or changes them"),
        N_("A standard, or a target on an indicator from audits, for one district or store, whatever its value"),
    ),
    Rule.OBSERVED_ONLY: (
        N_("Indicators of operations are observed, not appraised"),
        N_("Operations indicators in an appraisal, in pay or as a KPI"),
    ),
    Rule.NOT_LISTED: (
        N_("What nobody allowed is refused"),
        N_("Any other use of audits"),
    ),
}
"""Rule -> what it says, what is refused because of it."""


def refusal(rule: str, source: str) -> str:
    """The sentence for who tried. source: rows of the feature list, '' for none."""
    if rule not in set(Rule):
        return _("A rule of use forbids this. The attempt was written down.")
    says = _(RULES[Rule(rule)][0])
    if not source:
        return _("Refused: {rule}. The attempt was written down.", rule=says)
    return _("Refused: {rule} (rule {source}). The attempt was written down.", rule=says, source=source)
