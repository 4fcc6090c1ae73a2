import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from assignments.policy.analyser import is_noun
from assignments.policy.normalise import Text
from assignments.policy.shipped import read_rows
from assignments.policy.verdict import Match, Rule, hint_for

_PHONE = re.compile(
    r"(?<![\d.])(?:\+?82[ .\-]?\(?0?1\d\)?|01[016789])[ .\-]{0,3}\d{3,4}[ .\-]{0,3}\d{4}(?!\d)"
    r"|(?<![\d.])0(?:2|[3-6]\d|70|80|50\d)[ .)\-]{1,3}\d{3,4}[ .\-]{1,3}\d{4}(?!\d)"
    r"|(?<![\d.])\+\d{1,3}[ .\-]?\(?\d{1,4}\)?(?:[ .\-]?\d{2,4}){2,4}(?!\d)"
    r"|(?<![\d.])\(?\d{3}\)?[ .\-]\d{3}[ .\-]\d{4}(?!\d)"
)
_SPOKEN_DIGITS = re.compile(
    r"(?<![가-힣])공\s?일\s?[공영일육칠팔구](?:[\s\-]*[공영일이삼사오육칠팔구]){7,8}(?![가-힣])"
)
_RESIDENT = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})([ \-]{0,3})([1-8])(\d{6})(?!\d)")
_EMAIL = re.compile(r"[\w.+\-]{1,64}\s?@\s?(?:[a-z0-9\-]{1,63}\s?\.\s?){1,4}[a-z]{2,24}(?![a-z])")
# Written out to get past a filter. A plain "at" wants a plain "dot" with it: "look at naver.com" tells no address.
_SPELLED_EMAIL = re.compile(
    r"[\w.+\-]{1,64}\s*(?:(?:[(\[]\s*(?:at|골뱅이)\s*[)\]]|골뱅이)\s*[a-z0-9가-힣\-]{1,30}\s*"
    r"(?:[(\[]\s*(?:dot|점)\s*[)\]]|\bdot\b|닷|점|\.)"
    r"|\bat\s+[a-z0-9\-]{1,63}\s+dot\b)\s*(?:com|net|org|edu|info|kr|co|컴|넷)(?![a-z])"
)
_SPELLED_HINT = re.compile(r"dot|닷|점|골뱅이|[(\[]\s*at\b")
_HANDLE = re.compile(r"(?<![\w@])@[a-z0-9][a-z0-9._]{2,29}(?![\w@])")
_ACCOUNT = re.compile(
    r"(?:인스타(?:그램)?|카톡|카카오톡|디스코드|틱톡|페이스북|페북|스냅챗|로블록스|텔레그램|유튜브)\s*(?:아이디|id|계정|닉네임|주소)"
    r"\s*(?:는|은|:|=)?\s*([a-z0-9._#\-]{3,40})"
    r"|\b(?:instagram|insta|snapchat|tiktok|discord|kakao(?:talk)?|telegram|roblox|facebook)\s*"
    r"(?:id|account|username|handle|name)?\s*(?:is|:|=)\s*([a-z0-9._#\-]{3,40})"
)
_ADDRESSES = (
    re.compile(r"[가-힣]{1,8}(?:특별시|광역시|시|도|군|구)\s+(?:[가-힣0-9]{1,12}\s+){0,3}[가-힣0-9]{1,12}(?:로|길)\s?\d{1,5}(?:-\d{1,4})?(?!\d)"),
    re.compile(r"(?<![가-힣])[가-힣]{1,10}(?:읍|면|동|리|가)\s?\d{1,5}(?:-\d{1,4})?\s?번지"),
    re.compile(r"(?<!\d)\d{1,4}\s?동\s?\d{1,5}\s?호(?![가-힣])"),
    re.compile(
        r"(?<![\w])\d{1,5}[a-z]?\s+(?:[a-z][a-z']{1,20}\s+){1,3}(?:street|st|avenue|ave|road|rd|lane|ln|drive|boulevard|blvd|court|terrace)\b(?!\s+market)"
    ),
)  # fmt: skip
_RESIDENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
# Numbers given out since then end in random digits (enforcement rules of the Resident Registration Act, article 2).
_RANDOM_SINCE = date(2020, 10, 5)
_AFTER_NAME = re.compile(
    r"$|[^가-힣]|(?:이|가|은|는|을|를|의|와|과|랑|도|만|야|아|네|씨|님|쌤|께|한테|에게|하고|처럼|같|보다|까지|부터|선생|언니|오빠|누나|형|친구|얼굴|사진)"
)


def scan_personal(text: Text, prompt: str) -> Iterator[Match]:
    """Phone, resident and account numbers, e-mail and postal addresses in normalised text, in spans of the prompt."""
    for rule, start, end in _found(text.text):
        one, two = text.span(start, end)
        yield Match(None, rule, one, two, prompt[one:two], hint=hint_for(rule))


def _found(text: str) -> Iterator[tuple[Rule, int, int]]:
    has_digits = any(character.isdigit() for character in text)
    if has_digits:
        for number in _RESIDENT.finditer(text):
            year, month, day, gap, kind, rest = number.groups()
            # A date, a dash and seven digits are a resident number to whoever reads them: a newer or changed one
            # has no check digit, and a child who mistypes a digit has still told the birthday.
            if is_resident_number(year, month, day, kind, rest) or (
                gap and _birthday(year, month, day, kind)
            ):
                yield Rule.PERSONAL_RRN, *number.span()
        for number in _PHONE.finditer(text):
            yield Rule.PERSONAL_PHONE, *number.span()
        known = _public_addresses()
        for pattern in _ADDRESSES:
            for address in pattern.finditer(text):
                if not any(public in address.group() for public in known):
                    yield Rule.PERSONAL_ADDRESS, *address.span()
    for number in _SPOKEN_DIGITS.finditer(text):
        yield Rule.PERSONAL_PHONE, *number.span()
    if _SPELLED_HINT.search(text):
        for email in _SPELLED_EMAIL.finditer(text):
            yield Rule.PERSONAL_EMAIL, *email.span()
    if "@" in text:
        for email in _EMAIL.finditer(text):
            yield Rule.PERSONAL_EMAIL, *email.span()
        for handle in _HANDLE.finditer(text):
            yield Rule.PERSONAL_ACCOUNT, *handle.span()
    for account in _ACCOUNT.finditer(text):
        yield Rule.PERSONAL_ACCOUNT, *account.span()


def is_resident_number(year: str, month: str, day: str, kind: str, rest: str) -> bool:
    """Whether thirteen digits can be a Korean resident registration number: a real date and the check digit.

    The check digit is (11 - weighted sum mod 11) mod 10; a foreigner's number (kind 5 to 8) adds 2.
    """
    born = _birthday(year, month, day, kind)
    if born is None:
        return False
    if born >= _RANDOM_SINCE:
        return True
    digits = [int(digit) for digit in f"{year}{month}{day}{kind}{rest}"]
    total = sum(digit * weight for digit, weight in zip(digits, _RESIDENT_WEIGHTS, strict=False))
    checks = {(11 - total % 11) % 10}
    if kind in "5678":
        checks.add((13 - total % 11) % 10)
    return digits[-1] in checks


def _birthday(year: str, month: str, day: str, kind: str) -> date | None:
    """The birthday in a resident number, None where there is no such day. `kind` tells the century."""
    try:
        return date((1900 if kind in "1256" else 2000) + int(year), int(month), int(day))
    except ValueError:
        return None


def _public_addresses() -> tuple[str, ...]:
    return tuple(row[0] for row in read_rows("addresses.tsv"))


def scan_names(text: Text, prompt: str, names: tuple[str, ...]) -> Iterator[tuple[Match, bool]]:
    """Names of the class's people, each with whether it is only a warning: a common word, or a given name alone."""
    for name in names:
        full = " ".join(name.lower().split())
        if not full:
            continue
        is_common = is_noun(full) if _is_hangul(full) else False
        for start, end in _places(text.text, full):
            yield _name_match(text, prompt, start, end), is_common
        for start, end in _spaced_places(text.text, full):
            # 김 하늘 may also be laver and sky.
            yield _name_match(text, prompt, start, end), is_common or is_noun(full[1:])
        for given in _given_names(full):
            for start, end in _places(text.text, given):
                yield _name_match(text, prompt, start, end), True


def _is_hangul(text: str) -> bool:
    return all("가" <= letter <= "힣" for letter in text)


def _given_names(full: str) -> tuple[str, ...]:
    if _is_hangul(full):
        return (full[1:],) if len(full) == 3 else ()
    return tuple(part for part in full.split() if len(part) > 2) if " " in full else ()


def _places(text: str, name: str) -> Iterator[tuple[int, int]]:
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        before = text[at - 1] if at else " "
        if "가" <= name[-1] <= "힣":
            if not "가" <= before <= "힣" and (len(name) > 2 or _AFTER_NAME.match(text, end)):
                yield at, end
        elif not before.isalnum() and not text[end : end + 1].isalpha():
            yield at, end
        at = text.find(name, end)


def _spaced_places(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a Korean name of three or more syllables is written apart (김 도 윤, 김.도.윤)."""
    if len(name) < 3 or not _is_hangul(name) or not all(letter in text for letter in name):
        return
    for found in _apart(name).finditer(text):
        if found.end() - found.start() > len(name) and _AFTER_NAME.match(text, found.end()):
            yield found.span()


@lru_cache(maxsize=5_000)
def _apart(name: str) -> re.Pattern[str]:
    return re.compile(r"(?<![가-힣])" + r"[\s.,\-_·*~]{0,2}".join(name))


def _name_match(text: Text, prompt: str, start: int, end: int) -> Match:
    one, two = text.span(start, end)
    rule = Rule.PERSONAL_NAME
    return Match(None, rule, one, two, prompt[one:two], list_name="roster", hint=hint_for(rule))
