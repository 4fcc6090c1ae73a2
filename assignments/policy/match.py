from assignments.policy.terms import Policy
from assignments.policy.verdict import MAX_LENGTH, Match, Rule, Verdict, hint_for


def check(prompt: str, policy: Policy) -> Verdict:
    """Judge a prompt against a policy."""
    if len(prompt) > MAX_LENGTH:
        match = Match("", Rule.TOO_LONG, 0, len(prompt), prompt, hint="too_long")
        return Verdict(False, (match,), hint="too_long", version=policy.version)
    found = []
    lowered = prompt.lower() if len(prompt.lower()) == len(prompt) else prompt
    for term in policy.terms:
        at = lowered.find(term.text.lower()) if term.text.strip() else -1
        if at >= 0:
            end = at + len(term.text)
            found.append(
                Match(term.text, Rule.WORD, at, end, prompt[at:end], term.list_name, term.version, term.group,
                      hint_for(Rule.WORD, term.group))
            )
    return Verdict(not found, tuple(found), hint=found[0].hint if found else "", version=policy.version)
