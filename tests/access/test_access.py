"""Every address against everybody: what the table says is what people get, and no address is missing from it."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.access.asking import PEOPLE, Row, addresses, ask, line, read_table
from tests.access.things import make_data, make_things
from tests.cast import Cast

SECTIONS = dict(read_table())
ROWS = [row for rows in SECTIONS.values() for row in rows]
CLOSED = {"sign-in", "401", "403", "404", "405"}


def test_every_address_has_a_row_and_no_row_is_about_one_that_is_gone() -> None:
    known = set(addresses())
    listed = {row.name for row in ROWS}
    assert listed == known, f"without a row: {sorted(known - listed)}; gone: {sorted(listed - known)}"


@pytest.mark.parametrize("section", SECTIONS)
def test_everybody_gets_what_the_table_says(cast: Cast, section: str) -> None:
    things = make_things(cast)
    data = make_data(cast, things)
    wrong = []
    for row in SECTIONS[section]:
        answers = [ask(cast, row, person, things[row.about], data.get(row.name, {})) for person in PEOPLE]
        if tuple(answers) != row.expected:
            wrong.append(f"table  {row}\nis now {line(row.name, row.method, row.about, tuple(answers))}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("person", ["student", "admin"])
def test_a_method_without_a_row_is_served_to_nobody(cast: Cast, person: str) -> None:
    things = make_things(cast)
    listed = {(row.name, row.method) for row in ROWS}
    about = {row.name: row.about for row in ROWS}
    missing = [
        Row(name, method, about[name], ())
        for name in about
        for method in ("GET", "POST")
        if (name, method) not in listed
    ]
    served = [str(row) for row in missing if ask(cast, row, person, things[row.about], {}) not in CLOSED]
    assert not served, "\n".join(served)


@pytest.mark.parametrize("person", ["anonymous", "student", "teacher", "admin", "operator"])
def test_djangos_own_admin_is_the_operators(cast: Cast, client: Client, person: str) -> None:
    if person != "anonymous":
        client.force_login(getattr(cast, person))
    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]
    expected = {200} if person == "operator" else {302}
    for address in [reverse("admin:index"), *lists]:
        assert client.get(address).status_code in expected, address
