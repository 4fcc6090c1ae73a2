"""What stands between a class and a stranger: headers, cookies, tokens in forms, no other hosts."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.cast import PASSWORD, Cast

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = ["accounts:sign_in", "accounts:school", "assignments:models", "assignments:money", "gallery:desk"]
# The part of a production's answers that settings decide; asked of a process of its own.
ASK = """
import django, json
django.setup()
from django.test import Client
from django.conf import settings
settings.DATABASES["default"]["ENGINE"].index("sqlite3")
from django.core.management import call_command
call_command("migrate", verbosity=0)
# The scripts of Django's admin and of the API's page take a minute to compress and are not asked for here.
call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["admin", "drf_spectacular_sidecar"])
page = Client().get("/sign-in/", secure=True, HTTP_HOST="edu4all.example.org")
plain = Client().get("/sign-in/", HTTP_HOST="edu4all.example.org")
cookies = {name: [bool(each["secure"]), each["samesite"]] for name, each in page.cookies.items()}
print(json.dumps({"status": page.status_code, "headers": dict(page.headers), "cookies": cookies,
  "session": [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE],
  "plain": [plain.status_code, plain.headers.get("Location", "")], "body": page.content.decode()}))
"""


@pytest.mark.parametrize("name", PAGES)
def test_every_page_carries_the_headers(cast: Cast, client, name) -> None:
    if name != "accounts:sign_in":
        client.force_login(cast.admin)
    page = client.get(reverse(name))
    assert page.status_code == 200
    policy = dict(part.strip().partition(" ")[::2] for part in page["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert "unsafe" not in page["Content-Security-Policy"]
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["X-Frame-Options"] == "DENY"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    for feature in ("camera", "microphone", "geolocation"):
        assert f"{feature}=()" in page["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/desk/", "/assignments/", "/api/v1/assignments/", "/me/"])
def test_no_page_stays_behind_on_a_shared_tablet(cast: Cast, client, address) -> None:
    client.force_login(cast.teacher if address == "/desk/" else cast.student)
    answer = client.get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "kind"), [("/sign-in/", "text/plain"), ("/api/v1/token/", "application/json")]
)
def test_a_huge_file_is_refused_before_it_is_read(client, address, kind) -> None:
    """By anybody and at any address: no disk is filled with what waits for a check."""
    files = {"file": io.BytesIO(b"x" * (4 * 1024 * 1024 + 1))}
    answer = client.post(address, files)
    assert answer.status_code == 413
    assert answer["Content-Type"].startswith(kind)


def test_production_answers_over_tls_only(tmp_path) -> None:

    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "edu4all.settings",
        "DEBUG": "false",
        "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "ALLOWED_HOSTS": "edu4all.example.org",
        "VAR_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["status"] == 200
    age, *rest = told["headers"]["Strict-Transport-Security"].split("; ")
    assert int(age.removeprefix("max-age=")) >= 31_536_000
    assert rest == ["includeSubDomains", "preload"]
    assert told["cookies"]["csrftoken"] == [True, "Lax"]
    assert told["session"] == [True, True, "Lax"]
    assert told["plain"] == [301, "https://edu4all.example.org/sign-in/"]
    # One stylesheet under its hashed name: the parts are joined while collecting.
    assert re.search(r'href="/static/css/app\.[0-9a-f]{12}\.css"', told["body"])


def test_signing_in_changes_the_session(cast: Cast, client) -> None:
    client.get(reverse("accounts:sign_in"))
    session = client.session
    session["before"] = "kept by a stranger"
    session.save()
    before = client.cookies["sessionid"].value if "sessionid" in client.cookies else session.session_key
    client.cookies["sessionid"] = before
    client.post(reverse("accounts:sign_in"), {"username": "teacher", "password": PASSWORD})
    assert client.session.get("_auth_user_id") == str(cast.teacher.pk)
    assert client.cookies["sessionid"].value != before


def test_signing_out_ends_the_session_on_the_server(cast: Cast, client) -> None:
    client.force_login(cast.student)
    stolen = client.cookies["sessionid"].value
    client.post(reverse("accounts:sign_out"))
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get(reverse("assignments:list")).status_code == 302


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_form_that_changes_something_carries_its_token(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form\b[^>]*>.*?</form>", text, re.DOTALL):
        if re.search(r'method="post"', form, re.IGNORECASE):
            assert "{% csrf_token %}" in form, form[:200]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_page_asks_another_host_or_needs_an_exception(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    fetched = re.findall(r"""\b(?:src|srcset|action|hx-get|hx-post|poster)=["'](?:https?:)?//""", text)
    assert not fetched
    assert not re.search(r"""<link\b[^>]*href=["'](?:https?:)?//""", text)
    assert not re.search(r"\sstyle=|\son\w+=|<style\b|javascript:|hx-on", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text)


def leaves(patterns, prefix: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for pattern in patterns:
        name = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += leaves(pattern.url_patterns, name)
        else:
            found.append((name, pattern))
    return found


def address_of(name: str) -> str:
    path = re.sub(r"<(?:int:)\w+>", "999999", name)
    return "/" + re.sub(r"<(?:\w+:)?\w+>", "x", path)


OUR_PLACES = sorted(
    {name for name, _pattern in leaves(get_resolver().url_patterns) if not re.match(r"admin/|api/", name)}
)
# These are meant for people who haven't signed in, or who never do.
OPEN_PLACES = {"sign-in/", "sign-out/", "join/", "language/", "healthz", "readyz"}


def test_without_signing_in_there_is_only_the_door(db) -> None:
    door = reverse("accounts:sign_in")
    closed = [name for name in OUR_PLACES if name not in OPEN_PLACES and not name.startswith("e/")]
    answers = {name: Client().get(address_of(name)) for name in closed}
    found = [
        name for name, answer in answers.items() if not answer.headers.get("Location", "").startswith(door)
    ]
    assert len(closed) > 60
    assert not found


def test_a_post_without_its_token_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.admin)
    found = [name for name in OUR_PLACES if client.post(address_of(name)).status_code != 403]
    assert not found
