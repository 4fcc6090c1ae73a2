"""The API's description of itself: complete, and true to what the API does."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings, strategies
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from edu4all.accounts.services.tokens import issue_token
from tests.api.test_frame import addresses
from tests.assignments.rows import make_generation
from tests.cast import Cast
from tests.gallery.works import hand_in_work, make_work

EXAMPLES = 6
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
UNDESCRIBED = {"schema", "docs", "unknown"}


@pytest.fixture
def real_ids(cast: Cast) -> dict[str, int]:
    """Rows that are there, by the first word of a path: a made-up number finds nothing but a 404."""
    picture = make_work(cast, has_files=True)
    submission = hand_in_work(cast, picture)
    make_generation(cast, status="refused", refusal_stage="policy")
    return {
        "assignments": cast.assignment.pk,
        "classrooms": cast.classroom.pk,
        "generations": picture.generation_id,
        "pictures": picture.pk,
        "submissions": submission.pk,
    }


@pytest.mark.django_db(transaction=True)
def test_the_api_does_what_it_says(
    cast: Cast, real_ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edu4all.web.api.PersonThrottle.rate", "100000/min", raising=False)
    people = [{"Authorization": f"Token {issue_token(user=each)}"} for each in (cast.student, cast.teacher)]
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.label == "POST /api/v1/token/end/":
            continue
        try_operation(operation, people, real_ids)
        tried += 1
    assert tried >= 24


def make_real(case: Any, real_ids: dict[str, int]) -> None:
    """Point a request at rows that are there, so that more than "not found" is heard."""
    if "id" in case.path_parameters:
        case.path_parameters["id"] = real_ids[case.path.removeprefix("/api/v1/").partition("/")[0]]
    if case.query:
        case.query.pop("page", None)
    if isinstance(case.body, dict) and "assignment" in case.body:
        case.body["assignment"] = real_ids["assignments"]
    if isinstance(case.body, dict) and "source" in case.body:
        case.body |= {"source": None, "operation": "draw"}


def try_operation(operation: Any, people: list[dict[str, str]], real_ids: dict[str, int]) -> None:
    """Requests that fit the description, most of them for rows that are there, by each of the people."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    @given(case=operation.as_strategy(), is_real=strategies.sampled_from([True, True, False]))
    def try_one(case: Any, is_real: bool) -> None:
        if is_real:
            make_real(case, real_ids)
        for headers in people:
            case.call_and_validate(headers=headers, checks=CHECKS)

    try_one()


def described(program: Callable) -> dict[str, Any]:
    answer = program().get("/api/v1/schema/")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/json")
    return json.loads(answer.content)


def test_every_address_is_described(program: Callable) -> None:
    paths = {path.replace("{id}", "1") for path in described(program)["paths"]}
    assert paths == {address for name, address in addresses().items() if name not in UNDESCRIBED}


def test_every_operation_tells_its_errors(program: Callable) -> None:
    for path, operations in described(program)["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["description"], where
            answers = operation["responses"]
            assert "429" in answers, where
            assert "401" in answers, where
            if "{id}" in path:
                assert "404" in answers, where
            if "requestBody" in operation:
                assert {"400", "413", "415"} <= set(answers), where
            for status, answer in answers.items():
                if int(status) >= 400 and status != "422":
                    problem = answer["content"]["application/json"]["schema"]
                    assert problem == {"$ref": "#/components/schemas/Problem"}, where


def test_the_press_is_described_as_it_is(program: Callable) -> None:
    document = described(program)
    press = document["paths"]["/api/v1/assignments/{id}/generations/"]["post"]
    assert {"200", "201", "409", "422"} <= set(press["responses"])
    key = next(each for each in press["parameters"] if each["in"] == "header")
    assert (key["name"], key["required"]) == ("Idempotency-Key", True)
    told = document["components"]["schemas"]["Generation"]
    assert set(told["required"]) == set(told["properties"])
    assert "queued" in json.dumps(document["components"]["schemas"])


def test_yaml_for_those_who_ask_for_it(program: Callable) -> None:
    answer = program().get("/api/v1/schema/", headers={"accept": "application/yaml"})
    assert answer.content.startswith(b"openapi: 3")


def test_the_docs_load_nothing_from_elsewhere(program: Callable) -> None:
    answer = program().get("/api/v1/docs/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<style" not in page
    assert "style=" not in page
    assert page.count("<script") == page.count("<script src=")
    assert "//" not in page.replace("<!doctype html>", "")
    script = program().get("/api/v1/docs/", {"script": ""})
    assert script["Content-Type"] == "application/javascript"
    assert b"SwaggerUIBundle" in script.content
