import re
from collections.abc import Iterator

from assignments.policy.match import find_terms
from assignments.policy.normalise import Text
from assignments.policy.terms import Policy, Term
from assignments.policy.verdict import Match, Rule, hint_for

# Nouns are found with the matcher, so that particles and disguises count and 투자해서 does not hold 자해.
_SELF_HARM_WORDS = Policy(
    terms=tuple(Term(word) for word in ("자살", "자해", "음독자살", "동반자살", "suicide", "suicidal", "self-harm")),
    exceptions=(
        "자살골", "자살예방", "자살 예방", "자살방지", "자살 방지", "suicide squad", "suicide prevention",
        "suicide awareness", "suicide door", "self-harm prevention",
    ),
)  # fmt: skip

# Letters without which no form or disguise of those words is there.
_HINTS = re.compile(r"자|[ㄱ-ㅣ]|[s$5z][^a-z]{0,3}[ue]")

_IDIOM = re.compile(
    r"죽고\s?싶을\s?(?:만큼|정도로)(?!\s?(?:너무\s?|정말\s?)?(?:힘들|괴로|괴롭|아프|아파|외로|외롭|슬프|슬퍼|"
    r"우울|싫|무서|무섭|지치|지쳐))|죽고\s?싶지\s?않|(?:배고파|배불러|웃겨|좋아|귀여워|"
    r"보고\s?싶어|더워|추워|졸려|피곤해|심심해|힘들어|예뻐|맛있어|궁금해)서?\s?죽"
    # 힘들어 죽겠다 is a way of speaking; 힘들어서 죽고 싶다 is a wish.
    r"(?!고\s?(?:만\s?)?(?:싶|시퍼|시프|십)|을래|을까|으면|었으면|어\s?버리고\s?싶|어\s?버릴|는\s?게\s?나)"
    r"|(?:게임|돈|공부|성적|사랑|유행|인기|축구|점수|승부|휴대폰|핸드폰|유튜브)에(?:만)?\s?목을?\s?매"
    r"|(?:기|숨|시간|소리|발소리)[을를]?\s?죽|죽여\s?주는|\bto die for\b|\bdying to (?:see|"
    r"know|meet|try|go|eat)\b"
    r"|\bkill(?:ing)? (?:time|the lights)\b|\bcut(?:ting)? myself (?:a|an|some|off|out|loose|in)\b"
    r"|\bshoot(?:ing)? (?:you )?(?:a|an|some|the) (?:photo|picture|video|film|movie|hoop|"
    r"basket|star|scene|text|message)"
)

_SELF_HARM = (
    re.compile(
        r"죽고\s?(?:싶|시퍼|시프|십)|뒤지고\s?싶|살자하고\s?싶|사라지고\s?(?:싶|시퍼)|죽어\s?버리고\s?싶|죽어\s?버릴까|죽었으면\s?좋겠|(?:내가|나도|난|"
        r"나는)\s?(?:그냥\s?)?죽(?:을래|을까|으면|을\s?거|는\s?게\s?나)|"
        r"(?:그냥|차라리|이제|확)\s?죽(?:을래|을까\s?(?:봐|생각)|어\s?버릴래|는\s?게\s?나)|죽고\s?만\s?싶|죽어\s?버릴래"
    ),
    re.compile(
        r"살고\s?싶지\s?않|살기\s?(?:가\s?)?싫|살아서\s?뭐|사는\s?게\s?(?:너무\s?)?(?:힘들|싫|"
        r"의미)|살\s?이유가\s?없|없어지고\s?싶|사라져\s?버리고\s?싶|(?:더\s?이상|더는|그만)\s?(?:못\s?살겠|살고\s?싶지)|"
        r"그만\s?살고\s?싶|태어나지\s?(?:말|않았으면|않았어야)|유서[를을]\s?(?:쓰|써|썼|남기|남겼)"
    ),
    re.compile(
        r"(?:손목|팔목)[을를]?\s?(?:칼로\s?)?(?:긋|그어|그은|그었|그을|베는|베어|벤)|"
        r"목[을를]?\s?매(?:달|단|는|고|어|서)|스스로\s?목숨|목숨을\s?끊"
    ),
    re.compile(
        r"(?:옥상|다리|한강|아파트|창문)(?:에서|에|으로)\s?(?:뛰어내리고\s?싶|뛰어내릴래|투신)|"
        r"극단(?:적(?:인)?)?\s?선택|번개탄|내\s?몸[을에]\s?(?:상처|해치|긋)|나를\s?(?:해치고|죽이고|"
        r"다치게\s?하고)\s?싶"
    ),
    re.compile(
        r"\b(?:kill|hurt|harm|cut|hang|stab|shoot|burn|starve|drown)(?:t?ing|bing|s)? "
        r"(?:myself|himself|herself|themselves|themself)\b"
    ),
    re.compile(
        r"\bunaliv(?:e|ed|es|ing)\b|\bsewer ?slide\b|\bkms\b|\b(?:off|neck|end) myself\b|"
        r"\bend it all\b|\bdo(?:n't| not) want to be (?:here|around) any ?more\b"
    ),
    re.compile(
        r"\b(?:want|wanna|wants|wanting|going|ready|wish) (?:to )?(?:die|be dead|disappear "
        r"forever|stop living|end it all)\b"
    ),
    re.compile(
        r"\bi wish i (?:was|were) (?:dead|never born|gone)\b|\bend(?:ing)? (?:my|his|her|"
        r"their) (?:own )?life\b|\bbetter off dead\b|\btake my own life\b|\bbetter off without me\b|"
        r"\bnobody would (?:miss me|care if i (?:died|was gone|were gone))\b|\bdo(?:n't| not) deserve to live\b|"
        r"\btired of (?:living|being alive|my life)\b"
    ),
    re.compile(
        r"\bdo(?:n't| not) want to (?:live|be alive|exist|wake up)\b|\bno (?:reason|point) "
        r"(?:to|in) liv(?:e|ing)\b|\bslit(?:ting)? (?:my|his|her|their)? ?wrists?\b"
    ),
)  # fmt: skip

_VICTIM_KO = (
    r"(?:너|널|너희|니|네놈|걔|쟤|걔네|선생님?|쌤|담임|친구|짝꿍|우리\s?반|반\s?애들?|애들|"
    r"학교|교실|급식실|엄마|아빠|동생|오빠|형|누나|언니|교장)"
)
_THREAT = (
    re.compile(
        rf"{_VICTIM_KO}[^.!?]{{0,12}}?(?:죽여\s?버리|죽여\s?버릴|죽일\s?거|죽이겠|죽인다|"
        rf"죽이고\s?싶|죽여\s?줄|찔러\s?버|찔러\s?죽|찌를\s?거|때려\s?죽|패\s?죽|"
        rf"칼로\s?찌르고\s?싶)"
    ),
    re.compile(
        r"(?:학교|교실|우리\s?반|급식실)[^.!?]{0,10}?(?:폭파하겠|폭파할|폭파시킬|"
        r"폭탄을?\s?(?:설치|터뜨릴|터트릴)|불\s?지를|불을\s?지르겠|테러하겠|테러할|칼부림)"
    ),
    re.compile(
        r"(?:다|모두|전부|싹)\s?(?:죽여\s?버릴|죽일\s?거|죽이겠|죽여\s?버리겠)|"
        r"가만\s?안\s?둘\s?거야|(?:너|니)\s?죽었어|죽을\s?줄\s?알아"
    ),
    re.compile(
        r"\b(?:i'll|i will|i'm going to|i am going to|i'm gonna|im gonna|gonna|i want to|i "
        r"wanna|we will|we'll) "
        r"(?:kill|stab|shoot|murder|strangle|attack|beat up|hurt|bomb|blow up|burn down|poison) "
        r"(?:you|him|her|them|everyone|everybody|my (?:teacher|class|classmates?|school|friend|"
        r"mom|dad|mother|father|sister|brother)|"
        r"the (?:school|teacher|class|principal)|our (?:school|teacher|class)|this (?:school|"
        r"class)|mr|ms|mrs|miss)\b"
    ),
    re.compile(
        r"\b(?:kill yourself|kys|go die|you (?:will|are going to|are gonna|'re going to|'re "
        r"gonna) die|you're dead)\b"
    ),
    re.compile(
        r"\b(?:shoot up|bomb|blow up|burn down) (?:the|my|our|this|a) (?:school|classroom|"
        r"class)\b|\bschool shooting\b|\bbring a (?:gun|knife) to school\b"
    ),
)  # fmt: skip


def scan_safety(text: Text, prompt: str) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """(self-harm, threats) in a prompt. Idioms such as 배고파 죽겠다 and "killing time" do not count."""
    spared = [found.span() for found in _IDIOM.finditer(text.text)]
    words = find_terms(prompt, _SELF_HARM_WORDS) if _HINTS.search(text.text) else ()
    harm = [_match(Rule.SELF_HARM, match.start, match.end, prompt) for match in words]
    harm += _scan(_SELF_HARM, Rule.SELF_HARM, text, prompt, spared)
    return tuple(harm), tuple(_scan(_THREAT, Rule.THREAT, text, prompt, spared))


def _scan(
    patterns: tuple[re.Pattern[str], ...], rule: Rule, text: Text, prompt: str, spared: list[tuple[int, int]]
) -> Iterator[Match]:
    for pattern in patterns:
        for found in pattern.finditer(text.text):
            if not any(one < found.end() and found.start() < two for one, two in spared):
                yield _match(rule, *text.span(*found.span()), prompt)


def _match(rule: Rule, start: int, end: int, prompt: str) -> Match:
    return Match("", rule, start, end, prompt[start:end], hint=hint_for(rule))
