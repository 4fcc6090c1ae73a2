"""Reading the table, and asking an address as each of its people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from edu4all.accounts.services.tokens import issue_token
from tests.cast import Cast

TABLE = Path(__file__).with_name("table.txt")
PEOPLE = ("anonymous", "stranger", "student", "student2", "teacher2", "teacher", "admin", "operator")


@dataclass(frozen=True)
class Row:
    name: str
    method: str
    about: str
    expected: tuple[str, ...]

    def __str__(self) -> str:
        return line(self.name, self.method, self.about, self.expected)


def line(name: str, method: str, about: str, answers: tuple[str, ...]) -> str:
    return f"{name:<36}{method:<7}{about:<15}" + "".join(f"{answer:<10}" for answer in answers).rstrip()


def read_table() -> Iterator[tuple[str, list[Row]]]:
    """The table's sections with their rows."""
    title = ""
    rows: list[Row] = []
    for text in TABLE.read_text().splitlines():
        if text.startswith("#") or not text.strip():
            continue
        if text.startswith("["):
            if rows:
                yield title, rows
            title, rows = text.strip("[]"), []
            continue
        name, method, about = text[:36].strip(), text[36:43].strip(), text[43:58].strip()
        answers = text[58:].split()
        assert len(answers) == len(PEOPLE), text
        rows.append(Row(name, method, about, tuple(answers)))
    yield title, rows


def addresses() -> Iterator[str]:
    """The full names of all addresses, Django's own admin left out."""
    yield from _walk(get_resolver(), "")


def _walk(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif pattern.namespace != "admin":
            yield from _walk(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)


def ask(cast: Cast, row: Row, person: str, arguments: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """What one person gets, in the table's words; what the request changed is undone."""
    user = None if person == "anonymous" else getattr(cast, person)
    is_api = row.name.startswith("api:")
    client = Client(raise_request_exception=False)
    headers: dict[str, str] = {}
    if is_api and user is not None:
        headers = {"authorization": f"Token {issue_token(user=user)}", "idempotency-key": f"table-{person}"}
    elif user is not None:
        client.force_login(user)
    address = reverse(row.name, kwargs=dict(arguments) or None)
    form: dict[str, Any] = {"content_type": "application/json"} if is_api and row.method != "GET" else {}
    cache.clear()
    with transaction.atomic():
        answer = getattr(client, row.method.lower())(address, data, headers=headers, **form)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return _in_words(answer)


def _in_words(answer: HttpResponse) -> str:
    is_sent_to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/")
    return "sign-in" if is_sent_to_sign_in else str(answer.status_code)
