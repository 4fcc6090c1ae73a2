import re
from collections.abc import Iterator

from assignments.policy.normalise import Text
from assignments.policy.verdict import Match, Rule, hint_for

_TARGETS_EN = (
    r"(?:instructions?|rules?|prompts?|directions?|guidelines?|guardrails?|restrictions?|"
    r"filters?|policy|policies|safety)"
)
_TARGETS_KO = r"(?:지시(?:\s?사항)?|명령|규칙|프롬프트|안내|설정|제한|필터|안전\s?장치|금지어|가이드라인)"

# Tags and marks that a model or an image server reads as structure. Angle brackets survive
# normalising as they are, braces as round ones.
_MARKS = re.compile(
    r"<\s*/?\s*(?:student_prompt|sd_cpp_extra_args|lora|hypernet|lyco|system|user|assistant|"
    r"instruction|prompt|script|\|)"
    r"|\[/?(?:inst|system|sys)\]|<</?sys>>|```\s*(?:system|json)|\(\s*\"(?:role|negative_prompt|prompt)\"\s*:"
    r"|(?:^|\n|\s)#{2,}\s*(?:system|instruction|new rules?)|(?:^|\s)(?:system|assistant|developer)\s*:"
)
_PATTERNS = (
    re.compile(
        r"\b(?:ignore|disregard|forget|override|bypass|skip|break|drop|remove|disable|turn off|"
        r"switch off|cancel|do not follow|"
        r"don't follow|stop following)\b[^.!?]{0,30}?\b(?:all|any|every|the|your|these|those|"
        r"previous|above|prior|earlier|"
        rf"preceding|safety|system|teacher's)\b[^.!?]{{0,20}}?\b{_TARGETS_EN}\b"
    ),
    re.compile(rf"\b(?:ignore|disregard|override|bypass)\s+{_TARGETS_EN}\b"),
    re.compile(
        r"\b(?:ignore|disregard|forget)\s+(?:everything|all|anything)\s+(?:above|before|you "
        r"were told|said|i said)"
    ),
    re.compile(
        rf"\b(?:without|no)\s+(?:any\s+)?(?:safety|content)\s*{_TARGETS_EN}|\bunfiltered mode\b|"
        rf"\bno rules apply\b"
        r"|\brules (?:do not|don't) apply\b"
    ),
    re.compile(
        r"\b(?:system prompt|jailbreak|jailbroken|developer mode|admin mode|god mode|dan mode|"
        r"debug mode)\b"
    ),
    re.compile(
        r"\byou (?:are|re|'re) (?:now|no longer)\b[^.!?]{0,40}\b(?:dan|stan|ai|model|assistant|bot|unrestricted|"
        r"uncensored|bound|free)\b|\b(?:act|behave|respond|answer) as (?:dan|an? (?:unrestricted|"
        r"uncensored|unfiltered|jailbroken)\b)|\bdo anything now\b"
    ),
    re.compile(
        rf"\b(?:reveal|show|print|repeat|tell "
        rf"me)\b[^.!?]{{0,20}}\byour\b[^.!?]{{0,15}}\b{_TARGETS_EN}\b"
    ),
    re.compile(r"\b(?:new|updated|real) instructions?\s*:|\bpretend (?:that )?(?:there are|you have) no\b"),
    re.compile(
        r"(?:이전|위|위의|위에|앞|앞의|앞선|앞에|지금까지|기존|모든|원래|선생님|시스템|아까|"
        r"너의|네)\s?(?:의|에서)?\s?(?:나온|말한|적힌|있는|준)?\s?"
        rf"{_TARGETS_KO}[은는을를도들만\s]*[^.!?]{{0,12}}?(?:무시|잊|따르지|따르면 안|지키지|"
        rf"어기|어겨|삭제|취소|해제|우회|끄고|꺼|없애|버리|넘어가)"
    ),
    re.compile(
        r"(?:이전|위|앞|지금까지)\s?(?:에|의)?\s?(?:말|내용|글|문장|설명)[은는을를\s]*(?:모두|"
        r"다|전부)?\s?(?:무시|잊)"
    ),
    re.compile(
        rf"{_TARGETS_KO}[은는을를]?\s?(?:모두|다|전부|싹)?\s?(?:무시하고|무시해|무시한 채|잊어|"
        rf"잊고|따르지 말|지키지 말|어기고 그|끄고|꺼 ?줘|해제하|해제해|우회하|우회해|풀어)"
    ),
    re.compile(
        r"시스템\s?프롬프트|탈옥\s?모드|탈옥해|개발자\s?모드|관리자\s?모드|디버그\s?모드|"
        r"무제한\s?모드|필터\s?없이|검열\s?없이|제한\s?없는\s?모드"
    ),
    re.compile(
        r"(?:(?:너는|넌|당신은)\s?(?:이제|지금)부터?|(?:이제|지금)부터?\s?(?:너는|넌|당신은))\s?[^.!?]{0,20}"
        r"(?:dan(?![a-z])|ai(?![a-z])|인공지능|모델|제한|규칙|"
        r"검열|봇)"
    ),
)  # fmt: skip


def scan_injection(text: Text, prompt: str) -> Iterator[Match]:
    """Words aimed at the model instead of the picture; spans are of the prompt."""
    for pattern in (_MARKS, *_PATTERNS):
        for found in pattern.finditer(text.text):
            start, end = text.span(*found.span())
            yield Match("", Rule.INJECTION, start, end, prompt[start:end], hint=hint_for(Rule.INJECTION))
