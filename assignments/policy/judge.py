from assignments.policy.match import find_terms
from assignments.policy.terms import Policy
from assignments.policy.verdict import MAX_LENGTH, Match, Rule, Verdict, hint_for


def check(prompt: str, policy: Policy) -> Verdict:
    """Judge a prompt against a policy. Deterministic, without network, bounded: a longer prompt than `MAX_LENGTH`
    is refused before any matching."""
    if len(prompt) > MAX_LENGTH:
        match = Match("", Rule.TOO_LONG, 0, len(prompt), prompt, hint=hint_for(Rule.TOO_LONG))
        return Verdict(False, (match,), hint=match.hint, version=policy.version)
    matches = find_terms(prompt, policy)
    return Verdict(not matches, matches, hint=matches[0].hint if matches else "", version=policy.version)
