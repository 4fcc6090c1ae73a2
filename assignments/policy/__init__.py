from assignments.policy import shipped
from assignments.policy.compose import (
    DEFAULT_TEMPLATE,
    FIELD_NAMES,
    MAX_TEMPLATE_LENGTH,
    Composed,
    MetaFields,
    TemplateError,
    compose,
    render_template,
    safety_frame,
    student_words,
    unknown_fields,
    validate_template,
)
from assignments.policy.editor import WARNINGS, Expansion, TermWarning, expand, review_term
from assignments.policy.judge import check
from assignments.policy.rewording import suggest
from assignments.policy.terms import Matching, Policy, Term, matching_for
from assignments.policy.verdict import GROUPS, HINTS, MAX_LENGTH, Match, Rule, Verdict
from assignments.policy.visible import is_unseen, visible_line, visible_text

__all__ = [
    "DEFAULT_TEMPLATE",
    "FIELD_NAMES",
    "GROUPS",
    "HINTS",
    "MAX_LENGTH",
    "MAX_TEMPLATE_LENGTH",
    "WARNINGS",
    "Composed",
    "Expansion",
    "Match",
    "Matching",
    "MetaFields",
    "Policy",
    "Rule",
    "TemplateError",
    "Term",
    "TermWarning",
    "Verdict",
    "check",
    "compose",
    "expand",
    "is_unseen",
    "matching_for",
    "render_template",
    "review_term",
    "safety_frame",
    "shipped",
    "student_words",
    "suggest",
    "unknown_fields",
    "validate_template",
    "visible_line",
    "visible_text",
]
