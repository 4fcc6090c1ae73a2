import json
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assignments.policy import Policy, Term, check, matching_for


class Command(BaseCommand):
    help = (
        'Judge prompts against a list. Reads JSON lines {"prompt", "list": [...]} on standard input and writes '
        '{"verdict": "allow"|"block", "matches": [{"term", "start", "end", "text", "rule"}]} a line, in order.'
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--terms", type=Path, help="a file with one term a line, for rows without a list")

    def handle(self, *args: Any, terms: Path | None = None, **options: Any) -> None:
        default = _read_terms(terms) if terms else ()
        # Standard output may be opened in the terminal's own encoding; prompts are any Unicode at all.
        source = open(sys.stdin.fileno(), encoding="utf-8", errors="surrogatepass", closefd=False)  # noqa: SIM115
        for answer in answers(source, default):
            self.stdout.write(answer)


def answers(source: TextIO, default: tuple[str, ...]) -> Iterator[str]:
    """One JSON line for each line of JSON. Raises CommandError for a line that holds no prompt."""
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            prompt, terms = row["prompt"], row.get("list")
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise CommandError(f'line {number}: expected {{"prompt": ..., "list": [...]}}') from error
        if not isinstance(prompt, str) or not (terms is None or isinstance(terms, list)):
            raise CommandError(f"line {number}: a prompt is a string and a list a list of strings")
        yield judge(prompt, _policy(default if terms is None else tuple(map(str, terms))))


def judge(prompt: str, policy: Policy) -> str:
    """One prompt's verdict as a JSON line."""
    verdict = check(prompt, policy)
    matches = [
        {
            "term": match.term,
            "start": match.start,
            "end": match.end,
            "text": match.text,
            "rule": match.rule.value,
        }
        for match in verdict.matches
    ]
    answer = {"verdict": "allow" if verdict.is_allowed else "block", "matches": matches}
    # ASCII escapes carry lone surrogates and need nothing of the terminal.
    return json.dumps(answer, ensure_ascii=True)


@lru_cache(maxsize=64)
def _policy(terms: tuple[str, ...]) -> Policy:
    return Policy(
        terms=tuple(Term(text, matching_for(text)) for text in terms),
        is_personal_data_checked=False,
        is_artist_checked=False,
        is_person_checked=False,
        is_injection_checked=False,
        is_safety_checked=False,
    )


def _read_terms(path: Path) -> tuple[str, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}") from error
    return tuple(line.strip() for line in text.splitlines() if line.strip())
