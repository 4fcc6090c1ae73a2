"""Two people at one list, and what the list was: nothing is lost, everything can be read back."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assignments.models import Generation, TermEntry, TermList
from assignments.services.policies import (
    EntryInput,
    base_list,
    change_term_list,
    class_list,
    save_term_list,
)
from edu4all.accounts.models import Classroom, School, User
from edu4all.web.problems import Conflict
from tests.assignments.rows import make_generation
from tests.cast import Cast, make_classroom, make_person


def url(cast: Cast, page: str = "", *more: Any) -> str:
    name = f"assignments:class_terms_{page}" if page else "assignments:class_terms"
    return reverse(name, args=[cast.classroom.pk, *more])


def entry(source: TermList, text: str) -> TermEntry:
    return source.entries.current().get(text=text)


def change(cast: Cast, *add: EntryInput, remove: tuple[int, ...] = (), by: User | None = None) -> TermList:
    source = class_list(cast.classroom)
    return change_term_list(term_list=source, author=by or cast.teacher, add=add, remove=remove)


class TestTwoAtOnce:
    def test_different_words_both_stand(self, cast: Cast, visit: Callable) -> None:
        teacher, admin = visit(cast.teacher), visit(cast.admin)
        looked = [
            client.post(url(cast, "add"), {"kind": "term", "lines": word}).context
            for client, word in ((teacher, "leek"), (admin, "kale"))
        ]
        for client, context in zip((teacher, admin), looked, strict=True):
            carried = {"step": "save", "kind": "term", "lines": context["lines"], "seen_version": "0"}
            assert client.post(url(cast, "add"), carried).status_code == 302
        current = set(class_list(cast.classroom).entries.current().values_list("text", flat=True))
        assert current == {"leek", "kale"}

    def test_the_same_word_is_shown_in_both_versions(self, cast: Cast, visit: Callable) -> None:
        change(cast, EntryInput("leek", "anywhere", note="smells"), by=cast.admin)
        client = visit(cast.teacher)
        carried = {"step": "save", "kind": "term", "lines": "leek,word,mine", "seen_version": "0"}
        answer = client.post(url(cast, "add"), carried)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "smells" in page
        assert "mine" in page
        assert "Han Admin" in page
        assert entry(class_list(cast.classroom), "leek").note == "smells"
        again = carried | {"seen_version": answer.context["seen_version"]}
        assert client.post(url(cast, "add"), again).status_code == 302
        assert entry(class_list(cast.classroom), "leek").note == "mine"

    def test_the_same_entry_edited_by_two(self, cast: Cast, visit: Callable) -> None:
        source = change(cast, EntryInput("leek"))
        old = entry(source, "leek")
        client = visit(cast.teacher)
        edit = url(cast, "edit", old.pk)
        looked = client.post(edit, {"text": "leeks", "matching": "word", "note": "", "seen_version": "1"})
        change(cast, EntryInput("leek", "anywhere"), by=cast.admin)
        carried = {
            "step": "save",
            "kind": "term",
            "lines": looked.context["lines"],
            "replaces": old.pk,
            "seen_version": "1",
        }
        answer = client.post(url(cast, "add"), carried)
        assert answer.status_code == 409
        assert answer.context["replaces"] == entry(source, "leek")
        again = carried | {"seen_version": "2", "replaces": answer.context["replaces"].pk}
        assert client.post(url(cast, "add"), again).status_code == 302
        assert [row.text for row in source.entries.current()] == ["leeks"]

    def test_taking_out_what_somebody_else_changed(self, cast: Cast, visit: Callable) -> None:
        source = change(cast, EntryInput("leek"), EntryInput("kale"))
        old, other = entry(source, "leek"), entry(source, "kale")
        change(cast, EntryInput("leek", note="keep it"), by=cast.admin)
        client = visit(cast.teacher)
        answer = client.post(url(cast, "remove"), {"entry": [old.pk, other.pk], "seen_version": "1"})
        assert answer.status_code == 409
        assert "keep it" in answer.content.decode()
        assert source.entries.current().count() == 2

    def test_both_took_it_out(self, cast: Cast, visit: Callable) -> None:
        source = change(cast, EntryInput("leek"))
        pk = entry(source, "leek").pk
        change(cast, remove=(pk,), by=cast.admin)
        answer = visit(cast.teacher).post(url(cast, "remove"), {"only": pk, "seen_version": "1"})
        assert answer.status_code == 302

    def test_an_old_link_leads_to_what_stands_now(self, cast: Cast, visit: Callable) -> None:
        source = change(cast, EntryInput("leek"))
        pk = entry(source, "leek").pk
        change(cast, EntryInput("leek", "anywhere"))
        answer = visit(cast.teacher).get(url(cast, "edit", pk))
        assert answer.url == url(cast, "edit", entry(source, "leek").pk)

    def test_a_whole_list_saved_over_another_is_refused(self, cast: Cast) -> None:
        source = change(cast, EntryInput("leek"))
        with pytest.raises(Conflict) as caught:
            save_term_list(term_list=source, author=cast.teacher, entries=[], base_version=0)
        assert caught.value.code == "version"
        assert caught.value.extra["version"] == 1


@pytest.mark.queue
@pytest.mark.django_db(transaction=True)
def test_many_editors_in_the_same_moment_lose_nothing() -> None:
    school = School.objects.create(name="Haneul School")
    teacher = make_person(school, "teacher", "teacher", "Kim Teacher")
    classroom = make_classroom(school, "Class 4-2", teacher=teacher, students=[], mode="at_once")
    class_list(classroom)
    failures: list[BaseException] = []

    def add_some(start: int) -> None:
        try:
            source = class_list(Classroom.objects.get(pk=classroom.pk))
            for number in range(start, start + 5):
                change_term_list(term_list=source, author=teacher, add=[EntryInput(f"word{number}")])
        except BaseException as error:
            failures.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=add_some, args=(start * 5,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    source = class_list(classroom)
    assert failures == []
    assert source.version == 20
    assert source.entries.current().count() == 20
    assert source.changes.count() == 20


class TestHistory:
    def test_says_who_when_before_and_after(self, cast: Cast, visit: Callable) -> None:
        source = change(cast, EntryInput("leek"), EntryInput("kale", note="old"))
        change(
            cast,
            EntryInput("kale", "anywhere", note="new"),
            by=cast.admin,
            remove=(entry(source, "leek").pk,),
        )
        answer = visit(cast.teacher).get(url(cast, "history"))
        second, first = answer.context["changes"]
        assert (second.change.author_name, first.change.author_name) == ("Han Admin", "Kim Teacher")
        assert [(old.note, new.note) for old, new in second.edited] == [("old", "new")]
        assert [row.text for row in second.removed] == ["leek"]
        assert {row.text for row in first.added} == {"kale", "leek"}
        page = answer.content.decode()
        assert "<del>leek</del>" in page
        assert "Han Admin" in page

    def test_a_version_reads_as_it_was(self, cast: Cast, visit: Callable) -> None:
        source = change(cast, EntryInput("leek"))
        change(cast, EntryInput("kale"), remove=(entry(source, "leek").pk,))
        client = visit(cast.teacher)
        words = [
            [row.text for row in client.get(url(cast, "version", number)).context["page"]]
            for number in (0, 1, 2)
        ]
        assert words == [[], ["leek"], ["kale"]]
        assert client.get(url(cast, "version", 3)).status_code == 404
        assert "saved by Kim Teacher" in client.get(url(cast, "version", 1)).content.decode()

    def test_queries_stay_the_same(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.teacher)

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                client.get(url(cast, "history"))
            return len(captured)

        change(cast, EntryInput("first"))
        change(cast, EntryInput("second"))
        few = queries()
        for number in range(12):
            change(cast, *(EntryInput(f"word{number}-{more}") for more in range(30)))
        assert queries() == few
        large = client.get(url(cast, "history")).context["changes"][0]
        assert (large.added_count, len(large.added), large.unseen) == (30, 20, 10)

    def test_a_change_can_be_taken_back(self, cast: Cast, visit: Callable) -> None:
        source = change(cast, EntryInput("leek", note="kept"))
        change(cast, EntryInput("kale"), remove=(entry(source, "leek").pk,))
        visit(cast.teacher).post(url(cast, "revert", 2))
        assert [(row.text, row.note) for row in source.entries.current()] == [("leek", "kept")]
        source.refresh_from_db()
        assert source.version == 3
        assert source.changes.get(version=3).note == "Took back version 2"

    def test_a_change_that_was_changed_again_stays(self, cast: Cast, visit: Callable) -> None:
        source = change(cast, EntryInput("leek", note="one"))
        change(cast, EntryInput("leek", note="two"))
        change(cast, EntryInput("leek", note="three"))
        answer = visit(cast.teacher).post(url(cast, "revert", 2), follow=True)
        assert "changed again since" in answer.content.decode()
        assert entry(source, "leek").note == "three"

    def test_readers_take_nothing_back(self, cast: Cast, visit: Callable) -> None:
        answer = visit(cast.teacher).post(reverse("assignments:base_terms_revert", args=[1]))
        assert answer.status_code == 403
        assert base_list(cast.school).version == 1


def test_a_refused_press_leads_to_the_lists_it_was_judged_by(cast: Cast, visit: Callable) -> None:
    make_generation(
        cast,
        prompt="a leek",
        status=Generation.Status.REFUSED,
        refusal_stage="policy",
        policy_version="school:1 class:7 policy:2",
        matches=[
            {"term": "leek", "start": 2, "end": 6, "text": "leek", "rule": "word", "list": "school"},
            {"term": "leek", "start": 2, "end": 6, "text": "leek", "rule": "word", "list": "group:weapons"},
        ],
    )
    page = visit(cast.teacher).get(reverse("assignments:refused", args=[cast.classroom.pk])).content.decode()
    assert f'href="{reverse("assignments:base_terms_version", args=[1])}"' in page
    assert f'href="{url(cast, "version", 7)}"' in page
    assert page.count("→ leek") == 1
    assert "the school&#x27;s list, shipped group: weapons" in page
