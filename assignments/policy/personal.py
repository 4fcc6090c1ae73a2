import re
from collections.abc import Iterator
from datetime import date

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
